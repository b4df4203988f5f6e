# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import crisis as rules

CLUSTER_DAYS = 7
USER = "trust_crm.group_trust_user"
OPEN = ("proposed", "active")
# What the clock found and what became of it: written by neither hand nor RPC.
LIFE = {
    "state",
    "kind",
    "company_id",
    "relationship_id",
    "relationship_ids",
    "partner_id",
    "cause_id",
    "date",
    "window_start",
    "is_unlikely",
    "moved",
    "bad_count",
    "fact_count",
    "index_before",
    "date_accepted",
    "date_closed",
    "end_reason",
    "set_aside",
}


class TrustCrisis(models.Model):
    """A breach of trust (S19): at one customer, or one cause at many.

    The clock proposes one (``trust_crisis_find.py``); a manager accepts it, which
    starts a playbook, or says why it is none. It is over when trust is back where it
    stood without the bad month and something good followed, or when a manager closes
    it. What was learned stands as corrective promises.
    """

    _name = "trust.crisis"
    _description = "Crisis"
    _inherit = ["mail.thread", "mail.activity.mixin", "trust.clock.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [("customer", "At one customer"), ("cause", "One cause at many")],
        required=True,
        readonly=True,
        default="customer",
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("active", "Being worked on"),
            ("closed", "Trust is back"),
            ("ended", "Closed by hand"),
            ("dismissed", "No crisis"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        tracking=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index="btree_not_null",
        domain=lambda self: [("all_group_ids", "in", self.env.ref(USER).id)],
        check_company=True,
        ondelete="set null",
        tracking=True,
    )

    # What happened
    relationship_id = fields.Many2one(
        "trust.relationship", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        related="relationship_id.partner_id", string="Customer", store=True, index=True
    )
    cause_id = fields.Many2one(
        "trust.complaint.cause",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    relationship_ids = fields.Many2many(
        "trust.relationship", string="Affected customers", readonly=True
    )
    date = fields.Datetime("Noticed on", required=True, readonly=True)
    window_start = fields.Datetime("Since", required=True, readonly=True)
    why = fields.Text(compute="_compute_why")
    is_unlikely = fields.Boolean("Unlikely", readonly=True)
    moved = fields.Float(
        "Points Lost",
        readonly=True,
        aggregator=None,
        help="What the window did to the index.",
    )
    bad_count = fields.Integer("Bad facts", readonly=True)
    fact_count = fields.Integer("Facts", readonly=True)

    # What is done
    message_plan = fields.Text(
        "Message",
        help="What we say, to whom, who says it, and when. Before rumours do.",
    )
    promise_ids = fields.One2many(
        "trust.promise", "crisis_id", string="Lessons", copy=False
    )
    date_accepted = fields.Datetime("Accepted on", readonly=True, copy=False)
    date_closed = fields.Datetime("Over since", readonly=True, copy=False)
    end_reason = fields.Char("Reason", readonly=True, copy=False)

    # How trust comes back
    index_before = fields.Float(
        "Index before",
        readonly=True,
        aggregator=None,
        help="What the index would be without what happened since then.",
    )
    index_now = fields.Float("Index now", compute="_compute_curve", aggregator=None)
    curve = fields.Json("Recovery", compute="_compute_curve")

    _one_open_customer = models.UniqueIndex(
        "(relationship_id) WHERE relationship_id IS NOT NULL"
        " AND state IN ('proposed', 'active')",
        "There is an open crisis at this customer already.",
    )
    _one_open_cause = models.UniqueIndex(
        "(company_id, cause_id) WHERE cause_id IS NOT NULL"
        " AND state IN ('proposed', 'active')",
        "There is an open crisis of this cause already.",
    )

    # COMPUTE

    @api.depends("kind", "partner_id", "cause_id")
    def _compute_name(self):
        for crisis in self:
            about = crisis.partner_id or crisis.cause_id
            crisis.name = about.sudo().display_name or ""

    @api.depends("name")
    def _compute_display_name(self):
        for crisis in self:
            crisis.display_name = self.env._("Crisis: %s", crisis.name)

    @api.depends("kind", "is_unlikely", "moved", "bad_count", "fact_count")
    @api.depends_context("lang")
    def _compute_why(self):
        for crisis in self:
            crisis.why = "\n".join(crisis._say_why())

    # CONSTRAINTS

    @api.constrains("kind", "relationship_id", "cause_id")
    def _check_about(self):
        for crisis in self:
            about = crisis.relationship_id if crisis.kind == "customer" else False
            about = about or crisis.kind == "cause" and crisis.cause_id
            if not about:
                raise ValidationError(
                    self.env._("A crisis is about one customer or about one cause.")
                )

    # BUSINESS

    def _say_why(self):
        """Yield what made it a crisis, in the reader's words."""
        if self.kind == "cause":
            yield self.env._(
                "%(count)s complaints of this cause in %(days)s days.",
                count=self.bad_count,
                days=CLUSTER_DAYS,
            )
        if self.is_unlikely:
            yield self.env._(
                "%(bad)s of %(total)s facts in 30 days were bad: with this customer "
                "that is more than bad luck.",
                bad=self.bad_count,
                total=self.fact_count,
            )
        if self.kind == "customer" and self.moved <= rules.DROP:
            yield self.env._(
                "What happened in 30 days cost %(points)s points of trust.",
                points=round(-self.moved),
            )
