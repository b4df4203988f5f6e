# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import working_time
from .trust_complaint_step import OPEN

STAFF = "base.group_user"
REMIND_AT = 0.75
IMPATIENT = 5


class TrustComplaint(models.Model):
    """When the customer is owed the first answer and the solution.

    Both are planned in working hours of the team's calendar (else the company's) in
    its time zone, without the times in which we waited for the customer, and stored
    in UTC: whether one is breached is a comparison with *now*, never a flag that some
    job has to set.

    The targets are those of the severity when it was set; later changes of the targets
    are for later complaints. When urgency reaches 5 they halve: of a clock that runs
    already, what is left of it halves, so that nobody is late by the change itself. A
    deadline once met stays as it was.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    answer_target = fields.Float(readonly=True, copy=False, groups=STAFF)
    solution_target = fields.Float(readonly=True, copy=False, groups=STAFF)
    answer_deadline = fields.Datetime("Answer by", readonly=True, copy=False)
    solution_deadline = fields.Datetime("Solution by", readonly=True, copy=False)
    next_deadline = fields.Datetime(
        "Next deadline", compute="_compute_next_deadline", store=True, index=True
    )
    remind_at = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    clock_start = fields.Datetime(
        "Clock of the solution started",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="On reception, or when the complaint was opened again.",
    )
    halved_at = fields.Datetime(
        "Deadlines halved", readonly=True, copy=False, groups=STAFF
    )
    pause_ids = fields.One2many(
        "trust.complaint.pause", "complaint_id", "Pauses", readonly=True, groups=STAFF
    )
    paused_since = fields.Datetime("Paused since", readonly=True, copy=False)
    waiting = fields.Boolean(
        "Waiting for the customer",
        compute="_compute_waiting",
        inverse="_inverse_waiting",
        search="_search_waiting",
        help="The clock stands still until the customer has done their part.",
    )
    breached_before = fields.Boolean(readonly=True, copy=False, groups=STAFF)

    # COMPUTE

    @api.depends(
        "answered_date",
        "resolved_date",
        "stopped_date",
        "answer_deadline",
        "solution_deadline",
    )
    def _compute_next_deadline(self):
        for complaint in self:
            over = complaint.resolved_date or complaint.stopped_date
            answered = complaint.answered_date or not complaint.answer_deadline
            complaint.next_deadline = (
                not over
                and (answered and complaint.solution_deadline)
                or (not over and not answered and complaint.answer_deadline)
            )

    @api.depends("paused_since")
    def _compute_waiting(self):
        for complaint in self:
            complaint.waiting = bool(complaint.paused_since)

    def _inverse_waiting(self):
        for complaint in self:
            complaint._set_waiting(complaint.waiting)

    def _search_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("paused_since", "!=", False)] if True in value else [("id", "=", 0)]

    # ACTIONS

    def action_pause(self):
        self._set_waiting(True)
        return True

    def action_resume(self):
        self._set_waiting(False)
        return True

    # BUSINESS

    def _set_waiting(self, waiting, reason=False):
        """Stop the clock while the customer has to do something, or let it go on."""
        self.check_access("write")
        now = fields.Datetime.now()
        for complaint in self.sudo():
            if bool(complaint.paused_since) == waiting:
                continue
            if not waiting:
                complaint._end_pause(complaint.step_code, now, always=True)
                continue
            if complaint.step_code not in OPEN:
                raise UserError(self.env._("The clock of this complaint has stopped."))
            pauses = self.env["trust.complaint.pause"].sudo()
            pauses.flush_model()  # the end of the last one comes first
            pauses.create(
                {
                    "complaint_id": complaint.id,
                    "start": now,
                    "reason": reason,
                    "user_id": self.env.uid,
                }
            )
            complaint.paused_since = now

    def _end_pause(self, code, now, always=False):
        """Count again: somebody answered, or the complaint leaves its open steps."""
        if not self.paused_since or not (always or code not in OPEN):
            return
        self.pause_ids.filtered(lambda pause: not pause.stop).stop = now
        self.paused_since = False
        self._plan_deadlines()

    def _set_targets(self):
        """Take the targets of the severity; they stay until it changes."""
        targets = self.env["trust.complaint.target"]
        for complaint in self:
            target = targets._get_for(complaint.severity, complaint.company_id)
            complaint.write(
                {
                    "answer_target": target.answer_hours,
                    "solution_target": target.solution_hours,
                }
            )

    def _plan_deadlines(self):
        """Plan what is not met yet. Pauses that last on are left out until they end.

        What is met keeps its deadline; only what never had one gets one.
        """
        for complaint in self:
            over = complaint.resolved_date or complaint.stopped_date
            if over and complaint.solution_deadline:
                continue
            hours = complaint._get_working_hours()
            start = complaint.clock_start or complaint.received_date
            values = {
                "solution_deadline": complaint._plan(
                    hours, start, complaint.solution_target
                )
            }
            if not complaint.answered_date or not complaint.answer_deadline:
                values["answer_deadline"] = complaint._plan(
                    hours, complaint.received_date, complaint.answer_target
                )
            complaint.write(values)
            complaint._plan_reminder(hours)

    def _plan(self, hours, start, target, share=1):
        """Moment (UTC) at which ``share`` of the target is used up, or False."""
        if not target:
            return False
        pauses, seconds = self._get_pauses(), target * 3600
        if self.halved_at:
            used = 0.0
            if self.halved_at > start:
                used = working_time.spent(hours, start, self.halved_at, pauses)
            seconds = (seconds + min(used, seconds)) / 2
        moment = working_time.plan(hours, start, seconds * share, pauses)
        return moment and moment.replace(microsecond=0) or False

    def _plan_reminder(self, hours=None):
        """Remind when three quarters of the time for what comes next are used up."""
        if not self.answered_date and self.answer_target:
            start, target = self.received_date, self.answer_target
        else:
            start = self.clock_start or self.received_date
            target = self.solution_target
        hours = hours or self._get_working_hours()
        moment = self._plan(hours, start, target, REMIND_AT)
        if moment != self.remind_at:
            self.write({"remind_at": moment, "reminded": False})

    def _get_pauses(self):
        return [(p.start, p.stop) for p in self.pause_ids if p.stop]

    def _get_calendar(self):
        """The calendar that deadlines are counted on; empty: around the clock."""
        team = self.team_id.complaint_calendar_id
        return team or self.company_id.resource_calendar_id

    def _get_working_hours(self):
        """What ``tools/working_time.py`` needs to know, from the earliest clock on."""
        calendar = self._get_calendar()
        lines = self._get_attendances(calendar)
        since = min(filter(None, (self.received_date, self.clock_start)))
        both_weeks = calendar.two_weeks_calendar
        return working_time.WorkingHours(
            tz=calendar.tz or "UTC",
            attendances=tuple(
                (
                    int(line.dayofweek),
                    round(line.hour_from * 60),
                    round(line.hour_to * 60),
                    int(line.week_type) if both_weeks and line.week_type else None,
                )
                for line in lines
            ),
            leaves=self._get_leaves(calendar, since),
        )

    @api.model
    def _get_attendances(self, calendar):
        """The lines of work of a calendar, in one query."""
        return self.env["resource.calendar.attendance"].search_fetch(
            [
                ("calendar_id", "in", calendar.ids),
                ("display_type", "=", False),
                ("day_period", "!=", "lunch"),
            ],
            ["dayofweek", "hour_from", "hour_to", "week_type"],
            order="id",
        )

    def _get_leaves(self, calendar, since):
        """General days off of the calendar or the company, from then on (UTC)."""
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("date_to", ">", since - timedelta(days=1)),
                ("calendar_id", "in", (calendar.id, False)),
                ("company_id", "in", (self.company_id.id, False)),
            ],
            ["date_from", "date_to"],
        )
        # An end of 23:59:59 is the end of that day.
        return tuple(
            (
                leave.date_from,
                leave.date_to + timedelta(seconds=leave.date_to.second == 59),
            )
            for leave in leaves
        )
