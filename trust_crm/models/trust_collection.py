# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

# Customers looked at in one committed batch: few at first, for nobody knows how long
# their history is; four times as many while a batch takes no longer than QUICK seconds.
FIRST_BATCH, LARGEST_BATCH = 1000, 20_000
QUICK = 10
ACTIVE = ("running", "scoring")


class TrustCollection(models.Model):
    """One pass over the history, in batches of customers; survives a restart.

    An administrator starts the first one; nothing is observed before. Afterwards the
    scheduled job observes what was written since (``until`` of the newest pass), and
    makes one full pass a day, which finds what was imported with old dates. A stopped
    pass stops the observing until it is resumed or another one is started.

    Running → scoring (all facts are in the ledger, the queue is being refreshed) →
    done.
    """

    _name = "trust.collection"
    _description = "Trust Collection"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [
            ("running", "Reading history"),
            ("scoring", "Making scores"),
            ("done", "Done"),
            ("stopped", "Stopped"),
        ],
        default="running",
        required=True,
        readonly=True,
    )
    by_hand = fields.Boolean(
        "Started by an Administrator",
        readonly=True,
        help="What it finds happened long ago: nobody is alerted about it.",
    )
    total = fields.Integer("Customers", readonly=True)
    done = fields.Integer("Customers Looked At", readonly=True)
    position = fields.Integer(readonly=True, help="Customers with a lower id are done.")
    found = fields.Integer("New Evidence", readonly=True)
    until = fields.Datetime(
        "Observed Until",
        readonly=True,
        help="What was written before this moment has been looked at.",
    )
    ended = fields.Datetime(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="0 to 100.")
    scored = fields.Integer("Scores", compute="_compute_scored")
    waiting = fields.Integer("Scores Still to Make", compute="_compute_scored")
    failing_ids = fields.Many2many(
        "trust.signal", string="Signals That Failed", compute="_compute_failing_ids"
    )

    _one_running = models.UniqueIndex(
        "((TRUE)) WHERE state IN ('running', 'scoring')",
        "A collection is already under way.",
    )

    # COMPUTE

    @api.depends("create_date")
    def _compute_name(self):
        for run in self:
            began = run.create_date or fields.Datetime.now()
            day = fields.Datetime.context_timestamp(run, began).date()
            date = format_date(run.env, day)
            run.name = self.env._("Collection of %(date)s", date=date)

    @api.depends("total", "done", "state")
    def _compute_progress(self):
        for run in self:
            if run.state in ("scoring", "done"):
                run.progress = 100.0
            else:
                run.progress = 100.0 * min(run.done / max(run.total, 1), 1.0)

    def _compute_scored(self):
        relationships = self.env["trust.relationship"].sudo()
        self.scored = relationships.search_count([("evidence_count", ">", 0)])
        self.waiting = self.env["trust.queue"].sudo()._count_due()

    def _compute_failing_ids(self):
        signals = self.env["trust.signal"].sudo()
        self.failing_ids = signals.search([("last_error", "!=", False)])

    # ACTIONS

    def action_stop(self):
        """Stop after the batch that is under way; what was found stays."""
        self._check_admin()
        self.sudo().filtered(lambda r: r.state == "running").write({"state": "stopped"})

    def action_resume(self):
        """Go on where a stopped collection ended."""
        self._check_admin()
        if self.sudo().search_count([("state", "in", ACTIVE)], limit=1):
            raise UserError(self.env._("A collection is already under way."))
        self.sudo().filtered(lambda r: r.state == "stopped").write({"state": "running"})
        self._trigger()

    def action_open_relationships(self):
        """Open what the collection led to."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_relationship_action"
        )

    # BUSINESS

    def _check_admin(self):
        if not self.env.user.has_group("trust_crm.group_trust_admin"):
            raise UserError(self.env._("Only a trust administrator collects history."))

    @api.model
    def _newest(self):
        return self.sudo().search([], limit=1)

    @api.model
    def _start(self, by_hand=True):
        """Start a pass over all history in the background; return the one that runs."""
        running = self.sudo().search([("state", "in", ACTIVE)], limit=1)
        if running:
            return running
        total = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) c", self._customers())
        )[0][0]
        # What is written from here on, the observing after this pass will look at.
        until = self.env["trust.signal"]._safe_watermark()
        vals = {"total": total, "by_hand": by_hand, "until": until}
        run = self.sudo().create(vals)
        self._trigger()
        return run

    def _customers(self):
        return self.env["res.partner"]._trust_customer_sql()

    @api.model
    def _trigger(self):
        self.env.ref("trust_crm.ir_cron_collect").sudo()._trigger()

    @api.model
    def _cron_collect(self):
        """Go on with a pass, or observe what is new; once a day look at everything."""
        run = self._newest()
        if run.state in ("done", "scoring"):
            run._check_scored()
        if run.state == "done" and run.create_date.date() < fields.Date.today():
            run = self._start(by_hand=False)
        if run.state == "running":
            run._run()
        elif run.state in ("done", "scoring"):
            self.env["trust.queue"]._retrying(run._collect_changes)

    def _run(self):
        """Collect batch after batch; each is committed with its place."""
        commit = self.env["ir.cron"]._commit_progress
        retrying = self.env["trust.queue"]._retrying
        size, left = FIRST_BATCH, commit(remaining=self._remaining())
        while left and self.state == "running":
            started = time.monotonic()
            done = retrying(lambda size=size: self._collect_batch(size))
            quick = time.monotonic() - started < QUICK
            size = (
                min(size * 4, LARGEST_BATCH) if quick else max(size // 4, FIRST_BATCH)
            )
            left = commit(done, remaining=self._remaining())
            self.invalidate_recordset()

    def _remaining(self):
        """Return about how many customers a scheduled job has left, 0 when ended."""
        return max(self.total - self.done, 1) if self.state == "running" else 0

    def _collect_batch(self, size=LARGEST_BATCH):
        """Collect the next customers of this pass; return how many there were."""
        self.ensure_one()
        self.invalidate_recordset()
        if self.state != "running":
            return 0
        high, count = self._next_bounds(size)
        found = self.env["trust.signal"]._collect_customers(
            self.position,
            high,
            first=not self.position,
            cause="day_one" if self.by_hand else "evidence",
        )
        vals = {
            "position": high,
            "done": self.done + count,
            "found": self.found + found,
        }
        if count < size:
            vals |= {"state": "scoring"}
            self.env["crm.lead"]._queue_transferred()
        self.write(vals)
        self.env["trust.queue"]._trigger_cron()
        return count

    def _next_bounds(self, size):
        """Return (id after the next batch, number of customers in it)."""
        rows = self.env.execute_query(
            SQL(
                """SELECT max(id), count(*) FROM (
                       SELECT id FROM (%s) c WHERE id >= %s ORDER BY id LIMIT %s) b""",
                self._customers(),
                self.position,
                size,
            )
        )
        last, count = rows[0]
        return (last or self.position) + 1, count

    @api.model
    def _check_scored(self):
        """End the pass that waits for its scores when the queue is empty."""
        run = self.sudo().search([("state", "=", "scoring")], limit=1)
        if not run or self.env["trust.queue"]._count_due():
            return
        run.write({"state": "done", "ended": fields.Datetime.now()})
        self.env.ref("trust_crm.ir_cron_history").sudo()._trigger()

    def _collect_changes(self):
        """Observe sources written since this pass, or since the last time."""
        signals = self.env["trust.signal"]
        until = signals._safe_watermark()
        found = signals._collect(self.until)
        self.write({"until": until, "found": self.found + found})
        if found:
            self.env["trust.queue"]._trigger_cron()

    @api.autovacuum
    def _gc_old_passes(self):
        """Keep the first pass and those of the last month."""
        month = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        first = self.search([], order="id", limit=1)
        self.search([("create_date", "<", month), ("id", "!=", first.id)]).filtered(
            lambda run: run != self._newest() and run.state in ("done", "stopped")
        ).unlink()
