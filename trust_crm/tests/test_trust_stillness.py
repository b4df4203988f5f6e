# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import random
from datetime import timedelta

import pytest

from odoo.tests import tagged
from odoo.tools import SQL

from ..models import trust_sums_sql as sums_sql
from ..models.trust_score_sql import SUMS, comma, name
from .common import TrustCase

COMPANIES, CONTACTS = 100, 200
# Days from one ageing to the next: about every night, about every week.
STEPS = ((0.3, 1.5), (2, 9))
# Legal policies far from ours: quick, forgetful, credulous, all prior or hardly any.
POLICIES = [
    {},
    {"half_life": 7, "saturation_positive": 3, "band_margin": 0},
    {"transfer_share": 1, "transfer_mass": 2, "half_life": 365, "thin": 0.3},
    {"newness_strength": 0.9, "newness_half_life": 20, "prior_mass": 1},
    {"prior_mass": 30, "saturation_staff": 60, "negative_multiplier": 9},
]


@tagged("post_install", "-at_install")
class TestTrustStillness(TrustCase):
    """B1: a night passes by only what plain ageing would not have written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create = cls.env["res.partner"].create
        companies = create(
            [{"name": f"Co {i}", "is_company": True} for i in range(COMPANIES)]
        )
        contacts = create(
            [
                {"name": f"P {i}", "parent_id": companies[i % COMPANIES].id}
                for i in range(CONTACTS)
            ]
        )
        cls.relationship = cls.relationships._get_for(companies | contacts).sudo()
        cls.rng = random.Random(50)

    # STORY

    def _amount(self):
        """Return a sum of evidence: none, traces, a little, much, far too much."""
        kind = self.rng.choice((0, 0, -8, -1, -0.3, 0.3, 0.7, 1.2, 2.5))
        return 10**kind * self.rng.random() if kind else 0.0

    def _imagine(self):
        """Give every relationship sums and dates that no ledger has to explain."""
        columns = (*SUMS, "first_date", "customer_date", "positive_codes", "as_of")
        columns += ("circle_override_id", "override_until")
        family = self.env["trust.circle"].search([], order="level desc", limit=1).id
        rows = []
        for rel in self.relationship:
            days = self.rng.uniform(0, 900)
            sums = [self._amount() for _c in SUMS]
            if self.rng.random() < 0.3:  # near or beyond the outer rings
                sums = [
                    x if c.endswith("_pos") else 0
                    for c, x in zip(SUMS, sums, strict=True)
                ]
            values = (
                *sums,
                self.now - timedelta(days=days),
                self.now - timedelta(days=self.rng.uniform(0, 400)),
                self.rng.randint(0, 3),
                self.now - timedelta(days=self.rng.uniform(0, 3)),
                family if self.rng.random() < 0.1 else None,
                (self.now + timedelta(days=self.rng.randint(0, 30))).date(),
            )
            rows.append(SQL("%s", (rel.id, *values)))
        self.env.cr.execute(
            SQL(
                """UPDATE trust_relationship r SET still_until = NULL, %(sets)s
                     FROM (VALUES %(rows)s) AS v (id, %(columns)s) WHERE v.id = r.id""",
                sets=comma(
                    SQL("%s = v.%s", name(c), name(c))
                    if c != "circle_override_id"
                    else SQL("circle_override_id = v.circle_override_id::int")
                    for c in columns
                ),
                rows=comma(rows),
                columns=comma(map(name, columns)),
            )
        )
        self.env.invalidate_all()

    def _publish(self, values):
        policy = self.env["trust.policy"]._get_published(self.company).copy(values)
        policy.action_publish()
        return policy

    # NIGHTS

    def _age(self, at):
        ids = self.relationship.ids
        return {m[0] for m in self.relationships._age(min(ids), max(ids) + 1, at)}

    def _due(self, policy, at):
        condition = SQL("r.id = ANY(%s)", self.relationship.ids)
        rules = self.relationships._still_rules(policy)
        due = sums_sql.due(condition, at, rules)
        return {row[0] for row in self.env.execute_query(due)}

    def _age_plainly(self, at):
        """Return what ageing writes that looks at every row; undo it."""
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("UPDATE trust_relationship SET still_until = NULL")
            moved = self._age(at)
            savepoint.rollback()
        self.env.invalidate_all()
        return moved

    def _compare_nights(self, policy, nights, step):
        """Age night by night; return (looked at, written) in all nights."""
        looked, written, at = 0, 0, self.now
        self._age(at)
        for night in range(nights):
            at += timedelta(days=self.rng.uniform(*step))
            due, plain = self._due(policy, at), self._age_plainly(at)
            late = plain - due
            self.assertFalse(late, f"night {night}: {len(late)} would be written late")
            self.assertEqual(self._age(at), plain)
            looked, written = looked + len(due), written + len(plain)
        return looked, written

    # TESTS

    def _check_policies(self, nights, steps_of):
        """Compare with a plain ageing under each policy, in some steps of days."""
        for number, values in enumerate(POLICIES):
            policy = self._publish(values)
            for step in steps_of(number):
                with self.subTest(values=values, step=step):
                    self._imagine()
                    _looked, written = self._compare_nights(policy, nights, step)
                    self.assertTrue(written)

    def test_nobody_is_written_late(self):
        """B1: gates, rings, bands, stages, overrides, lenders, whatever the policy."""
        self._check_policies(2, lambda number: [STEPS[number % 2]])

    @pytest.mark.long
    def test_nobody_is_ever_written_late(self):
        """B1: the same over more nights, each policy by night and by week."""
        self._check_policies(4, lambda number: STEPS)

    def test_most_are_passed_by(self):
        """B1: with our own policy a night looks at a part, and writes half of that."""
        policy = self._publish({})
        self._imagine()
        looked, written = self._compare_nights(policy, 15, (1, 1))
        self.assertLess(looked, 0.6 * 15 * len(self.relationship))
        self.assertLess(looked, 4 * written)

    def test_a_lender_with_news_wakes_its_borrowers(self):
        """C6: what a company showed yesterday counts for its contacts tonight."""
        policy = self._publish({})
        self._imagine()
        self._age(self.now)
        contact = self.relationship.filtered("lender_partner_id")[0]
        lender = self.relationship.filtered(
            lambda r: r.partner_id == contact.lender_partner_id
        )
        at = self.now + timedelta(hours=1)
        self.assertNotIn(contact.id, self._due(policy, at))
        self._record(contact.lender_partner_id, "referral")
        lender._fold(lender.ids)
        self.env.cr.execute(
            "UPDATE trust_relationship SET as_of = %s WHERE id = %s",
            (self.now + timedelta(minutes=1), lender.id),
        )
        self.assertIn(contact.id, self._due(policy, at))

    def test_a_lender_that_is_gone_wakes_its_borrowers(self):
        """C6: what nobody lends any more is missing tonight, not in a week."""
        policy = self._publish({})
        self._imagine()
        self.env.cr.execute(
            "UPDATE trust_relationship SET transferred = lender_partner_id IS NOT NULL"
        )
        self._age(self.now)
        contact = self.relationship.filtered("lender_partner_id")[0]
        self.env.cr.execute(
            "DELETE FROM trust_relationship WHERE partner_id = %s",
            (contact.lender_partner_id.id,),
        )
        self.assertIn(contact.id, self._due(policy, self.now + timedelta(hours=1)))

    def test_new_rules_wake_everybody(self):
        """C7: a changed ring counts tonight, even before the queue is drained."""
        policy = self._publish({})
        self._imagine()
        self._age(self.now)
        at, ids = self.now + timedelta(minutes=1), set(self.relationship.ids)
        self.assertLess(len(self._due(policy, at)), len(ids))
        self.env["trust.circle"].search([("level", "=", 2)]).gate_mass += 1
        self.assertEqual(self._due(policy, at), ids)
        self._age(at)
        at += timedelta(minutes=1)
        self.assertLess(len(self._due(policy, at)), len(ids))
        self.assertEqual(self._due(self._publish({}), at), ids)
