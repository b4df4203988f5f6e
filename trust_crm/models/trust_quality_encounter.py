# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_sql_search import by_sql

ENCOUNTER = {"encounter_satisfaction": "overall", "encounter_feedback_id": "id"}


class TrustRelationship(models.Model):
    """How the last encounter was for them, apart from the satisfaction of years."""

    _inherit = "trust.relationship"

    encounter_satisfaction = fields.Integer(
        "Last Encounter",
        compute="_compute_encounter",
        search=by_sql("encounter_satisfaction"),
        aggregator="avg",
        help="The newest answer, 1 to 5, about one meeting, order or complaint.",
    )
    encounter_feedback_id = fields.Many2one(
        "trust.feedback", "Feedback on the Last Encounter", compute="_compute_encounter"
    )

    # COMPUTE

    @api.depends("partner_id", "company_id")
    def _compute_encounter(self):
        records = self._origin.sudo()
        self.env["trust.feedback"].flush_model()
        query = records._as_query(ordered=False)
        rows = self.env.execute_query(
            query.select(
                SQL.identifier(records._table, "id"),
                *(_newest(records._table, column) for column in ENCOUNTER.values()),
            )
        )
        found = {row[0]: row[1:] for row in rows}
        for relationship in self:
            values = found.get(relationship._origin.id, (0, False))
            for field, value in zip(ENCOUNTER, values, strict=True):
                relationship[field] = value

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "encounter_satisfaction" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        self.env["trust.feedback"].flush_model()
        return _newest(alias, "overall")


def _newest(alias, column):
    """Return the SQL of a column of the newest answer about one encounter."""
    return SQL(
        """(SELECT f.%(column)s FROM res_partner p
              JOIN trust_feedback f ON f.partner_id = p.id
             WHERE p.commercial_partner_id = COALESCE(%(family)s, %(partner)s)
               AND (%(is_commercial)s OR p.id = %(partner)s)
               AND f.company_id = %(company)s AND f.scope = 'encounter'
               AND f.state = 'answered' AND f.overall > 0
             ORDER BY f.date_answered DESC, f.id DESC LIMIT 1)""",
        column=SQL.identifier(column),
        family=SQL.identifier(alias, "commercial_partner_id"),
        partner=SQL.identifier(alias, "partner_id"),
        is_commercial=SQL.identifier(alias, "is_commercial"),
        company=SQL.identifier(alias, "company_id"),
    )
