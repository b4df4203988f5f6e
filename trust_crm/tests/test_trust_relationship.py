# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.tests import tagged

from .common import TrustCase, worked_examples

EXPECT = {
    "C": "credibility",
    "R": "reliability",
    "I": "intimacy",
    "S": "self_orientation",
    "T": "trust_ratio",
    "index": "trust_index",
    "sd": "index_sd",
    "low": "index_low",
    "confidence": "confidence",
}


@tagged("post_install", "-at_install")
class TestTrustRelationship(TrustCase):
    def _replay(self, example):
        partner = self.env["res.partner"].create({"name": example["name"]})
        start = self.now - timedelta(days=5000)
        for signal, day, magnitude in example["events"]:
            self._record(
                partner,
                signal,
                magnitude,
                date=start + timedelta(days=day),
            )
        relationship = self._relationship(partner)
        relationship._refresh(relationship, at=start + timedelta(days=example["t"]))
        return relationship

    def test_worked_examples(self):
        """C4: the 18 ledgers through the ORM with the default policy."""
        ledgers = [e for e in worked_examples().values() if "events" in e]
        ledgers = [e for e in ledgers if e["name"] != "neutral_age365"]
        self.assertEqual(len(ledgers), 18)
        for example in ledgers:
            relationship = self._replay(example)
            for key, value in example["expect"].items():
                with self.subTest(example["name"], value=key):
                    self.assertAlmostEqual(relationship[EXPECT[key]], value, 6)

    def test_little_evidence_is_named(self):
        """C13: in a pivot or graph those without a band or circle are no "None"."""
        shown = {
            "trust.relationship": ("band", "circle_id"),
            "trust.snapshot": ("band", "circle_id"),
            "res.partner": ("trust_band", "trust_circle_id"),
            "crm.lead": ("trust_band", "trust_circle_id"),
        }
        for model, names in shown.items():
            told = self.env[model].fields_get(names, ["falsy_value_label"])
            labels = {told[name].get("falsy_value_label") for name in names}
            self.assertEqual(labels, {"Little evidence"}, model)

    def test_own_company_has_none(self):
        """C8: a guest below our own company scores; our company itself does not."""
        guest = self.env["res.partner"].create(
            {"name": "Guest", "parent_id": self.company.partner_id.id}
        )
        self._record(guest, "human_contact")
        self._drain()
        self.assertTrue(guest.trust_relationship_id)
        own = self.relationships.search(
            [("partner_id", "=", self.company.partner_id.id)]
        )
        self.assertFalse(own)
        self.assertFalse(self.env["trust.queue"].search_count([]))
