# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class SurveyInvite(models.TransientModel):
    """Inviting to a RATER survey is asking for feedback: everybody's wait is kept."""

    _inherit = "survey.invite"

    trust_skipped_ids = fields.Many2many(
        "trust.feedback", string="Not asked", readonly=True
    )

    # ACTIONS

    def action_invite(self):
        """Invite whom we may ask now, and say who was left out and why."""
        result = super().action_invite()
        return self._tell_skipped() if self.sudo().trust_skipped_ids else result

    # BUSINESS

    def _prepare_answers(self, partners, emails):
        if not self.survey_id._is_trust_feedback():
            return super()._prepare_answers(partners, emails)
        feedback = self.env["trust.feedback"]
        requests = {person: feedback._request(person, "survey") for person in partners}
        asked = [
            person for person in partners if requests[person].sudo().state == "sent"
        ]
        self.sudo().trust_skipped_ids = feedback.concat(
            *(requests[person] for person in partners if person not in asked)
        )
        answers = super()._prepare_answers(partners.browse(p.id for p in asked), emails)
        for answer in answers.filtered(lambda a: a.partner_id in asked):
            requests[answer.partner_id].sudo()._await_survey(answer)
        return answers

    def _tell_skipped(self):
        skipped = self.sudo().trust_skipped_ids
        reasons = dict(skipped._fields["skip_reason"]._description_selection(self.env))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not everybody was asked"),
                "message": "; ".join(
                    f"{request.partner_id.name}: {reasons[request.skip_reason]}"
                    for request in skipped
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
