# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: what this customer complained about, one button away."""

    _inherit = "trust.subject.mixin"

    trust_complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_trust_complaint_count",
        groups="trust_crm.group_trust_user",
    )

    # COMPUTE

    def _compute_trust_complaint_count(self):
        self._count_trust("trust_complaint_count")

    # ACTIONS

    @api.readonly
    def action_view_trust_complaints(self):
        """The complaints of this customer and its people, ready to note another."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_complaint_action"
        )
        person = self._get_trust_person()
        return action | {
            "domain": list(person._get_trust_people_domain()),
            "context": {"default_partner_id": person.id},
        }

    # BUSINESS

    def _trust_traces(self):
        return super()._trust_traces() | {
            "trust_complaint_count": [("trust.complaint", "partner_id")]
        }

    def _trust_counted(self):
        person = self._get_trust_person()
        return super()._trust_counted() | {
            "trust_complaint_count": (
                "trust.complaint",
                person._get_trust_people_domain(),
            )
        }


class TrustRelationship(models.Model):
    """From a relationship to what went wrong in it."""

    _inherit = "trust.relationship"

    # ACTIONS

    def action_view_trust_complaints(self):
        self.ensure_one()
        return self.partner_id.action_view_trust_complaints()
