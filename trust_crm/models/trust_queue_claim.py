# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

LENDER = "lender"  # reason of rows that a refreshed company writes for its borrowers


class Claim(NamedTuple):
    """One queue row and one relationship it names (None: it is not there yet)."""

    queue_id: int
    relationship_id: int | None
    locked: bool
    reason: str
    lead_id: int | None
    anywhere: bool


class TrustQueue(models.Model):
    """Claiming: which relationships the due rows name, locked and made if missing.

    A claim skips what another worker holds. It is the first statement of its
    transaction: cursors are REPEATABLE READ, so the ledger is read as of the claim, and
    nothing recorded later is deleted unread.
    """

    _inherit = "trust.queue"

    # BUSINESS

    def _claim(self, limit, only=None):
        """Lock queue rows and the relationships they name (contact and company).

        A borrower's row says that the company was refreshed just now, so it names the
        borrower alone; otherwise contacts would queue one another for ever.
        """
        self.env.cr.execute(
            SQL(
                """
                WITH q AS MATERIALIZED (
                    SELECT id, partner_id, lead_id, company_id,
                           COALESCE(reason, '') AS reason
                      FROM trust_queue WHERE %(due)s
                     ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
                ), who AS (
                    SELECT q.* FROM q
                     UNION ALL
                    SELECT q.id, p.commercial_partner_id, NULL, q.company_id, q.reason
                      FROM q JOIN res_partner p ON p.id = q.partner_id
                     WHERE p.commercial_partner_id <> p.id AND q.reason <> %(lender)s
                ), t AS MATERIALIZED (
                    SELECT w.*, r.id AS rid
                      FROM who w LEFT JOIN trust_relationship r
                        ON r.partner_id = w.partner_id
                       AND (w.company_id IS NULL OR r.company_id = w.company_id)
                     WHERE w.partner_id IS NOT NULL
                     UNION ALL
                    SELECT w.*, r.id AS rid
                      FROM who w LEFT JOIN trust_relationship r
                        ON r.lead_id = w.lead_id
                       AND (w.company_id IS NULL OR r.company_id = w.company_id)
                     WHERE w.partner_id IS NULL
                ), l AS MATERIALIZED (
                    SELECT id FROM trust_relationship
                     WHERE id IN (SELECT rid FROM t)
                     ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                )
                SELECT t.id, t.rid, l.id IS NOT NULL, t.reason,
                       CASE WHEN t.partner_id IS NULL THEN t.lead_id END,
                       t.company_id IS NULL
                  FROM t LEFT JOIN l ON l.id = t.rid
                """,
                due=self._due_condition(only),
                limit=limit,
                lender=LENDER,
            ),
            log_exceptions=False,
        )
        return [Claim(*row) for row in self.env.cr.fetchall()]

    def _route_leads(self, lead_ids):
        """Hand over what was recorded about a lead while it got its customer.

        The two transactions could not see each other; the queue row is the reminder.
        """
        if not lead_ids:
            return
        leads = self.env["crm.lead"].sudo().browse(lead_ids).exists()
        leads.filtered("partner_id")._trust_customer_found()

    def _claim_missing(self, claims):
        """Make the relationships that queue rows name; return their claims.

        A row without company (a fact that counts everywhere, a contact that moved)
        names every company in which the family has evidence.
        """
        wanted = {c.queue_id: c for c in claims if c.anywhere or not c.relationship_id}
        wanted = {q: c for q, c in wanted.items() if c.reason != LENDER}
        if not wanted:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                WITH w AS (
                    SELECT id, partner_id, lead_id, company_id FROM trust_queue
                     WHERE id = ANY(%(ids)s)
                     UNION
                    SELECT q.id, p.commercial_partner_id, NULL, q.company_id
                      FROM trust_queue q JOIN res_partner p ON p.id = q.partner_id
                     WHERE q.id = ANY(%(ids)s))
                SELECT w.id, w.partner_id, CASE WHEN w.partner_id IS NULL
                                                THEN w.lead_id END, c.id
                  FROM w JOIN res_company c
                    ON c.id = w.company_id
                    OR (w.company_id IS NULL AND c.active AND EXISTS (
                        SELECT FROM trust_evidence e
                         WHERE (e.company_id = c.id OR e.company_id IS NULL)
                           AND e.voids_id IS NULL
                           AND (e.partner_id IN (
                                    SELECT f.id FROM res_partner f
                                     WHERE f.id = w.partner_id
                                        OR f.commercial_partner_id = w.partner_id)
                                OR (w.partner_id IS NULL AND e.lead_id = w.lead_id))))
                  LEFT JOIN crm_lead k ON k.id = w.lead_id
                 WHERE (w.partner_id IS NOT NULL OR k.partner_id IS NULL)
                   AND NOT EXISTS (
                       SELECT FROM trust_relationship r WHERE r.company_id = c.id
                          AND (r.partner_id = w.partner_id
                               OR (w.partner_id IS NULL AND r.lead_id = w.lead_id)))
                """,
                ids=list(wanted),
            )
        )
        made = self.env["trust.relationship"]._insert_missing({row[1:] for row in rows})
        return [
            wanted[row[0]]._replace(relationship_id=made[row[1:]], locked=True)
            for row in rows
            if row[1:] in made
        ]

    def _forget_opted_out(self, claims):
        """Remove scores of people who opted out while another worker made them."""
        ids = [c.relationship_id for c in claims if c.locked]
        self.env.cr.execute(
            SQL(
                """DELETE FROM trust_relationship r USING res_partner p
                    WHERE r.id = ANY(%s) AND p.id = r.partner_id
                      AND p.trust_scoring = 'never'""",
                ids,
            )
        )
