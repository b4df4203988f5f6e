# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustPolicy(TrustCase):
    """C3: draft, preview, publish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for days in range(1, 120, 10):
            cls._record(cls.customer, "promise_kept", days_ago=days)
        cls._record(cls.other_customer, "human_contact", days_ago=3)
        cls._drain()
        cls.policies = cls.env["trust.policy"].with_user(cls.administrator)
        cls.published = cls.policies._get_published(cls.company)
        cls.first_version = cls.published.version
        cls.moved = cls._relationship(cls.customer)
        cls.unmoved = cls._relationship(cls.other_customer)

    def _draft(self, weight=-1.0):
        action = self.published.action_new_version()
        draft = self.policies.browse(action["res_id"])
        kept = self.env.ref("trust_crm.signal_promise_kept")
        draft.line_ids.filtered(
            lambda line: line.signal_id == kept and line.part == "R"
        ).weight = weight
        return draft

    def _stored(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, trust_index, circle_id, policy_id, write_date, x_i_staff"
            " FROM trust_relationship ORDER BY id"
        )
        scores = self.env.cr.fetchall()
        self.env.cr.execute("SELECT count(*) FROM trust_snapshot")
        snapshots = self.env.cr.fetchone()
        self.env.cr.execute("SELECT count(*) FROM trust_queue")
        return scores, snapshots, self.env.cr.fetchone()

    def _preview(self, draft):
        action = draft.action_preview()
        return self.env["trust.policy.preview"].browse(action["res_id"])

    def test_preview(self):
        """C3: the preview lists who moves 3 points or changes circle, nobody else."""
        draft, before = self._draft(), self._stored()
        preview = self._preview(draft)
        self.assertEqual(self._stored(), before, "nothing is written")
        ours = preview.line_ids.filtered(
            lambda line: line.relationship_id in (self.moved | self.unmoved)
        )
        self.assertEqual(ours.relationship_id, self.moved)
        self.assertAlmostEqual(ours.index_before, self.moved.trust_index, 2)
        self.assertGreaterEqual(
            abs(ours.difference),
            3 if ours.circle_before_id == ours.circle_after_id else 0,
        )
        count = self.relationships.search_count([])
        self.assertEqual(preview.total, count)
        self.assertEqual(sum(preview.histogram["before"]), count)
        self.assertEqual(sum(preview.histogram["after"]), count)
        self.assertNotEqual(preview.histogram["before"], preview.histogram["after"])

    def test_preview_tells_what_publishing_does(self):
        """C3: after publishing, each relationship is where the preview said."""
        draft = self._draft()
        told = {
            row["relationship_id"]: row
            for row in draft._preview(self.moved | self.unmoved)
        }
        self._preview(draft).action_publish()
        self._drain()
        for relationship in self.moved | self.unmoved:
            row = told[relationship.id]
            self.assertAlmostEqual(relationship.trust_index, row["index_after"], 3)
            self.assertEqual(relationship.circle_id.id or None, row["circle_after_id"])

    def test_small_moves_are_not_listed(self):
        """C3: a move of less than 3 points within the circle is not notable."""
        rows = self._draft(weight=1.05)._preview(self.moved | self.unmoved)
        self.assertFalse([row for row in rows if row["notable"]])

    def test_publish(self):
        """C3: one version is published; every snapshot names the one that made it."""
        draft = self._draft()
        draft.action_publish()
        self.assertEqual(draft.state, "published")
        self.assertEqual(draft.version, self.first_version + 1)
        self.assertEqual(self.published.state, "archived")
        self.assertEqual(self.policies._get_published(self.company), draft)
        self._drain()
        # the model's own order: two rows of one second are told apart by their ids
        newest = self.moved.snapshot_ids.sorted()[0]
        self.assertEqual(newest.policy_id, draft)
        self.assertEqual(newest.cause, "policy")
        self.assertEqual(
            self.moved.snapshot_ids.policy_id, draft | self.published.sudo(False)
        )
        self.assertEqual(self.moved.policy_id, draft)

    def test_older_version_again(self):
        """C3: an older version can be published again and gives the old scores."""
        before = self.moved.trust_index
        draft = self._draft()
        draft.action_publish()
        self._drain()
        self.assertGreater(abs(self.moved.trust_index - before), 3)
        self.published.action_publish()
        self._drain()
        self.assertAlmostEqual(self.moved.trust_index, before, 3)
        self.assertEqual(self.published.version, self.first_version, "keeps its number")
        self.assertEqual(draft.state, "archived")
        with self.assertRaises(UserError):
            self.published.action_publish()

    def test_published_stays(self):
        """C3: a published policy and its lines never change; drafts do."""
        with self.assertRaises(UserError):
            self.published.half_life = 60
        with self.assertRaises(UserError):
            self.published.line_ids[0].weight = 9
        with self.assertRaises(UserError):
            self.published.line_ids[0].unlink()
        with self.assertRaises(UserError):
            self.published.unlink()
        with self.assertRaises(UserError):
            self.published.state = "draft"
        self._draft().unlink()

    def test_parameters_are_checked(self):
        """C3: values that would break the arithmetic are refused, with their name."""
        draft = self._draft()
        for name, value in (
            ("half_life", 0),
            ("negative_multiplier", 0),
            ("prior_mass", 0),
            ("circle_up_2", 42.0),
            ("circle_down_1", 43.0),
            ("band_2", 41.0),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                with self.env.cr.savepoint():
                    draft[name] = value
                    draft.flush_recordset()

    def test_per_company(self):
        """C3, C9: a company's own policy scores that company alone."""
        other = self.env["res.company"].create({"name": "Second company"})
        self.administrator.company_ids += other
        self._record(self.customer, "promise_kept", company_id=other.id)
        self._drain()
        ours = self.moved.trust_index
        theirs = self._relationship(self.customer, other)
        before = theirs.trust_index
        draft = self._draft()
        draft.company_id = other
        preview = self._preview(draft)
        self.assertNotIn(self.moved, preview.line_ids.relationship_id)
        draft.action_publish()
        self._drain()
        self.assertEqual(self.published.state, "published")
        self.assertLess(theirs.trust_index, before)
        self.assertAlmostEqual(self.moved.trust_index, ours, 3)
        self.assertEqual(
            (theirs.policy_id, self.moved.policy_id.id), (draft, self.published.id)
        )

    def test_who_may(self):
        """C3: only an administrator drafts, previews and publishes."""
        with self.assertRaises(AccessError):
            self.published.with_user(self.manager).copy()
        draft = self._draft()
        with self.assertRaises(AccessError):
            draft.with_user(self.manager).action_publish()
        with self.assertRaises(AccessError):
            draft.with_user(self.manager).action_preview()
