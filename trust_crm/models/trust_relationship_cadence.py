# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ..tools import contact_cadence
from .trust_cadence_sql import NAMES, Cadence
from .trust_sql_search import by_sql

_lt = LazyTranslate(__name__)

NO_RHYTHM = _lt("No rhythm")
URGENCIES = [
    ("overdue", "Overdue"),
    ("due", "Due now"),
    ("week", "This week"),
    ("later", "Later"),
]
PARTNER_FLAGS = ("active", "trust_no_contact", "trust_ideal_days", "trust_max_days")
INPUTS = (
    "circle_id",
    "first_date",
    "last_date",
    "last_contact_date",
    *(f"partner_id.{name}" for name in PARTNER_FLAGS),
    "commercial_partner_id.trust_no_contact",
)


class TrustRelationship(models.Model):
    """When to be in touch again (H2): counted from the last contact, never stored.

    A relationship without contact is due from its first evidence on. Nobody is due who
    is archived, wants no friendly contact, or is a lead without a customer.
    """

    _inherit = "trust.relationship"

    contact_days = fields.Integer(
        "Days Since Contact",
        compute="_compute_cadence",
        search=by_sql("contact_days"),
        compute_sudo=True,
        aggregator="avg",
    )
    next_contact_date = fields.Date(
        "Next Contact",
        compute="_compute_cadence",
        search=by_sql("next_contact_date"),
        compute_sudo=True,
        help="Ideally be in touch by then: the last contact and the days of the "
        "circle, or the customer's own.",
    )
    contact_limit_date = fields.Date(
        "Overdue After",
        compute="_compute_cadence",
        search=by_sql("contact_limit_date"),
        compute_sudo=True,
    )
    contact_due = fields.Selection(
        URGENCIES,
        compute="_compute_cadence",
        search=by_sql("contact_due"),
        compute_sudo=True,
        falsy_value_label=NO_RHYTHM,
    )
    contact_aside = fields.Boolean(
        "Put Aside by Me",
        compute="_compute_contact_aside",
        search="_search_contact_aside",
    )

    # COMPUTE

    @api.depends(*INPUTS)
    @api.depends_context("tz")
    def _compute_cadence(self):
        today = fields.Date.context_today(self)
        for relationship in self:
            last, since = relationship._get_contact_days()
            relationship.contact_days = contact_cadence.days_since(last, today)
            dates = contact_cadence.due_dates(since, relationship._get_rhythm())
            relationship.next_contact_date, relationship.contact_limit_date = dates
            relationship.contact_due = contact_cadence.urgency(today, *dates)

    @api.depends_context("uid")
    def _compute_contact_aside(self):
        aside = self.env["trust.today.aside"]._get_aside()
        for relationship in self:
            relationship.contact_aside = ("contact", relationship.id) in aside

    def _search_contact_aside(self, operator, value):
        if operator != "in":
            return NotImplemented
        aside = self.env["trust.today.aside"]._get_aside()
        ids = [res_id for kind, res_id in aside if kind == "contact"]
        return Domain("id", "in" if True in value else "not in", ids)

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let the dates sort, filter and group without being stored."""
        if field_expr not in NAMES or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        people = []
        for link in ("partner_id", "commercial_partner_id"):
            people.append(query.left_join(alias, link, "res_partner", "id", link))
        column = self._get_cadence().column(field_expr, alias, *people)
        return SQL("%s", column, to_flush=self._get_cadence_inputs())

    # BUSINESS

    @api.model
    def _get_cadence(self):
        """The dates as the reader's calendar has them."""
        zone = self.env.tz.zone if self.env.tz else "UTC"
        rhythms = self.env["trust.circle"]._contact_rhythms()
        return Cadence(rhythms, zone, fields.Date.context_today(self))

    @api.model
    def _get_cadence_inputs(self):
        """The fields that must be written before the dates are read by SQL."""
        partner = self.env["res.partner"]
        inputs = [partner._fields[name] for name in PARTNER_FLAGS]
        return inputs + [self._fields[name] for name in INPUTS if "." not in name]

    @api.model
    def _cadence_of_row(self, alias, name):
        """SQL of a date for a relationship ``alias`` that joins no partners."""
        if name == "contact_days":
            days = self._get_cadence().column(name, alias, "", "")
            return SQL("%s", days, to_flush=self._fields["last_contact_date"])
        return SQL(
            """(SELECT %s FROM res_partner cp
                  LEFT JOIN res_partner cb ON cb.id = cp.commercial_partner_id
                 WHERE cp.id = %s)""",
            self._get_cadence().column(name, alias, "cp", "cb"),
            SQL.identifier(alias, "partner_id"),
            to_flush=self._get_cadence_inputs(),
        )

    @api.model
    def _invalidate_cadence(self):
        self.invalidate_model(NAMES, flush=False)

    def _get_contact_days(self):
        """(day of the last contact, day from which the next counts), or None each.

        On the reader's calendar.
        """
        self.ensure_one()
        last = self.last_contact_date
        moments = last, last or self.first_date or self.last_date
        return [
            fields.Datetime.context_timestamp(self, moment).date() if moment else None
            for moment in moments
        ]

    def _get_rhythm(self):
        """The days (ideal, longest) that apply, None each when nobody is due."""
        self.ensure_one()
        partner = self.partner_id
        quiet = partner.trust_no_contact or self.commercial_partner_id.trust_no_contact
        if not partner.active or quiet:
            return None, None
        rhythms = self.env["trust.circle"]._contact_rhythms()
        own = partner.trust_ideal_days, partner.trust_max_days
        circle = rhythms.get(self.circle_id.id or None, rhythms[None])
        return contact_cadence.rhythm(circle, own)

    @api.model
    def _get_due_domain(self):
        """Whom a list of contacts names: companies, single persons, own rhythms.

        People of a company are reached through it, unless somebody gave them a rhythm.
        """
        return Domain("next_contact_date", "<=", fields.Date.context_today(self)) & (
            Domain("is_commercial", "=", True)
            | Domain("partner_id", "any!", [("trust_ideal_days", ">", 0)])
        )
