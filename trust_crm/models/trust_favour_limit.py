# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MANAGER = "trust_crm.group_trust_manager"


class TrustFavourLimit(models.Model):
    """Up to how much a favour may be given without asking, from when to when.

    One line per company and currency at a time. A favour in a currency without a line
    of its own is converted and measured by the line in the company's currency, or else
    by the oldest one. An amount of zero limits nothing; no line, no limit.
    """

    _name = "trust.favour.limit"
    _description = "Limit of Favours"
    _order = "company_id, currency_id, date_from desc, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    per_gift = fields.Monetary(
        "For One Favour", help="Above it a manager approves. Zero: no limit."
    )
    per_year = fields.Monetary(
        "For One Customer in a Year",
        help="All that a company and its people are given within any 365 days, small "
        "things included. Zero: no limit.",
    )
    per_employee = fields.Monetary(
        "By One Employee in a Year",
        help="All that one of us gives, to whomever, within any 365 days. "
        "Zero: no limit.",
    )
    date_from = fields.Date("Valid From", help="Empty: from the beginning.")
    date_to = fields.Date(
        "Valid Until", help="Including that day. Empty: until changed."
    )
    approver_id = fields.Many2one(
        "res.users",
        "Asked First",
        ondelete="set null",
        domain=lambda self: [("all_group_ids", "in", self.env.ref(MANAGER).id)],
        help="The manager who is asked. Empty: the leader of the employee's sales "
        "team, or else another manager.",
    )
    active = fields.Boolean(default=True)

    _amounts_check = models.Constraint(
        "CHECK(per_gift >= 0 AND per_year >= 0 AND per_employee >= 0)",
        "A limit is never negative.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)", "The last day comes before the first one."
    )
    _find_idx = models.Index("(company_id, currency_id) WHERE active")

    # COMPUTE

    @api.depends("currency_id", "date_from")
    def _compute_display_name(self):
        for limit in self:
            limit.display_name = self.env._(
                "Favours in %(currency)s", currency=limit.currency_id.name or ""
            )

    # CONSTRAINTS

    @api.constrains("per_gift", "per_year", "per_employee")
    def _check_amounts(self):
        for limit in self:
            if not (limit.per_gift or limit.per_year or limit.per_employee):
                raise ValidationError(
                    self.env._(
                        "Give at least one amount; to end a limit, archive it or set "
                        "its last day."
                    )
                )

    @api.constrains("currency_id", "company_id")
    def _check_currency(self):
        for limit in self:
            limit.currency_id._check_trust_rate(limit.company_id)

    @api.constrains("company_id", "currency_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        """Of two lines at once nobody could say which one holds."""
        for limit in self.filtered("active"):
            other = Domain("id", "!=", limit.id) & limit._get_same_domain()
            if limit.date_to:
                other &= Domain("date_from", "=", False) | Domain(
                    "date_from", "<=", limit.date_to
                )
            if limit.date_from:
                other &= Domain("date_to", "=", False) | Domain(
                    "date_to", ">=", limit.date_from
                )
            if self.sudo().search_count(other, limit=1):
                raise ValidationError(
                    self.env._(
                        "Another limit in %(currency)s holds on some of these days: "
                        "set its last day first.",
                        currency=limit.currency_id.name,
                    )
                )

    # BUSINESS

    def _get_same_domain(self):
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "currency_id", "=", self.currency_id.id
        )

    @api.model
    def _find(self, company, currency, day):
        """The line that measures a favour in ``currency`` on ``day``, or none."""
        valid = self.search(
            [
                ("company_id", "=", company.id),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            order="id",
        )
        for wanted in (currency, company.currency_id):
            if found := valid.filtered(
                lambda x, wanted=wanted: x.currency_id == wanted
            ):
                return found[:1]
        return valid[:1]


class ResCurrency(models.Model):
    """Whether amounts in a currency can be compared with others."""

    _inherit = "res.currency"

    def _check_trust_rate(self, company, day=None):
        """Odoo converts one to one where no rate is known: refuse that."""
        if self == company.currency_id:
            return
        domain = Domain("currency_id", "=", self.id) & Domain(
            "company_id", "in", (False, company.root_id.id)
        )
        if day:
            domain &= Domain("name", "<=", day)
        if not self.env["res.currency.rate"].sudo().search_count(domain, limit=1):
            raise ValidationError(
                self.env._(
                    "No rate of %(currency)s is known on that day: enter one under "
                    "Currencies, or give the value in %(own)s.",
                    currency=self.name,
                    own=company.currency_id.name,
                )
            )
