# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import trust_today_lead
from .promise_common import PromiseCase

MOST_QUERIES = 25


@tagged("post_install", "-at_install")
class TestTrustToday(PromiseCase):
    """Today's one call: what is due for me, and what can be done about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.user_id = cls.seller

    def today(self, user=None, limit=200):
        """{section: items} of a user's page."""
        self.env.flush_all()
        user = user or self.seller
        page = self.env["trust.today"].with_user(user).get_today(limit)
        return {part["name"]: part for part in page["sections"]}

    def items(self, name, user=None):
        return self.today(user)[name]["items"]

    def act(self, *words, user=None):
        return self.env["trust.today"].with_user(user or self.seller).act(*words)

    def complaint(self, **values):
        complaints = self.env["trust.complaint"].with_user(self.manager)
        return complaints.create(
            {
                "subject": "It broke",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                **values,
            }
        )

    def lead(self, **values):
        return self.env["crm.lead"].create(
            {
                "name": "New kitchen",
                "contact_name": "Will McEncroe",
                "email_from": "will@example.com",
                "user_id": self.seller.id,
                **values,
            }
        )

    # SECTIONS

    def test_promises_due(self):
        """H10: mine that are due by tomorrow or late; nobody else's, none far off."""
        late, today = self.promise(due=-1), self.promise(due=0)
        tomorrow, far = self.promise(due=1), self.promise(due=2)
        other = self.promise(due=0, user=self.other_seller)
        with self.at():
            items = self.items("promises")
        self.assertEqual(
            [item["res_id"] for item in items], [late.id, today.id, tomorrow.id]
        )
        self.assertEqual([item["tone"] for item in items], ["late", "soon", "ok"])
        self.assertEqual(
            [item["actions"][0]["label"] for item in items],
            ["Kept late", "Kept", "Kept"],
        )
        self.assertNotIn(far.id + other.id, [item["res_id"] for item in items])

    def test_promise_kept_and_undone(self):
        """H10: kept in place; undo gives the promise and its evidence back."""
        promise = self.promise(due=0)
        with self.at():
            done = self.act("promise", promise.id, "keep")
            self.assertEqual(promise.state, "kept")
            self.assertEqual(self.codes(promise), ["promise_kept"])
            self.assertFalse(self.items("promises"))
            self.act(*done["undo"])
            self.assertEqual(promise.state, "open")
            self.assertFalse(self.codes(promise))
            self.assertEqual(len(self.items("promises")), 1)

    def test_promise_move_opens_in_place(self):
        """H10: another day is agreed on in a dialog, not on another page."""
        promise = self.promise(due=0)
        with self.at():
            action = self.act("promise", promise.id, "move")["open"]
        self.assertEqual(
            (action["res_model"], action["target"]), ("trust.promise.move", "new")
        )

    def test_complaints_waiting_for_me(self):
        """H10: mine and open; one that waits for the customer is not there."""
        mine = self.complaint()
        waiting = self.complaint(subject="Waits for the customer")
        waiting.action_pause()
        self.complaint(user_id=self.manager.id)
        items = self.items("complaints")
        self.assertEqual([item["res_id"] for item in items], [mine.id])
        self.assertEqual(
            [action["name"] for action in items[0]["actions"]],
            ["answer", "log", "aside"],
        )
        self.act("complaint", mine.id, "log")
        self.assertTrue(mine.answered_date)
        (item,) = self.items("complaints")
        self.assertEqual(item["actions"][0]["name"], "solve")

    def test_new_leads(self):
        """H10, S21: a lead of mine without an answer; a person's mail answers it."""
        lead = self.lead()
        self.lead(user_id=self.manager.id)
        self.assertEqual([item["res_id"] for item in self.items("leads")], [lead.id])
        with patch.object(trust_today_lead, "SHOWN", 1):
            second = self.lead()
            section = self.today()["leads"]
            self.assertEqual([i["res_id"] for i in section["items"]], [lead.id])
            self.assertEqual(section["total"], 2)
            second.unlink()
        lead.with_user(self.seller).message_post(body="a note to myself")
        self.assertTrue(self.items("leads"), "a note is no answer")
        lead.with_user(self.seller).message_post(
            body="Thank you", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(self.items("leads"))

    def test_moved_relationships(self):
        """H10: five points in 30 days, up or down; seen is away for a month."""
        self._record(self.customer, "promise_kept", days_ago=60)
        self._drain()
        relationship = self._relationship(self.customer)
        self.assertFalse(self.items("moved"))
        self._set_trend(relationship, -6.4)
        (item,) = self.items("moved")
        self.assertEqual((item["res_id"], item["tone"]), (relationship.id, "late"))
        self.assertIn("down 6 points", item["reason"])
        self.act("moved", relationship.id, "aside")
        self.assertFalse(self.items("moved"))

    def _set_trend(self, relationship, points):
        self.env.cr.execute(
            "UPDATE trust_relationship SET trend_30d = %s, has_trend = TRUE"
            " WHERE id = %s",
            (points, relationship.id),
        )
        relationship.invalidate_recordset()

    def test_ring(self):
        """H10: each item shows the ring of its customer."""
        self._record(self.customer, "promise_kept", days_ago=3)
        self._drain()
        self.promise(due=0)
        with self.at():
            (item,) = self.items("promises")
        relationship = self._relationship(self.customer)
        self.assertEqual(item["ring"]["index"], relationship.trust_index)
        self.assertEqual(item["ring"]["band"], relationship.band)

    # ACTING

    def test_aside_and_back(self):
        """H10: not today: away until tomorrow, for me alone; undo brings it back."""
        promise = self.promise(due=0)
        with self.at():
            done = self.act("promise", promise.id, "aside")
            self.assertFalse(self.items("promises"))
            self.assertEqual(promise.state, "open")
            self.act(*done["undo"])
            self.assertTrue(self.items("promises"))
            self.act("promise", promise.id, "aside")
            self.act("promise", promise.id, "aside")
        with self.at(days=1):
            self.assertTrue(self.items("promises"))
        self.assertFalse(
            self.env["trust.today.aside"].with_user(self.manager).search([])
        )

    def test_only_named_actions(self):
        """H10: nothing but what an item offers is called."""
        promise = self.promise(due=0)
        for words in (
            ("promise", promise.id, "unlink"),
            ("", promise.id, ""),
            ("promise.keep", promise.id, "x"),
            ("nothing", 1, "aside"),
        ):
            with self.assertRaises(UserError):
                self.act(*words)

    def test_rights(self):
        """H10: no page without the group; another's promise cannot be kept."""
        with self.assertRaises(AccessError):
            self.today(self.outsider)
        promise = self.promise(due=0)
        promise.partner_id.user_id = self.manager
        with self.assertRaises(AccessError):
            self.act("promise", promise.id, "keep", user=self.other_seller)
        with self.assertRaises(AccessError):
            self.act("promise", promise.id, "aside", user=self.other_seller)

    def test_reading_writes_nothing(self):
        """H10: the page is one read-only call."""
        self.assertTrue(self.env["trust.today"].get_today._readonly)

    # SIZE

    def test_queries_do_not_grow(self):
        """H10: at most 25 queries, however much is due."""
        with self.at():
            self._fill(2)
            few = self._count_queries()
            self._fill(20)
            many = self._count_queries()
        self.assertLessEqual(many, MOST_QUERIES)
        self.assertLessEqual(many, few + 2)

    def test_limit_and_total(self):
        """H10: a busy day names all, and shows the first ones."""
        with self.at():
            self._fill(9)
            part = self.today(limit=5)["promises"]
        self.assertEqual((len(part["items"]), part["total"]), (5, 9))
        self.assertEqual(part["summary"], "9 promises")

    def _fill(self, count):
        customers = self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "user_id": self.seller.id}
                for number in range(count)
            ]
        )
        for customer in customers:
            self.promise(due=0, partner_id=customer.id)
            self.complaint(partner_id=customer.id)
            self.lead(partner_id=customer.id)
        for relationship in self._relationship(customers):
            self._set_trend(relationship, 7)

    def _count_queries(self):
        self.today()  # views, rules and groups are known by then
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["trust.today"].with_user(self.seller).get_today()
        return self.env.cr.sql_log_count - before

    def test_minutes(self):
        """H10: about how long it takes, in steps of five minutes."""
        today = self.env["trust.today"]
        parts = [{"total": 2, "minutes": 5}, {"total": 1, "minutes": 1}]
        self.assertEqual(today._count_minutes(parts), 15)
        self.assertEqual(today._count_minutes([]), 0)

    def test_old_asides_go(self):
        """H10: what was put aside is forgotten when its day has come."""
        promise = self.promise(due=0)
        self.act("promise", promise.id, "aside")
        asides = self.env["trust.today.aside"]
        asides.search([]).until = fields.Date.today() - timedelta(days=2)
        asides._gc_aside()
        self.assertFalse(asides.search([("res_id", "=", promise.id)]))
