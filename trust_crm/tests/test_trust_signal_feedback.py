# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .observer_case import ObserverCase


@tagged("post_install", "-at_install")
class TestTrustSignalFeedback(ObserverCase):
    """C8: ratings given and addresses blacklisted."""

    def _rate(self, value, **values):
        return self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "partner_id": self.customer.id,
                "rated_partner_id": self.seller.partner_id.id,
                "rating": value,
                "consumed": True,
                **values,
            }
        )

    def _magnitudes(self, code):
        self._collect()
        return self._found(code).mapped("magnitude")

    def test_scale(self):
        """C8: 5 is good in full, 4 half; 1 bad in full, 2 half; 3 says nothing."""
        for value in (5, 4, 3, 2, 1):
            self._rate(value)
        self.assertEqual(sorted(self._magnitudes("feedback_good")), [0.5, 1.0])
        self.assertEqual(sorted(self._magnitudes("feedback_bad")), [0.5, 1.0])
        rows = self._found("feedback_good") | self._found("feedback_bad")
        self.assertEqual(rows.user_id, self.seller)
        self.assertEqual(set(rows.mapped("voice")), {"customer"})

    def test_not_given(self):
        """C8: a rating that was asked for, or has no value, is no feedback."""
        self._rate(5, consumed=False)
        self._rate(0)
        self.assertFalse(self._magnitudes("feedback_good"))
        self.assertFalse(self._magnitudes("feedback_bad"))
        self.assertTrue(self.env.ref("trust_crm.signal_feedback_good")._missing())

    def test_opted_out(self):
        """C8: the customer's address is on the blacklist."""
        entry = self.env["mail.blacklist"]._add("Ada@Example.com")
        self._collect()
        row = self._found("opted_out")
        self.assertEqual(
            (row.source_model, row.source_id), ("mail.blacklist", entry.id)
        )

    def test_not_opted_out(self):
        """C8: other addresses, and ones taken off the list, say nothing."""
        self.env["mail.blacklist"]._add("bob@example.com")
        self.env["mail.blacklist"]._add("ada@example.com")
        self.env["mail.blacklist"]._remove("ada@example.com")
        self._collect()
        self.assertFalse(self._found("opted_out"))

    def test_shared_address(self):
        """C8: an address of two contacts is one fact, of the older contact."""
        twin = self.env["res.partner"].create(
            {"name": "Twin", "email": self.customer.email}
        )
        self._make_lead(twin)
        self.env["mail.blacklist"]._add(self.customer.email)
        self._collect()
        self.assertEqual(len(self._found("opted_out")), 1)
        self.assertFalse(self._found("opted_out", twin))
