# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from ..models.trust_promise import SIDES


class TrustPromiseMove(models.TransientModel):
    """Agree on a new day for promises: when, who asked, why."""

    _name = "trust.promise.move"
    _description = "Agree on a new day"

    promise_ids = fields.Many2many("trust.promise", required=True)
    date_deadline = fields.Date(
        "New day",
        required=True,
        default=lambda self: self.env["trust.promise"]._default_date_deadline(),
    )
    asked_by = fields.Selection(SIDES, "Who asked?", required=True, default="us")
    reason = fields.Text("Why?")
    too_late = fields.Boolean(compute="_compute_too_late")

    @api.depends("promise_ids")
    def _compute_too_late(self):
        now = fields.Datetime.now()
        for wizard in self:
            wizard.too_late = any(
                promise.direction == "ours" and promise.deadline_at <= now
                for promise in wizard.promise_ids
            )

    def action_apply(self):
        self.promise_ids._move(self.date_deadline, self.asked_by, self.reason)
