# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TrustRelationshipOverride(models.TransientModel):
    """A manager sets circle or stage by hand, with a reason and an end."""

    _name = "trust.relationship.override"
    _description = "Set Circle or Stage"

    relationship_id = fields.Many2one("trust.relationship", required=True)
    circle_evident_id = fields.Many2one(related="relationship_id.circle_evident_id")
    stage_computed_id = fields.Many2one(related="relationship_id.stage_computed_id")
    circle_id = fields.Many2one("trust.circle")
    stage_id = fields.Many2one("trust.stage")
    reason = fields.Char(required=True)
    until = fields.Date(
        required=True,
        default=lambda self: fields.Date.add(fields.Date.today(), months=3),
        help="Afterwards the computed value shows again.",
    )

    @api.constrains("until", "circle_id", "stage_id")
    def _check_override(self):
        for wizard in self:
            if wizard.until < fields.Date.context_today(wizard):
                raise ValidationError(self.env._("Choose an end in the future."))
            if not wizard.circle_id and not wizard.stage_id:
                raise ValidationError(self.env._("Choose a circle or a stage."))

    def action_apply(self):
        """Store the override; the computed value stays visible beside it."""
        self.ensure_one()
        self.relationship_id._override(
            self.circle_id, self.stage_id, self.reason, self.until
        )
        return {"type": "ir.actions.act_window_close"}
