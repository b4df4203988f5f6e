# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools import review_period

ALL = "trust_crm.group_trust_user_all"
MANAGERS = "trust_crm.group_trust_manager"
PARTS = [
    ("moved", "What moved"),
    ("thin", "Where evidence is thin"),
    ("promise", "Which promises slip"),
    ("touchpoint", "Which moment of truth destroys trust"),
    ("loop", "What is still open"),
]
RESTS = (
    "moved_rest",
    "thin_rest",
    "promise_rest",
    "touchpoint_rest",
    "crisis_rest",
    "unrecovered_rest",
    "corrective_rest",
)
CHOSEN = {"company_id", "team_id", "date_from", "date_to", "user_id"}
FROZEN = {
    *CHOSEN - {"user_id"},
    *RESTS,
    "team_key",
    "team_label",
    "state",
    "date_opened",
    "date_closed",
    "closed_by_id",
    "previous_id",
    "figures",
    "finding_ids",
    *(f"{part}_ids" for part, _label in PARTS),
}


def findings_of(part):
    """Return the lines of one part of the meeting."""
    return fields.One2many(
        "trust.review.finding",
        "review_id",
        domain=[("part", "=", part)],
        string=dict(PARTS)[part],
        readonly=True,
        copy=False,
    )


def rest():
    """Return a count of what is not listed; a total, for who reads all customers."""
    return fields.Integer(
        readonly=True,
        copy=False,
        groups=ALL,
        aggregator=None,
        export_string_translation=False,
    )


class TrustReview(models.Model):
    """A quarter looked back on together (S19): what moved, where we know too little,
    which promises slip, which moment of truth destroys trust, what is still open.

    Opening it freezes what was found as lines (``trust_review_find.py``). Each line
    gets a decision: something is done, or nothing, with a reason. What is left when it
    is closed goes into the next one. A closed review is history and stays as it is.
    """

    _name = "trust.review"
    _description = "Trust review"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, date_from desc, team_key, id desc"
    _check_company_auto = True
    _rec_names_search = ["team_label"]

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
        help="Whose customers are looked at; empty: everybody's.",
    )
    # A team may be deleted; its reviews stay its reviews
    team_key = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    team_label = fields.Char("Team's Name", readonly=True)
    date_from = fields.Date(
        "First Day", required=True, default=lambda self: self._get_last_quarter()[0]
    )
    date_to = fields.Date(
        "Last Day", required=True, default=lambda self: self._get_last_quarter()[1]
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        default=lambda self: self.env.user,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(MANAGERS).id)],
        ondelete="set null",
        index="btree_not_null",
        tracking=True,
        help="Who prepares the meeting and sees to it that everything is decided.",
    )
    state = fields.Selection(
        [("open", "Being decided"), ("done", "Concluded")],
        required=True,
        default="open",
        readonly=True,
        index=True,
        tracking=True,
        copy=False,
    )
    date_opened = fields.Datetime("Opened on", readonly=True, copy=False)
    date_closed = fields.Datetime("Concluded on", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", "Concluded by", readonly=True, copy=False, ondelete="set null"
    )
    previous_id = fields.Many2one(
        "trust.review",
        "Review Before",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    # What was found
    figures = fields.Json(
        readonly=True, copy=False, groups=ALL, export_string_translation=False
    )
    finding_ids = fields.One2many(
        "trust.review.finding", "review_id", readonly=True, copy=False
    )
    moved_ids = findings_of("moved")
    thin_ids = findings_of("thin")
    promise_ids = findings_of("promise")
    touchpoint_ids = findings_of("touchpoint")
    loop_ids = findings_of("loop")
    moved_rest = rest()
    thin_rest = rest()
    promise_rest = rest()
    touchpoint_rest = rest()
    crisis_rest = rest()
    unrecovered_rest = rest()
    corrective_rest = rest()

    # How far we are
    finding_count = fields.Integer("Findings", compute="_compute_progress")
    decided_count = fields.Integer("Decided", compute="_compute_progress")
    undecided_count = fields.Integer("Undecided", compute="_compute_progress")
    progress = fields.Float("Decided (%)", compute="_compute_progress")
    progress_text = fields.Char("Progress", compute="_compute_progress")

    _period_check = models.Constraint(
        "CHECK (date_from <= date_to)", "A period begins before it ends."
    )
    _one_per_period = models.UniqueIndex(
        "(company_id, team_key, date_from, date_to)",
        "There is a review of this period already, of the same team or of everybody: "
        "open that one.",
    )

    # COMPUTE

    @api.model
    def _get_last_quarter(self):
        return review_period.last_quarter(fields.Date.context_today(self))

    @api.depends("date_from", "date_to", "team_label")
    @api.depends_context("lang")
    def _compute_name(self):
        for review in self:
            review.name = review._say_name()

    @api.depends("name")
    def _compute_display_name(self):
        for review in self:
            review.display_name = review.name

    @api.depends("finding_ids.decision")
    @api.depends_context("uid", "lang")
    def _compute_progress(self):
        """Of the findings that the reader sees."""
        groups = self.env["trust.review.finding"]._read_group(
            [("review_id", "in", self.ids)],
            ["review_id"],
            ["__count", "decision:count"],
        )
        found = {review.id: counts for review, *counts in groups}
        for review in self:
            total, decided = found.get(review.id, (0, 0))
            review.finding_count, review.decided_count = total, decided
            review.undecided_count = total - decided
            review.progress = 100 * decided / total if total else 0
            review.progress_text = self.env._(
                "%(decided)s of %(total)s decided", decided=decided, total=total
            )

    # CONSTRAINTS

    @api.constrains("date_from")
    def _check_begun(self):
        today = fields.Date.context_today(self)
        for review in self:
            if review.date_from > today:
                raise ValidationError(
                    self.env._("Nothing happened yet: choose a period that has begun.")
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever opens a review by hand chooses the period; the rest is found."""
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name in CHOSEN}
                for vals in vals_list
            ]
        reviews = super().create([self._with_team(vals) for vals in vals_list])
        reviews.sudo()._open()
        return reviews

    def write(self, vals):
        """An open review changes hands; all else is written by its buttons."""
        if self.env.su:
            return super().write(vals)
        closed = any(review.state == "done" for review in self)
        if vals.keys() & FROZEN or (closed and "user_id" in vals):
            raise UserError(
                self.env._("A review stays as it was opened; a closed one is history.")
            )
        result = super().write(vals)
        if "user_id" in vals:
            self.sudo()._call_owner()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(r.state == "done" or r.sudo().decided_count for r in self):
            raise UserError(
                self.env._("A review in which something was decided stays in history.")
            )

    # BUSINESS

    @api.model
    def _with_team(self, vals):
        team = self.env["crm.team"].sudo().browse(vals.get("team_id") or ())
        return {**vals, "team_key": team.id or 0, "team_label": team.name or False}

    def _say_name(self):
        self.ensure_one()
        if not self.date_from or not self.date_to:
            return self.env._("New review")
        period = self._say_period()
        if self.team_label:
            return self.env._(
                "Trust review %(period)s, %(team)s",
                period=period,
                team=self.team_id.sudo().name or self.team_label,
            )
        return self.env._("Trust review %(period)s", period=period)

    def _say_period(self):
        first, last = self.date_from, self.date_to
        if review_period.is_quarter(first, last):
            return self.env._(
                "Q%(number)s %(year)s",
                number=review_period.number(first),
                year=first.year,
            )
        return self.env._(
            "%(first)s to %(last)s",
            first=format_date(self.env, first),
            last=format_date(self.env, last),
        )
