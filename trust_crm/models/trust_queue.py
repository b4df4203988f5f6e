# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
import random
import time

import odoo
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_queue_errors import CONCURRENCY

_logger = logging.getLogger(__name__)

AT_ONCE = 20
TRIES_AT_ONCE = 3
POSTCOMMIT = "trust.refresh"


class TrustQueue(models.Model):
    """What a refresh still owes: append-only, deleted by exact id.

    A flag on the relationship would lose updates (a worker clears it from an older
    snapshot). Rows are written in the transaction of the evidence and taken by any
    number of workers on any number of hosts: a claim locks and skips, and deletes just
    the rows it read. A row whose refresh raises is set aside with its error.
    """

    _name = "trust.queue"
    _description = "Refresh Queue"
    _order = "id"
    _log_access = False
    _rec_name = "reason"

    partner_id = fields.Many2one("res.partner", ondelete="cascade", readonly=True)
    lead_id = fields.Many2one("crm.lead", ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", ondelete="cascade", readonly=True)
    create_date = fields.Datetime("Since", readonly=True)
    not_before = fields.Datetime(readonly=True)
    reason = fields.Char(readonly=True)
    error = fields.Text(readonly=True, help="Why the refresh failed; empty while due.")

    _due = models.Index("(id) WHERE error IS NULL")
    _set_aside = models.Index("(partner_id) WHERE error IS NOT NULL")

    # ACTIONS

    def action_retry(self):
        """Put rows that were set aside back into the queue."""
        self.check_access("read")
        self.sudo().write({"error": False})
        self._trigger_cron()

    # BUSINESS

    @api.model
    def _push(self, keys, reason):
        """Queue ``(partner id, lead id, company id or None)``; return the queue ids."""
        if not keys:
            return []
        rows = SQL(", ").join(SQL("(%s::int, %s::int, %s::int)", *key) for key in keys)
        result = self.env.execute_query(
            SQL(
                """INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                            create_date)
                   SELECT DISTINCT k.*, %s, now() at time zone 'UTC'
                     FROM (VALUES %s) AS k RETURNING id""",
                reason,
                rows,
            )
        )
        ids = [row[0] for row in result]
        self._refresh_after_commit(ids)
        return ids

    @api.model
    def _push_all(self, reason, companies=None):
        """Queue every relationship (of some companies); the cron drains."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                            create_date)
                   SELECT partner_id, lead_id, company_id, %s,
                          now() at time zone 'UTC'
                     FROM trust_relationship WHERE %s ORDER BY id""",
                reason,
                SQL("company_id = ANY(%s)", companies.ids)
                if companies is not None
                else SQL("TRUE"),
            )
        )
        self._trigger_cron()

    @api.model
    def _trigger_cron(self, at=None):
        for cron in self._drain_crons():
            cron._trigger(at)

    @api.model
    def _wake_if_due(self, ids=None):
        """Wake the jobs for rows (of ``ids``) that whoever ends now leaves to them."""
        if self._count_due(ids):
            self._trigger_cron()

    @api.model
    def _drain_crons(self):
        xmlids = ("trust_crm.ir_cron_drain", "trust_crm.ir_cron_drain_2")
        crons = (self.env.ref(x, raise_if_not_found=False) for x in xmlids)
        return [cron.sudo() for cron in crons if cron]

    @api.model
    def _refresh_after_commit(self, ids):
        """Refresh right after this transaction's commit; the cron takes the rest."""
        if self.env.context.get("trust_defer"):
            return
        postcommit = self.env.cr.postcommit
        if POSTCOMMIT not in postcommit.data:
            postcommit.data[POSTCOMMIT] = []
            registry = self.env.registry
            postcommit.add(lambda: self._after_commit(registry, postcommit))
        postcommit.data[POSTCOMMIT].extend(ids)

    @classmethod
    def _after_commit(cls, registry, postcommit):
        """Refresh in a short transaction; never disturb the user.

        The data is committed: whatever fails here is the scheduled job's.
        """
        ids = postcommit.data.pop(POSTCOMMIT, [])
        try:
            if not cls._try_at_once(registry, ids):
                _logger.info("Trust refresh met others, the scheduled job goes on")
                with registry.cursor() as cr:
                    cls._queue_of(cr)._trigger_cron()
        except Exception:
            _logger.exception("Trust refresh is left to the scheduled job")

    @classmethod
    def _try_at_once(cls, registry, ids):
        """Refresh queue rows ``ids``; return whether others let us."""
        for _attempt in range(TRIES_AT_ONCE):
            try:
                with registry.cursor() as cr:
                    cr.execute("SET LOCAL lock_timeout = '500ms'")
                    cls._queue_of(cr)._take_at_once(ids)
                return True
            except Exception as error:
                if getattr(error, "pgcode", None) not in CONCURRENCY:
                    raise
                time.sleep(random.uniform(0, 0.05))  # noqa: S311  jitter, no secret
        return False

    @staticmethod
    def _queue_of(cr):
        return api.Environment(cr, odoo.SUPERUSER_ID, {})["trust.queue"]

    def _take_at_once(self, ids):
        """Refresh the first of the queue rows ``ids``; wake the cron for the others."""
        done = self._take(AT_ONCE, only=ids)
        if done < len(ids):
            self._wake_if_due(ids)

    @api.autovacuum
    def _retry_set_aside(self):
        """Try once a day what was set aside: its cause may be gone."""
        self.sudo().search([("error", "!=", False)]).action_retry()
