# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest

from odoo.exceptions import AccessError

from ..tools import similarity
from .handover_common import HandoverCase

NAMES = {1: "sailing", 2: "chess", 3: "opera"}


class TestTrustColleague(HandoverCase):
    """R4: who holds the trust alone, and the best colleague to bring along."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relationship = cls._relationship(cls.customer)
        cls.likes = {cls.customer.id: {1, 2}}

    def setUp(self):
        super().setUp()
        likes = self.likes = dict(self.likes)
        self.patch(
            self.registry["res.partner"],
            "_get_trust_interests",
            lambda partners: {id_: likes[id_] for id_ in partners.ids if id_ in likes},
        )
        self.patch(
            self.registry["trust.relationship"],
            "_get_interest_names",
            lambda _self, ids: [NAMES[id_] for id_ in sorted(ids)],
        )

    def _like(self, user, *interests):
        self.likes[user.partner_id.id] = set(interests)

    def _best(self, user=None):
        relationship = self.relationship.with_user(user or self.manager)
        relationship.invalidate_recordset()
        return relationship.colleague_id, relationship.colleague_reason

    def test_doctests(self):
        """R4: the share of interests in common, and how a bond adds to it."""
        self.assertEqual(doctest.testmod(similarity).failed, 0)

    def test_shared_interests(self):
        """R4: the one who has most in common (Jaccard), with what it is."""
        self._like(self.third, 1, 2, 3)
        self._like(self.colleague, 2)
        user, reason = self._best()
        self.assertEqual(user, self.third)
        self.assertEqual(reason, "both like sailing and chess")
        self._like(self.colleague, 1, 2)
        self.assertEqual(self._best()[0], self.colleague)

    def test_existing_bond(self):
        """R4: who is known there already; to whom that bond may not be shown, not."""
        self._record(self.customer, "referral", 0.3, user_id=self.third.id)
        self._drain()
        self._like(self.colleague, 2, 3)
        self.assertEqual(self._best()[0], self.colleague)
        del self.likes[self.colleague.partner_id.id]
        user, reason = self._best()
        self.assertEqual((user, reason), (self.third, "known there already"))
        self.assertFalse(self._best(self.seller)[0], "the bond of somebody else")

    def test_never_who_holds_it_or_looks_after_it(self):
        """R4: neither the salesperson nor who holds the trust, nor nobody at all."""
        self.assertFalse(self._best()[0], "no reason, no name")
        self._like(self.seller, 1, 2)
        self.assertFalse(self._best()[0])
        self.customer.user_id = self.third
        self._like(self.third, 1, 2)
        self.assertFalse(self._best()[0])

    def test_colleagues_of_this_company_only(self):
        """R4, C9: nobody is named who does not work for the company."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self._like(self.colleague, 1, 2)
        self.assertTrue(self._best()[0])
        self.colleague.write(
            {"company_ids": [(6, 0, elsewhere.ids)], "company_id": elsewhere.id}
        )
        self.assertFalse(self._best()[0])

    def test_similarity_of_a_bond(self):
        """R4: what employee and customer have in common stands beside the bond."""
        self._like(self.seller, 2, 3)
        bond = self.relationship.bond_ids
        self.assertAlmostEqual(bond.similarity, 1 / 3)

    def test_no_ranking(self):
        """R4: one name for one customer: nothing to sort, filter or group by."""
        info = self.env["trust.relationship"].fields_get(
            ["colleague_id", "thread_user_id", "thread_share"]
        )
        bonds = self.env["trust.bond"].fields_get(["similarity"])
        for name, field in {**info, **bonds}.items():
            for use in ("searchable", "sortable", "groupable"):
                self.assertFalse(field.get(use), f"{name} {use}")

    def test_single_thread_warning(self):
        """R4: the form warns those who may see the bond, nobody else."""
        for user in (self.seller, self.manager):
            relationship = self.relationship.with_user(user)
            self.assertEqual(relationship.thread_user_id, self.seller)
            self.assertIn("100%", relationship.thread_notice)
        blind = self.relationship.with_user(self.all_seller)
        self.assertFalse(blind.thread_user_id)
        self.assertFalse(blind.thread_notice)
        with self.assertRaises(AccessError):
            self.relationship.with_user(self.outsider).read(["thread_user_id"])

    def test_the_pass_suggests(self):
        """R4, R5: the leaver's list takes the best colleague where there is one."""
        self._like(self.third, 1, 2)
        self._like(self.seller, 1, 2)
        wizard = self.env["trust.handover.pass"].with_user(self.manager)
        wizard = wizard.create(
            {"user_id": self.seller.id, "new_user_id": self.colleague.id}
        )
        wizard.action_list()
        wizard.action_suggest()
        lines = {line.partner_id: line for line in wizard.line_ids}
        self.assertEqual(lines[self.customer].new_user_id, self.third)
        self.assertEqual(lines[self.customer].reason, "both like sailing and chess")
        self.assertEqual(lines[self.other_customer].new_user_id, self.colleague)

    def test_in_sets(self):
        """R4: as many queries for forty customers as for two."""
        counts = []
        for number in (2, 40):
            partners = self.env["res.partner"].create(
                [{"name": f"No. {i}"} for i in range(number)]
            )
            relationships = self._relationship(partners).with_user(self.manager)
            relationships._best_colleagues()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            relationships._best_colleagues()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
