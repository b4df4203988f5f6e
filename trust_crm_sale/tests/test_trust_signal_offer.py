# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.trust_crm.tests.common import TrustCase


@tagged("post_install", "-at_install")
class TestOffer(TrustCase):
    """C2: a new offer soon after a sale, without being asked, is pushing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Advice", "type": "service", "list_price": 100}
        )
        cls.company.trust_offer_days = 14

    def _order(self):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )

    def _offer(self, days_after=5, by=None, **values):
        """Sold twenty days ago; so many days later we sent a quotation."""
        sale = self._order()
        sale.action_confirm()
        sale.date_order = self.now - timedelta(days=20)
        offer = self._order()
        offer.write(values)
        moment = sale.date_order + timedelta(days=days_after)
        self._make(offer, create_date=moment, create_uid=(by or self.seller).id)
        offer.action_quotation_sent()
        return offer

    def _make(self, record, **columns):
        """Write when it was made, and by whom: the ORM refuses."""
        self.env.flush_all()
        for column, value in columns.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(record._table),
                    SQL.identifier(column),
                    value,
                    record.id,
                )
            )
        record.invalidate_recordset()

    def _message(self, partner, days_ago, **values):
        return self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": partner.id,
                "author_id": partner.id,
                "message_type": "email",
                "date": self.now - timedelta(days=days_ago),
                **values,
            }
        )

    def _live(self):
        return self.evidence.search(
            [
                ("signal_id.code", "=", "pushy_selling"),
                ("partner_id", "=", self.customer.id),
                ("state", "=", "live"),
            ]
        )

    def _pushed(self):
        self.env["trust.signal"]._collect()
        return self._live()

    def test_unasked(self):
        """C2: found, by whoever made it, once."""
        offer = self._offer()
        row = self._pushed()
        self.assertEqual((row.source_model, row.source_id), ("sale.order", offer.id))
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual(self._pushed(), row)
        self.env["trust.signal"]._collect(self.now - timedelta(days=1))
        self.assertEqual(self._pushed(), row)

    def test_off_at_first(self):
        """C2: nothing is told until a firm says within how many days."""
        self.company.trust_offer_days = 0
        self._offer()
        self.assertFalse(self._pushed())
        defaults = self.env["res.company"].default_get(["trust_offer_days"])
        self.assertFalse(defaults.get("trust_offer_days"))

    def test_later(self):
        """C2: later than that it is an offer like any other."""
        self._offer(days_after=15)
        self.assertFalse(self._pushed())

    def test_not_sent(self):
        """C2: a draft reached nobody."""
        self._offer().action_draft()
        self.assertFalse(self._pushed())

    def test_accepted(self):
        """C2: an offer that the customer takes was welcome."""
        offer = self._offer()
        self.assertTrue(self._pushed())
        offer.action_confirm()
        self.assertFalse(self._live())
        self.assertFalse(self._pushed())

    def test_cancelled(self):
        """C2: cancelling an offer takes nothing back."""
        offer = self._offer()
        self.assertTrue(self._pushed())
        offer._action_cancel()
        self.assertTrue(self._live())
        self.assertTrue(self._pushed())

    def test_they_wrote(self):
        """C2: who wrote in between may have asked, whoever of the company it was."""
        self._offer()
        self._message(self.contact, 18)
        self.assertFalse(self._pushed())

    def test_they_wrote_before_or_after(self):
        """C2: what was written before the sale or after the offer is no request."""
        self._offer()
        self._message(self.contact, 21)
        self._message(self.contact, 10)
        self.assertTrue(self._pushed())

    def test_we_spoke(self):
        """C2: a call that was logged may have been the request."""
        self._record(self.contact, "human_contact", days_ago=17)
        self._offer()
        self.assertFalse(self._pushed())

    def test_lead(self):
        """C2: so may a lead that came in between."""
        lead = self.env["crm.lead"].create(
            {"name": "More, please", "partner_id": self.contact.id}
        )
        self._make(lead, create_date=self.now - timedelta(days=17))
        self._offer()
        self.assertFalse(self._pushed())

    def test_opportunity(self):
        """C2: a quotation that answers an opportunity is no surprise."""
        self.assertIn("opportunity_id", self.env["sale.order"]._fields)
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id}
        )
        self._make(lead, create_date=self.now - timedelta(days=90))
        self._offer(opportunity_id=lead.id)
        self.assertFalse(self._pushed())

    def test_made_by_the_customer(self):
        """C2: an order that the customer began (a cart) is theirs."""
        self._offer(by=self.env.ref("base.public_user"))
        self.assertFalse(self._pushed())

    def test_switched_on(self):
        """C2: the setting takes the signal into use."""
        signal = self.env.ref("trust_crm.signal_pushy_selling")
        signal.active = False
        self.env["res.config.settings"].create({"trust_offer_days": 7}).execute()
        self.assertEqual(self.company.trust_offer_days, 7)
        self.assertTrue(signal.active)
