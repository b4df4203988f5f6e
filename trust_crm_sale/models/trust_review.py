# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import SQL


class TrustReview(models.Model):
    """With Sales, orders say best what a customer buys."""

    _inherit = "trust.review"

    # BUSINESS

    @api.model
    def _get_worth(self, company, since):
        orders = SQL(
            """
            SELECT 'sale', partner_id,
                   sum(amount_untaxed / COALESCE(NULLIF(currency_rate, 0), 1))::float8,
                   0
              FROM sale_order
             WHERE state = 'sale' AND company_id = %(company)s
               AND date_order >= %(since)s
          GROUP BY partner_id
            """,
            company=company.id,
            since=since,
        )
        return [*super()._get_worth(company, since), orders]
