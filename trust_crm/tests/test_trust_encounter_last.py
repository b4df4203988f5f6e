# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .encounter_common import EncounterCase


@tagged("post_install", "-at_install")
class TestTrustEncounterLast(EncounterCase):
    """H7: the latest strong negative greets the next colleague."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_ = cls.contact.parent_id
        cls.colleague = cls.env["res.partner"].create(
            {"name": "Azra", "parent_id": cls.company_.id}
        )
        (cls.company_ | cls.contact | cls.colleague).user_id = cls.seller

    def last(self, partner=None, user=None):
        partner = partner or self.customer
        encounters = self.encounters.with_user(user or self.seller)
        return encounters._last_strong_feeling(partner).get(partner.id)

    def test_latest_strong_negative(self):
        """H7: strong is 4 or more; the latest of them; weak and good ones are none."""
        self.assertFalse(self.last())
        self.encounter((self.angry, 3), (self.joyful, 5), days_ago=9)
        self.assertFalse(self.last())
        self.encounter((self.worried, 4), days_ago=8)
        visit = self.encounter((self.angry, 5), days_ago=7, channel="visit")
        found = self.last()
        self.assertEqual((found["res_model"], found["res_id"]), (visit._name, visit.id))
        self.assertEqual(found["strength"], 5)
        self.assertIn("😠 Angry, 5 of 5", found["sentence"])
        self.assertIn("Visit on", found["sentence"])

    def test_healed_by_a_later_good_one(self):
        """H7: any later good feeling of the customer heals; a better day before not."""
        self.encounter((self.joyful, 5), days_ago=20)
        self.encounter((self.angry, 5), days_ago=7)
        self.assertTrue(self.last())
        self.encounter((self.joyful, 2), days_ago=3)
        self.assertFalse(self.last())
        self.encounter((self.angry, 4), days_ago=1)
        self.assertTrue(self.last())

    def test_stages_of_one_encounter(self):
        """S17: joy beside anger does not heal it; relief after it does."""
        encounter = self.encounter(
            (self.angry, 5, "during"), (self.joyful, 3, "during"), days_ago=1
        )
        self.assertTrue(self.last())
        encounter.feeling_ids.filtered(
            lambda f: f.feeling_id == self.joyful
        ).stage = "after"
        self.assertFalse(self.last())
        self.encounter((self.joyful, 3, "before"), (self.angry, 4, "after"))
        self.assertTrue(self.last())

    def test_up_and_down_a_company(self):
        """H7: a company shows its people's; a person not what a colleague felt."""
        self.encounter((self.angry, 5), partner=self.contact, days_ago=5)
        self.assertIn("Brandon Freeman", self.last(self.company_)["sentence"])
        self.assertNotIn("Brandon", self.last(self.contact)["sentence"])
        self.assertFalse(self.last(self.colleague))
        self.encounter((self.joyful, 3), partner=self.colleague, days_ago=4)
        self.assertTrue(self.last(self.contact), "a colleague's joy heals nobody")
        self.encounter((self.joyful, 3), partner=self.company_, days_ago=3)
        self.assertFalse(self.last(self.contact))
        self.encounter((self.angry, 5), partner=self.company_, days_ago=2)
        for partner in (self.contact, self.colleague, self.company_):
            self.assertTrue(self.last(partner))
        self.encounter((self.joyful, 3), partner=self.colleague, days_ago=1)
        self.assertFalse(self.last(self.contact))

    def test_what_a_complaint_noted(self):
        """H7, K2: what was noted while listening counts, until trust is back."""
        complaint = self.env["trust.complaint"].create(
            {
                "subject": "Late",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                "feeling_ids": self.worried.ids,
            }
        )
        found = self.last()
        self.assertEqual(found["res_id"], complaint.id)
        self.assertIn(complaint.name, found["sentence"])
        complaint.sudo().recovered = "yes"
        self.assertFalse(self.last())

    def test_one_query_for_all(self):
        """H7: many customers cost as much as one."""
        for partner in (self.customer, self.contact, self.colleague):
            self.encounter((self.angry, 5), partner=partner)
        partners = self.customer | self.contact | self.company_ | self.colleague
        self._count_queries(partners)  # rights are known from here on
        few, many = self._count_queries(self.company_), self._count_queries(partners)
        self.assertEqual(few, many)

    def _count_queries(self, partners):
        encounters = self.encounters.with_user(self.seller)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        encounters._last_strong_feeling(partners)
        return self.env.cr.sql_log_count - before

    def test_rights(self):
        """H7: nobody reads here what a list would hide."""
        self.encounter(
            (self.angry, 5), partner=self.other_customer, user_id=self.manager.id
        )
        self.other_customer.user_id = self.manager
        self.assertTrue(self.last(self.other_customer, self.manager))
        self.assertFalse(self.last(self.other_customer, self.seller))

    def test_caller_card(self):
        """H7, S22: the caller card opens with it, by name or number."""
        self.company.country_id = self.env.ref("base.be")
        self.customer.phone = "+32 470 12 34 56"
        self.encounter((self.angry, 5), days_ago=1)
        today = self.env["trust.today"].with_user(self.seller)
        for text in ("Ada", "0470/12.34.56", "0032 470 123456"):
            (found,) = today.find_caller(text)
            card = today.get_caller_card(found["partner_id"])
            self.assertIn("Angry", card["feeling"]["sentence"], text)

    def test_banner(self):
        """H7: partner, lead and complaint say it on top, to users of Trust."""
        encounter = self.encounter((self.angry, 5))
        complaint = self.env["trust.complaint"].create(
            {"subject": "Late", "partner_id": self.customer.id}
        )
        for record in (self.customer, self.lead, complaint):
            record = record.with_user(self.seller)
            self.assertIn("Angry", record.trust_last_feeling)
            action = record.action_open_trust_feeling()
            self.assertEqual(action["res_id"], encounter.id)
            self.assertIn("trust_last_feeling", record.get_view()["arch"])
        plain = self.customer.with_user(self.outsider).get_view()
        self.assertNotIn("trust_last_feeling", plain["arch"])
