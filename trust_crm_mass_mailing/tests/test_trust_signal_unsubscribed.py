# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .common import MailingCase


@tagged("post_install", "-at_install")
class TestUnsubscribed(MailingCase):
    """C2: who leaves a list asked for no more mailings, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.trust_scoring = "always"
        cls.lists = cls.env["mailing.list"].create(
            [{"name": name} for name in ("News", "Offers")]
        )
        cls.known = cls.env["mailing.contact"].create(
            {
                "name": "Brandon",
                "email": "BRANDON@azure.example",
                "subscription_ids": [
                    Command.create({"list_id": one.id}) for one in cls.lists
                ],
            }
        )
        cls._subscriptions = cls.known.subscription_ids.sorted("id")

    def _wished(self):
        return self._live("opted_out")

    def _unsubscribe(self, lists=None):
        (lists or self.lists)._update_subscription_from_email(self.contact.email)
        self.env.cr.flush()

    def test_found(self):
        """C2: found by collection, in the customer's voice, again and again once."""
        self.assertFalse(self._wished())
        self._subscriptions[0].opt_out = True
        for since in (None, self.now - timedelta(days=1), None):
            self._collect(since)
            row = self._wished()
            self.assertEqual(row.source_id, self._subscriptions[0].id)
        self.assertEqual(row.source_model, "mailing.subscription")
        self.assertEqual(row.voice, "customer")

    def test_said_the_same_moment(self):
        """C2: after the first collection the click itself says so."""
        self._collect()
        self._unsubscribe()
        self.assertEqual(len(self._wished()), 1)

    def test_several_lists_one_wish(self):
        """C3: the lists that were left on one day are one wish."""
        self._collect()
        self._unsubscribe(self.lists[0])
        self._unsubscribe(self.lists[1])
        self._collect(self.now - timedelta(hours=1))
        self._collect()
        self.assertEqual(len(self._wished()), 1)

    def test_another_day(self):
        """C2: another list on another day is another wish."""
        self._subscriptions.opt_out = True
        self._subscriptions[0].opt_out_datetime = self.now - timedelta(days=40)
        self._collect()
        self.assertEqual(len(self._wished()), 2)

    def test_came_back(self):
        """C2: who subscribes again takes the wish back."""
        self._collect()
        self._unsubscribe()
        self.lists._update_subscription_from_email(self.contact.email, opt_out=False)
        self.env.cr.flush()
        self.assertFalse(self._wished())

    def test_came_back_to_the_first(self):
        """C2: the wish stays as long as one list of that day is left."""
        self._collect()
        self._unsubscribe()
        self._subscriptions[0].opt_out = False
        self.env.cr.flush()
        self.assertEqual(self._wished().source_id, self._subscriptions[1].id)

    def test_blacklisted_too(self):
        """C3: one wish, one evidence: with the blacklist the list falls silent."""
        self._collect()
        self._unsubscribe()
        entry = self.env["mail.blacklist"]._add(self.contact.email)
        self.env.cr.flush()
        self._collect()
        self.assertEqual(self._wished().source_model, "mail.blacklist")
        self.assertEqual(self._wished().source_id, entry.id)

    def test_deleted(self):
        """C2: a subscription that is deleted says nothing any more."""
        self._collect()
        self._unsubscribe()
        self._subscriptions.unlink()
        self.assertFalse(self._wished())

    def test_no_customer(self):
        """C2: nobody but customers is observed."""
        self.customer.trust_scoring = "never"
        self._unsubscribe()
        self._collect()
        self.assertFalse(self._wished())
