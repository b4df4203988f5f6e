# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

# The journey of a customer with us, in its order; each moment stands in one step.
JOURNEY = [
    ("meeting", "Getting to know us"),
    ("deciding", "Deciding"),
    ("receiving", "Receiving"),
    ("using", "Using"),
    ("staying", "Staying"),
]
ROLES = [("builder", "Builder"), ("destroyer", "Destroyer")]
MANAGER = "trust_crm.group_trust_manager"
# What the map is drawn from; owner and team answer the questions about it.
DRAWN = {
    "name",
    "description",
    "sequence",
    "active",
    "step",
    "owner_id",
    "member_ids",
}
REVIEW = "trust_crm.mail_activity_touchpoint_review"


class TrustTouchpoint(models.Model):
    """A moment of truth (S6): a point of the journey where trust is built or lost.

    A team of several trades answers four questions about each: does it build or destroy
    trust, what is the best chance in it, what the biggest threat, what is done against
    that. What the ledger says of the last 90 days stands beside their judgement
    (``trust_touchpoint_live.py``). A destroyer without a counter-measure is an alarm.
    """

    _name = "trust.touchpoint"
    _description = "Moment of truth"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    step = fields.Selection(
        JOURNEY,
        "Step of the journey",
        required=True,
        default="using",
        group_expand=True,
        tracking=True,
    )

    # The four questions
    judgement = fields.Selection(
        ROLES,
        "Builder or destroyer?",
        tracking=True,
        help="What the team thinks. Empty: what the evidence says counts.",
    )
    chance = fields.Text("Best chance", tracking=True)
    threat = fields.Text("Biggest threat", tracking=True)
    counter_measure = fields.Text("Counter-measure", tracking=True)

    # Who looks after it, and when next
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Trust team",
        domain="[('share', '=', False)]",
        help="People of several trades who look at this moment together.",
    )
    review_date = fields.Date("Next review", tracking=True)
    signal_ids = fields.One2many(
        "trust.signal",
        "touchpoint_id",
        string="Signals",
        context={"active_test": False},
    )
    fact_ids = fields.Many2many(
        "trust.signal",
        string="Facts that happen here",
        compute="_compute_fact_ids",
        inverse="_inverse_fact_ids",
        context={"active_test": False},
        help="A fact happens at one moment: choosing it here takes it from elsewhere.",
    )

    can_draw = fields.Boolean(
        compute="_compute_can_draw", export_string_translation=False
    )

    _name_unique = models.Constraint(
        "UNIQUE (name)", "There is a moment of truth of this name already."
    )

    # COMPUTE

    @api.depends_context("uid")
    def _compute_can_draw(self):
        self.can_draw = self._may_draw()

    @api.depends("signal_ids")
    def _compute_fact_ids(self):
        for touchpoint in self:
            touchpoint.fact_ids = touchpoint.signal_ids

    def _inverse_fact_ids(self):
        """Whoever draws the map says where a fact happens, and nothing else of it."""
        if not self._may_draw():
            raise AccessError(self.env._("A manager says where a fact happens."))
        for touchpoint in self:
            signals = touchpoint.fact_ids
            (touchpoint.signal_ids - signals).sudo().touchpoint_id = False
            (signals - touchpoint.signal_ids).sudo().touchpoint_id = touchpoint

    # CONSTRAINTS

    @api.constrains("name")
    def _check_name(self):
        """The same name as people read it: translated ones differ in the database."""
        every = self.with_context(active_test=False)
        for touchpoint in self:
            if every.search_count([("name", "=", touchpoint.name)], limit=2) > 1:
                raise ValidationError(
                    self.env._("There is a moment of truth of this name already.")
                )

    @api.constrains("review_date", "owner_id")
    def _check_review(self):
        for touchpoint in self:
            if touchpoint.review_date and not touchpoint.owner_id:
                raise ValidationError(
                    self.env._(
                        "Who reviews %(name)s? Name an owner, or leave the date empty.",
                        name=touchpoint.name,
                    )
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        touchpoints = super().create(vals_list)
        touchpoints.filtered("review_date")._plan_review()
        return touchpoints

    def write(self, vals):
        if DRAWN & vals.keys() and not self._may_draw():
            raise AccessError(
                self.env._(
                    "A manager draws the map: its owner and team answer the questions."
                )
            )
        result = super().write(vals)
        if vals.keys() & {"review_date", "owner_id", "active"}:
            self._plan_review()
        return result

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._may_draw())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Cards and rows are moved by whoever draws the map; others get no handle."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._may_draw():
            if view_type == "kanban":
                arch.set("records_draggable", "0")
            for handle in arch.xpath("//field[@widget='handle']"):
                handle.getparent().remove(handle)
        return arch, view

    # BUSINESS

    @api.model
    def _may_draw(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _plan_review(self):
        """Keep one review activity per moment, at its date, for its owner."""
        self.sudo().activity_unlink([REVIEW])
        for touchpoint in self.filtered(lambda one: one.active and one.review_date):
            touchpoint.sudo().activity_schedule(
                REVIEW,
                date_deadline=touchpoint.review_date,
                user_id=touchpoint.owner_id.id,
            )

    def _get_complaints_domain(self):
        return Domain("touchpoint_id", "in", self.ids)

    # ACTIONS

    def action_open_complaints(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints at: %s", self.name),
            "res_model": "trust.complaint",
            "view_mode": "list,kanban,form",
            "domain": list(self._get_complaints_domain()),
            "context": {"default_touchpoint_id": self.id},
        }
