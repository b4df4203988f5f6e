# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustAlert(TrustCase):
    """C14: one activity for the owner of a relationship that fell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env.ref("trust_crm.mail_activity_alert")
        cls.partner = cls.other_customer
        cls.partner.user_id = cls.seller
        for days in range(10, 40, 3):
            cls._record(cls.partner, "promise_kept", days_ago=days)
            cls._record(cls.partner, "feedback_good", days_ago=days)
        cls._drain()

    def _alerts(self, *partners):
        ids = [p.id for p in partners or (self.partner,)]
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.kind.id),
                ("res_model", "=", "res.partner"),
                ("res_id", "in", ids),
            ]
        )

    def _disappoint(self, partner=None, times=8):
        for _time in range(times):
            self._record(partner or self.partner, "promise_broken")
            self._drain()

    def test_one_activity(self):
        """C14: crossing a band downward calls the owner once, in words."""
        self.assertFalse(self._alerts(), "rising is no alarm")
        self._disappoint()
        alert = self._alerts()
        self.assertEqual(len(alert), 1, "several falls, one activity")
        self.assertEqual(alert.user_id, self.seller)
        self.assertIn("Trust fell from", alert.summary)

    def test_again_after_it_was_done(self):
        """C14: none while one is open; done, the next fall calls again."""
        self._disappoint()
        self._alerts().action_done()
        self.assertFalse(self._alerts())
        self._disappoint(times=12)
        self.assertEqual(len(self._alerts()), 1)

    def test_company_and_contact_fall_together(self):
        """C14: one fact about a contact calls the owner once, not twice."""
        for days in range(10, 40, 3):
            self._record(self.contact, "promise_kept", days_ago=days)
            self._record(self.contact, "feedback_good", days_ago=days)
        self.customer.user_id = self.seller
        self._drain()
        self._disappoint(self.contact, times=12)
        self.assertEqual(len(self._alerts(self.customer, self.contact)), 1)

    def test_not_by_a_new_policy(self):
        """C14: a policy that counts otherwise moves many and calls nobody."""
        before = self._relationship(self.partner).band
        policy = self.env["trust.policy"]._get_published(self.company)
        draft = policy.copy()
        draft.line_ids.filtered(lambda line: line.weight > 0).weight = -1
        draft.action_publish()
        self._drain()
        self.assertLess(self._relationship(self.partner).band, before)
        self.assertFalse(self._alerts())

    def test_new_fact_with_a_new_policy(self):
        """C14: a fall is not overlooked because a policy was published meanwhile."""
        for _time in range(8):
            self._record(self.partner, "promise_broken")
        self.env["trust.queue"]._push_all("policy", self.company)
        self._drain()
        self.assertEqual(len(self._alerts()), 1)

    def test_not_by_a_first_collection(self):
        """C14: what the first collection finds calls nobody, nor what comes with it."""
        for _time in range(8):
            self._record(self.partner, "promise_broken")
        key = (self.partner.id, None, self.company.id)
        self.env["trust.queue"]._push([key], "day_one")
        self._drain()
        self.assertFalse(self._alerts())

    def test_not_by_a_replay(self):
        """C14: replaying the past calls nobody."""
        self._record(self.partner, "promise_broken", days_ago=5)
        self._record(self.partner, "promise_broken", days_ago=5)
        relationship = self._relationship(self.partner)
        relationship._refresh(relationship, at=self.now)
        self.assertFalse(self._alerts())

    def test_ageing_calls(self):
        """C14: a circle lost because nothing happened any more calls the owner too."""
        relationship = self._relationship(self.partner)
        circle = relationship.circle_id
        self.assertGreater(circle.level, 1)
        self.env.cr.execute(
            "UPDATE trust_relationship SET as_of = as_of - interval '600 days',"
            " first_date = first_date - interval '600 days' WHERE id = %s",
            [relationship.id],
        )
        self.env.invalidate_all()
        relationship._age(relationship.id, relationship.id + 1, self.now)
        self.assertTrue(not relationship.circle_id or relationship.circle_id != circle)
        if relationship.circle_id:
            self.assertEqual(len(self._alerts()), 1)

    def test_without_owner(self):
        """C14: nobody is called about a customer whom nobody looks after."""
        self.partner.user_id = False
        self._disappoint()
        self.assertFalse(self._alerts())
