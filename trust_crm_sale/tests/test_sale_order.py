# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.trust_crm.tests.common import TrustCase


@tagged("post_install", "-at_install")
class TestSaleOrder(TrustCase):
    """C8: orders speak about purchases and cancellations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Advice", "type": "service", "list_price": 100}
        )

    def _order(self, partner=None, confirm=True, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": (partner or self.customer).id,
                "user_id": self.seller.id,
                "order_line": [Command.create({"product_id": self.product.id})],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def _live(self, code, partner=None):
        return self.evidence.search(
            [
                ("signal_id.code", "=", code),
                ("partner_id", "=", (partner or self.customer).id),
                ("state", "=", "live"),
            ]
        )

    def _won(self, partner=None):
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": (partner or self.customer).id}
        )
        lead.action_set_won()
        return lead

    # FEEDBACK

    def test_asked_about_an_order(self):
        """F2: an order's button asks a person of the customer's about it."""
        order = self._order().with_user(self.seller)
        action = order.action_ask_trust_feedback()
        asking = self.env[action["res_model"]].with_user(self.seller)
        wizard = Form(asking.with_context(**action["context"])).save()
        self.assertEqual(wizard.partner_id, self.contact)
        self.assertEqual(wizard.about_name, order.display_name)
        self.assertEqual(wizard.action_send()["params"]["type"], "success")
        request = (
            self.env["trust.feedback"]
            .sudo()
            .search([("partner_id", "=", self.contact.id)])
        )
        self.assertEqual((request.res_model, request.res_id), (order._name, order.id))
        self.assertEqual((request.scope, request.user_id), ("encounter", self.seller))

    # PURCHASES

    def test_confirmed(self):
        """C8: the same second, the first order too; the salesperson's."""
        order = self._order()
        row = self._live("purchase_repeated")
        self.assertEqual(row.date, order.date_order.replace(microsecond=0))
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual((row.source_model, row.source_id), ("sale.order", order.id))

    def test_collection_agrees(self):
        """C2: collection finds what the order said already, and old orders."""
        self._order()
        old = self._order()
        self._live("purchase_repeated")._void("again", kind="auto")
        for since in (None, None, self.now - timedelta(hours=1)):
            self.env["trust.signal"]._collect(since)
            self.assertEqual(len(self._live("purchase_repeated")), 2)
        self.assertIn(old.id, self._live("purchase_repeated").mapped("source_id"))

    def test_quotation(self):
        """C8: a quotation is no purchase, cancelled or not; it makes a customer."""
        order = self._order(confirm=False)
        order.action_cancel()
        self.env["trust.signal"]._collect()
        self.assertFalse(self._live("purchase_repeated"))
        self.assertFalse(self._live("cancelled"))
        customers = self.env["res.partner"]._trust_customer_sql()
        ids = [row[0] for row in self.env.execute_query(customers)]
        self.assertIn(self.customer.id, ids)

    def test_orders_speak_instead_of_opportunities(self):
        """C8: one purchase, one evidence: the order's."""
        self._won()
        self._order()
        self.env["trust.signal"]._collect()
        self.assertEqual(self._live("purchase_repeated").source_model, "sale.order")

    def test_first_order_silences_opportunities(self):
        """C8: what a won opportunity said before the first order is withdrawn."""
        lead = self._won()
        self._won(self.other_customer)
        self.env["trust.signal"]._collect()
        self.assertEqual(self._live("purchase_repeated").source_id, lead.id)
        order = self._order()
        self.assertEqual(self._live("purchase_repeated").source_id, order.id)
        self.assertEqual(len(self._live("purchase_repeated", self.other_customer)), 1)
        self.env["trust.signal"]._collect()
        self.assertEqual(self._live("purchase_repeated").source_id, order.id)

    def test_contact_of_the_company(self):
        """C7: an order of the company speaks for its contacts' opportunities too."""
        self._won(self.contact)
        self._order()
        self.env["trust.signal"]._collect()
        self.assertFalse(self._live("purchase_repeated", self.contact))

    def test_colleague_orders(self):
        """C8: an order of one of us goes through and says nothing."""
        order = self._order(self.seller.partner_id)
        self.assertEqual(order.state, "sale")
        self.assertFalse(self._live("purchase_repeated", self.seller.partner_id))

    # CANCELLATIONS

    def test_cancelled(self):
        """C8: the purchase is withdrawn, the cancellation noted, at no weight."""
        order = self._order()
        order._action_cancel()
        self.assertFalse(self._live("purchase_repeated"))
        row = self._live("cancelled")
        self.assertEqual(row.source_id, order.id)
        order.user_id = self.all_seller
        self.assertEqual(len(self._live("cancelled")), 1)
        self._drain()
        self.assertTrust(self.customer, trust_index=50)

    def test_reopened(self):
        """C8: set back to quotation and confirmed again, it is bought again."""
        order = self._order()
        order._action_cancel()
        order.action_draft()
        self.assertFalse(self._live("cancelled"))
        order.action_confirm()
        self.assertEqual(self._live("purchase_repeated").version, 1)

    def test_deleted(self):
        """C8: a deleted order takes what it said along."""
        order = self._order()
        order._action_cancel()
        order.unlink()
        self.assertFalse(self._live("cancelled"))

    def test_archived_signal(self):
        """C2: an archived signal says nothing new; what it said stands."""
        order = self._order()
        self.env.ref("trust_crm.signal_purchase_repeated").active = False
        order.user_id = self.all_seller
        self.assertEqual(len(self._live("purchase_repeated")), 1)
        self._order()
        self.assertEqual(len(self._live("purchase_repeated")), 1)

    # CONVERSATIONS

    def test_mail_on_order(self):
        """C8: mails on an order are conversations; its company's calendar counts."""
        order = self._order()
        begin = self.now - timedelta(days=5)
        for minutes, author in ((0, self.customer), (5, self.seller.partner_id)):
            self.env["mail.message"].create(
                {
                    "message_type": "email" if author.partner_share else "comment",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "model": "sale.order",
                    "res_id": order.id,
                    "author_id": author.id,
                    "date": begin + timedelta(minutes=minutes),
                }
            )
        self.env["trust.signal"]._collect()
        row = self._live("mail_answered")
        self.assertEqual(row.company_id, order.company_id)
        self.assertEqual(row.user_id, self.seller)

    # FEEDBACK

    def test_answer_about_order(self):
        """I4: what a customer says of an order counts where orders happen."""
        requests = self.env["trust.feedback"]
        values = requests._prepare_request_values(
            self.customer, "pulse", self._order(), None
        )
        answer = requests.create(
            values
            | {"state": "answered", "date_answered": self.now, "score_empathy": 2}
        )
        told = self.env["trust.feedback.report"].search(
            [("feedback_id", "=", answer.id)]
        )
        ordering = self.env.ref("trust_crm.signal_purchase_repeated").touchpoint_id
        self.assertTrue(ordering)
        self.assertEqual(told.touchpoint_id, ordering)
