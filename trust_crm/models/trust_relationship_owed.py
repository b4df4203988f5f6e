# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from contextlib import nullcontext

from odoo import models
from odoo.tools import SQL

from . import trust_fold_sql as fold_sql
from .trust_queue_claim import LENDER
from .trust_statement import in_sets

MANY = 100  # relationships whose ledger is joined by hash, whatever the statistics say


class TrustRelationship(models.Model):
    """What a refresh owes to others and to later: borrowers, facts of tomorrow."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _queue_borrowers(self, ids):
        """Queue contacts and leads that borrow from the companies among ``ids``."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                         create_date)
                SELECT b.partner_id, b.lead_id, b.company_id, %(reason)s,
                       now() at time zone 'UTC'
                  FROM trust_relationship r
                  JOIN trust_relationship b ON b.lender_partner_id = r.partner_id
                                           AND b.company_id = r.company_id
                 WHERE r.id = ANY(%(ids)s) AND r.lender_partner_id IS NULL
                   AND NOT b.id = ANY(%(ids)s)
                """,
                ids=list(ids),
                reason=LENDER,
            )
        )

    def _queue_future(self, ids, at):
        """Keep relationships with rows dated after ``at`` queued until that date."""
        # In order, so that its index is taken though nothing may be known of the dates.
        later = "SELECT FROM trust_evidence WHERE date > %s ORDER BY date LIMIT 1"
        self.env.cr.execute(SQL(later, at))
        if not self.env.cr.rowcount:
            return
        scope = fold_sql.subjects(SQL("r.id = ANY(%s)", list(ids)))
        insert = SQL(
            """
            INSERT INTO trust_queue (partner_id, lead_id, company_id, not_before,
                                     reason, create_date)
            SELECT r.partner_id, r.lead_id, r.company_id, min(e.date), 'future',
                   now() at time zone 'UTC'
              FROM %(ledger)s e JOIN trust_relationship r ON r.id = e.rel
             WHERE e.date > %(at)s
             GROUP BY r.partner_id, r.lead_id, r.company_id
            """,
            ledger=fold_sql.ledger(SQL("(%s)", scope), few=len(ids) <= MANY),
            at=at,
        )
        with in_sets(self.env) if len(ids) > MANY else nullcontext():
            self.env.cr.execute(insert)
