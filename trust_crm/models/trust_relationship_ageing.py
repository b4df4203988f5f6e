# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
import zlib
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

from . import trust_relationship_sql as relationship_sql
from . import trust_score_sql as score_sql
from . import trust_snapshot_sql as snapshot_sql
from . import trust_sums_sql as sums_sql
from .trust_level_sql import LevelPlan
from .trust_queue import CONCURRENCY
from .trust_queue_errors import is_own_fault
from .trust_statement import as_text, run_prepared, tune_storage
from .trust_stillness_sql import Stillness

_logger = logging.getLogger(__name__)

LAST_AGEING = "trust_crm.last_ageing"
AGEING_POSITION = "trust_crm.ageing_position"  # where an unfinished run goes on
AGE_CHUNK = 20_000


class TrustRelationship(models.Model):
    """Refreshing by ageing: stored sums fade, without reading the ledger."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # ORM

    def init(self):
        result = super().init()
        tune_storage(self.env.cr, self._table)
        return result

    # BUSINESS

    @api.model
    def _cron_age(self):
        """Nightly: history of the ended month, then every score one day older."""
        at, previous = fields.Datetime.now(), self._last_ageing()
        parameters = self.env["ir.config_parameter"].sudo()
        commit = self.env["ir.cron"]._commit_progress
        position = int(parameters.get_param(AGEING_POSITION) or 0)
        if not position:
            self._queue_outdated()
            self._keep_month_end(previous, at)
            self._age_trends(previous, at)
        ranges = [r for r in self._age_ranges() if r[1] > position]
        commit(remaining=len(ranges))
        for low, high in ranges:
            self._age_safely(low, high, at)
            parameters.set_param(AGEING_POSITION, high)
            if not commit(1):
                return
        self.env["trust.queue"]._wake_if_due()
        parameters.set_param(AGEING_POSITION, False)
        parameters.set_param(LAST_AGEING, at)

    def _age_safely(self, low, high, at):
        """Age a range in a cron; on trouble by halves, each committed.

        One that cannot be aged is left to the queue, which folds it or says why not.
        """
        try:
            self.env["trust.queue"]._retrying(lambda: self._age(low, high, at))
        except Exception as error:
            self.env.cr.rollback()
            conflict = getattr(error, "pgcode", None) in CONCURRENCY
            if not conflict and not is_own_fault(error):
                raise
            if high - low > 1:
                middle = (low + high) // 2
                self._age_safely(low, middle, at)
                self._age_safely(middle, high, at)
                return
            _logger.warning("Trust relationship %s was not aged: %s", low, error)
            self._queue_by_ids([low], "ageing")
        self.env["ir.cron"]._commit_progress()

    def _queue_by_ids(self, ids, reason):
        relationships = self.sudo().browse(ids).exists()
        self.env["trust.queue"]._push(
            [
                (r.partner_id.id or None, r.lead_id.id or None, r.company_id.id)
                for r in relationships
            ],
            reason,
        )

    @api.model
    def _last_ageing(self):
        """Return when scores were last aged, or None."""
        value = self.env["ir.config_parameter"].sudo().get_param(LAST_AGEING)
        return fields.Datetime.to_datetime(value) or None

    def _age_ranges(self):
        """Return id ranges [low, high) of about AGE_CHUNK relationships."""
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(min(id), 0), COALESCE(max(id), -1) FROM %s",
                SQL.identifier(self._table),
            )
        )
        low, high = rows[0]
        return [(s, s + AGE_CHUNK) for s in range(low, high + 1, AGE_CHUNK)]

    @api.model
    def _age(self, low, high, at):
        """Age relationships with low <= id < high to ``at`` (UTC)."""
        self.env.flush_all()
        moves = []
        for policy, companies in self._companies_by_policy().items():
            condition = SQL(
                "r.id >= %s AND r.id < %s AND r.company_id = ANY(%s)",
                low,
                high,
                companies,
            )
            moves += self._age_policy(policy, condition, at)
        self._keep_snapshots([m[0] for m in moves if m[-1]], at, "ageing")
        self._schedule_alerts(moves)
        self._invalidate_scores()
        return moves

    def _companies_by_policy(self):
        """Return ``{policy: [company ids]}`` of the companies with relationships."""
        result = {}
        for company_id, policy in self._policy_by_company().items():
            result.setdefault(policy, []).append(company_id)
        return result

    def _age_policy(self, policy, condition, at):
        """Age what is due of one policy; return the moves."""
        rules, ids = self._still_rules(policy), {False: [], True: []}
        due = sums_sql.due(condition, at, rules)
        for rel, borrows in self.env.execute_query(due):
            ids[borrows].append(rel)
        moves = []
        for lending, part in ids.items():
            if part:
                text = self._ageing_text(policy.id, lending, rules)
                moves += run_prepared(self.env, text, ("int[]", "timestamp"), part, at)
        return moves

    def _still_rules(self, policy):
        """Return a number that tells by which policy, circles and stages."""
        rules = (policy.id, *self._rules_stamp()[:2])
        return zlib.crc32(repr(rules).encode()) & 0x7FFFFFFF

    @tools.ormcache("policy_id", "lending", "rules")
    def _ageing_text(self, policy_id, lending, rules):
        """Return the ageing of relationships $1 to $2 as a text to prepare.

        It holds policy, circles and stages as constants, as the fold's text does.
        """
        policy = self.env["trust.policy"].sudo().browse(policy_id)
        parameters = policy._parameters()
        ids, at = SQL("$1::int[]"), SQL("$2::timestamp")
        levels = LevelPlan(self.env, parameters)
        stillness = Stillness(levels, lending)
        source = sums_sql.ageing_source(ids, at, parameters, lending)
        source = score_sql.scored(source, parameters, lending=lending)
        source = relationship_sql.narrowed(stillness.speeds(source), stillness.COLUMNS)
        source = levels.add(source, at)
        source = score_sql.layer({"moved": relationship_sql.moved()}, source)
        return as_text(
            self.env,
            SQL(
                """WITH aged AS MATERIALIZED (SELECT %s FROM %s s), moved AS (%s),
                        still AS (%s) SELECT * FROM moved""",
                relationship_sql.ageing_columns(),
                stillness.until(source, at),
                relationship_sql.write_ageing(SQL("aged"), at, policy_id, rules),
                relationship_sql.write_stillness(SQL("aged"), at, rules),
            ),
        )

    def _age_trends(self, previous, at):
        """Re-base the trend where a snapshot has just become 30 days old."""
        month = timedelta(days=30)
        since = (previous or at - month) - month
        self.env.cr.execute(snapshot_sql.rebase_trends(since, at - month))

    def _keep_month_end(self, previous, at):
        """Write one history row per relationship when a month has ended.

        Dated the last second of the month, with what was shown then.
        """
        month_start = at + relativedelta(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        if not previous or previous >= month_start:
            return
        end = month_start - timedelta(seconds=1)
        self.env.cr.execute(
            snapshot_sql.insert(
                end,
                "month_end",
                SQL("trust_relationship r"),
                SQL("r.as_of <= %s AND r.evidence_count > 0", end),
            )
        )
