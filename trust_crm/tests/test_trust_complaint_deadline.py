# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import MONDAY, ComplaintCase

CLOCK = "odoo.addons.trust_crm.models.trust_clock_mixin"


@tagged("post_install", "-at_install")
class TestTrustComplaintDeadline(ComplaintCase):
    """Deadlines in the team's working hours, patience, and who is told when."""

    def activities(self, complaint):
        return complaint.sudo().activity_ids.sorted("id")

    def step(self, name, domain):
        """What the job does with a domain, without its commits."""
        complaints = self.env["trust.complaint"].sudo()
        batch = complaints._claim(getattr(complaints, domain)())
        batch._try_step(name)
        return batch

    def remind(self):
        return self.step("_remind", "_get_remind_domain")

    def tell_late(self):
        self.step("_tell_late_answer", "_get_late_answer_domain")
        return self.step("_tell_late_solution", "_get_late_solution_domain")

    # DEADLINES

    def test_named_example(self):
        """K3: Friday 16:00, eight hours, Monday off: Tuesday 16:00; a pause of two
        working days moves it two working days."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Monday off",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-01-12 00:00:00",
                "date_to": "2026-01-12 23:59:59",
            }
        )
        complaint = self.complaint(when=-2)
        complaint.sudo().received_date = self.utc("2026-01-09 16:00:00")
        with self.at(-2):
            complaint.sudo()._plan_deadlines()
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-13 16:00:00"))
        with self.at(1):
            complaint.action_pause()
        with self.at(3):
            complaint.action_resume()
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-15 16:00:00"))

    def test_severity(self):
        """K3: each severity has its own targets; a change plans anew."""
        complaint = self.complaint(severity="4")
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-12 10:00:00"))
        self.assertEqual(complaint.solution_deadline, self.utc("2026-01-12 17:00:00"))
        with self.at(hours=1):
            complaint.severity = "1"
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-13 17:00:00"))

    def test_policy_change_while_running(self):
        """T11: what the customer was told stands when the targets change."""
        complaint = self.complaint()
        before = complaint.answer_deadline
        self.env.ref("trust_crm.complaint_target_2").answer_hours = 1
        with self.at(hours=1):
            complaint.action_pause()
            complaint.action_resume()
        self.assertEqual(complaint.answer_deadline, before)

    def test_team_calendar(self):
        """K3: the team's calendar in its time zone, whoever looks at it."""
        team = self.env["crm.team"].create(
            {
                "name": "Service Auckland",
                "complaint_calendar_id": self._new_calendar("Pacific/Auckland").id,
            }
        )
        self.seller.tz = "America/Los_Angeles"
        complaint = self.complaint(team_id=team.id)
        # Monday 08:00 UTC is Monday 21:00 there; eight hours on Tuesday end at 17:00.
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-13 04:00:00"))

    def test_pauses(self):
        """K3, T11: several pauses; pause and resolve in one write."""
        complaint = self.complaint()
        with self.at(hours=1):
            complaint.waiting = True
        with self.at(hours=2):
            complaint.waiting = False
        with self.at(hours=3):
            complaint.waiting = True
            self.assertTrue(complaint.waiting)
        with self.at(days=1):
            complaint.waiting = False
        # one hour, and from 11:00 to 08:00 of the next day: 1 + 5 working hours
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-13 15:00:00"))
        self.clarify(complaint)
        with self.at(days=1):
            self.accept(complaint)
            self.settle(complaint)
            complaint.waiting = True
        with self.at(days=2):
            resolved = self.env["trust.complaint.step"]._get("resolved")
            complaint.write({"waiting": False, "step_id": resolved.id})
        self.assertFalse(complaint.paused_since)
        self.assertTrue(all(complaint.sudo().pause_ids.mapped("stop")))
        with self.assertRaises(UserError):
            complaint.action_pause()

    def test_resolving_ends_the_pause(self):
        """T11: the way to *resolved* leads out of the pause."""
        complaint = self.complaint()
        self.clarify(complaint)
        with self.at(hours=1):
            self.accept(complaint)
            self.settle(complaint)
            complaint.action_pause()
        with self.at(days=9):
            complaint.action_next()
            self.assertFalse(complaint.paused_since)
            self.assertFalse(complaint.solution_breached)

    def test_breach_stays(self):
        """K3: a breach stays visible after closing, and is found without a job."""
        late, intime = self.complaint(), self.complaint()
        with self.at(hours=1):
            intime.action_log_answer()
        with self.at(days=1):
            late.action_log_answer()
        with self.at(days=2):
            for complaint in (late, intime):
                self.resolve(complaint)
                complaint.write({"cause_id": self.cause.id, "customer_told": True})
                complaint.action_next()
        both = [("id", "in", (late | intime).ids)]
        model = self.env["trust.complaint"]
        self.assertTrue(late.answer_breached and late.breached)
        self.assertFalse(intime.breached)
        self.assertEqual(model.search([*both, ("breached", "=", True)]), late)
        self.assertEqual(model.search([*both, ("breached", "=", False)]), intime)
        self.assertEqual(model.search([*both, ("answer_breached", "=", True)]), late)
        self.assertEqual(late.deadline_chip, "breached")
        self.assertEqual(intime.deadline_chip, "met")

    def test_search_is_compute(self):
        """K3: in every state the search finds what the screen shows."""
        complaints = self.complaint()
        complaints |= self.complaint(severity="1") | self.complaint(severity="4")
        complaints |= self.complaint(severity="4", outside=True)
        with self.at(hours=1):
            complaints[0].action_pause()
            complaints[1].action_log_answer()
        fresh = self.complaint(when=1.1)
        complaints |= fresh
        with self.at(hours=5):
            complaints[2]._leave("rejected", "No")
        mine = Domain("id", "in", complaints.ids)
        model = self.env["trust.complaint"].with_user(self.seller)
        for when in (0, 0.08, 0.3, 1.2, 4, 30):
            with self.at(when):
                complaints.invalidate_recordset()
                for name in ("breached", "answer_breached", "solution_breached"):
                    for value in (True, False):
                        found = model.search(mine & Domain(name, "=", value))
                        self.assertEqual(
                            found,
                            complaints.sorted().filtered(
                                lambda c, n=name, v=value: c[n] == v
                            ),
                            (when, name, value),
                        )
                for chip in set(complaints.mapped("deadline_chip")):
                    found = model.search(mine & Domain("deadline_chip", "=", chip))
                    shown = complaints.filtered(lambda c, s=chip: c.deadline_chip == s)
                    self.assertEqual(set(found.ids), set(shown.ids), (when, chip))
                for limit in (0.5, 3, -2):
                    found = model.search(mine & Domain("remaining_hours", "<", limit))
                    shown = complaints.filtered(
                        lambda c, h=limit: c.next_deadline and c.remaining_hours < h
                    )
                    self.assertEqual(set(found.ids), set(shown.ids), (when, limit))

    def test_reopened(self):
        """T12: reopening starts the clock of the solution anew, the breach is kept."""
        complaint = self.complaint()
        with self.at(days=30):
            self.resolve(complaint)
            self.assertTrue(complaint.solution_breached)
            complaint._reopen("It broke again")
            self.assertFalse(complaint.solution_breached)
            self.assertTrue(complaint.breached)
            self.assertGreater(complaint.solution_deadline, fields.Datetime.now())
            self.assertEqual(complaint.sudo().outcome, False)

    # PATIENCE

    def test_urgency(self):
        """K4: severity and reasons add up; at five the deadlines halve."""
        complaint = self.complaint(severity="3")
        self.assertEqual(complaint.urgency, 3)
        self.assertEqual(complaint.solution_deadline, self.utc("2026-01-14 17:00:00"))
        with self.at():
            complaint.outside = True
        self.assertEqual(complaint.urgency, 4)
        self.assertIn("it was taken outside", complaint.urgency_reason)
        self.assertNotIn("halved", complaint.urgency_reason)
        with self.at():
            self.refuse(complaint)
        self.assertEqual(complaint.urgency, 5)
        self.assertIn("serious", complaint.urgency_reason)
        self.assertIn("refused", complaint.urgency_reason)
        self.assertIn("halved", complaint.urgency_reason)
        self.assertEqual(complaint.solution_deadline, self.utc("2026-01-13 12:00:00"))

    def refuse(self, complaint, voice="staff"):
        if not complaint.problem:
            self.clarify(complaint)
        solution = self.propose(complaint, "Half of it")
        complaint._customer_answer(solution, False, "That is not enough.", voice)
        return solution

    def test_halved_from_the_start(self):
        """K4: severe and outside at once: half of the targets."""
        complaint = self.complaint(severity="4", outside=True)
        self.assertEqual(complaint.urgency, 5)
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-12 09:00:00"))
        self.assertEqual(complaint.solution_deadline, self.utc("2026-01-12 12:00:00"))

    def test_nobody_is_late_by_the_change(self):
        """K4: of a clock that runs, what is left halves."""
        complaint = self.complaint(severity="4")
        with self.at(hours=3):
            complaint.action_log_answer()
            complaint.outside = True
            # three of eight hours are gone: half of the other five is left
            self.assertEqual(
                complaint.solution_deadline, self.utc("2026-01-12 14:30:00")
            )
            self.assertFalse(complaint.solution_breached)

    def test_low_trust(self):
        """K4: a customer who trusts us little has less patience."""
        for _fact in range(6):
            self._record(self.customer, "promise_broken", days_ago=1)
        self._drain()
        low = self._relationship(self.customer).circle_low
        self.assertLess(low, 42)
        complaint = self.env["trust.complaint"].create(
            {"subject": "Again", "partner_id": self.customer.id, "severity": "4"}
        )
        self.assertEqual(complaint.urgency, 5)
        self.assertIn("trusts us little", complaint.urgency_reason)
        self.assertTrue(complaint.halved_at)
        self.assertAlmostEqual(
            complaint.trust_before, self._relationship(self.customer).trust_index, 4
        )

    def test_trust_moves(self):
        """K4: patience follows trust while the complaint is open."""
        complaint = self.complaint()
        self.assertEqual(complaint.urgency, 2)
        for _fact in range(6):
            self._record(self.customer, "promise_broken", days_ago=1)
        self._drain()
        self.assertIn(complaint, self.step("_follow_trust", "_get_trust_moved_domain"))
        self.assertEqual(complaint.urgency, 3)
        again = self.step("_follow_trust", "_get_trust_moved_domain")
        self.assertNotIn(complaint, again)

    # THE CLOCK

    def test_reminded_once(self):
        """K3, T8: after three quarters of the time, once, whoever runs the job."""
        complaint = self.complaint()
        with self.at(hours=5):
            self.assertNotIn(complaint, self.remind())
        with self.at(hours=8):
            self.assertIn(complaint, self.remind())
            self.assertNotIn(complaint, self.remind())
            complaint.sudo().reminded = False
            self.remind()
        activity = self.activities(complaint)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.seller)
        self.assertIn(complaint.name, activity.summary)

    def test_late_once(self):
        """K3, T8: the manager is told once of each breach, never before it."""
        complaint = self.complaint()
        with self.at(hours=9):
            self.tell_late()
            self.assertFalse(self.activities(complaint))
        with self.at(hours=9, seconds=1):
            self.tell_late()
            self.tell_late()
        activity = self.activities(complaint)
        self.assertEqual(len(activity), 1)
        self.assertNotEqual(activity.user_id, self.seller)
        self.assertTrue(activity.user_id.has_group("trust_crm.group_trust_manager"))
        with self.at(days=20):
            self.tell_late()
            self.tell_late()
        notices = complaint.sudo().notice_ids.mapped("kind")
        self.assertEqual(
            sorted(notices), ["acknowledged", "late_answer", "late_solution"]
        )

    def test_unsolved_breach(self):
        """K3: unsolved when the time is over: handled badly, until it is mended."""
        complaint = self.complaint()
        with self.at(days=20):
            self.tell_late()
            self.assertEqual(self.live(complaint)["complaint_bad"], ("system", 0.5))
            self.resolve(complaint)
        self.assertNotIn("complaint_bad", self.live(complaint))
        self.assertIn("complaint_good", self.live(complaint))

    def test_paused_is_not_late(self):
        """K3: while we wait for the customer nobody is reminded or late."""
        complaint = self.complaint()
        with self.at(hours=1):
            complaint.action_pause()
        with self.at(days=30):
            self.assertNotIn(complaint, self.remind())
            self.tell_late()
            self.assertFalse(complaint.breached)
            self.assertEqual(complaint.deadline_chip, "paused")
        self.assertFalse(self.activities(complaint))

    def test_poison(self):
        """T26: one complaint that cannot be worked off does not stop the others."""
        bad, good = self.complaint(subject="Bad"), self.complaint(subject="Good")
        escalate = type(bad)._escalate

        def explode(complaint, *args):
            if complaint.subject == "Bad":
                raise ValueError("Boom")
            return escalate(complaint, *args)

        with (
            self.at(days=1, hours=1),
            patch.object(type(bad), "_escalate", explode),
            mute_logger(CLOCK),
        ):
            self.tell_late()
        self.assertEqual(bad.sudo().set_aside, "Boom")
        self.assertFalse(self.activities(bad))
        self.assertTrue(self.activities(good))

    def test_job(self):
        """T26: the job ends, and so does the one that asks for recovery."""
        self.complaint()
        with self.at(days=40), self.enter_registry_test_mode():
            for name in ("clock", "recovery"):
                self.env.ref(
                    f"trust_crm.ir_cron_trust_complaint_{name}"
                ).method_direct_trigger()

    def test_manager(self):
        """K5: never told: whom it is about."""
        complaint = self.complaint()
        complaint.sudo().about_user_id = self.manager
        self.assertNotEqual(complaint.sudo()._get_manager(), self.manager)
        self.assertEqual(MONDAY + timedelta(days=1), self.utc("2026-01-13 08:00:00"))
