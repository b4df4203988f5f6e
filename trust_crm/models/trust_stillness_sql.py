# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""How long a score surely stays as it is: a night passes by what cannot have moved.

All times are ``tau`` = days * ln 2 / half-life. Evidence ``f = sat(x e^-tau)`` fades at
``f' = -f (1 - f / K)``, and that speed changes by at most ``e^tau``. So each term of
the index's speed ``g = w'/w - S'/S`` changes by at most ``e^(k tau)``, and

    |g(tau) - g(0)| <= k G tau e^(k tau)      with G the sum of the terms' sizes,
    |index(tau) - index(0) - P g(0) tau| <= P k G e^0.5 tau^2 / 2       P = 50 / ln 10

while ``k tau <= 1/2``, beyond which nothing is promised. Masses shrink by at most
``e^-tau``, so one above ``m`` stays there for ``tau <= 1 - m / mass``.
docs/decisions/0015-still-scores.md derives it; a test compares it with plain ageing.
"""

import math

from odoo.tools import SQL

from . import trust_score_sql as score_sql
from .trust_score_sql import layer, number
from .trust_speed_sql import POINTS, SLOWEST, Speeds

_MARGIN = 1e-9  # index points lost to rounding
_MARGIN_LOW = 2e-6  # the same for circle_low, which is rounded to 6 decimals
STEP = 0.05


class Stillness(Speeds):
    """Until when nothing of a score is to be written, as SQL."""

    # DISTANCES to what would be written

    def until(self, source, at):
        """Return ``source`` with ``still_until``.

        It has COLUMNS, what the levels added, and ``moved``.
        """
        sql = layer(self._distances(), source)
        sql = layer({"still_tau": self._tau()}, sql)
        return layer({"still_until": self._until(at)}, sql)

    def _distances(self):
        """Return how far index and circle_low may rise and fall."""
        shown = SQL("(CASE WHEN s.moved THEN s.trust_index ELSE s.old_index END)")
        step = number(STEP - _MARGIN)
        rise = [SQL("%s - s.trust_index + %s", shown, step)]
        fall = [SQL("s.trust_index - %s + %s", shown, step)]
        margin = self.policy.band_margin
        rise.append(
            _next(
                "s.new_band", [b + margin for b in self.policy.bands], "s.trust_index"
            )
        )
        fall.append(
            _last(
                "s.new_band", [b - margin for b in self.policy.bands], "s.trust_index"
            )
        )
        for threshold in self.levels.stage_thresholds("index"):
            for side, sign in ((rise, "<"), (fall, ">=")):
                side.append(
                    SQL(
                        "CASE WHEN s.trust_index %(sign)s %(at)s"
                        " THEN abs(s.trust_index - %(at)s) END",
                        sign=SQL(sign),
                        at=number(threshold),
                    )
                )
        low = (
            _next("s.c_level", self.policy.circle_up, "s.circle_low"),
            _last("s.c_level", self.policy.circle_down, "s.circle_low"),
        )
        return {
            "rise": _nearest(*rise),
            "fall": _nearest(*fall),
            "room": _nearest(*low),
        }

    def _tau(self):
        """Return the longest ``tau`` for which nothing is to be written."""
        limits = [number(SLOWEST / self.k)]
        for distance, sign in (("rise", 1), ("fall", -1)):
            d = SQL(
                "(greatest(0::float8, s.%s - %s) / %s)",
                SQL(distance),
                number(_MARGIN),
                number(POINTS),
            )
            limits.append(
                SQL(
                    "2 * %(d)s / nullif(%(s)s * s.g0 + sqrt(s.g0 * s.g0"
                    " + 4 * s.g2 * %(d)s), 0)",
                    d=d,
                    s=number(sign),
                )
            )
        limits.append(
            SQL(
                "greatest(0::float8, s.room - %s) / nullif(s.g_low, 0)",
                number(_MARGIN_LOW),
            )
        )
        limits += self._mass_limits() + self._affective_limits()
        return _nearest(*limits)

    def _mass_limits(self):
        """Return when masses may fall below what gates, stages or judging need."""
        policy = self.policy
        thresholds = self.levels.stage_thresholds("mass")
        if 0 < policy.thin < 1:
            thresholds.append(policy.transfer_mass * policy.thin / (1 - policy.thin))
        limits = []
        if thresholds:
            cases = (
                SQL("WHEN s.mass >= %(m)s THEN 1 - %(m)s / s.mass", m=number(m))
                for m in sorted(thresholds, reverse=True)
            )
            limits.append(SQL("CASE %s END", SQL(" ").join(cases)))
        limits += [
            SQL(
                "CASE WHEN s.c_level >= %(ring)s AND s.good >= %(m)s"
                " THEN 1 - %(m)s / s.good END",
                ring=circle.level,
                m=number(circle.gate_mass),
            )
            for circle in self.levels.circles
            if circle.gate_mass > 0
        ]
        return limits

    def _affective_limits(self):
        speed = SQL(
            "nullif(%s * s.g_affective, 0)",
            number(100 * math.exp(3 * SLOWEST / self.k)),
        )
        return [
            SQL(
                "abs(s.commitment_affective - %s) / %s",
                number(threshold),
                speed,
            )
            for threshold in self.levels.stage_thresholds("affective")
        ]

    # DATES

    def _until(self, at):
        days = self.policy.half_life / math.log(2) * (1 - 1e-6)
        dates = [
            SQL(
                "%s::timestamp + s.still_tau * %s * interval '1 day'", at, number(days)
            ),
            SQL(
                "CASE WHEN s.circle_override_id IS NOT NULL"
                " OR s.stage_override_id IS NOT NULL THEN CASE"
                " WHEN s.override_until >= %s::timestamp::date"
                " THEN s.override_until + interval '1 day' END END",
                at,
            ),
        ]
        dates.append(
            SQL(
                "CASE WHEN s.declined_until >= %s::timestamp::date"
                " THEN s.declined_until + interval '1 day' END",
                at,
            )
        )
        for circle in self.levels.circles:
            if circle.gate_customer_days:
                heard = SQL(
                    "(s.customer_date + %s * interval '1 day')",
                    circle.gate_customer_days,
                )
                dates.append(
                    SQL(
                        "CASE WHEN s.c_level >= %(ring)s"
                        " AND %(heard)s >= %(at)s::timestamp THEN %(heard)s END",
                        ring=circle.level,
                        heard=heard,
                        at=at,
                    )
                )
        return _nearest(*dates)


def _nearest(*terms):
    """Return the least of those that are not NULL."""
    return SQL("least(%s)", score_sql.comma(terms))


def _next(level, thresholds, value):
    """Return the distance up to where ``level`` (0 the lowest) would rise."""
    return _threshold(level, enumerate(thresholds), value, "<")


def _last(level, thresholds, value):
    """Return the distance down to where ``level`` would fall."""
    return _threshold(level, enumerate(thresholds, 1), value, ">")


def _threshold(level, thresholds, value, side):
    sign = number(1 if side == "<" else -1)
    cases = SQL(" ").join(
        SQL("WHEN %s THEN %s * (%s - %s)", i, sign, number(t), SQL(value))
        for i, t in thresholds
    )
    return SQL("CASE %s %s END", SQL(level), cases)
