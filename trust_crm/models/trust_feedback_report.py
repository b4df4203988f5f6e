# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

from .trust_feedback import RATER
from .trust_feedback_moment import READ as MOMENT

ENOUGH = 5


class TrustFeedbackReport(models.Model):
    """RATER: what customers perceive and expect per dimension, and the gap.

    One row per answer and dimension. The expectation is the person's own of the last
    365 days, as it is asked once a year. ``gap`` is the average perception less the
    average expectation, as shown. Averages of fewer than five answers are left empty,
    and screens say "too few": a number would look like knowledge.

    Another source of RATER answers extends :meth:`_select_answers` with UNION ALL.
    """

    _name = "trust.feedback.report"
    _description = "RATER Report"
    _inherit = "trust.unranked.mixin"
    _auto = False
    _depends = {
        **MOMENT,
        "trust.feedback": [
            *MOMENT["trust.feedback"],
            *(f"score_{name}" for name, _label in RATER),
            *(f"expected_{name}" for name, _label in RATER),
            "scope",
            "partner_id",
            "user_id",
            "team_id",
            "campaign_id",
            "company_id",
            "date_answered",
            "state",
            "asks_yearly",
        ],
        "res.partner": ["commercial_partner_id"],
    }
    _order = "date desc, id"
    _rec_name = "dimension"

    feedback_id = fields.Many2one("trust.feedback", readonly=True)
    dimension = fields.Selection(RATER, readonly=True)
    perception = fields.Float(readonly=True, aggregator="avg", digits=(3, 2))
    expectation = fields.Float(readonly=True, aggregator="avg", digits=(3, 2))
    gap = fields.Float(
        readonly=True,
        aggregator="avg",
        digits=(3, 2),
        help="Perception less expectation.",
    )
    scope = fields.Selection(
        [("encounter", "One encounter"), ("relationship", "The whole relationship")],
        "About",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Person", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    campaign_id = fields.Many2one("trust.campaign", readonly=True)
    touchpoint_id = fields.Many2one(
        "trust.touchpoint",
        "Moment of truth",
        readonly=True,
        help="Of the complaint, encounter, meeting or order that the answer is about.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Datetime("Answered on", readonly=True)

    # ORM

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT a.*, p.commercial_partner_id, a.perception - a.expectation AS gap,
                   %(moment)s AS touchpoint_id
              FROM (%(answers)s) a
              JOIN trust_feedback f ON f.id = a.feedback_id
         LEFT JOIN res_partner p ON p.id = a.partner_id
            """,
            answers=self._select_answers(),
            moment=self.env["trust.feedback"]._select_moment(),
        )

    def _read_group_select(self, aggregate_spec, query):
        """No average of fewer than five; the gap is what the two averages leave."""
        if aggregate_spec == "gap:avg":
            return SQL(
                "%s - %s",
                self._average("perception", query),
                self._average("expectation", query),
            )
        if aggregate_spec in ("perception:avg", "expectation:avg"):
            return self._average(aggregate_spec.partition(":")[0], query)
        return super()._read_group_select(aggregate_spec, query)

    def _average(self, name, query):
        return SQL(
            "CASE WHEN COUNT(%(column)s) >= %(enough)s THEN AVG(%(column)s) END",
            column=self._field_to_sql(self._table, name, query),
            enough=ENOUGH,
        )

    # BUSINESS

    def _say_unranked(self):
        return self.env["trust.feedback"]._say_unranked()

    def _select_answers(self):
        """SELECT of answers, one row per dimension.

        Columns: id, feedback_id, dimension, perception, expectation (1 to 5), scope,
        partner_id, user_id, team_id, campaign_id, company_id, date.
        """
        dimensions = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s)",
                number,
                name,
                SQL.identifier("f", f"score_{name}"),
                SQL.identifier("e", f"expected_{name}"),
            )
            for number, (name, _label) in enumerate(RATER)
        )
        return SQL(
            """
            SELECT f.id * 10 + d.number AS id, f.id AS feedback_id, d.dimension,
                   d.perception::float8 AS perception,
                   NULLIF(d.expectation, 0)::float8 AS expectation,
                   f.scope, f.partner_id, f.user_id, f.team_id, f.campaign_id,
                   f.company_id, f.date_answered AS date
              FROM trust_feedback f
         LEFT JOIN LATERAL (%s) e ON TRUE
        CROSS JOIN LATERAL (VALUES %s)
                   AS d (number, dimension, perception, expectation)
             WHERE f.state = 'answered' AND d.perception > 0
            """,
            self._select_expectation(),
            dimensions,
        )

    def _select_expectation(self):
        """SELECT of the feedback that told what the person of ``f`` expected then."""
        return SQL(
            """
            SELECT x.* FROM trust_feedback x
             WHERE x.partner_id = f.partner_id AND x.company_id = f.company_id
               AND x.asks_yearly
               AND x.state = 'answered' AND x.date_answered <= f.date_answered
               AND x.date_answered > f.date_answered - interval '365 days'
          ORDER BY x.date_answered DESC LIMIT 1
            """
        )
