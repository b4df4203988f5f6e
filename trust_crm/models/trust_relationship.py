# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from .trust_sql_search import by_sql
from .trust_sums_mixin import evidence_sum

_lt = LazyTranslate(__name__)

BANDS = [
    ("0", "At risk"),
    ("1", "Strained"),
    ("2", "Neutral"),
    ("3", "Good"),
    ("4", "Strong"),
]
# Who has no band or circle has too little evidence for one.
LITTLE = _lt("Little evidence")


class TrustRelationship(models.Model):
    """How far one customer trusts one of our companies, concluded from the ledger.

    One row per customer and company, or per lead that has no customer yet. Everything
    here is derived: the refresh alone writes scores, the ledger stays the truth. Rows
    are narrow and apart from partner and lead so that scoring never locks those.
    """

    _name = "trust.relationship"
    _inherit = "trust.sums.mixin"
    _description = "Trust Relationship"
    _order = "trust_index desc, id"
    _rec_names_search = ["partner_id", "lead_id"]

    partner_id = fields.Many2one("res.partner", "Customer", ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Commercial Entity", ondelete="set null", readonly=True
    )
    is_commercial = fields.Boolean(
        "Company or Single Person",
        readonly=True,
        help="Contacts of a company have a relationship of their own, which counts "
        "into the company's as well.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        compute="_compute_user_id",
        search="_search_user_id",
        compute_sudo=True,
    )

    # Sums of evidence at ``as_of``, besides the twelve of the mixin
    x_affective_pos = evidence_sum()
    x_affective_staff = evidence_sum()
    x_affective_neg = evidence_sum()
    as_of = fields.Datetime("Sums as of", readonly=True)
    # Looked at then, ageing need not look again before this: the score stays that long
    still_from = fields.Datetime(readonly=True, prefetch=False)
    still_until = fields.Datetime(readonly=True, prefetch=False)
    still_rules = fields.Integer(aggregator=None, readonly=True, prefetch=False)
    first_date = fields.Datetime("Known Since", readonly=True)
    last_date = fields.Datetime("Last Evidence", readonly=True)
    last_contact_date = fields.Datetime("Last Contact", readonly=True)
    customer_date = fields.Datetime("Customer Last Heard", readonly=True)
    positive_codes = fields.Integer("Kinds of Evidence", aggregator=None, readonly=True)
    evidence_count = fields.Integer("Evidence", readonly=True)

    # The score
    credibility = fields.Float(aggregator="avg", readonly=True)
    reliability = fields.Float(aggregator="avg", readonly=True)
    intimacy = fields.Float(aggregator="avg", readonly=True)
    self_orientation = fields.Float(
        "Our Self-Orientation", aggregator="avg", readonly=True
    )
    trust_ratio = fields.Float("Trust", aggregator="avg", readonly=True)
    trust_index = fields.Float(aggregator="avg", readonly=True)
    index_sd = fields.Float("Give or Take", aggregator="avg", readonly=True)
    index_low = fields.Float("Careful Index", aggregator="avg", readonly=True)
    circle_low = fields.Float(
        "Careful Index, Own Evidence", aggregator="avg", readonly=True
    )
    confidence = fields.Float(aggregator="avg", readonly=True)
    mass = fields.Float("Weight of Evidence", aggregator="avg", readonly=True)
    thin = fields.Boolean("Little Evidence", readonly=True)
    trend_30d = fields.Float("Moved in 30 Days", aggregator="avg", readonly=True)
    has_trend = fields.Boolean(readonly=True)

    # What it means
    band = fields.Selection(BANDS, readonly=True, falsy_value_label=LITTLE)
    circle_id = fields.Many2one(
        "trust.circle", ondelete="restrict", readonly=True, falsy_value_label=LITTLE
    )
    circle_evident_id = fields.Many2one(
        "trust.circle",
        "Circle by Evidence",
        ondelete="restrict",
        readonly=True,
        help="What shows unless a manager says otherwise.",
    )
    circle_computed_id = fields.Many2one(
        "trust.circle", "Computed Circle", ondelete="restrict", readonly=True
    )
    stage_id = fields.Many2one("trust.stage", ondelete="restrict", readonly=True)
    stage_computed_id = fields.Many2one(
        "trust.stage", "Computed Stage", ondelete="restrict", readonly=True
    )
    policy_id = fields.Many2one("trust.policy", ondelete="restrict", readonly=True)
    lender_partner_id = fields.Many2one(
        "res.partner", "Borrows From", ondelete="set null", readonly=True
    )
    transferred = fields.Boolean(
        readonly=True,
        help="The score starts from what the company behind this person or lead "
        "has shown us.",
    )

    # Override (C10)
    circle_override_id = fields.Many2one(
        "trust.circle", ondelete="restrict", readonly=True
    )
    stage_override_id = fields.Many2one(
        "trust.stage", ondelete="restrict", readonly=True
    )
    override_reason = fields.Char(readonly=True)
    override_until = fields.Date(readonly=True)
    override_user_id = fields.Many2one("res.users", readonly=True)

    # History
    snapshot_index = fields.Float(aggregator=None, readonly=True, prefetch=False)
    snapshot_date = fields.Datetime(readonly=True, prefetch=False)
    bond_ids = fields.One2many("trust.bond", "relationship_id")
    snapshot_ids = fields.One2many("trust.snapshot", "relationship_id")

    _partner_company = models.UniqueIndex(
        "(partner_id, company_id) WHERE partner_id IS NOT NULL",
        "A customer has one relationship per company.",
    )
    _lead_company = models.UniqueIndex(
        "(lead_id, company_id) WHERE lead_id IS NOT NULL",
        "A lead has one relationship per company.",
    )
    # The page sorted by index; the only index that holds an aged column (HOT updates).
    _company_index = models.Index("(company_id, trust_index DESC NULLS LAST, id)")
    _lender = models.Index("(lender_partner_id) WHERE lender_partner_id IS NOT NULL")

    # COMPUTE

    @api.depends("partner_id", "lead_id")
    def _compute_display_name(self):
        for relationship in self:
            subject = relationship.partner_id or relationship.lead_id
            relationship.display_name = subject.sudo().display_name

    @api.depends(
        "partner_id.user_id", "commercial_partner_id.user_id", "lead_id.user_id"
    )
    def _compute_user_id(self):
        for rel in self:
            rel.user_id = (
                rel.partner_id.user_id
                or rel.commercial_partner_id.user_id
                or rel.lead_id.user_id
            )

    def _search_user_id(self, operator, value):
        if operator not in ("in", "not in", "any", "not any"):
            return NotImplemented
        return by_sql("user_id")(self, operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let the salesperson sort, filter and group without being stored."""
        if field_expr != "user_id" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        owners = []
        for link in ("partner_id", "commercial_partner_id", "lead_id"):
            comodel = self.env[self._fields[link].comodel_name]
            owner = query.left_join(alias, link, comodel._table, "id", link)
            owners.append(SQL.identifier(owner, "user_id"))
        return SQL(
            "COALESCE(%s)",
            SQL(", ").join(owners),
            to_flush=self.env["res.partner"]._fields["user_id"],
        )

    # ORM

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if not nulls.code:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # BUSINESS

    @api.model
    def _get_for(self, subjects, company=None):
        """Return the relationships of partners or leads, made if missing.

        :param subjects: ``res.partner`` or ``crm.lead`` records
        :param company: ``res.company``; the active one when empty
        :raises UserError: for a colleague or one of our own companies
        """
        company = company or self.env.company
        partners, leads = self._split_subjects(subjects)
        partners._check_trust_subject()
        made = self._insert_missing(
            [(p.id, None, company.id) for p in partners]
            + [(None, lead.id, company.id) for lead in leads]
        )
        self.sudo()._fold(list(made.values()))
        domain = Domain("company_id", "=", company.id) & (
            Domain("partner_id", "in", partners.ids)
            | Domain("lead_id", "in", leads.ids)
        )
        return self.sudo().search(domain, order="id").sudo(False)

    @api.model
    def _split_subjects(self, subjects):
        """Return (partners, leads without customer) of partners or leads."""
        if subjects._name == "crm.lead":
            return subjects.partner_id, subjects.filtered(lambda x: not x.partner_id)
        if subjects._name != "res.partner":
            raise UserError(self.env._("Only contacts and leads have a relationship."))
        return subjects, self.env["crm.lead"]

    @api.model
    def _insert_missing(self, keys):
        """Insert rows ``(partner id, lead id, company id)`` that are not there.

        Nobody who opted out gets one, nor one of us.

        :return: ``{key: id}`` of those that were made
        """
        if not keys:
            return {}
        rows = SQL(", ").join(SQL("(%s::int, %s::int, %s::int)", *key) for key in keys)
        self.env["res.partner"].flush_model(["trust_scoring", "partner_share"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO trust_relationship (
                    partner_id, lead_id, company_id, is_commercial,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT k.partner_id, k.lead_id, k.company_id,
                       COALESCE(p.commercial_partner_id = p.id, TRUE),
                       %(uid)s, now() at time zone 'UTC',
                       %(uid)s, now() at time zone 'UTC'
                  FROM (VALUES %(rows)s) AS k (partner_id, lead_id, company_id)
                  LEFT JOIN res_partner p ON p.id = k.partner_id
                 WHERE (k.partner_id IS NULL OR (
                           p.partner_share AND COALESCE(p.trust_scoring, '') <> 'never'
                           AND NOT EXISTS (
                               SELECT FROM res_company o WHERE o.partner_id = p.id)))
                   AND NOT EXISTS (
                       SELECT FROM trust_relationship r
                        WHERE r.company_id = k.company_id
                          AND (r.partner_id = k.partner_id OR r.lead_id = k.lead_id))
                ON CONFLICT DO NOTHING
                RETURNING partner_id, lead_id, company_id, id
                """,
                rows=rows,
                uid=self.env.uid,
            ),
            log_exceptions=False,
        )
        made = {row[:3]: row[3] for row in self.env.cr.fetchall()}
        if made:
            self.invalidate_model()
        return made
