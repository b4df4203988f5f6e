# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
import random
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..models import trust_relationship_refresh
from ..models.trust_quality_sql import FIELDS, OWN_SUMS
from ..tools import relationship_quality as quality
from ..tools import trust_equation as equation
from .common import TrustCase

DAY = timedelta(days=1)
VOICES = ("customer", "system", "staff")


@tagged("post_install", "-at_install")
class TestTrustQuality(TrustCase):
    """R3, H9: what SQL shows of quality is what the pure functions say, to 1e-9."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(15)
        cls.at = cls.now.replace(microsecond=0)
        cls.policy = cls.env["trust.policy"]._get_published(cls.company)

    # STORY AND ORACLE

    def _tell_random(self, partners, most=8):
        """Record random facts of every kind that a policy line weighs."""
        codes = sorted(set(self.policy.line_ids.signal_id.mapped("code")))
        rows = self.evidence
        for partner in partners:
            for _i in range(self.rng.randint(0, most)):
                rows |= self._record(
                    partner,
                    self.rng.choice(codes),
                    self.rng.choice((0.25, 0.5, 0.8, 1.0)),
                    self.rng.uniform(0, 900),
                    voice=self.rng.choice(VOICES),
                )
        return rows

    def _masses(self, rows, at, policy):
        """Return ``{(part, group): mass}`` of ledger rows, by the pure functions."""
        masses, parameters = {}, policy._parameters()
        for row in rows:
            for line in policy.line_ids:
                if line.signal_id == row.signal_id and line.weight:
                    key = line.part, equation.group_of(line.weight, row.voice)
                    masses[key] = masses.get(key, 0.0) + equation.mass(
                        line.weight, row.magnitude, (at - row.date) / DAY, parameters
                    )
        return masses

    def _expected(self, masses, trust_index, policy):
        """Return the fields of a relationship with these masses."""
        parameters = policy._parameters()
        values = {f: quality.part(masses, p, parameters) for f, p in FIELDS.items()}
        values["friendship"] = quality.friendship(
            *(values[f"friendship_{part}"] for part in quality.FRIENDSHIP)
        )
        values["quality_index"] = quality.index(
            values["satisfaction"],
            trust_index,
            values["commitment_affective"],
            values["friendship"],
        )
        return values

    def _judged(self, masses, policy, thin):
        parameters = policy._parameters()
        named = {field: [part] for field, part in FIELDS.items()}
        named["friendship"] = quality.FRIENDSHIP
        found = {
            f for f, p in named.items() if quality.is_judged(masses, p, parameters)
        }
        if not thin and found & {"satisfaction", "commitment_affective", "friendship"}:
            found.add("quality_index")
        return found

    def _assert_quality(self, partners, rows, at, policy=None):
        policy = policy or self.policy
        for row in self._relationship(partners):
            masses = self._masses(
                rows.filtered(lambda e, p=row.partner_id: e.partner_id == p), at, policy
            )
            expected = self._expected(masses, row.trust_index, policy)
            for name, value in expected.items():
                self.assertAlmostEqual(row[name], value, 9, name)
            self.assertEqual(
                row.captive,
                quality.is_captive(
                    expected["commitment_continuance"], expected["commitment_affective"]
                ),
            )
            self.assertEqual(
                set(row.quality_judged.split()), self._judged(masses, policy, row.thin)
            )

    def _partners(self, count):
        return self.env["res.partner"].create(
            [{"name": f"Q {i}", "is_company": True} for i in range(count)]
        )

    # TESTS

    def test_doctests(self):
        """H9: friendship of (80, 70, 40) is 60.731779."""
        self.assertEqual(doctest.testmod(quality).failed, 0)

    def test_random_ledgers(self):
        """R3, H9: fold and ageing, with the default policy and one far from it."""
        partners = self._partners(120)
        rows = self._tell_random(partners)
        relationships = self._relationship(partners)
        other = self.policy.copy(
            {"half_life": 40, "prior_mass": 7, "saturation_staff": 9, "thin": 0.3}
        )
        for line in other.line_ids.filtered(lambda x: x.part in quality.PARTS):
            line.weight *= self.rng.choice((-1.5, 0.3, 1, 2))
        for policy in (self.policy, other):
            if policy.state == "draft":
                policy.action_publish()
            relationships._refresh(relationships, at=self.at)
            self._assert_quality(partners, rows, self.at, policy)
            ids = relationships.ids
            later = self.at + timedelta(days=43.5)
            relationships._age(min(ids), max(ids) + 1, later)
            self._assert_quality(partners, rows, later, policy)

    def test_large_folds_agree(self):
        """B3: the temporary tables of a large fold hold the sums of quality too."""
        partners = self._partners(40)
        rows = self._tell_random(partners)
        relationships = self._relationship(partners)
        with patch.object(trust_relationship_refresh, "SMALL", 0):
            relationships._refresh(relationships, at=self.at)
        self._assert_quality(partners, rows, self.at)

    def test_nothing_known(self):
        """R3: no evidence is 50 everywhere, and nothing is judged."""
        relationship = self._relationship(self.other_customer)
        for name in (*FIELDS, "friendship", "quality_index"):
            self.assertAlmostEqual(relationship[name], 50, 9, name)
        self.assertFalse(relationship.captive)
        self.assertFalse(relationship.quality_judged)
        self.env.cr.execute(
            "SELECT count(*) FROM trust_relationship WHERE id = %s AND coalesce("
            + ", ".join(OWN_SUMS)
            + ") IS NULL",
            (relationship.id,),
        )
        self.assertEqual(self.env.cr.fetchone()[0], 1, "nothing takes no room")

    def test_never_borrowed(self):
        """R3: what the company feels is not the contact's own."""
        for days in range(1, 90, 9):
            self._record(self.customer, "feedback_good", days_ago=days)
        self._drain()
        contact = self._relationship(self.contact)
        self.assertTrue(contact.transferred)
        self.assertAlmostEqual(contact.satisfaction, 50, 9)
        self.assertGreater(self._relationship(self.customer).satisfaction, 75)

    def test_quality_never_moves_the_score(self):
        """R3: shown beside, never added."""
        for days in range(1, 60, 5):
            self._record(self.other_customer, "favour_received", days_ago=days)
        self._drain()
        relationship = self._relationship(self.other_customer)
        self.assertAlmostEqual(relationship.trust_index, 50, 9)
        self.assertGreater(relationship.friendship_reciprocal, 50)
        self.assertGreater(relationship.commitment_normative, 50)

    def test_captive(self):
        """R3: bound and cold is captive; bound and warm is not."""
        for days in range(1, 9):
            self._record(self.customer, "lock_in", days_ago=days, voice="customer")
            self._record(self.other_customer, "lock_in", days_ago=days, voice="system")
            self._record(self.other_customer, "referral", days_ago=days)
        self._record(self.customer, "opted_out")
        self._drain()
        bound, loyal = map(self._relationship, (self.customer, self.other_customer))
        self.assertTrue(bound.captive)
        self.assertGreaterEqual(loyal.commitment_continuance, 60)
        self.assertFalse(loyal.captive)
        found = self.relationships.search([("captive", "=", True)])
        self.assertIn(bound, found)
        self.assertNotIn(loyal, found)
        self.assertIn(loyal, self.relationships.search([("captive", "=", False)]))

    def test_sorted_filtered_and_in_the_pivot(self):
        """R3: every measure sorts, filters, groups and is averaged, as a column is."""
        partners = self._partners(12)
        self._tell_random(partners, most=5)
        self._drain()
        self._relationship(partners)
        mine = [("partner_id", "in", partners.ids)]
        names = (*FIELDS, "friendship", "quality_index")
        for name in names:
            found = self.relationships.search(mine, order=f"{name} desc, id")
            values = found.mapped(name)
            self.assertEqual(values, sorted(values, reverse=True))
            middle = values[5]
            above = self.relationships.search([*mine, (name, ">=", middle)])
            self.assertEqual(set(above), {r for r in found if r[name] >= middle})
            described = self.relationships.fields_get([name])[name]
            self.assertEqual(described["aggregator"], "avg")
        rows = self.relationships._read_group(
            mine, ["captive"], ["__count", *(f"{name}:avg" for name in names)]
        )
        self.assertEqual(sum(row[1] for row in rows), 12)
        for captive, _count, *averages in rows:
            group = found.filtered(lambda r, c=captive: r.captive == c)
            for name, average in zip(names, averages, strict=True):
                mean = sum(group.mapped(name)) / len(group)
                self.assertAlmostEqual(average, mean, 9, name)

    def test_a_void_takes_it_back(self):
        """R3: voided evidence leaves nothing behind."""
        row = self._record(self.other_customer, "need_met")
        self._drain()
        relationship = self._relationship(self.other_customer)
        self.assertGreater(relationship.friendship_utilitarian, 50)
        row._void("mistake")
        self._drain()
        self.assertAlmostEqual(relationship.friendship_utilitarian, 50, 9)
