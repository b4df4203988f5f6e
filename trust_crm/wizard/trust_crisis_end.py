# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError


class TrustCrisisEnd(models.TransientModel):
    """Close a crisis by hand, or say that it is none: why?"""

    _name = "trust.crisis.end"
    _description = "Close a crisis"

    crisis_ids = fields.Many2many("trust.crisis", required=True)
    state = fields.Selection(
        [("dismissed", "No crisis"), ("ended", "Close")], required=True
    )
    reason = fields.Char("Why?", required=True)

    @api.model
    def _open(self, crises, state):
        dismissed = state == "dismissed"
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "name": self.env._("Why is it no crisis?")
            if dismissed
            else self.env._("Close the crisis"),
            "view_mode": "form",
            "target": "new",
            "context": {"default_crisis_ids": crises.ids, "default_state": state},
        }

    def action_apply(self):
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: whoever looks back will ask."))
        self.crisis_ids._check_decider()
        self.crisis_ids._finish(self.state, reason)
