# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL that reads a score: circle with its gates, band, stage (SCORING section 5)."""

from odoo.tools import SQL

from . import trust_score_sql as score_sql
from .trust_score_sql import COMPONENTS, layer, name, number

_WAYS = ("reach", "keep")
PROPOSE, ACCEPT, STAND = "propose", "accept", "stand"


class LevelPlan:
    """Circles and stages as SQL constants; read once per refresh."""

    def __init__(self, env, policy, way=PROPOSE):
        """:param policy: :class:`trust_equation.Policy`

        :param way: what becomes of moves into a ring that asks: PROPOSE; ACCEPT, for
            what was before us; or STAND, for a replay, which proposes nothing
        """
        self.policy, self.way = policy, way
        self.circles = env["trust.circle"].sudo().search([], order="level")
        self.stages = env["trust.stage"].sudo().search([], order="level")

    def add(self, source, at):
        """Return ``source`` with ``new_*`` columns: circles, band, stages, thin."""
        thin = SQL("s.confidence < %s", number(self.policy.thin))
        clamped = score_sql.clamp(
            _level_of(SQL("s.circle_computed_id"), self.circles, 0),
            SQL("s.circle_low"),
            self.policy.circle_up,
            self.policy.circle_down,
        )
        sql = layer({"thin": thin, "c_level": clamped, "good": _good_mass()}, source)
        for circle in self._gated():
            sql = layer({f"c_gate{circle.level}": self._gate(circle, at)}, sql)
        shown = SQL("s.%s", name(self._shown_column()))
        sql = layer(
            {"c_shown": SQL("CASE WHEN s.thin THEN NULL ELSE %s END", shown)}, sql
        )
        sql = layer({"c_accepted": self._accepted()}, sql)
        sql = layer({"st_level": self._stage(), "new_band": self._band()}, sql)
        return layer(self._ids(at), sql)

    def stage_thresholds(self, kind):
        """Return where a stage may begin or end, by ``mass``, ``index`` …"""
        found = {stage[f"{way}_{kind}"] for stage in self.stages for way in _WAYS}
        return sorted(value for value in found if value > 0)

    def _accepted(self):
        """Return how far in the relationship is shown: before the first ring that asks.

        Rings up to the one that was accepted ask no more, until they are left.
        """
        if self.way == ACCEPT:
            return SQL("s.c_shown")
        before = _level_of(SQL("s.circle_accepted_id"), self.circles, -1)
        asking = [c.level for c in self.circles if c.mode == "propose" and c.level]
        cases = SQL(" ").join(
            SQL(
                "WHEN %s < %s AND s.c_shown >= %s THEN %s", before, ring, ring, ring - 1
            )
            for ring in asking
        )
        return SQL("CASE %s ELSE s.c_shown END", cases) if asking else SQL("s.c_shown")

    def _proposed(self, at):
        """Return the id of the circle that waits for a person's word."""
        if self.way == STAND:
            return SQL("s.circle_proposed_id")
        declined = SQL(
            "s.declined_until >= %s::timestamp::date AND %s >= s.c_shown",
            at,
            _level_of(SQL("s.circle_declined_id"), self.circles, -1),
        )
        return SQL(
            "CASE WHEN s.c_shown > s.c_accepted AND (%s) IS NOT TRUE THEN %s END",
            declined,
            _id_of(SQL("s.c_shown"), self.circles),
        )

    def _gated(self):
        """Return the rings with a gate, innermost first."""
        return [
            c
            for c in self.circles.sorted("level", reverse=True)
            if c.gate_mass or c.gate_signals or c.gate_customer_days
        ]

    def _shown_column(self, above=None):
        """Return the column holding the level after the gates of higher rings."""
        gated = [c.level for c in self._gated() if above is None or c.level > above]
        return f"c_gate{gated[-1]}" if gated else "c_level"

    def _gate(self, circle, at):
        level = SQL("s.%s", name(self._shown_column(above=circle.level)))
        proofs = [
            SQL("s.good >= %s", number(circle.gate_mass)),
            SQL("s.positive_codes >= %s", circle.gate_signals),
        ]
        if circle.gate_customer_days:
            proofs.append(
                SQL(
                    "COALESCE(s.customer_date >= %s::timestamp - %s * interval '1 day',"
                    " FALSE)",
                    at,
                    circle.gate_customer_days,
                )
            )
        return SQL(
            "CASE WHEN %(level)s = %(ring)s AND NOT (%(proof)s)"
            " THEN %(level)s - 1 ELSE %(level)s END",
            level=level,
            ring=circle.level,
            proof=SQL(" AND ").join(proofs),
        )

    def _band(self):
        bands, margin = self.policy.bands, self.policy.band_margin
        clamped = score_sql.clamp(
            SQL("s.band::int"),
            SQL("s.trust_index"),
            [t + margin for t in bands],
            [t - margin for t in bands],
        )
        return SQL(
            "CASE WHEN s.thin THEN NULL WHEN s.band IS NULL THEN %s ELSE %s END",
            score_sql.reached(SQL("s.trust_index"), bands),
            clamped,
        )

    def _stage(self):
        reach, keep = (
            SQL(
                "CASE %s ELSE 0 END",
                SQL(" ").join(
                    SQL("WHEN %s THEN %s", _conditions(stage, kind), stage.level)
                    for stage in self.stages.sorted("level", reverse=True)
                    if stage.level
                ),
            )
            for kind in _WAYS
        )
        old = _level_of(SQL("s.stage_computed_id"), self.stages, 0)
        return SQL("least(greatest(%s, %s), %s)", old, reach, keep)

    def _ids(self, at):
        override = SQL(
            "s.override_until IS NULL OR s.override_until >= %s::timestamp::date", at
        )
        return {
            "new_circle_evident": _id_of(SQL("s.c_shown"), self.circles),
            "new_circle_accepted": _id_of(SQL("s.c_accepted"), self.circles),
            "new_circle_proposed": self._proposed(at),
            "new_circle_computed": _id_of(SQL("s.c_level"), self.circles),
            "new_circle": SQL(
                "CASE WHEN s.circle_override_id IS NOT NULL AND (%s)"
                " THEN s.circle_override_id ELSE %s END",
                override,
                _id_of(SQL("s.c_accepted"), self.circles),
            ),
            "new_stage_computed": _id_of(SQL("s.st_level"), self.stages),
            "new_stage": SQL(
                "CASE WHEN s.stage_override_id IS NOT NULL AND (%s)"
                " THEN s.stage_override_id ELSE %s END",
                override,
                _id_of(SQL("s.st_level"), self.stages),
            ),
        }


def _good_mass():
    """Positive mass that somebody other than our staff gave, before saturation."""
    return SQL(" + ").join(name("s", f"x_{c}_pos") for c in COMPONENTS)


def _conditions(stage, kind):
    return SQL(
        "(s.mass >= %s AND s.trust_index >= %s AND COALESCE(s.c_shown, 0) >= %s"
        " AND s.commitment_affective >= %s)",
        number(stage[f"{kind}_mass"]),
        number(stage[f"{kind}_index"]),
        stage[f"{kind}_circle"],
        number(stage[f"{kind}_affective"]),
    )


def _level_of(column, records, default):
    """Return the level of a record id, as a CASE over the configuration."""
    if not records:
        return SQL("%s::int", default)
    cases = SQL(" ").join(SQL("WHEN %s THEN %s", r.id, r.level) for r in records)
    return SQL("CASE %s %s ELSE %s END", column, cases, default)


def _id_of(column, records):
    if not records:
        return SQL("NULL::int")
    cases = SQL(" ").join(SQL("WHEN %s THEN %s", r.level, r.id) for r in records)
    return SQL("CASE %s %s END", column, cases)
