# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError


class TrustRelationship(models.Model):
    """Override (C10): a manager's word beside the computed value, until it expires."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    override_active = fields.Boolean(compute="_compute_override_active")

    # COMPUTE

    def _compute_override_active(self):
        today = fields.Date.context_today(self)
        for rel in self:
            chosen = rel.circle_override_id or rel.stage_override_id
            rel.override_active = bool(chosen) and (
                not rel.override_until or rel.override_until >= today
            )

    # ACTIONS

    def action_override(self):
        """Ask for circle or stage, reason and expiry."""
        self.ensure_one()
        context = {
            "default_relationship_id": self.id,
            "default_circle_id": self.circle_override_id.id,
            "default_stage_id": self.stage_override_id.id,
        }
        if self.override_until:
            context["default_until"] = self.override_until
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set circle or stage"),
            "res_model": "trust.relationship.override",
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def action_clear_override(self):
        """Let the computed values show again."""
        self._override(self.env["trust.circle"], self.env["trust.stage"])

    # BUSINESS

    def _override(self, circle, stage, reason=None, until=None):
        """Store an override (empty records clear it) and refresh.

        :raises UserError: for somebody who is no manager, or without a reason
        """
        if not self.env.user.has_group("trust_crm.group_trust_manager"):
            raise UserError(
                self.env._("Only a trust manager sets a circle or stage by hand.")
            )
        self.check_access("read")
        if (circle or stage) and not (reason or "").strip():
            raise UserError(self.env._("Say why you set it by hand."))
        self.sudo().write(
            {
                "circle_override_id": circle.id,
                "stage_override_id": stage.id,
                "override_reason": reason,
                "override_until": until,
                "override_user_id": self.env.uid,
            }
        )
        self._decide("override", reason)
