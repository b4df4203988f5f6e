# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError

TRUST = "trust_crm.group_trust_user"


class EventEvent(models.Model):
    """From an event to the people who would like it."""

    _inherit = "event.event"

    trust_invitation_ids = fields.One2many(
        "trust.event.invitation", "event_id", "Invitations", groups=TRUST
    )
    trust_invitation_count = fields.Integer(
        "Invited", compute="_compute_trust_invitation_count", groups=TRUST
    )

    # COMPUTE

    def _compute_trust_invitation_count(self):
        """Those that this user may see."""
        groups = self.env["trust.event.invitation"]._read_group(
            [("event_id", "in", self.ids)], ["event_id"], ["__count"]
        )
        counts = {event.id: count for event, count in groups}
        for event in self:
            event.trust_invitation_count = counts.get(event.id, 0)

    # ACTIONS

    def action_trust_invite(self):
        """Choose whom to invite; nothing goes out before Send is pressed."""
        self.ensure_one()
        self._check_trust_invite()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite customers"),
            "res_model": "trust.event.invite",
            "view_mode": "form",
            "context": {"default_event_id": self.id},
        }

    def action_open_trust_invitations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm_event.trust_event_invitation_action"
        )
        domain = [("event_id", "=", self.id)]
        return action | {"domain": domain, "context": {}}

    # BUSINESS

    def _check_trust_invite(self):
        if self.date_end <= fields.Datetime.now() or self.kanban_state == "cancel":
            raise UserError(
                self.env._("This event is over or cancelled: nobody can be invited.")
            )
