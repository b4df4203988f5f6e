# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


class EncounterTour(HttpCase):
    def _customer_with_call(self, user):
        customer = self.env["res.partner"].create(
            {"name": "Mara Lind", "user_id": user.id}
        )
        customer.activity_schedule("mail.mail_activity_data_call", user_id=user.id)
        return customer

    def two_taps(self):
        """Mark a call done as Odoo does, and say how it felt in two taps."""
        admin = self.env.ref("base.user_admin")
        customer = self._customer_with_call(admin)
        self.start_tour(
            f"/odoo/res.partner/{customer.id}", "trust_crm_encounter", login="admin"
        )
        encounter = self.env["trust.encounter"].search(
            [("partner_id", "=", customer.id)]
        )
        self.assertTrue(encounter.message_id)
        self.assertEqual(encounter.channel, "call")
        self.assertEqual(
            [(f.feeling_id.name, f.strength, f.stage) for f in encounter.feeling_ids],
            [("Worried", 4, "after"), ("Joyful", 3, "during")],
        )
        self.assertEqual(encounter.asked, "5")


@tagged("post_install", "-at_install")
class TestTrustEncounterWeb(EncounterTour):
    def test_desktop(self):
        """H7, H8: two taps after a call; a second feeling; what was asked."""
        self.two_taps()

    def test_others_are_not_asked(self):
        """C5: without the trust group marking done is as it was."""
        user = new_test_user(
            self.env, "plain_caller", "base.group_user,base.group_partner_manager"
        )
        customer = self._customer_with_call(user)
        self.start_tour(
            f"/odoo/res.partner/{customer.id}",
            "trust_crm_encounter_without",
            login="plain_caller",
        )
        self.assertFalse(self.env["trust.encounter"].search_count([]))

    def test_meeting_of_two(self):
        """H7: how a meeting felt, to each of two customers."""
        guests = self.env["res.partner"].create(
            [{"name": "Mara Lind"}, {"name": "Ole Berg"}]
        )
        now = fields.Datetime.now()
        event = self.env["calendar.event"].create(
            {
                "name": "Fair",
                "start": fields.Datetime.subtract(now, hours=2),
                "stop": fields.Datetime.subtract(now, hours=1),
                "partner_ids": guests.ids,
            }
        )
        self.start_tour(
            f"/odoo/calendar.event/{event.id}",
            "trust_crm_encounter_meeting",
            login="admin",
        )
        encounters = self.env["trust.encounter"].search([("event_id", "=", event.id)])
        self.assertEqual(encounters.partner_id, guests)
        self.assertEqual(len(encounters), 2)


@tagged("post_install", "-at_install")
class TestTrustEncounterPhone(EncounterTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """H7: the same two taps at the width of a phone."""
        self.two_taps()
