# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustSignalPurchase(ObserverCase):
    """C8: purchases and introductions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.friend = cls.env["res.partner"].create({"name": "Friend"})

    # PURCHASES

    def test_won(self):
        """C8: each opportunity won counts, the first one too."""
        self.lead.user_id = self.seller
        self.lead.action_set_won()
        self.lead.date_closed = at("09:00")
        second = self._make_lead(self.customer)
        second.action_set_won()
        second.date_closed = at("2025-03-05 09:00")
        rows = self.assertFound("purchase_repeated", ["09:00", "2025-03-05 09:00"])
        self.assertEqual(rows.user_id, self.seller)

    def test_not_won(self):
        """C8: open or lost opportunities, or won ones of nobody, are no purchase."""
        self._make_lead(self.customer).action_set_lost()
        self._make_lead(email_from="x@example.com").action_set_won()
        self._collect()
        signal = self.env.ref("trust_crm.signal_purchase_repeated")
        self.assertFalse(
            self.env["trust.evidence"].search([("signal_id", "=", signal.id)])
        )
        self.assertTrue(signal._missing())

    # INTRODUCTIONS

    def test_introduced_lead(self):
        """C8: who introduced a lead gets the evidence, dated when it came."""
        lead = self._make_lead(created=at("09:00"), introducer_id=self.customer.id)
        row = self.assertFound("referral", ["09:00"])
        self.assertEqual((row.source_model, row.source_id), ("crm.lead", lead.id))
        self.assertEqual(row.voice, "customer")

    def test_introduced_customer(self):
        """C8: an introduction recorded on the customer speaks for his leads."""
        self.friend.introducer_id = self.customer
        self._make_lead(self.friend, introducer_id=self.customer.id)
        self._collect()
        row = self._found("referral")
        self.assertEqual(len(row), 1)
        self.assertEqual(
            (row.source_model, row.source_id), ("res.partner", self.friend.id)
        )

    def test_once_per_introduced_customer(self):
        """C8: three leads of one friend are one introduction."""
        for _lead in range(3):
            self._make_lead(self.friend, introducer_id=self.customer.id)
        self._collect()
        self.assertEqual(len(self._found("referral")), 1)

    def test_nobody_introduces_himself(self):
        """C8: nor his own company."""
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.customer.parent_id = company
        self._make_lead(self.customer, introducer_id=self.customer.id)
        self._make_lead(company, introducer_id=self.customer.id)
        company.introducer_id = self.customer
        self.assertFound("referral", [])

    def test_no_customer_introduces(self):
        """C8: an introducer who is no customer gets no relationship."""
        self._make_lead(self.customer, introducer_id=self.friend.id)
        self.assertFound("referral", [], self.friend)

    def test_names_what_is_missing(self):
        """C8: the signal says how many leads have no introducer."""
        signal = self.env.ref("trust_crm.signal_referral")
        leads = self.env["crm.lead"].with_context(active_test=False)
        total = leads.search_count([])
        self.assertIn(str(total), signal._missing())
        leads.search([]).introducer_id = self.friend
        self.assertFalse(signal._missing())
