# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

VIEW_TYPES = ("kanban", "list", "form", "search")


def hoot_failed(message):
    """Let the browser run on after a log line that is not hoot's own verdict."""
    return "[HOOT]" not in message


@tagged("post_install", "-at_install")
class TestTrustWeb(HttpCase):
    """The screens in a browser, and Odoo as before for who has no trust group."""

    def test_components(self):
        """C5, C10 to C13, I1: the ring and the panel in every state (hoot)."""
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            "&filter=%2F%40trust_crm%2F",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=hoot_failed,
        )

    def test_panel_tour(self):
        """C12: partner, tab Trust, a reason opens its record, and back."""
        customer = self._met_customer()
        self.start_tour(
            f"/odoo/res.partner/{customer.id}", "trust_crm_panel", login="admin"
        )

    def test_others_see_odoo_as_before(self):
        """C5: without the trust group partner and lead views hold nothing of ours."""
        login = "plain_seller"
        user = new_test_user(
            self.env, login, "base.group_user,sales_team.group_sale_manager"
        )
        for model in ("res.partner", "crm.lead"):
            for view_type in VIEW_TYPES:
                arch = self.env[model].with_user(user).get_view(view_type=view_type)
                self.assertNotIn("trust_", arch["arch"], f"{model} {view_type}")

    def test_members_see_trust(self):
        """C5: with the group ring, tab, columns, filters and groupings are there."""
        user = new_test_user(
            self.env,
            "trust_seller",
            "trust_crm.group_trust_user,sales_team.group_sale_salesman",
        )
        for model in ("res.partner", "crm.lead"):
            for view_type in VIEW_TYPES:
                view = self.env[model].with_user(user).get_view(view_type=view_type)
                self.assertIn("trust_", view["arch"], f"{model} {view_type}")

    def _met_customer(self):
        """Return a customer with a meeting held a week ago, scored."""
        customer = self.env["res.partner"].create(
            {"name": "Azure Interior of the Tour", "is_company": True}
        )
        start = fields.Datetime.now() - timedelta(days=7)
        meeting = self.env["calendar.event"].create(
            {
                "name": "Visit to the showroom",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [fields.Command.link(customer.id)],
            }
        )
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": "meeting_held",
                    "partner_id": customer.id,
                    "date": start,
                    "source": meeting,
                }
            ]
        )
        self.env["trust.queue"]._drain()
        return customer
