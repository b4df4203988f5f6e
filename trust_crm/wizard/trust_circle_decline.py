# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustCircleDecline(models.TransientModel):
    """Why a customer is not to move into the circle that the evidence carries."""

    _name = "trust.circle.decline"
    _description = "Decline a proposed move"

    relationship_id = fields.Many2one("trust.relationship", required=True)
    circle_id = fields.Many2one(related="relationship_id.circle_proposed_id")
    proposal_reason = fields.Char(related="relationship_id.proposal_reason")
    reason = fields.Char("Why Not?", required=True)

    def action_apply(self):
        for wizard in self:
            wizard.relationship_id._decline_circle(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
