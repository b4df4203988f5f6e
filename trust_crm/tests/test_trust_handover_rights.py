# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .handover_common import HandoverCase


class TestTrustHandoverAfter(HandoverCase):
    """R5: trust after 90 days is shown."""

    def test_trust_after_ninety_days(self):
        """R5: before it is today's index, then the history's of day 90, whatever came
        later; the lowest of those days with it."""
        self.customer.user_id = self.colleague
        handover = self._handovers()
        relationship = self._relationship(self.customer)
        self._keep(relationship, 20, 41.0)
        self._keep(relationship, 80, 47.5)
        self._keep(relationship, 120, 60.0)
        self.assertFalse(handover.is_settled)
        self.assertAlmostEqual(handover.trust_after, relationship.trust_index)
        handover.invalidate_recordset()
        with freeze_time(self.now + timedelta(days=200)):
            self.assertTrue(handover.is_settled)
            self.assertAlmostEqual(handover.trust_after, 47.5)
            self.assertAlmostEqual(handover.trust_lowest, 41.0)
            self.assertAlmostEqual(handover.trust_change, 47.5 - handover.trust_before)

    def test_nothing_for_who_may_not_see_the_customer(self):
        """R5, T5: the former salesperson sees the checklist, not today's score."""
        self.customer.user_id = self.colleague
        handover = self._handovers()
        self.assertTrue(handover.with_user(self.colleague).has_after)
        former = handover.with_user(self.seller)
        self.assertFalse(former.has_after)
        self.assertFalse(former.trust_after)

    def _keep(self, relationship, days, index):
        self.env.cr.execute(
            "INSERT INTO trust_snapshot"
            " (relationship_id, company_id, date, trust_index)"
            " VALUES (%s, %s, %s, %s)",
            [
                relationship.id,
                relationship.company_id.id,
                self.now + timedelta(days=days),
                index,
            ],
        )
        self.env["trust.snapshot"].invalidate_model()


class TestTrustHandoverRights(HandoverCase):
    """R5, A1: as bonds: own, the leader of the team, managers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls._new_user("leader", "trust_crm.group_trust_user")
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "user_id": cls.leader.id, "member_ids": cls.seller.ids}
        )
        cls.customer.user_id = cls.colleague
        cls.handover = cls.env["trust.handover"].search(
            [("partner_id", "=", cls.customer.id)]
        )

    def _sees(self, user):
        return bool(self.env["trust.handover"].with_user(user).search([]))

    def test_who_sees_a_handover(self):
        """A1: nobody beside those it is between, their leaders and managers."""
        for user in (self.seller, self.colleague, self.leader, self.manager):
            self.assertTrue(self._sees(user), user.name)
            steps = self.env["trust.handover.step"].with_user(user).search([])
            self.assertEqual(len(steps), 4, user.name)
        for user in (self.third, self.all_seller):
            self.assertFalse(self._sees(user), user.name)
            steps = self.env["trust.handover.step"].with_user(user).search([])
            self.assertFalse(steps, user.name)
        for user in (self.outsider, self.privacy):
            with self.assertRaises(AccessError):
                self._sees(user)

    def test_the_share_is_the_holders(self):
        """A1: the number is for the holder, the leader and managers; no path to it."""
        for user in (self.seller, self.leader, self.manager):
            self.assertTrue(self.handover.with_user(user).share_shown, user.name)
        mine = self.handover.with_user(self.colleague)
        self.assertFalse(mine.share_shown)
        with self.assertRaises(AccessError):
            mine.search([("share_before", ">", 0.5)])
        with self.assertRaises(AccessError):
            mine.read(["share_before"])

    def test_no_client_writes_it(self):
        """R5: by RPC nobody opens, closes or rewrites a handover, managers included."""
        for user in (self.seller, self.colleague, self.manager):
            handover = self.handover.with_user(user)
            with self.assertRaises(AccessError):
                handover.write({"state": "done"})
            with self.assertRaises(AccessError):
                handover.step_ids.write({"state": "done"})
            with self.assertRaises(AccessError):
                handover.create({"company_id": self.company.id})
            with self.assertRaises(AccessError):
                handover.unlink()
        step = self.handover.step_ids[0]
        for method in ("action_done", "action_undo"):
            with self.assertRaises(AccessError):
                getattr(step.with_user(self.third), method)()
        with self.assertRaises(AccessError):
            self.handover.with_user(self.third)._skip("Because")

    def test_other_company(self):
        """C9: a handover is seen in its company only."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.company_ids += other
        seen = self.env["trust.handover"].with_user(self.manager)
        self.assertTrue(seen.with_company(self.company).search([]))
        self.assertFalse(seen.with_context(allowed_company_ids=other.ids).search([]))

    def test_changed_by_somebody_without_the_app(self):
        """R5, C5: the salesperson is changed as ever, and the checklist is there."""
        self.outsider.group_ids += self.env.ref("base.group_partner_manager")
        self._hold(self.other_customer, self.seller)
        self._drain()
        self.other_customer.with_user(self.outsider).user_id = self.colleague
        self.assertEqual(len(self._handovers(self.other_customer)), 1)
