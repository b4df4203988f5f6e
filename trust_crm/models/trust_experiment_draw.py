# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from markupsafe import escape

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import experiment as rules
from .trust_experiment_trial import DELIVER, INVITE

MEMBER = "trust_crm.group_trust_user"
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}
# Who was never heard of before will hardly be in the window.
HEARD = timedelta(days=365)
# Nobody has all deliveries on one day: they are spread over the first part.
DELIVERY_DAYS = 10


class TrustExperiment(models.Model):
    """Who takes part: who fits, the draw, and what is to be delivered. All in sets."""

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    # WHO FITS

    def _get_pool(self):
        """Return the ids of those who fit: commercial partners, or users."""
        self.ensure_one()
        if self.unit == "customer":
            return self._get_customers()
        if self.state in ("asking", "running"):
            willing = self.sudo().trial_ids.filtered(
                lambda trial: trial.answer == "yes" and not trial.arm
            )
            return willing.user_id.filtered("active").ids
        return self._get_employees()

    def _get_customers(self):
        found = (
            self.env["trust.relationship"]
            .sudo()
            .search_fetch(self._get_customers_domain(), ["partner_id"], order="id")
        )
        return found.partner_id.ids

    def _get_customers_domain(self):
        """Customers who can be judged, may be contacted, and are free."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("is_commercial", "=", True),
                ("partner_id.active", "=", True),
                ("partner_id.trust_no_contact", "!=", True),
                ("evidence_count", ">", 0),
                ("thin", "=", False),
            ]
        )
        if self.circle_ids:
            domain &= Domain("circle_id", "in", self.circle_ids.ids)
        if self.stage_ids:
            domain &= Domain("stage_id", "in", self.stage_ids.ids)
        if self.team_id:
            domain &= Domain("user_id", "in", self._get_team().ids)
        taken = (
            self.env["trust.experiment.trial"]
            .sudo()
            ._read_group(
                Domain("partner_id", "!=", False)
                & (
                    Domain("experiment_id.state", "=", "running")
                    | Domain("experiment_id", "in", self._origin.ids)
                ),
                [],
                ["partner_id:array_agg_distinct"],
            )
        )
        domain &= Domain("partner_id", "not in", taken[0][0] or [])
        return domain & self._get_heard_domain()

    def _get_heard_domain(self):
        """Feelings and feedback only come from those of whom there were some."""
        since = fields.Datetime.now() - HEARD
        if self.measure == "feelings":
            heard = SQL(
                """SELECT p.commercial_partner_id
                     FROM trust_encounter_feeling f
                     JOIN trust_encounter e ON e.id = f.encounter_id
                     JOIN res_partner p ON p.id = e.partner_id
                    WHERE e.date > %s""",
                since,
            )
        elif self.measure == "feedback":
            heard = SQL(
                """SELECT p.commercial_partner_id
                     FROM trust_feedback b JOIN res_partner p ON p.id = b.partner_id
                    WHERE b.state = 'answered' AND b.date_answered > %s""",
                since,
            )
        else:
            return Domain.TRUE
        self.env.flush_all()
        return Domain("partner_id", "in", SQL("(%s)", heard))

    def _get_team(self):
        team = self.team_id.sudo()
        return team.member_ids | team.user_id

    def _get_employees(self):
        """Those chosen, or the team; everybody without either. Users of the app."""
        domain = Domain(
            [
                ("share", "=", False),
                ("company_ids", "in", self.company_id.ids),
                ("all_group_ids", "in", self.env.ref(MEMBER).ids),
            ]
        )
        chosen = self.user_ids | (self._get_team() if self.team_id else self.user_ids)
        if chosen:
            domain &= Domain("id", "in", chosen.ids)
        return self.env["res.users"].sudo().search(domain, order="id").ids

    def _check_enough(self, count):
        needed = self._get_needed()
        if count >= needed:
            return
        if self.state == "asking":
            raise UserError(
                self.env._(
                    "%(count)s said yes, %(needed)s are needed: wait for more answers, "
                    "or take the question back and look for a larger difference.",
                    count=count,
                    needed=needed,
                )
            )
        raise UserError(self._say_too_few(count))

    def _one_at_a_time(self):
        """Two draws of one company at the same moment would share customers: the
        second is tried again when the first is through.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                self.company_id.id,
            )
        )

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
