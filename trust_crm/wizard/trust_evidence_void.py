# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError


class TrustEvidenceVoid(models.TransientModel):
    """Correct the ledger: void rows with a reason, the only correction there is."""

    _name = "trust.evidence.void"
    _description = "Void Evidence"

    evidence_ids = fields.Many2many("trust.evidence", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_void(self):
        """Append the voiding rows; the score follows after the commit."""
        self.ensure_one()
        self.evidence_ids.check_access("read")
        if not self.evidence_ids.sudo()._void(self.reason):
            raise UserError(self.env._("This evidence is void already."))
        return {"type": "ir.actions.act_window_close"}
