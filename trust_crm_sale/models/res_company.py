# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    trust_offer_days = fields.Integer(
        "Days without an unasked offer after a sale",
        help="A quotation that you send within so many days after an order, and that "
        "nothing shows the customer asked for, counts as pushing. 0: never. Use it "
        "where calls are logged, for who asks by telephone leaves no other trace.",
    )

    _trust_offer_days_check = models.Constraint(
        "CHECK(trust_offer_days BETWEEN 0 AND 365)",
        "An unasked offer is one within 0 to 365 days after a sale.",
    )

    # ORM

    def write(self, vals):
        result = super().write(vals)
        if vals.get("trust_offer_days"):
            signal = self.env["trust.signal"].sudo()._get_by_code("pushy_selling")
            signal.filtered(lambda one: not one.active).active = True
        return result
