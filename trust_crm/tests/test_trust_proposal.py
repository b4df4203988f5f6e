# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustProposal(TrustCase):
    """R1: a move into a circle that asks is proposed, accepted or declined."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.circles = cls.env["trust.circle"].search([], order="level")
        cls.customer.user_id = cls.seller
        cls._befriend(cls.customer)
        cls.relationship = cls._relationship(cls.customer)

    @classmethod
    def _befriend(cls, customer, days=0):
        """Tell all that carries a customer to the innermost ring."""
        for ago in range(days + 1, days + 46, 3):
            for signal in ("promise_kept", "referral", "interest_confirmed"):
                cls._record(customer, signal, days_ago=ago)
        cls._drain()

    def _mine(self):
        return self.relationship.with_user(self.seller)

    def _hurt(self):
        for _i in range(12):
            self._record(self.customer, "complaint_bad")
            self._record(self.customer, "promise_broken")
        self._drain()

    # PROPOSED

    def test_family_is_proposed_and_insider_is_not(self):
        """R1: the evidence carries to family; what shows stops before it."""
        self.assertEqual(self.circles[3].mode, "propose")
        self.assertEqual(self.relationship.circle_evident_id.level, 3)
        self.assertEqual(self.relationship.circle_id.level, 2)
        self.assertEqual(self.relationship.circle_proposed_id.level, 3)
        self.assertTrue(self.relationship.proposed_date)
        self.assertIn("Promise kept", self.relationship.proposal_reason)
        self.assertIn(
            self.relationship,
            self.relationships.search([("circle_proposed_id", "!=", False)]),
        )

    def test_reasons_by_each_companys_policy(self):
        """R1, C9: what speaks for a move is weighed by the policy that scored it."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        general = self.env["trust.policy"]._get_published(self.company)
        own = general.copy({"company_id": elsewhere.id})
        kept = own.line_ids.filtered(lambda line: line.signal_id.code == "promise_kept")
        kept.unlink()
        own.action_publish()
        for signal, days in (
            ("human_contact", 9),
            ("promise_kept", 2),
            ("referral", 1),
        ):
            self._record(self.customer, signal, days_ago=days, company_id=elsewhere.id)
        self._drain()
        there = self._relationship(self.customer, elsewhere)
        self.assertEqual(there.policy_id, own)
        told = (self.relationship | there)._read_proposal_reasons()
        signals = self.env["trust.signal"]
        facts = {
            rel: {signals.browse(signal).code for signal, _count in found}
            for rel, (_since, found) in told.items()
        }
        self.assertIn("promise_kept", facts[self.relationship.id])
        self.assertEqual(facts[there.id], {"referral"})

    def test_ageing_proposes_too(self):
        """R1: the night says the same as the fold."""
        relationship = self.relationship
        later = self.now + timedelta(days=1)
        relationship._age(relationship.id, relationship.id + 1, later)
        self.assertEqual(relationship.circle_id.level, 2)
        self.assertEqual(relationship.circle_proposed_id.level, 3)

    def test_accepted_by_one_click(self):
        """R1: family from now on, in the history with who said so and why."""
        reason = self._mine().proposal_reason
        self._mine().action_accept_circle()
        self.assertEqual(self.relationship.circle_id.level, 3)
        self.assertFalse(self.relationship.circle_proposed_id)
        newest = self.relationship.snapshot_ids.sorted("id")[-1]
        self.assertEqual(newest.cause, "accepted")
        self.assertEqual(newest.circle_id.level, 3)
        self.assertEqual(newest.user_id, self.seller)
        self.assertEqual(newest.reason, reason)
        found = self.evidence.search(newest.action_open_evidence()["domain"])
        self.assertTrue(found)
        self._drain()
        relationship = self.relationship
        later = self.now + timedelta(days=2)
        relationship._age(relationship.id, relationship.id + 1, later)
        self.assertEqual(self.relationship.circle_id.level, 3, "and stays")
        with self.assertRaises(UserError):
            self._mine().action_accept_circle()

    def test_out_without_asking_and_in_again_by_asking(self):
        """R1: nobody shows closer than the evidence; the way back is proposed anew."""
        self._mine().action_accept_circle()
        self._hurt()
        self.assertLess(self.relationship.circle_id.level, 3)
        self.assertFalse(self.relationship.circle_proposed_id)
        self.evidence.search(
            [
                ("partner_id", "=", self.customer.id),
                ("signal_id.code", "in", ("complaint_bad", "promise_broken")),
            ]
        )._void("a mistake")
        self._drain()
        self.assertEqual(self.relationship.circle_evident_id.level, 3)
        self.assertEqual(self.relationship.circle_id.level, 2)
        self.assertEqual(self.relationship.circle_proposed_id.level, 3)

    # DECLINED

    def test_declined_and_left_alone_for_thirty_days(self):
        """R1: with a reason; asked again after 30 days, by the night or a fold."""
        with self.assertRaises(UserError):
            self._mine()._decline_circle("  ")
        self._mine()._decline_circle("They would not miss us")
        relationship = self.relationship
        self.assertFalse(relationship.circle_proposed_id)
        self.assertEqual(relationship.circle_id.level, 2)
        newest = relationship.snapshot_ids.sorted("id")[-1]
        self.assertEqual(newest.cause, "declined")
        self.assertEqual(newest.reason, "They would not miss us")
        self._record(self.customer, "promise_kept")
        self._drain()
        self.assertFalse(relationship.circle_proposed_id)
        for days, level in ((29, False), (32, 3)):
            later = self.now + timedelta(days=days)
            relationship._age(relationship.id, relationship.id + 1, later)
            self.assertEqual(relationship.circle_proposed_id.level or False, level)

    def test_moved_further_is_asked_at_once(self):
        """R1: who was not to be an insider may still become family."""
        self.circles[2].mode = "propose"
        self._drain()
        other = self._relationship(self.other_customer)
        for ago in range(1, 40, 4):
            self._record(self.other_customer, "promise_kept", days_ago=ago)
            self._record(self.other_customer, "lead_answered", days_ago=ago)
        self._drain()
        self.assertEqual(other.circle_proposed_id.level, 2)
        self.assertEqual(other.circle_id.level, 1)
        other.with_user(self.manager)._decline_circle("Too early")
        self.assertFalse(other.circle_proposed_id)
        self._befriend(self.other_customer)
        self.assertEqual(other.circle_proposed_id.level, 3)
        other.with_user(self.manager).action_accept_circle()
        self.assertEqual(other.circle_id.level, 3)

    def test_ask_again(self):
        """R1: a decline, and an acceptance, can be taken back."""
        self._mine()._decline_circle("Not now")
        self._mine().action_ask_again()
        self.assertEqual(self.relationship.circle_proposed_id.level, 3)
        self.assertFalse(self.relationship.declined_reason)
        self._mine().action_accept_circle()
        self._mine()._unaccept_circle()
        self.assertEqual(self.relationship.circle_id.level, 2)
        self.assertEqual(self.relationship.circle_proposed_id.level, 3)

    def test_a_wizard_asks_why(self):
        """R1: the dialog of the button."""
        action = self._mine().action_decline_circle()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.seller)
            .with_context(**action["context"])
            .create({"reason": "Only one of them knows us"})
        )
        self.assertEqual(wizard.circle_id.level, 3)
        wizard.action_apply()
        self.assertEqual(self.relationship.declined_reason, "Only one of them knows us")

    # WHO, WHEN

    def test_whoever_looks_after_the_customer_decides(self):
        """R1, A1: the owner or a manager; not a colleague who may read all."""
        with self.assertRaises(UserError):
            self.relationship.with_user(self.all_seller).action_accept_circle()
        with self.assertRaises(UserError):
            self.relationship.with_user(self.privacy).action_accept_circle()
        self.customer.user_id = self.manager
        with self.assertRaises(AccessError):
            self._mine().action_accept_circle()
        self.relationship.with_user(self.manager).action_accept_circle()
        self.assertEqual(self.relationship.circle_id.level, 3)

    def test_override_stands_above(self):
        """C10: a manager's word is shown, the proposal waits beneath."""
        self.relationship.with_user(self.manager)._override(
            self.circles[1], self.env["trust.stage"], "They said so"
        )
        self.assertEqual(self.relationship.circle_id.level, 1)
        self._mine().action_accept_circle()
        self.assertEqual(self.relationship.circle_id.level, 1)
        self.relationship.with_user(self.manager).action_clear_override()
        self.assertEqual(self.relationship.circle_id.level, 3)

    def test_a_replay_leaves_no_proposal(self):
        """R1: what would have been proposed then is not proposed now."""
        other = self._relationship(self.other_customer)
        for ago in range(1, 46, 3):
            for signal in ("promise_kept", "referral", "interest_confirmed"):
                self._record(self.other_customer, signal, days_ago=ago)
        other._refresh(other, at=self.now)
        self.assertEqual(other.circle_evident_id.level, 3)
        self.assertFalse(other.circle_proposed_id)

    def test_who_was_there_before_us_is_accepted(self):
        """R1: the first run asks nothing about customers of years."""
        other = self.other_customer
        self._befriend(other, days=50)
        relationship = self._relationship(other)
        self.env.cr.execute(
            "DELETE FROM trust_snapshot WHERE relationship_id = %s", (relationship.id,)
        )
        self.env.invalidate_all()
        self.assertIn(relationship.id, self.relationships._without_history())
        self.relationships._rebuild_history(relationship.ids)
        self.assertEqual(relationship.circle_id.level, 3)
        self.assertFalse(relationship.circle_proposed_id)

    def test_a_circle_that_begins_to_ask_keeps_who_is_there(self):
        """R1: members stay; only who comes from now on is proposed."""
        self._mine().action_accept_circle()
        self.circles[2].mode = "propose"
        self._drain()
        self.assertEqual(self.relationship.circle_id.level, 3)
        self.assertFalse(self.relationship.circle_proposed_id)

    def test_a_circle_that_no_longer_asks(self):
        """R1: automatic again: all that waited move."""
        self.circles[3].mode = "automatic"
        self._drain()
        self.assertEqual(self.relationship.circle_id.level, 3)
        self.assertFalse(self.relationship.circle_proposed_id)

    def test_nobody_is_asked_into_the_outermost(self):
        """R1: bad input says what to do."""
        with self.assertRaises(ValidationError):
            self.circles[0].mode = "propose"

    # TODAY

    def _section(self):
        page = self.env["trust.today"].with_user(self.seller).get_today()
        return next(s for s in page["sections"] if s["name"] == "proposals")

    def test_today(self):
        """R1, H10: shown with what speaks for it; accepted, undone, put aside."""
        [item] = self._section()["items"]
        self.assertEqual(item["res_id"], self.relationship.id)
        self.assertIn("Family", item["what"])
        self.assertIn("Promise kept", item["reason"])
        today = self.env["trust.today"].with_user(self.seller)
        done = today.act("proposal", item["res_id"], "accept")
        self.assertEqual(self.relationship.circle_id.level, 3)
        self.assertFalse(self._section()["items"])
        today.act(*done["undo"])
        self.assertEqual(self.relationship.circle_id.level, 2)
        self.assertTrue(self._section()["items"])
        self.assertTrue(today.act("proposal", item["res_id"], "decline")["open"])
        self.assertTrue(today.act("proposal", item["res_id"], "why")["open"])
        undo = today.act("proposal", item["res_id"], "aside")["undo"]
        self.assertFalse(self._section()["items"])
        today.act(*undo)
        self.assertTrue(self._section()["items"])
