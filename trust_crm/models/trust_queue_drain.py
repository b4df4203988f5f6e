# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
import random
import time
from datetime import timedelta

from psycopg2 import errorcodes

from odoo import api, fields, models
from odoo.tools import SQL

from .trust_queue_errors import CONCURRENCY, is_own_fault
from .trust_relationship_refresh import SILENT_CAUSES

_logger = logging.getLogger(__name__)

TRIES = 5
NEW_FACTS = {"evidence", "void"}
FIRST_BATCH, LARGEST_BATCH = 50, 5000
LOOK_AGAIN = timedelta(minutes=1)


class TrustQueue(models.Model):
    """Draining the queue: claim, refresh, delete exactly what was read.

    Whatever one row breaks is found and set aside; the others go on.
    """

    _inherit = "trust.queue"

    # BUSINESS

    @api.model
    def _drain(self):
        """Do now, in this transaction, all that a refresh owes (tests, shell)."""
        self.env.flush_all()
        while self._take(LARGEST_BATCH):
            pass

    @api.model
    def _cron_drain(self):
        """Drain in batches that grow; each is committed with its progress.

        Rows that another worker holds are left to it after a few tries; telling Odoo
        that they remain would start this job again and again. A look a minute later
        finds what nobody did. When time is up the jobs are woken, for Odoo goes on with
        a half-done job only when its workers look around.
        """
        commit = self.env["ir.cron"]._commit_progress
        in_time = commit(remaining=self._count_due())
        size, idle = FIRST_BATCH, 0
        while idle <= TRIES:
            started = time.monotonic()
            done, fits = self._take_safely(size)
            due = self._count_due()
            if not due:
                self.env["trust.collection"]._check_scored()
            left = commit(done, remaining=due)
            if due and in_time and not left:
                self._trigger_cron()
            if not due or not left:
                return
            idle = 0 if done or not fits else idle + 1
            if idle:
                time.sleep(random.uniform(0, 0.2))  # noqa: S311  jitter, no secret
            fast = fits and time.monotonic() - started < 1
            size = min(size * 4, LARGEST_BATCH) if fast else max(size // 4, 1)
        self._trigger_cron(fields.Datetime.now() + LOOK_AGAIN)
        commit(remaining=0)

    @api.model
    def _count_due(self, ids=None):
        """Return how many rows wait (of ``ids``), up to 100,000."""
        query = SQL(
            "SELECT count(*) FROM (SELECT FROM trust_queue WHERE %s LIMIT 100000) q",
            self._due_condition(ids),
        )
        return self.env.execute_query(query)[0][0]

    @staticmethod
    def _due_condition(ids=None):
        return SQL(
            "error IS NULL AND (not_before IS NULL OR not_before <= %s) AND %s",
            fields.Datetime.now(),
            SQL("id = ANY(%s)", list(ids)) if ids is not None else SQL("TRUE"),
        )

    def _take_safely(self, size):
        """Take up to ``size`` rows in a cron; return (rows done, did they fit).

        What cannot be done in one batch (a statement timeout, too much competition) is
        rolled back and tried with fewer rows; a single row that fails is set aside.
        """
        self.env.invalidate_all(flush=False)
        try:
            return self._retrying(lambda: self._take(size)), True
        except Exception as error:
            self.env.cr.rollback()
            code = getattr(error, "pgcode", None)
            if not is_own_fault(error) and code not in CONCURRENCY:
                raise
            if size == 1 and code not in CONCURRENCY:
                return self._set_first_aside(error), True
            return 0, size == 1

    @api.model
    def _retrying(self, work):
        """Run ``work`` of a scheduled job; on a conflict roll back and try again.

        Odoo retries requests, not crons. The rollback also gives a new snapshot, so
        the claim can see what the other worker left.
        """
        for attempt in range(TRIES):
            try:
                self.env.cr.execute("SET LOCAL lock_timeout = '5s'")
                return work()
            except Exception as error:
                code = getattr(error, "pgcode", None)
                if code not in CONCURRENCY or attempt == TRIES - 1:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                time.sleep(random.uniform(0, 0.2))  # noqa: S311  jitter, no secret
        return None

    @api.model
    def _take(self, limit, only=None):
        """Claim and refresh up to ``limit`` queue rows; return how many were done."""
        claims = self._claim(limit, only)
        if not claims:
            return 0
        self._route_leads({c.lead_id for c in claims if c.lead_id})
        claims += self._claim_missing(claims)
        self._forget_opted_out(claims)
        failed = self._refresh_claimed(claims)
        self._finish(claims, failed)
        waiting = {c.queue_id for c in claims if c.relationship_id and not c.locked}
        return len({c.queue_id for c in claims} - waiting)

    def _refresh_claimed(self, claims):
        """Fold the locked relationships; return ``{relationship id: error}``."""
        reasons = {}
        for claim in claims:
            if claim.locked:
                reasons.setdefault(claim.relationship_id, set()).add(claim.reason)
        parts = {}
        for relationship_id in sorted(reasons):
            cause = self._cause_of(reasons[relationship_id])
            parts.setdefault(cause, []).append(relationship_id)
        failed = {}
        for cause in sorted(parts):
            failed |= self._refresh_safely(parts[cause], cause)
        return failed

    @staticmethod
    def _cause_of(reasons):
        """Return the cause of a refresh that several rows of the queue ask for.

        A first collection calls nobody, whatever comes along with it; a new fact calls
        the owner, whatever change of the rules comes along.
        """
        if "day_one" in reasons:
            return "day_one"
        if reasons & NEW_FACTS:
            return "evidence"
        return next((c for c in SILENT_CAUSES if c in reasons), "evidence")

    def _refresh_safely(self, ids, cause):
        """Fold ``ids``; one that raises is left out.

        :return: ``{relationship id: error}``
        """
        fold = self.env["trust.relationship"]._fold
        failed = self._in_halves(ids, lambda part: fold(part, cause=cause))
        for rel, error in failed.items():
            _logger.warning("Trust refresh of %s set aside: %s", [rel], error)
        return {rel: self._reason_of(error) for rel, error in failed.items()}

    @api.model
    def _in_halves(self, ids, work):
        """Call ``work`` with ``ids``; those that raise are found by halving.

        :return: ``{id: exception}`` of those, whose own fault it is; the rest is done
        """
        if not ids:
            return {}
        try:
            with self.env.cr.savepoint():
                work(ids)
            return {}
        except Exception as error:
            if not is_own_fault(error):
                raise
            self.env.invalidate_all(flush=False)
            if len(ids) == 1:
                return {ids[0]: error}
        middle = len(ids) // 2
        failed = self._in_halves(ids[:middle], work)
        return failed | self._in_halves(ids[middle:], work)

    @api.model
    def _reason_of(self, error):
        if getattr(error, "pgcode", None) == errorcodes.QUERY_CANCELED:
            return self.env._("It took too long: %(error)s", error=error)
        return str(error)[:2000] or type(error).__name__

    def _finish(self, claims, failed):
        """Delete the rows that are done, set aside those whose refresh raised."""
        held = {c.queue_id for c in claims if c.relationship_id and not c.locked}
        wrong = {
            c.queue_id: failed.get(c.relationship_id)
            for c in claims
            if c.relationship_id in failed
        }
        for error in set(wrong.values()):
            ids = [queue_id for queue_id, text in wrong.items() if text == error]
            self.env.cr.execute(
                SQL("UPDATE trust_queue SET error = %s WHERE id = ANY(%s)", error, ids)
            )
        done = {c.queue_id for c in claims} - held - wrong.keys()
        self.env.cr.execute(
            SQL("DELETE FROM trust_queue WHERE id = ANY(%s)", list(done))
        )
        healed = {c.relationship_id for c in claims if c.locked} - failed.keys()
        self.env.cr.execute(
            SQL(
                """DELETE FROM trust_queue q USING trust_relationship r
                    WHERE q.error IS NOT NULL AND r.id = ANY(%s)
                      AND r.company_id = q.company_id
                      AND (r.partner_id = q.partner_id OR r.lead_id = q.lead_id)""",
                list(healed),
            )
        )
        self.invalidate_model()

    def _set_first_aside(self, error):
        """Set the first due row aside: not even claiming it succeeds."""
        _logger.warning("A row of the trust queue is set aside: %s", error)
        self.env.cr.execute(
            SQL(
                """UPDATE trust_queue SET error = %s WHERE id = (
                       SELECT id FROM trust_queue WHERE %s
                        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)""",
                self._reason_of(error),
                self._due_condition(),
            )
        )
        return self.env.cr.rowcount
