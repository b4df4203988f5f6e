# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command, api, models


class TrustDemo(models.AbstractModel):
    """With Sales, what the customers of the story bought stands in orders."""

    _inherit = "trust.demo"

    # BUSINESS

    @api.model
    def _tell_orders(self):
        """Make the order of each opportunity that the story won, on its day."""
        teller = self.sudo().with_context(**self._quiet())
        won = teller._cast_opportunities().filtered(lambda x: x.won_status == "won")
        orders = teller.env["sale.order"].create(
            [teller._prepare_order_values(lead) for lead in won]
        )
        for order, lead in zip(orders, won, strict=True):
            teller._backdate(order, lead.create_date)
        orders._collect_trust_evidence()
        teller._tell_again()

    def _prepare_order_values(self, lead):
        return {
            "partner_id": lead.partner_id.id,
            "user_id": lead.user_id.id,
            "origin": lead.name,
            "date_order": lead.date_closed,
            "state": "sale",
            "order_line": [
                Command.create(
                    {
                        "product_id": self.env.ref("trust_crm_sale.demo_joinery").id,
                        "name": lead.name,
                        "price_unit": lead.expected_revenue,
                        "tax_ids": [],
                    }
                )
            ],
        }

    def _cast_opportunities(self):
        return self.env["crm.lead"].search([("partner_id", "in", self._cast().ids)])
