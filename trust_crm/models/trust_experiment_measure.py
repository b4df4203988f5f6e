# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict
from datetime import timedelta
from statistics import fmean

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import experiment as rules
from ..tools import trust_equation
from . import trust_fold_sql as fold_sql
from .trust_score_sql import age_days, remaining

COMPONENTS = "CRIO"
ESTIMATED = ("feelings", "feedback")


class TrustExperiment(models.Model):
    """What happened to each, measured once, when every window is over.

    Everything is read in sets and nothing is kept before the end. The index of both
    days is folded from today's ledger by today's policy, so that neither a voided fact
    nor a new policy speaks for one arm. What our own staff say of the window is left
    out: a delivery that is written down would score by itself.
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
        if self.measure not in ESTIMATED:
            return None, 0
        until = fields.Datetime.now()
        since = until - timedelta(days=self.window_days or 1)
        query = "SELECT id FROM res_users WHERE active AND NOT share"
        if self.unit == "customer":
            query = """SELECT partner_id FROM trust_relationship
                        WHERE is_commercial AND partner_id IS NOT NULL"""
        units = {row[0] for row in self.env.execute_query(SQL(query))}
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

    def _read_index(self, spans):
        """By how much the index moved; of an employee, their customers' on average."""
        found, days = defaultdict(list), defaultdict(list)
        for unit, since, until in spans:
            days[since, until].append(unit)
        for (since, until), units in days.items():
            owners = self._read_relationships(units)
            before = self._read_indexes(list(owners), since, since)
            after = self._read_indexes(list(owners), until, since)
            for relationship, unit in owners.items():
                found[unit].append(after[relationship] - before[relationship])
        return {unit: fmean(moves) for unit, moves in found.items()}

    def _read_relationships(self, units):
        """Return ``{relationship id: unit id}``."""
        owner = SQL.identifier("p", "user_id" if self.unit == "employee" else "id")
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT r.id, %(owner)s
                      FROM trust_relationship r
                      JOIN res_partner p ON p.id = r.partner_id
                     WHERE r.company_id = %(company)s AND r.is_commercial AND p.active
                       AND %(owner)s = ANY(%(units)s)
                    """,
                    owner=owner,
                    company=self.company_id.id,
                    units=list(units),
                )
            )
        )

    def _read_indexes(self, ids, at, since):
        """Return ``{relationship id: index}`` of the ledger at ``at``.

        What staff said to our credit after ``since`` is left out.
        """
        policy = self.env["trust.policy"].sudo()._get_published(self.company_id)
        parameters = policy._parameters()
        masses, ages = defaultdict(dict), defaultdict(float)
        rows = self._read_masses(ids, policy, at, since) if ids else []
        for res_id, part, group, mass, age in rows:
            masses[res_id][part, group] = mass
            ages[res_id] = max(ages[res_id], age)
        return {
            res_id: trust_equation.score(
                masses[res_id], ages[res_id], policy=parameters
            ).index
            for res_id in ids
        }

    def _read_masses(self, ids, policy, at, since):
        """Rows ``(relationship, component, group, decayed mass, age in days)``."""
        parameters = policy._parameters()
        factor = parameters.negative_multiplier
        lines = SQL(", ").join(
            SQL(
                "(%s::int, %s, %s, %s::float8)",
                signal,
                part,
                weight < 0,
                abs(weight) * (factor if weight < 0 else 1),
            )
            for signal, part, weight in policy._weights()
            if part in COMPONENTS
        )
        scope = SQL("(%s)", fold_sql.subjects(SQL("r.id IN %s", tuple(ids))))
        return self.env.execute_query(
            SQL(
                """
                SELECT e.rel, l.part,
                       CASE WHEN l.negative THEN 'neg' WHEN e.voice = 'staff'
                            THEN 'staff' ELSE 'pos' END,
                       sum(e.magnitude * l.weight * %(decay)s), max(%(age)s)
                  FROM %(ledger)s e
                  JOIN (VALUES %(lines)s) l (signal_id, part, negative, weight)
                    ON l.signal_id = e.signal_id
                 WHERE e.date <= %(at)s
                   AND (l.negative OR e.voice <> 'staff' OR e.date <= %(since)s)
              GROUP BY 1, 2, 3
                """,
                decay=remaining(age_days(at, SQL("e.date")), parameters.half_life),
                age=age_days(at, SQL("e.date")),
                ledger=fold_sql.ledger(scope),
                lines=lines,
                at=at,
                since=since,
            )
        )
