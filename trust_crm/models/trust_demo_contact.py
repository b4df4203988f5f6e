# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustDemo(models.AbstractModel):
    """Rhythms of a customer's own: what somebody told us about being in touch."""

    _inherit = "trust.demo"

    def _tell_rhythm(self, entry):
        """``value`` days between contacts, with the reason in ``words``; 0: none."""
        customer = entry.partner.commercial_partner_id
        if entry.value == "0":
            entry.partner.trust_no_contact = True
            return
        customer.write(
            {
                "trust_ideal_days": int(entry.value),
                "trust_cadence_reason": entry.words,
            }
        )
