# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.trust_complaint_step import OPEN


class TrustHandoverPass(models.TransientModel):
    """What a pass leaves behind: passed on where it may be, and told where it stays.

    Opportunities are CRM's, and whoever hands customers over may have no right to
    change them: then they stay, and the result says so.
    """

    _inherit = "trust.handover.pass"

    left_count = fields.Integer("Promises left behind", compute="_compute_left")
    left_lead_count = fields.Integer(
        "Opportunities left behind", compute="_compute_left"
    )
    left_complaint_count = fields.Integer(
        "Complaints left behind", compute="_compute_left"
    )

    # COMPUTE

    @api.depends("state", "user_id", "with_leads", "with_complaints")
    def _compute_left(self):
        """Numbers alone, also of what the manager may not look into."""
        for wizard in self:
            promises = wizard._get_promise_domain(wizard.user_id)
            leads, complaints = wizard._get_lead_domain(), wizard._get_open_complaints()
            wizard.left_count = wizard._count_left("trust.promise", promises)
            wizard.left_lead_count = wizard.with_leads and wizard._count_left(
                "crm.lead", leads
            )
            wizard.left_complaint_count = wizard.with_complaints and wizard._count_left(
                "trust.complaint", complaints
            )

    def _count_left(self, model, domain):
        if self.state != "done":
            return 0
        return self.env[model].sudo().search_count(domain)

    # ACTIONS

    def action_open_left(self):
        """The promises that nobody took over."""
        self.ensure_one()
        domain = self._get_promise_domain(self.user_id)
        return self._open_left("trust_crm.trust_promise_action", domain)

    def action_open_left_leads(self):
        """The opportunities that stayed, as far as the manager sees them."""
        self.ensure_one()
        return self._open_left("crm.crm_lead_opportunities", self._get_lead_domain())

    def action_open_left_complaints(self):
        """The complaints that stayed."""
        self.ensure_one()
        domain = self._get_open_complaints()
        return self._open_left("trust_crm.trust_complaint_action", domain)

    def _open_left(self, action, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(action)
        return action | {"domain": list(domain), "context": {}}

    # BUSINESS

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

    def _get_lead_domain(self):
        return self._get_left_domain() & Domain("won_status", "=", "pending")

    def _get_open_complaints(self):
        return self._get_left_domain() & Domain("step_code", "in", OPEN)

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
            self._try_stray("crm.lead", self._get_lead_domain() & elsewhere_leads)
        if self.with_complaints:
            about = Domain("about_user_id", "!=", user.id)
            self._try_stray(
                "trust.complaint", self._get_open_complaints() & elsewhere & about
            )

    def _try_stray(self, model, domain):
        """Give what the manager may change, in companies the receiver works for."""
        companies = [*self.new_user_id.sudo().company_ids.ids, False]
        domain &= Domain("company_id", "in", companies)
        found = self._find_changeable(model, domain)
        try:
            with self.env.cr.savepoint():
                self._give(found, self.new_user_id)
        except UserError:
            self.env.invalidate_all(flush=False)

    @api.model
    def _find_changeable(self, model, domain):
        """Return what the manager may change: not a complaint about themselves."""
        records = self.env[model]
        if not records.has_access("write"):
            return records
        return records.search(domain)._filtered_access("write")
