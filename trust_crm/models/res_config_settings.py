# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """The state of observing and scoring at a glance, and the ways to change it."""

    _inherit = "res.config.settings"

    trust_promise_reminder_days = fields.Integer(
        related="company_id.trust_promise_reminder_days", readonly=False
    )
    trust_feedback_wait_days = fields.Integer(
        related="company_id.trust_feedback_wait_days", readonly=False
    )
    trust_feedback_open_days = fields.Integer(
        related="company_id.trust_feedback_open_days", readonly=False
    )
    trust_observed_until = fields.Datetime(compute="_compute_trust_state")
    trust_aged_on = fields.Datetime(compute="_compute_trust_state")
    trust_queue_due = fields.Integer(compute="_compute_trust_state")
    trust_queue_aside = fields.Integer(compute="_compute_trust_state")
    trust_policy_id = fields.Many2one("trust.policy", compute="_compute_trust_state")

    # COMPUTE

    @api.depends("company_id")
    def _compute_trust_state(self):
        queue = self.env["trust.queue"].sudo()
        for settings in self:
            settings.trust_observed_until = self.env["trust.collection"]._newest().until
            settings.trust_aged_on = self.env["trust.relationship"]._last_ageing()
            settings.trust_queue_due = queue._count_due()
            settings.trust_queue_aside = queue.search_count([("error", "!=", False)])
            policies = self.env["trust.policy"]
            settings.trust_policy_id = policies._get_published(settings.company_id)
