# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError

from .trust_complaint import VOICES
from .trust_complaint_step import LEFT, OPEN


class TrustComplaint(models.Model):
    """The buttons of a complaint: on, out, and back again."""

    _inherit = "trust.complaint"

    stopped_date = fields.Datetime(
        "Ended without a solution", readonly=True, copy=False
    )
    end_reason = fields.Text("Reason", readonly=True, copy=False)
    withdrawn_by = fields.Selection(VOICES, readonly=True, copy=False)
    appealed = fields.Boolean(readonly=True, copy=False)

    # ACTIONS

    def action_next(self):
        """Take the one next step, or say what it still needs."""
        for complaint in self:
            code = complaint._get_next_code()
            if not code:
                raise UserError(self.env._("The complaint has come to its end."))
            complaint._step_to(code)
        return True

    def action_confirm_sender(self):
        """Somebody knows now that the mail is the customer's: it counts."""
        self.check_access("write")
        if any(not complaint.partner_id for complaint in self):
            raise UserError(self.env._("Choose the customer first."))
        self.sudo()._confirm()
        return True

    def action_log_answer(self):
        """The customer was answered in person or on the telephone."""
        self.check_access("write")
        self.sudo()._note_answer(self.env.user)
        return True

    def action_customer_told(self):
        self.write({"customer_told": True})
        return True

    def action_end(self):
        """Withdrawn by the customer, or rejected by us: with the reason."""
        return self._open_end("rejected", self.env._("End without a solution"))

    def action_reopen(self):
        return self._open_end("reopen", self.env._("Reopen the complaint"))

    def action_appeal(self):
        return self._open_end("appeal", self.env._("The customer appeals"))

    def _open_end(self, what, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.complaint.end",
            "name": title,
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id, "default_what": what},
        }

    # BUSINESS

    def _leave(self, code, reason, voice="staff", author=None):
        """End without a solution: withdrawn by the customer, or rejected by us.

        :param code: "withdrawn" or "rejected"
        :param voice: who says so; a withdrawal in the customer's own voice takes the
            complaint out of the ledger, one that we note does not
        """
        self.ensure_one()
        self.check_access("write")
        if self.step_code not in OPEN:
            raise UserError(self.env._("The complaint has come to its end already."))
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why the complaint ends without a solution.")
            )
        values = {"end_reason": reason}
        if code == "withdrawn":
            values["withdrawn_by"] = voice
        complaint = self.sudo()
        complaint._enter(code, reason, author, **values)
        if voice == "customer":
            complaint._notify_responsible(
                lambda env: env._(
                    "Withdrawn by the customer: %(reason)s", reason=reason
                )
            )

    def _reopen(self, reason, appeal=False, author=None):
        """Back to listening; the clock of the solution starts anew."""
        self.ensure_one()
        self.check_access("write")
        if self.step_code in OPEN:
            raise UserError(self.env._("The complaint is open."))
        if appeal and self.step_code != "rejected":
            raise UserError(self.env._("Only a rejection can be appealed against."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the complaint is opened again."))
        complaint = self.sudo()
        now = fields.Datetime.now()
        values = {
            "resolved_date": False,
            "closed_date": False,
            "stopped_date": False,
            "end_reason": False,
            "withdrawn_by": False,
            "customer_told": False,
            "recovered": "unknown",
            "clock_start": now,
            "breached_before": complaint.breached,
            "solution_late_told": False,
            "recovery_asked": False,
            "later_noted": False,
            "trust_after": 0.0,
            "trust_after_90": 0.0,
        }
        if complaint.outcome == "good":
            values |= dict.fromkeys(("outcome", "outcome_date", "outcome_voice"), False)
        if appeal or complaint.step_code in LEFT:
            values["appealed"] = complaint.appealed or appeal
        accepted = complaint.solution_ids.filtered(lambda s: s.state == "accepted")
        accepted.write({"state": "draft"})
        complaint._enter("listening", reason, author, **values)
        complaint._plan_deadlines()
        complaint._notify_responsible(
            lambda env: env._("Reopened: %(reason)s", reason=reason)
        )

    def _after_step(self, code):
        """What follows from a step, in the same transaction."""
        if code not in OPEN:
            self._close_clock_activities()
        self._collect_trust_evidence()
