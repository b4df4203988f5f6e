# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL

from odoo.addons.trust_crm.models.trust_feedback import RATER


class TrustFeedbackReport(models.Model):
    """RATER: the averages of surveys beside the answers of pulses."""

    _inherit = "trust.feedback.report"

    # BUSINESS

    def _select_answers(self):
        dimensions = SQL(", ").join(
            SQL(
                "(%s, %s, %s)",
                number + len(RATER),
                name,
                SQL.identifier("e", f"expected_{name}"),
            )
            for number, (name, _label) in enumerate(RATER)
        )
        return SQL(
            """%s
             UNION ALL
            SELECT f.id * 10 + d.number, f.id, m.dimension, m.mean,
                   NULLIF(d.expectation, 0)::float8, f.scope, f.partner_id, f.user_id,
                   f.team_id, f.campaign_id, f.company_id, f.date_answered
              FROM (%s) m JOIN trust_feedback f ON f.id = m.feedback_id
         LEFT JOIN LATERAL (%s) e ON TRUE
        CROSS JOIN LATERAL (VALUES %s) AS d (number, dimension, expectation)
             WHERE d.dimension = m.dimension AND f.state = 'answered'
            """,
            super()._select_answers(),
            self.env["trust.feedback"]._select_survey_means(),
            self._select_expectation(),
            dimensions,
        )
