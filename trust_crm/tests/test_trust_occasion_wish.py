# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .memory_common import MemoryCase

DAY = "2026-03-04 12:00"


@tagged("post_install", "-at_install")
class TestTrustOccasionWish(MemoryCase):
    """H3: reminders and wishes."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-02-01 12:00"))
        self.env["res.lang"]._activate_lang("fr_FR")
        self.day = self.occasion()

    def activities(self, occasion=None):
        return (occasion or self.day).activity_ids

    def wishes(self):
        return self.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "occasion_kept"),
                ("partner_id", "=", self.person.id),
                ("state", "=", "live"),
            ]
        )

    # REMINDERS

    def remind(self):
        """The hourly job, as Odoo runs it."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("trust_crm.ir_cron_trust_occasion").method_direct_trigger()
        self.env.invalidate_all()

    def test_reminder_once(self):
        """H3, T8: one activity for the salesperson, three days before, once."""
        for moment, number in (
            ("2026-02-28 12:00", 0),
            ("2026-03-01 12:00", 1),
            ("2026-03-02 12:00", 1),
        ):
            with freeze_time(moment):
                self.remind()
                self.remind()
                self.assertEqual(len(self.activities()), number, moment)
        activity = self.activities()
        self.assertEqual(activity.user_id, self.seller)
        self.assertEqual(str(activity.date_deadline), "2026-03-04")
        self.assertIn("Mary Achieng", activity.summary)
        activity.unlink()
        with freeze_time("2026-03-03 12:00"):
            self.remind()
            self.assertFalse(self.activities(), "not told twice")
        with freeze_time("2027-03-02 12:00"):
            self.remind()
            self.assertEqual(len(self.activities()), 1, "but every year")

    def test_reminder_where_the_owner_is(self):
        """H3: in their time zone and language."""
        self.seller.write({"tz": "Pacific/Auckland", "lang": "fr_FR"})
        with freeze_time("2026-02-28 10:00"):
            self.remind()
            self.assertFalse(self.activities())
        with freeze_time("2026-02-28 12:00"):  # 1 March in Auckland
            self.remind()
            self.assertIn("mars", self.activities().summary)

    def test_no_reminder(self):
        """H3, K11: not about who wants no contact, has no ground, or was wished."""
        other = self.occasion(self.friend)
        gone = self.occasion(self.person, kind="name_day")
        self.person.trust_no_contact = True
        self.friend.trust_consent_ids.action_withdraw()
        with freeze_time("2026-03-03 12:00"):
            self.remind()
        self.assertFalse((self.day | other | gone).activity_ids)

    def test_no_contact_takes_the_reminder_back(self):
        """H3, K11: the same day."""
        with freeze_time("2026-03-03 12:00"):
            self.remind()
        self.assertTrue(self.activities())
        self.person.trust_no_contact = True
        self.assertFalse(self.activities())

    def test_ground_takes_the_reminder_back(self):
        """H4: what is hidden is not told by an activity either."""
        with freeze_time("2026-03-03 12:00"):
            self.remind()
        self.person.trust_consent_ids.action_withdraw()
        self.assertFalse(self.activities())

    # WISHES

    @freeze_time(DAY)
    def test_wished_once(self):
        """H3: noted once for the day, evidence of the one who did; can be undone."""
        mine = self.day.with_user(self.seller)
        mine.action_wished_call()
        mine.action_wished_card()
        self.assertEqual(len(self.wishes()), 1)
        self.assertEqual(self.wishes().user_id, self.seller)
        self.assertTrue(mine.is_wished)
        mine.action_unwish()
        self.assertFalse(self.wishes())
        mine.invalidate_recordset()
        self.assertFalse(mine.is_wished)
        mine.action_wished_card()
        self.assertEqual(len(self.wishes()), 1)

    def test_wished_near_the_day_only(self):
        """H3: three days before and after, every year anew."""
        mine = self.day.with_user(self.seller)
        for moment in ("2026-02-28 12:00", "2026-03-08 12:00"):
            with freeze_time(moment), self.assertRaises(UserError):
                mine.action_wished_call()
        for moment in ("2026-03-01 12:00", "2027-03-07 12:00"):
            with freeze_time(moment):
                mine.invalidate_recordset()
                mine.action_wished_call()
        with freeze_time("2027-03-07 13:00"):
            self.assertEqual(len(self.wishes()), 2)

    @freeze_time(DAY)
    def test_no_wish_against_their_will(self):
        """H3, K11: not to who wants no friendly contact, nor by who may not see it."""
        with self.assertRaises(AccessError):
            self.day.with_user(self.colleague).action_wished_call()
        self.person.trust_no_contact = True
        with self.assertRaises(UserError):
            self.day.with_user(self.seller).action_write()

    @freeze_time(DAY)
    def test_written_by_a_person(self):
        """H3: a mail in their language, sent by who presses Send, is a wish."""
        self.person.lang = "fr_FR"
        before = self.env["mail.message"].search_count([])
        action = self.day.with_user(self.seller).action_write()
        self.assertEqual(self.env["mail.message"].search_count([]), before)
        composer = self.env["mail.compose.message"].with_user(self.seller)
        form = Form(composer.with_context(**action["context"]))
        self.assertIn("Mary", form.subject)
        form.save()._action_send_mail()
        message = self.day.message_ids[:1]
        self.assertEqual(message.partner_ids, self.person)
        self.assertEqual(self.day.notice_ids.how, "mail")
        self.assertEqual(len(self.wishes()), 1)
        self.assertNotIn(self.person, self.day.message_partner_ids)

    @freeze_time(DAY)
    def test_no_address(self):
        """H3: nothing to write to is said, with what to do."""
        self.person.email = False
        with self.assertRaises(UserError) as caught:
            self.day.with_user(self.seller).action_write()
        self.assertIn("call, or send a card", str(caught.exception))

    # TODAY

    def items(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        page = self.env["trust.today"].with_user(user or self.seller).get_today()
        return {part["name"]: part for part in page["sections"]}["occasions"]["items"]

    def act(self, *words):
        return self.env["trust.today"].with_user(self.seller).act(*words)

    @freeze_time(DAY)
    def test_today(self):
        """H3, H10: whose day it is; wished in place, undone, put aside."""
        self.day.with_user(self.seller).year = 1986
        self.occasion(self.friend, day=8, month=3)
        self.person.write({"trust_interest_ids": self.sailing.ids})
        (item,) = self.items()
        self.assertEqual(item["who"], "Mary Achieng")
        self.assertIn("turns 40", item["reason"])
        self.assertIn("Sailing at night", item["reason"])
        self.assertEqual(
            [action["name"] for action in item["actions"]],
            ["write", "wished", "card", "aside"],
        )
        opened = self.act("occasion", self.day.id, "write")["open"]
        self.assertEqual(opened["res_model"], "mail.compose.message")
        done = self.act("occasion", self.day.id, "wished")
        self.assertFalse(self.items())
        self.act(*done["undo"])
        self.assertTrue(self.items())
        done = self.act("occasion", self.day.id, "aside")
        self.assertFalse(self.items())
        self.act(*done["undo"])
        self.assertTrue(self.items())
        self.assertFalse(self.items(self.manager), "not of my customers")

    @freeze_time("2026-03-02 12:00")
    def test_today_before(self):
        """H10: two days before it is there; who wants no contact is not."""
        self.assertEqual(self.items()[0]["tag"], "in 2 days")
        self.person.trust_no_contact = True
        self.assertFalse(self.items())

    @freeze_time(DAY)
    def test_portal_user_of_the_person(self):
        """H3: who is written to gets no right to the day itself."""
        user = self.env["res.users"].create(
            {
                "login": "mary_portal",
                "partner_id": self.person.id,
                "group_ids": [Command.set([self.env.ref("base.group_portal").id])],
            }
        )
        with self.assertRaises(AccessError):
            self.day.with_user(user).read(["day"])
