# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

KINDS = [
    ("meeting", "Joint meeting"),
    ("promises", "Promises passed on"),
    ("memory", "Memory shared or not"),
    ("told", "Customer told"),
]


class TrustHandoverStep(models.Model):
    """One thing that carries trust from one colleague to the next.

    * meeting: the three of you sat together.
    * promises: what the former salesperson had promised is the new one's to keep.
    * memory: whether what the former one remembers of the person is shared. What was
      told in confidence stays where it is.
    * told: the customer heard it from us, and from whom.

    Done by a click, left out only with a reason. Whoever reads the handover may do so.
    """

    _name = "trust.handover.step"
    _description = "Step of a handover"
    _order = "handover_id, sequence, id"
    _rec_name = "kind"

    handover_id = fields.Many2one(
        "trust.handover", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="handover_id.company_id", store=True)
    handover_state = fields.Selection(
        related="handover_id.state", string="State of the Handover"
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(KINDS, "Step", required=True, readonly=True)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("skipped", "Left out")],
        required=True,
        default="todo",
        readonly=True,
    )
    choice = fields.Selection(
        [("shared", "Shared"), ("kept", "Not shared")], readonly=True
    )
    date_done = fields.Datetime("On", readonly=True)
    done_user_id = fields.Many2one(
        "res.users", "By", ondelete="set null", readonly=True
    )
    note = fields.Char(readonly=True)
    said = fields.Char("How", compute="_compute_said")

    # COMPUTE

    @api.depends(
        "choice", "note", "date_done", "done_user_id", "handover_id.promise_ids"
    )
    @api.depends_context("lang")
    def _compute_said(self):
        """What was decided or written, when and by whom, in one line."""
        choices = dict(self._fields["choice"]._description_selection(self.env))
        for step in self:
            day = step.date_done and format_date(self.env, step.date_done)
            by = step.sudo().done_user_id.name
            how = choices.get(step.choice) or step._get_promises_said()
            how = how or step._get_memory_said()
            parts = (how, step.note, day, by)
            step.said = " · ".join(filter(None, parts))

    def _get_promises_said(self):
        """How many promises came along, in the reader's language."""
        if self.kind != "promises" or self.state != "done":
            return ""
        count = self.handover_id.promise_count
        if not count:
            return self.env._("No promise was open")
        return self.env._("%(count)s passed on", count=count)

    def _get_memory_said(self):
        """What is read already, and what its author alone can share."""
        if self.kind != "memory" or self.state != "todo":
            return ""
        return self.env._(
            "The new salesperson reads all notes but those told in confidence: these "
            "their author shares, or not."
        )

    # ACTIONS

    def action_done(self):
        """It was done, today and by me."""
        self._end("done")

    def action_skip(self):
        """Leave this step out; a wizard asks why."""
        return self.env["trust.handover.skip"]._open(steps=self)

    def action_plan(self):
        """A meeting of the three of you, to be dated."""
        self.ensure_one()
        handover = self.handover_id
        guests = handover.partner_id | handover.sudo().old_user_id.partner_id
        guests |= handover.sudo().new_user_id.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Joint meeting"),
            "res_model": "calendar.event",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_name": self.env._(
                    "Getting to know each other: %(name)s", name=guests[:1].name
                ),
                "default_partner_ids": guests.ids,
                "default_user_id": handover.new_user_id.id,
            },
        }

    def action_tell(self):
        """A mail to the customer, in the customer's language, to be edited and sent."""
        self.ensure_one()
        handover = self.handover_id.with_context(lang=self.handover_id.partner_id.lang)
        names = {
            "old": handover.sudo().old_user_id.name,
            "new": handover.sudo().new_user_id.name,
        }
        subject = handover.env._("%(new)s looks after you from now on", **names)
        body = handover.env._(
            "From now on %(new)s looks after you. %(old)s has told %(new)s what we "
            "promised you: it holds. When may we introduce ourselves together?",
            **names,
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the customer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": "res.partner",
                "default_res_ids": handover.partner_id.ids,
                "default_partner_ids": handover.partner_id.ids,
                "default_subject": subject,
                "default_body": Markup("<p>%s</p>") % body,
            },
        }

    def action_open_notes(self):
        """What is remembered of the customer's people, as far as the reader may."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_memory_action"
        )
        family = self.handover_id.partner_id.commercial_partner_id
        domain = [("partner_id.commercial_partner_id", "in", family.ids)]
        return action | {"domain": domain, "context": {}}

    def action_share_memory(self):
        self._end("done", choice="shared")

    def action_keep_memory(self):
        self._end("done", choice="kept")

    def action_undo(self):
        """Back among what is to be done."""
        self._check_open()
        self.sudo().write(
            {
                "state": "todo",
                "choice": False,
                "date_done": False,
                "done_user_id": False,
                "note": False,
            }
        )

    # BUSINESS

    @api.model
    def _prepare_all(self):
        """Return the values of a fresh checklist."""
        return [{"kind": kind, "sequence": i} for i, (kind, _name) in enumerate(KINDS)]

    def _check_open(self):
        self.check_access("read")
        if self.sudo().handover_id.filtered(lambda h: h.state != "open"):
            raise UserError(self.env._("This handover is closed: open it again first."))

    def _end(self, state, note=False, **more):
        """Settle these steps; the handover closes with its last one.

        Whoever may read the step may say so: no client writes it directly.
        """
        self._check_open()
        self.sudo().write(
            {
                "state": state,
                "note": note,
                "date_done": fields.Datetime.now(),
                "done_user_id": self.env.uid,
                **more,
            }
        )
        self.handover_id._close_settled()
