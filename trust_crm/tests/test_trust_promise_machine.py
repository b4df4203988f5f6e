# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

import pytz
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

from odoo.tests import tagged

from .promise_common import MONDAY, PromiseCase

ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
UNFULFILLED = ("open", "renegotiated", "broken")


class PromiseLife(RuleBasedStateMachine):
    """One promise of ours, and beside it what a person would remember of it.

    The memory is written down without the model's code: the first missed midnight,
    how it ended, and the customer's last word.
    """

    case: PromiseCase

    @initialize(zone=strategies.sampled_from(ZONES), due=strategies.integers(-1, 4))
    def make(self, zone, due):
        self.savepoint = self.case.env.cr.savepoint(flush=True)
        self.savepoint.__enter__()
        self.case.seller.tz = zone
        self.zone, self.now = pytz.timezone(zone), MONDAY
        self.due, self.missed = self.case.day(due), None
        self.ended = self.ended_at = self.said = None
        self.moved = False
        self.promise = self.case.promise(due=due)
        self.broken = self.overdue()
        if self.broken:
            self.missed = self.midnight()

    def teardown(self):
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()
            self.savepoint.close(rollback=True)
            self.case.env.invalidate_all(flush=False)

    def midnight(self):
        local = datetime.combine(self.due + timedelta(days=1), time())
        return self.zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def overdue(self):
        return self.midnight() <= self.now

    def note_missed(self):
        if self.overdue() and not self.missed:
            self.missed = self.midnight()

    def resume(self):
        self.note_missed()
        self.ended = self.ended_at = self.said = None
        self.broken = self.overdue()

    def clock(self):
        return freeze_time(self.now)

    @rule(hours=strategies.integers(1, 60))
    def wait(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def run_job(self):
        with self.clock():
            self.case.break_overdue()
        if self.ended is None and not self.broken and self.overdue():
            self.note_missed()
            self.broken = True

    @precondition(lambda self: self.ended is None and self.said != "not_kept")
    @rule()
    def keep(self):
        with self.clock():
            self.promise.action_keep()
        self.note_missed()
        self.ended, self.ended_at = "kept", self.now

    @precondition(lambda self: self.ended is None)
    @rule(days=strategies.integers(2, 5))
    def move(self, days):
        day = (self.now + timedelta(days=days)).date()
        if day == self.due:
            return
        with self.clock():
            self.promise._move(day)
        self.note_missed()
        self.due, self.broken, self.moved, self.ended_at = day, False, True, None

    @precondition(lambda self: self.ended is None)
    @rule(side=strategies.sampled_from(("customer", "us")))
    def cancel(self, side):
        with self.clock():
            self.promise._cancel(side, "Because")
        self.note_missed()
        self.ended, self.ended_at, self.broken = side, self.now, False

    @precondition(lambda self: self.ended is not None)
    @rule()
    def reopen(self):
        with self.clock():
            self.promise.with_user(self.case.manager).action_reopen()
        self.resume()

    @precondition(lambda self: self.ended in (None, "kept"))
    @rule()
    def customer_says_kept(self):
        with self.clock():
            self.promise._customer_says(True)
        if self.ended_at is None:
            self.note_missed()
            self.ended_at = self.now
        self.ended, self.said, self.broken = "kept", "kept", False

    @precondition(lambda self: self.ended in (None, "kept"))
    @rule()
    def customer_says_not_kept(self):
        with self.clock():
            self.promise._customer_says(False)
        if self.missed or self.overdue():
            if self.ended_at is None:
                self.note_missed()
            self.ended, self.said, self.broken = None, "not_kept", True
        else:
            self.resume()

    @invariant()
    def ledger_says_what_happened(self):
        if not hasattr(self, "promise"):
            return
        self.case.assertEqual(self.case.live(self.promise), self.expected())
        self.case.assertEqual(self.promise.state, self.expected_state())
        said = self.promise.customer_answer or None
        self.case.assertEqual(said, self.said)

    def expected(self):
        if self.ended == "kept":
            code = "promise_kept_late" if self.missed else "promise_kept"
            voice = "customer" if self.said == "kept" else "staff"
            return [(code, voice, self.ended_at)]
        if self.missed or self.broken:
            voice = "customer" if self.said == "not_kept" else "system"
            return [("promise_broken", voice, self.missed or self.midnight())]
        if self.ended == "us":
            return [("promise_broken", "staff", self.ended_at)]
        return []

    def expected_state(self):
        if self.ended == "kept":
            return "kept_late" if self.missed else "kept"
        if self.ended:
            return "cancelled"
        if self.broken:
            return "broken"
        return "renegotiated" if self.moved else "open"


@tagged("post_install", "-at_install")
class TestTrustPromiseMachine(PromiseCase):
    def test_life(self):
        """P2, P3, P5: whatever happens, the live evidence is what the state says."""
        machine = type("Life", (PromiseLife,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25,
                stateful_step_count=12,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
