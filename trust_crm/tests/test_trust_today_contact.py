# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustTodayContact(TrustCase):
    """H10, S16: people of mine to be in touch with, on Today and on the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["trust.circle"].search([]).write(
            {"contact_ideal_days": 14, "contact_max_days": 21}
        )
        cls.customer.user_id = cls.seller
        cls._record(cls.customer, "human_contact", days_ago=30)
        cls._drain()
        cls.relationship = cls._relationship(cls.customer)
        cls.today = cls.env["trust.today"].with_user(cls.seller)

    def section(self, user=None):
        self.env.flush_all()
        page = self.env["trust.today"].with_user(user or self.seller).get_today()
        return next(part for part in page["sections"] if part["name"] == "contacts")

    def items(self):
        return self.section()["items"]

    def test_reason_and_actions(self):
        """H10: who, why, how late; nobody of others."""
        self.other_customer.user_id = self.manager
        self._record(self.other_customer, "human_contact", days_ago=30)
        self._drain()
        [item] = self.items()
        self.assertEqual(item["res_id"], self.relationship.id)
        self.assertEqual(item["who"], "Azure Interior")
        self.assertIn("Last contact 30 days ago", item["reason"])
        self.assertIn("ideally every 14 days", item["reason"])
        self.assertEqual((item["tag"], item["tone"]), ("16 days late", "late"))
        self.assertEqual(
            [action["name"] for action in item["actions"]],
            ["called", "write", "plan", "aside"],
        )
        self.assertEqual(self.section()["summary"], "1 person to contact")

    def test_topic(self):
        """H10: something to talk about, when somebody knows of it."""
        today = type(self.env["trust.today"])
        topics = {self.customer.id: ["Her daughter's exam", "Roses"]}
        self.patch(today, "_get_topics", lambda self, partners: topics)
        self.assertEqual(self.items()[0]["what"], "Her daughter's exam")

    def test_innermost_first(self):
        """H10: the innermost circle comes first, then who waits longest."""
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "user_id": self.seller.id} for n in range(3)]
        )
        for days, person in zip((40, 60, 20), people, strict=True):
            self._record(person, "human_contact", days_ago=days)
        self._drain()
        family = self.env.ref("trust_crm.circle_family")
        self.env.cr.execute(
            "UPDATE trust_relationship SET circle_id = %s WHERE partner_id = %s",
            (family.id, people[2].id),
        )
        self.env.invalidate_all()
        found = [item["who"] for item in self.items()]
        self.assertEqual(found, ["P2", "P1", "P0", "Azure Interior"])

    def test_called_and_undone(self):
        """H10: called is a real call of Odoo's; undo leaves nothing behind."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        domain = [("res_id", "=", self.customer.id), ("res_model", "=", "res.partner")]
        messages, before = self.customer.message_ids, activities.search(domain)
        done = self.today.act("contact", self.relationship.id, "called")
        self._drain()
        self.assertFalse(self.items())
        call = activities.search(domain) - before
        self.assertEqual((call.active, call.user_id), (False, self.seller))
        self.env.invalidate_all()
        self.assertEqual(self.relationship.last_contact_date.date(), self.now.date())
        undone = self.today.act(*done["undo"])
        self._drain()
        self.assertEqual(undone["message"], "Not called.")
        self.assertEqual([item["tag"] for item in self.items()], ["16 days late"])
        self.assertEqual(activities.search(domain), before)
        self.env.invalidate_all()
        self.assertEqual(self.customer.message_ids, messages)

    def test_undo_only_my_own_call(self):
        """H10: no other message can be deleted this way."""
        note = self.customer.with_user(self.seller).message_post(body="A note")
        done = self.today.act("contact", self.relationship.id, "called")
        other = self.env["trust.today"].with_user(self.manager)
        for today, message in ((self.today, note.id), (other, done["undo"][1])):
            with self.assertRaises(UserError):
                today.act("contact_call", message, "undo")
        self.assertTrue(note.exists())

    def test_write_and_plan_open_in_place(self):
        """H10: a mail and a call are written and planned in Odoo's own dialogs."""
        for name, model in (
            ("write", "mail.compose.message"),
            ("plan", "mail.activity.schedule"),
        ):
            action = self.today.act("contact", self.relationship.id, name)["open"]
            self.assertEqual((action["res_model"], action["target"]), (model, "new"))
            context = action["context"]
            wizard = self.env[model].with_user(self.seller).with_context(**context)
            self.assertEqual(wizard.create({}).res_ids, repr(self.customer.ids))

    def test_plan_makes_an_activity(self):
        """H2: planned in one click: an activity of mine on the customer."""
        action = self.relationship.with_user(self.seller).action_contact_meeting()
        wizard = self.env["mail.activity.schedule"].with_user(self.seller)
        wizard.with_context(**action["context"]).create({}).action_schedule_activities()
        activity = self.customer.activity_ids
        self.assertEqual(activity.user_id, self.seller)
        self.assertEqual(
            activity.activity_type_id, self.env.ref("mail.mail_activity_data_meeting")
        )

    def test_not_now(self):
        """H2, H10: put aside for a week by me, on Today and on the list; taken back."""
        relationship = self.relationship.with_user(self.seller)
        relationship.action_contact_later()
        self.assertFalse(self.items())
        self.env.invalidate_all()
        self.assertTrue(relationship.contact_aside)
        hidden = relationship.search([("contact_aside", "=", True)])
        self.assertEqual(hidden, relationship)
        shown = relationship.search([("contact_aside", "=", False)])
        self.assertNotIn(relationship, shown)
        self.assertFalse(self.relationship.with_user(self.manager).contact_aside)
        relationship.action_contact_back()
        self.assertTrue(self.items())

    def test_no_friendly_contact(self):
        """H2: who wants none is on no list the same moment, and cannot be called."""
        self.customer.trust_no_contact = True
        self.assertFalse(self.items())
        with self.assertRaises(UserError):
            self.today.act("contact", self.relationship.id, "called")

    def test_rights(self):
        """H10: nobody acts on another's customer."""
        self.customer.user_id = self.manager
        for name in ("called", "write", "plan", "aside"):
            with self.assertRaises(AccessError):
                self.today.act("contact", self.relationship.id, name)

    def test_two_queries(self):
        """H10: however many are due, the section adds the same few queries."""
        self.section()
        few = self._count()
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "user_id": self.seller.id} for n in range(30)]
        )
        for person in people:
            self._record(person, "human_contact", days_ago=50)
        self._drain()
        self.assertEqual(len(self.items()), 20)
        self.assertLessEqual(self._count(), few)

    def _count(self):
        """Queries of the section alone, with rules and circles known."""
        today = self.today
        self.env.flush_all()
        today._section_contacts(today._get_day(200))
        self.env.invalidate_all()
        today._check_member()
        day = today._get_day(200)
        before = self.env.cr.sql_log_count
        today._section_contacts(day)
        return self.env.cr.sql_log_count - before
