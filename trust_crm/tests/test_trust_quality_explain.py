# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools import relationship_quality as quality
from ..tools import trust_equation as equation
from .common import TrustCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestTrustQualityExplain(TrustCase):
    """R3: each part of quality explains itself like the score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.user_id = cls.seller
        cls.rows = cls.evidence
        for signal, days, magnitude in (
            ("feedback_good", 200, 1),
            ("feedback_good", 40, 0.5),
            ("feedback_bad", 20, 1),
            ("complaint_good", 10, 0.75),
            ("human_contact", 5, 1),
            ("referral", 90, 1),
        ):
            cls.rows |= cls._record(cls.customer, signal, magnitude, days)
        cls._drain()
        cls.relationship = cls._relationship(cls.customer)
        cls.told = cls.relationship.with_user(cls.seller).get_trust_quality()

    def _part(self, key):
        parts = [*self.told["parts"], *self.told["beside"]]
        parts += [inner for part in parts for inner in part["parts"]]
        return next(part for part in parts if part["key"] == key)

    def _satisfaction(self, rows, at):
        policy = self.env["trust.policy"]._get_published(self.company)
        masses = {}
        for row in rows:
            for line in policy.line_ids:
                if line.signal_id == row.signal_id and line.part == "satisfaction":
                    key = line.part, equation.group_of(line.weight, row.voice)
                    masses[key] = masses.get(key, 0) + equation.mass(
                        line.weight, row.magnitude, (at - row.date) / DAY
                    )
        return quality.part(masses, "satisfaction")

    def test_effects_are_differences(self):
        """R3: an effect is the part minus the part without that signal's rows."""
        at, part = self.relationship._quality_as_of(), self._part("satisfaction")
        whole = self._satisfaction(self.rows, at)
        self.assertAlmostEqual(part["value"], whole, 9)
        reasons = part["reasons_up"] + part["reasons_down"]
        self.assertEqual(
            {r["signal"] for r in reasons},
            {"feedback_good", "feedback_bad", "complaint_good"},
        )
        for reason in reasons:
            others = self.rows.filtered(
                lambda r, s=reason["signal"]: r.signal_id.code != s
            )
            without = self._satisfaction(others, at)
            self.assertAlmostEqual(reason["effect"], whole - without, 9)
        counts = {r["signal"]: r["count"] for r in reasons}
        self.assertEqual(counts["feedback_good"], 2)
        self.assertEqual([r["signal"] for r in part["reasons_down"]], ["feedback_bad"])

    def test_four_parts_and_what_stands_beside(self):
        """R3: four parts whose mean is the index; friendship in three."""
        self.assertEqual(
            [part["key"] for part in self.told["parts"]],
            ["satisfaction", "trust_index", "commitment_affective", "friendship"],
        )
        mean = sum(part["value"] for part in self.told["parts"]) / 4
        self.assertAlmostEqual(self.told["index"]["value"], mean, 9)
        self.assertEqual(len(self._part("friendship")["parts"]), 3)
        self.assertEqual(
            [part["key"] for part in self.told["beside"]],
            ["commitment_continuance", "commitment_normative"],
        )

    def test_little_evidence_is_no_number(self):
        """R3, C13: one note of our own is not enough to judge by; a referral is."""
        self.assertFalse(self._part("friendship_sociable")["judged"])
        self.assertTrue(self._part("friendship_reciprocal")["judged"])
        self.assertFalse(self._part("commitment_normative")["judged"])

    def test_the_same_on_the_night_after(self):
        """R3: explained is what is shown, as of the last night."""
        later = self.now + timedelta(days=100)
        self.relationship._age(self.relationship.id, self.relationship.id + 1, later)
        with freeze_time(later + timedelta(hours=9)):
            part = self.relationship.get_trust_quality()["parts"][0]
        self.assertAlmostEqual(part["value"], self._satisfaction(self.rows, later), 9)
        self.assertAlmostEqual(part["value"], self.relationship.satisfaction, 9)

    def test_only_for_who_may_read_the_score(self):
        """A1: what the relationship hides its quality hides."""
        other = self._relationship(self.other_customer)
        self.other_customer.user_id = self.manager
        with self.assertRaises(AccessError):
            other.with_user(self.seller).get_trust_quality()
        with self.assertRaises(AccessError):
            self.relationship.with_user(self.outsider).get_trust_quality()

    def test_last_encounter(self):
        """R3: the newest answer about one encounter, apart from all of them."""
        self.assertFalse(self.told["encounter"])
        make = self.env["trust.feedback"].sudo().create
        for overall, days, model in ((4, 30, "res.partner"), (2, 3, "res.partner")):
            make(
                {
                    "partner_id": self.contact.id,
                    "company_id": self.company.id,
                    "state": "answered",
                    "overall": overall,
                    "date_answered": self.now - timedelta(days=days),
                    "res_model": model,
                    "res_id": self.contact.id,
                }
            )
        make(
            {
                "partner_id": self.contact.id,
                "company_id": self.company.id,
                "state": "answered",
                "overall": 5,
                "date_answered": self.now - timedelta(days=1),
            }
        )
        self.relationship.invalidate_recordset()
        self.assertEqual(self.relationship.encounter_satisfaction, 2)
        self.assertEqual(self.relationship.get_trust_quality()["encounter"]["score"], 2)
        low = self.relationships.search([("encounter_satisfaction", "in", [1, 2])])
        self.assertIn(self.relationship, low)
        self.assertFalse(self._relationship(self.other_customer).encounter_satisfaction)
