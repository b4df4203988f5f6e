# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestInviteTour(HttpCase, EventCase):
    def test_tour(self):
        """H12: from the event to one mail for each who is ticked."""
        self.seller.group_ids += self.env.ref("event.group_event_user")
        self.person.city = "Kiel"
        self.contact.email = False  # shares the address of the company
        self.person.email = "mary@kiel.example.com"
        self.start_tour(
            f"/odoo/event.event/{self.event.id}",
            "trust_crm_event_invite",
            login=self.seller.login,
        )
        self.assertEqual(self.event.trust_invitation_ids.partner_id, self.person)
        self.assertEqual(self.event.trust_invitation_ids.words, "There will be soup.")
