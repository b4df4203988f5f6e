# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict
from statistics import fmean

from odoo import models
from odoo.tools import SQL

from ..tools import trust_equation
from . import trust_fold_sql as fold_sql
from .trust_score_sql import age_days, remaining, weight_lines

COMPONENTS = "CRIO"


class TrustExperiment(models.Model):
    """By how much the index moved between two days, for many at once.

    The index of both days is folded from today's ledger by today's policy, so that
    neither a voided fact nor a new policy speaks for one arm. What our own staff said
    to our credit in between is left out: a delivery that somebody writes down would
    score by itself.
    """

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _read_index(self, spans):
        """By how much the index moved; of an employee, their customers' on average."""
        found, days = defaultdict(list), defaultdict(list)
        for unit, since, until in spans:
            days[since, until].append(unit)
        for (since, until), units in days.items():
            owners = self._read_relationships(units)
            before = self._read_indexes(list(owners), since, since)
            after = self._read_indexes(list(owners), until, since)
            for relationship, unit in owners.items():
                found[unit].append(after[relationship] - before[relationship])
        return {unit: fmean(moves) for unit, moves in found.items()}

    def _read_relationships(self, units):
        """Return ``{relationship id: unit id}``."""
        owner = SQL.identifier("p", "user_id" if self.unit == "employee" else "id")
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT r.id, %(owner)s
                      FROM trust_relationship r
                      JOIN res_partner p ON p.id = r.partner_id
                     WHERE r.company_id = %(company)s AND r.is_commercial AND p.active
                       AND %(owner)s = ANY(%(units)s)
                    """,
                    owner=owner,
                    company=self.company_id.id,
                    units=list(units),
                )
            )
        )

    def _read_indexes(self, ids, at, since):
        """Return ``{relationship id: index}`` of the ledger at ``at``.

        What staff said to our credit after ``since`` is left out.
        """
        policy = self.env["trust.policy"].sudo()._get_published(self.company_id)
        parameters = policy._parameters()
        masses, ages = defaultdict(dict), defaultdict(float)
        rows = self._read_masses(ids, policy, at, since) if ids else []
        for res_id, part, group, mass, age in rows:
            masses[res_id][part, group] = mass
            ages[res_id] = max(ages[res_id], age)
        return {
            res_id: trust_equation.score(
                masses[res_id], ages[res_id], policy=parameters
            ).index
            for res_id in ids
        }

    def _read_masses(self, ids, policy, at, since):
        """Rows ``(relationship, component, group, decayed mass, age in days)``."""
        parameters = policy._parameters()
        lines = weight_lines(
            [line for line in policy._weights() if line[1] in COMPONENTS], parameters
        )
        scope = SQL("(%s)", fold_sql.subjects(SQL("r.id IN %s", tuple(ids))))
        return self.env.execute_query(
            SQL(
                """
                SELECT e.rel, l.part,
                       CASE WHEN l.negative THEN 'neg' WHEN e.voice = 'staff'
                            THEN 'staff' ELSE 'pos' END,
                       sum(e.magnitude * l.weight * %(decay)s), max(%(age)s)
                  FROM %(ledger)s e
                  JOIN (VALUES %(lines)s) l (signal_id, part, negative, weight)
                    ON l.signal_id = e.signal_id
                 WHERE e.date <= %(at)s
                   AND (l.negative OR e.voice <> 'staff' OR e.date <= %(since)s)
              GROUP BY 1, 2, 3
                """,
                decay=remaining(age_days(at, SQL("e.date")), parameters.half_life),
                age=age_days(at, SQL("e.date")),
                ledger=fold_sql.ledger(scope),
                lines=lines,
                at=at,
                since=since,
            )
        )
