# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import feedback_scale

ACTIVITY_TYPE = "trust_crm.mail_activity_type_feedback"


class TrustFeedback(models.Model):
    """Hearing: a low answer makes one thing to do, done when the customer was told."""

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    def action_customer_told(self):
        """The customer heard what we made of the answer: the follow-up is done."""
        self.check_access("read")
        for feedback in self.filtered(lambda f: f.needs_follow_up and not f.told_date):
            feedback.sudo().write(
                {"told_date": fields.Datetime.now(), "told_by_id": self.env.uid}
            )
            activities = feedback._get_follow_ups()
            activities.action_feedback(feedback.env._("The customer was told."))
        return True

    def action_make_complaint(self):
        """A complaint from this answer, which it replaces in the ledger."""
        self.ensure_one()
        self.check_access("read")
        complaint = self.complaint_id
        if not complaint:
            self.env["trust.complaint"].check_access("create")
            complaint = self.env["trust.complaint"]._from_feedback(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.complaint",
            "res_id": complaint.id,
            "view_mode": "form",
        }

    # BUSINESS

    def _follow_up(self):
        """Exactly one activity for a low answer, whatever is corrected later."""
        self.ensure_one()
        low = self._is_low()
        existing = self._get_follow_ups(done=True)
        if low and not existing:
            self.env["mail.activity"].with_context(
                mail_activity_quick_update=True
            ).create(self._prepare_follow_up_values())
        elif low:
            existing.note = self._get_answer_words()
        elif existing.active:
            existing.unlink()
        self.needs_follow_up = low or bool(self.told_date)

    def _is_low(self):
        """Whether the answer asks for somebody to listen."""
        return 0 < self.overall <= feedback_scale.BAD

    def _prepare_follow_up_values(self):
        """In the language of the one who follows up, who becomes responsible."""
        user = self._get_responsible()
        self.user_id = user
        told = self.with_context(lang=user.lang)
        activity_type = self.env.ref(ACTIVITY_TYPE)
        return {
            "activity_type_id": activity_type.id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "date_deadline": activity_type._get_date_deadline(),
            "summary": told.env._(
                "%(customer)s gave %(score)s of 5: listen, mend, tell",
                customer=self.partner_id.name,
                score=self.overall,
            ),
            "note": told._get_answer_words(),
        }

    def _get_follow_ups(self, done=False):
        """The open follow-up; with ``done`` also the one that is done."""
        activities = self.env["mail.activity"].with_context(active_test=not done)
        return activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
            ]
        )


class MailActivity(models.Model):
    """A follow-up is neither done nor dropped before the customer was told."""

    _inherit = "mail.activity"

    # ORM

    def write(self, vals):
        ends = "active" in vals and not vals["active"]
        if ends or {"activity_type_id", "res_model_id", "res_id"} & vals.keys():
            self._check_customer_told()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_untold(self):
        self._check_customer_told()

    # BUSINESS

    def _check_customer_told(self):
        kind = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE)
        ours = self.filtered(
            lambda a: a.activity_type_id.id == kind and a.res_model == "trust.feedback"
        )
        if self.env.su or not ours:
            return
        waiting = self.env["trust.feedback"].sudo().browse(ours.mapped("res_id"))
        if waiting.exists().filtered(lambda f: not f.told_date):
            raise UserError(
                self.env._(
                    "Tell the customer first what you make of their answer, then press "
                    '"Customer told" on the feedback.'
                )
            )
