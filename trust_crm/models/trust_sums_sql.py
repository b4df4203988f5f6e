# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL that finds relationships and their decayed sums: from the fold, or as stored."""

from odoo.tools import SQL

from . import trust_fold_sql as fold_sql
from .trust_score_sql import SUMS, age_days, comma, decayed, name, remaining

# What the levels need to know of the row as it stands.
STATE = (
    "circle_id",
    "circle_computed_id",
    "circle_evident_id",
    "circle_accepted_id",
    "circle_proposed_id",
    "circle_declined_id",
    "declined_until",
    "stage_id",
    "stage_computed_id",
    "band",
    "circle_override_id",
    "stage_override_id",
    "override_until",
    "snapshot_index",
)
# Who it is about, found by the fold.
SUBJECT = ("is_commercial", "commercial_partner_id", "lender_partner_id")


def _state():
    return comma(SQL("r.%s", name(column)) for column in STATE)


# FROM THE FOLD


def fold_source(scope, everybody, folded, at, policy, lending, quality=()):
    """Return decayed sums at ``at`` of the relationships in ``scope``, from the fold.

    The lender's sums come from the same fold where it took part (it is among
    ``everybody``; no row there means no evidence), else from its stored row aged to the
    same time.

    :param quality: the sums of quality that the fold has
    """
    return SQL(
        """(SELECT r.id, %(columns)s, %(lent)s
              FROM %(scope)s t
              JOIN trust_relationship r ON r.id = t.id
              LEFT JOIN %(folded)s f ON f.rel = r.id
              %(lender)s
             WHERE t.lender_partner_id IS %(want)s NULL
            OFFSET 0)""",
        columns=_folded(at, quality),
        lent=_lent_by_fold(at, policy) if lending else SQL("NULL AS lender"),
        scope=scope,
        folded=folded,
        lender=_lender_in_fold(everybody, folded) if lending else SQL(),
        want=SQL("NOT") if lending else SQL(),
    )


def _folded(at, quality):
    """Return what is known of ``r`` and of its row ``f`` in the fold."""
    return comma(
        [
            _state(),
            comma(SQL("COALESCE(f.%s, 0) AS %s", name(c), name(c)) for c in SUMS),
            *(SQL("f.%s", name(c)) for c in quality),
            SQL("f.first_date, f.last_date, f.last_contact_date, f.customer_date"),
            SQL("COALESCE(f.positive_codes, 0)::int AS positive_codes"),
            SQL("COALESCE(f.evidence_count, 0) AS evidence_count"),
            SQL("COALESCE(%s, 0) AS age", age_days(at, SQL("f.first_date"))),
            comma(SQL("t.%s", name(c)) for c in SUBJECT),
        ]
    )


def _lent_by_fold(at, policy):
    factor = remaining(
        SQL("date_part('epoch', %s::timestamp - lr.as_of) / 86400", at),
        policy.half_life,
    )
    return fold_sql.lent(
        lambda c: SQL(
            "CASE WHEN r.partner_id IS NULL THEN 0 ELSE COALESCE(f.%s, 0) END", name(c)
        ),
        lambda c: SQL(
            "CASE WHEN ls.id IS NULL THEN COALESCE(%s, 0) ELSE COALESCE(lf.%s, 0) END",
            decayed(SQL("lr.%s", name(c)), factor),
            name(c),
        ),
    )


def _lender_in_fold(everybody, folded):
    return SQL(
        """LEFT JOIN trust_relationship lr ON lr.partner_id = t.lender_partner_id
                 AND lr.company_id = r.company_id
           LEFT JOIN %s ls ON ls.id = lr.id
           LEFT JOIN %s lf ON lf.rel = lr.id""",
        everybody,
        folded,
    )


# FROM WHAT IS STORED


def due(condition, at, rules):
    """Return the SELECT of the relationships that ageing has to look at.

    :param condition: SQL on ``r``
    :param rules: the number that tells policy, circles and stages

    The others were found to stay as they are until ``still_until``: see
    ``trust_stillness_sql.py``. That holds while policy, levels and lender stay.
    """
    return SQL(
        """SELECT r.id, r.lender_partner_id IS NOT NULL
             FROM trust_relationship r
             LEFT JOIN trust_relationship lr ON lr.partner_id = r.lender_partner_id
                   AND lr.company_id = r.company_id
            WHERE %(condition)s AND r.as_of IS NOT NULL AND (
                  r.still_until IS NULL OR r.still_until <= %(at)s
                  OR r.still_from > %(at)s OR r.still_rules IS DISTINCT FROM %(rules)s
                  OR lr.as_of > r.still_from OR r.transferred AND lr.id IS NULL)""",
        condition=condition,
        at=at,
        rules=rules,
    )


def ageing_source(ids, at, policy, lending):
    """Return the stored sums of relationships ``ids`` decayed to ``at``."""
    columns = [
        _state(),
        SQL("r.trust_index AS old_index, r.thin AS old_thin"),
        comma(
            SQL("%s AS %s", decayed(SQL("r.%s", name(c)), SQL("r.f")), name(c))
            for c in SUMS
        ),
        SQL("r.positive_codes, r.customer_date"),
        SQL("COALESCE(%s, 0) AS age", age_days(at, SQL("r.first_date"))),
    ]
    if lending:
        columns.append(_lent_by_row())
    return SQL(
        """(SELECT r.id, %(columns)s
              FROM (SELECT r.*, %(own)s AS f FROM trust_relationship r
                     WHERE r.id = ANY(%(ids)s) OFFSET 0) r
              %(lender)s
            OFFSET 0)""",
        columns=comma(columns),
        own=remaining(age_days(at, SQL("r.as_of")), policy.half_life),
        ids=ids,
        lender=_lender_row(at, policy) if lending else SQL(),
    )


def _lent_by_row():
    return fold_sql.lent(
        lambda c: SQL(
            "CASE WHEN r.partner_id IS NULL THEN 0 ELSE %s END",
            decayed(SQL("r.%s", name(c)), SQL("r.f")),
        ),
        lambda c: SQL("COALESCE(%s, 0)", decayed(SQL("lr.%s", name(c)), SQL("lr.f"))),
    )


def _lender_row(at, policy):
    return SQL(
        """LEFT JOIN LATERAL (
               SELECT lr.*, %s AS f FROM trust_relationship lr
                WHERE lr.partner_id = r.lender_partner_id
                  AND lr.company_id = r.company_id OFFSET 0) lr ON TRUE""",
        remaining(age_days(at, SQL("lr.as_of")), policy.half_life),
    )
