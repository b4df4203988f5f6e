# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL of bonds: the sums a fold stores, the scores made from them when they are read.

All sums of a customer fade by one factor, so no night has to rewrite a bond.
"""

import math

from odoo.tools import SQL

from . import trust_fold_sql as fold_sql
from . import trust_score_sql as score_sql
from .trust_score_sql import COMPONENT_SUMS, COMPONENTS, age_days, comma, decayed, name

SCORES = ("trust_index", "index_sd", "index_low", "confidence", "mass", "share")


def upsert_bonds(scope, users):
    """Return the INSERT … ON CONFLICT of the bonds of ``scope`` from sums per user."""
    written = (*COMPONENT_SUMS, "first_date", "last_contact_date", "evidence_count")
    return SQL(
        """INSERT INTO trust_bond (relationship_id, user_id, company_id, %(columns)s)
           SELECT t.id, u.user_id, t.company_id, %(values)s
             FROM %(scope)s t JOIN %(users)s u ON u.rel = t.id
            WHERE u.user_id IS NOT NULL
           ON CONFLICT (relationship_id, user_id) DO UPDATE SET %(sets)s""",
        columns=comma(map(name, written)),
        values=comma(SQL("u.%s", name(c)) for c in written),
        scope=scope,
        users=users,
        sets=comma(SQL("%s = excluded.%s", name(c), name(c)) for c in written),
    )


def select_scores(ids, at, policy):
    """Return the SELECT of id and SCORES of bonds ``ids`` at ``at``.

    :param policy: :class:`trust_equation.Policy` of all their relationships
    """
    source = score_sql.scored(
        _faded(ids, at, policy), policy, lending=True, quality=False
    )
    return SQL(
        "SELECT s.id, %s FROM %s s WHERE s.id = ANY(%s)",
        comma(SQL("s.%s", name(c)) for c in SCORES),
        _with_share(source),
        ids,
    )


def _faded(ids, at, policy):
    """Return the sums of ``ids`` and their siblings at ``at``, and what is lent.

    A bond borrows from all the customer's evidence minus its own.
    """
    factor = score_sql.remaining(age_days(at, SQL("r.as_of")), policy.half_life)
    return SQL(
        """(SELECT b.id, b.relationship_id, %(sums)s, %(age)s AS age, %(lent)s
              FROM (SELECT b.*, %(factor)s AS f, %(totals)s
                      FROM trust_bond b
                      JOIN trust_relationship r ON r.id = b.relationship_id
                     WHERE r.id IN (SELECT relationship_id FROM trust_bond
                                     WHERE id = ANY(%(ids)s)) OFFSET 0) b
            OFFSET 0)""",
        sums=comma(
            SQL("%s AS %s", decayed(SQL("b.%s", name(c)), SQL("b.f")), name(c))
            for c in COMPONENT_SUMS
        ),
        totals=comma(SQL("r.%s AS %s", name(c), name("r" + c)) for c in COMPONENT_SUMS),
        age=SQL("COALESCE(%s, 0)", age_days(at, SQL("b.first_date"))),
        lent=fold_sql.lent(
            lambda c: decayed(SQL("b.%s", name(c)), SQL("b.f")),
            lambda c: decayed(SQL("b.%s", name("r" + c)), SQL("b.f")),
        ),
        factor=factor,
        ids=ids,
    )


def _with_share(source):
    """Return ``source`` with ``share``: an employee's part of the positive evidence."""
    good = SQL(" + ").join(SQL("s.%s", name(f"r_{c}")) for c in COMPONENTS)
    share = SQL(
        "COALESCE(s.good_r / nullif(sum(s.good_r) OVER (PARTITION BY"
        " s.relationship_id), 0), 0)"
    )
    return score_sql.layer({"share": share}, score_sql.layer({"good_r": good}, source))


# Share and mass alone, of any bond: what lists search and sort by. They take the policy
# from its table, as one list may hold companies of different policies.


def share_of(alias, at):
    """Return the scalar ``share`` of the bond ``alias`` at ``at``."""
    good = _saturated(("pos", "staff"))
    return SQL(
        """COALESCE((SELECT sum(g.good) FILTER (WHERE g.id = %(id)s)
                            / nullif(sum(g.good), 0)
                       FROM (SELECT o.id, %(good)s AS good FROM %(bonds)s
                              WHERE r.id = %(relationship)s) g), 0)""",
        id=name(alias, "id"),
        good=good,
        bonds=_bonds(at),
        relationship=name(alias, "relationship_id"),
    )


def mass_of(alias, at):
    """Return the scalar ``mass`` of the bond ``alias`` at ``at``."""
    return SQL(
        "COALESCE((SELECT %(mass)s FROM %(bonds)s WHERE r.id = %(relationship)s"
        " AND o.id = %(id)s), 0)",
        mass=_saturated(score_sql.GROUPS),
        bonds=_bonds(at),
        relationship=name(alias, "relationship_id"),
        id=name(alias, "id"),
    )


def _bonds(at):
    """Return the relation of bonds ``o`` with policy ``p`` and decay ``d.f``."""
    return SQL(
        """trust_relationship r JOIN trust_policy p ON p.id = r.policy_id
           JOIN trust_bond o ON o.relationship_id = r.id
          CROSS JOIN LATERAL (SELECT exp(greatest(%(floor)s,
                %(days)s * %(ln2)s / p.half_life)) AS f OFFSET 0) d""",
        floor=score_sql.number(score_sql.EXPONENT),
        days=age_days(at, SQL("r.as_of")),
        ln2=score_sql.number(-math.log(2)),
    )


def _saturated(groups):
    bound = {"pos": "positive", "staff": "staff", "neg": "negative"}
    return SQL(" + ").join(
        SQL(
            "%(k)s * %(x)s / (%(k)s + %(x)s)",
            k=name("p", f"saturation_{bound[group]}"),
            x=SQL("(%s)", decayed(name("o", f"x_{component}_{group}"), SQL("d.f"))),
        )
        for component in COMPONENTS
        for group in groups
    )
