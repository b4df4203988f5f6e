# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

LIFE = {"state", "approved_by_id", "approved_date", "given_date"}
PENDING = ("draft", "to_approve")
USER = "trust_crm.group_trust_user"
MANAGER = "trust_crm.group_trust_manager"
ADMIN = "trust_crm.group_trust_admin"


class TrustComplaintRedress(models.Model):
    """What the customer gets for what went wrong, within what one may grant.

    Up to the company's first limit whoever works on the complaint may approve it, up
    to the second a manager, above it an administrator. A value changed afterwards
    needs its approval again.
    """

    _name = "trust.complaint.redress"
    _description = "Redress"
    _order = "id"

    complaint_id = fields.Many2one(
        "trust.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True)
    partner_id = fields.Many2one(related="complaint_id.partner_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("refund", "Money back"),
            ("discount", "Discount"),
            ("replacement", "Replacement"),
            ("repair", "Repair"),
            ("gift", "A kind gesture"),
            ("other", "Something else"),
        ],
        required=True,
        default="refund",
    )
    name = fields.Char("What it is")
    value = fields.Monetary(required=True, default=0)
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("to_approve", "To approve"),
            ("approved", "Approved"),
            ("given", "Given"),
            ("refused", "Not approved"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False, ondelete="set null"
    )
    approved_date = fields.Datetime(readonly=True, copy=False)
    given_date = fields.Datetime("Given on", readonly=True, copy=False)
    may_approve = fields.Boolean(compute="_compute_may_approve")

    _value_check = models.Constraint(
        "CHECK(value >= 0)", "A redress is never negative."
    )

    # COMPUTE

    @api.depends("value", "state", "company_id")
    @api.depends_context("uid")
    def _compute_may_approve(self):
        for redress in self:
            redress.may_approve = redress.state in PENDING and redress._is_allowed()

    @api.depends("name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for redress in self:
            redress.display_name = redress.name or kinds.get(redress.kind)

    def _is_allowed(self):
        """May this user approve that much?"""
        self.ensure_one()
        user, company = self.env.user, self.company_id.sudo()
        if user == self.sudo().complaint_id.about_user_id:
            return False
        if user.has_group(ADMIN):
            return True
        if user.has_group(MANAGER):
            return self.value <= company.trust_redress_limit_manager
        return user.has_group(USER) and self.value <= company.trust_redress_limit

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env["trust.complaint.solution"]._check_not_about_me(vals_list)
            fresh = dict.fromkeys(LIFE, False) | {"state": "draft"}
            vals_list = [
                {k: v for k, v in vals.items() if k not in LIFE} | fresh
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.complaint_id._check_not_about_me()
        if LIFE & vals.keys():
            raise UserError(self.env._("A redress is approved by its buttons."))
        changed = {"value", "kind", "complaint_id"} & vals.keys()
        if changed and any(r.state in ("given", "refused") for r in self):
            raise UserError(self.env._("This redress is settled: add another one."))
        result = super().write(vals)
        if changed:
            approved = self.filtered(lambda r: r.state == "approved")
            approved.sudo().write(
                {"state": "draft", "approved_by_id": False, "approved_date": False}
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        if any(redress.state not in PENDING for redress in self):
            raise UserError(self.env._("An approved redress is not deleted."))

    # ACTIONS

    def action_approve(self):
        """Approve it, or ask who may."""
        self._check_step(PENDING)
        for redress in self:
            if redress._is_allowed():
                redress.sudo().write(
                    {
                        "state": "approved",
                        "approved_by_id": self.env.uid,
                        "approved_date": fields.Datetime.now(),
                    }
                )
            elif redress.state == "draft":
                redress.sudo().state = "to_approve"
                redress.complaint_id.sudo()._ask_approval(redress)
            else:
                raise UserError(
                    self.env._("This redress is above what you may approve.")
                )
        return True

    def action_refuse(self):
        self._check_step(PENDING)
        if not all(redress._is_allowed() for redress in self):
            raise UserError(self.env._("This redress is above what you may decide."))
        self.sudo().state = "refused"
        return True

    def action_give(self):
        """The customer has it."""
        self._check_step(("approved",))
        self.sudo().write({"state": "given", "given_date": fields.Datetime.now()})
        return True

    def _check_step(self, states):
        self.check_access("write")
        self.complaint_id._check_not_about_me()
        if any(redress.state not in states for redress in self):
            raise UserError(self.env._("This cannot be done with the redress now."))
