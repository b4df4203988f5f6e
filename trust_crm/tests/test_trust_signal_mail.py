# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustSignalMail(ObserverCase):
    """C8: mails of customers, answered or not, from mail.message."""

    def setUp(self):
        super().setUp()
        self.env.ref("trust_crm.signal_mail_answered").target_hours = 8
        self.env.ref("trust_crm.signal_mail_asked_twice").target_hours = 2

    # ANSWERED

    def test_answered(self):
        """C8: an answer within the target; it is the answering employee's."""
        mail = self._write_mail(self.customer, "09:00")
        self._answer("11:00")
        row = self.assertFound("mail_answered", ["11:00"])
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual((row.source_model, row.source_id), ("mail.message", mail.id))
        self.assertEqual(row.voice, "system")

    def test_again_adds_nothing(self):
        """C2: collecting twice, or since yesterday, adds nothing."""
        self._write_mail(self.customer, "09:00")
        self._answer("11:00")
        self._write_mail(self.customer, "14:00")
        self._collect()
        count = self.env["trust.evidence"].search_count([])
        self._collect()
        self._collect(since=at("00:00"))
        self.assertEqual(self.env["trust.evidence"].search_count([]), count)

    def test_over_the_weekend(self):
        """C8: Friday 16:00 to Monday 15:59 is less than eight working hours."""
        self._write_mail(self.customer, "2025-03-07 16:00")
        self._answer("2025-03-10 15:59")
        self.assertFound("mail_answered", ["2025-03-10 15:59"])

    def test_late(self):
        """C8: a passed target alone records nothing, neither good nor bad."""
        self._write_mail(self.customer, "09:00")
        self._answer("2025-03-04 10:01")
        self.assertFound("mail_answered", [])
        self.assertFound("mail_asked_twice", [])

    def test_day_off(self):
        """C8: a general day off does not count."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Carnival",
                "calendar_id": self.calendar.id,
                "date_from": at("2025-03-04 00:00"),
                "date_to": at("2025-03-04 23:59"),
            }
        )
        self._write_mail(self.customer, "09:00")
        self._answer("2025-03-05 08:30")
        self.assertFound("mail_answered", ["2025-03-05 08:30"])

    def test_clock_change(self):
        """C8: hours are the calendar's own: Berlin opens at 6:00 UTC in summer."""
        self.calendar.tz = "Europe/Berlin"
        self._write_mail(self.customer, "2025-03-28 15:00")  # Friday 16:00
        self._answer("2025-03-31 14:00")  # Monday 16:00, eight hours later
        self._write_mail(self.customer, "2025-04-11 14:00")  # Friday 16:00
        self._answer("2025-04-14 14:01")
        self.assertFound("mail_answered", ["2025-03-31 14:00"])

    def test_two_companies(self):
        """C9: the calendar is that of the company whose lead it is."""
        other = self.env["res.company"].create({"name": "Shop"})
        other.resource_calendar_id = self._make_calendar("Early", "Asia/Tokyo")
        there = self._make_lead(self.customer, company_id=other.id)
        for lead in (self.lead, there):  # two hours here, eight hours there
            self._write_mail(self.customer, "17:00", lead)
            self._answer("2025-03-04 10:00", lead)
        signal = self.env.ref("trust_crm.signal_mail_answered")
        signal.target_hours = 7.9
        self._collect()
        found = self._found("mail_answered")
        self.assertEqual(found.company_id, self.env.company)
        signal.target_hours = 8
        self._collect()
        self.assertEqual(
            self._found("mail_answered").company_id, self.env.company | other
        )

    def test_one_answer_per_run(self):
        """C8: one answer to three mails is one fact, measured from the first."""
        first = self._write_mail(self.customer, "09:00")
        self._write_mail(self.customer, "09:10")
        self._write_mail(self.customer, "09:20")
        self._answer("10:00")
        self._answer("10:30")
        row = self.assertFound("mail_answered", ["10:00"])
        self.assertEqual(row.source_id, first.id)

    def test_two_people_in_one_thread(self):
        """C8: two contacts of a company who wrote are both answered."""
        other = self.env["res.partner"].create({"name": "Bob"})
        self._make_lead(other)
        self._write_mail(self.customer, "09:00")
        self._write_mail(other, "09:30")
        self._answer("10:00")
        self.assertFound("mail_answered", ["10:00"])
        self.assertFound("mail_answered", ["10:00"], other)

    def test_answer_by_mail_client(self):
        """C8: an employee who answers from his own mail program is a person too."""
        self._write_mail(self.customer, "09:00")
        self._answer("10:00", message_type="email")
        self.assertFound("mail_answered", ["10:00"])

    def test_thread_on_partner(self):
        """C8: a conversation on the contact itself counts like one on a lead."""
        self._write_mail(self.customer, "09:00", self.customer)
        self._answer("10:00", self.customer)
        self.assertFound("mail_answered", ["10:00"])

    def test_not_an_answer(self):
        """C8: notes, automatic answers, templates and mailings do not count."""
        self._write_mail(self.customer, "09:00")
        self._answer("09:01", message_type="auto_comment")
        self._answer("09:02", message_type="out_of_office")
        self._answer("09:03", message_type="notification")
        self._answer("09:04", message_type="email_outgoing")
        self._answer("09:05", subtype_id=self.note.id)
        self._answer("09:06", subtype_id=False)
        self._answer("09:07", is_internal=True)
        self._answer("09:08", user=self.env.ref("base.user_root"))
        self.assertFound("mail_answered", [])

    def test_answer_by_customer_or_elsewhere(self):
        """C8: neither the customer nor another thread answers."""
        other = self.env["res.partner"].create({"name": "Bob"})
        self._write_mail(self.customer, "09:00")
        self._write_mail(other, "09:10")
        self._answer("09:20", self._make_lead(self.customer))
        self.assertFound("mail_answered", [])

    def test_colleagues_and_suppliers(self):
        """C8: mails of colleagues and of those who are no customers count nothing."""
        supplier = self.env["res.partner"].create({"name": "Steel"})
        self._write_mail(supplier, "09:00", supplier)
        self._answer("09:10", supplier)
        colleague = self._make_user("observer_colleague", self.env.company)
        self._write_mail(colleague.partner_id, "10:00", message_type="email")
        self._answer("10:10")
        self._collect()
        self.assertFalse(self._found("mail_answered", supplier))
        self.assertFalse(self._found("mail_answered", colleague.partner_id))

    def test_sent_mails_sink_nobody(self):
        """C8: mails that we sent and that needed no answer record nothing."""
        for hour in range(8, 12):
            self._answer(f"{hour:02}:00")
        self._collect()
        self.assertFalse(self.env["trust.evidence"].search([]))

    def test_chat_is_no_mail(self):
        """C8: channels are chat."""
        channel = self.env["discuss.channel"].create({"name": "Room"})
        self._write_mail(self.customer, "09:00", channel)
        self._answer("09:10", channel)
        self.assertFound("mail_answered", [])

    # LEADS WITHOUT A CUSTOMER

    def test_lead_without_customer(self):
        """C6, C8: a stranger's mail on a lead speaks about the lead."""
        lead = self._make_lead(email_from="new@example.com")
        self._write_mail(None, "09:00", lead)
        self._answer("10:00", lead)
        row = self.assertFound("mail_answered", ["10:00"], lead)
        self.assertFalse(row.partner_id)

    def test_no_reply(self):
        """C8: what comes from a no-reply address is nobody's mail."""
        lead = self._make_lead(email_from="no-reply@example.com")
        for sender in (
            "no-reply@example.com",
            '"Shop" <noreply@example.com>',
            "do_not_reply@example.com",
            "MAILER-DAEMON@example.com",
        ):
            self._write_mail(None, "09:00", lead, email_from=sender)
        self._answer("10:00", lead)
        self.assertFound("mail_answered", [], lead)

    def test_mail_that_made_the_lead(self):
        """C8: it is judged once, as the new lead."""
        lead = self._make_lead(self.customer, created=at("09:00"))
        self._write_mail(
            self.customer, "09:00", lead, incoming_email_to="info@ours.example.com"
        )
        self._answer("10:00", lead)
        self.assertFound("mail_answered", [])
        self.assertFound("lead_answered", ["10:00"])

    # ASKED TWICE

    def test_asked_twice(self):
        """C8: the customer wrote again, unanswered, after two working hours."""
        first = self._write_mail(self.customer, "09:00")
        self._write_mail(self.customer, "11:01")
        row = self.assertFound("mail_asked_twice", ["11:01"])
        self.assertEqual(row.source_id, first.id)

    def test_addition(self):
        """C8: a second mail within minutes, or over a weekend, is no reminder."""
        self._write_mail(self.customer, "2025-03-07 16:30")
        self._write_mail(self.customer, "2025-03-07 16:35")
        self._write_mail(self.customer, "2025-03-09 20:00")
        self.assertFound("mail_asked_twice", [])

    def test_asked_twice_is_one_per_run(self):
        """C8: three reminders are one fact; after an answer a new run begins."""
        for when in ("08:00", "11:00", "14:00", "16:00"):
            self._write_mail(self.customer, when)
        self.assertFound("mail_asked_twice", ["11:00"])
        self._answer("16:30")
        self._write_mail(self.customer, "2025-03-04 09:00")
        self._write_mail(self.customer, "2025-03-04 13:30")
        self.assertFound("mail_asked_twice", ["11:00", "2025-03-04 13:30"])

    def test_asked_again_after_answer(self):
        """C8: a new question after an answer was not asked twice."""
        self._write_mail(self.customer, "09:00")
        self._answer("10:00")
        self._write_mail(self.customer, "14:00")
        self.assertFound("mail_asked_twice", [])

    def test_other_target_is_no_other_fact(self):
        """C2: a changed parameter makes no second fact of the same run."""
        self._write_mail(self.customer, "08:00")
        self._write_mail(self.customer, "09:30")
        self._write_mail(self.customer, "11:30")
        self.assertFound("mail_asked_twice", ["11:30"])
        self.env.ref("trust_crm.signal_mail_asked_twice").target_hours = 1
        self.assertFound("mail_asked_twice", ["11:30"])

    # IN TOUCH FIRST

    def test_contact_by_customer(self):
        """C8: the first mail after silence is the customer's own initiative."""
        self.env.ref("trust_crm.signal_contact_by_customer").window_days = 7
        self._write_mail(self.customer, "09:00")
        self._answer("10:00")
        self._write_mail(self.customer, "11:00")
        self._write_mail(self.customer, "12:00", self._make_lead(self.customer))
        row = self.assertFound("contact_by_customer", ["09:00"])
        self.assertEqual(row.voice, "customer")
        self._write_mail(self.customer, "2025-03-11 09:00")
        self.assertFound("contact_by_customer", ["09:00", "2025-03-11 09:00"])

    def test_answer_to_us_is_no_contact_by_customer(self):
        """C8: who answers our mail did not get in touch first."""
        self._answer("08:00")
        self._write_mail(self.customer, "09:00")
        self.assertFound("contact_by_customer", [])

    # INCREMENTAL

    def test_incremental_pairs(self):
        """C8: an answer now, to a mail collected before, with all its context."""
        self._write_mail(self.customer, "09:00")
        self._collect()
        self.assertFalse(self._found("mail_answered"))
        self._answer("10:00")
        self._collect(since=at("09:30"))
        self.assertEqual(self._found("mail_answered").date, at("10:00"))
        self.assertEqual(len(self._found("contact_by_customer")), 1)

    def test_incremental_equals_full(self):
        """C8: hour by hour finds the same facts as all at once."""
        other = self._make_lead(self.customer)
        story = [
            ("08:30", self.lead, self.customer),
            ("09:00", other, self.seller.partner_id),
            ("10:45", self.lead, self.customer),
            ("11:10", other, self.customer),
            ("13:30", self.lead, self.seller.partner_id),
            ("2025-03-04 09:15", other, self.seller.partner_id),
            ("2025-03-04 14:00", self.lead, self.customer),
            ("2025-03-20 14:00", other, self.customer),
            ("2025-03-20 16:55", other, self.customer),
            ("2025-03-21 09:00", other, self.seller.partner_id),
        ]
        for when, lead, author in story:
            self._write_mail(author, when, lead)
            self._collect(since=at(when) - timedelta(minutes=30))
        keys = self._keys()
        self.assertGreater(len(keys), 5)
        self._collect()
        self.assertEqual(self._keys(), keys)

    def _keys(self):
        rows = self.env["trust.evidence"].search(
            [("source_model", "=", "mail.message")]
        )
        return sorted((r.signal_id.code, r.source_id, r.date) for r in rows)

    def test_first_message_since(self):
        """C8: the bisection finds where new messages begin."""
        signal = self.env["trust.signal"]
        mails = [self._write_mail(self.customer, f"{hour:02}:00") for hour in (9, 10)]
        now = self.env.cr.now()
        self._backdate(mails[0], now - timedelta(days=1))
        self._backdate(mails[1], now + timedelta(days=1))
        self.assertEqual(
            signal._first_message_since(now + timedelta(hours=1)), mails[1].id
        )
        self.assertGreater(
            signal._first_message_since(now + timedelta(days=2)), mails[1].id
        )
        first = self.env["mail.message"].sudo().search([], order="id", limit=1)
        self.assertEqual(signal._first_message_since(at("2000-01-01 00:00")), first.id)
