# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError
from odoo.tests import tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestTrustPromiseCustomer(PromiseCase):
    """The customer's word stands above the employee's."""

    def test_confirms(self):
        """P5: the customer's "kept" stands in the place of the employee's."""
        promise = self.promise()
        with self.at(days=1):
            promise.action_keep()
        with self.at(days=2):
            promise._customer_says(True)
        done = self.utc("2026-01-13 12:00:00")
        self.assertEqual(self.live(promise), [("promise_kept", "customer", done)])
        self.assertEqual(promise.message_ids[0].author_id, self.customer)

    def test_disputes(self):
        """P5: the customer's "not kept" outweighs our click and later ones."""
        promise = self.promise(due=3)
        with self.at(days=3):
            promise.action_keep()
        with self.at(days=4):
            promise._customer_says(False)
            self.assertEqual(promise.state, "broken")
            ended = self.utc("2026-01-16 00:00:00")
            self.assertEqual(
                self.live(promise), [("promise_broken", "customer", ended)]
            )
            with self.assertRaisesRegex(UserError, "customer's own word"):
                promise.action_keep()
            with self.assertRaisesRegex(UserError, "manager"):
                promise.action_reopen()
            promise._customer_says(True)
        self.assertEqual(promise.state, "kept", "done in time, as we said")
        self.assertEqual(self.codes(promise), ["promise_kept"])

    def test_disputes_early(self):
        """P5: before the day has ended a "not yet" takes our "kept" back."""
        promise = self.promise(due=3)
        with self.at(days=1):
            promise.action_keep()
            promise._customer_says(False)
        self.assertEqual(promise.state, "open")
        self.assertFalse(self.live(promise))

    def test_confirms_late(self):
        """P5, P2: nobody clicked, the day passed, the customer says kept: late."""
        promise = self.promise(due=3)
        with self.at(days=5):
            self.break_overdue()
            promise._customer_says(True)
        self.assertEqual(promise.state, "kept_late")
        [(code, voice, _date)] = self.live(promise)
        self.assertEqual((code, voice), ("promise_kept_late", "customer"))

    def test_moved_after_dispute(self):
        """P5: a new day does not silence the customer; their "kept" does."""
        promise = self.promise(due=3)
        with self.at(days=5):
            promise._customer_says(False)
            promise._move(self.day(9))
            self.assertEqual([row[1] for row in self.live(promise)], ["customer"])
            with self.assertRaisesRegex(UserError, "customer's own word"):
                promise.action_keep()
            promise._customer_says(True)
        self.assertEqual(self.codes(promise), ["promise_kept_late"])

    def test_answer_set_aside(self):
        """P5: a mistaken answer is set aside by a manager, and that is logged."""
        promise = self.promise(due=3)
        with self.at(days=5):
            promise._customer_says(False)
            promise.with_user(self.manager).action_reopen()
            self.assertFalse(promise.customer_answer)
            self.assertIn("Reopened", promise.message_ids[0].body)
            promise.action_keep()
        self.assertEqual(promise.state, "kept_late")

    def test_nothing_to_answer(self):
        """P5: no answer to what they promised, or to what was cancelled."""
        cancelled = self.promise()
        with self.at(days=1):
            cancelled._cancel("customer", "Bought elsewhere")
        for promise in (cancelled, self.promise(direction="theirs")):
            with self.assertRaisesRegex(UserError, "not open to an answer"):
                promise._customer_says(True)
