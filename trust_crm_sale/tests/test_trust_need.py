# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.trust_crm.tests.common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustNeed(TrustCase):
    def test_product(self):
        """H6: a need names the product that serves it, of its own company."""
        products = self.env["product.product"]
        lamp = products.create({"name": "Lamp"})
        with Form(self.env["trust.need"].with_user(self.seller)) as form:
            form.name = "More light"
            form.partner_id = self.customer
            form.product_id = lamp
        need = form.record
        self.assertEqual(need.product_id, lamp)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(UserError):
            need.sudo().product_id = products.create(
                {"name": "Theirs", "company_id": company.id}
            )
