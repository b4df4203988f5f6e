# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustComplaintMove(models.Model):
    """One step of a complaint along its path: when, by whom, why.

    Written by the complaint only, in the transaction of the step.
    """

    _name = "trust.complaint.move"
    _description = "Step taken with a complaint"
    _order = "id desc"
    _rec_name = "step_id"

    complaint_id = fields.Many2one(
        "trust.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, precompute=True
    )
    from_id = fields.Many2one("trust.complaint.step", ondelete="restrict")
    step_id = fields.Many2one(
        "trust.complaint.step", "To", required=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True)
    author_id = fields.Many2one("res.partner", "By", ondelete="set null")
    reason = fields.Text()
