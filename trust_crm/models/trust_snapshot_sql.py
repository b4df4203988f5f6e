# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL of history: when a snapshot is due, what it keeps, the trend it gives."""

from odoo.tools import SQL


def due():
    """Return the condition on ``s`` (old and new levels) that history is kept."""
    return SQL(
        "(s.snapshot_index IS NULL OR abs(s.trust_index - s.snapshot_index) >= 1"
        " OR s.new_band IS DISTINCT FROM s.band::int"
        " OR s.new_circle IS DISTINCT FROM s.circle_id"
        " OR s.new_stage IS DISTINCT FROM s.stage_id)"
    )


def month_ago(at):
    """Return the index that was shown 30 days before ``at``, of relationship ``r``."""
    return SQL(
        """(SELECT sn.trust_index FROM trust_snapshot sn
             WHERE sn.relationship_id = r.id
               AND sn.date <= %s::timestamp - interval '30 days'
             ORDER BY sn.date DESC LIMIT 1)""",
        at,
    )


def rebase_trends(since, until):
    """Return the UPDATE of trends for snapshots dated ``since`` < date <= ``until``.

    The newest of them is now the one to compare with.
    """
    return SQL(
        """UPDATE trust_relationship r
              SET trend_30d = r.trust_index - s.trust_index, has_trend = TRUE
             FROM (SELECT DISTINCT ON (relationship_id) relationship_id, trust_index
                     FROM trust_snapshot
                    WHERE date > %s AND date <= %s
                    ORDER BY relationship_id, date DESC) s
            WHERE s.relationship_id = r.id""",
        since,
        until,
    )


def sign(ids, cause, since, user_id, reason):
    """Return the UPDATE that says who decided what was just kept, and why."""
    return SQL(
        """UPDATE trust_snapshot SET user_id = %s, reason = %s
            WHERE relationship_id = ANY(%s) AND cause = %s AND date >= %s
              AND user_id IS NULL""",
        user_id,
        reason,
        list(ids),
        cause,
        since,
    )


def insert(at, cause, source, condition):
    """Return the INSERT of history rows for relationships ``r`` of ``source``."""
    return SQL(
        """INSERT INTO trust_snapshot (relationship_id, date, trust_index, index_low,
                  confidence, band, circle_id, stage_id, policy_id, company_id, cause)
           SELECT r.id, %(at)s, r.trust_index, r.index_low, r.confidence, r.band,
                  r.circle_id, r.stage_id, r.policy_id, r.company_id, %(cause)s
             FROM %(source)s WHERE %(condition)s""",
        at=at,
        cause=cause,
        source=source,
        condition=condition,
    )
