# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

ASKED = ("sent", "answered", "expired")


class TrustCampaign(models.Model):
    """A dated round of requests to the people of some circles and stages (S19).

    draft: who and when is still open; planned: goes out on its day; running: the
    requests leave in batches; done: everybody was asked, or skipped with a reason.
    A campaign that repeats plans its next round when it is done.
    """

    _name = "trust.campaign"
    _description = "Feedback Campaign"
    _inherit = ["mail.thread"]
    _order = "date_planned desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Organised by",
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    date_planned = fields.Date(
        "Goes out on", required=True, default=fields.Date.context_today
    )
    repeat_months = fields.Integer("Repeat after (months)", help="0: this round only.")
    circle_ids = fields.Many2many("trust.circle", string="Circles")
    stage_ids = fields.Many2many("trust.stage", string="Stages")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("planned", "Planned"),
            ("running", "Going out"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    feedback_ids = fields.One2many("trust.feedback", "campaign_id", readonly=True)
    asked_count = fields.Integer("Asked", compute="_compute_answers")
    answered_count = fields.Integer("Answered", compute="_compute_answers")
    skipped_count = fields.Integer("Not asked", compute="_compute_answers")
    response_rate = fields.Float("Response rate (%)", compute="_compute_answers")
    overall = fields.Float(compute="_compute_answers", digits=(3, 1))

    _repeat_check = models.Constraint(
        "CHECK (repeat_months >= 0)", "A round repeats after zero or more months."
    )

    # COMPUTE

    @api.depends("feedback_ids.state")
    def _compute_answers(self):
        groups = self.env["trust.feedback"]._read_group(
            [("campaign_id", "in", self.ids)],
            ["campaign_id", "state"],
            ["__count", "overall:avg"],
        )
        found = {(campaign.id, state): rest for campaign, state, *rest in groups}
        for campaign in self:
            counts = {s: found.get((campaign.id, s), (0, 0))[0] for s in ASKED}
            campaign.asked_count = sum(counts.values())
            campaign.answered_count, campaign.overall = found.get(
                (campaign.id, "answered"), (0, 0.0)
            )
            campaign.skipped_count = found.get((campaign.id, "skipped"), (0, 0))[0]
            campaign.response_rate = campaign.asked_count and (
                100 * campaign.answered_count / campaign.asked_count
            )

    # ORM

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gone_out(self):
        if self.filtered(lambda c: c.state in ("running", "done")):
            raise UserError(
                self.env._("A campaign that went out stays in the history.")
            )

    def write(self, vals):
        """The state moves by its buttons only."""
        if "state" in vals and not self.env.su:
            raise UserError(
                self.env._("A campaign is planned and launched by buttons.")
            )
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [vals | {"state": "draft"} for vals in vals_list]
        return super().create(vals_list)

    # ACTIONS

    def action_preview(self):
        """Who would be asked, who would be skipped and why; nothing goes out."""
        self.ensure_one()
        return self.env["trust.campaign.preview"]._open(self)

    def action_plan(self):
        self._check_state("draft")
        self.sudo().state = "planned"

    def action_back_to_draft(self):
        self._check_state("planned")
        self.sudo().state = "draft"

    def action_launch(self):
        """Let it go out now, in the background."""
        self._check_state("draft", "planned")
        self.sudo().write({"state": "running", "date_planned": fields.Date.today()})
        self.env.ref("trust_crm.ir_cron_trust_campaign").sudo()._trigger()

    def action_open_feedback(self):
        """The requests of this round."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_feedback_action"
        )
        return action | {"domain": [("campaign_id", "=", self.id)], "context": {}}

    def _check_state(self, *states):
        self.check_access("write")
        for campaign in self:
            if campaign.state not in states:
                raise UserError(
                    self.env._(
                        'The campaign "%(name)s" has gone a step further already.',
                        name=campaign.name,
                    )
                )

    # BUSINESS

    def _get_people(self):
        """The persons of the chosen circles and stages, one each.

        Of a company those with whom we have a relationship of their own; of a company
        without, its own address.
        """
        self.ensure_one()
        relationships = self.env["trust.relationship"].sudo()
        company = Domain("company_id", "=", self.company_id.id)
        domain = company & self._get_customers_domain()
        customers = relationships.search(domain, order="id").partner_id
        contacts = relationships.search(
            company
            & Domain(
                [
                    ("is_commercial", "=", False),
                    ("commercial_partner_id", "in", customers.ids),
                    ("evidence_count", ">", 0),
                ]
            ),
            order="id",
        ).partner_id.filtered(lambda p: not p.is_company)
        answered_for = contacts.commercial_partner_id
        return contacts | customers.filtered(
            lambda p: not p.is_company or p not in answered_for
        )

    def _get_customers_domain(self):
        domain = Domain([("is_commercial", "=", True), ("partner_id", "!=", False)])
        if self.circle_ids:
            domain &= Domain("circle_id", "in", self.circle_ids.ids)
        if self.stage_ids:
            domain &= Domain("stage_id", "in", self.stage_ids.ids)
        return domain

    def _plan_next(self):
        """The next round of a campaign that repeats."""
        for campaign in self.filtered("repeat_months"):
            months = relativedelta(months=campaign.repeat_months)
            planned = campaign.copy({"date_planned": campaign.date_planned + months})
            planned.state = "planned"
