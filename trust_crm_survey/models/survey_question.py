# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

from odoo.addons.trust_crm.models.trust_feedback import RATER


class SurveyQuestion(models.Model):
    """A question on a scale may measure one dimension of service quality."""

    _inherit = "survey.question"

    trust_dimension = fields.Selection(
        RATER,
        "RATER dimension",
        help="Answers of known customers count for this dimension, as the pulse does: "
        "the survey's average per dimension, its scale stretched to 1 to 5.",
    )
