# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .feedback_common import MONDAY, FeedbackCase


@tagged("post_install", "-at_install")
class TestTrustFeedbackAsk(FeedbackCase):
    """The dialog: whom, about what, and the mail before it leaves."""

    def open(self, record, user=None):
        """The dialog that the button on that record opens."""
        action = record.with_user(user or self.seller).action_ask_trust_feedback()
        model = self.env[action["res_model"]].with_user(user or self.seller)
        return Form(model.with_context(**action["context"])).save()

    def test_from_a_customer(self):
        """F1: a customer's button asks about the whole relationship."""
        wizard = self.open(self.person)
        self.assertFalse(wizard.skip_reason)
        notice = wizard.action_send()["params"]
        self.assertEqual(notice["type"], "success")
        request = self.requests.search([("partner_id", "=", self.person.id)])
        self.assertEqual((request.state, request.scope), ("sent", "relationship"))
        again = self.open(self.person)
        self.assertTrue(again.skip_reason)
        self.assertEqual(again.action_send()["params"]["type"], "warning")

    def test_from_a_meeting(self):
        """F2: a meeting's button asks the guest from outside about it."""
        meeting = self.env["calendar.event"].create(
            {
                "name": "Roof inspection",
                "start": MONDAY,
                "stop": MONDAY + timedelta(hours=1),
                "user_id": self.seller.id,
                "partner_ids": (self.seller.partner_id | self.person).ids,
            }
        )
        wizard = self.open(meeting)
        self.assertEqual(wizard.partner_id, self.person)
        wizard.action_send()
        request = self.requests.search([("partner_id", "=", self.person.id)])
        self.assertEqual(
            (request.res_model, request.res_id), (meeting._name, meeting.id)
        )

    def test_edited_mail(self):
        """F1: the mail can be edited; a look at it asks nobody; the link must stay."""
        wizard = self.open(self.person)
        wizard.action_edit()
        self.assertIn("Mara Lind", wizard.body)
        self.assertFalse(self.requests.search([("partner_id", "=", self.person.id)]))
        whole = wizard.body
        wizard.body = "<p>No link any more</p>"
        with self.assertRaises(UserError):
            wizard.action_send()
        wizard.body = whole.replace("It takes a minute", "It takes two")
        wizard.subject = "A question of mine"
        wizard.action_send()
        request = self.requests.search([("partner_id", "=", self.person.id)])
        mail = self.mails(request)
        self.assertEqual(mail.subject, "A question of mine")
        self.assertIn("It takes two", mail.body_html)
        self.assertIn(request._get_token(), mail._prepare_outgoing_body())

    def test_who_may_ask(self):
        """A1: nobody without the trust group, nobody about what they may not read."""
        with self.assertRaises(AccessError):
            self.open(self.person, self.outsider)
        secret = self.env["crm.lead"].create(
            {"name": "Secret", "partner_id": self.person.id}
        )
        wizard = self.env["trust.feedback.ask"].with_user(self.seller)
        wizard = wizard.create(
            {
                "partner_id": self.person.id,
                "res_model": "trust.queue",
                "res_id": secret.id,
            }
        )
        with self.assertRaises(AccessError):
            wizard.action_send()
