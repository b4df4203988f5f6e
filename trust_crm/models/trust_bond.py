# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from . import trust_bond_sql as bond_sql
from .trust_sql_search import by_sql
from .trust_statement import as_text, run_prepared

SINGLE_THREAD = {"share": 0.7, "mass": 2}


class TrustBond(models.Model):
    """The same score for one employee with a customer (S12).

    It borrows from what the customer's other evidence says. Bonds serve handover and
    the risk of a single thread; they are no ranking: nothing groups them by employee.

    Stored are the sums, as of the relationship's fold. What they come to today is
    computed when somebody looks, so a night leaves the bonds alone.
    """

    _name = "trust.bond"
    _inherit = ["trust.sums.mixin", "trust.unranked.mixin"]
    _description = "Trust Bond"
    _order = "share desc, id"
    _log_access = False
    _rec_name = "user_id"

    relationship_id = fields.Many2one(
        "trust.relationship", required=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(related="relationship_id.partner_id")
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    first_date = fields.Datetime("Known Since", readonly=True)
    last_contact_date = fields.Datetime("Last Contact", readonly=True)
    evidence_count = fields.Integer("Evidence", aggregator=None, readonly=True)
    trust_index = fields.Float(compute="_compute_scores", aggregator=None)
    index_sd = fields.Float("Give or Take", compute="_compute_scores", aggregator=None)
    index_low = fields.Float(
        "Careful Index", compute="_compute_scores", aggregator=None
    )
    confidence = fields.Float(compute="_compute_scores", aggregator=None)
    mass = fields.Float(
        "Weight of Evidence",
        compute="_compute_scores",
        search=by_sql("mass"),
        aggregator=None,
    )
    share = fields.Float(
        "Share of the Trust",
        compute="_compute_scores",
        search=by_sql("share"),
        aggregator=None,
        help="Part of the customer's positive evidence that this employee earned.",
    )
    single_thread = fields.Boolean(
        compute="_compute_single_thread",
        search="_search_single_thread",
        help="One employee holds at least 70 % of the trust: it leaves with them.",
    )

    _relationship_user = models.Constraint(
        "UNIQUE (relationship_id, user_id)",
        "An employee has one bond with a customer.",
    )

    # COMPUTE

    def _compute_scores(self):
        found, at = {}, fields.Datetime.now()
        for policy, bonds in self._by_policy().items():
            text = self._scores_text(policy.id)
            rows = run_prepared(self.env, text, ("int[]", "timestamp"), bonds.ids, at)
            found |= {row[0]: row[1:] for row in rows}
        nothing = (0.0,) * len(bond_sql.SCORES)
        for bond in self:
            values = found.get(bond._origin.id, nothing)
            for name, value in zip(bond_sql.SCORES, values, strict=True):
                bond[name] = value

    @api.depends("share", "mass")
    def _compute_single_thread(self):
        for bond in self:
            bond.single_thread = all(
                bond[name] >= least for name, least in SINGLE_THREAD.items()
            )

    def _search_single_thread(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain.AND(
            Domain(name, ">=", least) for name, least in SINGLE_THREAD.items()
        )

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let share and mass sort and filter without being stored."""
        expressions = {"share": bond_sql.share_of, "mass": bond_sql.mass_of}
        if field_expr not in expressions:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return expressions[field_expr](alias, fields.Datetime.now())

    # BUSINESS

    def _say_unranked(self):
        return self.env._("Trust is not counted by employee.")

    def _by_policy(self):
        """Return ``{policy: bonds}`` by the policy that scored their customer."""
        bonds = self._origin.sudo().grouped(lambda b: b.relationship_id.policy_id)
        return {policy: part for policy, part in bonds.items() if policy}

    @api.model
    @tools.ormcache("policy_id")
    def _scores_text(self, policy_id):
        """Return the scores of bonds $1 at $2 as a text to prepare.

        It holds the policy as constants: a published one never changes.
        """
        policy = self.env["trust.policy"].sudo().browse(policy_id)
        ids, at = SQL("$1::int[]"), SQL("$2::timestamp")
        return as_text(self.env, bond_sql.select_scores(ids, at, policy._parameters()))
