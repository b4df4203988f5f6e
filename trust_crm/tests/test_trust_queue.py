# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TrustCase

DRAIN_LOG = "odoo.addons.trust_crm.models.trust_queue_drain"


@tagged("post_install", "-at_install")
class TestTrustQueue(TrustCase):
    """The queue: nothing lost, nothing deleted unread, nothing going in circles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["trust.queue"]
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {i}"} for i in range(6)]
        )

    @contextmanager
    def _poisoned(self, *bad):
        """Let the fold raise as soon as one of these relationships takes part."""
        model = type(self.env["trust.relationship"])
        genuine, self.folds = model._fold, []

        def fold(records, ids, at=None, cause="evidence"):
            self.folds.append(list(ids))
            if set(ids) & {relationship.id for relationship in bad}:
                raise ZeroDivisionError("poison")
            return genuine(records, ids, at=at, cause=cause)

        with patch.object(model, "_fold", fold), mute_logger(DRAIN_LOG):
            yield

    def _due(self):
        return self.queue.search([("error", "=", False)])

    def test_append_only_and_deleted_by_exact_id(self):
        """T2: two facts are two rows; a row that was not read stays."""
        partner = self.customers[0]
        self._record(partner, "promise_kept")
        self._record(partner, "promise_kept")
        rows = self._due().filtered(lambda row: row.partner_id == partner)
        self.assertEqual(len(rows), 2)
        self.assertEqual(self.queue._take(10, only=rows[0].ids), 1)
        self.assertFalse(rows[0].exists())
        self.assertTrue(rows[1].exists())

    def test_taken_by_chunks(self):
        """A limit is a limit, and draining ends with an empty queue."""
        for partner in self.customers:
            self._record(partner, "promise_kept")
        before = len(self._due())
        self.assertEqual(self.queue._take(2), 2)
        self.assertEqual(len(self._due()), before - 2)
        self._drain()
        self.assertFalse(self._due())
        self.assertEqual(self.queue._take(10), 0)
        for partner in self.customers:
            self.assertTrust(partner, places=4, trust_index=51.082953)

    def test_contacts_do_not_queue_each_other_for_ever(self):
        """A company with several contacts and a borrowing lead comes to rest.

        Red with a queue that refreshes the company for a borrower's row as well.
        """
        contacts = self.env["res.partner"].create(
            [{"name": f"C{i}", "parent_id": self.customer.id} for i in range(4)]
        )
        for contact in contacts:
            self._record(contact, "promise_kept")
        self._drain()
        self._record(contacts[0], "promise_broken")
        taken = 0
        while done := self.queue._take(1):
            taken += done
            self.assertLess(taken, 50, "the queue feeds itself")
        self.assertFalse(self._due())

    def test_poison_is_set_aside(self):
        """T26: all others are done; the bad one shows why, and ends no loop."""
        for partner in self.customers:
            self._record(partner, "promise_kept")
        bad = self._relationship(self.customers[2])
        with self._poisoned(bad):
            self._drain()
        self.assertFalse(self._due())
        aside = self.queue.search([("error", "!=", False)])
        self.assertEqual(aside.partner_id, self.customers[2])
        self.assertIn("poison", aside.error)
        for partner in self.customers - self.customers[2]:
            self.assertTrust(partner, places=4, trust_index=51.082953)

    def test_poison_of_a_new_relationship_is_set_aside_too(self):
        """T26: a relationship that its first refresh makes keeps its error."""
        for partner in self.customers:
            self._record(partner, "promise_kept")
        genuine = type(self.env["trust.relationship"])._fold

        def fold(records, ids, at=None, cause="evidence"):
            found = records.browse(ids).partner_id
            if self.customers[3] in found:
                raise ZeroDivisionError("poison")
            return genuine(records, ids, at=at, cause=cause)

        model = type(self.env["trust.relationship"])
        with patch.object(model, "_fold", fold), mute_logger(DRAIN_LOG):
            self._drain()
        aside = self.queue.search([("error", "!=", False)])
        self.assertEqual(aside.partner_id, self.customers[3])
        self.assertFalse(self._due())

    def test_poison_first_in_line_stops_nobody(self):
        """T26: a whole batch of poison does not end the drain."""
        for partner in self.customers:
            self._record(partner, "promise_kept")
        bad = [self._relationship(partner) for partner in self.customers[:2]]
        with self._poisoned(*bad):
            while self.queue._take(2):
                pass
        self.assertFalse(self._due())
        self.assertTrust(self.customers[5], places=4, trust_index=51.082953)

    def test_set_aside_is_retried(self):
        """T26: by its button, by the daily job, or healed by the next fact."""
        partner = self.customers[0]
        relationship = self._relationship(partner)
        for retry in (
            lambda: self.queue.search([("error", "!=", False)]).action_retry(),
            lambda: self.queue._retry_set_aside(),
            lambda: self._record(partner, "promise_kept"),
        ):
            self._record(partner, "promise_kept")
            with self._poisoned(relationship):
                self._drain()
            self.assertTrue(self.queue.search([("error", "!=", False)]))
            retry()
            self._drain()
            self.assertFalse(self.queue.search([]))
        self.assertEqual(relationship.evidence_count, 4)

    def test_retry_needs_the_right_to_see_the_queue(self):
        """T23: the button is not open to everybody who can guess an id."""
        self._record(self.customers[0], "promise_kept")
        with self._poisoned(self._relationship(self.customers[0])):
            self._drain()
        aside = self.queue.search([("error", "!=", False)])
        with self.assertRaises(AccessError):
            aside.with_user(self.manager).action_retry()
        aside.with_user(self.administrator).action_retry()
        self.assertFalse(aside.error)

    def test_statement_timeout_is_found_by_halving(self):
        """T26: a fold that takes too long alone is set aside, the others are done."""
        for partner in self.customers:
            self._record(partner, "promise_kept")
        slow = self._relationship(self.customers[4])
        model = type(self.env["trust.relationship"])
        genuine = model._fold

        def fold(records, ids, at=None, cause="evidence"):
            if slow.id in ids:
                records.env.cr.execute("SET LOCAL statement_timeout = '20ms'")
                records.env.cr.execute("SELECT pg_sleep(1)")
            return genuine(records, ids, at=at, cause=cause)

        with (
            patch.object(model, "_fold", fold),
            mute_logger(DRAIN_LOG, "odoo.sql_db"),
        ):
            self._drain()
        aside = self.queue.search([("error", "!=", False)])
        self.assertEqual(aside.partner_id, self.customers[4])
        self.assertIn("too long", aside.error)

    def test_row_of_a_future_fact_waits(self):
        """SCORING 3: a fact dated after the fold is folded at its date."""
        partner = self.customers[0]
        self._record(partner, "promise_kept", days_ago=10)
        self._drain()
        relationship = self._relationship(partner)
        at = self.now.replace(year=self.now.year - 1)
        relationship._refresh(relationship, at=at)
        self.assertEqual(relationship.evidence_count, 0)
        self.assertEqual(self._due().reason, "future")
        self._drain()
        self.assertEqual(relationship.evidence_count, 1)

    def test_cause_of_several_rows(self):
        """C14: a new fact beats a change of the rules, a first collection both."""
        partners = self.customers[:4]
        for partner in partners:
            self._record(partner, "promise_kept")
        self._drain()
        self._record(partners[0], "promise_kept")
        self._record(partners[1], "promise_kept")[0]._void("Wrong customer")
        self.queue._push_all("policy", self.company)
        self.queue._push([(partners[2].id, None, self.company.id)], "moved")
        for reason in ("day_one", "evidence"):
            self.queue._push([(partners[3].id, None, self.company.id)], reason)
        causes = []
        model = type(self.env["trust.relationship"])
        genuine = model._fold

        def fold(records, ids, at=None, cause="evidence"):
            causes.append((cause, sorted(ids)))
            return genuine(records, ids, at=at, cause=cause)

        with patch.object(model, "_fold", fold):
            self._drain()
        folded = {rel: cause for cause, ids in causes for rel in ids}
        self.assertEqual(
            [folded[self._relationship(partner).id] for partner in partners],
            ["evidence", "evidence", "policy", "day_one"],
        )

    def test_an_owner_without_access_does_not_stop_the_score(self):
        """T26: an archived owner, or one who may not see the customer."""
        partner = self.customers[0]
        self.seller.group_ids = [(4, self.env.ref("base.group_user").id)]
        partner.user_id = self.seller
        self.seller.active = False
        for day in range(12):
            self._record(partner, "promise_kept", days_ago=day)
        self._drain()
        for _i in range(8):
            self._record(partner, "complaint_bad")
        self._drain()
        self.assertFalse(self.queue.search([]))
        self.assertEqual(self._relationship(partner).band, "0")
        self.assertFalse(partner.activity_ids)
