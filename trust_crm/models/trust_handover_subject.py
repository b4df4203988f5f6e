# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: whether their customer is being handed over."""

    _inherit = "trust.subject.mixin"

    trust_handover_count = fields.Integer(
        "Handovers in Progress",
        compute="_compute_trust_handover_count",
        groups="trust_crm.group_trust_user",
    )

    # COMPUTE

    def _compute_trust_handover_count(self):
        self._count_trust("trust_handover_count")

    # ACTIONS

    @api.readonly
    def action_view_trust_handovers(self):
        """The handovers of this customer; the one in progress at once."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_handover_action"
        )
        domain = self._get_trust_handover_domain()
        found = self.env["trust.handover"].search(
            domain & Domain("state", "=", "open"), limit=2
        )
        if len(found) == 1:
            return action | {"res_id": found.id, "views": [(False, "form")]}
        return action | {"domain": list(domain), "context": {}}

    # BUSINESS

    def _get_trust_handover_domain(self):
        return self._get_trust_person()._get_trust_people_domain()

    def _trust_traces(self):
        return super()._trust_traces() | {
            "trust_handover_count": [("trust.handover", "partner_id")]
        }

    def _trust_counted(self):
        domain = Domain("state", "=", "open") & self._get_trust_handover_domain()
        return super()._trust_counted() | {
            "trust_handover_count": ("trust.handover", domain)
        }


class ResPartner(models.Model):
    """Changing the salesperson of a customer may open a handover."""

    _inherit = "res.partner"

    # ORM

    def write(self, vals):
        """Odoo reads the former salesperson before it writes: no query of ours."""
        if "user_id" not in vals:
            return super().write(vals)
        new = vals["user_id"] or False
        old = {p.id: p.user_id.id for p in self if p.user_id.id != new}
        result = super().write(vals)
        if old:
            # Whoever may change the salesperson need not know the trust app.
            self.env["trust.handover"].sudo()._follow(old)
        return result
