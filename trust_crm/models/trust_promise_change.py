# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from .trust_promise import SIDES


class TrustPromiseChange(models.Model):
    """One move of a promise to another day: who asked, why, in time or too late.

    Written by the promise only (it stands in for its history), read by whoever
    reads the promise. A slip is a move to a later day.
    """

    _name = "trust.promise.change"
    _description = "Move of a promise"
    _order = "id desc"
    _rec_name = "new_date"

    promise_id = fields.Many2one(
        "trust.promise", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="promise_id.company_id", store=True)
    old_date = fields.Date("From", required=True)
    new_date = fields.Date("To", required=True)
    asked_by = fields.Selection(SIDES, required=True)
    reason = fields.Text()
    moved_at = fields.Datetime("Moved on", required=True)
    after_due = fields.Boolean(
        "Too late", help="The day had already passed when the new one was agreed."
    )
    user_id = fields.Many2one("res.users", "Moved by", ondelete="set null")
    is_slip = fields.Boolean(compute="_compute_is_slip")

    _moved_idx = models.Index("(moved_at)")

    @api.depends("old_date", "new_date")
    def _compute_is_slip(self):
        for change in self:
            change.is_slip = change.new_date > change.old_date
