# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .memory_common import MemoryCase


@tagged("post_install", "-at_install")
class TestTrustConsent(MemoryCase):
    """H4: on what ground we remember, and what happens when it is gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.occasion()
        cls.note = cls.memory()
        cls.person.write({"trust_interest_ids": cls.sailing.ids})
        cls.consent = cls.person.trust_consent_ids

    def seen(self, user=None):
        """What a user sees of the person: days, notes, interests."""
        env = self.env(user=user or self.seller)
        return (
            len(env["trust.occasion"].search(self.about())),
            len(env["trust.memory"].search(self.about())),
            len(self.person.with_env(env).trust_interest_ids),
        )

    def test_withdrawn_is_hidden_at_once(self):
        """H4, K11: hidden from everybody the same moment, and listed."""
        self.assertEqual(self.seen(), (1, 1, 1))
        self.consent.with_user(self.seller).action_withdraw()
        for user in (self.seller, self.manager, self.administrator):
            self.assertEqual(self.seen(user), (0, 0, 0))
        self.assertEqual(self.consent.state, "withdrawn")
        listed = self.env["trust.consent"].with_user(self.privacy)
        listed = listed.search([("removal_date", "!=", False), *self.about()])
        self.assertEqual(listed.left_count, 3)
        with self.assertRaises(AccessError):
            self.consent.with_user(self.manager).read(["left_count"])

    def test_lapsed_by_its_last_day(self):
        """H4: it stands on its last day, and is hidden by the job after it."""
        self.consent.date_until = fields.Date.today()
        self.env["trust.consent"]._cron_retention()
        self.assertEqual(self.seen(), (1, 1, 1))
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.assertEqual(self.consent.state, "standing")
            self.consent.invalidate_recordset()
            self.assertEqual(self.consent.state, "lapsed")
            self.env["trust.consent"]._cron_retention()
            self.assertEqual(self.seen(), (0, 0, 0))

    def test_a_new_ground_brings_it_back(self):
        """H4: nothing is lost before it is removed."""
        self.consent.action_withdraw()
        self.ground(self.person, purpose="memory", ground="contract")
        self.assertEqual(self.seen(), (0, 1, 0))
        self.ground(self.person, ground="legitimate")
        self.assertEqual(self.seen(), (1, 1, 1))
        self.assertFalse(self.consent.removal_date)

    def test_removed_after_the_time_of_grace(self):
        """T14: nothing of it is left; the ground itself stays as a proof."""
        self.consent.action_withdraw()
        self.env["trust.consent"]._cron_retention()
        self.assertTrue(self.note.exists())
        self.remove_lapsed()
        self.assertFalse(
            (self.note.exists(), self.day.exists())
            != (self.note.browse(), self.day.browse())
        )
        self.assertFalse(self.sailing.exists(), "a word about nobody else")
        self.assertTrue(self.consent.removed_date)
        self.assertFalse(self.consent.removal_date)

    def test_officer_removes_now(self):
        """H4: the officer may do it at once, and nobody else."""
        self.consent.action_withdraw()
        with self.assertRaises(AccessError):
            self.consent.with_user(self.manager).action_remove_now()
        self.consent.with_user(self.privacy).action_remove_now()
        self.assertFalse(self.note.exists())
        self.assertTrue(self.consent.removed_date)

    def test_two_grounds(self):
        """H4: what another ground still covers stays."""
        self.ground(self.person, purpose="occasions")
        self.consent.action_withdraw()
        self.assertEqual(self.seen(), (1, 0, 0))

    def test_stays_as_recorded(self):
        """H4: a ground is not rewritten; who recorded it is the one who did."""
        seen = self.consent.with_user(self.seller)
        for vals in (
            {"ground": "contract"},
            {"partner_id": self.friend.id},
            {"user_id": self.manager.id},
            {"withdrawn_date": False},
        ):
            with self.assertRaises(UserError):
                seen.write(vals)
        seen.note = "On the phone"
        made = self.env["trust.consent"].with_user(self.seller)
        made = made.create({"partner_id": self.friend.id, "user_id": self.manager.id})
        self.assertEqual(made.user_id, self.seller)
        with self.assertRaises(ValidationError):
            self.ground(self.friend, date=fields.Date.today() + timedelta(days=5))
        with self.assertRaises(ValidationError):
            self.ground(self.friend, date_until="2000-01-01")

    def test_officer_sees_no_words(self):
        """H4: the officer lists and removes; the words are not theirs to read."""
        with self.assertRaises(AccessError):
            self.env["trust.memory"].with_user(self.privacy).search([])

    # IMPORT AND MERGE

    def test_import_of_days(self):
        """H3: person, kind, day, month and year, as a file of contacts has them."""
        names = ["partner_id", "kind", "day", "month", "year"]
        rows = [
            ["Feng Mei", "Birthday", "29", "2", ""],
            ["Feng Mei", "Name day", "6", "12", "0"],
        ]
        env = self.env["trust.occasion"].with_user(self.seller)
        done = env.load(names, rows)
        self.assertFalse([m["message"] for m in done["messages"]])
        self.assertEqual(len(env.search(self.about(self.friend))), 2)
        again = env.load(names, rows[:1])["messages"][0]["message"]
        self.assertIn("has a birthday in this calendar already", again)
        unknown = env.load(names, [["Sam Stranger", "Birthday", "1", "1", ""]])
        self.assertIn("Record a ground", unknown["messages"][0]["message"])
        wrong = env.load(names, [["Feng Mei", "Anniversary", "31", "4", ""]])
        self.assertIn("no such day", wrong["messages"][0]["message"])

    def test_import_of_contacts_takes_nothing(self):
        """H4: a file of contacts adds interests and days; it overwrites nothing."""
        names = [
            ".id",
            "phone",
            "trust_interest_ids",
            "trust_occasion_ids/.id",
            "trust_occasion_ids/kind",
            "trust_occasion_ids/day",
            "trust_occasion_ids/month",
            "trust_memory_ids/.id",
            "trust_memory_ids/text",
        ]
        person, day, note = (str(r.id) for r in (self.person, self.day, self.note))
        row = [person, "+1", "Chess by mail", day, "Birthday", "9", "9", note, "Gone"]
        self.person.user_id = self.env.user
        done = self.env["res.partner"].load(names, [row])
        self.assertFalse([m["message"] for m in done["messages"]])
        self.assertEqual(self.person.phone, "+1")
        self.assertEqual(self.person.trust_interest_ids, self.sailing | self.chess)
        self.assertEqual((self.day.day, self.day.month), (4, 3))
        self.assertEqual(self.note.text, "Her daughter plays the cello")

    def test_merge_keeps_all(self):
        """H4: merged contacts keep days, notes, interests and grounds of both."""
        self.occasion(self.friend, day=1, month=1)
        self.memory(self.friend, sensitivity="confidence")
        self.friend.write({"trust_interest_ids": self.chess.ids})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.person | self.friend).ids, self.person, extra_checks=False)
        self.assertFalse(self.friend.exists())
        self.assertEqual(self.seen(), (2, 2, 2))
        self.assertEqual(len(self.person.trust_consent_ids), 2)
