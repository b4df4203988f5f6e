# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

REASONS = [
    ("no_email", "No e-mail address"),
    ("opted_out", "Asked for no more mailings"),
    ("complaint", "Has an open complaint"),
    ("registered", "Registered already"),
    ("invited", "Invited already"),
    ("same_email", "Same address as somebody else here"),
]


class TrustEventInviteLine(models.TransientModel):
    """One person of a preview: chosen and why, or left out and why."""

    _name = "trust.event.invite.line"
    _description = "Person of an Invitation Preview"
    _order = "id"
    _rec_name = "partner_id"

    invite_id = fields.Many2one(
        "trust.event.invite", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char("Because", readonly=True)
    selected = fields.Boolean("Invite", default=True)
    left_out = fields.Selection(REASONS, "Left out because", readonly=True)
