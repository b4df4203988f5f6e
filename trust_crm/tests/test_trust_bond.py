# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import TrustCase


class TestTrustBond(TrustCase):
    """R4: who holds the trust, computed when somebody looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for days in range(1, 30):
            cls._record(cls.customer, "promise_kept", days_ago=days, user_id=cls._a())
        for days in range(2, 12):
            cls._record(
                cls.customer, "purchase_repeated", days_ago=days, user_id=cls._b()
            )
        cls._record(cls.other_customer, "promise_kept", user_id=cls._b())
        for days in (1, 5):
            cls._record(cls.other_customer, "referral", days_ago=days, user_id=cls._a())
        cls._drain()
        cls.bonds = cls.env["trust.bond"].search([])

    @classmethod
    def _a(cls):
        return cls.seller.id

    @classmethod
    def _b(cls):
        return cls.all_seller.id

    def _at(self, days):
        self.env.invalidate_all()
        return freeze_time(self.now + timedelta(days=days))

    def test_shares_of_a_customer_make_one(self):
        for days in (0, 200):
            with self._at(days):
                for bonds in self.bonds.grouped("relationship_id").values():
                    self.assertAlmostEqual(sum(bonds.mapped("share")), 1, 12)

    def test_share_moves_as_saturation_fades(self):
        """29 kept promises saturate; years later they count in full proportion."""
        bond = self.bonds.filtered(
            lambda b: (
                b.user_id == self.seller
                and b.relationship_id.partner_id == self.customer
            )
        )
        with self._at(0):
            today = bond.share
        with self._at(900):
            self.assertGreater(bond.share, today + 0.05)

    def test_search_and_order_say_what_the_screen_says(self):
        """Lists filter and sort in SQL by the very numbers they show."""
        for days in (0, 60, 365):
            with self._at(days):
                shares = self.bonds.search([]).mapped("share")
                self.assertEqual(shares, sorted(shares, reverse=True))
                for name, least in (("share", 0.5), ("mass", 1.5)):
                    found = self.bonds.search([(name, ">=", least)])
                    shown = [b.id for b in self.bonds if b[name] >= least]
                    self.assertEqual(sorted(found.ids), sorted(shown))
                for value in (True, False):
                    found = self.bonds.search([("single_thread", "=", value)])
                    shown = [b.id for b in self.bonds if b.single_thread == value]
                    self.assertEqual(sorted(found.ids), sorted(shown))

    def test_single_thread(self):
        """R4: one holds at least 70 % of the trust, with some evidence behind it."""
        with self._at(0):
            single = self.bonds.search([("single_thread", "=", True)])
            self.assertEqual(single.relationship_id.partner_id, self.other_customer)
            self.assertEqual(single.user_id, self.seller)
        with self._at(500):
            self.assertNotIn(single, self.bonds.search([("single_thread", "=", True)]))

    def test_a_night_writes_no_bond(self):
        """B1: all sums of a customer fade by one factor, so nothing is rewritten."""
        before, ids = self._versions(), self.bonds.relationship_id.ids
        self.relationships._age(min(ids), max(ids) + 1, self.now + timedelta(days=90))
        self.assertEqual(self._versions(), before)

    def _versions(self):
        self.env.cr.execute("SELECT id, ctid::text FROM trust_bond ORDER BY id")
        return self.env.cr.fetchall()

    def test_the_form_of_a_relationship_lists_them(self):
        """R4: a manager sees each bond with today's share, in that order."""
        relationship = self.bonds.relationship_id[:1].with_user(self.manager)
        fields = {"share": {}, "trust_index": {}, "single_thread": {}}
        [form] = relationship.web_read({"bond_ids": {"fields": fields}})
        self.assertEqual(
            [line["share"] for line in form["bond_ids"]],
            relationship.bond_ids.mapped("share"),
        )
        self.assertTrue(all(line["trust_index"] for line in form["bond_ids"]))

    def test_no_ranking(self):
        """R4: what employees hold is not counted by employee, by no path."""
        bonds = self.env["trust.bond"].with_user(self.manager)
        for path in ("user_id", "user_id.partner_id", "relationship_id.user_id"):
            with self.assertRaisesRegex(AccessError, "by employee"):
                bonds._read_group([], [path], ["share:avg"])
        self.assertFalse(bonds.fields_get(["user_id"])["user_id"]["groupable"])
        self.assertTrue(bonds._read_group([], ["company_id"], ["__count"]))
