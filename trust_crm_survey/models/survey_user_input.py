# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class SurveyUserInput(models.Model):
    """What a known customer answered is feedback: heard, counted, withdrawn with it."""

    _name = "survey.user_input"
    _inherit = "survey.user_input"

    # ORM

    def unlink(self):
        given = self._get_trust_feedback()
        result = super().unlink()
        given._forget_answers()
        return result

    # BUSINESS

    def _mark_done(self):
        result = super()._mark_done()
        for answer in self.sudo().filtered(lambda a: a._is_trust_feedback()):
            self.env["trust.feedback"].sudo()._take_survey(answer)
        return result

    def _is_trust_feedback(self):
        """Whether it is a customer's, and about RATER."""
        customer = self.partner_id - self.partner_id._trust_insiders()
        counts = customer and not self.test_entry
        return bool(counts and self.survey_id._is_trust_feedback())

    def _get_trust_feedback(self):
        """The requests that these answers count for, in sudo."""
        return (
            self.env["trust.feedback"]
            .sudo()
            .search([("survey_input_id", "in", self.ids)])
        )

    def _tell_trust_again(self):
        """An answer was changed after it was given."""
        done = self.filtered(lambda answer: answer.state == "done")
        done._get_trust_feedback()._collect_trust_evidence()


class SurveyUserInputLine(models.Model):
    """Each change of an answer that was given reaches the ledger."""

    _name = "survey.user_input.line"
    _inherit = "survey.user_input.line"

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.user_input_id._tell_trust_again()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.user_input_id._tell_trust_again()
        return result

    def unlink(self):
        answers = self.user_input_id
        result = super().unlink()
        answers._tell_trust_again()
        return result
