# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL


class TrustPromiseReport(models.Model):
    """Promise keeping by customer, team, month and, in private, employee.

    One row per promise of ours. ``kept_rate`` is the share kept in time of those
    that came to an end: kept, kept late, broken (moved too late, or taken back by
    us, included); open ones and those cancelled at the customer's wish do not
    count. The employee, and a team of one, are only filled for oneself and for the
    people whose sales team one leads: nobody can compare employees they do not lead.
    """

    _name = "trust.promise.report"
    _description = "Promise keeping"
    _auto = False
    _depends = {
        "trust.promise": [
            "partner_id",
            "lead_id",
            "team_id",
            "company_id",
            "date_deadline",
            "state",
            "slip_count",
            "user_id",
            "missed_at",
            "cancel_asked_by",
            "lateness_days",
            "direction",
        ],
        "res.partner": ["commercial_partner_id"],
        "crm.team": ["user_id"],
        "crm.team.member": ["crm_team_id", "user_id", "active"],
    }
    _order = "date_deadline desc"
    _rec_name = "promise_id"

    promise_id = fields.Many2one("trust.promise", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Promised by",
        readonly=True,
        help="Shown for yourself and the members of the teams you lead.",
    )
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_deadline = fields.Date("Due", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["trust.promise"]._fields["state"]._description_selection(self.env)
        ),
        readonly=True,
    )
    kept_rate = fields.Float("Kept in time (%)", aggregator="avg", readonly=True)
    has_ended = fields.Boolean(
        "Came to an end",
        readonly=True,
        help="Kept, kept late, broken, moved too late or taken back by us.",
    )
    slip_count = fields.Integer("Slips", readonly=True)
    lateness_days = fields.Float(
        "Median days late",
        aggregator="avg",
        readonly=True,
        help="Median over the promises kept late.",
    )

    # ACTIONS

    @api.readonly
    def action_open_promise(self):
        """The promise behind the row."""
        self.ensure_one()
        return self.promise_id.get_formview_action()

    # BUSINESS

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT p.id, p.id AS promise_id, p.partner_id, p.lead_id,
                   CASE WHEN %(sees)s OR p.team_id NOT IN (
                             SELECT crm_team_id FROM crm_team_member WHERE active
                           GROUP BY crm_team_id HAVING count(*) = 1)
                        THEN p.team_id END AS team_id,
                   c.commercial_partner_id, p.company_id, p.date_deadline, p.state,
                   p.slip_count,
                   CASE WHEN %(sees)s THEN p.user_id END AS user_id,
                   CASE WHEN p.state = 'kept' THEN 100.0
                        WHEN %(ended)s THEN 0.0 END AS kept_rate,
                   %(ended)s IS TRUE AS has_ended,
                   CASE WHEN p.state = 'kept_late'
                        THEN p.lateness_days::float8 END AS lateness_days
              FROM trust_promise p
              LEFT JOIN res_partner c ON c.id = p.partner_id
             WHERE p.direction = 'ours'
            """,
            sees=self._get_employee_condition(),
            ended=SQL(
                "(p.state IN ('kept', 'kept_late', 'broken')"
                " OR p.missed_at IS NOT NULL OR p.cancel_asked_by = 'us')"
            ),
        )

    def _get_employee_condition(self):
        """SQL: may this user see whose promise it is?"""
        if self.env.su:
            return SQL("TRUE")
        return SQL(
            """(p.user_id = %(me)s OR EXISTS (
                SELECT FROM crm_team_member m JOIN crm_team t ON t.id = m.crm_team_id
                 WHERE m.user_id = p.user_id AND m.active AND t.user_id = %(me)s))""",
            me=self.env.uid,
        )

    def _read_group_select(self, aggregate_spec, query):
        """A median cannot be averaged: let the database take it per group."""
        if aggregate_spec == "lateness_days:avg":
            return SQL(
                "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)",
                self._field_to_sql(self._table, "lateness_days", query),
            )
        return super()._read_group_select(aggregate_spec, query)
