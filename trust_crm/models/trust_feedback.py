# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

RATER = [
    ("reliability", "Reliability of service"),
    ("assurance", "Assurance"),
    ("tangibles", "Tangibles"),
    ("empathy", "Empathy"),
    ("responsiveness", "Responsiveness"),
]
PERCEIVED = tuple(f"score_{name}" for name, _label in RATER)
EXPECTED = tuple(f"expected_{name}" for name, _label in RATER)
YEARLY = (*EXPECTED, "obliged")
SCORES = ("overall", *PERCEIVED, "interest", *YEARLY)
WORDS = ("make_it_five", "one_thing")
OPEN = "sent"


class TrustFeedback(models.Model):
    """One request for feedback to one person, and what that person answered.

    About one encounter (a meeting, an order, a complaint) or the whole relationship.
    States: sent (the link is open), answered, skipped (not asked, and why), expired
    (the link was closed: its time ran out, or the person is gone).

    Nobody writes a request by hand: :meth:`_request` makes it, the person's own answer
    fills it (``trust_feedback_answer.py``), and the ledger follows the answer. Its link
    is never stored (``trust_feedback_token.py``). Scores are 1 to 5, 0 is no answer.
    """

    _name = "trust.feedback"
    _description = "Feedback"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "trust.evidence.source.mixin",
        "trust.unranked.mixin",
    ]
    _order = "date_sent desc, id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    # Whom, about what, on whose behalf
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, index=True, ondelete="set null"
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, ondelete="set null"
    )
    kind = fields.Selection(
        [
            ("pulse", "Pulse"),
            ("recovery", "Recovery pulse"),
            ("campaign", "Campaign"),
        ],
        required=True,
        readonly=True,
        default="pulse",
    )
    campaign_id = fields.Many2one(
        "trust.campaign", readonly=True, index="btree_not_null", ondelete="set null"
    )
    complaint_id = fields.Many2one(
        "trust.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Of a recovery pulse the complaint it is about; "
        "else the one that was made from this answer.",
    )
    res_model = fields.Char("About (model)", readonly=True)
    res_id = fields.Many2oneReference(
        "About (record)", model_field="res_model", readonly=True, aggregator=None
    )
    scope = fields.Selection(
        [("encounter", "One encounter"), ("relationship", "The whole relationship")],
        "About",
        compute="_compute_scope",
        store=True,
        precompute=True,
    )
    about_name = fields.Char("Encounter", compute="_compute_about_name")
    # The request
    state = fields.Selection(
        [
            ("sent", "Waiting for the answer"),
            ("answered", "Answered"),
            ("skipped", "Not asked"),
            ("expired", "Link closed"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    skip_reason = fields.Selection(
        [
            ("wait", "Asked a short while ago"),
            ("no_email", "No email address"),
            ("blacklisted", "Address is on the blacklist"),
            ("opted_out", "Asked to be left out"),
            ("archived", "Archived contact"),
            ("colleague", "One of us"),
            ("failed", "An error, see the log"),
        ],
        "Not asked because",
        readonly=True,
    )
    end_reason = fields.Selection(
        [
            ("time", "Time ran out"),
            ("archived", "Contact archived"),
            ("merged", "Contact merged"),
            ("erased", "Contact deleted"),
        ],
        "Link closed because",
        readonly=True,
    )
    date_sent = fields.Datetime("Asked on", readonly=True, index=True)
    date_expiry = fields.Datetime("Link open until", readonly=True)
    asks_yearly = fields.Boolean(
        "Yearly questions",
        readonly=True,
        help="What the customer expects, and whether they feel obliged: once a year.",
    )
    nonce = fields.Char(readonly=True, copy=False, groups="base.group_system")
    wait_key = fields.Char(readonly=True, copy=False, groups="base.group_system")
    # The answer
    date_answered = fields.Datetime("Answered on", readonly=True)
    date_corrected = fields.Datetime("Corrected on", readonly=True)
    overall = fields.Integer(readonly=True, aggregator="avg")
    score_reliability = fields.Integer(
        "Reliability of service", readonly=True, aggregator="avg"
    )
    score_assurance = fields.Integer("Assurance", readonly=True, aggregator="avg")
    score_tangibles = fields.Integer("Tangibles", readonly=True, aggregator="avg")
    score_empathy = fields.Integer("Empathy", readonly=True, aggregator="avg")
    score_responsiveness = fields.Integer(
        "Responsiveness", readonly=True, aggregator="avg"
    )
    interest = fields.Integer("Puts my interest first", readonly=True, aggregator="avg")
    expected_reliability = fields.Integer(
        "Expected reliability", readonly=True, aggregator="avg"
    )
    expected_assurance = fields.Integer(
        "Expected assurance", readonly=True, aggregator="avg"
    )
    expected_tangibles = fields.Integer(
        "Expected tangibles", readonly=True, aggregator="avg"
    )
    expected_empathy = fields.Integer(
        "Expected empathy", readonly=True, aggregator="avg"
    )
    expected_responsiveness = fields.Integer(
        "Expected responsiveness", readonly=True, aggregator="avg"
    )
    obliged = fields.Integer("Feels obliged to us", readonly=True, aggregator="avg")
    make_it_five = fields.Text("What would make it a 5?", readonly=True)
    one_thing = fields.Text("What one thing could we do better?", readonly=True)
    has_habit = fields.Boolean(readonly=True)
    overall_relative = fields.Float(
        "Against own habit",
        readonly=True,
        digits=(3, 1),
        aggregator="avg",
        help="Overall, less what this person gave on average before. "
        "Empty until they answered twice.",
    )
    # What we made of it
    needs_follow_up = fields.Boolean("Needs a follow-up", readonly=True, index=True)
    told_date = fields.Datetime("Customer told on", readonly=True)
    told_by_id = fields.Many2one(
        "res.users", "Customer told by", readonly=True, ondelete="set null"
    )

    _scores_range = models.Constraint(
        "CHECK ("
        + " AND ".join(f"({name} IS NULL OR {name} BETWEEN 0 AND 5)" for name in SCORES)
        + ")",
        "An answer lies between 1 and 5.",
    )
    _wait_unique = models.UniqueIndex(
        "(wait_key) WHERE wait_key IS NOT NULL", "This person was just asked."
    )
    _open_idx = models.Index("(date_expiry) WHERE state = 'sent'")
    _expected_idx = models.Index(
        "(partner_id, date_answered) WHERE asks_yearly AND state = 'answered'"
    )

    # COMPUTE

    @api.depends("res_model")
    def _compute_scope(self):
        for feedback in self:
            feedback.scope = "encounter" if feedback.res_model else "relationship"

    def _compute_about_name(self):
        for feedback in self:
            feedback.about_name = feedback.sudo()._get_about().display_name or False

    @api.depends("partner_id", "res_model", "res_id")
    def _compute_display_name(self):
        for feedback in self:
            who = feedback.partner_id.sudo().name or self.env._("Somebody")
            about = feedback.about_name or self.env._("the whole relationship")
            feedback.display_name = f"{who}: {about}"

    # ORM

    def _read_group_select(self, aggregate_spec, query):
        """What was not answered does not pull the average down."""
        name, _colon, how = aggregate_spec.partition(":")
        column = self._table, name, query
        if how == "avg" and name in SCORES:
            return SQL("AVG(NULLIF(%s, 0))", self._field_to_sql(*column))
        if how == "avg" and name == "overall_relative":
            known = self._field_to_sql(self._table, "has_habit", query)
            return SQL("AVG(%s) FILTER (WHERE %s)", self._field_to_sql(*column), known)
        return super()._read_group_select(aggregate_spec, query)

    # ACTIONS

    def action_open_about(self):
        """The meeting, order or complaint that it is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # BUSINESS

    def _say_unranked(self):
        return self.env._("Feedback is not counted by employee.")

    def _get_about(self):
        """The record it is about; an empty partner for the whole relationship."""
        self.ensure_one()
        model = self.env.get(self.res_model or "")
        if model is None or not self.res_id:
            return self.env["res.partner"]
        return model.browse(self.res_id).exists()
