# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestInvite(EventCase):
    """H12: choose, look at each and why, send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sailing, cls.chess = cls.env["trust.interest"].create(
            [{"name": "Test sailing"}, {"name": "Test chess"}]
        )

    def _born(self, person, year):
        self.occasion(person, year=year)

    # CHOOSING

    def test_everybody_one_may_see(self):
        """H12: people of my customers, never companies, never those of others."""
        self.assertEqual(
            self._chosen(), self.person | self.friend | self.stranger | self.contact
        )
        self.other_customer.trust_scoring = "always"
        theirs = self.env["res.partner"].create(
            {
                "name": "Theirs",
                "parent_id": self.other_customer.id,
                "email": "theirs@example.com",
            }
        )
        self.other_customer.user_id = self.manager
        self._record(self.other_customer, "promise_kept")
        self._drain()
        self.assertNotIn(theirs, self._chosen())
        self.assertIn(theirs, self._chosen(self.all_seller))

    def test_by_interest(self):
        """H12: who likes it, with the reason; not whom we may not remember."""
        self.person.trust_interest_ids = self.sailing
        self.env.flush_all()
        self.env.cr.execute(  # as if the ground had lapsed
            "INSERT INTO trust_interest_partner_rel VALUES (%s, %s)",
            [self.stranger.id, self.sailing.id],
        )
        self.env.invalidate_all()
        wizard = self._wizard(interest_ids=self.sailing.ids)
        self.assertEqual(wizard.line_ids.partner_id, self.person)
        self.assertIn("likes Test sailing", wizard.line_ids.reason)
        self.assertFalse(self._chosen(interest_ids=self.chess.ids))

    def test_by_circle(self):
        """H12: the circle of the customer, and of the person alone."""
        family = self.env.ref("trust_crm.circle_family")
        self.assertFalse(self._chosen(circle_ids=family.ids))
        self.env.cr.execute(
            "UPDATE trust_relationship SET circle_id = %s WHERE partner_id = %s",
            [family.id, self.customer.id],
        )
        self.env.invalidate_all()
        wizard = self._wizard(circle_ids=family.ids)
        self.assertEqual(wizard.line_ids.partner_id, self.person | self.contact)
        self.assertEqual(set(wizard.line_ids.mapped("reason")), {family.name})

    def test_by_age(self):
        """H12: by the age on the day of the event; who is of unknown age is in no
        band."""
        begin = self.event.date_begin
        for person, years in ((self.person, 40), (self.friend, 60)):
            self.occasion(
                person, year=begin.year - years, month=begin.month, day=begin.day
            )
        self.assertEqual(self._chosen(age_from=40), self.person | self.friend)
        self.assertEqual(self._chosen(age_from=40, age_to=59), self.person)
        self.assertEqual(self._chosen(age_to=39), self.env["res.partner"])
        wizard = self._wizard(age_from=60, age_to=60)
        self.assertIn("60 years", wizard.line_ids.reason)
        for wrong in ({"age_from": -1}, {"age_from": 50, "age_to": 40}):
            with self.assertRaises(ValidationError):
                self._wizard(**wrong)

    def test_ages_of_others_stay_theirs(self):
        """H12: an age that one may not read chooses nobody."""
        self._born(self.person, 1980)
        occasions = self.person.trust_occasion_ids
        self.env["ir.rule"].create(
            {
                "name": "None for the test",
                "model_id": self.env["ir.model"]._get_id("trust.occasion"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self.assertTrue(occasions)
        self.assertFalse(self._chosen(age_from=1))

    def test_by_occupation_tag_city_owner(self):
        """H12: and by each of these; one narrows the other."""
        tag = self.env["res.partner.category"].create({"name": "Regulars"})
        self.person.write(
            {"function": "Head Architect", "city": "Kiel", "category_id": tag.ids}
        )
        in_kiel = self.person | self.friend | self.contact  # they share an address
        for values, expected in (
            ({"occupation": " architect "}, self.person),
            ({"category_ids": tag.ids}, self.person),
            ({"city": "kiel"}, in_kiel),
            ({"city": "kiel", "occupation": "architect"}, self.person),
            ({"user_ids": self.manager.ids}, self.person.browse()),
            ({"user_ids": self.seller.ids, "city": "kiel"}, in_kiel),
        ):
            with self.subTest(values):
                self.assertEqual(self._chosen(**values), expected)
        wizard = self._wizard(city="Kiel", occupation="architect")
        self.assertEqual(wizard.line_ids.reason, "Head Architect · Kiel")

    # LEFT OUT

    def test_never_who_asked_not_to_be_contacted(self):
        """H12, H2: they appear nowhere, from the same day; their number does."""
        wizard = self._wizard()
        self.friend.trust_no_contact = True
        wizard.action_send()
        self.assertEqual(wizard.changed_count, 1)
        self.assertNotIn(self.friend, self.event.trust_invitation_ids.partner_id)
        other = self._wizard()
        self.assertEqual(other.unwilling_count, 1)
        named = (other.line_ids | other.left_out_ids).partner_id
        self.assertNotIn(self.friend, named)

    def test_left_out_and_why(self):
        """H12: each for a reason of their own."""
        self.env["mail.blacklist"]._add(self.friend.email)
        self.stranger.email = False
        self.env["trust.complaint"].create(
            {"subject": "It broke", "partner_id": self.customer.id}
        )
        wizard = self._wizard()
        self.assertEqual(
            self._left_out(wizard),
            {
                self.friend: "opted_out",
                self.stranger: "no_email",
                self.person: "complaint",
                self.contact: "complaint",
            },
        )
        with self.assertRaises(UserError):
            wizard.action_send()

    def test_registered_invited_same_address(self):
        """H12: nobody is asked twice, at whatever contact of theirs."""
        self._register(self.person)
        self.contact.email = "FENG@example.com"
        wizard = self._wizard()
        self.assertEqual(
            self._left_out(wizard),
            {self.person: "registered", self.friend: "same_email"},
        )
        wizard.action_send()
        again = self._wizard()
        self.assertEqual(
            self._left_out(again),
            {
                self.person: "registered",
                self.friend: "invited",
                self.contact: "invited",
                self.stranger: "invited",
            },
        )
        self.event.registration_ids.action_cancel()
        self.assertEqual(self._chosen(), self.person)

    def test_unsubscribed(self):
        """H12: whoever asked for no more mailings, as the ledger tells."""
        self._record(self.friend, "opted_out")
        self.assertEqual(self._left_out(self._wizard()), {self.friend: "opted_out"})
