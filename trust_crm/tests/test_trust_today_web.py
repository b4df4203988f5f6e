# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import HttpCase, tagged

PAGE = "/odoo/action-trust_crm.trust_today_action"


class TodayTour(HttpCase):
    def morning(self):
        """Go through a morning as the administrator, and see what it left."""
        admin = self.env.ref("base.user_admin")
        customer = self.env["res.partner"].create({"name": "Mara Lind"})
        promise = self.env["trust.promise"].create(
            {
                "name": "Send the samples",
                "partner_id": customer.id,
                "user_id": admin.id,
                "date_deadline": fields.Date.context_today(admin.with_user(admin)),
            }
        )
        self.start_tour(PAGE, "trust_crm_today", login="admin")
        self.assertEqual(promise.state, "kept")
        reflection = self.env["trust.reflection"].search([("user_id", "=", admin.id)])
        self.assertEqual(reflection.text, "Brought the samples myself")
        self.assertFalse(reflection.shared)


@tagged("post_install", "-at_install")
class TestTrustTodayWeb(TodayTour):
    def test_desktop(self):
        """H10, H11, S22: acted on in place, with undo; a caller; the evening line."""
        self.morning()


@tagged("post_install", "-at_install")
class TestTrustTodayPhone(TodayTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """H10: the same morning at the width of a phone."""
        self.morning()
