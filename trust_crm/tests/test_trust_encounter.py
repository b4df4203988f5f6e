# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .encounter_common import EncounterCase


@tagged("post_install", "-at_install")
class TestTrustEncounter(EncounterCase):
    """H7, H8: how a contact felt, written down in two taps."""

    # THE POPUP

    def test_several_feelings_at_once(self):
        """H7: joy 3 and worry 4, before, during and after, in one encounter."""
        encounter = self.log(
            self.done(),
            None,
            (self.joyful, 3, "during"),
            (self.worried, 4, "during"),
            (self.worried, 2, "after"),
        )
        self.assertEqual(len(encounter), 1)
        self.assertEqual(encounter.channel, "call")
        self.assertEqual(
            {(f.feeling_id, f.strength, f.stage) for f in encounter.feeling_ids},
            {
                (self.joyful, 3, "during"),
                (self.worried, 4, "during"),
                (self.worried, 2, "after"),
            },
        )
        self.assertEqual(encounter.tone, "bad")
        self.assertTrue(encounter.felt.startswith("😟 Worried 4, "))

    def test_same_feeling_again(self):
        """H7: a second thought changes the strength; nothing stands there twice."""
        activity = self.done()
        encounter = self.log(activity, None, (self.angry, 3, "during"))
        again = self.log(activity, None, (self.angry, 5, "during"))
        self.assertEqual(encounter, again)
        self.assertEqual(encounter.feeling_ids.mapped("strength"), [5])

    def test_take_back(self):
        """H7: a slip of the finger leaves nothing; what was written besides stays."""
        activity = self.done()
        self._collect()
        encounter = self.log(
            activity, None, (self.angry, 3, "during"), (self.joyful, 3, "after")
        )
        first, second = encounter.feeling_ids.sorted("id")
        answer = encounter.take_back(first.id)
        self.assertEqual([felt["id"] for felt in answer["felt"]], second.ids)
        self.assertFalse(encounter.take_back(second.id)["encounter_id"])
        self.assertFalse(encounter.exists())
        self.assertEqual(self.live(), [("human_contact", "mail.message")])
        noted = self.encounter((self.angry, 3), note="Rang at six")
        noted.take_back(noted.feeling_ids.id)
        self.assertTrue(noted.exists())

    def test_offer(self):
        """H7: offered for contacts of customers, for nothing else."""
        encounters = self.encounters.with_user(self.seller)
        offer = encounters.get_offer("mail.activity", self.done().id)
        self.assertEqual(offer["people"][0]["name"], "Ada")
        self.assertEqual(offer["what"], "Call")
        tones = [feeling["tone"] for feeling in offer["feelings"]]
        self.assertEqual(tones, sorted(tones, key=["good", "mixed", "bad"].index))
        todo = self.done(kind="mail.mail_activity_data_todo")
        self.assertFalse(encounters.get_offer("mail.activity", todo.id))
        ours = self.done(self.seller.partner_id.sudo(), user=self.manager)
        self.assertFalse(
            self.encounters.with_user(self.manager).get_offer("mail.activity", ours.id)
        )
        planned = self.customer.activity_schedule("mail.mail_activity_data_call")
        self.assertFalse(self.encounters.get_offer("mail.activity", planned.id))

    def test_offer_of_buttons(self):
        """H7: Odoo's own "Done" offers it, to users of Trust only."""
        for user, offered in ((self.seller, True), (self.outsider, False)):
            self.customer.user_id = user
            activity = self.customer.activity_schedule(
                "mail.mail_activity_data_call", user_id=user.id
            )
            result = activity.with_user(user).action_done()
            tag = isinstance(result, dict) and result.get("tag")
            self.assertEqual(tag == "trust_crm.encounter", offered, user.login)

    def test_from_the_customer(self):
        """H7: the button on a form means the call just done, else a contact now."""
        self.customer.with_user(self.seller).action_log_trust_encounter()
        spontaneous = self.log(self.customer)
        self.assertFalse(spontaneous.message_id)
        self.done()
        called = self.log(self.customer)
        self.assertTrue(called.message_id)
        self.assertNotEqual(self.log(self.customer), called)

    def test_from_a_complaint(self):
        """H7: a talk about a complaint stands on it."""
        complaint = self.env["trust.complaint"].create(
            {"subject": "Late", "partner_id": self.customer.id}
        )
        encounter = self.log(complaint)
        self.assertEqual(encounter.complaint_id, complaint)
        self.assertEqual(complaint.encounter_ids, encounter)
        self.assertEqual(encounter.action_open_source()["res_model"], "trust.complaint")

    def test_from_a_meeting(self):
        """H7: each guest of a meeting that is over, none of one to come."""
        event = self.met(self.other_customer)
        self.assertTrue(event.with_user(self.seller).trust_is_over)
        offer = self.encounters.get_offer("calendar.event", event.id)
        self.assertEqual(
            {one["partner_id"] for one in offer["people"]},
            {self.customer.id, self.other_customer.id},
        )
        coming = self.met(hours=-5)
        self.assertFalse(coming.trust_is_over)
        with self.assertRaisesRegex(UserError, "not over yet"):
            coming.action_log_trust_encounter()

    def test_only_whom_one_met(self):
        """H7: the browser cannot name somebody who was not there."""
        activity = self.done()
        felt = {"feeling_id": self.angry.id, "strength": 3, "stage": "during"}
        who = {"partner_id": self.other_customer.id, "lead_id": False}
        with self.assertRaisesRegex(UserError, "Nobody was met"):
            self.encounters.log_feeling(["mail.activity", activity.id], who, felt)

    def test_strength(self):
        """H7: from 1 to 5."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
        ):
            self.encounter((self.angry, 6))
            self.env.flush_all()

    # ASKED AND PITCHED

    def test_listening(self):
        """H8: asked against pitched; who said nothing pulls no average down."""
        self.encounter(asked="5", pitched="0")
        self.encounter(asked="1", pitched="3")
        self.encounter(asked="0", pitched="5")
        self.encounter()
        [(average, count)] = self.encounters._read_group(
            [("partner_id", "=", self.customer.id)],
            [],
            ["listening:avg", "__count"],
        )
        self.assertEqual(count, 4)
        self.assertAlmostEqual(average, (100 + 25 + 0) / 3, 6)

    def test_stages_in_order(self):
        """S17: reports show before, during and after in this order."""
        self.encounter(
            *[(self.angry, 3, stage) for stage in ("after", "before", "during")]
        )
        groups = self.env["trust.encounter.feeling"]._read_group(
            [("partner_id", "=", self.customer.id)], ["stage"], ["__count"]
        )
        self.assertEqual([group[0] for group in groups], ["before", "during", "after"])

    def test_nobody_is_ranked(self):
        """H8: neither feelings nor listening are grouped by employee."""
        self.encounter((self.angry, 5))
        for model, path in (
            ("trust.encounter", "user_id"),
            ("trust.encounter", "create_uid"),
            ("trust.encounter", "partner_id.user_id"),
            ("trust.encounter.feeling", "encounter_id.user_id"),
            ("trust.encounter.feeling", "create_uid"),
        ):
            with self.assertRaises(AccessError, msg=path):
                self.env[model].with_user(self.manager)._read_group([], [path])

    def test_feedback_about_an_encounter(self):
        """F2: feedback may be about one encounter; the customer reads no note of it."""
        encounter = self.encounter((self.angry, 5), note="Shouts", channel="visit")
        action = encounter.action_ask_trust_feedback()
        self.assertEqual(action["context"]["default_res_model"], "trust.encounter")
        request = self.env["trust.feedback"]._request(
            self.customer, "pulse", about=encounter
        )
        self.assertEqual(request.scope, "encounter")
        self.assertEqual(request.user_id, self.seller)
        self.assertIn("Visit on", request.about_name)
        self.assertNotIn("Shouts", request.about_name)

    # RIGHTS

    def test_rights(self):
        """T4: mine and my customers' to read, mine to write; managers all."""
        theirs = self.encounter(
            (self.angry, 5), partner=self.other_customer, user_id=self.manager.id
        )
        self.other_customer.user_id = self.manager
        mine = self.encounter((self.angry, 5), user_id=self.manager.id)
        for records in (theirs, theirs.feeling_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.seller).check_access("read")
            records.with_user(self.all_seller).check_access("read")
            with self.assertRaises(AccessError):
                records.with_user(self.all_seller).check_access("write")
            records.with_user(self.manager).check_access("unlink")
        mine.with_user(self.seller).check_access("read")
        with self.assertRaises(AccessError):
            mine.with_user(self.seller).check_access("write")
        with self.assertRaises(AccessError):
            mine.with_user(self.outsider).check_access("read")

    def test_without_the_group(self):
        """C5: no offer, no field, no question more."""
        with self.assertRaises(AccessError):
            self.encounters.with_user(self.outsider).get_offer(
                "res.partner", self.customer.id
            )
        for model in ("calendar.event", "mail.activity", "res.partner", "crm.lead"):
            fields = self.env[model].with_user(self.outsider).fields_get()
            ours = [name for name in fields if name.startswith("trust_")]
            self.assertFalse(ours, model)
        view = self.env["calendar.event"].with_user(self.outsider).get_view()
        self.assertNotIn("trust", view["arch"])
