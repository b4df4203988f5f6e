# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import promise_days
from .trust_promise import PENDING

ACTIVITY_TYPE = "trust_crm.mail_activity_type_promise"


class TrustPromise(models.Model):
    """What time does to a promise: the reminder before, the break after its day.

    Both jobs run hourly, for days end at another hour in each time zone, and may run
    on several hosts at once (``trust_clock_mixin.py``): the state, or the day reminded
    for, is written in the transaction of the activity and the mail, so each side
    effect happens once per promise and due day.
    """

    _inherit = "trust.promise"
    _clock_order = "deadline_at, id"

    @api.model
    def _get_overdue_domain(self):
        return Domain(
            [("state", "in", PENDING), ("deadline_at", "<=", fields.Datetime.now())]
        )

    @api.model
    def _get_reminder_domain(self):
        now = fields.Datetime.now()
        return Domain(
            [
                ("state", "in", PENDING),
                ("reminder_at", "<=", now),
                ("deadline_at", ">", now),
                ("reminded_date", "=", False),
            ]
        )

    @api.model
    def _cron_break(self):
        """Promises whose day has ended untouched are broken."""
        self._work_off(self._get_overdue_domain(), "_break")

    @api.model
    def _cron_remind(self):
        """Promises that come due are brought to mind, once per due day."""
        self._work_off(self._get_reminder_domain(), "_remind")

    # STEPS

    def _break(self, now):
        """The day has ended: broken, and the promiser has one thing to do."""
        self._note_missed(now)
        self.write({"state": "broken"})
        self._notify_activity("broken", now)
        self._collect_trust_evidence()

    def _remind(self, now):
        """One activity for the promiser, and a mail if that is how they are told."""
        for promise in self:
            promise.reminded_date = promise.date_deadline
        self._notify_activity("reminder", now)
        template = self.env.ref(
            "trust_crm.mail_template_promise_reminder", raise_if_not_found=False
        )
        by_mail = self.filtered(
            lambda p: (
                p._get_responsible().notification_type == "email"
                and p._get_responsible().email
            )
        )
        if template and by_mail:
            template.send_mail_batch(by_mail.ids)

    def _get_responsible(self):
        """The promiser; for one who left, who looks after the customer now."""
        self.ensure_one()
        candidates = (
            self.user_id,
            self.lead_id.user_id,
            self.partner_id.user_id,
            self.team_id.user_id,
        )
        able = (user for user in candidates if user.active and not user.share)
        return next(able, self.env["res.users"])

    # ACTIVITIES

    def _notify_activity(self, kind, now):
        """Exactly one open activity per promise: taken over, or made."""
        open_activities = self._get_activities().grouped("res_id")
        new = []
        for promise in self:
            user = promise._get_responsible()
            if not user:
                continue
            values = promise._prepare_activity_values(kind, user, now)
            if activity := open_activities.get(promise.id):
                activity[0].write(values)
            else:
                new.append(values)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            new
        )

    def _prepare_activity_values(self, kind, user, now):
        """In the language and on the calendar of the one who is told."""
        told = self.with_context(lang=user.lang)
        names = {
            "name": self.name,
            "customer": told.promised_to,
            "day": format_date(told.env, self.date_deadline),
        }
        today = promise_days.local_day(now, user.tz)
        return {
            "activity_type_id": self._get_activity_type_id(),
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "date_deadline": self.date_deadline if kind == "reminder" else today,
            "summary": told._get_activity_summary(kind, names),
        }

    def _get_activity_summary(self, kind, names):
        ours = self.direction == "ours"
        if kind == "reminder" and ours:
            return self.env._("Promised by %(day)s: %(name)s", **names)
        if kind == "reminder":
            return self.env._("%(customer)s promised by %(day)s: %(name)s", **names)
        if ours:
            return self.env._("Broken promise: %(name)s", **names)
        return self.env._("%(customer)s did not keep: %(name)s", **names)

    def _get_activities(self):
        """The open activities that these jobs made."""
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self._get_activity_type_id()),
            ]
        )

    @api.model
    def _get_activity_type_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE)

    def _close_activities(self):
        """Nothing is left to do: the jobs' activities go, where there can be one."""
        told = self.filtered(lambda p: p.reminded_date or p.missed_at)
        if told:
            told._get_activities().unlink()
