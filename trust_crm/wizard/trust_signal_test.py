# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

SHOWN = 50


class TrustSignalTest(models.TransientModel):
    """Which records a signal sees now and what each would count; nothing is written."""

    _name = "trust.signal.test"
    _description = "Test a Signal"

    signal_id = fields.Many2one("trust.signal", required=True, readonly=True)
    line_ids = fields.One2many("trust.signal.test.line", "test_id", readonly=True)
    total = fields.Integer("Records Found", readonly=True)
    counted = fields.Integer("Of Customers", readonly=True)

    @api.model
    def _open(self, signal):
        """Observe ``signal`` without recording and open the result."""
        if signal.detector == "records":
            signal._check_record_parts()
        elif not signal._has_builtin():
            raise UserError(
                self.env._("This signal is spoken by documents: nothing to look for.")
            )
        test = self.create(self._prepare_test_values(signal))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What “%(signal)s” finds", signal=signal.name),
            "res_model": self._name,
            "res_id": test.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _prepare_test_values(self, signal):
        signals = signal.sudo()
        self.env.flush_all()
        signals._make_scope()
        scope = signals._prepare_scope(None, leads=True)
        facts = signals._facts(scope)
        counted = signals._facts_in_scope(facts, scope)
        total = self._count(facts)
        rows = self.env.execute_query_dict(
            SQL("SELECT * FROM (%s) f ORDER BY date DESC LIMIT %s", counted, SHOWN)
        )
        return {
            "signal_id": signal.id,
            "total": total,
            "counted": self._count(counted),
            "line_ids": [
                fields.Command.create(
                    {
                        name: row[name]
                        for name in (
                            "date",
                            "magnitude",
                            "partner_id",
                            "lead_id",
                            "user_id",
                            "source_model",
                            "source_id",
                        )
                    }
                )
                for row in rows
            ],
        }

    def _count(self, facts):
        return self.env.execute_query(SQL("SELECT count(*) FROM (%s) f", facts))[0][0]


class TrustSignalTestLine(models.TransientModel):
    """One record that the tested signal would count."""

    _name = "trust.signal.test.line"
    _description = "Record Seen by a Signal"

    test_id = fields.Many2one("trust.signal.test", required=True, ondelete="cascade")
    date = fields.Datetime()
    magnitude = fields.Float()
    partner_id = fields.Many2one("res.partner", "Customer")
    lead_id = fields.Many2one("crm.lead")
    user_id = fields.Many2one("res.users", "Employee")
    source_model = fields.Char()
    source_id = fields.Many2oneReference("Record", model_field="source_model")
    source_name = fields.Char("Record Name", compute="_compute_source_name")

    @api.depends("source_model", "source_id")
    def _compute_source_name(self):
        ledger = self.env["trust.evidence"]
        for line in self:
            ref = ledger._document_ref_of(line.source_model, line.source_id)
            document = ledger._readable_records({ref}).get(ref)
            line.source_name = document.display_name if document else False
