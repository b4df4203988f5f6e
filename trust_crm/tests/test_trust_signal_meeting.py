# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustSignalMeeting(ObserverCase):
    """C8, P7: meetings that the customer accepted and that took place."""

    def _meet(self, start, state="accepted", partner=None, **values):
        partner = partner or self.customer
        event = self._make_meeting(start, partner, **values)
        self._attendee(event, partner).state = state
        return event

    def _attendee(self, event, partner=None):
        partner = partner or self.customer
        return event.attendee_ids.filtered(lambda a: a.partner_id == partner)

    def test_held(self):
        """P7: accepted and over; the organiser's; the source is the attendee."""
        event = self._meet(at("09:00"))
        row = self.assertFound("meeting_held", ["10:00"])
        self.assertEqual(row.user_id, self.seller)
        attendee = self._attendee(event)
        self.assertEqual(
            (row.source_model, row.source_id), ("calendar.attendee", attendee.id)
        )

    def test_not_held(self):
        """C8: unanswered, declined or archived invitations were no meeting."""
        self._meet(at("09:00"), "needsAction")
        self._meet(at("10:00"), "declined")
        self._meet(at("11:00"), "tentative")
        self._meet(at("12:00"), active=False)
        self.assertFound("meeting_held", [])

    def test_organiser_declined(self):
        """P7: what our organiser declined was not held."""
        event = self._meet(at("09:00"))
        self._attendee(event, self.seller.partner_id).state = "declined"
        self.assertFound("meeting_held", [])

    def test_moved_before_its_start(self):
        """P7: a meeting that is still to come, moved or not, records nothing."""
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        event = self._meet(tomorrow)
        self.assertFound("meeting_held", [])
        event.write(
            {
                "start": tomorrow + timedelta(days=1),
                "stop": tomorrow + timedelta(days=1, hours=1),
            }
        )
        self.assertFound("meeting_held", [])

    def test_company_of_the_opportunity(self):
        """C9: a meeting about an opportunity belongs to its company."""
        other = self.env["res.company"].create({"name": "Shop"})
        lead = self._make_lead(self.customer, company_id=other.id)
        self._meet(at("09:00"), opportunity_id=lead.id)
        row = self.assertFound("meeting_held", ["10:00"])
        self.assertEqual(row.company_id, other)

    def test_incremental(self):
        """C2: over since the last collection, though nobody wrote to it."""
        event = self._meet(at("09:00"))
        for records in (event, event.attendee_ids):
            records.flush_recordset()
            self.env.cr.execute(
                f"UPDATE {records._table} SET write_date = %s WHERE id = ANY(%s)",
                [at("2025-01-01 00:00"), records.ids],
            )
        self._collect(since=at("10:30"))
        self.assertFalse(self._found("meeting_held"))
        self._collect(since=at("09:30"))
        self.assertTrue(self._found("meeting_held"))

    # CALLS AND VISITS

    def _done(self, kind, document=None, user=None, **values):
        """Schedule an activity and mark it done, as the user does."""
        activity = (
            (document or self.lead)
            .with_user(self.env.ref("base.user_admin"))
            .activity_schedule(kind, user_id=self.env.ref("base.user_admin").id)
        )
        activity.write(values)
        activity.action_feedback(feedback="Spoke with her")
        return activity

    def test_call_done(self):
        """H1: a call marked done is contact, voiced by staff."""
        self._done("mail.mail_activity_data_call")
        self._collect()
        row = self._found("human_contact")
        self.assertEqual(len(row), 1)
        self.assertEqual(row.user_id, self.env.ref("base.user_admin"))
        self.assertEqual(row.voice, "staff")
        self.assertEqual(row.source_model, "mail.message")

    def test_visit_on_partner(self):
        """H1: a visit on the contact itself."""
        self._done("trust_crm.mail_activity_type_visit", self.customer)
        self._collect()
        self.assertEqual(len(self._found("human_contact")), 1)

    def test_no_human_contact(self):
        """H1: to-dos, notes and calls that are still planned are no contact."""
        self._done("mail.mail_activity_data_todo")
        self.lead.activity_schedule("mail.mail_activity_data_call")
        self.lead.message_post(body="called")
        self._collect()
        self.assertFalse(self._found("human_contact"))

    def test_meeting_without_calendar(self):
        """H1: a meeting done that no calendar knows is contact."""
        self._done("mail.mail_activity_data_meeting")
        self._collect()
        self.assertEqual(len(self._found("human_contact")), 1)

    def test_meeting_counted_once(self):
        """C8: one meeting is one fact: the calendar's, if the customer accepted."""
        start = fields.Datetime.now() - timedelta(hours=2)
        event = self._meet(start)
        self._done("mail.mail_activity_data_meeting")
        self._done("mail.mail_activity_data_call", calendar_event_id=event.id)
        self._collect()
        self.assertEqual(len(self._found("meeting_held")), 1)
        self.assertFalse(self._found("human_contact"))

    def test_call_on_the_day_of_a_meeting(self):
        """H1: a call of its own on the same day is another contact."""
        self._meet(fields.Datetime.now() - timedelta(hours=2))
        self._done("mail.mail_activity_data_call")
        self._collect()
        self.assertEqual(len(self._found("human_contact")), 1)
