# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustContact(ObserverCase):
    """H1: the last contact, from real records only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._make_user("observer_other", cls.env.company)
        (cls.seller | cls.other).group_ids += cls.env.ref(
            "trust_crm.group_trust_user"
        ) + cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.customer.user_id = cls.seller

    def _send(self, when, recipient=None, user=None, status="sent", **values):
        """A mail of an employee that Odoo sent to the customer."""
        message = self._answer(when, self.customer, user, **values)
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": (recipient or self.customer).id,
                "notification_type": "email",
                "notification_status": status,
            }
        )
        return message

    def _last(self, subject=None, user=None):
        """The relationship after collecting and refreshing."""
        self._collect()
        self._drain()
        relationship = self._relationship(subject or self.customer)
        self.env.invalidate_all()
        return relationship.with_user(user or self.seller)

    # WHAT IS A CONTACT

    def test_mail_written_without_need(self):
        """H1: a mail nobody asked for is a contact: who, when, how, on what."""
        self._send("09:00")
        last = self._last()
        self.assertEqual(last.last_contact_date, at("09:00"))
        self.assertEqual(last.last_contact_user_id, self.seller)
        self.assertEqual(last.last_contact_partner_id, self.customer)
        self.assertEqual(last.last_contact_channel, "Mail")
        self.assertEqual(last.last_contact_record, self.customer)

    def test_mail_received_in_a_conversation(self):
        """H1: any mail of theirs counts, answered or not; no employee is named."""
        self._write_mail(self.customer, "09:00")
        self._answer("2025-03-06 09:00")
        self._write_mail(self.customer, "2025-03-06 10:00")
        last = self._last()
        self.assertEqual(last.last_contact_date, at("2025-03-06 10:00"))
        self.assertFalse(last.last_contact_user_id)
        self.assertEqual(last.last_contact_record, self.lead)

    def test_never_mass_mail_or_notes(self):
        """H1: no mailing, note, automatic or bounced message is a contact."""
        self._send("09:00", message_type="email_outgoing")
        self._send("09:10", message_type="notification")
        self._send("09:20", message_type="auto_comment")
        self._send("09:30", subtype_id=self.note.id)
        self._send("09:40", is_internal=True)
        self._send("09:50", status="bounce")
        self._answer("10:00", self.customer)  # sent to nobody outside
        self.assertFalse(self._last().last_contact_date)

    def test_only_the_latest_of_each(self):
        """H1: the ledger is no mailbox: one mail for each customer and employee."""
        for minute in range(5):
            self._send(f"09:0{minute}")
        self._send("09:30", user=self.other)
        self._collect()
        found = self._found("mail_written")
        self.assertEqual(found.mapped("date"), [at("09:04"), at("09:30")])
        self._collect()
        self.assertEqual(self._found("mail_written"), found)
        self._send("11:00")
        self._collect(since=at("10:00"))
        self.assertEqual(self._found("mail_written")[-1].date, at("11:00"))

    def test_two_customers_one_mail(self):
        """H1: one mail to two customers is a contact with both."""
        friend = self.env["res.partner"].create({"name": "Bob", "email": "b@b.example"})
        self._make_lead(friend)
        message = self._send("09:00")
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": friend.id,
                "notification_type": "email",
                "notification_status": "sent",
            }
        )
        self._collect()
        self.assertEqual(len(self._found("mail_written")), 1)
        self.assertEqual(len(self._found("mail_written", friend)), 1)

    def test_mails_sink_nobody(self):
        """H1: mails as contact weigh nothing: every score stays as it is."""
        self._record(self.customer, "promise_kept", days_ago=30)
        self._record(self.customer, "promise_broken", days_ago=60)
        self._drain()
        names = (
            "trust_index",
            "circle_low",
            "confidence",
            "mass",
            "circle_id",
            "stage_id",
            "band",
            "thin",
            "positive_codes",
            "first_date",
            "customer_date",
        )
        relationship = self._relationship(self.customer)
        before = [relationship[name] for name in names]
        for code in ("mail_written", "mail_received"):
            self._record(self.customer, code, user_id=self.seller.id)
        self._drain()
        relationship.invalidate_recordset()
        for name, value in zip(names, before, strict=True):
            if isinstance(value, float):
                self.assertAlmostEqual(relationship[name], value, 4, name)
            else:
                self.assertEqual(relationship[name], value, name)
        self.assertTrue(relationship.last_contact_date)

    def test_meeting_and_company(self):
        """H1: a meeting with somebody of the company is the company's last contact."""
        company = self.env["res.partner"].create(
            {"name": "Ada Ltd", "is_company": True, "user_id": self.seller.id}
        )
        self.customer.parent_id = company
        self._meet()
        last = self._last(company)
        self.assertEqual(last.last_contact_date, at("11:00"))
        self.assertEqual(last.last_contact_channel, "Meeting")
        self.assertEqual(last.last_contact_partner_id, self.customer)

    def _meet(self, **values):
        event = self.env["calendar.event"].create(
            {
                "name": "Quiet talk",
                "start": at("10:00"),
                "stop": at("11:00"),
                "user_id": self.other.id,
                "partner_ids": [(6, 0, (self.customer + self.other.partner_id).ids)],
                **values,
            }
        )
        event.attendee_ids.write({"state": "accepted"})
        return event

    # AT ONCE

    def test_call_done_counts_at_once(self):
        """H1: a call marked done is a contact when it is saved, without collecting."""
        activity = self.customer.with_user(self.seller).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.seller.id
        )
        activity._action_done(feedback="She is well")
        self._drain()
        relationship = self._relationship(self.customer).with_user(self.seller)
        self.assertTrue(relationship.last_contact_date)
        self.assertEqual(relationship.last_contact_user_id, self.seller)
        self.assertEqual(relationship.last_contact_channel, "Call")
        count = len(self._found("human_contact"))
        self._collect()
        self.assertEqual(len(self._found("human_contact")), count, "one call, one fact")

    def test_todo_done_is_no_contact(self):
        """H1: other activities are no contact."""
        activity = self.customer.with_user(self.seller).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.seller.id
        )
        activity._action_done()
        self._drain()
        self.assertFalse(self._found("human_contact"))

    def test_mail_from_the_list_counts_at_once(self):
        """H1: what is written from a contact list is a contact when it is sent."""
        relationship = self._relationship(self.customer).with_user(self.seller)
        context = relationship.action_contact_write()["context"]
        composer = self.env["mail.compose.message"].with_user(self.seller)
        composer = composer.with_context(**context).create({"body": "How are you?"})
        composer._action_send_mail()
        self._drain()
        self.env.invalidate_all()
        self.assertEqual(relationship.last_contact_user_id, self.seller)
        self.assertEqual(relationship.last_contact_channel, "Mail")

    # RIGHTS

    def test_no_leak_of_a_private_meeting(self):
        """H1: of a private meeting others see the day alone, not who met whom."""
        self._meet(privacy="private")
        last = self._last()
        self.assertEqual(last.last_contact_date, at("11:00"))
        for name in ("user_id", "partner_id", "channel", "record"):
            self.assertFalse(last[f"last_contact_{name}"], name)
        self.assertNotIn(self.other.name, last.contact_reason)
        with_rights = self._last(user=self.manager)
        self.assertFalse(with_rights.last_contact_user_id)

    def test_no_leak_of_a_document(self):
        """H1: a mail on a lead of others names nobody to who may not read the lead."""
        self.lead.user_id = self.other
        self.seller.group_ids -= self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.seller.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self._write_mail(self.customer, "09:00")
        self._answer("10:00")
        last = self._last()
        self.assertFalse(self.lead.with_user(self.seller).has_access("read"))
        self.assertTrue(last.last_contact_date)
        self.assertFalse(last.last_contact_user_id)
        self.assertFalse(last.last_contact_record)
        self.assertFalse(last.last_contact_channel)

    def test_own_customers_only(self):
        """H1, H2: another's customers, their contacts and days stay theirs."""
        self._send("09:00")
        relationship = self._last()
        others = relationship.with_user(self.other)
        with self.assertRaises(AccessError):
            others.read(["contact_reason"])
        with self.assertRaises(AccessError):
            others.action_contact_write()
        with self.assertRaises(AccessError):
            others.action_contact_later()
        found = others.search([("next_contact_date", "!=", False)])
        self.assertNotIn(relationship.id, found.ids)
        partner = self.customer.with_user(self.other)
        self.assertFalse(partner.trust_last_contact_date)
        with self.assertRaises(AccessError):
            self.customer.with_user(self.outsider).read(["trust_ideal_days"])

    # WORDS

    def test_words(self):
        """H1, S22: one method says it, on card, panel, list and Today."""
        self.assertEqual(self._relationship(self.customer)._say_contact(), "")
        self.customer.with_user(self.seller).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.seller.id
        )._action_done()
        self._drain()
        relationship = self._relationship(self.customer).with_user(self.seller)
        words = "Last contact today · Call · observer_seller"
        self.assertEqual(relationship._say_contact(by=True), words)
        card = self.env["trust.today"].with_user(self.seller)
        history = card.get_caller_card(self.customer.id)["history"]
        self.assertIn(words, history)
        self.assertEqual(relationship.get_trust_panel()["contact"], words)

    def test_query_count(self):
        """H1: a page of relationships costs as many queries as one."""
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "user_id": self.seller.id} for n in range(12)]
        )
        for person in people:
            person.with_user(self.seller).activity_schedule(
                "mail.mail_activity_data_call", user_id=self.seller.id
            )._action_done()
        self._drain()
        found = self._relationship(people).with_user(self.seller)

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("contact_reason")
            return self.env.cr.sql_log_count - before

        count(found)
        self.assertLessEqual(count(found), count(found[0]) + 1)
