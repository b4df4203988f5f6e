# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

from ..models.trust_promise import SIDES


class TrustPromiseCancel(models.TransientModel):
    """Cancel promises: at whose wish, and why."""

    _name = "trust.promise.cancel"
    _description = "Cancel a promise"

    promise_ids = fields.Many2many("trust.promise", required=True)
    asked_by = fields.Selection(SIDES, "Who cancels?", required=True)
    reason = fields.Text("Why?", required=True)

    def action_apply(self):
        self.promise_ids._cancel(self.asked_by, self.reason)
