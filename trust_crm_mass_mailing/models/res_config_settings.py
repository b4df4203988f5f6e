# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

SIGNAL = "pushy_selling"


class ResConfigSettings(models.TransientModel):
    """How many mailings are too many: the signal's own parameters."""

    _inherit = "res.config.settings"

    trust_push_limit = fields.Integer(
        "Mailings", compute="_compute_trust_push", inverse="_inverse_trust_push"
    )
    trust_push_days = fields.Integer(
        "Days", compute="_compute_trust_push", inverse="_inverse_trust_push"
    )

    # COMPUTE

    @api.depends("company_id")
    def _compute_trust_push(self):
        signal = self.env["trust.signal"].sudo()._get_by_code(SIGNAL)
        self.trust_push_limit = signal.limit_count
        self.trust_push_days = signal.window_days

    def _inverse_trust_push(self):
        for settings in self:
            self.env["trust.signal"]._get_by_code(SIGNAL).write(
                {
                    "limit_count": settings.trust_push_limit,
                    "window_days": settings.trust_push_days,
                }
            )
