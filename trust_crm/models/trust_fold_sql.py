# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""SQL that folds the ledger: which rows speak about whom, and their decayed sums.

``per user`` (relationship x employee) comes first, for the bonds; a relationship's own
sums are the sums over its users, so the ledger is read once for both.
"""

from itertools import zip_longest

from odoo.tools import SQL

from . import trust_score_sql as score_sql
from .trust_quality_sql import OWN_PARTS, OWN_SUMS
from .trust_score_sql import (
    COMPONENT_SUMS,
    QUALITY_SUMS,
    SUMS,
    age_days,
    comma,
    name,
    remaining,
)

# Slot of a part's good evidence by others; by our staff, and bad, follow.
_SCORE_SLOTS = {"C": 0, "R": 3, "I": 6, "O": 9}
_QUALITY_SLOTS = {
    part: 3 * i for i, part in enumerate((*score_sql.QUALITY, *OWN_PARTS))
}
_CODES_PER_COLUMN = 62

FACTS = ("first_date", "last_date", "last_contact_date", "customer_date")


class FoldPlan:
    """What a fold needs to know of a policy and the signals, as SQL constants.

    A line of the plan counts on a component and on a part of quality at once: as many
    rows pass the fold as if there were no quality.
    """

    def __init__(self, policy, weights, contact_signal_ids):
        """:param weights: ``[(signal id, part, weight)]``"""
        self.policy = policy
        self.contacts = list(contact_signal_ids) or [0]
        self.lines, self.code_columns = self._prepare_lines(weights)
        self.quality = self._prepare_quality(weights)
        slots = dict(enumerate(QUALITY_SUMS + OWN_SUMS))
        self.quality_slots = {
            slot: column
            for slot, column in slots.items()
            if column in QUALITY_SUMS or column in self.quality
        }

    def _prepare_lines(self, weights):
        """Return rows ``(signal, first, component, quality, code column, bit)``.

        Component and quality are ``(slot, weight, negative)``, empty where a signal has
        less of one than of the other.
        """
        scores, qualities = (
            self._by_signal(weights, slots) for slots in (_SCORE_SLOTS, _QUALITY_SLOTS)
        )
        good = sorted(
            s for s, terms in scores.items() if not all(term[2] for term in terms)
        )
        code = {s: divmod(i, _CODES_PER_COLUMN) for i, s in enumerate(good)}
        lines, nothing = [], (None, 0.0, False)
        for signal in scores | qualities:
            column, bit = code.get(signal, (0, 0))
            terms = zip_longest(
                scores.get(signal, ()), qualities.get(signal, ()), fillvalue=nothing
            )
            for i, (score, quality) in enumerate(terms):
                lines.append((signal, i == 0, *score, *quality, column, 1 << bit))
        return lines, max(1, -(-len(good) // _CODES_PER_COLUMN))

    def _by_signal(self, weights, slots):
        """Return ``{signal: [(slot, weight, negative)]}`` of the parts in ``slots``."""
        found = {}
        for signal, part, weight in weights:
            if part in slots:
                bad = weight < 0
                factor = self.policy.negative_multiplier if bad else 1.0
                term = (slots[part] + 2 * bad, abs(weight) * factor, bad)
                found.setdefault(signal, []).append(term)
        return found

    @staticmethod
    def _prepare_quality(weights):
        """Return the sums of quality that these weights can fill at all."""
        found = set()
        for _signal, part, weight in weights:
            if part in OWN_PARTS:
                groups = ("neg",) if weight < 0 else ("pos", "staff")
                found |= {f"x_{part}_{group}" for group in groups}
        return tuple(column for column in OWN_SUMS if column in found)

    @property
    def sums(self):
        return SUMS + self.quality

    def code_names(self):
        return [f"codes_{i}" for i in range(self.code_columns)]

    def values(self):
        """Return the policy lines as an SQL relation."""
        nothing = (0, True, None, 0.0, False, None, 0.0, False, 0, 0)
        rows = comma(
            SQL(
                "(%s::int, %s, %s::int, %s::float8, %s, %s::int, %s::float8, %s,"
                " %s::int, %s::bigint)",
                *line,
            )
            for line in self.lines or [nothing]
        )
        return SQL(
            "(VALUES %s) AS l (signal_id, first, slot, weight, negative,"
            " q_slot, q_weight, q_negative, col, bit)",
            rows,
        )


def subjects(condition):
    """Return the relation of relationships with who they are about, resolved now.

    :param condition: SQL on ``r`` (trust_relationship)
    """
    return SQL(
        """
        SELECT r.id, r.partner_id, r.lead_id, r.company_id,
               COALESCE(p.commercial_partner_id = p.id, TRUE) AS is_commercial,
               p.commercial_partner_id,
               CASE WHEN r.partner_id IS NULL THEN r.lender_partner_id
                    WHEN p.commercial_partner_id <> p.id THEN p.commercial_partner_id
               END AS lender_partner_id
          FROM trust_relationship r
          LEFT JOIN res_partner p ON p.id = r.partner_id
         WHERE %s
        """,
        condition,
    )


_LEDGER_COLUMNS = "e.id, e.signal_id, e.date, e.magnitude, e.voice, e.user_id"


# One index leads to the rows of one partner. Fenced, it is the only way to them even
# where PostgreSQL, without statistics, believes the ledger to be small; and without the
# partial index of what is not voided, which would be read as a whole.
_OF_PARTNER = {
    False: "JOIN trust_evidence e ON e.partner_id = {} AND e.voids_id IS NULL",
    True: """CROSS JOIN LATERAL (SELECT * FROM trust_evidence e
             WHERE e.partner_id = {} AND COALESCE(e.voids_id, 0) = 0 OFFSET 0) e""",
}
_PEOPLE = {
    False: "JOIN res_partner p ON p.commercial_partner_id = r.partner_id",
    True: """CROSS JOIN LATERAL (SELECT id FROM res_partner
             WHERE commercial_partner_id = r.partner_id OFFSET 0) p""",
}


def ledger(scope, live=True, few=False):
    """Return the ledger rows of the subjects in relation ``scope``.

    A company's rows are its own and its contacts'; a row without company counts in
    every company. ``live`` leaves out voided rows; ``few`` looks subject by subject.
    """
    of_partner = _OF_PARTNER[few]
    common = SQL("(e.company_id = r.company_id OR e.company_id IS NULL)")
    if live:
        common = SQL(
            "%s AND NOT EXISTS (SELECT FROM trust_evidence v WHERE v.voids_id = e.id)",
            common,
        )
    return SQL(
        """(
        SELECT r.id AS rel, %(columns)s FROM %(scope)s r %(own)s
         WHERE NOT r.is_commercial AND %(common)s
        UNION ALL
        SELECT r.id AS rel, %(columns)s FROM %(scope)s r %(people)s %(theirs)s
         WHERE r.is_commercial AND r.partner_id IS NOT NULL AND %(common)s
        UNION ALL
        SELECT r.id AS rel, %(columns)s FROM %(scope)s r
          JOIN trust_evidence e ON e.lead_id = r.lead_id AND e.partner_id IS NULL
                               AND e.voids_id IS NULL
         WHERE r.partner_id IS NULL AND %(common)s
        )""",
        columns=SQL(_LEDGER_COLUMNS),
        scope=scope,
        own=SQL(of_partner.format("r.partner_id")),
        people=SQL(_PEOPLE[few]),
        theirs=SQL(of_partner.format("p.id")),
        common=common,
    )


def per_user(scope, plan, at, few=False):
    """Return the sums and facts per relationship and employee at ``at``."""
    weighed = SQL(
        """(
        SELECT e.rel, e.user_id, e.date, e.signal_id, e.voice = 'customer' AS customer,
               COALESCE(l.first, TRUE) AS once, l.col, l.bit,
               CASE WHEN l.negative OR e.voice <> 'staff' THEN l.slot
                    ELSE l.slot + 1 END AS slot,
               CASE WHEN l.q_negative OR e.voice <> 'staff' THEN l.q_slot
                    ELSE l.q_slot + 1 END AS q_slot,
               e.f * l.weight AS x, e.f * l.q_weight AS y
          FROM (SELECT e.*, e.magnitude * %(decay)s AS f
                  FROM %(ledger)s e WHERE e.date <= %(at)s OFFSET 0) e
          LEFT JOIN %(lines)s ON l.signal_id = e.signal_id
        OFFSET 0)""",
        decay=remaining(age_days(at, SQL("e.date")), plan.policy.half_life),
        ledger=ledger(scope, few=few),
        at=at,
        lines=plan.values(),
    )
    shape = "COALESCE(sum({0}) FILTER (WHERE {1} = %s), 0) AS %s"
    score, quality = shape.format("x", "slot"), shape.format("y", "q_slot")
    sums = comma(
        [
            *(SQL(score, i, name(col)) for i, col in enumerate(COMPONENT_SUMS)),
            *(SQL(quality, i, name(col)) for i, col in plan.quality_slots.items()),
        ]
    )
    return SQL(
        """SELECT rel, user_id, %(sums)s, %(codes)s,
               min(date) FILTER (WHERE slot IS NOT NULL) AS first_date,
               max(date) AS last_date,
               max(date) FILTER (WHERE signal_id IN %(contacts)s) AS last_contact_date,
               max(date) FILTER (WHERE customer) AS customer_date,
               count(*) FILTER (WHERE once) AS evidence_count
          FROM %(weighed)s w GROUP BY rel, user_id""",
        sums=sums,
        codes=_positive_codes(plan),
        contacts=tuple(plan.contacts),
        weighed=weighed,
    )


def _positive_codes(plan):
    """Return, as bits, which signals spoke well of the components."""
    return comma(
        SQL(
            "COALESCE(bit_or(bit) FILTER (WHERE col = %s AND slot %% 3 = 0), 0) AS %s",
            i,
            name(col),
        )
        for i, col in enumerate(plan.code_names())
    )


def per_relationship(users, plan):
    """Return the sums and facts per relationship from the relation ``users``."""
    codes = SQL(" + ").join(
        SQL("length(replace(bit_or(%s)::bit(64)::text, '0', ''))", name(col))
        for col in plan.code_names()
    )
    return SQL(
        """SELECT rel, %(sums)s, %(codes)s AS positive_codes,
               min(first_date) AS first_date, max(last_date) AS last_date,
               max(last_contact_date) AS last_contact_date,
               max(customer_date) AS customer_date,
               sum(evidence_count)::int AS evidence_count
          FROM %(users)s u GROUP BY rel""",
        sums=comma(SQL("sum(%s) AS %s", name(c), name(c)) for c in plan.sums),
        codes=codes,
        users=users,
    )


def lent(own, lender):
    """Return ``lender - own`` clipped at 0 for each of the twelve sums.

    :param own: function column -> SQL; 0 for a lead, whose rows the lender lacks
    :param lender: function column -> SQL
    """
    return comma(
        SQL("greatest(0::float8, %s - %s) AS %s", lender(c), own(c), name("l" + c))
        for c in score_sql.COMPONENT_SUMS
    )
