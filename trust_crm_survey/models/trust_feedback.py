# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trust_crm.models.trust_feedback import RATER
from odoo.addons.trust_crm.tools import feedback_scale

KIND = "survey"


class TrustFeedback(models.Model):
    """A long survey is a request like others: one wait, one follow-up, one ledger.

    Its answers stay in the survey. What they say is read from there each time, the
    average of each dimension on a scale of 1 to 5: for the ledger, the report and the
    screen alike. Of several attempts only the last counts.
    """

    _inherit = "trust.feedback"

    kind = fields.Selection(
        selection_add=[(KIND, "Survey")], ondelete={KIND: "set default"}
    )
    survey_input_id = fields.Many2one(
        "survey.user_input", "Survey", readonly=True, copy=False, ondelete="set null"
    )
    survey_result = fields.Text("On average", compute="_compute_survey_result")

    _survey_input_unique = models.UniqueIndex(
        "(survey_input_id) WHERE survey_input_id IS NOT NULL",
        "This answer counts already.",
    )

    # COMPUTE

    @api.depends("survey_input_id.user_input_line_ids.value_scale", "state")
    def _compute_survey_result(self):
        dimension = self.env["trust.feedback.report"]._fields["dimension"]
        labels = dict(dimension._description_selection(self.env))
        means = self._get_survey_means()
        for feedback in self:
            found = means.get(feedback.id, {})
            feedback.survey_result = "\n".join(
                f"{labels[name]}: {found[name]:.1f}" for name in labels if name in found
            )

    # ASKING

    def _send_request(self, mail=None):
        """The survey sends its own invitation."""
        return None if self.kind == KIND else super()._send_request(mail)

    @api.model
    def _is_year_due(self, partner, company, kind, now):
        return kind != KIND and super()._is_year_due(partner, company, kind, now)

    @api.model
    def _get_reachable_domain(self):
        """The page behind our own link knows nothing of surveys."""
        return super()._get_reachable_domain() & Domain("kind", "!=", KIND)

    def _await_survey(self, answer):
        """Note which answer the invitation opens."""
        if answer.state == "done":
            return
        answer._get_trust_feedback().survey_input_id = False
        values = {"survey_input_id": answer.id}
        if answer.deadline:
            values["date_expiry"] = answer.deadline
        self.sudo().write(values)

    # ANSWERING

    @api.model
    def _take_survey(self, answer):
        """A known customer finished a survey; in sudo.

        :return: the feedback that this answer counts for
        """
        feedback = self._find_survey(answer) or self.create(
            self._prepare_request_values(answer.partner_id, KIND, None, None)
            | {"state": "sent", "date_sent": answer.end_datetime}
        )
        feedback.write(
            {
                "survey_input_id": answer.id,
                "state": "answered",
                "date_answered": answer.end_datetime,
                "end_reason": False,
            }
        )
        feedback._after_answer()
        return feedback

    @api.model
    def _find_survey(self, answer):
        """The request that an answer is for: its own, else an earlier attempt's."""
        own = answer._get_trust_feedback()
        if own:
            return own
        mine = Domain(
            [
                ("kind", "=", KIND),
                ("partner_id", "=", answer.partner_id.id),
                ("survey_input_id.survey_id", "=", answer.survey_id.id),
            ]
        )
        days = timedelta(days=self.env.company.trust_feedback_wait_days)
        again = Domain("date_sent", ">", answer.end_datetime - days)
        if answer.invite_token:
            again |= Domain("survey_input_id.invite_token", "=", answer.invite_token)
        return self.search(mine & again, order="date_sent desc, id desc", limit=1)

    def _forget_answers(self):
        """The survey's answers were deleted: what they said is withdrawn."""
        self.invalidate_recordset(["survey_input_id", "survey_result"])
        self._collect_trust_evidence()

    def _is_low(self):
        """One dimension at 2 or less is somebody to listen to."""
        if self.kind != KIND:
            return super()._is_low()
        means = self._get_survey_means().get(self.id, {}).values()
        return any(mean <= feedback_scale.BAD for mean in means)

    def _get_answer_words(self):
        if self.kind != KIND:
            return super()._get_answer_words()
        return Markup("<br/>").join(self.survey_result.splitlines())

    def _prepare_follow_up_values(self):
        values = super()._prepare_follow_up_values()
        if self.kind == KIND:
            told = self.with_context(lang=self.user_id.lang)
            values["summary"] = told.env._(
                "%(customer)s is unhappy in the survey: listen, mend, tell",
                customer=self.partner_id.name,
            )
        return values

    # EVIDENCE

    def _prepare_trust_evidence(self):
        """One row per dimension that the survey speaks of, and the pulse's rows."""
        rows = super()._prepare_trust_evidence()
        means = self.sudo()._get_survey_means()
        for feedback in self.sudo().filtered(lambda f: f.id in means):
            if feedback.state != "answered" or not feedback.partner_id.partner_share:
                continue
            for name, mean in means[feedback.id].items():
                spoken = feedback_scale.spoken(mean)
                if spoken:
                    side, magnitude = spoken
                    signal = f"pulse_{name}_{side}"
                    rows.append(feedback._prepare_trust_row(signal, magnitude))
        return rows

    def _get_survey_means(self):
        """{feedback id: {dimension: mean of 1 to 5}} of what surveys say."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("%s ORDER BY 1", self._select_survey_means(self.ids))
        )
        means = {}
        for feedback_id, dimension, mean in rows:
            means.setdefault(feedback_id, {})[dimension] = mean
        return means

    @api.model
    def _select_survey_means(self, ids=None):
        """SELECT feedback_id, dimension, mean; of all, or of the ids only."""
        only = SQL("TRUE") if ids is None else SQL("f.id = ANY(%s)", list(ids))
        return SQL(
            """
            SELECT f.id AS feedback_id, q.trust_dimension AS dimension,
                   AVG(1 + 4.0 * (l.value_scale - q.scale_min)
                         / (q.scale_max - q.scale_min))::float8 AS mean
              FROM trust_feedback f
              JOIN survey_user_input i ON i.id = f.survey_input_id
              JOIN survey_user_input_line l ON l.user_input_id = i.id
              JOIN survey_question q ON q.id = l.question_id
             WHERE i.state = 'done' AND i.test_entry IS NOT TRUE
               AND l.answer_type = 'scale' AND l.skipped IS NOT TRUE
               AND q.question_type = 'scale' AND q.trust_dimension IN %s AND %s
          GROUP BY f.id, q.trust_dimension
            """,
            tuple(name for name, _label in RATER),
            only,
        )
