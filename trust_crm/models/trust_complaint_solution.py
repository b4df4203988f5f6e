# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

from .trust_complaint import VOICES

ANSWERED = {"state", "answer", "answered_by", "date_proposed", "date_answered"}
OFFERED = {"name", "description", "complaint_id"}


class TrustComplaintSolution(models.Model):
    """A proposal to mend it, and the customer's answer in one sentence.

    What was proposed is not rewritten, and an answer is noted once: by the customer on
    the portal, or by us when they told us (``answered_by`` keeps whose word it is).
    """

    _name = "trust.complaint.solution"
    _description = "Solution proposed for a complaint"
    _order = "id"

    complaint_id = fields.Many2one(
        "trust.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True)
    name = fields.Char("Proposal", required=True)
    description = fields.Text("Details")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Text("The customer's answer", readonly=True, copy=False)
    answered_by = fields.Selection(VOICES, "Noted by", readonly=True, copy=False)
    date_proposed = fields.Datetime("Proposed on", readonly=True, copy=False)
    date_answered = fields.Datetime("Answered on", readonly=True, copy=False)

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_not_about_me(vals_list)
            fresh = dict.fromkeys(ANSWERED, False) | {"state": "draft"}
            vals_list = [
                {k: v for k, v in vals.items() if k not in ANSWERED} | fresh
                for vals in vals_list
            ]
        return super().create(vals_list)

    def _check_not_about_me(self, vals_list):
        ids = [vals.get("complaint_id") for vals in vals_list]
        ids.append(self.env.context.get("default_complaint_id"))
        self.env["trust.complaint"].browse(filter(None, ids))._check_not_about_me()

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.complaint_id._check_not_about_me()
        if ANSWERED & vals.keys():
            raise UserError(
                self.env._("A solution is proposed and answered by its buttons.")
            )
        if OFFERED & vals.keys() and any(s.state != "draft" for s in self):
            raise UserError(
                self.env._(
                    "What was proposed to the customer stays as it was: propose "
                    "something else."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        if any(solution.state != "draft" for solution in self):
            raise UserError(
                self.env._("A solution that the customer has seen is not deleted.")
            )

    # ACTIONS

    def action_propose(self):
        """Put it to the customer; from now on we wait for the answer."""
        for solution in self:
            solution.complaint_id._propose(solution)
        return True

    def action_accept(self):
        return self._open_answer(True, self.env._("The customer accepts"))

    def action_refuse(self):
        return self._open_answer(False, self.env._("The customer refuses"))

    def _open_answer(self, accepted, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.complaint.answer",
            "name": title,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_solution_id": self.id,
                "default_accepted": accepted,
            },
        }
