# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustSignalLead(ObserverCase):
    """C8: the first answer to a new lead (first impression)."""

    def test_first_answer(self):
        """C8: within the target of the company's hours, by whoever answered first."""
        lead = self._make_lead(self.customer, created=at("2025-03-07 16:00"))
        self._answer("2025-03-10 10:00", lead)
        self._answer("2025-03-10 11:00", lead, self.env.ref("base.user_admin"))
        row = self.assertFound("lead_answered", ["2025-03-10 10:00"])
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual((row.source_model, row.source_id), ("crm.lead", lead.id))

    def test_late(self):
        """C8: a late first answer records nothing, nor does a quick second one."""
        lead = self._make_lead(self.customer, created=at("08:00"))
        self._answer("2025-03-04 08:01", lead)
        self._answer("2025-03-04 08:02", lead)
        self.assertFound("lead_answered", [])

    def test_not_an_answer(self):
        """C8: automatic answers, notes and what is older than the lead."""
        lead = self._make_lead(self.customer, created=at("08:00"))
        self._answer("07:00", lead)
        self._answer("08:10", lead, message_type="auto_comment")
        self._answer("08:20", lead, subtype_id=self.note.id)
        self._answer("08:30", lead, message_type="notification")
        self.assertFound("lead_answered", [])

    def test_call(self):
        """C8: a call marked done answers a lead, a to-do does not."""
        lead = self._make_lead(self.customer, created=at("08:00"))
        done = {"message_type": "notification", "subtype_id": self._activities().id}
        self._answer(
            "08:30",
            lead,
            mail_activity_type_id=self.env.ref("mail.mail_activity_data_todo").id,
            **done,
        )
        self.assertFound("lead_answered", [])
        self._answer(
            "09:00",
            lead,
            mail_activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
            **done,
        )
        self.assertFound("lead_answered", ["09:00"])

    def test_without_customer(self):
        """C6: a lead without a customer has its own first impression."""
        lead = self._make_lead(created=at("08:00"))
        self._answer("09:00", lead)
        row = self.assertFound("lead_answered", ["09:00"], lead)
        self.assertFalse(row.partner_id)
        lead.partner_id = self.customer
        self._collect()
        self.assertEqual(self._found("lead_answered"), row)

    def test_incremental(self):
        """C2: the lead was there before, its answer is new."""
        lead = self._make_lead(self.customer, created=at("08:00"))
        self._collect()
        self._answer("09:00", lead)
        self._collect(since=at("08:50"))
        self._collect(since=at("08:50"))
        self.assertEqual(self._found("lead_answered").date, at("09:00"))

    def _activities(self):
        return self.env.ref("mail.mt_activities")
