# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_cadence_sql import NAMES
from .trust_sql_search import by_sql
from .trust_subject_mixin import GROUP, MIRROR

MIRROR |= {
    "trust_last_contact_date": "last_contact_date",
    "trust_contact_days": "contact_days",
    "trust_next_contact_date": "next_contact_date",
}


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead show last and next contact, as they show the score."""

    _inherit = "trust.subject.mixin"  # pylint: disable=consider-merging-classes-inherited

    trust_last_contact_date = fields.Datetime(
        "Last Contact",
        compute="_compute_trust",
        search=by_sql("trust_last_contact_date"),
        groups=GROUP,
    )
    trust_contact_days = fields.Integer(
        "Days Since Contact",
        compute="_compute_trust",
        search=by_sql("trust_contact_days"),
        aggregator="avg",
        groups=GROUP,
    )
    trust_next_contact_date = fields.Date(
        "Next Contact",
        compute="_compute_trust",
        search=by_sql("trust_next_contact_date"),
        groups=GROUP,
    )


class TrustRelationship(models.Model):
    """How partner and lead read a column of a relationship that they joined."""

    _inherit = "trust.relationship"

    @api.model
    def _mirrored(self, alias, column):
        if column in NAMES:
            return self._cadence_of_row(alias, column)
        return SQL.identifier(alias, column, to_flush=self._fields[column])
