# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .trust_evidence_record import AHEAD
from .trust_queue_errors import is_own_fault

_logger = logging.getLogger(__name__)

SCOPE_TABLE = SQL.identifier("trust_scope")


@dataclass
class CollectScope:
    """What a detector looks at.

    ``customers``: relation (partner_id, commercial_id) of the customers in this batch;
    ``since``: only sources written since (None: all history); ``until``: now;
    ``leads``: also facts of leads without a customer; ``worktime``: relation of work
    intervals, see ``trust_worktime.py``; ``cause``: why the touched are queued.
    """

    env: object
    since: datetime | None
    until: datetime
    leads: bool
    customers: SQL = SCOPE_TABLE
    worktime: SQL = SQL.identifier("trust_worktime")
    cause: str = "evidence"

    def working_seconds(self, company, start, until):
        """Return the SQL of working seconds between two instants of a company."""
        return self.env["trust.worktime"]._seconds_sql(company, start, until)


class TrustSignal(models.Model):
    """Collection: observe every active signal in sets, idempotent and resumable.

    Detectors return facts; here they are narrowed to customers, completed with the
    company, compared with the ledger, inserted and queued by one statement a signal.
    Collection never voids.
    """

    _inherit = "trust.signal"

    is_observed = fields.Boolean(
        compute="_compute_is_observed",
        help="Odoo's own records tell; what a document says itself needs no observer.",
    )

    # COMPUTE

    @api.depends("detector", "code")
    def _compute_is_observed(self):
        for signal in self:
            signal.is_observed = signal.detector == "records" or signal._has_builtin()

    # BUSINESS

    @api.model
    def _collect(self, since=None):
        """Observe every active signal; a fact already in the ledger adds nothing.

        :param since: UTC datetime; sources written since then. All history when None.
        :return: number of new ledger rows
        """
        self.env.flush_all()
        self._make_scope()
        return self._collect_scope(self._prepare_scope(since, leads=True))

    @api.model
    def _collect_customers(self, low, high, first=False, cause="evidence"):
        """Collect the history of the customers with low <= commercial id < high.

        :param first: also collect the facts of leads without a customer; a new pass,
            which forgets the errors of the one before
        :param cause: ``day_one`` alerts nobody about what happened long ago
        :return: number of new ledger rows
        """
        self.env.flush_all()
        if first:
            self._note(SQL("last_error = NULL"), SQL("last_error IS NOT NULL"))
        self._make_scope(low, high)
        scope = self._prepare_scope(None, leads=first)
        scope.cause = cause
        return self._collect_scope(scope)

    @api.model
    def _collect_scope(self, scope):
        signals = self._collectable()
        found = sum(signal._collect_one(scope) for signal in signals)
        collected = SQL("last_collected = %s", scope.until)
        self._note(collected, SQL("id = ANY(%s)", signals.ids))
        return found

    @api.model
    def _note(self, assignment, condition):
        """Write how observing went by SQL: a write would clear every worker's cache."""
        self.env.cr.execute(
            SQL("UPDATE trust_signal SET %s WHERE %s", assignment, condition)
        )
        self.invalidate_model(["last_error", "last_collected"])

    @api.model
    def _collectable(self):
        """Return the active signals that somebody observes.

        A signal of documents is one of them when an addon also observes its history.
        """
        return self.search([("active", "=", True)]).filtered("is_observed")

    def _prepare_scope(self, since, leads):
        until = fields.Datetime.now()
        self.env["trust.worktime"]._make(since)
        return CollectScope(self.env, since, until, leads)

    @api.model
    def _make_scope(self, low=None, high=None):
        """Make the temporary table of customers with low <= commercial id < high."""
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS pg_temp.trust_scope"))
        bounds = (
            SQL("TRUE") if low is None else SQL("c.id >= %s AND c.id < %s", low, high)
        )
        self.env.cr.execute(
            SQL(
                "CREATE TEMP TABLE trust_scope ON COMMIT DROP AS %s",
                self._select_customers(bounds),
            )
        )
        self.env.cr.execute("ALTER TABLE trust_scope ADD PRIMARY KEY (partner_id)")
        self.env.cr.execute("ANALYZE trust_scope")

    @api.model
    def _select_customers(self, bounds):
        """SELECT of (partner_id, commercial_id) who may be scored.

        :param bounds: condition on ``c.id``, the commercial entity
        """
        return SQL(
            """
            SELECT p.id AS partner_id, p.commercial_partner_id AS commercial_id
              FROM (%(customers)s) c
              JOIN res_partner p ON p.commercial_partner_id = c.id
              JOIN res_partner b ON b.id = c.id
             WHERE %(bounds)s AND p.partner_share AND b.partner_share
               AND COALESCE(p.trust_scoring, '') <> 'never'
               AND COALESCE(b.trust_scoring, '') <> 'never'
               AND COALESCE(p.email, '') !~* %(noreply)s
               AND NOT EXISTS (
                   SELECT FROM res_company o WHERE o.partner_id IN (p.id, b.id))
            """,
            customers=self.env["res.partner"]._trust_customer_sql(),
            bounds=bounds,
            noreply=r"(^|<)(no|do[-_.]?not)[-_.]?reply@|^(mailer-daemon|postmaster)@",
        )

    def _collect_one(self, scope):
        """Insert the new facts of one signal; one that raises stops no other.

        Its error is shown until the next full pass, which begins without errors and
        finds what this one missed.

        :return: number of new ledger rows
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                return self._insert_facts(self._facts(scope), scope)
        except Exception as error:
            if not is_own_fault(error):
                raise
            _logger.warning("Trust signal %s failed: %s", self.code, error)
            self._note(SQL("last_error = %s", str(error)), SQL("id = %s", self.id))
            return 0

    def _facts(self, scope):
        if self.detector == "records":
            return self._facts_of_records(scope)
        return getattr(self, f"_facts_{self.code}")(scope)

    def _facts_in_scope(self, facts, scope):
        """Return the facts of customers (or free leads), completed and checked."""
        leads = SQL("f.partner_id IS NULL AND k.id IS NOT NULL")
        if not scope.leads:
            leads = SQL("FALSE")
        return SQL(
            """
            SELECT %(signal)s::int AS signal_id, f.date::timestamp AS date,
                   COALESCE(f.magnitude, 1)::float8 AS magnitude,
                   COALESCE(f.voice, %(voice)s) AS voice,
                   COALESCE(f.partner_id, k.partner_id) AS partner_id,
                   CASE WHEN k.id IS NOT NULL THEN k.id END AS lead_id,
                   f.user_id,
                   COALESCE(f.company_id, k.company_id, p.company_id, u.company_id,
                            %(main)s) AS company_id,
                   COALESCE(f.source_model, '') AS source_model,
                   COALESCE(f.source_id, 0) AS source_id,
                   COALESCE(f.source_key, '') AS source_key, NULL::varchar AS note
              FROM (%(facts)s) f
              LEFT JOIN crm_lead k ON k.id = f.lead_id
              LEFT JOIN res_partner p ON p.id = COALESCE(f.partner_id, k.partner_id)
              LEFT JOIN res_users u ON u.id = f.user_id
              LEFT JOIN %(customers)s c ON c.partner_id = p.id
             WHERE f.date <= %(latest)s AND COALESCE(f.magnitude, 1) > 0
               AND COALESCE(f.magnitude, 1) <= 1
               AND (f.source_id <> 0 OR f.source_key <> '')
               AND (c.partner_id IS NOT NULL OR (%(leads)s AND p.id IS NULL))
            """,
            signal=self.id,
            voice=self.voice,
            main=self.env["trust.evidence"]._main_company_id(),
            facts=self._complete_columns(facts),
            customers=scope.customers,
            latest=scope.until + AHEAD,
            leads=leads,
        )

    @staticmethod
    def _complete_columns(facts):
        """Give a detector's SELECT the columns that it leaves out, as NULL.

        An unqualified name is the detector's column if it has one, else the outer NULL.
        """
        columns = {
            "partner_id": "int4",
            "lead_id": "int4",
            "company_id": "int4",
            "user_id": "int4",
            "date": "timestamp",
            "magnitude": "float8",
            "voice": "varchar",
            "source_model": "varchar",
            "source_id": "int4",
            "source_key": "varchar",
        }
        names = SQL(", ").join(map(SQL.identifier, columns))
        nothing = SQL(", ").join(
            SQL("NULL::%s AS %s", SQL.identifier(kind), SQL.identifier(name))
            for name, kind in columns.items()
        )
        return SQL(
            "SELECT g.* FROM (SELECT %s) nothing CROSS JOIN LATERAL"
            " (SELECT %s FROM (%s) f) g",
            nothing,
            names,
            facts,
        )

    @api.model
    def _safe_watermark(self):
        """Return a time before which no running transaction can still write.

        ``write_date`` is the start of its transaction, so a row may appear behind a
        naive watermark.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT LEAST(now(), min(xact_start)) AT TIME ZONE 'UTC'
                     FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
            )
        )
        return rows[0][0].replace(microsecond=0) - timedelta(seconds=1)
