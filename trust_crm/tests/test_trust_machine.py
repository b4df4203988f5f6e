# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.tests import tagged

from ..models.trust_score_sql import COMPONENT_SUMS
from . import ledger_oracle as oracle
from .common import TrustCase
from .ledger_oracle import Fact

CODES = ("promise_kept", "promise_broken", "gift", "referral", "complaint_bad")
LARGE = 6  # customers, of which the first two are companies


class LedgerMachine(RuleBasedStateMachine):
    """Deeds in any order; the model is a list of facts and who works where."""

    case = None

    def __init__(self):
        super().__init__()
        env = self.case.env
        self.savepoint = env.cr.savepoint()
        self.env, self.facts, self.keys = env, {}, 0
        self.opted_out = set()

    @initialize()
    def people(self):
        create = self.env["res.partner"].create
        companies = create([{"name": f"Co {i}", "is_company": True} for i in range(2)])
        contacts = create(
            [{"name": f"P {i}", "parent_id": companies[0].id} for i in range(4)]
        )
        self.partners = list(companies + contacts)

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.env.invalidate_all(flush=False)
        self.env.registry.clear_cache()

    # DEEDS

    @rule(
        who=st.integers(0, LARGE - 1),
        code=st.sampled_from(CODES),
        days=st.integers(0, 900),
        magnitude=st.sampled_from((0.25, 0.5, 1.0)),
        voice=st.sampled_from(("customer", "staff", "system")),
    )
    def record(self, who, code, days, magnitude, voice):
        partner = self.partners[who % len(self.partners)]
        self.keys += 1
        fact = Fact(
            partner.id, code, self.case.now - timedelta(days=days), magnitude, voice
        )
        row = self._record(fact, f"machine-{self.keys}")
        self.facts[row.id] = fact

    def _record(self, fact, key):
        return self.env["trust.evidence"]._record(
            [
                {
                    "signal": fact.signal,
                    "partner_id": fact.partner,
                    "date": fact.date,
                    "magnitude": fact.magnitude,
                    "voice": fact.voice,
                    "source_key": key,
                    "company_id": self.case.company.id,
                }
            ]
        )

    @precondition(lambda self: self.facts)
    @rule(which=st.integers(0, 99), human=st.booleans(), again=st.booleans())
    def void(self, which, human, again):
        row = self.env["trust.evidence"].browse(
            sorted(self.facts)[which % len(self.facts)]
        )
        row._void("machine", kind="human" if human else "auto")
        fact = self.facts.pop(row.id)
        if again:
            fact = fact._replace(partner=row.partner_id.id)
            new = self._record(fact, row.source_key)
            if human:
                assert new == row, "a human void is sticky"
            else:
                self.facts[new.id] = fact

    @rule(multiplier=st.sampled_from((1.0, 2.0, 3.0)))
    def publish(self, multiplier):
        policies = self.env["trust.policy"]
        draft = policies._get_published(self.case.company).copy()
        draft.negative_multiplier = multiplier
        draft.action_publish()

    @rule(days=st.integers(0, 400))
    def replay(self, days):
        at = self.case.now - timedelta(days=days)
        found = self.env["trust.relationship"].search(
            [("partner_id", "in", [p.id for p in self.partners])]
        )
        found._refresh(found, at=at)

    @precondition(lambda self: len(self.partners) > 4)
    @rule(keep=st.integers(2, 9), gone=st.integers(2, 9))
    def merge(self, keep, gone):
        contacts = self.partners[2:]
        target, source = contacts[keep % len(contacts)], contacts[gone % len(contacts)]
        if target == source or {target.id, source.id} & self.opted_out:
            return
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([source.id, target.id], target, extra_checks=False)
        self.partners = [p for p in self.partners if p.id != source.id]
        for row, fact in self.facts.items():
            if fact.partner == source.id:
                self.facts[row] = fact._replace(partner=target.id)

    @rule(who=st.integers(2, 9), where=st.integers(0, 2))
    def move_contact(self, who, where):
        contact = self.partners[2 + who % (len(self.partners) - 2)]
        parents = [*self.partners[:2], self.env["res.partner"]]
        contact.parent_id = parents[where]

    @rule(who=st.integers(0, LARGE - 1), out=st.booleans())
    def opt_out(self, who, out):
        partner = self.partners[who % len(self.partners)]
        partner.trust_scoring = "never" if out else False
        (self.opted_out.add if out else self.opted_out.discard)(partner.id)

    @rule()
    def drain(self):
        self.case._drain()
        assert not self.env["trust.queue"].search([]), "something is owed for ever"
        self._compare()

    # INVARIANT

    def _compare(self):
        """Each stored sum is the fold of the model at the row's own time."""
        policy = self.env["trust.policy"]._get_published(self.case.company)
        weights, parameters = oracle.weights_of(policy), policy._parameters()
        for partner in self.partners:
            row = self.env["trust.relationship"].search(
                [("partner_id", "=", partner.id)]
            )
            if partner.id in self.opted_out:
                assert not row, "opted out and scored"
                continue
            family = {partner.id} | set(
                partner.search([("commercial_partner_id", "=", partner.id)]).ids
            )
            told = [f for f in self.facts.values() if f.partner in family]
            if not row:
                assert not told, "told about and not scored"
                continue
            masses, _age = oracle.fold(told, row.as_of, weights, parameters)
            for column in COMPONENT_SUMS:
                wanted = masses.get(oracle.KEYS[column], 0.0)
                assert abs(row[column] - wanted) < 1e-9, (partner.name, column)


@tagged("post_install", "-at_install")
class TestTrustMachine(TrustCase):
    """T2: whatever people and jobs do, in any order, sums stay the ledger's fold."""

    def test_any_order_of_deeds(self):
        """T2: record, void, publish, replay, merge, move, opt out, drain."""
        LedgerMachine.case = self
        run_state_machine_as_test(
            LedgerMachine,
            settings=settings(
                max_examples=6,
                stateful_step_count=25,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
