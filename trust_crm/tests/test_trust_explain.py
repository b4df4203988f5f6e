# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import random
import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import trust_equation as equation
from .common import TrustCase

DAY = timedelta(days=1)
STORY = [
    ("purchase_repeated", 200, 1),
    ("promise_kept", 150, 1),
    ("promise_kept", 90, 1),
    ("human_contact", 60, 1),
    ("feedback_good", 60, 0.8),
    ("referral", 30, 1),
    ("promise_broken", 10, 1),
    ("complaint_opened", 9, 1),
    ("complaint_good", 5, 1),
]

CRIO = set(equation.COMPONENTS)


@tagged("post_install", "-at_install")
class TestTrustExplain(TrustCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = [
            cls._record(cls.customer, signal, magnitude, days)
            for signal, days, magnitude in STORY
        ]
        cls._drain()
        cls.policy = cls.env["trust.policy"]._get_published(cls.company)

    def _index(self, rows, at, age_at=None, prior=None):
        """Return the index of ledger rows at ``at``, by the pure functions alone."""
        parameters, weights = self.policy._parameters(), self.policy._weights()
        masses, dates = {}, []
        for row in rows:
            for signal, part, weight in weights:
                if signal != row.signal_id.id or part not in equation.COMPONENTS:
                    continue
                days = (at - row.date) / DAY
                key = part, equation.group_of(weight, row.voice)
                masses[key] = masses.get(key, 0.0) + equation.mass(
                    weight, row.magnitude, days, parameters
                )
                dates.append(row.date)
        first = min(age_at or dates, default=at)
        score = equation.score(masses, (at - first) / DAY, prior, parameters)
        return score.index, masses, dates

    def test_effects_are_differences(self):
        """C12: each effect is the index minus the index without that signal's rows."""
        relationship = self._relationship(self.customer)
        at = fields.Datetime.now()
        found = relationship._explain(at)
        rows = self.evidence.union(*self.story)
        index, _masses, dates = self._index(rows, at)
        self.assertAlmostEqual(found.index, index, 9)
        self._assert_effects(found, rows, at, dates, index)

    def _assert_effects(self, found, rows, at, dates, index):
        weighed = {
            signal for signal, part, _w in self.policy._weights() if part in CRIO
        }
        signals = {row.signal_id.id for row in rows} & weighed
        self.assertEqual({e["signal_id"] for e in found.effects}, signals)
        for effect in found.effects:
            others = rows.filtered(lambda r, e=effect: r.signal_id.id != e["signal_id"])
            without = self._index(others, at, dates)[0]
            self.assertAlmostEqual(effect["effect"], index - without, 9)

    def test_one_kind_of_fact_is_the_whole_reason(self):
        """C12: seventeen purchases and nothing else explain all of the index."""
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        for days in range(1, 18):
            self._record(buyer, "purchase_repeated", 1, days)
        self._drain()
        found = self._relationship(buyer)._explain()
        self.assertEqual([e["count"] for e in found.effects], [17])
        self.assertAlmostEqual(found.effects[0]["effect"], found.index - 50, 9)
        self.assertGreater(found.index, 54)

    def test_effects_of_contact_keep_what_is_borrowed(self):
        """C12: for a contact the borrowed prior stays while a row is left out."""
        own = self._record(self.contact, "human_contact", 1, 3)
        self._drain()
        relationship = self._relationship(self.contact)
        at = fields.Datetime.now()
        found = relationship._explain(at)
        lender = self.evidence.union(*self.story)
        _index, lent, _dates = self._index(lender, at)
        prior = equation.lend(lent, self.policy._parameters())
        index, _masses, dates = self._index(own, at, prior=prior)
        without = self._index(own - own, at, dates, prior=prior)[0]
        self.assertAlmostEqual(found.index, index, 9)
        self.assertAlmostEqual(found.effects[0]["effect"], index - without, 9)
        self.assertAlmostEqual(found.index, relationship.trust_index, 4)

    def test_random_ledgers(self):
        """C12: effects agree with the pure functions on random ledgers, voids too."""
        chance = random.Random(2)
        codes = [
            s.code
            for s in self.env["trust.signal"].with_context(active_test=False).search([])
        ]
        at = fields.Datetime.now()
        for _round in range(5):
            partner = self.env["res.partner"].create({"name": "Random"})
            rows = self.evidence.union(
                *(
                    self._record(
                        partner,
                        chance.choice(codes),
                        chance.uniform(0.1, 1),
                        chance.uniform(0, 900),
                        voice=chance.choice(["customer", "system", "staff"]),
                    )
                    for _row in range(40)
                )
            )
            voided = rows[:5]
            voided._void("was wrong")
            self._drain()
            rows -= voided
            found = self._relationship(partner)._explain(at)
            index, _masses, dates = self._index(rows, at)
            self.assertAlmostEqual(found.index, index, 9)
            self._assert_effects(found, rows, at, dates, index)

    def test_panel(self):
        """C12: five reasons a side with date and record, and the outlook."""
        relationship = self._relationship(self.customer)
        panel = relationship.get_trust_panel()
        labels = [reason["signal"] for reason in panel["reasons_up"]]
        self.assertEqual(labels[0], "referral")
        self.assertEqual(len(labels), 5, "the sixth kind of good news is not shown")
        self.assertEqual(
            [r["signal"] for r in panel["reasons_down"]][:2],
            ["complaint_opened", "promise_broken"],
        )
        self.assertEqual([o["days"] for o in panel["outlook"]], [30, 90])
        self.assertAlmostEqual(panel["index"], relationship.trust_index, 9)
        self.assertFalse(panel["override"])
        self.assertTrue(panel["as_of"])
        rows = self.evidence.union(*self.story)
        now = fields.Datetime.now()
        for outlook in panel["outlook"]:
            later = now + timedelta(days=outlook["days"])
            self.assertAlmostEqual(outlook["index"], self._index(rows, later)[0], 3)

    def test_outlook_returns_to_what_is_borrowed(self):
        """C12: if nothing happens, a contact's index fades with its company's."""
        self._record(self.contact, "human_contact", 1, 3)
        self._drain()
        relationship = self._relationship(self.contact)
        found = relationship._explain()
        far = relationship._outlook(found, 3650)
        self.assertAlmostEqual(far, 50.0, 2)

    def test_nothing_recorded(self):
        """C13: without evidence it is thin, names the step and invents nothing."""
        relationship = self._relationship(self.other_customer)
        relationship._refresh(relationship)
        panel = relationship.get_trust_panel()
        self.assertTrue(panel["thin"])
        self.assertFalse(panel["circle"])
        self.assertIs(panel["circle"], False, "JSON, not an empty recordset")
        self.assertEqual(panel["reasons_up"] + panel["reasons_down"], [])
        self.assertEqual(panel["missing_step"]["step"], "first_impression")
        self.assertTrue(panel["missing_step"]["hint"])

    def test_movement(self):
        """C11: why it moved in a window: its rows with their effect, and fading."""
        relationship = self._relationship(self.customer)
        start, end = self.now - timedelta(days=20), self.now + timedelta(seconds=1)
        movement = relationship.get_trust_movement(start, end)
        self.assertEqual(
            {r["signal"] for r in movement["reasons_up"]}, {"complaint_good"}
        )
        self.assertEqual(
            {r["signal"] for r in movement["reasons_down"]},
            {"promise_broken", "complaint_opened"},
        )
        effects = [
            r["effect"] for r in movement["reasons_up"] + movement["reasons_down"]
        ]
        self.assertAlmostEqual(
            movement["index_from"] + sum(effects) + movement["fading"],
            movement["index_to"],
            9,
        )
        with self.assertRaises(UserError):
            relationship.get_trust_movement(end, start)

    def test_unreadable_record(self):
        """C12: of a record the reader may not see, only signal and date are told."""
        lead = self.env["crm.lead"].create(
            {"name": "Secret lead", "user_id": self.seller.id, "type": "opportunity"}
        )
        self._record(self.customer, "lead_answered", source=lead, source_key="")
        self._drain()
        relationship = self._relationship(self.customer)
        mine = relationship.get_trust_panel()["reasons_up"]
        answered = next(r for r in mine if r["signal"] == "lead_answered")
        self.assertEqual(answered["name"], "Secret lead")
        self.assertTrue(answered["can_open"])
        self.customer.user_id = self.seller
        lead.user_id = self.manager
        self.seller.group_ids -= self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.seller.group_ids += self.env.ref("sales_team.group_sale_salesman")
        seen = relationship.with_user(self.seller).get_trust_panel()["reasons_up"]
        answered = next(r for r in seen if r["signal"] == "lead_answered")
        self.assertFalse(answered["name"] or answered["can_open"] or answered["res_id"])
        self.assertTrue(answered["label"] and answered["date"])

    def test_number_says_what_it_is_of(self):
        """C12: a document that is but a number is named with what it is."""
        lead = self.env["crm.lead"].create(
            {"name": "L0042", "partner_id": self.customer.id}
        )
        row = self._record(self.customer, "lead_answered", source=lead, source_key="")
        kind = self.env["ir.model"]._get("crm.lead").name
        self.assertEqual(row.source_name, f"{kind} L0042")
        self._drain()
        reasons = self._relationship(self.customer).get_trust_panel()["reasons_up"]
        answered = next(r for r in reasons if r["signal"] == "lead_answered")
        self.assertEqual(answered["name"], f"{kind} L0042")
        lead.name = "10月27日的拜访"
        self.assertEqual(row._document_title(lead), lead.name)

    def test_document_of_a_mail(self):
        """C12: a reason opens the document a mail was written on, not the mail."""
        lead = self.env["crm.lead"].create(
            {"name": "Wooden desk", "partner_id": self.customer.id}
        )
        mail = lead.message_post(body="hello", message_type="comment")
        row = self._record(self.customer, "mail_answered", source=mail, source_key="")
        self.assertEqual(row.source_name, "Wooden desk")
        action = row.action_open_source()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", lead.id))

    def test_access(self):
        """C12: who may not read the relationship gets no explanation."""
        self.customer.user_id = self.manager
        relationship = self._relationship(self.customer)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            relationship.with_user(self.seller).get_trust_panel()

    def test_long_ledger_is_quick(self):
        """C12: 20,000 rows are explained by the server in a fraction of a second."""
        self._pile(self.customer, 20_000)
        relationship = self._relationship(self.customer)
        self._drain()
        relationship.get_trust_panel()
        took = []
        for _round in range(3):
            self.env.invalidate_all()
            start = time.perf_counter()
            relationship.get_trust_panel()
            took.append(time.perf_counter() - start)
        self.assertLess(min(took), 2.0, "0.15 s on an idle machine")

    def test_few_queries(self):
        """C12: the panel of fifty rows costs a few queries."""
        self._pile(self.customer, 50)
        self._drain()
        relationship = self._relationship(self.customer)
        relationship.get_trust_panel()
        self.env.invalidate_all()
        with self.assertQueryCount(34):
            relationship.get_trust_panel()

    def _pile(self, partner, count):
        """Put so many rows of several signals into the ledger at once."""
        codes = ("mail_answered", "human_contact", "promise_kept", "promise_broken")
        signals = [self.env["trust.signal"]._get_by_code(code).id for code in codes]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO trust_evidence (signal_id, date, magnitude, voice,
                       partner_id, company_id, source_model, source_id, source_key,
                       version)
                   SELECT (%s::int[])[1 + i %% 4],
                          %s::timestamp - i * interval '1 hour', 1, 'system',
                          %s, %s, '', 0, 'pile-' || i, 0
                     FROM generate_series(1, %s) i""",
                signals,
                self.now,
                partner.id,
                self.company.id,
                count,
            )
        )
        self.env["trust.queue"]._push([(partner.id, None, self.company.id)], "test")
