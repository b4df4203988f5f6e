# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from lxml.etree import fromstring

from .common import TrustCase


class TestTrustRelationshipOpen(TrustCase):
    """Where a reader goes from a relationship."""

    def _opened(self, relationship):
        action = relationship.action_open_evidence()
        return self.env[action["res_model"]].search(action["domain"])

    def test_evidence_of_a_company(self):
        """C12: a company's evidence is its own and its contacts'."""
        own = self._record(self.customer, "meeting_held")
        contacts = self._record(self.contact, "promise_kept")
        self._record(self.other_customer, "promise_kept")
        self._drain()
        company = self.relationships._get_for(self.customer)
        self.assertEqual(self._opened(company), own | contacts)
        self.assertEqual(
            self._opened(self.relationships._get_for(self.contact)), contacts
        )

    def test_evidence_of_a_lead(self):
        """C6: a lead without a customer opens what was recorded on it."""
        lead = self.env["crm.lead"].create({"name": "New from a friend"})
        row = self._record(lead, "lead_answered")
        self.assertEqual(self._opened(self.relationships._get_for(lead)), row)

    def test_history_and_subject(self):
        """C11: history shows this relationship only; the customer is one click away."""
        relationship = self.relationships._get_for(self.customer)
        history = relationship.action_open_history()
        self.assertEqual(history["domain"], [("relationship_id", "=", relationship.id)])
        subject = relationship.action_open_subject()
        self.assertEqual(
            (subject["res_model"], subject["res_id"]),
            ("res.partner", self.customer.id),
        )

    def test_override_offers_an_end(self):
        """C10: the first override proposes an end instead of none."""
        relationship = self.relationships._get_for(self.customer)
        action = relationship.with_user(self.manager).action_override()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        self.assertTrue(wizard.new().until)

    def test_privacy_officer_sees_no_bonds(self):
        """A1: the privacy officer reads the form, without bonds, history or panel."""
        self._record(self.customer, "meeting_held", user_id=self.seller.id)
        self._drain()
        relationship = self.relationships._get_for(self.customer)
        view = relationship.with_user(self.privacy).get_view(view_type="form")
        for name in ("bond_ids", "snapshot_ids", "trust_panel"):
            self.assertNotIn(name, view["arch"])
        names = {
            node.get("name"): {} for node in fromstring(view["arch"]).iter("field")
        }
        shown = relationship.with_user(self.privacy).web_read(names)
        self.assertEqual(shown[0]["evidence_count"], 1)
