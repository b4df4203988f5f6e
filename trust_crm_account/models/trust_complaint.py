# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

STAFF = "base.group_user"


class TrustComplaint(models.Model):
    """What of the redress stands on credit notes."""

    _inherit = "trust.complaint"

    credit_note_count = fields.Integer(
        "Credit notes", compute="_compute_credited", groups=STAFF
    )
    credited_amount = fields.Monetary(
        "Credited",
        compute="_compute_credited",
        currency_field="credited_currency_id",
        groups=STAFF,
        help="On confirmed credit notes, in the company's currency.",
    )
    credited_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of credit", groups=STAFF
    )

    # COMPUTE

    @api.depends("redress_ids.credit_note_id.state")
    def _compute_credited(self):
        for complaint in self:
            credit_notes = complaint.sudo().redress_ids.credit_note_id
            posted = credit_notes.filtered(lambda move: move.state == "posted")
            complaint.credit_note_count = len(credit_notes)
            complaint.credited_amount = -sum(posted.mapped("amount_total_signed"))

    # ACTIONS

    def action_open_credit_notes(self):
        self.ensure_one()
        credit_notes = self.redress_ids.credit_note_id
        return credit_notes._get_records_action(name=self.env._("Credit notes"))
