# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from .trust_complaint_step import OPEN

ACTIVITY_TYPE = "trust_crm.mail_activity_type_complaint"
STAFF = "base.group_user"


class TrustComplaint(models.Model):
    """What time does to a complaint: reminder, escalation, the unsolved breach.

    Lateness itself needs no job (``trust_complaint_breach.py``); this one only tells
    people, once: each notice has a unique key (``trust_complaint_notice.py``), written
    in the transaction of the activity.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited
    _clock_order = "next_deadline, id"

    reminded = fields.Boolean(readonly=True, copy=False, groups=STAFF)
    answer_late_told = fields.Boolean(readonly=True, copy=False, groups=STAFF)
    solution_late_told = fields.Boolean(readonly=True, copy=False, groups=STAFF)

    @api.model
    def _cron_clock(self):
        """Remind before a deadline, escalate after it; once each."""
        self._work_off(self._get_remind_domain(), "_remind")
        self._work_off(self._get_late_answer_domain(), "_tell_late_answer")
        self._work_off(self._get_late_solution_domain(), "_tell_late_solution")
        self._work_off(self._get_trust_moved_domain(), "_follow_trust")

    @api.model
    def _get_remind_domain(self):
        now = fields.Datetime.now()
        return Domain(
            [
                ("step_code", "in", OPEN),
                ("paused_since", "=", False),
                ("remind_at", "<=", now),
                ("next_deadline", ">", now),
                ("reminded", "=", False),
            ]
        )

    @api.model
    def _get_late_answer_domain(self):
        return Domain(
            [
                ("step_code", "in", OPEN),
                ("answered_date", "=", False),
                ("answer_breached", "=", True),
                ("answer_late_told", "=", False),
            ]
        )

    @api.model
    def _get_late_solution_domain(self):
        return Domain(
            [
                ("step_code", "in", OPEN),
                ("solution_breached", "=", True),
                ("solution_late_told", "=", False),
            ]
        )

    # STEPS

    def _remind(self, now):
        """Three quarters of the time are used up."""
        for complaint in self:
            complaint.reminded = True
            if complaint._notice("remind", str(complaint.next_deadline)):
                complaint._notify_clock(complaint.user_id, "remind")

    def _tell_late_answer(self, now):
        for complaint in self:
            complaint.answer_late_told = True
            complaint._escalate("late_answer", str(complaint.received_date))

    def _tell_late_solution(self, now):
        """Unsolved when the time was over: handled badly, until it is mended."""
        for complaint in self:
            complaint.solution_late_told = True
            start = complaint.clock_start or complaint.received_date
            complaint._escalate("late_solution", str(start))
            if complaint.outcome != "bad":
                complaint._set_outcome("bad", complaint.solution_deadline, "system")

    # TELLING PEOPLE

    def _escalate(self, kind, key):
        """Tell the manager, once for each kind and period."""
        self.ensure_one()
        if self._notice(kind, key):
            self._notify_clock(self._get_manager() or self.user_id, kind)

    def _get_manager(self):
        """Who is asked when it gets difficult: never whom it is about."""
        self.ensure_one()
        about = self.about_user_id
        leader = self.team_id.user_id
        if leader and leader.active and leader not in (about, self.user_id):
            return leader
        managers = self.env.ref("trust_crm.group_trust_manager").all_user_ids
        able = managers.filtered(
            lambda user: (
                user.active
                and user not in (about, self.user_id)
                and self.company_id in user.company_ids
            )
        )
        return able.sorted("id")[:1] or (leader - about)

    def _notify_responsible(self, say):
        """Something to do for who looks after it, today.

        :param say: from an environment to the sentence in its language: the reader's,
            whoever set it off
        """
        for complaint in self:
            if user := complaint.user_id or complaint._get_manager():
                told = complaint.with_context(lang=user.lang)
                complaint._schedule(user, say(told.env))

    def _ask_approval(self, redress):
        """The manager has a redress to approve."""
        user = self._get_manager()
        if user:
            told = redress.with_context(lang=user.lang)
            self._schedule(
                user,
                told.env._("Redress to approve: %(what)s", what=told.display_name),
            )

    def _notify_clock(self, user, kind):
        if not user:
            return
        told = self.with_context(lang=user.lang)
        names = {
            "name": self.name,
            "until": format_datetime(told.env, self.next_deadline, user.tz)
            if self.next_deadline
            else "",
        }
        texts = {
            "remind": told.env._("Due %(until)s: complaint %(name)s", **names),
            "late_answer": told.env._("No answer in time: complaint %(name)s", **names),
            "late_solution": told.env._(
                "No solution in time: complaint %(name)s", **names
            ),
            "refused": told.env._(
                "Refused again: complaint %(name)s needs you", **names
            ),
        }
        self._schedule(user, texts[kind])

    def _schedule(self, user, summary):
        """One open activity of ours for each person and complaint: the newest text."""
        self.ensure_one()
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE)
        activity = self.activity_ids.filtered(
            lambda a: a.activity_type_id.id == type_id and a.user_id == user
        )[:1]
        today = fields.Date.context_today(self.with_context(tz=user.tz))
        if activity:
            activity.write({"summary": summary, "date_deadline": today})
            return
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            {
                "activity_type_id": type_id,
                "automated": True,
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "user_id": user.id,
                "date_deadline": today,
                "summary": summary,
            }
        )

    def _close_clock_activities(self, users=None):
        """The clock has stopped: nobody, or none of these users, needs to hurry."""
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE)
        ours = self.activity_ids.filtered(lambda a: a.activity_type_id.id == type_id)
        if users is not None:
            ours = ours.filtered(lambda a: a.user_id in users)
        ours.unlink()
