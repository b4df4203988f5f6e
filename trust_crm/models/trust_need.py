# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("stated", "Stated"),
    ("real", "Real"),
    ("unstated", "Unstated"),
    ("delight", "Delight"),
    ("secret", "Secret"),
]
STATES = [("hypothesis", "Hypothesis"), ("confirmed", "Confirmed"), ("met", "Met")]
# Written by the need itself, never by a client.
LIFE_FIELDS = {"met_date", "met_by_id"}
SPEAKING = {"state", "partner_id", "lead_id", "company_id"}


class TrustNeed(models.Model):
    """What a customer needs, of one of five kinds (S9).

    stated: what they say they want. real: what it is for. unstated: what they take for
    granted. delight: what would please them beyond that. secret: what they would not
    say aloud; read by who found it, the customer's salesperson and managers only.

    hypothesis → confirmed → met, and back. A guess is not met before the customer has
    confirmed it. A need that is met is evidence (*need_met*), voided when it is not met
    any more. A lead's needs are its customer's as soon as there is one.
    """

    _name = "trust.need"
    _description = "Need"
    _inherit = ["trust.addressed.mixin", "trust.evidence.source.mixin"]
    _order = "id"
    _check_company_auto = True

    name = fields.Text("Need", required=True)
    kind = fields.Selection(KINDS, required=True, default="stated", index=True)
    state = fields.Selection(STATES, required=True, default="hypothesis", index=True)
    # Whose
    lead_id = fields.Many2one(string="Found on the Lead")
    # Who found it, when; what serves it
    user_id = fields.Many2one(
        "res.users",
        "Found by",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
    )
    found_date = fields.Date(
        "Found on", required=True, default=fields.Date.context_today, copy=False
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain=[("type", "=", "opportunity")],
        help="The opportunity that serves this need.",
    )
    met_date = fields.Datetime("Met on", readonly=True, copy=False)
    met_by_id = fields.Many2one(
        "res.users", "Met by", readonly=True, copy=False, ondelete="set null"
    )

    # CONSTRAINTS

    @api.constrains("name")
    def _check_name(self):
        for need in self:
            if not (need.name or "").strip():
                raise ValidationError(self.env._("Say what is needed, in a few words."))

    @api.constrains("partner_id", "lead_id")
    def _check_subject(self):
        for need in self:
            if not need.partner_id and not need.lead_id:
                raise ValidationError(
                    self.env._("Say whose need it is: a customer's or a lead's.")
                )
            need.partner_id.sudo()._check_trust_subject()

    @api.constrains("user_id")
    def _check_user_id(self):
        for need in self:
            user = need.user_id.sudo()
            if not user or user.share or not user.active:
                raise ValidationError(self.env._("Choose the colleague who found it."))

    @api.constrains("found_date")
    def _check_found_date(self):
        today = fields.Date.context_today(self)
        if any(need.found_date > today for need in self):
            raise ValidationError(
                self.env._("The need is found already: choose today or a day before.")
            )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        """A need starts as a guess, or confirmed.

        Only trusted code (sudo: demo data, migrations) may create one that is met.
        """
        if not self.env.su:
            fresh = dict.fromkeys(LIFE_FIELDS, False)
            vals_list = [{**vals, **fresh} for vals in vals_list]
            if any(vals.get("state") == "met" for vals in vals_list):
                self._refuse_met()
        needs = super().create(vals_list)
        met = needs.filtered(lambda need: need.state == "met").sudo()
        met._collect_trust_evidence()
        return needs

    def write(self, vals):
        """Note when and by whom it was met; the ledger follows."""
        if not self.env.su and LIFE_FIELDS & vals.keys():
            raise UserError(
                self.env._("When and by whom a need was met is noted by itself.")
            )
        vals, state, newly = dict(vals), vals.get("state"), self.browse()
        if state == "met":
            newly = self.filtered(lambda need: need.state != "met")
            if any(need.state == "hypothesis" for need in newly):
                self._refuse_met()
        elif state:
            vals |= dict.fromkeys(LIFE_FIELDS, False)
        result = super().write(vals)
        if newly:
            moment = {"met_date": fields.Datetime.now(), "met_by_id": self.env.uid}
            super(TrustNeed, newly.sudo()).write(moment | vals)
        if SPEAKING & vals.keys():
            self.sudo()._collect_trust_evidence()
        return result

    def _refuse_met(self):
        raise UserError(
            self.env._("This is only a guess: ask, and confirm it before it is met.")
        )

    # BUSINESS

    def _prepare_trust_evidence(self):
        """One row for each need that is met; never its words."""
        return [
            {
                "signal": "need_met",
                "date": need.met_date,
                "source": need,
                "partner_id": need.partner_id.id,
                "lead_id": need.lead_id.id,
                "user_id": need.met_by_id.id,
                "company_id": need.company_id.id,
            }
            for need in self.sudo()
            if need.state == "met"
            and (need.partner_id.partner_share if need.partner_id else need.lead_id)
        ]
