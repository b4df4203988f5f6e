# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from contextlib import contextmanager
from email.message import EmailMessage

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCase

ADDRESS = "complaints@trust.example"
GATEWAY = "odoo.addons.mail.models.mail_thread"


@tagged("post_install", "-at_install")
class TestTrustComplaintMail(ComplaintCase):
    """Complaints by mail: forged, strange, broken, twice: all kept, nothing leaked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "trust.example"})
        cls.company.alias_domain_id = domain
        cls.env["res.config.settings"].create(
            {"trust_complaint_alias_name": "complaints"}
        ).execute()
        cls.threads = cls.env["mail.thread"].with_context(mail_create_nolog=True)
        cls.number = 0

    def mail(self, sender="Mara Lind <mara@lind.example>", body="It broke", **headers):
        """A mail to the address for complaints."""
        type(self).number += 1
        mail = EmailMessage()
        values = {
            "From": sender,
            "To": ADDRESS,
            "Subject": "Broken shelf",
            "Message-ID": f"<k{self.number}@lind.example>",
        } | {key.replace("_", "-"): value for key, value in headers.items()}
        for key, value in values.items():
            if value:
                mail[key] = value
        mail.set_content(body)
        return mail

    @contextmanager
    def clock(self):
        with self.at(), mute_logger(GATEWAY):
            yield

    def receive(self, mail):
        """Feed it to the gateway; return the complaints that came of it."""
        last = self.env["trust.complaint"].search([], order="id desc", limit=1).id
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        with self.clock():
            self.threads.message_process("crm.lead", raw)
            self.env.flush_all()
        return self.env["trust.complaint"].search([("id", ">", last or 0)])

    def sent(self, complaint):
        """Mails queued about a complaint, to whoever is not one of us."""
        domain = [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        mails = self.env["mail.mail"].sudo().search(domain, order="id")
        return mails.filtered(
            lambda mail: (
                any(mail.recipient_ids.mapped("partner_share")) or mail.email_to
            )
        )

    # INTAKE

    def test_mail(self):
        """K1: a mail becomes a complaint, acknowledged, that counts nothing yet."""
        complaint = self.receive(self.mail())
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.subject, "Broken shelf")
        self.assertIn("It broke", complaint.description)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual((complaint.source, complaint.confirmed), ("mail", False))
        self.assertEqual(complaint.user_id, self.seller)
        self.assertFalse(self.live(complaint))
        reply = self.sent(complaint)
        self.assertEqual(len(reply), 1)
        self.assertIn(complaint.name, reply.subject)
        self.assertIn("mara@lind.example", reply.email_to)
        self.assertIn("5:00", reply.body_html, "the deadline")
        self.assertNotIn("access_token", reply.body_html, "not before confirmation")

    def test_confirm(self):
        """K1: confirmed, it counts from its reception."""
        complaint = self.receive(self.mail())
        needs = " ".join(complaint._get_needs("clarified"))
        self.assertIn("Confirm that the mail", needs)
        complaint.with_user(self.seller).action_confirm_sender()
        self.assertEqual(self.live(complaint), {"complaint_opened": ("customer", 0.5)})
        self.assertEqual(self.rows(complaint).date, complaint.received_date)

    def test_acknowledged_once(self):
        """K1: the customer hears of it in one mail, by whatever door it came."""
        for complaint in (self.complaint(), self.receive(self.mail())):
            mail = self.sent(complaint)
            self.assertEqual(len(mail._prepare_outgoing_list()), 1)
            self.assertIn("mara@lind.example", mail.email_to)

    def test_unknown(self):
        """K1: a stranger's mail is kept, acknowledged, and counts for nobody."""
        complaint = self.receive(self.mail("Nobody <nobody@far.example>"))
        self.assertFalse(complaint.partner_id or complaint.confirmed)
        self.assertEqual(complaint.email_from, '"Nobody" <nobody@far.example>')
        self.assertEqual(len(self.sent(complaint)), 1)
        with self.assertRaises(UserError):
            complaint.with_user(self.manager).action_confirm_sender()

    def test_forged_colleague(self):
        """T13: From is no proof: nothing is made in a colleague's name."""
        self.seller.partner_id.email = "seller@us.example"
        complaint = self.receive(self.mail("Seller <seller@us.example>"))
        self.assertNotEqual(complaint.create_uid, self.seller)
        self.assertFalse(complaint.partner_id or complaint.confirmed)
        self.assertFalse(self.sent(complaint), "nobody is answered")
        self.assertFalse(self.live(complaint))

    def test_forged_customer(self):
        """T13: whoever writes as a customer changes nothing of that customer's."""
        complaint = self.receive(self.mail(body="I hate them"))
        self._drain()
        self.assertFalse(self.rows(complaint))
        self.assertFalse(complaint.message_partner_ids & self.customer)

    def test_script(self):
        """T16: no script, no event handler survives."""
        mail = self.mail()
        mail.set_content(
            "<p onclick=alert(1)>Hi</p><script>alert(2)</script><svg onload=alert(3)>"
            "<meta http-equiv=refresh content=0><base href=//evil.example>"
            "<iframe src=//evil.example></iframe>",
            subtype="html",
        )
        complaint = self.receive(mail)
        for evil in ("script", "onclick", "onload", "<meta", "<base", "<iframe"):
            self.assertNotIn(evil, complaint.description)
            self.assertNotIn(evil, complaint.message_ids[-1:].body)
        self.assertIn("Hi", complaint.description)

    def test_large(self):
        """T13: 25 MB, and an empty file with a path for a name."""
        mail = self.mail()
        mail.add_attachment(
            b"x" * 25_000_000, maintype="image", subtype="png", filename="big.png"
        )
        mail.add_attachment(
            b"", maintype="text", subtype="plain", filename="../../etc/passwd"
        )
        complaint = self.receive(mail)
        names = complaint.message_ids.attachment_ids.mapped("name")
        self.assertIn("big.png", names)

    def test_broken_charsets(self):
        """T13: whatever the bytes are, the mail is kept."""
        kind = b"Content-Type: text/plain"
        bodies = {
            "unknown": kind + b'; charset="x-klingon"\r\n\r\nIt broke',
            "wrong": kind + b'; charset="utf-8"\r\n\r\nIt \xff\xfe broke',
            "none": kind + b"\r\n\r\nIt \xe9\xe8 broke",
            "base64": kind
            + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!not base64!!",
            "no-body": b"\r\n\r\n",
            "html": b'Content-Type: text/html; charset="x-unknown"\r\n\r\n<p>It broke',
        }
        for name, rest in bodies.items():
            head = (
                f"From: Mara Lind <mara@lind.example>\r\nTo: {ADDRESS}\r\n"
                f"Subject: =?x-odd?Q?caf=E9?=\r\nMessage-ID: <{name}@x>\r\n"
            )
            with self.subTest(name):
                complaint = self.receive(head.encode() + rest)
                self.assertEqual(len(complaint), 1)
                self.assertTrue(complaint.subject)

    def test_no_message_id(self):
        """T13: without a Message-ID it is kept too."""
        complaint = self.receive(self.mail(Message_ID=None))
        self.assertEqual(len(complaint), 1)

    def test_auto_reply(self):
        """T13: a robot's mail is kept, and not answered."""
        for header in ("Auto-Submitted", "X-Autoreply"):
            mail = self.mail()
            mail[header] = "auto-replied"
            complaint = self.receive(mail)
            self.assertEqual(len(complaint), 1)
            self.assertFalse(self.sent(complaint))

    def test_twice(self):
        """T13: one Message-ID, one complaint; the database itself sees to it."""
        mail = self.mail()
        first = self.receive(mail)
        self.assertFalse(self.receive(mail))
        values = {"subject": "x", "mail_key": first.mail_key}
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.env["trust.complaint"].sudo().create(values)

    # THREADS

    def message_id(self, complaint):
        return complaint.message_ids.sorted("id")[:1].message_id

    def test_reply(self):
        """K1: the customer's reply belongs to the complaint and ends the waiting."""
        complaint = self.receive(self.mail())
        with self.at():
            complaint.with_user(self.seller).action_pause()
        key = self.message_id(complaint)
        self.assertFalse(self.receive(self.mail(In_Reply_To=key, body="Two of them")))
        self.assertIn("Two of them", " ".join(complaint.message_ids.mapped("body")))
        self.assertFalse(complaint.waiting)

    def test_reply_of_the_same_firm(self):
        """K1: a colleague of the customer's may write as well."""
        boss = self.env["res.partner"].create(
            {
                "name": "Boss",
                "email": "boss@lind.example",
                "parent_id": self.customer.id,
            }
        )
        complaint = self.receive(self.mail())
        key = self.message_id(complaint)
        self.assertFalse(self.receive(self.mail(boss.email_formatted, In_Reply_To=key)))

    def test_stranger_in_thread(self):
        """T13: a stranger's reply into a thread is kept apart and shown nothing."""
        complaint = self.receive(self.mail())
        before = len(complaint.message_ids)
        stranger = self.receive(
            self.mail(
                "Eve <eve@evil.example>",
                body="What do you know about her?",
                In_Reply_To=self.message_id(complaint),
            )
        )
        self.assertEqual(len(stranger), 1)
        self.assertNotEqual(stranger, complaint)
        self.assertEqual(len(complaint.message_ids), before)
        self.assertFalse(stranger.message_ids.parent_id & complaint.message_ids)
        told = self.sent(stranger)
        self.assertNotIn("Mara", told.body_html)
        self.assertNotIn(complaint.name, told.body_html)

    def test_templates(self):
        """K1: written from a template, editable before it is sent."""
        complaint = self.complaint()
        for kind in ("acknowledgement", "proposal", "apology", "closing"):
            action = complaint.with_context(trust_template=kind).action_write()
            composer = (
                self.env["mail.compose.message"]
                .with_user(self.seller)
                .with_context(**action["context"])
                .create({})
            )
            self.assertIn(complaint.name, composer.subject)
            self.assertTrue(composer.body)

    def test_first_answer(self):
        """K3: a colleague's word to the customer is the first answer; a note is not."""
        complaint = self.complaint()
        with self.at(hours=1):
            complaint.message_post(body="Internal", subtype_xmlid="mail.mt_note")
            self.assertFalse(complaint.answered_date)
        with self.at(hours=2):
            complaint.message_post(
                body="We are so sorry",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        self.assertEqual(complaint.answered_date, self.utc("2026-01-12 10:00:00"))
        self.assertEqual(complaint.answered_by_id, self.seller)

    def test_alias_in_settings(self):
        """K1: the address is set, moved and taken away in the settings."""
        alias = self.company.trust_complaint_alias_id
        self.assertEqual(alias.alias_full_name, ADDRESS)
        settings = self.env["res.config.settings"]
        settings.create({"trust_complaint_alias_name": "sorry"}).execute()
        self.assertEqual(alias.alias_full_name, "sorry@trust.example")
        settings.create({"trust_complaint_alias_name": ""}).execute()
        self.assertFalse(self.company.trust_complaint_alias_id)
