# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from psycopg2 import errorcodes

from odoo import api, fields, models
from odoo.tools import SQL

# Counting one signal over all history may take so long; collecting it may take longer.
COUNT_SECONDS = 15


class TrustDayOne(models.TransientModel):
    """Start from history: what each signal finds, before anything is written (C8)."""

    _name = "trust.day.one"
    _description = "Start from History"

    line_ids = fields.One2many("trust.day.one.line", "wizard_id")
    customers = fields.Integer(readonly=True)
    found = fields.Integer("Facts Found", compute="_compute_found")

    # COMPUTE

    @api.depends("line_ids.observe", "line_ids.found")
    def _compute_found(self):
        for wizard in self:
            wizard.found = sum(wizard.line_ids.filtered("observe").mapped("found"))

    @api.depends("customers")
    def _compute_display_name(self):
        self.display_name = self.env._("Start from history")

    # ACTIONS

    @api.model
    def action_open(self):
        """Open what would be found, or the collection that is under way."""
        collections = self.env["trust.collection"]
        collections._check_admin()
        running = collections._newest()
        if running.state in ("running", "scoring", "stopped"):
            return self._open_collection(running)
        wizard = self.create(self._prepare_values())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start from history"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_start(self):
        """Switch signals on and off as chosen and collect in the background."""
        self.ensure_one()
        collections = self.env["trust.collection"]
        collections._check_admin()
        for line in self.line_ids:
            if line.signal_id.active != line.observe:
                line.signal_id.active = line.observe
        return self._open_collection(collections._start())

    # BUSINESS

    @api.model
    def _open_collection(self, collection):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reading history"),
            "res_model": "trust.collection",
            "res_id": collection.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _prepare_values(self):
        """Observe every signal without recording; return the wizard's values."""
        signals = self.env["trust.signal"].sudo().with_context(active_test=False)
        self.env.flush_all()
        signals._make_scope()
        scope = signals._prepare_scope(None, leads=True)
        customers = SQL("SELECT count(DISTINCT commercial_id) FROM %s", scope.customers)
        return {
            "customers": self.env.execute_query(customers)[0][0],
            "line_ids": [
                fields.Command.create(self._prepare_line(signal, scope))
                for signal in signals.search([]).filtered("is_observed")
            ],
        }

    @api.model
    def _prepare_line(self, signal, scope):
        values = {"signal_id": signal.id, "observe": signal.active}
        try:
            with self.env.cr.savepoint():
                values |= self._count(signal, scope)
        except Exception as error:
            values["remark"] = self._explain_failure(error)
        else:
            values["remark"] = signal.with_context(active_test=True)._missing()
        return values

    @api.model
    def _count(self, signal, scope):
        """Return count, first and last date of what ``signal`` sees in all history."""
        limit = SQL("SET LOCAL statement_timeout = %s", COUNT_SECONDS * 1000)
        self.env.cr.execute(limit)
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*), min(date), max(date) FROM (%s) f",
                signal._facts_in_scope(signal._facts(scope), scope),
            )
        )
        self.env.cr.execute("SET LOCAL statement_timeout = DEFAULT")
        return dict(zip(("found", "first_date", "last_date"), rows[0], strict=True))

    @api.model
    def _explain_failure(self, error):
        """Return a sentence: too much to count now, or why the signal fails."""
        if getattr(error, "pgcode", None) == errorcodes.QUERY_CANCELED:
            return self.env._("A long history: it is counted while it is collected.")
        first = (str(error).splitlines() or [""])[0]
        return self.env._("This signal fails: %(error)s", error=first)


class TrustDayOneLine(models.TransientModel):
    """What one signal finds in the history."""

    _name = "trust.day.one.line"
    _description = "Signal in Start from History"
    _order = "id"

    wizard_id = fields.Many2one("trust.day.one", required=True, ondelete="cascade")
    signal_id = fields.Many2one("trust.signal", required=True, readonly=True)
    observe = fields.Boolean(default=True)
    found = fields.Integer(readonly=True)
    first_date = fields.Datetime("First", readonly=True)
    last_date = fields.Datetime("Last", readonly=True)
    remark = fields.Char(readonly=True)
