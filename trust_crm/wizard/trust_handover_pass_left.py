# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models import trust_crisis
from ..models.trust_complaint_step import OPEN

# What of a customer's records is still to be done.
OPEN_LEADS = Domain("won_status", "=", "pending")
OPEN_COMPLAINTS = Domain("step_code", "in", OPEN)
OPEN_CRISES = Domain("state", "in", trust_crisis.OPEN)
# What may stay with somebody: its model, and the list that shows it.
KINDS = {
    "promise": ("trust.promise", "trust_crm.trust_promise_action"),
    "lead": ("crm.lead", "crm.crm_lead_opportunities"),
    "complaint": ("trust.complaint", "trust_crm.trust_complaint_action"),
    "crisis": ("trust.crisis", "trust_crm.trust_crisis_action"),
    "activity": ("mail.activity", "mail.mail_activity_action"),
    "review": ("trust.review", "trust_crm.trust_review_action"),
    "campaign": ("trust.campaign", "trust_crm.trust_campaign_action"),
    "experiment": ("trust.experiment", "trust_crm.trust_experiment_action"),
    "touchpoint": ("trust.touchpoint", "trust_crm.trust_touchpoint_action"),
}


class TrustHandoverPassLeft(models.TransientModel):
    """One kind of duty that stays with whoever hands over, and how many of it."""

    _name = "trust.handover.pass.left"
    _description = "What stays after a pass"

    wizard_id = fields.Many2one(
        "trust.handover.pass", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("promise", "Promises that nobody took over"),
            ("lead", "Open opportunities"),
            ("complaint", "Open complaints"),
            ("crisis", "Crises"),
            ("activity", "Planned activities"),
            ("review", "Reviews being decided"),
            ("campaign", "Feedback campaigns"),
            ("experiment", "Experiments"),
            ("touchpoint", "Moments of truth"),
        ],
        "Duty",
        required=True,
        readonly=True,
    )
    count = fields.Integer("How many", compute="_compute_count")
    can_open = fields.Boolean(compute="_compute_count", export_string_translation=False)

    @api.depends("kind")
    @api.depends_context("uid")
    def _compute_count(self):
        """Numbers alone, also of what the manager may not look into."""
        for left in self:
            domain = left.wizard_id._get_kept(left.kind)
            records = self.env[KINDS[left.kind][0]]
            left.count = records.sudo().search_count(domain)
            left.can_open = records.has_access("read") and bool(
                records.search_count(domain, limit=1)
            )

    def action_open(self):
        """The records, as far as the manager sees them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(KINDS[self.kind][1])
        domain = list(self.wizard_id._get_kept(self.kind))
        return action | {"domain": domain, "context": {}}


class TrustHandoverPass(models.TransientModel):
    """What a pass leaves behind: passed on where it may be, and told where it stays.

    Opportunities are CRM's, and whoever hands customers over may have no right to
    change them: then they stay, and the result says so. Reviews, campaigns,
    experiments and moments of truth belong to no customer: who goes on with them is a
    decision of its own, so they are only named.
    """

    _inherit = "trust.handover.pass"

    left_ids = fields.One2many(
        "trust.handover.pass.left", "wizard_id", "Stays with them", readonly=True
    )

    # BUSINESS

    def _list_left(self):
        """Say what is still theirs now that the pass is done."""
        asked = {"lead": self.with_leads, "complaint": self.with_complaints}
        asked["crisis"] = self.with_complaints
        self.left_ids = [
            Command.create({"kind": kind})
            for kind, (model, _list) in KINDS.items()
            if asked.get(kind, True)
            and self.env[model].sudo().search_count(self._get_kept(kind), limit=1)
        ]

    def _get_kept(self, kind):
        """Domain of what is open of this kind and belongs to who hands over."""
        return getattr(self, f"_get_kept_{kind}")()

    def _get_kept_promise(self):
        return self._get_promise_domain(self.user_id)

    def _get_kept_lead(self):
        return self._get_left_domain() & OPEN_LEADS

    def _get_kept_complaint(self):
        return self._get_left_domain() & OPEN_COMPLAINTS

    def _get_kept_crisis(self):
        return self._get_left_domain() & OPEN_CRISES

    def _get_kept_review(self):
        return self._get_duties() & Domain("state", "=", "open")

    def _get_kept_campaign(self):
        return self._get_duties() & Domain("state", "!=", "done")

    def _get_kept_experiment(self):
        return self._get_duties() & Domain(
            "state", "in", ("draft", "asking", "running")
        )

    def _get_kept_touchpoint(self):
        return Domain("owner_id", "in", self.user_id.ids)

    def _get_duties(self):
        """Of somebody who leaves; handing over some customers is no leaving."""
        return Domain("user_id", "in", self.user_id.ids) & Domain(
            "company_id", "in", self.env.companies.ids
        )

    def _get_left_domain(self):
        """Of whom the pass is: all that somebody leaves, or the customers chosen."""
        families = self.line_ids.partner_id.commercial_partner_id
        mine = Domain("company_id", "in", [*self.env.companies.ids, False])
        if self.user_id:
            return mine & Domain("user_id", "=", self.user_id.id)
        return (
            mine
            & Domain("user_id", "in", self.line_ids.old_user_id.ids)
            & Domain("partner_id.commercial_partner_id", "in", families.ids)
        )

    def _pass_strays(self):
        """What is open elsewhere goes to the main receiver.

        Of leads without a customer, and of customers that are not listed.
        """
        user = self.new_user_id
        if not (self.user_id and user and user != self.user_id):
            return
        if not user._can_take_over():
            return
        listed = self.line_ids.partner_id.commercial_partner_id
        elsewhere = Domain("partner_id", "=", False) | Domain(
            "partner_id.commercial_partner_id", "not in", listed.ids
        )
        if self.with_leads:
            elsewhere_leads = elsewhere & Domain(
                "id", "not in", self.line_ids.lead_id.ids
            )
            self._try_stray("crm.lead", self._get_kept_lead() & elsewhere_leads)
        if self.with_complaints:
            about = Domain("about_user_id", "!=", user.id)
            self._try_stray(
                "trust.complaint", self._get_kept_complaint() & elsewhere & about
            )
            self._try_stray("trust.crisis", self._get_kept_crisis() & elsewhere)

    def _try_stray(self, model, domain):
        """Give what the manager may change, in companies the receiver works for."""
        found = self._find_changeable(model, domain & self._works_for(self.new_user_id))
        try:
            with self.env.cr.savepoint():
                self._give(found, self.new_user_id)
        except UserError:
            self.env.invalidate_all(flush=False)

    @api.model
    def _works_for(self, user):
        """Domain of records in companies for which ``user`` works."""
        return Domain("company_id", "in", [*user.sudo().company_ids.ids, False])

    @api.model
    def _find_changeable(self, model, domain):
        """Return what the manager may change: not a complaint about themselves."""
        records = self.env[model]
        if not records.has_access("write"):
            return records
        return records.search(domain)._filtered_access("write")
