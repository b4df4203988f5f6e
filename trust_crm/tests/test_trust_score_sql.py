# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import random
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from ..models.trust_score_sql import COMPONENT_SUMS
from ..tools import trust_equation as te
from . import ledger_oracle as oracle
from .common import TrustCase
from .ledger_oracle import Fact

COMPANIES, CONTACTS, ALONE = 250, 750, 1000
VOICES = ("customer", "system", "staff")


@tagged("post_install", "-at_install")
class TestTrustScoreSql(TrustCase):
    """C4: what SQL stores is what the pure equation says, to 1e-9, at every time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(19)
        cls.policy = cls.env["trust.policy"]._get_published(cls.company)
        cls.weights = oracle.weights_of(cls.policy)
        cls.users = (cls.seller | cls.manager).ids
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
        alone = create([{"name": f"A {i}"} for i in range(ALONE)])
        cls.partners = companies | contacts | alone
        cls.parent = {c.id: c.parent_id.id for c in contacts}
        cls.codes = sorted(cls.weights)

    def setUp(self):
        super().setUp()
        self.facts = {}

    # STORY

    def _tell(self, partners, most=6, latest=0):
        """Record random facts about partners; remember each by its row's id."""
        told, given = [], []
        for partner in partners:
            for _i in range(self.rng.randint(0, most)):
                days = self.rng.uniform(latest, 1500)
                fact = Fact(
                    partner.id,
                    self.rng.choice(self.codes),
                    (self.now - timedelta(days=days)).replace(microsecond=0),
                    self.rng.choice((0.25, 0.5, 0.75, 1.0, 0.123)),
                    self.rng.choice(VOICES),
                    self.rng.choice([None, *self.users]),
                )
                told.append(fact)
                given.append(self._given(fact))
        order = list(range(len(told)))
        self.rng.shuffle(order)
        rows = self.evidence._record([given[i] for i in order])
        self.facts |= {row.id: told[i] for i, row in zip(order, rows, strict=True)}
        return rows

    def _given(self, fact):
        type(self).counter = getattr(self, "counter", 0) + 1
        return {
            "signal": fact.signal,
            "partner_id": fact.partner,
            "date": fact.date,
            "magnitude": fact.magnitude,
            "voice": fact.voice,
            "user_id": fact.user,
            "company_id": self.company.id,
            "source_key": f"random-{self.counter}",
        }

    # ORACLE

    def _by_partner(self):
        found = {}
        for fact in self.facts.values():
            found.setdefault(fact.partner, []).append(fact)
            if parent := self.parent.get(fact.partner):
                found.setdefault(parent, []).append(fact)
        return found

    def _expected(self, facts, partner, at, lender_facts=None):
        """Return (masses, score, score with the neutral prior) of a partner."""
        masses, age = oracle.fold(facts, at, self.weights)
        prior = None
        if lender_facts is not None:
            lender, _age = oracle.fold(lender_facts, at, self.weights)
            prior = te.lend(oracle.rest(lender, masses))
        return masses, te.score(masses, age, prior), te.score(masses, age)

    def _assert_equal(self, relationships, at, close=1e-9):
        known, wrong = self._by_partner(), {}
        for row in relationships:
            partner = row.partner_id.id
            parent = self.parent.get(partner)
            lender = known.get(parent, []) if parent else None
            masses, score, neutral = self._expected(
                known.get(partner, []), partner, at, lender
            )
            if found := oracle.differences(row, masses, score, neutral, close):
                wrong[row.partner_id.name] = found
        example = dict(list(wrong.items())[:2])
        self.assertFalse(example, f"{len(wrong)} of {len(relationships)} are wrong")

    def _assert_bonds(self, relationships, at):
        """Compare bonds as shown at ``at``; their sums stay those of the fold."""
        known, count = self._by_partner(), 0
        self.env["trust.bond"].invalidate_model()
        for row in relationships:
            facts = known.get(row.partner_id.id, [])
            total, _age = oracle.fold(facts, at, self.weights)
            for bond in row.bond_ids:
                own = [
                    f
                    for f in facts
                    if f.user == bond.user_id.id and f.date <= row.as_of
                ]
                masses, age = oracle.fold(own, at, self.weights)
                score = te.score(masses, age, te.lend(oracle.rest(total, masses)))
                stored, _age = oracle.fold(own, row.as_of, self.weights)
                self.assertFalse(oracle.differences(bond, stored, score))
                self.assertEqual(bond.evidence_count, len(own))
                count += 1
        self.assertTrue(count)

    def _all(self):
        return self._relationship(self.partners).filtered("partner_id")

    # TESTS

    def test_two_thousand_ledgers(self):
        """C4: any order of arrival, late arrivals, voids, replays; bonds as well."""
        rows = self._tell(self.partners)
        relationships = self._all()
        self.assertEqual(len(relationships), 2000)
        at = self.now.replace(microsecond=0)
        relationships._refresh(relationships, at=at)
        self._assert_equal(relationships, at)
        for shown in (at, at + timedelta(days=97)):
            with freeze_time(shown):
                self._assert_bonds(relationships[:400], shown)
        wrong = rows.browse(self.rng.sample(rows.ids, len(rows) // 10))
        wrong._void("random")
        for row in wrong:
            del self.facts[row.id]
        self._tell(self.partners, most=2)
        for days in (0, 700):
            at = self.now.replace(microsecond=0) - timedelta(days=days)
            relationships._refresh(relationships, at=at)
            self._assert_equal(relationships, at)
        snapshots = self.env["trust.snapshot"].search_count([("date", "<", self.now)])
        self.assertFalse(snapshots, "a replay leaves no history")

    def test_small_and_large_folds_agree(self):
        """C4: the prepared statement and the temporary tables are one arithmetic."""
        self._tell(self.partners[:400], most=5, latest=1)
        self._drain()
        relationships = self._relationship(self.partners[:400])
        relationships._fold(relationships.ids)
        self.assertEqual(len(set(relationships.mapped("as_of"))), 1)
        self._assert_equal(relationships, relationships[0].as_of)

    def test_ageing_is_the_fold(self):
        """Two paths, one result: aged sums score as the ledger folded later."""
        self._tell(self.partners[:700], most=5)
        relationships = self._relationship(self.partners[:700])
        at = self.now.replace(microsecond=0)
        relationships._refresh(relationships, at=at)
        sums = [row[c] for row in relationships for c in COMPONENT_SUMS]
        stored = {row.id: row.trust_index for row in relationships}
        later = at + timedelta(days=97)
        relationships._age(min(relationships.ids), max(relationships.ids) + 1, later)
        self.assertEqual(
            [row[c] for row in relationships for c in COMPONENT_SUMS], sums
        )
        known, written = self._by_partner(), 0
        for row in relationships:
            partner = row.partner_id.id
            parent = self.parent.get(partner)
            _masses, score, neutral = self._expected(
                known.get(partner, []),
                partner,
                later,
                known.get(parent, []) if parent else None,
            )
            if row.trust_index == stored[row.id]:
                self.assertLess(abs(score.index - row.trust_index), 0.05 + 1e-9)
                continue
            written += 1
            self.assertAlmostEqual(row.trust_index, score.index, 9)
            self.assertAlmostEqual(row.index_sd, score.sd, 9)
            self.assertAlmostEqual(row.circle_low, neutral.low, 6)
            self.assertAlmostEqual(row.confidence, score.confidence, 9)
        self.assertGreater(written, 300)

    def test_very_old_facts_do_not_underflow(self):
        """PostgreSQL raises on float8 underflow: a fact of 1970 counts as nothing."""
        self._record(self.partners[0], "promise_kept", days_ago=20000)
        self._drain()
        row = self._relationship(self.partners[0])
        row._age(row.id, row.id + 1, self.now + timedelta(days=300000))
        self.assertAlmostEqual(row.trust_index, 50, 9)

    def test_time_translation(self):
        """M3: the same story a thousand days earlier, asked a thousand days earlier."""
        ours, theirs = self.partners[-200:-100], self.partners[-100:]
        self._tell(ours)
        facts = {p.id: [] for p in ours}
        for fact in self.facts.values():
            facts[fact.partner].append(fact)
        shift = timedelta(days=1000)
        twins = dict(zip(ours.ids, theirs.ids, strict=True))
        self.evidence._record(
            [
                self._given(fact._replace(partner=twins[p], date=fact.date - shift))
                for p, told in facts.items()
                for fact in told
            ]
        )
        at = self.now.replace(microsecond=0)
        one, other = self._relationship(ours), self._relationship(theirs)
        one._refresh(one, at=at)
        other._refresh(other, at=at - shift)
        for left, right in zip(
            one.sorted("partner_id"), other.sorted("partner_id"), strict=True
        ):
            for name in (*COMPONENT_SUMS, "trust_index", "index_sd", "circle_low"):
                self.assertAlmostEqual(left[name], right[name], 9, name)

    def test_good_never_lowers_bad_never_raises(self):
        """M4: for a fact not older than the first one, in SQL."""
        good = [c for c in self.codes if all(w > 0 for _p, w in self.weights[c])]
        bad = [c for c in self.codes if all(w < 0 for _p, w in self.weights[c])]
        partners = self.partners[-150:]
        self._tell(partners)
        relationships = self._relationship(partners)
        at = self.now.replace(microsecond=0)
        for codes, sign in ((good, 1), (bad, -1)):
            relationships._refresh(relationships, at=at)
            before = {row.id: row.trust_index for row in relationships}
            self.evidence._record(
                [
                    self._given(Fact(p.id, self.rng.choice(codes), at, 1.0, "customer"))
                    for p in partners
                ]
            )
            relationships._refresh(relationships, at=at)
            for row in relationships:
                moved = sign * (row.trust_index - before[row.id])
                self.assertGreaterEqual(moved, -1e-9)
