# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL of the circle map: where each customer stands, and stood 30 days ago."""

from odoo.tools import SQL

# What the drawing asks of a relationship, by the name of its field
STANDING = {
    "index": "trust_index",
    "band": "band",
    "circle_id": "circle_id",
    "careful": "circle_low",
    "confidence": "confidence",
    "trend": "trend_30d",
    "company_id": "company_id",
    "changed": "snapshot_date",
}
PAST = ("has_past", "past_circle_id", "past_careful", "past_confidence")
COLUMNS = ("id", "name", "size", *STANDING, *PAST)


def dots(relationships, query, size_measure, at, with_past):
    """Return the SELECT of ``COLUMNS`` for a query of relationships.

    :param with_past: whether the reader may know the history
    """
    return SQL(
        "SELECT d.*, %s FROM (%s) d %s",
        SQL(", ").join(SQL("p.%s", SQL.identifier(name)) for name in PAST)
        if with_past
        else SQL("FALSE, NULL, NULL, NULL"),
        _standing(relationships, query, size_measure),
        _past(at) if with_past else SQL(),
    )


def _standing(relationships, query, size_measure):
    table = query.table
    columns = [
        SQL("%s AS id", SQL.identifier(table, "id")),
        SQL("%s AS name", _name(relationships, query)),
        _column(relationships, query, size_measure, "size", SQL("0")),
        *(
            _column(relationships, query, field, column)
            for column, field in STANDING.items()
        ),
    ]
    return query.select(*columns)


def _column(relationships, query, field, column, default=None):
    value = relationships._field_to_sql(query.table, field, query)
    if default:
        value = SQL("COALESCE(%s, %s)", value, default)
    return SQL("%s AS %s", value, SQL.identifier(column))


def _name(relationships, query):
    """Return the name of the customer, or of the lead that has none."""
    names = []
    for link, field in (("partner_id", "complete_name"), ("lead_id", "name")):
        subjects = relationships.env[relationships._fields[link].comodel_name]
        alias = query.left_join(query.table, link, subjects._table, "id", link)
        names.append(subjects._field_to_sql(alias, field, query))
    return SQL("COALESCE(%s)", SQL(", ").join(names))


def _past(at):
    """Return the join of what was shown 30 days ago.

    A change of circle always keeps history: who has none since then stood where they
    stand, and is not looked up.
    """
    return SQL(
        """LEFT JOIN LATERAL (
               SELECT TRUE AS has_past, sn.circle_id AS past_circle_id,
                      sn.index_low AS past_careful, sn.confidence AS past_confidence
                 FROM trust_snapshot sn
                WHERE sn.relationship_id = d.id
                  AND sn.date <= %(month_ago)s
                  AND d.changed > %(month_ago)s
                ORDER BY sn.date DESC LIMIT 1) p ON TRUE""",
        month_ago=SQL("%s::timestamp - interval '30 days'", at),
    )
