# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, tagged

PAGE = "/odoo/action-trust_crm.trust_team_view_action"


class TeamTour(HttpCase):
    def look(self):
        customer = self.env["res.partner"].create({"name": "Mara Lind"})
        self.env["trust.relationship"]._get_for(customer)
        self.env["trust.complaint"].create(
            {"subject": "Too late", "partner_id": customer.id}
        )
        self.start_tour(PAGE, "trust_crm_team", login="admin")
        self.start_tour(PAGE, "trust_crm_team_figure", login="admin")


@tagged("post_install", "-at_install")
class TestTrustTeamWeb(TeamTour):
    def test_desktop(self):
        """I7: the page of a team, from a figure and a bar to what it counts."""
        self.look()


@tagged("post_install", "-at_install")
class TestTrustTeamPhone(TeamTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """I7: the same at the width of a phone."""
        self.look()
