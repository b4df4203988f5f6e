# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""The SQL twin of ``tools/relationship_quality.py``, computed when somebody looks.

All sums of a customer fade by one factor, so the sums of the fold stay right and no
night has to touch them. A sum of nothing is stored as NULL and takes no room in the
row that ageing rewrites. The policy comes from its table, as one list may hold
companies of different policies.
"""

import math

from odoo.tools import SQL

from ..tools import relationship_quality as quality
from . import trust_score_sql as score_sql
from .trust_score_sql import GROUPS, QUALITY, decayed, name, number

# Affective commitment decides about stages: its sums belong to the score's.
OWN_PARTS = tuple(part for part in quality.PARTS if part not in QUALITY)
OWN_SUMS = tuple(f"x_{part}_{group}" for part in OWN_PARTS for group in GROUPS)

# Field of the relationship -> the part that it shows.
FIELDS = {
    "satisfaction": "satisfaction",
    "commitment_affective": "affective",
    "commitment_continuance": "continuance",
    "commitment_normative": "normative",
    "friendship_utilitarian": "utilitarian",
    "friendship_sociable": "sociable",
    "friendship_reciprocal": "reciprocal",
}
_BOUND = {"pos": "positive", "staff": "staff", "neg": "negative"}


class QualitySql:
    """What the sums of relationship ``r`` come to under the policy ``p``, as SQL.

    :param r, p: aliases of trust_relationship and trust_policy
    :param last_ageing: naive UTC datetime or None; what is shown is as of that night,
        or of a later fold, like the score beside it
    """

    def __init__(self, r, p, last_ageing):
        self.r, self.p = r, p
        shown = SQL("greatest(%s, %s, %s::timestamp)", *self._dates(), last_ageing)
        self.fade = SQL(
            "exp(greatest(%s, %s * %s / %s))",
            number(score_sql.EXPONENT),
            score_sql.age_days(shown, name(r, "as_of")),
            number(-math.log(2)),
            name(p, "half_life"),
        )

    def _dates(self):
        return name(self.r, "as_of"), name(self.r, "still_from")

    def value(self, field):
        """Return the SQL of a field of the relationship; NULL when never scored."""
        if field in FIELDS:
            return self._part(FIELDS[field])
        return {
            "friendship": self._friendship,
            "quality_index": self._index,
            "captive": self._captive,
            "quality_judged": self._judged,
        }[field]()

    # PARTS

    def _evidence(self, part):
        """Return (r, s) of a part."""
        pos, staff, neg = (
            SQL(
                "%(k)s * %(x)s / (%(k)s + %(x)s)",
                k=name(self.p, f"saturation_{_BOUND[group]}"),
                x=self._sum(part, group),
            )
            for group in GROUPS
        )
        return SQL("(%s + %s)", pos, staff), neg

    def _sum(self, part, group):
        """Return a sum as it is now."""
        stored = SQL("COALESCE(%s, 0::float8)", name(self.r, f"x_{part}_{group}"))
        return SQL("(%s)", decayed(stored, self.fade))

    def _part(self, part):
        r, s = self._evidence(part)
        prior = name(self.p, "prior_mass")
        return SQL("(100 * (%s + %s / 2) / (%s + %s + %s))", r, prior, r, s, prior)

    def _mass(self, *parts):
        return SQL(" + ").join(SQL("%s + %s", *self._evidence(part)) for part in parts)

    def _friendship(self):
        product = SQL(" * ").join(self._part(part) for part in quality.FRIENDSHIP)
        return SQL("power(%s, %s)", product, number(1 / 3))

    def _index(self):
        return SQL(
            "((%s + %s + %s + %s) / 4)",
            self._part("satisfaction"),
            name(self.r, "trust_index"),
            self._part("affective"),
            self._friendship(),
        )

    def _captive(self):
        return SQL(
            "(%s >= %s AND %s < %s)",
            self._part("continuance"),
            number(quality.CAPTIVE_BOUND),
            self._part("affective"),
            number(quality.CAPTIVE_WARMTH),
        )

    # WHAT MAY BE JUDGED

    def _judged(self):
        """Return the names of the fields with enough evidence, separated by spaces."""
        enough = {field: self._is_judged(part) for field, part in FIELDS.items()}
        enough["friendship"] = self._is_judged(*quality.FRIENDSHIP)
        enough["quality_index"] = SQL(
            "NOT %s AND (%s)",
            name(self.r, "thin"),
            SQL(" OR ").join(
                enough[field]
                for field in ("satisfaction", "commitment_affective", "friendship")
            ),
        )
        return SQL(
            "concat_ws(' ', %s)",
            score_sql.comma(
                SQL("CASE WHEN %s THEN %s END", condition, field)
                for field, condition in enough.items()
            ),
        )

    def _is_judged(self, *parts):
        return SQL(
            "(%(mass)s >= %(ref)s * %(thin)s / (1 - %(thin)s) / 4)",
            mass=self._mass(*parts),
            ref=name(self.p, "transfer_mass"),
            thin=name(self.p, "thin"),
        )
