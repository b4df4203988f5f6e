# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class SurveySurvey(models.Model):
    """A survey with RATER questions asks for feedback."""

    _inherit = "survey.survey"

    # ORM

    def unlink(self):
        given = self.user_input_ids._get_trust_feedback()
        result = super().unlink()
        given._forget_answers()
        return result

    # BUSINESS

    def _is_trust_feedback(self):
        """Whether its answers say something about RATER."""
        return bool(self.question_ids.filtered("trust_dimension"))
