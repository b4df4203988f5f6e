# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustComplaintAnswer(models.TransientModel):
    """What the customer said to a proposal, as told to us."""

    _name = "trust.complaint.answer"
    _description = "The customer's answer to a proposal"

    solution_id = fields.Many2one("trust.complaint.solution", required=True)
    accepted = fields.Boolean()
    sentence = fields.Text("The customer's words")

    def action_apply(self):
        for wizard in self:
            wizard.solution_id.complaint_id._customer_answer(
                wizard.solution_id, wizard.accepted, wizard.sentence, voice="staff"
            )
