# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from .common import TrustCase

HISTORY_LOG = "odoo.addons.trust_crm.models.trust_relationship_history"


class TestTrustRelationshipHistory(TrustCase):
    """C11, C8: what would have been shown before the first day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._record(cls.customer, "purchase_repeated", days_ago=400)
        cls._record(cls.customer, "promise_broken", days_ago=200)
        cls._record(cls.customer, "promise_kept", days_ago=10)
        cls._drain()
        cls.relationship = cls._relationship(cls.customer)

    @classmethod
    def _rebuild(cls):
        ids = cls.relationships._without_history()
        cls.relationships._rebuild_history(ids)
        return ids

    def test_why_a_line_was_kept(self):
        """C11: a line opens what happened since the one before, and nothing else."""
        self._rebuild()
        moved = self.relationship.snapshot_ids.sorted("date")
        at = self.now - timedelta(days=200)
        line = moved.filtered(lambda s: s.date >= at)[0]
        found = self.evidence.search(line.action_open_evidence()["domain"])
        self.assertEqual(found.mapped("signal_id.code"), ["promise_broken"])
        first = self.evidence.search(moved[0].action_open_evidence()["domain"])
        self.assertEqual(first.mapped("signal_id.code"), ["purchase_repeated"])

    def test_each_month_end_is_the_fold_of_that_day(self):
        """C11: a rebuilt month shows the score that the ledger gives at its end."""
        self._rebuild()
        history = self.relationship.snapshot_ids.filtered(
            lambda s: s.cause == "day_one"
        )
        self.assertGreaterEqual(len(history), 13)
        for snapshot in history:
            expected = self.relationship._explain(snapshot.date).index
            self.assertAlmostEqual(snapshot.trust_index, expected, 6)

    def test_history_begins_with_the_evidence(self):
        """C11: no month before the first fact is invented."""
        self._rebuild()
        oldest = min(self.relationship.snapshot_ids.mapped("date"))
        self.assertGreaterEqual(oldest, self.now - timedelta(days=400))

    def test_today_stays_and_gets_its_trend(self):
        """C8: the replay ends at now, with the trend of the last 30 days."""
        before = self.relationship.trust_index
        self.assertFalse(self.relationship.has_trend)
        self._rebuild()
        self.assertAlmostEqual(self.relationship.trust_index, before, 6)
        month_ago = self.relationship._explain(self.now - timedelta(days=30)).index
        self.assertTrue(self.relationship.has_trend)
        self.assertAlmostEqual(self.relationship.trend_30d, before - month_ago, 2)

    def test_once_is_enough(self):
        """C8: rebuilt relationships are left alone, so a repeated run adds nothing."""
        self.assertIn(self.relationship.id, self._rebuild())
        count = len(self.relationship.snapshot_ids)
        self.assertNotIn(self.relationship.id, self.relationships._without_history())
        self._rebuild()
        self.assertEqual(len(self.relationship.snapshot_ids), count)

    def test_what_was_shown_is_never_rewritten(self):
        """C11: a customer whose score was shown a month ago keeps that history."""
        self.env.cr.execute(
            "UPDATE trust_snapshot SET date = %s WHERE relationship_id = %s",
            [self.now - timedelta(days=45), self.relationship.id],
        )
        self.assertNotIn(self.relationship.id, self.relationships._without_history())

    def test_nobody_is_alarmed_by_the_past(self):
        """C14: a fall of last year schedules no activity today."""
        self.customer.user_id = self.seller
        self._rebuild()
        self.assertFalse(self.customer.activity_ids)

    def test_one_that_raises_ends_nobody_elses_history(self):
        """T26: the others get theirs; the bad one keeps its score and is named."""
        others = self.env["res.partner"].create([{"name": f"C{i}"} for i in range(4)])
        for partner in others:
            self._record(partner, "purchase_repeated", days_ago=400)
        self._drain()
        todo = self.relationships._without_history()
        self.assertEqual(len(todo), 5)
        bad, score = todo[2], self.relationships.browse(todo[2]).trust_index
        model = type(self.relationships)
        genuine = model._rebuild_history

        def rebuild(records, ids, until=None):
            genuine(records, ids, until)
            if bad in ids:
                raise ZeroDivisionError("poison")

        with (
            patch.object(model, "_rebuild_history", rebuild),
            self.assertLogs(HISTORY_LOG, "WARNING") as log,
        ):
            self.assertEqual(self.relationships._rebuild_free(todo), sorted(todo))
        self.assertEqual(len(log.output), 1)
        self.assertIn(f"[{bad}]", log.output[0])
        self.assertEqual(self.relationships._without_history(), [bad])
        self.assertEqual(self.relationships.browse(bad).trust_index, score)
