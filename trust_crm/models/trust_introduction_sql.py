# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL of introductions: the rows, and the chain of who introduced whom."""

from odoo.tools import SQL

# What the SQL below reads: to be flushed before.
READ = {
    "res.partner": ["introducer_id", "commercial_partner_id", "company_id"],
    "crm.lead": ["introducer_id", "partner_id", "company_id"],
}
# Nobody follows a longer path, and a circle ends somewhere.
LONGEST = 8


def introductions():
    """Return a SELECT of the introductions, as the signal *referral* counts them."""
    return SQL(
        """
        SELECT 2 * p.id AS id, p.introducer_id, p.id AS partner_id,
               NULL::int AS lead_id, p.company_id, p.create_date AS date
          FROM res_partner p
          JOIN res_partner i ON i.id = p.introducer_id
         WHERE p.introducer_id IS NOT NULL
           AND p.commercial_partner_id <> i.commercial_partner_id
         UNION ALL
        SELECT 2 * l.id + 1, l.introducer_id, l.partner_id, l.id, l.company_id,
               l.create_date
          FROM (SELECT DISTINCT ON (l.introducer_id,
                                    COALESCE(p.commercial_partner_id, -l.id)) l.*
                  FROM crm_lead l
                  JOIN res_partner i ON i.id = l.introducer_id
             LEFT JOIN res_partner p ON p.id = l.partner_id
             LEFT JOIN res_partner o ON o.id = p.commercial_partner_id
                 WHERE l.introducer_id IS NOT NULL
                   AND p.commercial_partner_id IS DISTINCT FROM i.commercial_partner_id
                   AND p.introducer_id IS DISTINCT FROM l.introducer_id
                   AND o.introducer_id IS DISTINCT FROM l.introducer_id
              ORDER BY l.introducer_id, COALESCE(p.commercial_partner_id, -l.id), l.id
               ) l
        """
    )


def chains(env, start):
    """Return a SELECT of (key, [who introduced, who introduced them, …]).

    Leads of companies that are not chosen say nothing.

    :param start: relation of (key, partner id)
    """
    for model, names in READ.items():
        env[model].flush_model(names)
    return SQL(
        """
        WITH RECURSIVE chain (key, person, seen) AS (
            SELECT s.key, s.person, ARRAY[s.person] FROM %(start)s s (key, person)
             UNION ALL
            SELECT c.key, up.id, c.seen || up.id
              FROM chain c CROSS JOIN LATERAL (%(up)s) up
             WHERE cardinality(c.seen) <= %(longest)s AND NOT up.id = ANY(c.seen))
        SELECT DISTINCT ON (key) key, seen[2:] FROM chain
         ORDER BY key, cardinality(seen) DESC
        """,
        start=start,
        up=_introducer_of(SQL("c.person"), env.companies.ids),
        longest=LONGEST,
    )


def _introducer_of(person, company_ids):
    """Return a SELECT of who introduced ``person``: the customer's own word first."""
    return SQL(
        """
        SELECT x.id FROM (
            SELECT f.introducer_id AS id, 0 AS rank, f.id AS said
              FROM res_partner o
              JOIN res_partner f ON f.id IN (o.id, o.commercial_partner_id)
              JOIN res_partner i ON i.id = f.introducer_id
               AND i.commercial_partner_id <> o.commercial_partner_id
             WHERE o.id = %(person)s
             UNION ALL
            SELECT l.introducer_id, 1, l.id
              FROM res_partner o
              JOIN res_partner f
                ON f.commercial_partner_id = o.commercial_partner_id
              JOIN crm_lead l ON l.partner_id = f.id
               AND (l.company_id IS NULL OR l.company_id = ANY(%(companies)s))
              JOIN res_partner i ON i.id = l.introducer_id
               AND i.commercial_partner_id <> o.commercial_partner_id
             WHERE o.id = %(person)s) x
         ORDER BY x.rank, x.said LIMIT 1
        """,
        person=person,
        companies=list(company_ids),
    )
