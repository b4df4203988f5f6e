# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from markupsafe import escape

from odoo import models

from ..tools import experiment as rules
from .trust_experiment_trial import DELIVER, INVITE

MEMBER = "trust_crm.group_trust_user"
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}
# Nobody has all deliveries on one day: they are spread over the first part.
DELIVERY_DAYS = 10


class TrustExperiment(models.Model):
    """Asking, the draw, and what is to be delivered. All in sets."""

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    # ASKING

    def _ask(self, user_ids):
        """One invitation each, in the language of who is asked."""
        trials = self.env["trust.experiment.trial"].with_context(**SILENT)
        trials = trials.create(
            [
                {"experiment_id": self.id, "unit": "employee", "user_id": user_id}
                for user_id in user_ids
            ]
        )
        values = [
            {
                "res_id": trial.id,
                "user_id": trial.user_id.id,
                "summary": self.with_context(lang=trial.user_id.lang).env._(
                    "Will you take part? You decide, and nobody learns of a no"
                ),
            }
            for trial in trials
        ]
        self._schedule(INVITE, "trust.experiment.trial", values)

    def _forget_unasked(self):
        """Once it runs, only who said yes is known."""
        self.trial_ids.filtered(
            lambda trial: trial.user_id and trial.answer != "yes"
        ).unlink()

    # THE DRAW

    def _draw(self, pool, count, now):
        """Draw ``count`` of the pool into each arm and hand out the deliveries."""
        self.ensure_one()
        arms = rules.assign(self.id, pool, count)
        end = now + timedelta(days=self.window_days)
        span = {"date_start": now, "date_end": end}
        trials = self._enter(arms, span)
        self.write({"date_end": end, "wave": self.wave + 1})
        self._deliver(trials.filtered(lambda trial: trial.arm == "treated"), now)

    def _enter(self, arms, span):
        """Make the rows of customers; of employees they are there."""
        trials = self.env["trust.experiment.trial"].with_context(**SILENT)
        if self.unit == "customer":
            base = {"experiment_id": self.id, "unit": "customer", "answer": False}
            return trials.create(
                [
                    {**base, **span, "partner_id": unit, "arm": arm}
                    for unit, arm in arms.items()
                ]
            )
        drawn = self.trial_ids.filtered(lambda trial: trial.user_id.id in arms)
        for arm, part in drawn.grouped(lambda trial: arms[trial.user_id.id]).items():
            part.with_context(**SILENT).write({**span, "arm": arm})
        return drawn

    # DELIVERY

    def _deliver(self, trials, now):
        """An activity for each: of the salesperson, or of the employee."""
        self.env.flush_all()
        # Activities ask for the names one by one: read them in sets before.
        trials.partner_id.mapped("display_name")
        load, values = {}, []
        users = self._get_deliverers(trials)
        for trial in trials:
            user = users[trial]
            load[user] = load.get(user, 0) + 1
            values.append(self._prepare_delivery(trial, user, load[user], now))
        employees = self.unit == "employee"
        model = "trust.experiment.trial" if employees else "res.partner"
        made = self._schedule(DELIVER, model, values)
        for trial, activity in zip(trials, made, strict=True):
            trial.activity_id = activity
        if employees:
            summary = self.env._("Give it to those who are named on the experiment")
            value = {"res_id": self.id, "user_id": self.user_id.id, "summary": summary}
            self._schedule(DELIVER, self._name, [value])

    def _get_deliverers(self, trials):
        """The salesperson where there is one who uses the app, else the organiser."""
        if self.unit == "employee":
            return {trial: trial.user_id for trial in trials}
        sellers = trials.partner_id.user_id.filtered(
            lambda user: user.active and user.has_group(MEMBER)
        )
        return {
            trial: (trial.partner_id.user_id & sellers) or self.user_id
            for trial in trials
        }

    def _prepare_delivery(self, trial, user, number, now):
        """Spread over the first days, in the language of who delivers."""
        told = self.motivator_id.with_context(lang=user.lang)
        days = min(DELIVERY_DAYS, self.window_days // 2)
        employee = self.unit == "employee"
        return {
            "res_id": trial.id if employee else trial.partner_id.id,
            "user_id": user.id,
            "date_deadline": (now + timedelta(days=1 + number % days)).date(),
            "summary": told.env._("For you: %s", told.name) if employee else told.name,
            "note": escape(told.description or ""),
        }

    def _schedule(self, kind, model, values):
        kind = self.env.ref(kind, raise_if_not_found=False)
        base = {
            "activity_type_id": kind and kind.id,
            "res_model_id": self.env["ir.model"]._get_id(model),
            "automated": True,
        }
        if kind:
            base["date_deadline"] = kind._get_date_deadline()
        activities = self.env["mail.activity"].with_context(**SILENT)
        return activities.create([{**base, **one} for one in values])

    def _drop_deliveries(self):
        """What is not delivered need not be any more."""
        trials = self.trial_ids
        own = trials._get_activities() | self.activity_ids
        (trials.activity_id | own).filtered("active").unlink()
