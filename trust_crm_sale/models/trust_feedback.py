# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class TrustFeedback(models.Model):
    """An answer about an order was given at the moment of truth of orders."""

    _inherit = "trust.feedback"

    # BUSINESS

    @api.model
    def _get_moment_signals(self):
        return {**super()._get_moment_signals(), "sale.order": "purchase_repeated"}
