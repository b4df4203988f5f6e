# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from .trust_complaint_target import SEVERITIES

STAFF = "base.group_user"
RATER = [
    ("reliability", "Reliability of service"),
    ("assurance", "Assurance"),
    ("tangibles", "Tangibles"),
    ("empathy", "Empathy"),
    ("responsiveness", "Responsiveness"),
]
VOICES = [("customer", "The customer"), ("staff", "We")]


class TrustComplaint(models.Model):
    """Something went wrong for a customer, and what we make of it.

    Steps: received, listening, clarified, proposed, agreed, resolved, closed; or
    withdrawn by the customer, or rejected with a reason and an appeal. What each step
    needs stands in ``trust_complaint_path.py``, who can do what in
    ``trust_complaint_guard.py``, time in ``trust_complaint_deadline.py``, what the
    ledger holds in ``trust_complaint_evidence.py``.

    Whom the complaint is about (``about_user_id``) sees it, but can neither edit nor
    close it, and sees none of the talk about it.

    Fields without ``groups`` are what the customer may see on the portal.
    """

    _name = "trust.complaint"
    _description = "Complaint"
    _inherit = [
        "trust.company.mixin",
        "trust.door.mixin",
        "mail.tracking.duration.mixin",
        "mail.activity.mixin",
        "trust.evidence.source.mixin",
        "trust.clock.mixin",
    ]
    _order = "next_deadline, id desc"
    _rec_names_search = ["name", "subject", "partner_id"]
    _check_company_auto = True
    _track_duration_field = "step_id"
    _primary_email = "email_from"
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, default="/", required=True)
    # What the customer says
    subject = fields.Char(required=True)
    description = fields.Html(
        "The customer's words", help="As received; nobody edits what somebody wrote."
    )
    remedy_sought = fields.Text("Remedy sought")
    about_what = fields.Char("Product or order")
    source = fields.Selection(
        [
            ("hand", "Noted by us"),
            ("mail", "Mail"),
            ("portal", "Portal"),
            ("feedback", "Feedback"),
        ],
        "Came by",
        required=True,
        default="hand",
        readonly=True,
        groups=STAFF,
    )
    received_date = fields.Datetime(
        "Received on", required=True, default=fields.Datetime.now, copy=False
    )
    # Whose
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="set null",
        tracking=True,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
    )
    team_id = fields.Many2one(
        "crm.team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="set null",
        check_company=True,
        groups=STAFF,
    )
    about_user_id = fields.Many2one(
        "res.users",
        "About whom",
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        groups=STAFF,
        domain=[("share", "=", False)],
        help="The employee it is about, who can neither edit nor close it.",
    )
    # The path
    step_id = fields.Many2one(
        "trust.complaint.step",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        copy=False,
        default=lambda self: self.env["trust.complaint.step"]._get("received"),
        group_expand="_read_group_step_id",
    )
    step_code = fields.Selection(related="step_id.code", store=True, index=True)
    move_ids = fields.One2many(
        "trust.complaint.move", "complaint_id", readonly=True, copy=False, groups=STAFF
    )
    severity = fields.Selection(
        SEVERITIES, required=True, default="2", tracking=True, groups=STAFF
    )
    outside = fields.Boolean(
        "Taken outside",
        tracking=True,
        groups=STAFF,
        help="To an authority, a public review, the press.",
    )
    # Listening
    feeling_ids = fields.Many2many(
        "trust.feeling", string="The customer feels", copy=False, groups=STAFF
    )
    wanted = fields.Selection(
        [
            ("sympathy", "Sympathy: feel with me"),
            ("care", "Care: do something for me"),
            ("understanding", "Understanding: see what it means for me"),
            ("nothing", "Nothing of the kind"),
        ],
        "Wants",
        copy=False,
        groups=STAFF,
    )
    problem = fields.Text(
        "The problem", copy=False, help="In the customer's words, as agreed."
    )
    problem_agreed = fields.Boolean("The customer agrees", copy=False)
    disagreement = fields.Text(
        "Where we disagree", copy=False, help="When there is no agreement on it."
    )
    # Mending
    solution_ids = fields.One2many("trust.complaint.solution", "complaint_id")
    apology = fields.Selection(
        [("given", "We apologised"), ("not_due", "No apology is due")],
        copy=False,
        tracking=True,
        groups=STAFF,
    )
    redress_ids = fields.One2many(
        "trust.complaint.redress", "complaint_id", groups=STAFF
    )
    no_redress = fields.Boolean("No redress", copy=False, groups=STAFF)
    # Learning
    cause_id = fields.Many2one(
        "trust.complaint.cause",
        "Root cause",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        groups=STAFF,
    )
    rater = fields.Selection(RATER, "Dimension", copy=False, groups=STAFF)
    touchpoint_id = fields.Many2one(
        "trust.touchpoint", "Moment of truth", ondelete="set null", groups=STAFF
    )
    promise_ids = fields.One2many("trust.promise", "complaint_id", copy=False)
    original_id = fields.Many2one(
        "trust.complaint",
        "Repeats",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        check_company=True,
        groups=STAFF,
        help="The first complaint of this customer with the same cause.",
    )
    repeat_ids = fields.One2many(
        "trust.complaint", "original_id", "Repeated by", groups=STAFF
    )
    customer_told = fields.Boolean("The customer was told", copy=False, groups=STAFF)
    # Its life, written by its own methods only
    answered_date = fields.Datetime("First answer", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", "Answered by", readonly=True, copy=False, ondelete="set null"
    )
    resolved_date = fields.Datetime("Resolved", readonly=True, copy=False)
    closed_date = fields.Datetime("Closed", readonly=True, copy=False)
    refusal_count = fields.Integer("Refusals", readonly=True, copy=False, groups=STAFF)
    recovered = fields.Selection(
        [("unknown", "Not known yet"), ("yes", "Yes"), ("no", "No")],
        "Trust recovered",
        default="unknown",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        groups=STAFF,
    )
    # COMPUTE

    @api.depends("partner_id", "about_user_id", "company_id")
    def _compute_user_id(self):
        """Who looks after the customer, unless it is about them."""
        for complaint in self:
            customer = complaint.partner_id.sudo()
            about = complaint.about_user_id
            team = complaint.team_id or about.sale_team_id
            candidates = (
                complaint.user_id,
                customer.user_id,
                customer.commercial_partner_id.user_id,
                self.env.user,
                complaint.company_id.sudo().trust_complaint_user_id,
                team.user_id,
            )
            complaint.user_id = next(
                (
                    user
                    for user in candidates
                    if user != about
                    and user.active
                    and user.sudo().has_group("trust_crm.group_trust_user")
                ),
                False,
            )

    @api.depends("user_id")
    def _compute_team_id(self):
        for complaint in self:
            complaint.team_id = complaint.team_id or complaint.user_id.sale_team_id

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            names = (n for n in (complaint.name, complaint.subject) if n)
            complaint.display_name = " ".join(names)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
        return result

    @api.model
    def _read_group_step_id(self, steps, domain):
        return steps.search([], limit=100)  # nine of them
