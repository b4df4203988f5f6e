# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.trust_promise import UNFULFILLED


class TrustHandoverPass(models.TransientModel):
    """Hand over one customer, some, or all that somebody leaves behind, in one pass.

    First who leaves and who receives, then the list, where each customer may get
    another receiver, then the result. Listed are the customers whose salesperson it
    is; those of others whose trust they hold; and whoever they still owe a promise.
    What cannot be handed over stays as it is and says why.
    """

    _name = "trust.handover.pass"
    _description = "Hand customers over"

    state = fields.Selection(
        [("choose", "Who"), ("lines", "Customers"), ("done", "Result")],
        default="choose",
        required=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Who leaves",
        domain=[("share", "=", False)],
        context={"active_test": False},
    )
    new_user_id = fields.Many2one(
        "res.users",
        "Who receives",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
        help="For each customer you can choose somebody else in the list.",
    )
    with_leads = fields.Boolean("Open opportunities too", default=True)
    with_complaints = fields.Boolean("Open complaints and crises too", default=True)
    checklist_all = fields.Boolean(
        "A checklist for every customer",
        help="Otherwise for those whose trust one colleague holds.",
    )
    line_ids = fields.One2many("trust.handover.pass.line", "wizard_id")
    exception_ids = fields.One2many(
        "trust.handover.pass.line", "wizard_id", domain=[("problem", "!=", False)]
    )
    handover_ids = fields.Many2many("trust.handover")
    done_count = fields.Integer("Handed over", compute="_compute_counts")
    exception_count = fields.Integer("Exceptions", compute="_compute_counts")
    promise_count = fields.Integer("Promises passed on", readonly=True)
    handover_count = fields.Integer("Checklists opened", compute="_compute_counts")
    summary = fields.Char(compute="_compute_summary")

    # COMPUTE

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Hand customers over")

    @api.depends("line_ids.done", "line_ids.problem", "handover_ids")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.done_count = len(lines.filtered("done"))
            wizard.exception_count = len(lines.filtered("problem"))
            wizard.handover_count = len(wizard.handover_ids)

    @api.depends("done_count", "exception_count", "handover_count", "promise_count")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = self.env._(
                "Handed over: %(done)s. Promises passed on: %(promises)s. Checklists "
                "opened: %(checklists)s. Exceptions: %(exceptions)s.",
                done=wizard.done_count,
                promises=wizard.promise_count,
                checklists=wizard.handover_count,
                exceptions=wizard.exception_count,
            )

    # ACTIONS

    @api.model
    def _open_for(self, partners):
        """The list at once, for customers chosen elsewhere."""
        wizard = self.create({"state": "lines"})
        wizard._list(partners.commercial_partner_id.filtered("user_id"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand customers over"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
        }

    def action_list(self):
        """List what this colleague leaves behind."""
        self.ensure_one()
        if not self.user_id:
            raise UserError(self.env._("Say who leaves."))
        customers = self._get_customers()
        self.line_ids.unlink()
        self._list(customers, self._get_more(customers))
        self.state = "lines"
        return True

    def action_suggest(self):
        """Put in who suits each customer best, where somebody does."""
        self.ensure_one()
        self.line_ids._suggest()
        return True

    def action_back(self):
        self.state = "choose"
        return True

    def action_apply(self):
        """Hand over what can be handed over, and list the rest."""
        self.ensure_one()
        if self.state == "choose":
            raise UserError(self.env._("List the customers first."))
        if self.state == "done":
            raise UserError(self.env._("This pass is done already."))
        self.line_ids._check()
        self.line_ids.filtered(lambda line: not line.problem)._apply()
        self._pass_strays()
        self._list_left()
        self.state = "done"
        return True

    def action_open_handovers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_handover_action"
        )
        domain = [("id", "in", self.handover_ids.ids)]
        return action | {"domain": domain, "context": {}}

    # BUSINESS

    def _get_customers(self):
        """Return whose salesperson the leaver is; contacts come with their company."""
        partners = self.env["res.partner"].search([("user_id", "=", self.user_id.id)])
        return partners.filtered(
            lambda p: (
                p.commercial_partner_id == p
                or p.commercial_partner_id.user_id != self.user_id
            )
        )

    def _get_more(self, customers):
        """Return other subjects: the leaver holds their trust, or owes them a promise.

        :return: [(kind, partner or lead, who looks after them)]
        """
        known = customers | customers.commercial_partner_id
        held = self.env["trust.bond"].search(
            Domain("user_id", "=", self.user_id.id)
            & Domain("relationship_id.is_commercial", "=", True)
            & Domain("single_thread", "=", True)
        )
        partners = held.partner_id - known
        more = [("trust", partner) for partner in partners]
        known |= partners
        promises = self.env["trust.promise"].search(
            self._get_promise_domain(self.user_id)
        )
        owed = promises.partner_id.commercial_partner_id - known
        more += [("promises", partner) for partner in owed]
        strays = promises.filtered(lambda p: not p.partner_id).lead_id
        return more + [("promises", lead) for lead in strays]

    def _list(self, customers, more=()):
        """Make the lines; those of others go to whoever looks after the customer."""
        subjects = [("customer", partner) for partner in customers] + list(more)
        self.line_ids = [
            Command.create(self._prepare_line(kind, subject))
            for kind, subject in subjects
        ]
        self.line_ids._count()

    def _prepare_line(self, kind, subject):
        link = "lead_id" if subject._name == "crm.lead" else "partner_id"
        leaver = self.user_id or subject.user_id
        owner = subject.user_id
        takes = owner if owner != leaver and owner.active else self.new_user_id
        return {
            "kind": kind,
            link: subject.id,
            "old_user_id": leaver.id,
            "new_user_id": takes.id,
        }

    def _get_promise_domain(self, users):
        return (
            Domain("user_id", "in", users.ids)
            & Domain("state", "in", UNFULFILLED)
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _give(self, records, user):
        """Make ``user`` responsible; one activity tells, not a mail for each."""
        if records:
            quiet = {"mail_auto_subscribe_no_notify": True}
            records.with_context(**quiet).write({"user_id": user.id})
