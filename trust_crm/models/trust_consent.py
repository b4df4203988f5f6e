# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

GROUNDS = [
    ("consent", "They agreed"),
    ("contract", "Needed for a contract"),
    ("legitimate", "Legitimate interest"),
    ("public", "They made it public"),
]
PURPOSES = [
    ("all", "Days, interests and notes"),
    ("occasions", "Their days"),
    ("interests", "Their interests"),
    ("memory", "Notes about them"),
]


class TrustConsent(models.Model):
    """On what ground we remember a person, for what, and until when.

    Days, interests and notes are off for a person until a ground is recorded for that
    part. A ground stands until it is withdrawn or its last day is over; then all that
    it alone covered is hidden from everybody, listed for the privacy officer (persons
    and numbers, never the words) and removed after the time of grace.

    Ground, person and who recorded it do not change: a new ground is a new row.
    """

    _name = "trust.consent"
    _description = "Ground to Remember"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    # Not cascade, or Odoo's privacy lookup would not list these rows.
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        index="btree_not_null",
        ondelete="set null",
        domain=[("is_company", "=", False), ("partner_share", "=", True)],
    )
    ground = fields.Selection(GROUNDS, required=True, default="consent")
    purpose = fields.Selection(
        PURPOSES, "For", required=True, default="all", help="What may be remembered."
    )
    date = fields.Date(
        "Since", required=True, default=fields.Date.context_today, copy=False
    )
    date_until = fields.Date(
        "Until", help="The last day on which this holds. Empty: until withdrawn."
    )
    note = fields.Char(
        "How",
        help="How they agreed, or why the interest is legitimate: on the phone, "
        "clause 4 of the contract.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Recorded By",
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="set null",
        copy=False,
    )
    withdrawn_date = fields.Datetime("Withdrawn", readonly=True, copy=False)
    state = fields.Selection(
        [("standing", "Stands"), ("lapsed", "Lapsed"), ("withdrawn", "Withdrawn")],
        compute="_compute_state",
        search="_search_state",
    )

    # COMPUTE

    @api.depends("date_until", "withdrawn_date")
    def _compute_state(self):
        today = fields.Date.today()
        for consent in self:
            over = consent.date_until and consent.date_until < today
            consent.state = (
                "withdrawn"
                if consent.withdrawn_date
                else "lapsed"
                if over
                else "standing"
            )

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        withdrawn = Domain("withdrawn_date", "!=", False)
        over = Domain("date_until", "<", fields.Date.today())
        domains = {
            "withdrawn": withdrawn,
            "lapsed": ~withdrawn & over,
            "standing": self._get_standing_domain(),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # CONSTRAINTS

    @api.constrains("partner_id")
    def _check_partner_id(self):
        if any(not consent.sudo().partner_id for consent in self):
            raise ValidationError(self.env._("Say whose ground this is: a person."))
        self.sudo().partner_id._check_trust_person()

    @api.constrains("date", "date_until")
    def _check_dates(self):
        for consent in self:
            if consent.date > fields.Date.context_today(consent):
                raise ValidationError(
                    self.env._("A ground cannot begin in the future: record it then.")
                )
            if consent.date_until and consent.date_until < consent.date:
                raise ValidationError(
                    self.env._("The last day lies before the first: correct one.")
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            own = {"user_id": self.env.uid, "withdrawn_date": False}
            vals_list = [{**vals, **own} for vals in vals_list]
        consents = super().create(vals_list)
        consents.partner_id._settle_trust_grounds()
        return consents

    def write(self, vals):
        fixed = {"partner_id", "ground", "date", "user_id", "withdrawn_date"}
        if not self.env.su and fixed & vals.keys():
            raise UserError(
                self.env._(
                    "A ground stays as it was recorded. Withdraw it and record "
                    "another one."
                )
            )
        result = super().write(vals)
        self.sudo().partner_id._settle_trust_grounds()
        return result

    def unlink(self):
        people = self.sudo().partner_id
        result = super().unlink()
        people._settle_trust_grounds()
        return result

    # ACTIONS

    def action_withdraw(self):
        """They do not want it any more: hidden at once."""
        self.check_access("write")
        standing = self.sudo().filtered(lambda c: c.state == "standing")
        standing.withdrawn_date = fields.Datetime.now()
        return True

    # BUSINESS

    @api.model
    def _get_standing_domain(self, part=None):
        """Grounds that stand today, for one part or for any."""
        domain = Domain("withdrawn_date", "=", False) & (
            Domain("date_until", "=", False)
            | Domain("date_until", ">=", fields.Date.today())
        )
        if part:
            domain &= Domain("purpose", "in", ("all", part))
        return domain


class ResPartner(models.Model):
    """What may be remembered of a person."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_consent_ids = fields.One2many(
        "trust.consent",
        "partner_id",
        "Grounds to Remember",
        groups="trust_crm.group_trust_user,trust_crm.group_trust_privacy",
    )

    # BUSINESS

    def _check_trust_person(self):
        """Refuse companies, and those who are one of us."""
        firm = self.sudo().filtered("is_company")[:1]
        if firm:
            raise ValidationError(
                self.env._(
                    "%(name)s is a company: this is about people. Choose a person "
                    "who works there.",
                    name=firm.display_name,
                )
            )
        self._check_trust_subject()

    def _filter_trust_ground(self, part):
        """Return those of ``self`` for whom a ground stands for this part."""
        domain = Domain("partner_id", "in", self.ids)
        consents = self.env["trust.consent"].sudo()
        standing = consents._get_standing_domain(part)
        return consents.search(domain & standing).partner_id & self.sudo()

    def _check_trust_ground(self, part):
        """Refuse to remember people for whom no ground is recorded."""
        without = self - self._filter_trust_ground(part)
        if without:
            what = dict(
                self.env["trust.consent"]
                ._fields["purpose"]
                ._description_selection(self.env)
            )
            raise ValidationError(
                self.env._(
                    "Nothing of the kind may be kept about %(name)s yet (%(what)s): "
                    'first record on what ground, with "Record a ground" on the '
                    "page Person.",
                    name=without[0].sudo().display_name,
                    what=what[part],
                )
            )
