# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL of a review: where customers stood at three moments, who moved, who is thin."""

from odoo.tools import SQL

from .trust_snapshot_moved import MOVED


def _shown(alias, before):
    """Return the join to what was shown of ``r`` last before that moment."""
    return SQL(
        """LEFT JOIN LATERAL (
             SELECT id, trust_index, circle_id, band IS NOT NULL AS known
               FROM trust_snapshot WHERE relationship_id = r.id AND date < %s
           ORDER BY date DESC LIMIT 1) %s ON TRUE""",
        before,
        SQL.identifier(alias),
    )


def standing(seen, span):
    """Return a row per customer: index, ring, known or not, at three moments.

    :param seen: SQL of the ids of relationships
    :param span: where ``end``, ``since`` and ``before`` are UTC datetimes
    """
    return SQL(
        """
        SELECT r.id, n.id AS now_id, n.trust_index AS now_index,
               n.circle_id AS now_circle, n.known AS now_known,
               t.id AS then_id, t.trust_index AS then_index,
               t.circle_id AS then_circle, t.known AS then_known,
               b.id AS before_id, b.trust_index AS before_index,
               b.circle_id AS before_circle, b.known AS before_known,
               now_ring.level AS now_level, then_ring.level AS then_level
          FROM trust_relationship r %(now)s %(then)s %(before)s
     LEFT JOIN trust_circle now_ring ON now_ring.id = n.circle_id
     LEFT JOIN trust_circle then_ring ON then_ring.id = t.circle_id
         WHERE r.id IN %(seen)s
        """,
        now=_shown("n", span.end),
        then=_shown("t", span.since),
        before=_shown("b", span.before),
        seen=seen,
    )


def moved(rows):
    """Return who of ``rows`` changed the ring, or moved by five points or more.

    Who was not known at the beginning did not move. ``way`` is 1 inwards, -1 outwards.
    """
    return SQL(
        """
        SELECT s.*, CASE WHEN s.now_level <> s.then_level
                         THEN sign(s.now_level - s.then_level)
                         ELSE sign(s.now_index - s.then_index) END AS way,
               s.now_level <> s.then_level AS new_ring,
               abs(s.now_index - s.then_index) AS points
          FROM %(rows)s s
         WHERE s.now_level <> s.then_level
            OR s.now_known AND s.then_known
               AND abs(s.now_index - s.then_index) >= %(by)s
        """,
        rows=rows,
        by=MOVED,
    )


def overview(seen, span, limit):
    """Return one row: totals, changes of ring in both periods, and the movers.

    Those who moved most come first, inwards and outwards in turn.
    """
    return SQL(
        """
        WITH standing AS MATERIALIZED (%(standing)s),
        movers AS (
        SELECT m.id, m.way, m.now_index, m.then_index, m.now_circle, m.then_circle,
               count(*) OVER () AS total,
               row_number() OVER (PARTITION BY m.way
                   ORDER BY m.new_ring DESC NULLS LAST, m.points DESC, m.id) AS place
          FROM (%(moved)s) m)
        SELECT (SELECT json_build_object('now', json_build_array(count(now_id),
                       count(*) FILTER (WHERE now_known),
                       avg(now_index) FILTER (WHERE now_known)),
                       'then', json_build_array(count(then_id),
                       count(*) FILTER (WHERE then_known),
                       avg(then_index) FILTER (WHERE then_known)))
                  FROM standing),
               (SELECT json_agg(f) FROM (
                SELECT then_circle, now_circle, count(*) AS number FROM standing
                 WHERE then_circle <> now_circle GROUP BY 1, 2) f),
               (SELECT json_agg(f) FROM (
                SELECT before_circle AS then_circle, then_circle AS now_circle,
                       count(*) AS number FROM standing
                 WHERE before_circle <> then_circle GROUP BY 1, 2) f),
               (SELECT json_agg(m ORDER BY m.way, m.place) FROM (
                SELECT * FROM movers ORDER BY place, way LIMIT %(limit)s) m)
        """,
        standing=standing(seen, span),
        moved=moved(SQL("standing")),
        limit=limit,
    )


def thin(seen, span, company, sources):
    """Return customers who matter and on whom we hold little, or only what is old.

    :param sources: SQL rows (partner_id, turnover of a year, open leads) per app
    """
    return SQL(
        """
        WITH worth AS (
        SELECT p.commercial_partner_id AS id, max(w.turnover) AS turnover,
               max(w.leads) AS leads
          FROM (SELECT x.source, y.commercial_partner_id AS partner_id,
                       sum(x.turnover) AS turnover, sum(x.leads) AS leads
                  FROM (%(sources)s) x JOIN res_partner y ON y.id = x.partner_id
              GROUP BY 1, 2) w
          JOIN res_partner p ON p.id = w.partner_id
      GROUP BY 1)
        SELECT r.id, r.partner_id, r.evidence_count, r.last_date, r.confidence,
               w.turnover, w.leads, c.level
          FROM trust_relationship r
     LEFT JOIN worth w ON w.id = r.partner_id
     LEFT JOIN trust_circle c ON c.id = r.circle_id
         WHERE r.company_id = %(company)s AND r.partner_id IS NOT NULL
           AND r.id IN %(seen)s
           AND (r.thin OR r.last_date < %(old)s)
           AND (w.turnover > 0 OR w.leads > 0 OR c.level >= %(inner)s)
        """,
        sources=SQL(" UNION ALL ").join(sources),
        company=company.id,
        seen=seen,
        old=span.old,
        inner=2,
    )


def thinnest(rows, span, limit):
    """Return the most important of ``thin`` rows, with what we knew at the start."""
    return SQL(
        """
        SELECT t.*, s.confidence AS then_confidence FROM (
            SELECT *, count(*) OVER () AS total FROM (%(rows)s) x
          ORDER BY turnover DESC NULLS LAST, leads DESC NULLS LAST,
                   level DESC NULLS LAST, id LIMIT %(limit)s) t
     LEFT JOIN LATERAL (
            SELECT confidence FROM trust_snapshot
             WHERE relationship_id = t.id AND date < %(since)s
          ORDER BY date DESC LIMIT 1) s ON TRUE
      ORDER BY t.turnover DESC NULLS LAST, t.leads DESC NULLS LAST,
               t.level DESC NULLS LAST, t.id
        """,
        rows=rows,
        limit=limit,
        since=span.since,
    )


def slips(span, company, team):
    """Return a row per promise of ours and slip: a day missed, or moved to a later one.

    A day that was missed and moved afterwards slipped once.
    """
    return SQL(
        """
        SELECT p.id, p.team_id, COALESCE(p.purpose, 'plain') AS purpose,
               c.commercial_partner_id AS customer_id, e.at >= %(since)s AS fresh
          FROM (SELECT id AS promise_id, missed_at AS at FROM trust_promise
                 WHERE missed_at >= %(before)s AND missed_at < %(end)s
             UNION ALL
                SELECT promise_id, moved_at FROM trust_promise_change
                 WHERE moved_at >= %(before)s AND moved_at < %(end)s
                   AND new_date > old_date AND after_due IS NOT TRUE) e
          JOIN trust_promise p ON p.id = e.promise_id AND p.direction = 'ours'
           AND p.company_id = %(company)s %(team)s
     LEFT JOIN res_partner c ON c.id = p.partner_id
        """,
        since=span.since,
        before=span.before,
        end=span.end,
        company=company.id,
        team=SQL("AND p.team_id = %s", team.id) if team else SQL(),
    )


def slipping(rows, company):
    """Return slips by team, by kind of promise and by customer in one go."""
    return SQL(
        """
        SELECT g.*, r.id AS relationship_id FROM (
            SELECT GROUPING(team_id) AS no_team, GROUPING(purpose) AS no_kind,
                   team_id, purpose, customer_id,
                   count(*) FILTER (WHERE fresh) AS now,
                   count(*) FILTER (WHERE NOT fresh) AS before,
                   count(DISTINCT id) FILTER (WHERE fresh) AS promises
              FROM (%(rows)s) s
          GROUP BY GROUPING SETS ((team_id), (purpose), (customer_id))) g
     LEFT JOIN trust_relationship r
            ON r.partner_id = g.customer_id AND r.company_id = %(company)s
         WHERE g.now > 0
      ORDER BY g.now DESC, g.before, r.id
        """,
        rows=rows,
        company=company.id,
    )
