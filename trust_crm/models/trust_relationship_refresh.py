# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models, tools
from odoo.tools import SQL

from . import trust_bond_sql as bond_sql
from . import trust_fold_sql as fold_sql
from . import trust_relationship_sql as relationship_sql
from . import trust_score_sql as score_sql
from . import trust_snapshot_sql as snapshot_sql
from . import trust_sums_sql as sums_sql
from .trust_level_sql import ACCEPT, PROPOSE, STAND, LevelPlan
from .trust_statement import as_text, in_sets, run_prepared

# Above this many relationships the fold goes through temporary tables, which
# PostgreSQL may fill in parallel; below, one statement does everything.
SMALL = 500
CHUNK = 20_000

# Relations of a fold: names of CTEs when small, of temporary tables when large.
SCOPE, USERS, FOLDED = map(
    SQL.identifier, ("trust_fold_scope", "trust_fold_user", "trust_fold")
)
# A change of the rules moves everybody; nobody is to be called about that.
SILENT_CAUSES = ("policy", "circle", "stage", "day_one")
# Whoever was close before we were there was so without being proposed.
WAYS = {"day_one": ACCEPT}


class TrustRelationship(models.Model):
    """Refreshing by fold: the ledger's live rows into sums and scores."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _refresh(self, relationships=None, at=None):
        """Fold the ledger and store sums and scores.

        :param relationships: all when None
        :param at: naive UTC datetime of a replay, which leaves no snapshot, activity
            or proposal; now when None
        """
        self.env.flush_all()
        for ids in self._refresh_chunks(relationships):
            self._fold(ids, at=at)

    @api.model
    def _refresh_chunks(self, relationships):
        """Yield lists of ids, lenders before those who borrow from them."""
        if relationships is not None:
            yield from self._slices(relationships.ids)
            return
        for lenders in (SQL("IS NULL"), SQL("IS NOT NULL")):
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM trust_relationship"
                    " WHERE lender_partner_id %s ORDER BY id",
                    lenders,
                )
            )
            yield from self._slices([row[0] for row in rows])

    @staticmethod
    def _slices(ids, size=CHUNK):
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    @api.model
    def _fold(self, ids, at=None, cause="evidence"):
        """Fold relationships ``ids`` into sums, scores, bonds and history.

        :return: the moves, as rows (id, old band, new band, old circle, new circle)
        """
        if not ids:
            return []
        replay = at is not None
        at = at or fields.Datetime.now()
        moves, way = [], STAND if replay else WAYS.get(cause, PROPOSE)
        for policy, part in self._fold_parts(ids).items():
            moves += self._fold_policy(policy, part, at, replay, way)
        if not replay:
            self._keep_snapshots([m[0] for m in moves if m[-1]], at, cause)
            self._queue_borrowers(ids)
            if cause not in SILENT_CAUSES:
                self._schedule_alerts(moves)
        self._queue_future(ids, at)
        self._invalidate_scores()
        return moves

    def _fold_parts(self, ids):
        """Return ``{policy: [(id, borrows)]}``; resolves the lenders of leads."""
        rows = self.env.execute_query(
            SQL(
                """SELECT r.id, r.company_id, r.lead_id,
                          p.commercial_partner_id <> p.id
                     FROM trust_relationship r
                     LEFT JOIN res_partner p ON p.id = r.partner_id
                    WHERE r.id = ANY(%s)""",
                list(ids),
            )
        )
        lent = self._resolve_lead_lenders([r[0] for r in rows if r[2]])
        result, policies = {}, self._policy_by_company()
        for rel, company_id, _lead, contact in rows:
            policy = policies[company_id]
            result.setdefault(policy, []).append((rel, bool(contact or rel in lent)))
        return result

    def _resolve_lead_lenders(self, ids):
        """Keep which company Odoo recognises behind leads; return ids that have one.

        ``crm.lead.commercial_partner_id`` is not stored, so it is resolved here.
        """
        if not ids:
            return set()
        relationships = self.sudo().browse(ids)
        found = set()
        for relationship in relationships:
            lender = relationship.lead_id.commercial_partner_id
            if relationship.lender_partner_id != lender:
                relationship.lender_partner_id = lender
            if lender:
                found.add(relationship.id)
        relationships.flush_recordset(["lender_partner_id"])
        return found

    def _fold_policy(self, policy, part, at, replay, way):
        """Fold relationships of one policy; return their moves.

        :param way: what becomes of moves that ask (``trust_level_sql.py``)
        """
        ids = [rel for rel, _borrows in part]
        borrowing = any(borrows for _rel, borrows in part)
        if way != PROPOSE or len(ids) > SMALL:
            at = SQL("%s::timestamp", at)
            wanted = SQL("%s::int[]", ids)
            sql = self._fold_sql(policy, wanted, at, borrowing, replay, way)
            with in_sets(self.env):
                return self.env.execute_query(sql(len(ids) <= SMALL))
        text = self._fold_text(policy.id, borrowing, self._rules_stamp())
        return run_prepared(self.env, text, ("int[]", "timestamp"), ids, at)

    @tools.ormcache("policy_id", "borrowing", "stamp")
    def _fold_text(self, policy_id, borrowing, stamp):
        """Return the fold of few relationships $1 at $2 as a text to prepare.

        It holds policy, circles, stages and contact signals as constants: a published
        policy never changes, ``stamp`` tells of the others.
        """
        policy = self.env["trust.policy"].sudo().browse(policy_id)
        ids, at = SQL("$1::int[]"), SQL("$2::timestamp")
        return as_text(
            self.env, self._fold_sql(policy, ids, at, borrowing, False, PROPOSE)(True)
        )

    def _fold_sql(self, policy, ids, at, borrowing, replay, way):
        """Return a function small -> the statement that folds ``ids`` at ``at``."""
        plan = self._fold_plan(policy)
        with_relations = self._fold_relations(plan, ids, at, replay)
        levels = LevelPlan(self.env, plan.policy, way)
        steps = list(self._fold_steps(policy, plan, levels, ids, at, borrowing, replay))

        def statement(small):
            return SQL(
                "WITH %s SELECT * FROM moved UNION ALL SELECT * FROM moved_borrowing",
                SQL(", ").join([*with_relations(small), *steps]),
            )

        return statement

    def _fold_plan(self, policy):
        return fold_sql.FoldPlan(
            policy._parameters(),
            policy._weights(),
            self._rules_stamp()[-1],
        )

    def _fold_relations(self, plan, ids, at, lenders):
        """Return a function small -> the CTEs of scope, users and sums."""
        scope = SQL("r.id = ANY(%s)", ids)
        if lenders:
            scope = SQL("(%s OR %s)", scope, self._is_lender_of(ids))
        return lambda small: self._prepare_relations(
            {
                SCOPE: fold_sql.subjects(scope),
                USERS: fold_sql.per_user(SCOPE, plan, at, few=small),
                FOLDED: fold_sql.per_relationship(USERS, plan),
            },
            small,
        )

    def _prepare_relations(self, relations, small):
        """Return the relations as CTEs, or make them temporary tables."""
        if small:
            return [
                SQL("%s AS MATERIALIZED (%s)", name, sql)
                for name, sql in relations.items()
            ]
        for name, sql in relations.items():
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS pg_temp.%s", name))
            self.env.cr.execute(
                SQL("CREATE TEMP TABLE %s ON COMMIT DROP AS %s", name, sql)
            )
            self.env.cr.execute(SQL("ANALYZE %s", name))
        return []

    def _fold_steps(self, policy, plan, levels, ids, at, borrowing, replay):
        """Yield the writing CTEs of a fold."""
        parameters = plan.policy
        wanted = SQL("(SELECT * FROM %s WHERE id = ANY(%s))", SCOPE, ids)
        for name, lending in (("moved", False), ("moved_borrowing", True)):
            if lending and not borrowing:
                yield SQL("moved_borrowing AS (SELECT * FROM moved WHERE FALSE)")
                continue
            source = sums_sql.fold_source(
                wanted, SCOPE, FOLDED, at, parameters, lending, plan.quality
            )
            source = score_sql.scored(source, parameters, lending=lending)
            update = relationship_sql.write_fold(
                levels.add(source, at),
                at,
                policy.id,
                not replay,
                lending,
                plan.quality,
            )
            yield SQL("%s AS (%s)", SQL.identifier(name), update)
        yield SQL("bonds AS (%s)", bond_sql.upsert_bonds(wanted, USERS))
        yield SQL(
            """gone AS (DELETE FROM trust_bond b WHERE b.relationship_id = ANY(%s)
                AND NOT EXISTS (SELECT FROM %s u WHERE u.rel = b.relationship_id
                                                   AND u.user_id = b.user_id))""",
            ids,
            USERS,
        )

    @staticmethod
    def _is_lender_of(ids):
        """Return the condition that ``r`` lends to one of ``ids``."""
        return SQL(
            """EXISTS (SELECT FROM trust_relationship b
                         LEFT JOIN res_partner bp ON bp.id = b.partner_id
                        WHERE b.id = ANY(%s) AND b.company_id = r.company_id
                          AND r.partner_id = COALESCE(
                              bp.commercial_partner_id, b.lender_partner_id))""",
            ids,
        )

    def _keep_snapshots(self, ids, at, cause):
        if not ids:
            return
        self.env.cr.execute(
            snapshot_sql.insert(
                at,
                cause,
                SQL("trust_relationship r"),
                SQL("r.id = ANY(%s)", list(ids)),
            )
        )
        self.env["trust.snapshot"].invalidate_model()

    @api.model
    def _invalidate_scores(self):
        """Forget cached scores: they were written by SQL."""
        self.invalidate_model()
        self.env["trust.bond"].invalidate_model()
        for model in ("res.partner", "crm.lead"):
            self.env[model]._invalidate_trust_fields()
