# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("gift", "Gift"),
    ("meal", "Meal"),
    ("invitation", "Invitation"),
    ("help", "Help"),
    ("other", "Something else"),
]
COUNTED = ("approved", "done")


class TrustFavour(models.Model):
    """A gift or a favour between a customer and one of us, given or received.

    What we *give* goes one of two ways:

    * within the limits (``trust.favour.limit``): draft → done.
    * above one of them: draft → asked → approved → done, or refused with a reason.
      A manager decides, never the one who gives or who asked. Whatever changes its
      weight afterwards (value, day, customer, …) makes it a draft again.

    What we *receive* is simply recorded: done at once.

    Only done favours are evidence: *gift*, *favour_received*. To one customer (a
    company and all its people) and by one employee, approved and done favours of any
    365 days add up, however small, each at the rate of its day. The register keeps what
    was asked, refused or done; a draft can be deleted. State and decision are written
    by the favour's own methods only.
    """

    _name = "trust.favour"
    _description = "Favour"
    _inherit = [
        "trust.company.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "trust.evidence.source.mixin",
    ]
    _order = "date desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    # What, by whom, for whom
    name = fields.Char("What it is", required=True, tracking=True)
    direction = fields.Selection(
        [("given", "We gave"), ("received", "We received")],
        required=True,
        default="given",
        tracking=True,
    )
    kind = fields.Selection(KINDS, required=True, default="gift", tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
        tracking=True,
        help="Who of us gives or receives it.",
    )
    date = fields.Date(
        "Day",
        required=True,
        default=fields.Date.context_today,
        copy=False,
        tracking=True,
    )
    value = fields.Monetary(
        tracking=True,
        help="What it is worth. Help that costs nothing has no value.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    company_value = fields.Monetary(
        "Value in Company Currency",
        compute="_compute_company_value",
        currency_field="company_currency_id",
        store=True,
        help="At the rate of that day.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    note = fields.Text("Why", help="What it was for; whoever approves it reads this.")
    # Its life, written by its own methods only
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Waiting for approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("done", "Recorded"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    above_limit = fields.Boolean("Above a Limit", readonly=True, copy=False)
    asked_by_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False, ondelete="set null"
    )
    asked_date = fields.Datetime("Requested on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, ondelete="set null"
    )
    decided_date = fields.Datetime("Decided on", readonly=True, copy=False)
    refusal_reason = fields.Text("Why Refused", readonly=True, copy=False)
    happened_at = fields.Datetime(readonly=True, copy=False)

    _value_check = models.Constraint(
        "CHECK(value >= 0)",
        "The value of a favour is never negative: say who gave it to whom instead.",
    )
    _year_idx = models.Index(
        "(company_id, date) WHERE direction = 'given' AND state IN ('approved', 'done')"
    )

    # COMPUTE

    @api.depends("value", "currency_id", "company_id", "date")
    def _compute_company_value(self):
        for favour in self:
            company = favour.company_id
            favour.company_value = favour.currency_id._convert(
                favour.value, company.currency_id, company, favour.date
            )

    # CONSTRAINTS

    @api.constrains("name")
    def _check_name(self):
        for favour in self:
            if not (favour.name or "").strip():
                raise ValidationError(self.env._("Say what was given."))

    @api.constrains("partner_id", "direction")
    def _check_partner_id(self):
        for favour in self:
            if not favour.partner_id:
                raise ValidationError(
                    self.env._("Choose the customer who gave or received it.")
                )
            favour.partner_id.sudo()._check_trust_subject()

    @api.constrains("user_id")
    def _check_user_id(self):
        for favour in self:
            user = favour.user_id.sudo()
            if not user or user.share or not user.active:
                raise ValidationError(
                    self.env._("Choose the colleague who gave or received it.")
                )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(favour.date > today for favour in self):
            raise ValidationError(
                self.env._(
                    "The day lies ahead: note a favour when it is given. To ask for "
                    "approval before, leave today's day; it is set when it is given."
                )
            )

    @api.constrains("value", "currency_id", "company_id", "date")
    def _check_rate(self):
        for favour in self.filtered("value"):
            favour.currency_id._check_trust_rate(favour.company_id, favour.date)

    # BUSINESS

    def _mail_get_partner_fields(self, introspect_fields=False):
        """The customer is no reader of our register."""
        return []
