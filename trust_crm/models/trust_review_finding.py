# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from .trust_review import PARTS

KINDS = [
    ("moved_out", "Moved out"),
    ("fell", "Fell"),
    ("moved_in", "Moved in"),
    ("rose", "Rose"),
    ("little", "Little evidence"),
    ("old", "Old evidence"),
    ("slip_team", "Promises of a team"),
    ("slip_kind", "Promises of a kind"),
    ("slip_customer", "Promises to a customer"),
    ("destroyer", "Destroys trust"),
    ("crisis", "Open crisis"),
    ("unrecovered", "Trust did not come back"),
    ("corrective", "Corrective action not done"),
]
DECISIONS = [
    ("activity", "Somebody sees to it"),
    ("win_back", "Win-back plan"),
    ("ask", "Ask for feedback"),
    ("measure", "Counter-measure"),
    ("circle", "Moved in"),
    ("nothing", "Nothing"),
    ("carried", "Carried over"),
]
# What is no promise for a complaint has no purpose
PURPOSES = [
    ("plain", "Promises outside complaints"),
    ("solution", "Promised solutions of complaints"),
    ("corrective", "Corrective promises: mend it"),
    ("preventive", "Preventive promises: never again"),
]


class TrustReviewFinding(models.Model):
    """One line of a review: about what, the figures then and now, what was decided.

    What was found is frozen; the sentence is made of it in the reader's language and
    says nothing but rings, points, days and counts. Written by the review's own
    methods only.
    """

    _name = "trust.review.finding"
    _description = "Finding of a trust review"
    _order = "review_id, part_order, is_carried desc, sequence, id"
    _rec_name = "subject"

    review_id = fields.Many2one(
        "trust.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="review_id.company_id", store=True)
    review_state = fields.Selection(related="review_id.state", string="Review")
    sequence = fields.Integer(readonly=True)
    part = fields.Selection(PARTS, "Part of the Review", required=True, readonly=True)
    part_order = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)

    # About what: one of these
    relationship_id = fields.Many2one(
        "trust.relationship",
        "Customer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    touchpoint_id = fields.Many2one(
        "trust.touchpoint",
        "Moment of truth",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    purpose = fields.Selection(PURPOSES, "Kind of promise", readonly=True)
    # Where it stands
    crisis_id = fields.Many2one(
        "trust.crisis", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    complaint_id = fields.Many2one(
        "trust.complaint", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    promise_id = fields.Many2one(
        "trust.promise", readonly=True, ondelete="cascade", index="btree_not_null"
    )

    # What was found
    subject = fields.Char("About", compute="_compute_subject")
    value_now = fields.Float(
        readonly=True, aggregator=None, export_string_translation=False
    )
    value_before = fields.Float(
        readonly=True, aggregator=None, export_string_translation=False
    )
    has_before = fields.Boolean(readonly=True, export_string_translation=False)
    facts = fields.Json(readonly=True, export_string_translation=False)
    figure_now = fields.Char("This time", compute="_compute_figures")
    figure_before = fields.Char("A quarter ago", compute="_compute_figures")
    reason = fields.Char("Why it is here", compute="_compute_reason")
    is_carried = fields.Boolean("Carried over", readonly=True, copy=False)
    carried_from_id = fields.Many2one(
        "trust.review.finding",
        export_string_translation=False,
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    # What was decided
    decision = fields.Selection(DECISIONS, readonly=True, copy=False)
    decision_note = fields.Char("Reason", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, ondelete="set null"
    )
    date_decided = fields.Datetime("Decided on", readonly=True, copy=False)
    index_decided = fields.Float(
        "Index then", readonly=True, copy=False, aggregator=None
    )
    activity_ids = fields.Many2many(
        "mail.activity", readonly=True, copy=False, context={"active_test": False}
    )
    campaign_id = fields.Many2one(
        "trust.campaign",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    # COMPUTE

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_subject(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for finding in self:
            told = finding.sudo()
            record = told.relationship_id or told.touchpoint_id or told.team_id
            finding.subject = (
                record.display_name
                or told.crisis_id.name
                or purposes.get(told.purpose)
                or ""
            )

    @api.depends("kind", "value_now", "value_before", "has_before")
    @api.depends_context("lang")
    def _compute_figures(self):
        for finding in self:
            at_many = finding.kind == "crisis" and not finding.relationship_id
            finding.figure_now = (
                "–" if at_many else finding._say_figure(finding.value_now)
            )
            finding.figure_before = (
                finding._say_figure(finding.value_before) if finding.has_before else "–"
            )

    @api.depends("kind", "facts", "value_now", "value_before", "is_carried")
    @api.depends_context("lang")
    def _compute_reason(self):
        for finding in self:
            finding.reason = finding._say_reason()

    # BUSINESS

    def _get_subject_key(self):
        """What makes two findings speak of the same thing."""
        self.ensure_one()
        about = ("relationship_id", "touchpoint_id", "team_id")
        where = ("crisis_id", "complaint_id", "promise_id")
        return (
            self.part,
            self.kind if self.part == "loop" else "",
            *(self[name].id for name in about + where),
            self.purpose,
        )

    def _get_document(self):
        """The record on which an activity about this belongs."""
        self.ensure_one()
        relationship = self.relationship_id
        return (
            self.crisis_id
            or relationship.partner_id
            or relationship.lead_id
            or self.touchpoint_id
            or self.review_id
        )
