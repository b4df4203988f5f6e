# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from ..tools import trust_equation as te
from .common import TrustCase


@tagged("post_install", "-at_install")
class TestCrmLeadTransfer(TrustCase):
    """C6: a lead of a known company starts from what that company showed us."""

    def test_lead_of_known_company(self):
        """C6: the lead without a customer borrows, marked as transferred."""
        for day in range(1, 9):
            self._record(self.customer, "promise_kept", days_ago=day)
        lead = self.env["crm.lead"].create(
            {"name": "New shop", "partner_name": self.customer.name}
        )
        self._drain()
        self.env["crm.lead"]._queue_transferred()
        self._drain()
        company = self._relationship(self.customer)
        relationship = lead.trust_relationship_id
        masses = {("R", "pos"): company.x_r_pos}
        expected = te.score({}, 0, prior=te.lend(masses))
        self.assertTrue(relationship.transferred)
        self.assertEqual(relationship.lender_partner_id, self.customer)
        self.assertAlmostEqual(lead.trust_index, expected.index, 6)
        self.assertGreater(lead.trust_index, 50)
        self.assertTrue(relationship.thin)

    def test_unknown_company_stays_a_dash(self):
        """C13: a lead nobody knows anything about has no relationship."""
        lead = self.env["crm.lead"].create({"name": "X", "partner_name": "Nobody"})
        self.env["crm.lead"]._queue_transferred()
        self._drain()
        self.assertFalse(lead.trust_relationship_id)

    def test_lead_gets_its_customer(self):
        """C6: evidence moves to the customer, logged; content and rows stay."""
        lead = self.env["crm.lead"].create({"name": "Somebody"})
        row = self._record(lead, "lead_answered", days_ago=2)
        before = row.read(["date", "magnitude", "voice", "signal_id", "source_key"])
        self._drain()
        own = lead.trust_relationship_id
        self.assertEqual(own.lead_id, lead)
        lead.partner_id = self.other_customer
        self.env.cr.flush()
        self.assertEqual(row.partner_id, self.other_customer)
        after = row.read(["date", "magnitude", "voice", "signal_id", "source_key"])
        self.assertEqual(before, after)
        route = self.env["trust.evidence.route"].search([("evidence_id", "=", row.id)])
        self.assertEqual(
            (route.reason, route.from_id, route.to_id),
            ("lead_customer", lead.id, self.other_customer.id),
        )
        self._drain()
        relationship = self._relationship(self.other_customer)
        self.assertEqual(relationship.evidence_count, 1)
        self.assertEqual(lead.trust_relationship_id, relationship)
        self.assertFalse(self.relationships.search([("lead_id", "=", lead.id)]))

    def test_no_group_copies_as_before(self):
        """C5: somebody without the trust group copies leads and contacts."""
        seller = self._new_user("plain_seller", "sales_team.group_sale_salesman")
        lead = self.env["crm.lead"].create({"name": "To copy", "user_id": seller.id})
        self.assertTrue(lead.with_user(seller).copy())
