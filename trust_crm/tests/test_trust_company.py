# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustCompany(TrustCase):
    """C9: two companies share a partner and see nothing of each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Branch"})
        cls.here = cls._user_of(cls.company, "here")
        cls.there = cls._user_of(cls.other_company, "there")
        cls._record(cls.other_customer, "promise_kept")
        for _i in range(4):
            cls._record(
                cls.other_customer, "promise_broken", company_id=cls.other_company.id
            )
        cls._drain()

    @classmethod
    def _user_of(cls, company, login):
        user = cls._new_user(login, "trust_crm.group_trust_admin")
        user.write(
            {
                "company_ids": [Command.set(company.ids)],
                "company_id": company.id,
                "group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)],
            }
        )
        return user

    def _seen(self, user):
        """Return every number the user's paths give, as rounded indexes."""
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        partner = env["res.partner"].browse(self.other_customer.id)
        mine = [("partner_id", "=", partner.id)]
        relationships = env["trust.relationship"].search(mine)
        groups = env["trust.relationship"]._read_group(
            mine, ["company_id"], ["trust_index:avg", "__count"]
        )
        found = env["res.partner"].search(
            [("id", "=", partner.id), ("trust_index", ">", 50)]
        )
        by_band = env["res.partner"]._read_group(
            [("id", "=", partner.id)], ["trust_band"], ["trust_index:avg"]
        )
        exported = relationships.export_data(["trust_index"])["datas"]
        return {
            "read": {round(partner.trust_index, 4)},
            "relationships": {round(r.trust_index, 4) for r in relationships},
            "grouped": {round(avg, 4) for _company, avg, _count in groups},
            "exported": {round(float(row[0]), 4) for row in exported},
            "aggregated": {round(avg, 4) for _band, avg in by_band},
            "found": bool(found),
            "ledger": set(env["trust.evidence"].search(mine).signal_id.mapped("code")),
            "history": {
                round(s.trust_index, 4)
                for s in env["trust.snapshot"].search(
                    [("relationship_id.partner_id", "=", partner.id)]
                )
            },
        }

    def test_each_sees_its_own(self):
        """C9: by read, search, grouping, export, aggregate, ledger and history."""
        here, there = self._seen(self.here), self._seen(self.there)
        self.assertTrue(here.pop("found"))
        self.assertFalse(there.pop("found"))
        self.assertEqual(here.pop("ledger"), {"promise_kept"})
        self.assertEqual(there.pop("ledger"), {"promise_broken"})
        for values, other in ((here, there), (there, here)):
            self.assertEqual(len(values["relationships"]), 1)
            for path, numbers in values.items():
                self.assertTrue(numbers <= values["relationships"], path)
                self.assertFalse(numbers & other["relationships"], path)

    def test_active_company_switches(self):
        """C9: one user of both companies sees the score of the active one."""
        user = self.env.user
        user.company_ids = self.company | self.other_company
        first = self.other_customer.with_company(self.company)
        second = self.other_customer.with_company(self.other_company)
        self.assertAlmostEqual(first.trust_index, 51.082953, 4)
        self.assertLess(second.trust_index, 47)
        high = [("id", "=", self.other_customer.id), ("trust_index", ">", 50)]
        self.assertTrue(first.search(high))
        self.assertFalse(second.search(high))

    def test_two_policies(self):
        """C9, C3: a company's own policy scores that company alone."""
        general = self.env["trust.policy"]._get_published(self.company)
        own = general.copy({"company_id": self.other_company.id})
        own.negative_multiplier = 1
        own.action_publish()
        self._drain()
        here = self._relationship(self.other_customer)
        there = self._relationship(self.other_customer, self.other_company)
        self.assertEqual(here.policy_id, general)
        self.assertEqual(there.policy_id, own)
        self.assertAlmostEqual(there.x_r_neg, 4, 3)

    def test_fact_without_company_counts_everywhere(self):
        """SCORING 2: with company False it counts in every company, old and new."""
        fresh = self.env["res.company"].create({"name": "Third"})
        self._record(self.other_customer, "promise_kept", company_id=False)
        self._drain()
        for company, count in (
            (self.company, 2),
            (self.other_company, 5),
            (fresh, 1),
        ):
            found = self.relationships.search(
                [
                    ("partner_id", "=", self.other_customer.id),
                    ("company_id", "=", company.id),
                ]
            )
            self.assertEqual(found.evidence_count, count, company.name)

    def test_jobs_score_all_companies_apart(self):
        """C9: draining and ageing as the scheduled jobs' user mix nothing."""
        self.env["trust.queue"]._push_all("policy")
        self._drain()
        here = self._relationship(self.other_customer)
        there = self._relationship(self.other_customer, self.other_company)
        self.assertAlmostEqual(here.trust_index, 51.082953, 4)
        index = there.trust_index
        low, high = min(here.id, there.id), max(here.id, there.id) + 1
        self.relationships._age(low, high, self.now.replace(year=self.now.year + 1))
        self.assertLess(here.trust_index, 51)
        self.assertGreater(there.trust_index, index)

    def test_move_of_a_contact_in_both_companies(self):
        """C7, C9: the new company is scored wherever the contact has evidence."""
        self._record(self.contact, "promise_kept")
        self._record(self.contact, "promise_kept", company_id=self.other_company.id)
        self._drain()
        target = self.env["res.partner"].create({"name": "New", "is_company": True})
        self.contact.parent_id = target
        self._drain()
        found = self.relationships.search([("partner_id", "=", target.id)])
        self.assertEqual(found.company_id, self.company | self.other_company)
