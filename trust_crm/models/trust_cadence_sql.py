# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""The SQL twin of ``tools/contact_cadence.py``: when a relationship's contact is due.

``r`` is a relationship, ``p`` its customer and ``b`` the company behind; each may be
missing. Nothing is stored, so what changes a date (a contact, another circle, a
customer's own rhythm, "no friendly contact") counts at once and costs the refresh
nothing.
"""

from odoo.tools import SQL

NAMES = ("contact_days", "next_contact_date", "contact_limit_date", "contact_due")


class Cadence:
    """The dates of one reader: circles as constants, days on the reader's calendar."""

    def __init__(self, rhythms, zone, today):
        """:param rhythms: ``{circle id: (ideal, longest)}``, None for no circle"""
        self.rhythms, self.zone, self.today = rhythms, zone, today

    def column(self, name, r, p, b):
        """Return the SQL of one of ``NAMES`` from the aliases of its tables."""
        if name == "contact_days":
            last = self._day(SQL.identifier(r, "last_contact_date"))
            days = SQL("%s::date - %s", self.today, last)
            return SQL("CASE WHEN %s < 0 THEN 0 ELSE %s END", days, days)
        ideal = self._ideal(r, p, b)
        following = SQL("(%s + %s)", self._since(r), ideal)
        if name == "next_contact_date":
            return following
        latest = SQL("(%s + %s)", self._since(r), self._longest(ideal, r, p))
        if name == "contact_limit_date":
            return latest
        return SQL(
            """CASE WHEN %(following)s IS NULL THEN NULL
                    WHEN %(today)s > %(latest)s THEN 'overdue'
                    WHEN %(following)s <= %(today)s THEN 'due'
                    WHEN %(following)s <= %(today)s + 7 THEN 'week'
                    ELSE 'later' END""",
            following=following,
            latest=latest,
            today=SQL("%s::date", self.today),
        )

    def _since(self, r):
        """The last contact, or when we began to know of each other."""
        names = ("last_contact_date", "first_date", "last_date")
        since = SQL(", ").join(SQL.identifier(r, name) for name in names)
        return self._day(SQL("COALESCE(%s)", since))

    def _day(self, moment):
        return SQL("((%s) AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self.zone)

    def _ideal(self, r, p, b):
        return SQL(
            """CASE WHEN %s AND %s IS NOT TRUE AND %s IS NOT TRUE
                    THEN COALESCE(NULLIF(%s, 0), %s) END""",
            SQL.identifier(p, "active"),
            SQL.identifier(p, "trust_no_contact"),
            SQL.identifier(b, "trust_no_contact"),
            SQL.identifier(p, "trust_ideal_days"),
            self._of_circle(r, 0),
        )

    def _longest(self, ideal, r, p):
        longest = SQL(
            "COALESCE(NULLIF(%s, 0), %s)",
            SQL.identifier(p, "trust_max_days"),
            self._of_circle(r, 1),
        )
        # GREATEST passes NULL by.
        return SQL(
            "CASE WHEN %(ideal)s IS NOT NULL AND %(longest)s IS NOT NULL"
            " THEN GREATEST(%(ideal)s, %(longest)s) END",
            ideal=ideal,
            longest=longest,
        )

    def _of_circle(self, r, which):
        """The days of a relationship's circle, NULL for none."""
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s::int", circle, days[which] or None)
            for circle, days in self.rhythms.items()
            if circle
        )
        outside = SQL("%s::int", self.rhythms[None][which] or None)
        if len(self.rhythms) == 1:
            return outside
        return SQL(
            "CASE %s %s ELSE %s END", SQL.identifier(r, "circle_id"), cases, outside
        )
