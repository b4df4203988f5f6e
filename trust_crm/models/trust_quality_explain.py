# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import relationship_quality as quality
from ..tools import trust_equation as equation
from . import trust_explain_sql as explain_sql
from . import trust_fold_sql as fold_sql
from .trust_quality_sql import FIELDS

FRIENDSHIP = tuple(f"friendship_{part}" for part in quality.FRIENDSHIP)
BESIDE = ("commitment_continuance", "commitment_normative")


class TrustRelationship(models.Model):
    """Explaining quality (R3): what each kind of fact does to each part.

    As with the score, the effect of a signal on a part is the part minus the part
    without the rows of that signal.
    """

    _inherit = "trust.relationship"

    # ACTIONS

    @api.readonly
    def get_trust_quality(self):
        """Return all that the quality card shows, as JSON values.

        :return: dict ``index`` (a part), ``captive``, ``encounter`` (the newest answer
            about one encounter) or False, ``parts``: the four parts of quality, and
            ``beside``: the two other kinds of commitment. A part is a dict ``key``,
            ``label``, ``help``, ``value`` (0..100), ``judged``, ``reasons_up``,
            ``reasons_down`` and ``parts``
        """
        self.ensure_one()
        self.check_access("read")
        told = self._read_quality_facts()
        friendship = self._prepare_quality_part(
            "friendship", parts=[self._explain_part(name, told) for name in FRIENDSHIP]
        )
        return {
            "id": self.id,
            "index": self._prepare_quality_part("quality_index"),
            "captive": self.captive,
            "encounter": self._prepare_encounter(),
            "parts": [
                self._explain_part("satisfaction", told),
                self._prepare_quality_part(
                    "trust_index", judged=not self.thin and bool(self.evidence_count)
                ),
                self._explain_part("commitment_affective", told),
                friendship,
            ],
            "beside": [self._explain_part(name, told) for name in BESIDE],
        }

    # BUSINESS

    def _prepare_quality_part(self, name, judged=None, parts=(), reasons=None):
        field = self._fields[name]
        if judged is None:
            judged = name in (self.quality_judged or "").split()
        return {
            "key": name,
            "label": field._description_string(self.env),
            "help": field._description_help(self.env) or "",
            "value": self[name],
            "judged": judged,
            "parts": list(parts),
            **(reasons or {"reasons_up": [], "reasons_down": []}),
        }

    def _prepare_encounter(self):
        feedback = self.sudo().encounter_feedback_id
        if not feedback:
            return False
        readable = feedback.sudo(False).has_access("read")
        return {
            "score": self.encounter_satisfaction,
            "date": fields.Datetime.to_string(feedback.date_answered),
            "about": readable and feedback.about_name or "",
            "feedback_id": readable and feedback.id,
        }

    def _explain_part(self, name, told):
        """Return a part with its reasons."""
        part, policy = FIELDS[name], self._policy()
        parameters = policy._parameters()
        masses = self._quality_masses(part, told, policy._weights(), parameters)
        whole = _added(masses.values())
        value = quality.part(whole, part, parameters)
        effects = [
            {
                **told[signal],
                "effect": value - quality.part(_without(whole, own), part, parameters),
            }
            for signal, own in masses.items()
        ]
        effects.sort(key=lambda effect: (-effect["effect"], effect["row"]))
        return self._prepare_quality_part(name, reasons=self._tell_reasons(effects))

    @staticmethod
    def _quality_masses(part, told, weights, parameters):
        """Return ``{signal: {(part, group): mass}}`` of the signals that count."""
        found = {}
        for signal, of, weight in weights:
            if of == part and signal in told:
                masses = found[signal] = {}
                for staff, left in told[signal]["left"].items():
                    key = part, equation.group_of(weight, staff and "staff")
                    mass = equation.mass(weight, left, 0, parameters)
                    masses[key] = masses.get(key, 0.0) + mass
        return found

    def _read_quality_facts(self):
        """Return ``{signal id: facts}`` of the live rows.

        ``left``: by whether our staff says so, what their magnitudes still weigh;
        ``count`` and the newest ``row``.
        """
        self.env.flush_all()
        policy = self._policy()._parameters()
        scope = fold_sql.subjects(SQL("r.id = %s", self.id))
        at = SQL("%s::timestamp", self._quality_as_of())
        rows = self.env.execute_query(
            SQL(
                """WITH about AS MATERIALIZED (%s)
                   SELECT signal_id, staff, sum(f), count(*),
                          (array_agg(id ORDER BY date DESC, id DESC))[1]
                     FROM (%s) e GROUP BY signal_id, staff ORDER BY max(date)""",
                scope,
                explain_sql.rows(SQL("about"), policy, at),
            )
        )
        told = {}
        for signal, staff, left, count, row in rows:
            facts = told.setdefault(signal, {"left": {}, "count": 0})
            facts["left"][staff] = left
            facts["count"] += count
            facts["row"] = row
        return told

    def _quality_as_of(self):
        """Return the time of which quality is shown."""
        dates = (self.as_of, self.sudo().still_from, self._last_ageing())
        return max(filter(None, dates), default=fields.Datetime.now())


def _added(parts):
    whole = {}
    for masses in parts:
        for key, mass in masses.items():
            whole[key] = whole.get(key, 0.0) + mass
    return whole


def _without(whole, masses):
    return {key: max(0.0, mass - masses.get(key, 0.0)) for key, mass in whole.items()}
