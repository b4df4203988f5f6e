# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import circle_map
from . import trust_circle_map_sql as map_sql
from .ir_ui_view import is_measure
from .trust_today_moved import MOVED

MAX_DOTS = 10_000
SIZE = "mass"
DOT = ("id", "name", "index", "band", "place", "was", "size", "trend")


class TrustRelationship(models.Model):
    """What the circle map draws: every place, size and arrow is worked out here.

    One SELECT through the reader's own rules, answered column by column: ten thousand
    customers are ten short lists instead of ten thousand dictionaries.
    """

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    @api.model
    @api.readonly
    def get_circle_map(self, domain, size_measure=SIZE, limit=MAX_DOTS):
        """Return the customers of a domain as dots on rings.

        :param size_measure: name of a stored number, which becomes the size of a dot
        :param limit: at most so many dots, those with the most evidence first
        :return: dict ``rings`` (outermost first: ``id``, ``name``, ``count``),
            ``little`` (with little evidence), ``total``, ``size_range`` and ``dots``:
            equally long lists ``id``, ``name``, ``index`` (0..100), ``band``,
            ``place`` and ``was`` (see ``tools/circle_map.py``; ``was`` is where a
            moved one stood 30 days ago, else None), ``size`` (0..1), ``trend``
            (points in 30 days)
        """
        self._check_map_measure(size_measure)
        domain, limit = Domain(domain), min(max(int(limit), 1), MAX_DOTS)
        rings, little = self._read_rings(domain)
        rows = self._read_dots(domain, size_measure, limit)
        sizes = [row["size"] for row in rows]
        return {
            "rings": rings,
            "little": little,
            "total": little + sum(ring["count"] for ring in rings),
            "size_range": [min(sizes, default=0), max(sizes, default=0)],
            "dots": self._prepare_dots(rows, rings, circle_map.shares(sizes)),
        }

    # BUSINESS

    def _check_map_measure(self, name):
        field = self._fields.get(name)
        if not field or not is_measure(field, self.env):
            raise UserError(
                self.env._(
                    "A dot cannot be as large as “%(name)s”: choose a number that is "
                    "stored on the relationship.",
                    name=name,
                )
            )
        self._check_field_access(field, "read")

    def _read_rings(self, domain):
        """Return the rings with their counts, and the count of little evidence."""
        counts = dict(self._read_group(domain, ["circle_id"], ["__count"]))
        rings = [
            {"id": ring.id, "name": ring.name, "count": counts.get(ring, 0)}
            for ring in self.env["trust.circle"].search([], order="level")
        ]
        return rings, counts.get(self.env["trust.circle"], 0)

    def _read_dots(self, domain, size_measure, limit):
        query = self._search(domain, order="mass desc, id", limit=limit)
        if query.is_empty():
            return []
        with_past = self.env["trust.snapshot"].has_access("read")
        sql = map_sql.dots(self, query, size_measure, fields.Datetime.now(), with_past)
        rows = self.env.execute_query(sql)
        return [dict(zip(map_sql.COLUMNS, row, strict=True)) for row in rows]

    def _prepare_dots(self, rows, rings, sizes):
        places = Places(self, rings)
        dots = [
            (
                row["id"],
                row["name"] or "",
                round(row["index"] or 0),
                row["band"] or "",
                places.now(row),
                places.month_ago(row),
                size,
                round(row["trend"] or 0),
            )
            for row, size in zip(rows, sizes, strict=True)
        ]
        columns = zip(*dots, strict=True) if dots else [()] * len(DOT)
        return dict(zip(DOT, map(list, columns), strict=True))


class Places:
    """Where the customers of each company stand, by its published policy."""

    def __init__(self, relationships, rings):
        self.rings = {ring["id"]: number for number, ring in enumerate(rings)}
        self.levels = {c.id: c.level for c in self._circles(relationships)}
        self.bounds, self.thin = {}, {}
        for company_id, policy in relationships._policy_by_company().items():
            self.bounds[company_id] = circle_map.bounds(*policy._circle_thresholds())
            self.thin[company_id] = policy._parameters().thin

    @staticmethod
    def _circles(relationships):
        return relationships.env["trust.circle"].search([])

    def now(self, row):
        if row["circle_id"]:
            return self._in_ring(row, row["circle_id"], row["careful"])
        return circle_map.thin_place(row["confidence"] or 0, self._enough(row))

    def month_ago(self, row):
        """Return where a customer stood who came from another ring, or far."""
        if row["has_past"] and row["past_circle_id"] != row["circle_id"]:
            if row["past_circle_id"]:
                past = row["past_careful"] or 0
                return self._in_ring(row, row["past_circle_id"], past)
            return circle_map.thin_place(row["past_confidence"] or 0, self._enough(row))
        trend = row["trend"] or 0
        if not row["circle_id"] or abs(trend) < MOVED:
            return None
        return self._in_ring(row, row["circle_id"], row["careful"], trend)

    def _in_ring(self, row, circle_id, value, moved=0.0):
        bounds = self.bounds[row["company_id"]][self.levels[circle_id]]
        return circle_map.place(self.rings[circle_id], value, *bounds, moved)

    def _enough(self, row):
        return self.thin[row["company_id"]]
