# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL


class TrustComplaintReport(models.Model):
    """Complaints by cause, moment of truth, dimension, team and month.

    One row per complaint whose sender is known. No employee is in it: nobody compares
    colleagues by the complaints about them. ``per_thousand`` adds up to complaints per
    1,000 customers of the company (people and firms with a relationship today).
    """

    _name = "trust.complaint.report"
    _description = "Analysis of complaints"
    _auto = False
    _order = "received_date desc"
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one("trust.complaint", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    received_date = fields.Datetime("Received on", readonly=True)
    step_id = fields.Many2one("trust.complaint.step", readonly=True)
    severity = fields.Selection(
        selection=lambda self: self._selection_of("severity"), readonly=True
    )
    source = fields.Selection(
        selection=lambda self: self._selection_of("source"),
        string="Came by",
        readonly=True,
    )
    cause_id = fields.Many2one("trust.complaint.cause", "Root cause", readonly=True)
    touchpoint_id = fields.Many2one(
        "trust.touchpoint", "Moment of truth", readonly=True
    )
    rater = fields.Selection(
        selection=lambda self: self._selection_of("rater"),
        string="Dimension",
        readonly=True,
    )
    recovered = fields.Selection(
        selection=lambda self: self._selection_of("recovered"),
        string="Trust recovered",
        readonly=True,
    )
    is_repeat = fields.Boolean("Repeat", readonly=True)
    answer_time = fields.Float("Hours to first answer", aggregator="avg", readonly=True)
    solution_time = fields.Float("Hours to solution", aggregator="avg", readonly=True)
    answer_rate = fields.Float("Answered in time (%)", aggregator="avg", readonly=True)
    is_judged = fields.Boolean(
        "Answered or late",
        readonly=True,
        help="It is known whether the first answer came in time.",
    )
    solution_rate = fields.Float("Solved in time (%)", aggregator="avg", readonly=True)
    recovered_rate = fields.Float(
        "Trust recovered (%)",
        aggregator="avg",
        readonly=True,
        help="Of those where the customer said so, yes or no.",
    )
    repeat_rate = fields.Float("Repeats (%)", aggregator="avg", readonly=True)
    recovery_30 = fields.Float(
        "Points after 30 days",
        aggregator="avg",
        readonly=True,
        help="Trust index 30 days after the resolution, against the day it came.",
    )
    recovery_90 = fields.Float("Points after 90 days", aggregator="avg", readonly=True)
    per_thousand = fields.Float(
        "Per 1,000 customers", aggregator="sum", digits=(16, 1), readonly=True
    )

    # ACTIONS

    @api.readonly
    def action_open_complaint(self):
        """The complaint behind the row."""
        self.ensure_one()
        return self.complaint_id.get_formview_action()

    # BUSINESS

    def _selection_of(self, name):
        field = self.env["trust.complaint"]._fields[name]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH customer AS (
                SELECT r.company_id, count(DISTINCT p.commercial_partner_id) AS number
                  FROM trust_relationship r JOIN res_partner p ON p.id = r.partner_id
              GROUP BY r.company_id
            )
            SELECT c.id, c.id AS complaint_id, c.partner_id, c.commercial_partner_id,
                   c.team_id, c.company_id, c.received_date, c.step_id, c.severity,
                   c.source, c.cause_id, c.touchpoint_id, c.rater, c.recovered,
                   c.original_id IS NOT NULL AS is_repeat,
                   date_part('epoch', c.answered_date - c.received_date) / 3600
                       AS answer_time,
                   date_part('epoch', c.resolved_date - c.received_date) / 3600
                       AS solution_time,
                   100.0 * (%(answered)s <= c.answer_deadline)::int AS answer_rate,
                   (%(answered)s <= c.answer_deadline) IS NOT NULL AS is_judged,
                   100.0 * (%(resolved)s <= c.solution_deadline)::int AS solution_rate,
                   CASE c.recovered WHEN 'yes' THEN 100.0 WHEN 'no' THEN 0 END
                       AS recovered_rate,
                   100.0 * (c.original_id IS NOT NULL)::int AS repeat_rate,
                   NULLIF(c.trust_after, 0) - NULLIF(c.trust_before, 0) AS recovery_30,
                   NULLIF(c.trust_after_90, 0) - NULLIF(c.trust_before, 0)
                       AS recovery_90,
                   1000.0 / GREATEST(customer.number, 1) AS per_thousand
              FROM trust_complaint c
         LEFT JOIN customer ON customer.company_id = c.company_id
             WHERE c.confirmed
            """,
            answered=self._done_sql("answered_date", "answer_deadline"),
            resolved=self._done_sql("resolved_date", "solution_deadline"),
        )

    @staticmethod
    def _done_sql(done, deadline):
        """SQL: when it was done; now for what is late already; else not known yet."""
        done, deadline = SQL.identifier("c", done), SQL.identifier("c", deadline)
        return SQL(
            "COALESCE(%(done)s, CASE WHEN %(deadline)s < %(now)s AND "
            "c.paused_since IS NULL AND c.stopped_date IS NULL THEN %(now)s END)",
            done=done,
            deadline=deadline,
            now=fields.Datetime.now(),
        )
