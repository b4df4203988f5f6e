# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError


class TrustHandoverSkip(models.TransientModel):
    """Leave out a step of a handover, or all that is left: why?"""

    _name = "trust.handover.skip"
    _description = "Leave out a step of a handover"

    handover_ids = fields.Many2many("trust.handover")
    step_ids = fields.Many2many("trust.handover.step")
    reason = fields.Char("Why?", required=True)

    @api.model
    def _open(self, handovers=None, steps=None):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "name": self.env._("Leave out"),
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_handover_ids": (handovers or self.handover_ids).ids,
                "default_step_ids": (steps or self.step_ids).ids,
            },
        }

    def action_apply(self):
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the next colleague will ask."))
        if self.step_ids:
            self.step_ids._end("skipped", note=reason)
        if self.handover_ids:
            self.handover_ids._skip(reason)
