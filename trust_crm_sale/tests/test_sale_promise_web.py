# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestSalePromiseWeb(HttpCase):
    def test_tour(self):
        """P1: from the chatter of an order, its customer filled in."""
        customer = self.env["res.partner"].create({"name": "Mara Lind"})
        order = self.env["sale.order"].create({"partner_id": customer.id})
        self.start_tour(
            f"/odoo/sale.order/{order.id}", "trust_crm_sale_promise", login="admin"
        )
        promise = self.env["trust.promise"].search([("partner_id", "=", customer.id)])
        self.assertEqual(promise.name, "Deliver before noon")
        self.assertEqual((promise.res_model, promise.res_id), ("sale.order", order.id))
