# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

MANAGER = "trust_crm.group_trust_manager"


class TrustHandover(models.Model):
    """One customer passes from one of us to another, and the trust should come along.

    Opened when the salesperson of a customer changes whose trust one colleague holds
    (:attr:`holder_id`, at least 70 % of it), or by the pass of somebody who leaves.
    The checklist (``trust.handover.step``) names what carries trust over: a joint
    meeting, the promises, what is remembered, and that the customer knows.

    States:

    * open: something of the checklist is still to be done.
    * done: every step is done, or left out with a reason.
    * skipped: all of it was left out, with a reason.
    * cancelled: the customer went back before it was done.

    Nothing here is evidence. What the change did to the trust is read from the history
    of the relationship (``trust_handover_after.py``). The new bond needs no help: it is
    computed when read, and starts from what the customer's other evidence lends it.

    Who passes on, who takes over, the leaders of their teams and managers see it, as
    they see the bonds. No client writes here: the steps do, in sudo.
    """

    _name = "trust.handover"
    _description = "Handover of a customer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    # Whose, from whom, to whom
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    old_user_id = fields.Many2one(
        "res.users",
        "Handed Over By",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The salesperson until then.",
    )
    new_user_id = fields.Many2one(
        "res.users",
        "Taken Over By",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    holder_id = fields.Many2one(
        "res.users",
        "Trust Held By",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="Who held at least 70 % of the customer's trust on that day.",
    )
    date = fields.Datetime(
        "Changed on", required=True, default=fields.Datetime.now, readonly=True
    )
    # The checklist
    state = fields.Selection(
        [
            ("open", "In progress"),
            ("done", "Done"),
            ("skipped", "Skipped"),
            ("cancelled", "Went back"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
        tracking=True,
    )
    date_done = fields.Datetime("Closed on", readonly=True)
    reason = fields.Char("Why skipped", readonly=True)
    step_ids = fields.One2many("trust.handover.step", "handover_id", readonly=True)
    progress = fields.Char(compute="_compute_progress")
    promise_ids = fields.Many2many(
        "trust.promise", string="Promises Passed On", readonly=True
    )
    promise_count = fields.Integer(compute="_compute_promise_count")
    # What was at stake
    share_before = fields.Float(
        "Share Then",
        aggregator=None,
        readonly=True,
        groups=MANAGER,
        help="Part of the trust that one colleague held on that day.",
    )
    share_shown = fields.Float("Share of the Trust", compute="_compute_share_shown")
    trust_before = fields.Float("Trust Then", aggregator=None, readonly=True)
    has_before = fields.Boolean(readonly=True)

    # COMPUTE

    @api.depends("partner_id", "old_user_id", "new_user_id")
    def _compute_display_name(self):
        for handover in self:
            names = handover.sudo()
            handover.display_name = self.env._(
                "%(customer)s: %(old)s → %(new)s",
                customer=names.partner_id.display_name or "–",
                old=names.old_user_id.name or "–",
                new=names.new_user_id.name or "–",
            )

    @api.depends("step_ids.state")
    def _compute_progress(self):
        for handover in self:
            steps = handover.step_ids
            handover.progress = self.env._(
                "%(done)s of %(total)s",
                done=len(steps.filtered(lambda step: step.state != "todo")),
                total=len(steps),
            )

    @api.depends("promise_ids")
    def _compute_promise_count(self):
        """The number alone, also for a leader who may not read the promises."""
        for handover in self:
            handover.promise_count = len(handover.sudo().promise_ids)

    @api.depends("holder_id")
    @api.depends_context("uid")
    def _compute_share_shown(self):
        """A share says something about an employee: see the rules of trust.bond."""
        everybody = self.env.su or self.env.user.has_group(MANAGER)
        for handover in self:
            stored = handover.sudo()  # the field itself is for managers alone
            holder = stored.holder_id
            seen = everybody or self.env.user in holder | holder.crm_team_ids.user_id
            handover.share_shown = stored.share_before if seen else 0.0

    # ACTIONS

    def action_open_promises(self):
        """The promises that came along."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_promise_action"
        )
        domain = [("id", "in", self.promise_ids.ids)]
        return action | {"domain": domain, "context": {}}

    def action_open_partner(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def action_skip(self):
        """Leave out what is still to be done; a wizard asks why."""
        return self.env["trust.handover.skip"]._open(handovers=self)
