# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustComplaintEnd(models.TransientModel):
    """End without a solution, reopen, appeal: each with its reason."""

    _name = "trust.complaint.end"
    _description = "End or reopen a complaint"

    complaint_id = fields.Many2one("trust.complaint", required=True)
    what = fields.Selection(
        [
            ("rejected", "End"),
            ("reopen", "Reopen"),
            ("appeal", "Appeal"),
        ],
        required=True,
    )
    ending = fields.Selection(
        [("rejected", "We reject it"), ("withdrawn", "The customer withdraws it")],
        "How does it end?",
        default="rejected",
    )
    reason = fields.Text("Why?", required=True)

    def action_apply(self):
        for wizard in self:
            complaint = wizard.complaint_id
            if wizard.what == "rejected":
                complaint._leave(wizard.ending or "rejected", wizard.reason)
            else:
                complaint._reopen(wizard.reason, appeal=wizard.what == "appeal")
