# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL that writes what the sums of relationships come to.

Fold and ageing differ only in where the decayed sums come from; what follows (score,
circle, band, stage) is the same.
"""

from odoo.tools import SQL

from . import trust_fold_sql as fold_sql
from . import trust_score_sql as score_sql
from . import trust_snapshot_sql as snapshot_sql
from .trust_quality_sql import OWN_SUMS
from .trust_score_sql import SUMS, comma, name, number
from .trust_stillness_sql import STEP
from .trust_sums_sql import STATE, SUBJECT

DISSOLVED_BACK = 50.0  # index points from which a dissolving relationship is back

_RESULTS = (*score_sql.SCORES, "thin")
# Evidence anew and a score in the middle end it; the next night keeps it in history.
STILL_DISSOLVING = SQL(
    "r.dissolving AND NOT (s.trust_index >= %s AND s.last_date > r.dissolving_since)",
    DISSOLVED_BACK,
)
_LEVELS = {
    "circle_id": "new_circle",
    "circle_computed_id": "new_circle_computed",
    "circle_evident_id": "new_circle_evident",
    "circle_accepted_id": "new_circle_accepted",
    "circle_proposed_id": "new_circle_proposed",
    "stage_id": "new_stage",
    "stage_computed_id": "new_stage_computed",
}


def narrowed(source, more):
    """Return what the levels need of a scored ``source``: each column costs time."""
    columns = ("id", "old_index", "old_thin", "positive_codes", "customer_date")
    sums = (c for c in score_sql.COMPONENT_SUMS if c.endswith("_pos"))
    scores = (*score_sql.SCORES, "commitment_affective")
    return SQL(
        "(SELECT %s FROM %s s OFFSET 0)",
        comma(name("s", c) for c in (*columns, *STATE, *sums, *scores, *more)),
        source,
    )


def moved():
    """Return the condition under which ageing writes a row."""
    levels = SQL(" OR ").join(
        SQL("s.%s IS DISTINCT FROM s.%s", name(new), name(old))
        for old, new in _LEVELS.items()
    )
    return SQL(
        "(abs(s.trust_index - s.old_index) >= %s"
        " OR s.thin IS DISTINCT FROM s.old_thin"
        " OR s.new_band IS DISTINCT FROM s.band::int OR %s) IS TRUE",
        number(STEP),
        levels,
    )


# WRITING


def write_fold(source, at, policy_id, history, lending, quality):
    """Return the UPDATE of relationships from a folded, scored ``source``.

    :param history: keep snapshots of what was shown
    :param lending: ``source`` has the sums that a lender lends
    :param quality: the sums of quality in ``source``; the others are empty

    How long the row stays as it is, the next night finds out.
    """
    facts = (*SUMS, *fold_sql.FACTS, "positive_codes", "evidence_count", *SUBJECT)
    sets = [
        *_shown(policy_id, at),
        *(SQL("%s = s.%s", name(c), name(c)) for c in facts),
        *_quality(quality),
        SQL("as_of = %s", at),
        SQL("still_from = NULL, still_until = NULL"),
        SQL("transferred = %s", _borrowing() if lending else SQL("FALSE")),
        SQL(
            "(trend_30d, has_trend) = (SELECT s.trust_index - t.i, t.i IS NOT NULL"
            " FROM (SELECT %s AS i OFFSET 0) t)",
            snapshot_sql.month_ago(at),
        ),
    ]
    if history:
        sets += [*_remembered(at), SQL("dissolving = %s", STILL_DISSOLVING)]
    return _update(sets, source, SQL("TRUE"), history)


def _quality(sums):
    """Return the assignments of the sums of quality, none of them stored as zero."""
    return [
        SQL("%s = nullif(s.%s, 0)", name(column), name(column))
        if column in sums
        else SQL("%s = NULL", name(column))
        for column in OWN_SUMS
    ]


def write_ageing(source, at, policy_id, rules):
    """Return the UPDATE of those in ``source`` that ``moved``."""
    sets = [
        *_shown(policy_id, at),
        *_remembered(at),
        SQL("trend_30d = r.trend_30d + s.trust_index - s.old_index"),
        _still(at, rules),
    ]
    return _update(sets, source, SQL("s.moved"), True)


def write_stillness(source, at, rules):
    """Return the UPDATE that remembers how long those that did not move stay."""
    return SQL(
        "UPDATE trust_relationship r SET %s FROM %s s"
        " WHERE r.id = s.id AND NOT s.moved",
        _still(at, rules),
        source,
    )


def _still(at, rules):
    return SQL(
        "still_from = %s, still_until = s.still_until, still_rules = %s", at, rules
    )


def ageing_columns():
    """Return the columns of a scored source that the ageing's writes need."""
    return comma(
        name("s", column)
        for column in (
            *("id", "moved", "still_until", "old_index", "new_band"),
            *("circle_id", "stage_id", "band", "snapshot_index"),
            *_RESULTS,
            *_LEVELS.values(),
        )
    )


def _shown(policy_id, at):
    sets = [SQL("%s = s.%s", name(c), name(c)) for c in _RESULTS]
    sets += [SQL("%s = s.%s", name(c), name(new)) for c, new in _LEVELS.items()]
    return [
        *sets,
        SQL("band = s.new_band::varchar"),
        SQL("policy_id = %s", policy_id),
        SQL(
            "proposed_date = CASE WHEN s.new_circle_proposed IS DISTINCT FROM"
            " r.circle_proposed_id THEN %s ELSE r.proposed_date END",
            at,
        ),
    ]


def _remembered(at):
    due_now = snapshot_sql.due()
    return [
        SQL(
            "snapshot_index = CASE WHEN %s THEN s.trust_index"
            " ELSE s.snapshot_index END",
            due_now,
        ),
        SQL(
            "snapshot_date = CASE WHEN %s THEN %s ELSE r.snapshot_date END", due_now, at
        ),
    ]


def _borrowing():
    """Return whether the lender has anything to lend beyond the borrower's own."""
    return SQL("%s > 1e-9", SQL(" + ").join(name("s", c) for c in score_sql.LENT))


def _update(sets, source, condition, history):
    return SQL(
        """UPDATE trust_relationship r SET %(sets)s FROM %(source)s s
            WHERE r.id = s.id AND %(condition)s
        RETURNING r.id, s.band::int AS old_band, s.new_band,
                  s.circle_id AS old_circle, s.new_circle, %(keep)s AS keep""",
        sets=comma(sets),
        source=source,
        condition=condition,
        keep=snapshot_sql.due() if history else SQL("FALSE"),
    )
