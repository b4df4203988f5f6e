# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL that explains one score: the index with and without each kind of fact (C12).

The rows, their decay and the arithmetic are those of the fold; what differs is that
the rows of every signal are also left out once. One statement reads the ledger once,
whatever its length, and returns one row per signal.
"""

from odoo.tools import SQL

from ..tools import trust_equation as equation
from . import trust_fold_sql as fold_sql
from . import trust_score_sql as score_sql
from .trust_score_sql import COMPONENT_SUMS, age_days, comma, name, number, remaining

LENT = score_sql.LENT
# What a signal does to each part, on its scale of 1 to 10.
ON_PARTS = {
    "on_c": "credibility",
    "on_r": "reliability",
    "on_i": "intimacy",
    "on_s": "self_orientation",
}
COLUMNS = (
    "trust_index",
    "first_date",
    "borrows",
    *COMPONENT_SUMS,
    *LENT,
    "signal_id",
    "count",
    "effect",
    *ON_PARTS,
    "row",
    "heard",
)
_COLUMN = {
    (part, group): f"x_{part.lower()}_{group}"
    for part in equation.COMPONENTS
    for group in equation.GROUPS
}


def masses(row, prefix=""):
    """Return ``{(component, group): mass}`` of a result row with the twelve sums."""
    return {key: row[prefix + column] for key, column in _COLUMN.items()}


def _weights(policy, weights):
    """Return the relation (signal_id, staff, twelve factors) of a policy's lines."""
    factors = {}
    for signal, part, weight in weights:
        if part not in equation.COMPONENTS:
            continue
        for staff in (False, True):
            group = equation.group_of(weight, "staff" if staff else "system")
            row = factors.setdefault(
                (signal, staff), dict.fromkeys(COMPONENT_SUMS, 0.0)
            )
            row[_COLUMN[part, group]] += equation.mass(weight, 1, 0, policy)
    rows = [
        SQL("(%s::int, %s, %s)", signal, staff, comma(map(number, row.values())))
        for (signal, staff), row in factors.items()
    ]
    nothing = SQL("(0, FALSE, %s)", comma([number(0)] * len(COMPONENT_SUMS)))
    return SQL(
        "(VALUES %s) AS w (signal_id, staff, %s)",
        comma(rows or [nothing]),
        comma(map(name, COMPONENT_SUMS)),
    )


def rows(scope, policy, at):
    """Return the live rows up to ``at``; ``f`` is what their magnitude has left."""
    return SQL(
        """SELECT e.rel, e.id, e.signal_id, e.voice = 'staff' AS staff, e.date,
                  e.magnitude * %(decay)s AS f
             FROM %(ledger)s e WHERE e.date <= %(at)s""",
        decay=remaining(age_days(at, SQL("e.date")), policy.half_life),
        ledger=fold_sql.ledger(scope, few=True),
        at=at,
    )


def _totals(entries):
    """Return the twelve sums per relationship; signals first, they are few."""
    return SQL(
        """SELECT k.rel, min(k.first_date) FILTER (WHERE w.signal_id IS NOT NULL)
                             AS first_date,
                  array_agg(DISTINCT k.signal_id) AS heard, %s
             FROM (SELECT rel, signal_id, staff, sum(f) AS f, min(date) AS first_date
                     FROM %s r GROUP BY rel, signal_id, staff) k
             LEFT JOIN weight w USING (signal_id, staff) GROUP BY k.rel""",
        comma(
            SQL("COALESCE(sum(k.f * w.%s), 0) AS %s", name(c), name(c))
            for c in COMPONENT_SUMS
        ),
        entries,
    )


def _subject(scope, totals, relationship_id, at):
    """Return one row: own sums, age, and what the lender lends (its sums minus own)."""
    lent = fold_sql.lent(
        lambda c: SQL(
            "CASE WHEN s.partner_id IS NULL THEN 0 ELSE COALESCE(t.%s, 0) END", name(c)
        ),
        lambda c: SQL("COALESCE(lt.%s, 0)", name(c)),
    )
    return SQL(
        """SELECT s.id, t.first_date, t.heard, COALESCE(%(age)s, 0) AS age,
                  s.lender_partner_id IS NOT NULL AS borrows, %(own)s, %(lent)s
             FROM %(scope)s s
             LEFT JOIN %(totals)s t ON t.rel = s.id
             LEFT JOIN %(scope)s l ON l.partner_id = s.lender_partner_id
             LEFT JOIN %(totals)s lt ON lt.rel = l.id
            WHERE s.id = %(id)s""",
        age=age_days(at, SQL("t.first_date")),
        own=comma(
            SQL("COALESCE(t.%s, 0) AS %s", name(c), name(c)) for c in COMPONENT_SUMS
        ),
        lent=lent,
        scope=scope,
        totals=totals,
        id=relationship_id,
    )


def _left_out(since, lending):
    """Return one row per signal: the subject's sums without that signal's rows."""
    lent = [SQL("t.%s", name(c)) for c in LENT] if lending else []
    return SQL(
        """(SELECT g.signal_id, g.count, g.row, t.age, %(columns)s
              FROM subject t CROSS JOIN (
                   SELECT r.signal_id, count(*) AS count, %(newest)s AS row, %(sums)s
                     FROM entry r JOIN subject o ON o.id = r.rel
                     JOIN weight w USING (signal_id, staff)
                    WHERE r.date > %(since)s GROUP BY r.signal_id) g
            OFFSET 0)""",
        columns=comma(
            [
                *(
                    SQL("greatest(0::float8, t.%s - g.%s) AS %s", *[name(c)] * 3)
                    for c in COMPONENT_SUMS
                ),
                *lent,
            ]
        ),
        newest=SQL("(array_agg(r.id ORDER BY r.date DESC, r.id DESC))[1]"),
        sums=comma(
            SQL("sum(r.f * w.%s) AS %s", *[name(c)] * 2) for c in COMPONENT_SUMS
        ),
        since=since,
    )


def explanation(relationship_id, scope, policy, weights, at, since, lending):
    """Return the statement: the score at ``at`` and the effect of each signal on it.

    :param relationship_id: SQL, as are ``at`` and ``since``: the text is prepared
    :param scope: condition on ``r``: the relationship and, when lending, its lender
    :param since: only rows dated after it have an effect
    :return: COLUMNS: the score with its twelve sums and twelve lent ones; per signal
        count, effect (the index with minus the index without its rows), the same of
        each part, and the newest row; ``heard``: the signals with a row, weighed or not
    """
    full = score_sql.scored(SQL("subject"), policy, lending=lending, quality=False)
    without = score_sql.scored(
        _left_out(since, lending), policy, lending=lending, quality=False
    )
    return SQL(
        """
        WITH weight AS MATERIALIZED (SELECT * FROM %(weights)s),
             about AS MATERIALIZED (%(scope)s),
             entry AS MATERIALIZED (%(rows)s),
             total AS MATERIALIZED (%(totals)s),
             subject AS MATERIALIZED (%(subject)s),
             shown AS MATERIALIZED (SELECT * FROM %(full)s f),
             lacking AS MATERIALIZED (
                 SELECT signal_id, count, row, trust_index, %(parts)s
                   FROM %(without)s w)
        SELECT s.trust_index, s.first_date, s.borrows, %(sums)s,
               l.signal_id, l.count, s.trust_index - l.trust_index AS effect,
               %(on_parts)s, l.row, s.heard
          FROM shown s LEFT JOIN lacking l ON TRUE
        """,
        scope=fold_sql.subjects(scope),
        weights=_weights(policy, weights),
        rows=rows(SQL("about"), policy, at),
        totals=_totals(SQL("entry")),
        subject=_subject(SQL("about"), SQL("total"), relationship_id, at),
        full=full,
        without=without,
        sums=comma(SQL("s.%s", name(c)) for c in (*COMPONENT_SUMS, *LENT)),
        parts=comma(map(name, ON_PARTS.values())),
        on_parts=comma(
            SQL("s.%s - l.%s AS %s", name(part), name(part), name(on))
            for on, part in ON_PARTS.items()
        ),
    )
