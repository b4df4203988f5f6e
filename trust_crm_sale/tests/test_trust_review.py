# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from odoo.addons.trust_crm.tests.review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewOrders(ReviewCase):
    def test_orders_are_turnover(self):
        """S19: of customers we know little of, whoever ordered most comes first."""
        little, much = self.env["res.partner"].create(
            [{"name": "Little"}, {"name": "Much"}]
        )
        product = self.env["product.product"].create({"name": "Shelf"})
        for partner, price in ((little, 10), (much, 9000)):
            self._relationship(partner).sudo().thin = True
            order = self.env["sale.order"].create(
                {
                    "partner_id": partner.id,
                    "order_line": [
                        (0, 0, {"product_id": product.id, "price_unit": price})
                    ],
                }
            )
            order.action_confirm()
        thin = self.of(self.review(), "thin").filtered(
            lambda one: one.relationship_id.partner_id in little | much
        )
        self.assertEqual(thin.mapped("subject"), ["Much", "Little"])
        self.assertTrue(all("Buys from us" in one.reason for one in thin))
