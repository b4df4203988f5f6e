# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class AccountMoveReversal(models.TransientModel):
    """Odoo's own dialogue, opened from a redress: its credit note is the redress's."""

    _inherit = "account.move.reversal"

    trust_redress_id = fields.Many2one(
        "trust.complaint.redress", readonly=True, groups="trust_crm.group_trust_user"
    )

    # BUSINESS

    def reverse_moves(self, is_modify=False):
        redress = self.sudo().trust_redress_id.with_env(self.env)
        if not redress:
            return super().reverse_moves(is_modify)
        redress._check_credit_note()
        before = self.move_ids.reversal_move_ids
        action = super().reverse_moves(is_modify)
        redress._link_credit_note(self.move_ids.reversal_move_ids - before)
        return action
