# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models

from ..tools import promise_days

PENDING = ("open", "renegotiated")
UNFULFILLED = (*PENDING, "broken")
SIDES = [("customer", "The customer"), ("us", "We")]


class TrustPromise(models.Model):
    """Who promised what to whom by when, in either direction.

    States, and what a fair customer concludes from them (only our own promises
    are evidence; theirs remind and never score):

    * open: still to be kept. Nothing to conclude.
    * renegotiated: still to be kept, on another day than first promised. Nothing
      to conclude when the new day was agreed before the old one had ended;
      otherwise the promise stays broken in the ledger until it is kept (late).
    * kept, kept_late: done within, after the day promised. A promise that was
      once missed can only be kept late, whatever was agreed afterwards.
    * broken: the day ended (midnight in the promiser's time zone) without it.
    * cancelled: at the customer's wish: nothing. Taken back by us: broken at that
      moment, for the customer was told that our word does not hold; moving the
      day in time is the way that costs nothing. Missed before: stays broken.

    One promise has at most one live evidence row at any time. The customer's own
    word about it stands above ours (:meth:`_customer_says`).

    State, closing date and the other fields of the promise's life are written by
    its own methods only; nobody sets them over RPC or by an import.
    """

    _name = "trust.promise"
    _description = "Promise"
    _inherit = [
        "trust.door.mixin",
        "trust.addressed.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "trust.evidence.source.mixin",
        "trust.clock.mixin",
        "trust.unranked.mixin",
    ]
    _order = "date_deadline, id"
    _check_company_auto = True

    # What, to whom, by whom, when
    name = fields.Char("What is promised", required=True)
    description = fields.Text("Notes for colleagues", groups="base.group_user")
    direction = fields.Selection(
        [("ours", "We promised"), ("theirs", "They promised")],
        "Who promised",
        required=True,
        default="ours",
        help="What a customer promises us reminds us, but never counts as evidence.",
    )
    lead_id = fields.Many2one(groups="base.group_user")
    promised_to = fields.Char("Customer's name", compute="_compute_promised_to")
    user_id = fields.Many2one(
        "res.users",
        "Promised by",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
        help="Who keeps the promise; for a customer's promise, who watches it.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        ondelete="set null",
        groups="base.group_user",
    )
    date_deadline = fields.Date(
        "Due",
        required=True,
        default=lambda self: self._default_date_deadline(),
        help="The promise can be kept until the end of this day, "
        "in the time zone of the one who promised.",
    )
    deadline_at = fields.Datetime(
        "Late from", compute="_compute_deadline_at", store=True, precompute=True
    )
    # Reminder
    reminder_days = fields.Integer(
        "Remind days before",
        default=lambda self: self.env.company.trust_promise_reminder_days,
    )
    reminder_at = fields.Datetime(
        "Reminder", compute="_compute_reminder_at", store=True, precompute=True
    )
    reminded_date = fields.Date("Reminded for the day", copy=False, readonly=True)
    # Its life, written by its own methods only
    state = fields.Selection(
        [
            ("open", "Open"),
            ("renegotiated", "Moved"),
            ("broken", "Broken"),
            ("kept", "Kept"),
            ("kept_late", "Kept late"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    date_done = fields.Datetime("Closed on", readonly=True, copy=False)
    missed_at = fields.Datetime(
        "First missed",
        readonly=True,
        copy=False,
        help="End of the first promised day that passed without it.",
    )
    missed_by_id = fields.Many2one(
        "res.users",
        "Missed by",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_user",
        help="Who owed it then; the promise may have been passed on since.",
    )
    lateness_days = fields.Integer(
        "Days late", compute="_compute_lateness_days", store=True, aggregator=None
    )
    cancel_asked_by = fields.Selection(SIDES, "Cancelled by", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False, groups="base.group_user")
    change_ids = fields.One2many(
        "trust.promise.change", "promise_id", "Moves", readonly=True, copy=False
    )
    slip_count = fields.Integer("Slips", compute="_compute_slip_count", store=True)
    # The customer's side
    shared = fields.Boolean(
        "Visible to the customer",
        tracking=True,
        help="The customer finds it on the portal, gets a mail with the link, and can "
        "say whether it was kept.",
    )
    customer_answer = fields.Selection(
        [("kept", "Kept"), ("not_kept", "Not kept")],
        "The customer says",
        readonly=True,
        copy=False,
    )
    # Where it was made
    res_model = fields.Char("Made in (model)", readonly=True, groups="base.group_user")
    res_id = fields.Many2oneReference(
        "Made in (record)",
        model_field="res_model",
        readonly=True,
        groups="base.group_user",
    )

    _reminder_days_check = models.Constraint(
        "CHECK(reminder_days >= 0)",
        "The reminder comes zero or more days before the promise is due.",
    )
    _missed_idx = models.Index("(missed_at) WHERE missed_at IS NOT NULL")
    _pending_idx = models.Index("(deadline_at) WHERE state IN ('open', 'renegotiated')")

    # COMPUTE

    @api.model
    def _default_date_deadline(self):
        """The next working day of the company's calendar."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        tomorrow = (now + timedelta(days=1)).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        calendar = self.env.company.resource_calendar_id
        planned = calendar and calendar.plan_days(1, tomorrow, compute_leaves=True)
        return (planned or tomorrow).date()

    @api.depends("partner_id", "lead_id")
    def _compute_promised_to(self):
        for promise in self.sudo():
            lead = promise.lead_id
            promise.promised_to = (
                promise.partner_id.display_name
                or lead.contact_name
                or lead.partner_name
                or lead.name
            )

    @api.depends("user_id", "lead_id")
    def _compute_team_id(self):
        for promise in self.sudo():
            promise.team_id = promise.lead_id.team_id or promise.user_id.sale_team_id

    @api.depends("date_deadline", "user_id.tz")
    def _compute_deadline_at(self):
        for promise in self:
            due = promise.date_deadline
            promise.deadline_at = due and promise_days.end_of_day(
                due, promise.user_id.sudo().tz
            )

    @api.depends("date_deadline", "reminder_days", "user_id.tz")
    def _compute_reminder_at(self):
        now = fields.Datetime.now()
        for promise in self:
            due = promise.date_deadline
            promise.reminder_at = due and promise_days.reminder_moment(
                due, max(promise.reminder_days, 0), promise.user_id.sudo().tz, now
            )

    @api.depends("state", "date_done", "missed_at")
    def _compute_lateness_days(self):
        """Days between the day first promised and the day it was done."""
        for promise in self:
            late = promise.state == "kept_late"
            promise.lateness_days = late and promise_days.days_late(
                promise.missed_at, promise.date_done, promise.user_id.sudo().tz
            )

    @api.depends("change_ids")
    def _compute_slip_count(self):
        for promise in self:
            promise.slip_count = len(
                promise.change_ids.filtered(lambda change: change.is_slip)
            )
