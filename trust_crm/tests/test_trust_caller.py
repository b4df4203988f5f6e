# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .promise_common import PromiseCase

NUMBER = "+32 470 12 34 56"


@tagged("post_install", "-at_install")
class TestTrustCaller(PromiseCase):
    """S22, H7: who is calling, and what to know before the phone is answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.be")
        cls.contact.write({"phone": NUMBER, "user_id": cls.seller.id})
        cls.customer.user_id = cls.seller

    def find(self, text, user=None):
        today = self.env["trust.today"].with_user(user or self.seller)
        return today.find_caller(text)

    def card(self, subject, user=None):
        today = self.env["trust.today"].with_user(user or self.seller)
        if subject._name == "crm.lead":
            return today.get_caller_card(False, subject.id)
        return today.get_caller_card(subject.id)

    def test_by_number_in_any_spelling(self):
        """S22: national, international, with or without blanks, the last digits."""
        for text in (
            NUMBER,
            "+32470123456",
            "0032 470 12 34 56",
            "0470/12.34.56",
            "0470 123 456",
            "123456",
        ):
            self.assertEqual(
                [found["partner_id"] for found in self.find(text)],
                self.contact.ids,
                text,
            )
        self.assertFalse(self.find("+32 470 99 99 99"))
        self.assertFalse(self.find("4"))

    def test_by_name(self):
        """S22: by part of a name; colleagues are no callers."""
        (found,) = self.find("brandon")
        self.assertEqual(found["name"], "Brandon Freeman")
        self.assertIn("Azure Interior", found["detail"])
        self.assertFalse(self.find("trust_manager"))

    def test_lead_without_customer(self):
        """S22: a lead that is no customer yet is found and has a card too."""
        lead = self.env["crm.lead"].create(
            {
                "name": "New kitchen",
                "contact_name": "Will McEncroe",
                "phone": "+32 471 00 00 01",
                "user_id": self.seller.id,
            }
        )
        for text in ("McEncroe", "0471 00 00 01"):
            (found,) = self.find(text)
            self.assertEqual(found["lead_id"], lead.id)
        card = self.card(lead)
        self.assertEqual(card["name"], "Will McEncroe")
        self.assertEqual(len(card["questions"]), 3)

    def test_card(self):
        """S22: history in three lines, what is open, three questions to ask."""
        for days_ago in (40, 20):
            self._record(self.contact, "meeting_held", days_ago=days_ago)
        self._record(self.contact, "promise_kept", days_ago=5)
        self._drain()
        self.promise(due=2, partner_id=self.contact.id, name="New drawings")
        complaint = self.env["trust.complaint"].create(
            {
                "subject": "A scratched door",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
            }
        )
        complaint.partner_id = self.contact
        with self.at():
            card = self.card(self.contact)
        self.assertEqual(card["name"], "Brandon Freeman")
        self.assertEqual(card["owner"], "seller")
        self.assertTrue(card["ring"]["index"])
        self.assertEqual(len(card["history"]), 3)
        self.assertEqual([p["name"] for p in card["promises"]], ["New drawings"])
        self.assertEqual([c["id"] for c in card["complaints"]], complaint.ids)
        self.assertEqual(len(card["questions"]), 3)
        self.assertIn("A scratched door", card["questions"][0])
        self.assertIn("New drawings", card["questions"][1])

    def test_nothing_known(self):
        """S22: a stranger has a card that says so, and three questions."""
        card = self.card(self.other_customer)
        self.assertEqual(len(card["history"]), 1)
        self.assertEqual(len(card["questions"]), 3)
        self.assertFalse(card["ring"]["index"])

    def test_rights(self):
        """S22: what a list would hide from me the card hides too."""
        self._record(self.customer, "promise_kept", days_ago=5)
        self._drain()
        self.promise(due=2)
        self.customer.user_id = self.manager
        card = self.card(self.customer, self.other_seller)
        self.assertFalse(card["ring"]["index"])
        self.assertFalse(card["promises"])
        with self.assertRaises(AccessError):
            self.find("Azure", self.outsider)
        with self.assertRaises(AccessError):
            self.card(self.customer, self.outsider)

    def test_reading_writes_nothing(self):
        """S22: search and card are read-only calls."""
        today = self.env["trust.today"]
        self.assertTrue(today.find_caller._readonly)
        self.assertTrue(today.get_caller_card._readonly)
