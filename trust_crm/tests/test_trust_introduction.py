# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import TrustCase


class TestTrustIntroduction(TrustCase):
    """R6: who introduced whom, path and effect."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.mara = partners.create({"name": "Mara"})
        cls.nils = partners.create({"name": "Nils", "introducer_id": cls.mara.id})
        cls.other_customer.introducer_id = cls.contact
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Wants a boat",
                "partner_id": cls.customer.id,
                "introducer_id": cls.nils.id,
                "user_id": cls.seller.id,
            }
        )
        cls.fresh = cls.env["crm.lead"].create(
            {"name": "Somebody new", "introducer_id": cls.contact.id}
        )

    def _all(self, user=None):
        model = self.env["trust.introduction"].with_user(user or self.env.user)
        return model.search([("introducer_id", "in", self._people().ids)])

    def _people(self):
        return self.mara | self.nils | self.customer | self.contact

    def _of(self, subject, user=None):
        link = "partner_id" if subject._name == "res.partner" else "lead_id"
        return self._all(user).filtered(lambda i: i[link] == subject)

    def test_who_introduced_whom(self):
        """R6: one row for each word of a customer or a lead, as the ledger counts."""
        pairs = {(i.introducer_id, i.partner_id or i.lead_id) for i in self._all()}
        self.assertEqual(
            pairs,
            {
                (self.mara, self.nils),
                (self.nils, self.customer),
                (self.contact, self.other_customer),
                (self.contact, self.fresh),
            },
        )
        again = {"partner_id": self.contact.id, "introducer_id": self.nils.id}
        self.env["crm.lead"].create({"name": "Again", **again})
        self.env["crm.lead"].create(
            {
                "name": "Their own",
                "partner_id": self.customer.id,
                "introducer_id": self.contact.id,
            }
        )
        self.assertEqual(len(self._all()), 4, "one customer is introduced once")
        self._people().trust_scoring = "always"
        self.env["trust.signal"].search([("code", "=", "referral")])._collect()
        self.env.flush_all()
        rows = self.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "referral"),
                ("partner_id", "in", self._people().ids),
            ]
        )
        self.assertEqual(
            sorted(rows.partner_id.ids), sorted(self._all().introducer_id.ids)
        )

    def test_path(self):
        """R6: Mara → Nils → Azure Interior → Deco Addict, on the list and the form."""
        path = self._of(self.other_customer).path
        names = [self.mara, self.nils, self.contact, self.other_customer]
        self.assertEqual(path, " → ".join(p.display_name for p in names))
        self.assertTrue(self._of(self.fresh).path.startswith("Mara → Nils → "))
        self.assertEqual(self.nils.trust_introduction_path, "Mara")
        self.assertEqual(self.contact.trust_introduction_path, "Mara → Nils")
        shown = {name: {} for name in ("trust_index", "trust_introduction_path")}
        [form] = self.customer.web_read({"name": {}, **shown})
        self.assertEqual(form["trust_introduction_path"], "Mara → Nils")
        self.assertFalse(self.mara.trust_introduction_path)
        self.assertEqual(self.customer.trust_introduction_count, 2)
        self.assertEqual(self.lead.trust_introduction_path, "Mara → Nils")
        self.assertEqual(self.fresh.trust_introduction_path[:12], "Mara → Nils ")

    def test_a_circle_ends(self):
        """R6: who introduced each other make no endless path."""
        self.mara.introducer_id = self.other_customer
        path = self._of(self.other_customer).path
        self.assertEqual(path.count("Mara"), 1)
        self.assertEqual(self.mara.trust_introduction_path.count("Nils"), 1)

    def test_effect(self):
        """R6: the trust of who came, and what was won since, and not before."""
        self._record(self.customer, "promise_kept", days_ago=2)
        self._drain()
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for value, days in ((500, 0), (70, -400)):
            lead = self.lead.copy(
                {
                    "partner_id": self.contact.id,
                    "stage_id": won.id,
                    "expected_revenue": value,
                }
            )
            lead.date_closed = fields.Datetime.now() + timedelta(days=days, hours=1)
        row = self._of(self.customer)
        self.assertEqual(row.won_value, 500)
        self.assertAlmostEqual(
            row.trust_index, self._relationship(self.customer).trust_index
        )
        blind = self._of(self.customer, self.all_seller)
        self.assertEqual(blind.trust_index, row.trust_index)

    def test_rights(self):
        """R6, A1: introductions by or of one's own customers; no score of others."""
        self._record(self.customer, "promise_kept")
        self._drain()
        self.customer.user_id = self.manager
        self.nils.user_id = self.seller
        mine = self._all(self.seller)
        self.assertEqual(mine, self._of(self.nils) | self._of(self.customer))
        self.assertFalse(mine.filtered("trust_index"))
        self.assertEqual(len(self._all(self.all_seller)), 4)
        with self.assertRaises(AccessError):
            self._all(self.outsider)

    def test_companies(self):
        """C9: a lead of another company says nothing here."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.lead.write({"company_id": other.id, "user_id": False, "team_id": False})
        self.assertFalse(self._of(self.customer, self.all_seller))
        self.assertFalse(
            self.customer.with_user(self.all_seller).trust_introduction_path
        )

    def test_by_hand(self):
        """R6: noted by hand it stands on the customer, and is evidence."""
        add = self.env["trust.introduction.add"].with_user(self.all_seller)
        self.all_seller.group_ids += self.env.ref("base.group_partner_manager")
        wizard = add.create(
            {"introducer_id": self.customer.id, "partner_id": self.mara.id}
        )
        wizard.action_apply()
        self.assertEqual(self.mara.introducer_id, self.customer)
        self.assertEqual(len(self._of(self.mara)), 1)
        for values in (
            {"introducer_id": self.mara.id},
            {"introducer_id": self.mara.id, "partner_id": self.mara.id},
            {"introducer_id": self.contact.id, "partner_id": self.customer.id},
        ):
            with self.assertRaises(UserError):
                add.create(values).action_apply()
