# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class ResPartner(models.Model):
    """Who has a quotation or an order is a customer too."""

    _inherit = "res.partner"

    @api.model
    def _trust_customer_models(self):
        return [*super()._trust_customer_models(), "sale.order"]
