# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from ..models.trust_evidence_record import CONTENT
from .common import TrustCase

POINTERS = {"partner_id", "lead_id"}
UNTOUCHED = [column for column in CONTENT if column not in POINTERS]


@tagged("post_install", "-at_install")
class TestCrmLead(TrustCase):
    """C6: a lead's own relationship, its customer's, and the way between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Kitchen", "company_id": cls.company.id}
        )

    def _content(self, rows):
        rows.invalidate_recordset()
        return rows.read(UNTOUCHED)

    def _own(self, lead):
        return self.relationships.search([("lead_id", "=", lead.id)])

    def test_lead_with_a_customer_shows_the_customers(self):
        """C6: one relationship for the customer and all its leads."""
        self._record(self.other_customer, "promise_kept")
        self.lead.partner_id = self.other_customer
        self._drain()
        customers = self._relationship(self.other_customer)
        self.assertEqual(self.lead.trust_relationship_id, customers)
        self.assertEqual(self._relationship(self.lead), customers)
        self.assertFalse(self._own(self.lead))
        self.assertAlmostEqual(self.lead.trust_index, 51.082953, 4)

    def test_lead_gets_its_customer(self):
        """C6: content unchanged, pointer moved and logged, score handed over."""
        rows = self._record(self.lead, "lead_answered")
        rows |= self._record(self.lead, "promise_kept")
        self._drain()
        probability = self.lead.probability
        own = self._own(self.lead)
        self.assertEqual(own.evidence_count, 2)
        before = self._content(rows)
        self.lead.partner_id = self.other_customer
        self._drain()
        self.assertEqual(self._content(rows), before)
        self.assertEqual(rows.partner_id, self.other_customer)
        self.assertEqual(rows.lead_id, self.lead)
        routes = self.env["trust.evidence.route"].search(
            [("evidence_id", "in", rows.ids)]
        )
        self.assertEqual(set(routes.mapped("reason")), {"lead_customer"})
        self.assertEqual(len(routes), 2)
        customers = self._relationship(self.other_customer)
        self.assertEqual(customers, own, "the history follows")
        self.assertEqual(customers.evidence_count, 2)
        self.assertFalse(self._own(self.lead))
        self.assertEqual(self.lead.probability, probability)

    def test_lead_converted_to_a_known_customer(self):
        """C6: the union of both counts, the lead's own relationship is gone."""
        self._record(self.other_customer, "promise_kept", days_ago=1)
        self._record(self.lead, "promise_broken")
        self._drain()
        self.lead._handle_partner_assignment(self.other_customer.id)
        self._drain()
        self.assertTrust(self.other_customer, places=4, evidence_count=2)
        self.assertFalse(self._own(self.lead))

    def test_fact_recorded_while_the_lead_got_its_customer(self):
        """T2: two transactions that could not see each other lose no fact.

        The lead gets its customer behind our back, as a concurrent one does.
        """
        self._record(self.lead, "promise_kept")
        self.env.cr.execute(
            "UPDATE crm_lead SET partner_id = %s WHERE id = %s",
            (self.other_customer.id, self.lead.id),
        )
        self.env.invalidate_all()
        self._drain()
        self.assertTrust(self.other_customer, places=4, evidence_count=1)
        self.assertFalse(self._own(self.lead))

    def test_merged_leads(self):
        """C6: every row is there, logged; the head's relationship is their fold."""
        tails = self.env["crm.lead"].create([{"name": f"L{i}"} for i in range(2)])
        rows = self._record(self.lead, "promise_kept")
        for tail in tails:
            rows |= self._record(tail, "promise_broken")
        self._drain()
        before = self._content(rows)
        leads = self.lead | tails
        head = leads.merge_opportunity()
        self._drain()
        self.assertEqual(self._content(rows), before)
        self.assertEqual(rows.lead_id, head)
        relationship = self._own(head)
        self.assertEqual(relationship.evidence_count, 3)
        self.assertAlmostEqual(relationship.x_r_neg, 4, 4)
        routes = self.env["trust.evidence.route"].search(
            [("evidence_id", "in", rows.ids)]
        )
        self.assertEqual(len(routes), 2)
        self.assertEqual(set(routes.mapped("to_id")), {head.id})

    def test_merged_leads_with_a_customer(self):
        """C6: what was told of a nameless lead counts for the customer found."""
        tail = self.env["crm.lead"].create({"name": "Without"})
        rows = self._record(tail, "promise_kept")
        self.lead.partner_id = self.other_customer
        rows |= self._record(self.lead, "promise_kept")
        self._drain()
        (self.lead | tail).merge_opportunity()
        self._drain()
        self.assertEqual(rows.partner_id, self.other_customer)
        self.assertTrust(self.other_customer, places=4, evidence_count=2)
        self.assertFalse(self.relationships.search([("lead_id", "!=", False)]))

    def test_deleted_lead(self):
        """T3: the ledger keeps what happened, the relationship goes with the lead."""
        row = self._record(self.lead, "promise_kept")
        self._drain()
        relationship = self._own(self.lead)
        self.lead.unlink()
        self._drain()
        row.invalidate_recordset()
        self.assertTrue(row.exists())
        self.assertFalse(row.lead_id)
        self.assertFalse(relationship.exists())

    def test_introducer(self):
        """C6: who brought the lead is recorded beside the borrowed prior."""
        self.lead.introducer_id = self.customer
        lead = self.lead.with_user(self.seller)
        self.assertEqual(lead.introducer_id, self.customer)
        self.assertFalse(self._own(self.lead))
