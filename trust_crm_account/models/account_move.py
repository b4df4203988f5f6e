# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class AccountMove(models.Model):
    """A credit note knows the complaint that it settles, and stays within its grant."""

    _inherit = "account.move"

    trust_redress_ids = fields.One2many(
        "trust.complaint.redress",
        "credit_note_id",
        "Redress",
        readonly=True,
        copy=False,
        groups="trust_crm.group_trust_user",
    )
    trust_complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_trust_complaint_count",
        groups="trust_crm.group_trust_user",
    )

    # COMPUTE

    def _compute_trust_complaint_count(self):
        """Those that this user may see."""
        for move in self:
            complaints = move.sudo().trust_redress_ids.complaint_id
            move.trust_complaint_count = len(
                complaints.with_env(self.env)._filtered_access("read")
            )

    # ACTIONS

    def action_open_trust_complaint(self):
        """The complaint behind this credit note."""
        self.ensure_one()
        complaints = self.trust_redress_ids.complaint_id
        return complaints._get_records_action(name=self.env._("Complaint"))

    # BUSINESS

    def _post(self, soft=True):
        self._check_trust_redress()
        return super()._post(soft)

    def _invoice_paid_hook(self):
        """Paid out or set off: the customer has it."""
        result = super()._invoice_paid_hook()
        self._get_trust_redress().filtered(lambda r: r.state == "approved").write(
            {"state": "given", "given_date": fields.Datetime.now()}
        )
        return result

    def _get_trust_redress(self):
        """What these credit notes settle, in sudo."""
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        redresses = self.env["trust.complaint.redress"].sudo()
        return redresses.search([("credit_note_id", "in", refunds.ids)])

    def _check_trust_redress(self):
        """Raise when a credit note gives more than was approved.

        :raises UserError: it does, or its redress is not approved any more
        """
        for move, redresses in (
            self._get_trust_redress().grouped("credit_note_id").items()
        ):
            redresses._check_value(move)
