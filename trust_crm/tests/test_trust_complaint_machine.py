# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .complaint_common import MONDAY, ComplaintCase

PATH = (
    "received",
    "listening",
    "clarified",
    "proposed",
    "agreed",
    "resolved",
    "closed",
)
OPEN = PATH[:5]


class ComplaintLife(RuleBasedStateMachine):
    """One complaint, pushed about by whoever may; beside it what a person remembers.

    What the rules allow is written down here without the model's code; the model may
    refuse more than that, never allow more.
    """

    case: ComplaintCase

    @initialize(severity=strategies.sampled_from("1234"), outside=strategies.booleans())
    def make(self, severity, outside):
        self.savepoint = self.case.env.cr.savepoint(flush=True)
        self.savepoint.__enter__()
        self.now = MONDAY
        self.complaint = self.case.complaint(severity=severity, outside=outside)
        about = self.case.all_seller
        self.complaint.with_user(self.case.manager).about_user_id = about
        self.refused = 0

    def teardown(self):
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()
            self.savepoint.close(rollback=True)
            self.case.env.invalidate_all(flush=False)

    def attempt(self, act):
        """Try it as a person would; a refusal leaves no trace."""
        with freeze_time(self.now):
            try:
                with self.case.env.cr.savepoint():
                    act()
                    self.case.env.flush_all()
            except (UserError, AccessError):
                self.case.env.invalidate_all(flush=False)
                return False
        return True

    @rule(hours=strategies.integers(1, 90))
    def wait(self, hours):
        self.now += timedelta(hours=hours)

    @rule(
        vals=strategies.sampled_from(
            (
                {"problem": "It broke", "problem_agreed": True, "wanted": "care"},
                {"problem": False},
                {"problem_agreed": False},
                {"problem_agreed": False, "disagreement": "Not so"},
                {"apology": "given"},
                {"apology": False},
                {"no_redress": True},
                {"no_redress": False},
                {"customer_told": True},
                {"severity": "4"},
                {"outside": True},
                {"waiting": True},
                {"waiting": False},
            )
        )
    )
    def edit(self, vals):
        self.attempt(lambda: self.complaint.write(dict(vals)))

    @rule()
    def feel_and_learn(self):
        self.attempt(
            lambda: self.complaint.write(
                {
                    "feeling_ids": self.case.feeling.ids,
                    "cause_id": self.case.cause.id,
                }
            )
        )

    @rule(code=strategies.sampled_from((*PATH, "withdrawn", "rejected")))
    def drag(self, code):
        step = self.case.env["trust.complaint.step"]._get(code)
        self.attempt(lambda: self.complaint.write({"step_id": step.id}))

    @rule()
    def go_on(self):
        self.attempt(self.complaint.action_next)

    @rule()
    def propose(self):
        self.attempt(lambda: self.case.propose(self.complaint))

    @rule(
        accepted=strategies.booleans(),
        voice=strategies.sampled_from(("customer", "staff")),
    )
    def answer(self, accepted, voice):
        offered = self.complaint.solution_ids.filtered(lambda s: s.state == "proposed")
        was_open = self.complaint.step_code == "proposed"
        done = self.attempt(
            lambda: self.complaint._customer_answer(offered[:1], accepted, "So", voice)
        )
        if done:
            assert was_open and offered
            self.refused += not accepted

    @rule()
    def mend(self):
        """The straight way, so that walks reach what lies behind it."""
        self.attempt(lambda: self.case.resolve(self.complaint))

    @rule(code=strategies.sampled_from(("withdrawn", "rejected")))
    def leave(self, code):
        was = self.complaint.step_code
        if self.attempt(lambda: self.complaint._leave(code, "Because")):
            assert was in OPEN

    @rule(appeal=strategies.booleans())
    def reopen(self, appeal):
        was = self.complaint.step_code
        if self.attempt(lambda: self.complaint._reopen("Because", appeal=appeal)):
            assert was not in OPEN
            assert not appeal or was == "rejected"

    @precondition(lambda self: hasattr(self, "complaint"))
    @rule(
        act=strategies.sampled_from(
            (
                lambda c: c.write({"problem": "Lies"}),
                lambda c: c.action_next(),
                lambda c: c.action_pause(),
                lambda c: c._leave("rejected", "No"),
                lambda c: c._reopen("No"),
                lambda c: c.write({"step_id": c.step_id.id}),
                lambda c: c.message_post(body="x"),
            )
        )
    )
    def about(self, act):
        """Whom it is about changes nothing, at any time."""
        mine = self.complaint.with_user(self.case.all_seller)
        assert not self.attempt(lambda: act(mine))

    @invariant()
    def legal(self):
        if not hasattr(self, "complaint"):
            return
        self.case.env.flush_all()
        complaint = self.complaint.sudo()
        code, case = complaint.step_code, self.case
        moves = complaint.move_ids.sorted("id")
        case.assertEqual(moves[-1].step_id.code, code, "the history is complete")
        case.assertTrue(all(move.author_id and move.date for move in moves))
        for before, after in zip(moves, moves[1:], strict=False):
            case.assertEqual(after.from_id, before.step_id)
        if code in ("resolved", "closed"):
            case.assertTrue(complaint.problem and complaint.apology)
            case.assertTrue(complaint.problem_agreed or complaint.disagreement)
            case.assertTrue(complaint.no_redress or complaint.redress_ids)
            case.assertIn("accepted", complaint.solution_ids.mapped("state"))
            case.assertTrue(complaint.resolved_date and complaint.user_id)
        if code == "closed":
            case.assertTrue(complaint.cause_id and complaint.customer_told)
        if code in ("withdrawn", "rejected"):
            case.assertTrue(complaint.end_reason and complaint.stopped_date)
        case.assertEqual(bool(complaint.paused_since), complaint.waiting)
        case.assertFalse(complaint.paused_since and code not in OPEN)
        open_pauses = complaint.pause_ids.filtered(lambda pause: not pause.stop)
        case.assertEqual(len(open_pauses), int(complaint.waiting))
        case.assertEqual(complaint.refusal_count, self.refused)
        live = case.live(complaint)
        case.assertIn("complaint_opened", live)
        case.assertLessEqual(len(live.keys() & {"complaint_good", "complaint_bad"}), 1)
        case.assertEqual("complaint_good" in live, complaint.outcome == "good")


@tagged("post_install", "-at_install")
class TestTrustComplaintMachine(ComplaintCase):
    def test_walks(self):
        """T12: random walks by every role, no illegal state; K2's guards hold."""
        self._walk(12)

    @pytest.mark.long
    def test_many_walks(self):
        """T12: the same, ten thousand steps."""
        self._walk(400)

    def _walk(self, walks):
        machine = type("Life", (ComplaintLife,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=walks,
                stateful_step_count=25,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
