# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_relationship import BANDS, LITTLE
from .trust_sql_search import by_sql

# Shown field -> column of trust.relationship.
MIRROR = {
    "trust_relationship_id": "id",
    "trust_index": "trust_index",
    "trust_confidence": "confidence",
    "trust_circle_id": "circle_id",
    "trust_stage_id": "stage_id",
    "trust_trend_30d": "trend_30d",
    "trust_band": "band",
    "trust_dissolving": "dissolving",
}
GROUP = "trust_crm.group_trust_user"
GROUP_ALL = "trust_crm.group_trust_user_all"


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: the score they show without storing it.

    The fields are not stored, yet sort, filter, group and aggregate in SQL: one hook,
    ``_field_to_sql``, joins the relationship of the active company. Scoring therefore
    never locks or re-tracks the partner that people are editing.
    """

    _name = "trust.subject.mixin"
    _description = "Trust Subject"

    trust_relationship_id = fields.Many2one(
        "trust.relationship",
        "Trust",
        compute="_compute_trust",
        search=by_sql("trust_relationship_id"),
        groups=GROUP,
    )
    trust_index = fields.Float(
        compute="_compute_trust",
        search=by_sql("trust_index"),
        aggregator="avg",
        groups=GROUP,
    )
    trust_confidence = fields.Float(
        compute="_compute_trust",
        search=by_sql("trust_confidence"),
        aggregator="avg",
        groups=GROUP,
    )
    trust_circle_id = fields.Many2one(
        "trust.circle",
        "Circle",
        compute="_compute_trust",
        falsy_value_label=LITTLE,
        search=by_sql("trust_circle_id"),
        groups=GROUP,
    )
    trust_stage_id = fields.Many2one(
        "trust.stage",
        compute="_compute_trust",
        search=by_sql("trust_stage_id"),
        groups=GROUP,
    )
    trust_trend_30d = fields.Float(
        "Trust Moved in 30 Days",
        compute="_compute_trust",
        search=by_sql("trust_trend_30d"),
        aggregator="avg",
        groups=GROUP,
    )
    trust_band = fields.Selection(
        BANDS,
        compute="_compute_trust",
        falsy_value_label=LITTLE,
        search=by_sql("trust_band"),
        groups=GROUP,
    )

    trust_dissolving = fields.Boolean(
        "Dissolving",
        compute="_compute_trust",
        search=by_sql("trust_dissolving"),
        groups=GROUP,
    )

    # COMPUTE

    @api.depends_context("company", "uid")
    def _compute_trust(self):
        """Read what the relationships say; those the user may not read stay empty.

        Straight into the cache, without assigning; screens read by ``web_read``.
        """
        records = self._origin
        values = records._read_trust(MIRROR)
        for record in self:
            found = values.get(record._origin.id) or {}
            for name in MIRROR:
                field = self._fields[name]
                value = field.convert_to_cache(found.get(name), record, validate=False)
                field._update_cache(record, value)

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        column = MIRROR.get(field_expr)
        if column is None or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        terms = [
            self.env["trust.relationship"]._mirrored(joined, column)
            for joined in self._join_trust(alias, query)
        ]
        return (
            terms[0] if len(terms) == 1 else SQL("COALESCE(%s)", SQL(", ").join(terms))
        )

    def _join_trust(self, alias, query):
        """Join the relationships of ``alias`` in the active company.

        :return: aliases; a value is the first that is not NULL
        """
        raise NotImplementedError

    def _trust_key(self):
        """Return (partner id, lead id) that name this record's relationships."""
        raise NotImplementedError

    def _left_join_trust(self, alias, query, column, link):
        """LEFT JOIN trust.relationship on ``column`` = ``alias.link``; return it.

        The alias carries the company, so two companies in one query do not clash.
        """
        company_id = self.env.company.id
        joined = query.make_alias(alias, f"{column}_trust_{company_id}")
        query.add_join(
            "LEFT JOIN",
            joined,
            "trust_relationship",
            SQL(
                "%s = %s AND %s = %s AND %s",
                SQL.identifier(joined, column),
                SQL.identifier(alias, link, to_flush=self._fields[link]),
                SQL.identifier(joined, "company_id"),
                company_id,
                self._is_trust_readable(joined),
            ),
        )
        return joined

    def _is_trust_readable(self, alias):
        """SQL: the user may read the relationship ``alias`` of the active company."""
        if self.env.su or self.env.user.has_group(GROUP_ALL):
            return SQL("TRUE")
        allowed = self.env["trust.relationship"]._search([])
        return SQL("%s IN %s", SQL.identifier(alias, "id"), allowed.subselect())

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort subjects without a relationship last, whichever the direction."""
        if field_name in MIRROR and not nulls.code:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # BUSINESS

    @api.model
    def _invalidate_trust_fields(self):
        self.invalidate_model(list(MIRROR), flush=False)

    def action_trust_win_back(self):
        """Schedule the win-back plan of this customer or lead."""
        self.ensure_one()
        return self.trust_relationship_id.action_win_back()

    def action_open_trust(self):
        """Open the relationship of this record, made if missing."""
        self.ensure_one()
        relationship = self.env["trust.relationship"]._get_for(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.relationship",
            "res_id": relationship.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
