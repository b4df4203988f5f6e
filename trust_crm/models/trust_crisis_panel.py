# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

from .trust_crisis import OPEN


class TrustRelationship(models.Model):
    """An open crisis is the first thing that the trust panel says to do (I1, I5)."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _step_crisis(self):
        """The open crisis of this customer, or of many with this one among them."""
        customer = self.partner_id.commercial_partner_id
        found = self.env["trust.crisis"].search(
            Domain("state", "in", OPEN)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("relationship_ids.partner_id", "in", customer.ids),
            limit=1,
        )
        return [self._prepare_step(one, self._say_crisis(one)) for one in found]

    def _say_crisis(self, crisis):
        if crisis.state == "proposed":
            return self.env._("Is this a crisis of trust? It waits to be decided.")
        return self.env._(
            "A crisis of trust: %(name)s works on it.",
            name=crisis.sudo().user_id.name or "–",
        )
