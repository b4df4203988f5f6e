# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
import time
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from . import trust_snapshot_sql as snapshot_sql
from .trust_level_sql import ACCEPT

_logger = logging.getLogger(__name__)

# How far back, and how many relationships at once: a part takes a second or two, and
# nobody sees a score of last year meanwhile, for it is one transaction.
MONTHS = 24
AT_ONCE = 1000
BUSY_SECONDS = 0.5
TREND = timedelta(days=30)


class TrustRelationship(models.Model):
    """History before day one: the index as it would have been shown at month ends.

    The ledger may know years that nobody was there to score. The same fold is replayed
    at each month's end (and 30 days ago, for the trend), in order of time, because a
    circle depends on the one before. What was really shown stays: only time before the
    oldest snapshot is filled, and only for relationships that are new to us.
    """

    _inherit = "trust.relationship"

    # BUSINESS

    @api.model
    def _cron_rebuild_history(self):
        """Rebuild part after part; what is done is known by its snapshots.

        Those that a refresh holds just now come with the next part.
        """
        commit = self.env["ir.cron"]._commit_progress
        retrying = self.env["trust.queue"]._retrying
        todo = self._without_history()
        left = commit(remaining=len(todo))
        while todo and left:
            part, todo = todo[:AT_ONCE], todo[AT_ONCE:]
            done = retrying(lambda part=part: self._rebuild_free(part))
            busy = sorted(set(part) - set(done))
            if busy and not todo:
                time.sleep(BUSY_SECONDS)
            todo = self._still_there(busy) + todo
            left = commit(len(part) - len(busy), remaining=len(todo))
        self.env["trust.queue"]._wake_if_due()

    def _rebuild_free(self, ids):
        """Rebuild those of ``ids`` that nobody holds; return their ids.

        Locking is the first statement of its transaction, so nothing that it locks can
        have changed unseen.
        """
        self.env.cr.execute(
            SQL(
                """SELECT id FROM trust_relationship WHERE id = ANY(%s)
                    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""",
                list(ids),
            ),
            log_exceptions=False,
        )
        free = [row[0] for row in self.env.cr.fetchall()]
        failed = self.env["trust.queue"]._in_halves(free, self._rebuild_history)
        for rel, error in failed.items():
            _logger.warning("No history for trust relationship %s: %s", [rel], error)
        return free

    def _still_there(self, ids):
        return self.sudo().browse(ids).exists().ids

    @api.model
    def _without_history(self):
        """Return the ids of relationships that are new to us but have a past.

        None was shown a month ago, nor at the end of their first month.
        """
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id FROM trust_relationship r
                 WHERE r.first_date < date_trunc('month', %(now)s::timestamp)
                   AND NOT EXISTS (
                       SELECT FROM trust_snapshot s WHERE s.relationship_id = r.id
                          AND s.date < greatest(
                              date_trunc('month', r.first_date) + interval '1 month',
                              %(month_ago)s::timestamp))
                 ORDER BY r.lender_partner_id IS NOT NULL, r.id
                """,
                now=now,
                month_ago=now - TREND,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _rebuild_history(self, ids, until=None):
        """Write what would have been shown of relationships ``ids`` up to ``until``.

        :param until: naive UTC datetime, now when None; scores are of that time then
        """
        until = until or fields.Datetime.now()
        self.env.flush_all()
        first = self._first_dates(ids)
        self._forget_levels(ids)
        for at in self._history_dates(until):
            known = [rel for rel, date in first.items() if date <= at]
            for policy, part in self._fold_parts(known).items():
                self._fold_policy(policy, part, at, True, ACCEPT)
            self._keep_replayed(known, at)
        self._fold(ids, cause="day_one")

    @api.model
    def _history_dates(self, until):
        """Return the month ends (last second, UTC) and 30 days before ``until``."""
        month = until + relativedelta(day=1, hour=0, minute=0, second=0, microsecond=0)
        ends = {
            month - relativedelta(months=back) - timedelta(seconds=1)
            for back in range(MONTHS)
        }
        return sorted(ends | {until - TREND})

    def _first_dates(self, ids):
        """Return ``{id: date of the first weighted row}``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, first_date FROM trust_relationship"
                " WHERE id = ANY(%s) AND first_date IS NOT NULL",
                list(ids),
            )
        )
        return dict(rows)

    def _forget_levels(self, ids):
        """Start from nothing: circle and stage are clamped from what they were."""
        self.env.cr.execute(
            SQL(
                """UPDATE trust_relationship SET circle_computed_id = NULL,
                          circle_evident_id = NULL, circle_accepted_id = NULL,
                          circle_proposed_id = NULL,
                          circle_id = NULL, stage_computed_id = NULL, stage_id = NULL,
                          band = NULL
                    WHERE id = ANY(%s)""",
                list(ids),
            )
        )

    def _keep_replayed(self, ids, at):
        """Keep history of ``at`` where nothing was shown before."""
        self.env.cr.execute(
            snapshot_sql.insert(
                at,
                "day_one",
                SQL("trust_relationship r"),
                SQL(
                    """r.id = ANY(%s) AND r.evidence_count > 0 AND NOT EXISTS (
                       SELECT FROM trust_snapshot s WHERE s.relationship_id = r.id
                          AND s.cause <> 'day_one' AND s.date <= %s)""",
                    list(ids),
                    at,
                ),
            )
        )
        self.env["trust.snapshot"].invalidate_model()
