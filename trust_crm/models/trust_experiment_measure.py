# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import experiment as rules


class TrustExperiment(models.Model):
    """What happened to each, measured once, when every window is over.

    Everything is read in sets and nothing is kept before the end. A measure is a method
    ``_read_<measure>(spans)``.
    """

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    # THE CLOCK

    @api.model
    def _cron_conclude(self):
        """Conclude those whose last window is over."""
        now = fields.Datetime.now()
        self._work_off(
            [("state", "=", "running"), ("date_end", "<=", now)], "_conclude"
        )

    def _conclude(self, now):
        for experiment in self:
            experiment._conclude_one(now)

    def _conclude_one(self, now):
        """Compare; or draw more for those who were lost; or say why there is none."""
        drawn = self.trial_ids.filtered("arm")
        values = self._measure(drawn)
        arms = self._split(drawn, values)
        lacking = self.size - min(len(arms["treated"]), len(arms["control"]))
        if lacking <= 0:
            return self._settle(drawn, values, now)
        pool = self._get_pool()
        if len(pool) >= 2 * lacking:
            self._draw(pool, lacking, now)
            return self._note_draw(len(drawn) - len(values), lacking)
        self._note_lost(drawn, values)
        self.write(
            {"verdict": "without", "end_reason": self._say_without(lacking, len(pool))}
        )
        return self._close("done", now)

    @staticmethod
    def _split(trials, values):
        """Return ``{arm: values}`` of those that were measured."""
        arms = {"treated": [], "control": []}
        for trial in trials:
            if trial in values:
                arms[trial.arm].append(values[trial])
        return arms

    def _settle(self, trials, values, now):
        """The one comparison. Of employees only the two means are kept."""
        arms = self._split(trials, values)
        found = rules.compare(arms["treated"], arms["control"])
        self._note_lost(trials, values)
        self.write(
            {
                "verdict": rules.verdict(found.low, found.high),
                "mean_treated": found.mean_treated,
                "mean_control": found.mean_control,
                "effect": found.difference,
                "effect_low": found.low,
                "effect_high": found.high,
                "measured_treated": len(arms["treated"]),
                "measured_control": len(arms["control"]),
            }
        )
        if self.unit == "customer":
            for trial, value in values.items():
                trial.update({"measured": True, "outcome": value})
        self._close("done", now)

    def _note_lost(self, trials, values):
        lost = trials.filtered(lambda trial: trial not in values)
        for arm in ("treated", "control"):
            self[f"lost_{arm}"] = len(lost.filtered(lambda t, arm=arm: t.arm == arm))

    # MEASURING

    def _measure(self, trials):
        """Return ``{trial: value}`` of those of whom there is one.

        A customer that was merged into another stands here twice, and is lost: it was
        in both halves, or would count double.
        """
        unit = "user_id" if self.unit == "employee" else "partner_id"
        once = defaultdict(list)
        for trial in trials.filtered(unit):
            once[trial[unit].id].append(trial)
        once = {key: rows[0] for key, rows in once.items() if len(rows) == 1}
        values = self._read_outcomes(
            [(key, trial.date_start, trial.date_end) for key, trial in once.items()]
        )
        return {trial: values[key] for key, trial in once.items() if key in values}

    def _read_outcomes(self, spans):
        """Return ``{unit id: value}``.

        :param spans: ``[(unit id, since, until)]``, naive UTC datetimes
        """
        if not spans:
            return {}
        self.env.flush_all()
        return getattr(self, f"_read_{self.measure}")(spans)

    def _estimate_spread(self):
        """How far our own differ in the last window as long as this one.

        :return: ``(spread, how many)``; ``(None, 0)`` for the index, which has a value
            of its own, and where too few are known
        """
        until = fields.Datetime.now()
        since = until - timedelta(days=self.window_days or 1)
        heard = self._select_heard(since)
        if not heard:
            return None, 0
        self.env.flush_all()
        units = {row[0] for row in self.env.execute_query(heard)}
        values = self._read_outcomes([(unit, since, until) for unit in units])
        return rules.known_spread(list(values.values())), len(values)

    @staticmethod
    def _spans(spans):
        """The spans as an SQL relation ``v``."""
        units, since, until = zip(*spans, strict=True)
        return SQL(
            "unnest(%s::int[], %s::timestamp[], %s::timestamp[])"
            " AS v (unit, since, until)",
            list(units),
            list(since),
            list(until),
        )

    def _belongs(self, alias):
        """The condition that a document is the unit's."""
        if self.unit == "employee":
            return SQL("%s = v.unit", SQL.identifier(alias, "user_id"))
        return SQL(
            "%s IN (SELECT id FROM res_partner WHERE commercial_partner_id = v.unit)",
            SQL.identifier(alias, "partner_id"),
        )

    def _read_feelings(self, spans):
        """How pleasant encounters were to customers, -5 to 5."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT v.unit, f.tone, sum(f.strength), count(*)
                  FROM %s
                  JOIN trust_encounter e ON %s
                   AND e.date > v.since AND e.date <= v.until AND e.company_id = %s
                  JOIN trust_encounter_feeling f ON f.encounter_id = e.id
              GROUP BY 1, 2
                """,
                self._spans(spans),
                self._belongs("e"),
                self.company_id.id,
            )
        )
        strengths = defaultdict(dict)
        for unit, tone, total, count in rows:
            strengths[unit][tone] = total, count
        return {unit: rules.felt(found) for unit, found in strengths.items()}

    def _read_feedback(self, spans):
        """What customers gave overall, on average, 1 to 5."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT v.unit, avg(b.overall)::float8
                  FROM %s
                  JOIN trust_feedback b ON %s
                   AND b.date_answered > v.since AND b.date_answered <= v.until
                   AND b.state = 'answered' AND b.overall > 0 AND b.company_id = %s
              GROUP BY 1
                """,
                self._spans(spans),
                self._belongs("b"),
                self.company_id.id,
            )
        )
        return dict(rows)
