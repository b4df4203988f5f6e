# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, new_test_user, tagged


class NeedsTour(HttpCase):
    def ask(self):
        """Ask on a lead what is behind its stated need, and see what is stored."""
        seller = new_test_user(
            self.env,
            "nell",
            groups="trust_crm.group_trust_user,sales_team.group_sale_salesman",
        )
        lead = self.env["crm.lead"].create(
            {"name": "New kitchen", "type": "opportunity", "user_id": seller.id}
        )
        needs = self.env["trust.need"].with_user(seller)
        needs.create({"name": "A kitchen", "lead_id": lead.id})
        url = f"/odoo/action-crm.crm_lead_action_pipeline/{lead.id}"
        self.start_tour(url, "trust_crm_needs", login="nell")
        found = needs.search([("lead_id", "=", lead.id), ("kind", "=", "real")])
        self.assertEqual(
            found.mapped("name"), ["More light in winter", "Room for eight"]
        )
        self.assertEqual(found.mapped("state"), ["met", "hypothesis"])
        rows = found._trust_evidence_rows()
        self.assertEqual(rows.mapped("signal_id.code"), ["need_met"])
        self.assertEqual(rows.lead_id, lead)


@tagged("post_install", "-at_install")
class TestTrustNeedWeb(NeedsTour):
    def test_desktop(self):
        """H6: four prompts on a lead with a stated need, answered in place."""
        self.ask()


@tagged("post_install", "-at_install")
class TestTrustNeedPhone(NeedsTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """H6: the same at the width of a phone."""
        self.ask()
