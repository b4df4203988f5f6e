# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.tests import tagged

from .common import MailingCase


@tagged("post_install", "-at_install")
class TestPush(MailingCase):
    """C2, S9: mailings at the wrong moment, or too many of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for partner in (cls.customer, cls.other_customer):
            partner.trust_scoring = "always"

    # DURING A COMPLAINT

    def test_while_a_complaint_is_open(self):
        """C2: from the day the complaint came; to any contact of the company."""
        complaint = self._complain(days=10)
        self._push(days=11)
        hit = self._push(days=9)
        self._collect()
        row = self._live()
        self.assertEqual((row.source_model, row.source_id), ("mailing.trace", hit.id))
        self.assertEqual(row.date, hit.sent_datetime.replace(microsecond=0))
        self.assertEqual(row.company_id, complaint.company_id)
        self.assertFalse(row.user_id)
        self.assertEqual(row.voice, "system")
        self.assertEqual(row._document_title(hit), hit.mass_mailing_id.subject)

    def test_after_the_complaint(self):
        """C2: solved or left, mailings are welcome again, until it is reopened."""
        complaint = self._complain(days=20)
        self._leave(complaint, days=10)
        self._push(days=8)
        self._collect()
        self.assertFalse(self._live())
        complaint._reopen("It broke again")
        complaint.move_ids.sorted("id")[-1].date = self.now - timedelta(days=5)
        hit = self._push(days=4)
        self._collect()
        self.assertEqual(self._live().source_id, hit.id)

    def test_complaint_of_another(self):
        """C2: what others complain about is no reason not to write to this one."""
        self._complain(self.other_customer)
        self._push()
        self._collect()
        self.assertFalse(self._live())

    def test_complaint_noted_later(self):
        """C2: a complaint that came before the mailing and was noted after it."""
        hit = self._push(days=9)
        self._collect()
        self.assertFalse(self._live())
        self._complain(days=10)
        self._collect(self.now - timedelta(hours=1))
        self.assertEqual(self._live().source_id, hit.id)

    def test_complaint_taken_back(self):
        """C2: who takes the complaint back takes back what followed from it."""
        complaint = self._complain()
        complaint._leave("withdrawn", "My mistake", voice="customer")
        complaint.move_ids.sorted("id")[-1].date = self.now - timedelta(days=1)
        self._push(days=2)
        self._collect()
        self.assertFalse(self._live())

    # TOO MANY

    def test_beyond_the_limit(self):
        """C2: four within thirty days are allowed, each one more is a fact."""
        pushes = [self._push(days=days) for days in (41, 29, 20, 15, 10, 5, 1)]
        self._collect()
        self.assertEqual(
            set(self._live().mapped("source_id")), {p.id for p in pushes[5:]}
        )

    def test_same_second(self):
        """C2: several at once have each its number."""
        pushes = [self._push(days=2) for _number in range(5)]
        self._collect()
        self.assertEqual(self._live().mapped("source_id"), [pushes[-1].id])

    def test_limit_of_the_administrator(self):
        """C2: both parameters are the signal's; 0 is no limit."""
        self.signal.write({"limit_count": 0})
        for days in range(6):
            self._push(days=days)
        self._collect()
        self.assertFalse(self._live())
        self.signal.write({"limit_count": 1, "window_days": 1})
        self._collect()
        self.assertEqual(len(self._live()), 5)

    def test_settings(self):
        """C2: the limit stands in the settings too."""
        settings = self.env["res.config.settings"].create(
            {"trust_push_limit": 2, "trust_push_days": 7}
        )
        settings.execute()
        self.assertEqual((self.signal.limit_count, self.signal.window_days), (2, 7))
        again = self.env["res.config.settings"].create({})
        self.assertEqual((again.trust_push_limit, again.trust_push_days), (2, 7))

    def test_colleagues_of_a_customer(self):
        """C2: what each person received counts, not the whole company's post."""
        for days in range(4):
            self._push(days=days)
            self._push(self.customer, days=days)
        self._collect()
        self.assertFalse(self._live() | self._live(partner=self.customer))

    # ONE FACT

    def test_one_push_one_fact(self):
        """C3: beyond the limit and in a complaint, collected thrice: one fact."""
        self._complain()
        self.signal.limit_count = 1
        pushes = [self._push(days=days) for days in (3, 2, 1)]
        for since in (None, self.now - timedelta(days=1), None):
            self._collect(since)
            self.assertEqual(
                set(self._live().mapped("source_id")), {p.id for p in pushes}
            )

    def test_not_received(self):
        """C2: tests, failures and what is not sent yet are no pushes."""
        self._complain()
        self._push(is_test_trace=True)
        for status in ("outgoing", "error", "cancel", "bounce"):
            self._push(trace_status=status)
        self._push(sent_datetime=False)
        self._collect()
        self.assertFalse(self._live())

    def test_bounced_later(self):
        """C2: what comes back was not received: the fact is withdrawn."""
        self._complain()
        push = self._push()
        self._collect()
        self.assertTrue(self._live())
        push.set_opened()
        self.env.cr.flush()
        self.assertTrue(self._live())
        push.set_bounced()
        self.env.cr.flush()
        self.assertFalse(self._live())

    def test_deleted_mailing(self):
        """C2: a deleted mailing takes what it said along."""
        self._complain()
        self._push()
        self._collect()
        self.mailing.unlink()
        self.assertFalse(self._live())

    def test_by_list_and_address(self):
        """C2: on a list the address says who it is; of two, the oldest contact."""
        self._complain()
        twin = self.contact.copy()
        known = self.env["mailing.contact"].create(
            {"name": "Brandon", "email": "Brandon@Azure.example"}
        )
        self._push(model="mailing.contact", res_id=known.id)
        mailed = self._push(twin)
        self._collect()
        self.assertEqual(len(self._live()), 1)
        self.assertEqual(self._live(partner=twin).source_id, mailed.id)

    def test_archived_signal(self):
        """C2: switched off it finds nothing."""
        self._complain()
        self._push()
        self.signal.active = False
        self._collect()
        self.assertFalse(self._live())

    # NO CONTACT

    def test_mailing_is_no_contact(self):
        """H1: a mailing answers no mail, and is no contact with a person."""
        self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": self.contact.id,
                "message_type": "email",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "author_id": self.contact.id,
                "date": self.now - timedelta(minutes=10),
            }
        )
        mailing = self._mailing(
            mailing_domain=repr([("id", "=", self.contact.id)]), keep_archives=True
        )
        mailing.with_user(self.env.ref("base.user_admin")).action_send_mail()
        self.assertTrue(mailing.mailing_trace_ids)
        self._collect()
        for code in ("mail_answered", "human_contact", "lead_answered"):
            self.assertFalse(self._live(code), code)
        self.assertTrue(self._live("contact_by_customer"))

    def test_score(self):
        """S9: it costs nearness and, above all, the look at their interest."""
        self._complain()
        before = self._push()
        self._drain()
        index = self._relationship(self.contact).trust_index
        self._collect()
        self._drain()
        self.assertLess(self._relationship(self.contact).trust_index, index - 3)
        self.assertTrue(before)
