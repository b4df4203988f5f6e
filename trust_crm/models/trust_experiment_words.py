# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import LazyTranslate, format_date, formatLang

from ..tools import experiment as rules
from .trust_experiment import USUAL

_lt = LazyTranslate(__name__)

SCALES = {
    "index": _lt("index points"),
    "feelings": _lt("points of feeling"),
    "feedback": _lt("points of feedback"),
}
AXES = {
    "index": _lt("points of the trust index"),
    "feelings": _lt("points of feeling, from -5 to 5"),
    "feedback": _lt("points of feedback, from 1 to 5"),
}


class TrustExperiment(models.Model):
    """What an experiment says: what happens now, what it found, on what that rests."""

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    guide = fields.Text("What happens now", compute="_compute_guide")
    verdict_text = fields.Text("What was found", compute="_compute_verdict_text")
    basis = fields.Text("What it rests on", compute="_compute_basis")
    interval = fields.Json(compute="_compute_interval")
    scale = fields.Char(compute="_compute_scale")
    spread_note = fields.Char(compute="_compute_spread_note")
    is_short = fields.Boolean("Too few fit", compute="_compute_is_short")

    # COMPUTE

    @api.depends("measure")
    @api.depends_context("lang")
    def _compute_scale(self):
        for experiment in self:
            experiment.scale = str(AXES.get(experiment.measure, ""))

    @api.depends("measure", "spread", "spread_known")
    @api.depends_context("lang")
    def _compute_spread_note(self):
        """Where the spread comes from, unless somebody chose it."""
        for experiment in self:
            count, usual = experiment.spread_known, USUAL.get(experiment.measure)
            experiment.spread_note = (
                self.env._("from %s of our own", count)
                if count
                else usual
                and experiment.spread == usual[1]
                and self.env._("a usual value")
            )

    @api.depends("state", "size", "eligible_count")
    def _compute_is_short(self):
        for experiment in self:
            needed = experiment._get_needed()
            experiment.is_short = (
                experiment.state == "draft" and experiment.eligible_count < needed
            )

    @api.depends("state", "unit", "size", "eligible_count", "date_end")
    @api.depends_context("lang", "tz")
    def _compute_guide(self):
        for experiment in self:
            say = getattr(experiment, f"_say_{experiment.state}", None)
            experiment.guide = say() if say else False

    @api.depends("verdict", "effect_low", "effect_high", "end_reason", "motivator_id")
    @api.depends_context("lang")
    def _compute_verdict_text(self):
        for experiment in self:
            say = getattr(experiment, f"_say_{experiment.verdict}", None)
            experiment.verdict_text = say() if say else False

    @api.depends("verdict")
    @api.depends_context("lang")
    def _compute_basis(self):
        for experiment in self:
            found = experiment.verdict and experiment.verdict != "without"
            experiment.basis = experiment._say_basis() if found else False

    @api.depends("verdict")
    def _compute_interval(self):
        """What the drawing needs; nothing before the end."""
        for experiment in self:
            found = experiment.verdict and experiment.verdict != "without"
            experiment.interval = found and {
                "effect": experiment.effect,
                "low": experiment.effect_low,
                "high": experiment.effect_high,
                "worth": experiment.difference,
            }

    # WHAT HAPPENS NOW

    def _say_draft(self):
        if not self.size:
            return False
        if self.eligible_count < self._get_needed():
            return self._say_too_few(self.eligible_count)
        counts = {
            "count": self.eligible_count,
            "needed": self._get_needed(),
            "size": self.size,
        }
        if self.unit == "employee":
            return self.env._(
                "%(count)s colleagues fit, %(needed)s are needed. Each is asked first, "
                "and nobody learns who said no.",
                **counts,
            )
        return self.env._(
            "%(count)s customers fit, %(needed)s are needed: chance puts %(size)s into "
            "each half. Once it is started nothing that decides can be changed.",
            **counts,
        )

    def _say_too_few(self, count):
        counts = {"count": count, "needed": self._get_needed()}
        if self.unit == "employee":
            return self.env._(
                "%(count)s colleagues fit, %(needed)s are needed: choose more of them, "
                "or look for a larger difference, which takes fewer.",
                **counts,
            )
        return self.env._(
            "%(count)s customers fit, %(needed)s are needed: choose more circles, "
            "stages or teams, or look for a larger difference, which takes fewer.",
            **counts,
        )

    def _say_asking(self):
        return self.env._(
            "%(yes)s of %(asked)s colleagues said yes, %(needed)s are needed to start.",
            yes=self.yes_count,
            asked=self.asked_count,
            needed=self._get_needed(),
        )

    def _say_running(self):
        return self.env._(
            "%(delivered)s of %(treated)s deliveries are done. What came of it is "
            "measured on %(date)s and not before: looking early finds differences "
            "that are none.",
            delivered=self.delivered_count,
            treated=self.treated_count,
            date=format_date(self.env, self.date_end),
        )

    def _say_stopped(self):
        return self.env._(
            "Stopped early: %(reason)s. It has no verdict and will never have one.",
            reason=(self.end_reason or "").rstrip(".。"),
        )

    # WHAT WAS FOUND

    def _prepare_numbers(self):
        return {
            "effect": self._say_number(abs(self.effect)),
            "low": self._say_number(min(abs(self.effect_low), abs(self.effect_high))),
            "high": self._say_number(rules.largest(self.effect_low, self.effect_high)),
            "scale": SCALES[self.measure],
        }

    def _say_number(self, value):
        return formatLang(self.env, value, digits=1)

    def _say_mean(self, value):
        sign = "+" if value > 0 and self.measure != "feedback" else ""
        return sign + self._say_number(value)

    def _say_better(self):
        return self.env._(
            "It makes a difference: %(effect)s %(scale)s better than without, almost "
            "surely between %(low)s and %(high)s.",
            **self._prepare_numbers(),
        )

    def _say_worse(self):
        return self.env._(
            "It does harm: %(effect)s %(scale)s worse than without, almost surely "
            "between %(low)s and %(high)s.",
            **self._prepare_numbers(),
        )

    def _say_none(self):
        numbers = self._prepare_numbers()
        if rules.largest(self.effect_low, self.effect_high) < self.difference:
            return self.env._(
                "No difference was found, and one larger than %(high)s %(scale)s is "
                "not likely. That is less than what was worth finding.",
                **numbers,
            )
        return self.env._(
            "No difference was found. One larger than %(high)s %(scale)s is not "
            "likely, a smaller one may be there.",
            **numbers,
        )

    def _say_without(self, lacking=None, left=0):
        """Why there is none: said when it ends, and read later."""
        if lacking is None:
            return self.env._("No verdict. %s", self.end_reason or "")
        return self.env._(
            "Too many were lost or had nothing to measure in their window: %(lacking)s "
            "more are needed in each half, and %(left)s are left.",
            lacking=lacking,
            left=left,
        )

    def _say_basis(self):
        """The means and numbers of both halves, whom we lost, what was delivered."""
        return self.env._(
            "With it %(treated)s on average (%(n_treated)s), without %(control)s "
            "(%(n_control)s). The interval holds in 95 of 100 such experiments. "
            "Compared as the lot fell: %(delivered)s of %(drawn)s deliveries were "
            "done. Lost: %(lost)s with it, %(lost_control)s without.",
            treated=self._say_mean(self.mean_treated),
            control=self._say_mean(self.mean_control),
            n_treated=self.measured_treated,
            n_control=self.measured_control,
            delivered=self.delivered_count,
            drawn=self.treated_count,
            lost=self.lost_treated,
            lost_control=self.lost_control,
        )

    def _note_draw(self, lost, lacking):
        """Say that more were drawn, and why."""
        self.message_post(
            body=self.env._(
                "%(lost)s were lost or had nothing to measure in their window. "
                "%(count)s more were drawn for each half; it is measured on %(date)s.",
                lost=lost,
                count=lacking,
                date=format_date(self.env, self.date_end),
            )
        )
