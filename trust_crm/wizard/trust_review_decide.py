# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

DAYS = 7


class TrustReviewDecide(models.TransientModel):
    """What is done about findings: who does what by when, or why nothing."""

    _name = "trust.review.decide"
    _description = "Decide about findings"

    finding_ids = fields.Many2many("trust.review.finding", required=True)
    decision = fields.Selection(
        [
            ("activity", "Somebody sees to it"),
            ("measure", "Counter-measure"),
            ("nothing", "Nothing, because"),
        ],
        required=True,
        default="activity",
    )
    summary = fields.Char("What to do")
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Kind of Activity",
        default=lambda self: self.env.ref(
            "mail.mail_activity_data_todo", raise_if_not_found=False
        ),
        domain="[('res_model', '=', False)]",
    )
    user_id = fields.Many2one(
        "res.users",
        "Who",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
    )
    date_deadline = fields.Date(
        "By when",
        default=lambda self: fields.Date.context_today(self) + timedelta(DAYS),
    )
    reason = fields.Char("Because")
    measure = fields.Text("Counter-measure")

    # COMPUTE

    @api.depends("finding_ids")
    def _compute_user_id(self):
        """Whoever looks after the customer or the moment of truth."""
        for wizard in self:
            findings = wizard.finding_ids
            owners = findings.relationship_id.user_id | findings.touchpoint_id.owner_id
            wizard.user_id = owners if len(owners) == 1 else self.env.user

    # ACTIONS

    def action_apply(self):
        self.ensure_one()
        getattr(self, f"_apply_{self.decision}")()
        return {"type": "ir.actions.act_window_close"}

    # BUSINESS

    def _apply_activity(self):
        if not self.user_id or not self.date_deadline or not self.activity_type_id:
            raise UserError(self.env._("Say who sees to it, how, and by when."))
        self.finding_ids._schedule(
            {
                "activity_type_id": self.activity_type_id.id,
                "user_id": self.user_id.id,
                "date_deadline": self.date_deadline,
                "summary": (self.summary or "").strip()
                or self.env._("From the trust review"),
            }
        )

    def _apply_measure(self):
        self.finding_ids._add_measure(
            self._get_text(
                self.measure, self.env._("Say what is done so that it destroys less.")
            )
        )

    def _apply_nothing(self):
        reason = self._get_text(
            self.reason, self.env._("Say why nothing is done: the next review asks.")
        )
        self.finding_ids._decide("nothing", note=reason)

    @staticmethod
    def _get_text(text, problem):
        text = (text or "").strip()
        if not text:
            raise UserError(problem)
        return text
