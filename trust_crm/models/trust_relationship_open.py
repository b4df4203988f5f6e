# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain


class TrustRelationship(models.Model):
    """Where a reader goes from a relationship: its evidence, history and customer."""

    _inherit = "trust.relationship"

    # ACTIONS

    def action_open_evidence(self):
        """Open the ledger rows that count for this relationship."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_evidence_action"
        )
        name = self.env._("Evidence of %(name)s", name=self.display_name)
        return {
            **action,
            "name": name,
            "domain": self._get_evidence_domain(),
            "context": {"search_default_live": 1},
        }

    def action_open_history(self):
        """Open how index, circle and stage developed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_snapshot_action"
        )
        name = self.env._("History of %(name)s", name=self.display_name)
        domain = [("relationship_id", "=", self.id)]
        return {**action, "name": name, "domain": domain, "context": {}}

    def action_open_subject(self):
        """Open the customer, or the lead while there is no customer."""
        self.ensure_one()
        subject = self._get_subject()
        return {
            "type": "ir.actions.act_window",
            "res_model": subject._name,
            "res_id": subject.id,
            "views": [(False, "form")],
        }

    # BUSINESS

    def _get_subject(self):
        """The customer, or the lead while there is no customer."""
        return self.partner_id or self.lead_id

    def _get_evidence_domain(self):
        """Return the domain of the rows that count: a company's contacts' too."""
        company = Domain("company_id", "in", [self.company_id.id, False])
        if self.lead_id:
            return company & Domain("lead_id", "=", self.lead_id.id)
        link = (
            "partner_id.commercial_partner_id" if self.is_commercial else "partner_id"
        )
        return company & Domain(link, "=", self.partner_id.id)
