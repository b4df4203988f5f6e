# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTrustFavourWeb(HttpCase):
    def test_asking_for_approval(self):
        """H5: the limit is said while typing; a manager refuses; the reason is read."""
        groups = "sales_team.group_sale_salesman_all_leads"
        seller, manager = (
            new_test_user(
                self.env, login, groups=f"trust_crm.group_trust_{role},{groups}"
            )
            for login, role in (("gina", "user"), ("boss", "manager"))
        )
        self.env["res.partner"].create({"name": "Mara Lind", "user_id": seller.id})
        self.env["trust.favour.limit"].search([]).active = False
        self.env["trust.favour.limit"].create(
            {"per_gift": 50, "approver_id": manager.id}
        )
        self.start_tour("/odoo/trust-favours/new", "trust_crm_favour_ask", login="gina")
        favour = self.env["trust.favour"].search([("user_id", "=", seller.id)])
        self.assertEqual((favour.state, favour.value), ("asked", 80))
        self.assertEqual(favour.activity_ids.user_id, manager)
        page = f"/odoo/trust-favours/{favour.id}"
        self.start_tour(page, "trust_crm_favour_refuse", login="boss")
        self.assertEqual(favour.state, "refused")
        self.start_tour(page, "trust_crm_favour_read", login="gina")
