# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import crisis as rules
from ..tools import trust_equation
from . import trust_fold_sql as fold_sql
from .trust_crisis import CLUSTER_DAYS, OPEN
from .trust_score_sql import age_days, remaining, weight_lines

WINDOW = timedelta(days=30)
CLUSTER = 5
CHUNK = 500
COMPONENTS = "CRIO"


class TrustCrisis(models.Model):
    """How a crisis is found: in sets, from the ledger and from complaints.

    Customers with a negative fact in 30 days are looked at: is that many more than
    their own past makes likely, or did it cost ten points (SCORING: surprise, drop)?
    And: five complaints of one cause in seven days.
    """

    _inherit = "trust.crisis"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _cron_find(self):
        """Propose what is due, and end what is over."""
        now = fields.Datetime.now()
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            self._find_customers(company, now)
            self._find_causes(company, now)
            self.env["ir.cron"]._commit_progress(1)
        self._work_off([("state", "in", OPEN)], "_note_recovery")

    @api.model
    def _find_customers(self, company, now):
        """Propose a crisis for each customer where the rules say so.

        :return: the proposals made
        """
        policy = self.env["trust.policy"].sudo()._get_published(company)
        weights = [w for w in policy._weights() if w[1] in COMPONENTS and w[2]]
        bad = {signal for signal, _part, weight in weights if weight < 0}
        made = self.browse()
        if not bad:
            return made
        found = self._read_candidates(company, now, bad)
        for start in range(0, len(found), CHUNK):
            ids = found[start : start + CHUNK]
            for values in self._judge(ids, policy._parameters(), weights, bad, now):
                made |= self._propose({**values, "company_id": company.id}, now)
        return made

    def _read_candidates(self, company, now, bad):
        """Ids of customers with a bad fact in the window and no open crisis.

        One that was closed or dismissed is looked at again when something bad came
        since then.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id
                  FROM trust_evidence e
                  JOIN res_partner p ON p.id = e.partner_id
                  JOIN trust_relationship r ON r.partner_id = p.commercial_partner_id
                   AND r.company_id = %(company)s
             LEFT JOIN LATERAL (
                        SELECT max(c.date) FILTER (WHERE c.state NOT IN %(open)s)
                                   AS settled,
                               bool_or(c.state IN %(open)s) AS is_open
                          FROM trust_crisis c WHERE c.relationship_id = r.id) c ON TRUE
                 WHERE e.date > %(since)s AND e.date <= %(now)s
                   AND e.signal_id IN %(bad)s
                   AND (e.company_id = %(company)s OR e.company_id IS NULL)
                   AND e.voids_id IS NULL
                   AND NOT EXISTS (SELECT FROM trust_evidence v WHERE v.voids_id = e.id)
                   AND c.is_open IS NOT TRUE
                   AND (c.settled IS NULL OR e.date > c.settled)
              GROUP BY r.id ORDER BY r.id
                """,
                company=company.id,
                open=OPEN,
                since=now - WINDOW,
                now=now,
                bad=tuple(bad),
            )
        )
        return [row[0] for row in rows]

    def _judge(self, ids, parameters, weights, bad, now):
        """Yield the values of a proposal for each of ``ids`` that is in crisis."""
        counts = self._read_counts(ids, parameters, weights, bad, now)
        sums, ages = self._read_masses(ids, parameters, weights, now)
        for res_id in ids:
            k, n, before_bad, before_good = counts[res_id]
            fresh, old = sums[res_id, True], sums[res_id, False]
            whole = {key: fresh.get(key, 0) + old.get(key, 0) for key in fresh | old}
            age = ages.get(res_id, 0)
            index = trust_equation.score(whole, age, policy=parameters).index
            before = trust_equation.score(old, age, policy=parameters).index
            probability = rules.chance(k, n, before_bad, before_good)
            if rules.is_crisis(k, probability, index - before):
                yield {
                    "kind": "customer",
                    "relationship_id": res_id,
                    "relationship_ids": [fields.Command.set([res_id])],
                    "bad_count": k,
                    "fact_count": n,
                    "index_before": before,
                    "moved": index - before,
                    "is_unlikely": rules.is_unlikely(k, probability),
                }

    # READING

    def _ledger_of(self, ids):
        scope = SQL("(%s)", fold_sql.subjects(SQL("r.id IN %s", tuple(ids))))
        return fold_sql.ledger(scope)

    def _read_counts(self, ids, parameters, weights, bad, now):
        """Return ``{id: (bad, all, bad before, good before)}``, the latter decayed."""
        weighted = tuple({signal for signal, _part, _weight in weights})
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.rel, e.date > %(start)s, e.signal_id IN %(bad)s,
                       count(*), sum(%(decay)s)
                  FROM %(ledger)s e
                 WHERE e.date <= %(now)s AND e.signal_id IN %(weighted)s
              GROUP BY 1, 2, 3
                """,
                start=now - WINDOW,
                bad=tuple(bad),
                decay=remaining(age_days(now, SQL("e.date")), parameters.half_life),
                ledger=self._ledger_of(ids),
                now=now,
                weighted=weighted,
            )
        )
        found = defaultdict(lambda: [0, 0, 0.0, 0.0])
        for res_id, fresh, is_bad, count, decayed in rows:
            counts = found[res_id]
            if fresh:
                counts[0] += count if is_bad else 0
                counts[1] += count
            else:
                counts[2 if is_bad else 3] += decayed
        return found

    def _read_masses(self, ids, parameters, weights, now):
        """Return ``{(id, in the window?): masses}`` and ``{id: age in days}``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.rel, e.date > %(start)s, l.part,
                       CASE WHEN l.negative THEN 'neg' WHEN e.voice = 'staff'
                            THEN 'staff' ELSE 'pos' END,
                       sum(e.magnitude * l.weight * %(decay)s),
                       max(%(age)s)
                  FROM %(ledger)s e
                  JOIN (VALUES %(lines)s) l (signal_id, part, negative, weight)
                    ON l.signal_id = e.signal_id
                 WHERE e.date <= %(now)s
              GROUP BY 1, 2, 3, 4
                """,
                start=now - WINDOW,
                decay=remaining(age_days(now, SQL("e.date")), parameters.half_life),
                age=age_days(now, SQL("e.date")),
                ledger=self._ledger_of(ids),
                lines=weight_lines(weights, parameters),
                now=now,
            )
        )
        sums, ages = defaultdict(dict), defaultdict(float)
        for res_id, fresh, part, group, mass, age in rows:
            sums[res_id, fresh][part, group] = mass
            ages[res_id] = max(ages[res_id], age)
        return sums, ages

    # MANY CUSTOMERS

    @api.model
    def _find_causes(self, company, now):
        """Propose a crisis for each cause of five complaints in seven days."""
        since = now - timedelta(days=CLUSTER_DAYS)
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("received_date", ">", since),
                ("received_date", "<=", now),
                ("confirmed", "=", True),
                ("cause_id", "!=", False),
                ("step_code", "not in", ("withdrawn", "rejected")),
            ]
        )
        groups = (
            self.env["trust.complaint"]
            .sudo()
            ._read_group(
                domain,
                ["cause_id"],
                ["__count", "commercial_partner_id:recordset"],
                having=[("__count", ">=", CLUSTER)],
            )
        )
        made = self.browse()
        for cause, count, customers in groups:
            if not self._is_settled(company, cause, since):
                values = self._prepare_cause(company, cause, count, customers)
                made |= self._propose(values, now)
        return made

    def _is_settled(self, company, cause, since):
        """Is there one already, open or decided about these very days?"""
        domain = Domain(
            [("company_id", "=", company.id), ("cause_id", "=", cause.id)]
        ) & (Domain("state", "in", OPEN) | Domain("date", ">", since))
        return bool(self.sudo().search_count(domain, limit=1))

    def _prepare_cause(self, company, cause, count, customers):
        relationships = self.env["trust.relationship"]._get_for(customers, company)
        known = relationships.sudo().mapped("trust_index")
        return {
            "kind": "cause",
            "company_id": company.id,
            "cause_id": cause.id,
            "relationship_ids": [fields.Command.set(relationships.ids)],
            "bad_count": count,
            "fact_count": count,
            "index_before": self._mean_before(relationships.sudo())
            or (sum(known) / len(known) if known else 0),
        }

    @api.model
    def _propose(self, values, now):
        """One proposal, and one activity of whoever decides."""
        crisis = self.sudo().create(
            {**values, "date": now, "window_start": now - WINDOW}
        )
        crisis._call_decider()
        return crisis.sudo(False)
