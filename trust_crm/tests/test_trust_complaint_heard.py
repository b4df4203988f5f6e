# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestTrustComplaintHeard(ComplaintCase):
    """Whatever the customer says reaches a person, in that person's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def file(self, **values):
        """Filed by the customer on the portal, in Chinese."""
        with self.at():
            complaint = (
                self.env["trust.complaint"]
                .with_context(lang="zh_CN")
                ._file(self.customer, {"subject": "It broke", **values})
            )
            self.env.flush_all()
        return complaint.with_context(lang="zh_CN")

    def to_do(self, complaint):
        """What the one responsible has to do about it."""
        return complaint.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == self.seller
        )

    def say(self, complaint, words="It is still broken"):
        """The customer's words on the portal."""
        with self.at(days=3):
            complaint.sudo().message_post(
                body=words,
                author_id=self.customer.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    def test_filed(self):
        """K1: who looks after it follows, and has it to do until it is answered."""
        complaint = self.file()
        self.assertIn(self.seller.partner_id, complaint.message_partner_ids)
        self.assertEqual(self.to_do(complaint).summary, "New complaint: It broke")
        with self.at(hours=1):
            complaint.with_user(self.seller).action_log_answer()
        self.assertFalse(self.to_do(complaint))

    def test_noted_by_hand(self):
        """K1: who notes a complaint has no need to be told of it."""
        complaint = self.complaint()
        self.assertFalse(self.to_do(complaint))
        self.assertIn(self.seller.partner_id, complaint.message_partner_ids)

    def test_withdrawn(self):
        """K2: a customer who lets it rest is not overheard."""
        complaint = self.file()
        complaint.sudo()._leave("withdrawn", "My mistake", voice="customer")
        self.assertIn("My mistake", self.to_do(complaint).summary)

    def test_wrote_after_the_end(self):
        """K10: the page says "write to us" when it is settled: somebody has to look."""
        complaint = self.file()
        with self.at(hours=1):
            self.resolve(complaint.with_user(self.seller))
        self.assertFalse(self.to_do(complaint))
        self.say(complaint)
        told = self.to_do(complaint)
        self.assertEqual(told.summary, f"The customer wrote again: {complaint.name}")
        self.say(complaint)
        self.assertEqual(self.to_do(complaint), told, "one thing to do, not two")

    def test_who_writes_by_mail(self):
        """K3: a colleague's mail into the thread does not end the customer's pause."""
        complaint = self.complaint()
        self.seller.email = "sela@trust.example"
        complaint.action_pause()
        complaint.message_update({"email_from": "Sela <sela@trust.example>"})
        self.assertTrue(complaint.waiting)
        complaint.message_update({"email_from": self.customer.email})
        self.assertFalse(complaint.waiting)

    def test_told_in_the_readers_language(self):
        """K5: a customer's refusal in Chinese is told to us in our language."""
        complaint = self.file()
        self.clarify(complaint.with_user(self.seller))
        solution = self.propose(complaint.with_user(self.seller))
        complaint.sudo()._customer_answer(solution, False, "今天", "customer")
        self.assertIn("Refused: We bring it tomorrow", self.to_do(complaint).summary)

    def test_templates_in_the_customers_language(self):
        """K1: each template is filled in the customer's language, for us to edit."""
        self.customer.lang = "zh_CN"
        complaint = self.complaint()
        for kind in ("acknowledgement", "proposal", "apology", "closing"):
            template = self.env.ref(f"trust_crm.mail_template_complaint_{kind}")
            template.with_context(lang="zh_CN").subject = "关于 {{ object.name }}"
            action = complaint.with_context(trust_template=kind).action_write()
            composer = (
                self.env["mail.compose.message"]
                .with_user(self.seller)
                .with_context(**action["context"])
                .create({})
            )
            self.assertEqual(composer.subject, f"关于 {complaint.name}", kind)

    # RECOVERY

    def test_recovery_of_a_reopened_complaint(self):
        """K8: an answer about what did not hold says nothing of the next solution."""
        complaint = self.complaint()
        with self.at(hours=1):
            self.resolve(complaint)
        with self.at(days=31):
            complaint.sudo()._ask_recovery(None)
            pulse = complaint.sudo().feedback_ids
            self.assertEqual(pulse.state, "sent")
        with self.at(days=32):
            complaint._reopen("It broke again")
            pulse._answer(pulse._read_answers({"overall": "5"})[0])
        self.assertEqual(complaint.recovered, "unknown")
        self.assertFalse(complaint.outcome)
        self.assertNotIn("complaint_good", self.live(complaint))

    def test_recovery_corrected_to_the_middle(self):
        """K8, F1: a 1 that is corrected to a 3 is taken back."""
        complaint = self.complaint()
        with self.at(hours=1):
            self.resolve(complaint)
        with self.at(days=31):
            complaint.sudo()._ask_recovery(None)
            pulse = complaint.sudo().feedback_ids
            pulse._answer(pulse._read_answers({"overall": "1"})[0])
            self.assertEqual(complaint.recovered, "no")
            self.assertIn("complaint_bad", self.live(complaint))
            pulse._answer(pulse._read_answers({"overall": "3"})[0], corrects=True)
        self.assertEqual(complaint.recovered, "unknown")
        self.assertEqual(self.live(complaint)["complaint_good"], ("staff", 0.5))
        self.assertNotIn("complaint_bad", self.live(complaint))

    # WHERE IT SHOWS

    def test_from_the_customer(self):
        """P1: counted on customer, their people and leads; one button away."""
        contact = self.env["res.partner"].create(
            {"name": "Her husband", "parent_id": self.customer.id}
        )
        complaint = self.complaint(partner_id=contact.id)
        lead = self.env["crm.lead"].create(
            {"name": "A table", "partner_id": self.customer.id}
        )
        for subject in (self.customer, contact, lead):
            subject = subject.with_user(self.seller)
            self.assertEqual(subject.trust_complaint_count, 1)
            action = subject.action_view_trust_complaints()
            found = self.env["trust.complaint"].search(action["domain"])
            self.assertEqual(found, complaint)
        relationship = self._relationship(self.customer).with_user(self.seller)
        self.assertEqual(
            relationship.action_view_trust_complaints()["domain"],
            self.customer.action_view_trust_complaints()["domain"],
        )
        self.assertEqual(
            self.other_customer.with_user(self.seller).trust_complaint_count, 0
        )
