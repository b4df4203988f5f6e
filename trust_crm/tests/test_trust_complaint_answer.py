# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestTrustComplaintAnswer(ComplaintCase):
    """Proposals, redress, cause, and what the ledger holds of it."""

    def setUp(self):
        super().setUp()
        self.one = self.complaint()
        self.clarify(self.one)

    # PROPOSALS

    def test_refused_once(self):
        """K5: a refusal with one sentence reopens the search and notifies."""
        with self.at(hours=1):
            solution = self.propose(self.one)
            self.assertTrue(self.one.waiting, "we wait for the customer")
        with self.at(hours=2):
            self.one._customer_answer(solution, False, "It has to be today.")
        self.assertEqual(solution.state, "refused")
        self.assertEqual(solution.answered_by, "customer")
        self.assertEqual(self.one.step_code, "clarified")
        self.assertFalse(self.one.waiting)
        activity = self.one.sudo().activity_ids
        self.assertEqual(activity.user_id, self.seller)
        self.assertIn("It has to be today.", activity.summary)
        bodies = " ".join(self.one.message_ids.mapped("body"))
        self.assertIn("It has to be today.", bodies)

    def test_refused_twice(self):
        """K5: the second refusal goes to the manager, and counts as handled badly."""
        for number in (1, 2):
            with self.at(hours=number):
                solution = self.propose(self.one, f"Offer {number}")
                self.one._customer_answer(solution, False, "No.", "customer")
        managers = self.env.ref("trust_crm.group_trust_manager").all_user_ids
        self.assertTrue(self.one.sudo().activity_ids.user_id & managers)
        self.assertEqual(self.live(self.one)["complaint_bad"], ("customer", 0.5))
        with self.at(hours=3):
            self.accept(self.one, "customer")
            self.settle(self.one)
            self.one.action_next()
        live = self.live(self.one)
        self.assertEqual(live["complaint_good"], ("customer", 0.5))
        self.assertNotIn("complaint_bad", live, "one live outcome")

    def test_refusal_needs_a_sentence(self):
        """K5: why, in one sentence."""
        solution = self.propose(self.one)
        with self.assertRaises(UserError):
            self.one._customer_answer(solution, False, " ")

    def test_answer_once(self):
        """K5: answered once; only what is on the table; only of this complaint."""
        draft = self.env["trust.complaint.solution"].create(
            {"complaint_id": self.one.id, "name": "Later"}
        )
        with self.assertRaises(UserError):
            self.one._customer_answer(draft, True, "")
        solution = self.accept(self.one)
        with self.assertRaises(UserError):
            self.one._customer_answer(solution, False, "Changed my mind")
        other = self.complaint()
        self.clarify(other)
        theirs = self.propose(other)
        with self.assertRaises(UserError):
            self.one._customer_answer(theirs, True, "")

    def test_doors(self):
        """K5, T24: state and answer of a proposal are written by its buttons only."""
        solution = self.propose(self.one)
        for vals in (
            {"state": "accepted"},
            {"answer": "Wonderful"},
            {"answered_by": "customer"},
            {"name": "Something cheaper"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                solution.write(vals)
        with self.assertRaises(UserError):
            solution.unlink()
        forged = self.env["trust.complaint.solution"].with_user(self.seller)
        forged = forged.with_context(default_state="accepted").create(
            {"complaint_id": self.one.id, "name": "x", "answered_by": "customer"}
        )
        self.assertEqual((forged.state, forged.answered_by), ("draft", False))

    def test_answer_wizard(self):
        """K5: what they told us, noted in our voice."""
        solution = self.propose(self.one)
        action = solution.action_accept()
        wizard = self.env[action["res_model"]].with_user(self.seller)
        wizard.with_context(**action["context"]).create(
            {"sentence": "Good."}
        ).action_apply()
        self.assertEqual((solution.state, solution.answered_by), ("accepted", "staff"))
        self.assertEqual(self.one.step_code, "agreed")

    # REDRESS

    def redress(self, value, user=None):
        return (
            self.env["trust.complaint.redress"]
            .with_user(user or self.seller)
            .create({"complaint_id": self.one.id, "kind": "refund", "value": value})
        )

    def test_redress_limit(self):
        """K6: up to the limit at once, above it the manager, above that more."""
        small, large, huge = (self.redress(v) for v in (100, 101, 5000))
        small.action_approve()
        self.assertEqual((small.state, small.approved_by_id), ("approved", self.seller))
        large.action_approve()
        self.assertEqual(large.state, "to_approve")
        self.assertTrue(self.one.sudo().activity_ids, "somebody is asked")
        with self.assertRaises(UserError):
            large.action_approve()
        large.with_user(self.manager).action_approve()
        self.assertEqual(large.approved_by_id, self.manager)
        huge.action_approve()
        with self.assertRaises(UserError):
            huge.with_user(self.manager).action_approve()
        huge.with_user(self.administrator).action_approve()
        self.assertEqual(huge.state, "approved")
        large.action_give()
        self.assertEqual(large.state, "given")

    def test_redress_doors(self):
        """K6, T24: no approval by writing; another value needs another approval."""
        redress = self.redress(50)
        with self.assertRaises(UserError):
            redress.state = "approved"
        redress.action_approve()
        redress.value = 5000
        self.assertEqual(redress.state, "draft")
        with self.assertRaises(UserError):
            redress.action_give()

    def test_redress_blocks(self):
        """K2: what waits for approval keeps the complaint from *resolved*."""
        self.accept(self.one)
        self.one.apology = "not_due"
        redress = self.redress(500)
        redress.action_approve()
        with self.assertRaises(UserError):
            self.one.action_next()
        redress.with_user(self.manager).action_approve()
        self.one.action_next()
        self.assertEqual(self.one.step_code, "resolved")

    # CAUSE

    def test_promise(self):
        """P1, K7: from the complaint in three clicks: a corrective promise."""
        action = self.one.action_promise()
        promise = (
            self.env["trust.promise"]
            .with_user(self.seller)
            .with_context(**action["context"])
            .create({"name": "Call the carrier"})
        )
        self.assertEqual(promise.partner_id, self.customer)
        self.assertEqual(promise.complaint_id, self.one)
        self.assertEqual(promise.purpose, "corrective")
        self.assertEqual(self.one.promise_ids, promise)

    def test_repeat(self):
        """K9: the second of the same cause points to the first."""
        self.one.cause_id = self.cause
        contact = self.env["res.partner"].create(
            {"name": "Her husband", "parent_id": self.customer.id}
        )
        second = self.complaint(when=3, partner_id=contact.id)
        self.assertFalse(second.original_id)
        second.cause_id = self.cause
        self.assertEqual(second.original_id, self.one)
        third = self.complaint(when=4)
        third.cause_id = self.cause
        self.assertEqual(third.original_id, self.one)
        stranger = self.complaint(partner_id=self.other_customer.id, when=5)
        stranger.cause_id = self.cause
        self.assertFalse(stranger.original_id)

    # EVIDENCE

    def test_ledger(self):
        """K2: opened by severity, answered in time, solved; each in its own voice."""
        self.assertEqual(self.live(self.one), {"complaint_opened": ("customer", 0.5)})
        with self.at(hours=1):
            self.one.action_log_answer()
        with self.at(hours=2):
            self.accept(self.one, "customer")
            self.settle(self.one)
            self.one.action_next()
        self.assertEqual(
            self.live(self.one),
            {
                "complaint_opened": ("customer", 0.5),
                "complaint_answered": ("system", 1.0),
                "complaint_good": ("customer", 0.5),
            },
        )
        with self.at(hours=3):
            self.one.severity = "4"
        self.assertEqual(self.live(self.one)["complaint_good"][1], 1.0)

    def test_answered_late(self):
        """K3: past its deadline the first answer is late."""
        with self.at(days=2):
            self.one.action_log_answer()
        self.assertIn("complaint_answered_late", self.live(self.one))
        self.assertNotIn("complaint_answered", self.live(self.one))

    def test_false_claim(self):
        """K7: the cause "we claimed what was not true" is a fact of its own."""
        self.one.cause_id = self.env.ref("trust_crm.complaint_cause_false_claim")
        self.assertEqual(self.live(self.one)["false_claim"], ("system", 1.0))
        self.one.cause_id = self.cause
        self.assertNotIn("false_claim", self.live(self.one))

    def test_withdrawn(self):
        """K2: the customer's own withdrawal takes it back; one we note does not."""
        other = self.complaint()
        other._leave("withdrawn", "He called.")
        self.assertIn("complaint_opened", self.live(other))
        self.one.sudo()._leave("withdrawn", "A mistake of mine", voice="customer")
        self.assertFalse(self.live(self.one))

    def test_scores(self):
        """K2: the story on the index: opened 47.25, handled well 49.06."""
        severe = self.complaint(partner_id=self.other_customer.id, severity="4")
        with self.at(), self.subTest("opened"):
            self._drain()
        relationship = self._relationship(self.other_customer)
        self.relationships._refresh(relationship, at=severe.received_date)
        self.assertAlmostEqual(relationship.trust_index, 47.254505, 4)

    # RECOVERY

    def test_recovery(self):
        """K8: four or five is yes, one or two is no, in the customer's voice."""
        self.accept(self.one)
        self.settle(self.one)
        self.one.action_next()
        for overall, recovered, code, voice in (
            (5, "yes", "complaint_good", "customer"),
            (1, "no", "complaint_bad", "customer"),
            (3, "unknown", "complaint_good", "staff"),
            (4, "yes", "complaint_good", "customer"),
        ):
            self.one.sudo()._on_recovery_answer(self.answered(overall))
            self.assertEqual(self.one.recovered, recovered)
            live = self.live(self.one)
            self.assertEqual(live[code], (voice, 0.5))
            self.assertEqual(len(live.keys() & {"complaint_good", "complaint_bad"}), 1)

    def answered(self, overall):
        """What the customer answered to the pulse."""
        pulses = self.env["trust.feedback"].sudo()
        values = pulses._prepare_request_values(self.customer, "recovery", None, None)
        return pulses.create(values | {"state": "answered", "overall": overall})

    def test_recovery_asked_once(self):
        """K8: thirty days after the resolution, once for each."""
        complaints = self.env["trust.complaint"].sudo()
        with self.at(hours=1):
            self.accept(self.one)
            self.settle(self.one)
            self.one.action_next()
        with self.at(days=29):
            self.assertNotIn(
                self.one, complaints.search(complaints._get_recovery_domain())
            )
        with self.at(days=31):
            due = complaints.search(complaints._get_recovery_domain())
            self.assertIn(self.one, due)
            due._try_step("_ask_recovery")
            self.assertNotIn(
                self.one, complaints.search(complaints._get_recovery_domain())
            )
            self.assertEqual(
                self.one.sudo().notice_ids.mapped("kind").count("recovery"), 1
            )

    def test_customer_door(self):
        """K5: in the customer's voice nobody else's rights are needed, in ours ours."""
        solution = self.propose(self.one)
        stranger = self._new_user("nosy", "trust_crm.group_trust_user")
        with self.assertRaises(AccessError):
            self.one.with_user(stranger)._customer_answer(
                solution.with_user(stranger), True, "", "staff"
            )
