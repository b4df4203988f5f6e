# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        """A promise that is already missed is on record before its date moves."""
        if "commitment_date" in vals:
            now = fields.Datetime.now()
            self.filtered(
                lambda order: (
                    order.state == "sale"
                    and order.commitment_date
                    and order.commitment_date < now
                )
            )._collect_trust_evidence()
        return super().write(vals)

    def _trust_signal_codes(self):
        return [
            *super()._trust_signal_codes(),
            "promise_kept",
            "promise_kept_late",
            "promise_broken",
        ]
