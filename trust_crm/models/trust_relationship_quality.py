# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_quality_sql import FIELDS, QualitySql
from .trust_sql_search import by_sql
from .trust_sums_mixin import evidence_sum

SHOWN = (*FIELDS, "friendship", "quality_index", "captive", "quality_judged")
SORTED = tuple(field for field in SHOWN if field != "quality_judged")


class TrustRelationship(models.Model):
    """Quality (S13, S15, S16): satisfaction, trust, commitment, friendship.

    Each part is a number of its own on 0..100 from its own lines of the policy, beside
    the score and never added to it. Stored are the sums, as of the fold; what they come
    to is computed when somebody looks, and sorts, filters and groups all the same. A
    part with hardly any evidence is not in ``quality_judged`` and shows as a dash.
    """

    _inherit = "trust.relationship"

    # Sums of evidence at ``as_of``, empty for none
    x_satisfaction_pos = evidence_sum()
    x_satisfaction_staff = evidence_sum()
    x_satisfaction_neg = evidence_sum()
    x_continuance_pos = evidence_sum()
    x_continuance_staff = evidence_sum()
    x_continuance_neg = evidence_sum()
    x_normative_pos = evidence_sum()
    x_normative_staff = evidence_sum()
    x_normative_neg = evidence_sum()
    x_utilitarian_pos = evidence_sum()
    x_utilitarian_staff = evidence_sum()
    x_utilitarian_neg = evidence_sum()
    x_sociable_pos = evidence_sum()
    x_sociable_staff = evidence_sum()
    x_sociable_neg = evidence_sum()
    x_reciprocal_pos = evidence_sum()
    x_reciprocal_staff = evidence_sum()
    x_reciprocal_neg = evidence_sum()

    quality_index = fields.Float(
        "Relationship Quality",
        compute="_compute_quality",
        search=by_sql("quality_index"),
        aggregator="avg",
        help="Mean of satisfaction, trust index, affective commitment and friendship.",
    )
    satisfaction = fields.Float(
        compute="_compute_quality",
        search=by_sql("satisfaction"),
        aggregator="avg",
        help="From feedback and the outcome of complaints, all of it together.",
    )
    commitment_affective = fields.Float(
        "Affective Commitment",
        compute="_compute_quality",
        search=by_sql("commitment_affective"),
        aggregator="avg",
        help="They stay because they want to.",
    )
    commitment_continuance = fields.Float(
        "Continuance Commitment",
        compute="_compute_quality",
        search=by_sql("commitment_continuance"),
        aggregator="avg",
        help="They stay because leaving is hard: a contract, a cost, no other choice.",
    )
    commitment_normative = fields.Float(
        "Normative Commitment",
        compute="_compute_quality",
        search=by_sql("commitment_normative"),
        aggregator="avg",
        help="They stay because they feel that they owe it.",
    )
    friendship = fields.Float(
        "Commercial Friendship",
        compute="_compute_quality",
        search=by_sql("friendship"),
        aggregator="avg",
        help="Geometric mean of its three parts: one that is missing cannot be made up "
        "by the others.",
    )
    friendship_utilitarian = fields.Float(
        "Useful to Each Other",
        compute="_compute_quality",
        search=by_sql("friendship_utilitarian"),
        aggregator="avg",
        help="Needs met and purchases.",
    )
    friendship_sociable = fields.Float(
        "In Each Other's Company",
        compute="_compute_quality",
        search=by_sql("friendship_sociable"),
        aggregator="avg",
        help="Calls, visits, meetings, events.",
    )
    friendship_reciprocal = fields.Float(
        "Give and Take",
        compute="_compute_quality",
        search=by_sql("friendship_reciprocal"),
        aggregator="avg",
        help="Introductions, gifts and favours, both ways.",
    )
    captive = fields.Boolean(
        "Captive, Not Loyal",
        compute="_compute_quality",
        search=by_sql("captive"),
        help="Bound to us, and without affection: gone as soon as there is a way out.",
    )
    quality_judged = fields.Char(
        compute="_compute_quality", export_string_translation=False
    )

    # COMPUTE

    @api.depends("as_of", "policy_id", "trust_index", "thin")
    def _compute_quality(self):
        records = self._origin.sudo()
        query = records._as_query(ordered=False)
        columns = [
            records._field_to_sql(records._table, field, query) for field in SHOWN
        ]
        rows = self.env.execute_query(
            query.select(SQL.identifier(records._table, "id"), *columns)
        )
        found = {row[0]: row[1:] for row in rows}
        nothing = (False,) * len(SHOWN)
        for relationship in self:
            values = found.get(relationship._origin.id, nothing)
            for field, value in zip(SHOWN, values, strict=True):
                relationship[field] = value

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let the parts of quality sort, filter, group and be averaged."""
        if field_expr not in SHOWN or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        policy = query.left_join(alias, "policy_id", "trust_policy", "id", "policy_id")
        return QualitySql(alias, policy, self._last_ageing()).value(field_expr)
