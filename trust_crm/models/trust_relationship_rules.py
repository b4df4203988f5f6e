# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

from . import trust_score_sql as score_sql
from . import trust_sums_sql as sums_sql
from .trust_level_sql import LevelPlan
from .trust_relationship_refresh import FOLDED, SCOPE, SMALL
from .trust_statement import in_sets


class TrustRelationship(models.Model):
    """By which rules a relationship is scored, and what others would make of it."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _policy_by_company(self):
        """Return ``{company id: policy}`` as this transaction sees it.

        A cache would not do: another process may publish while this one drains, and the
        rows that ask for the new policy would be spent on the old one.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (c.id) c.id, p.id
                     FROM res_company c
                     JOIN trust_policy p ON p.state = 'published'
                      AND (p.company_id = c.id OR p.company_id IS NULL)
                    ORDER BY c.id, p.company_id NULLS LAST"""
            )
        )
        policies = self.env["trust.policy"].sudo()
        return {company: policies.browse(policy) for company, policy in rows}

    def _policy_of(self, company_id):
        return self._policy_by_company()[company_id]

    def _rules_stamp(self):
        """Return what tells whether circles, stages or contact signals changed.

        Their content, as dates do not tell: two transactions may commit in another
        order than they began, and one may write twice.
        """
        self.env["trust.circle"].flush_model()
        self.env["trust.stage"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT (SELECT md5(string_agg(c::text, '' ORDER BY c.id))
                             FROM trust_circle c),
                          (SELECT md5(string_agg(s::text, '' ORDER BY s.id))
                             FROM trust_stage s),
                          (SELECT array_agg(id ORDER BY id) FROM trust_signal
                            WHERE is_contact)"""
            )
        )
        circles, stages, contacts = rows[0]
        return circles, stages, tuple(contacts or ())

    def _queue_outdated(self):
        """Queue relationships scored by a policy that is no longer theirs.

        Publishing queues what it sees; one that was made at the same moment is found
        here, before ageing marks it with the policy it used.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                         create_date)
                SELECT r.partner_id, r.lead_id, r.company_id, 'policy',
                       now() at time zone 'UTC'
                  FROM trust_relationship r
                  JOIN (VALUES %s) AS k (company_id, policy_id)
                    ON k.company_id = r.company_id AND k.policy_id <> r.policy_id
                """,
                SQL(", ").join(
                    SQL("(%s::int, %s::int)", company, policy.id)
                    for company, policy in self._policy_by_company().items()
                ),
            )
        )

    def _fold_preview(self, policy, ids):
        """Return rows (id, index now, index then, circle now, circle then).

        The same fold with another policy; lenders fold along, nothing is written.
        """
        self.env.flush_all()
        parameters, at = (
            policy._parameters(),
            SQL("%s::timestamp", fields.Datetime.now()),
        )
        wanted = SQL("%s::int[]", ids)
        plan = self._fold_plan(policy)
        with_sql = self._fold_relations(plan, wanted, at, True)(len(ids) <= SMALL)
        wanted = SQL("(SELECT * FROM %s WHERE id = ANY(%s))", SCOPE, wanted)
        levels = LevelPlan(self.env, parameters)
        parts = []
        for lending in (False, True):
            source = sums_sql.fold_source(
                wanted, SCOPE, FOLDED, at, parameters, lending
            )
            source = score_sql.scored(source, parameters, lending=lending)
            parts.append(
                SQL(
                    """SELECT s.id, r.trust_index, s.trust_index, s.circle_id,
                              s.new_circle
                         FROM %s s JOIN trust_relationship r ON r.id = s.id""",
                    levels.add(source, at),
                )
            )
        prefix = SQL("WITH %s", SQL(", ").join(with_sql)) if with_sql else SQL()
        with in_sets(self.env):
            return self.env.execute_query(
                SQL("%s %s", prefix, SQL(" UNION ALL ").join(parts))
            )
