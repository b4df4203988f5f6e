# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# The four components of the equation, then the parts of relationship quality (S15).
PARTS = [
    ("C", "Credibility"),
    ("R", "Reliability"),
    ("I", "Intimacy"),
    ("O", "Customer orientation"),
    ("satisfaction", "Satisfaction"),
    ("affective", "Affective commitment"),
    ("utilitarian", "Utilitarian friendship"),
    ("sociable", "Sociable friendship"),
    ("reciprocal", "Reciprocal friendship"),
    ("continuance", "Continuance commitment"),
    ("normative", "Normative commitment"),
]


class TrustPolicyLine(models.Model):
    """How much one signal counts on one part, in signed evidence units."""

    _name = "trust.policy.line"
    _description = "Trust Policy Line"
    _order = "policy_id, signal_id, part"

    policy_id = fields.Many2one(
        "trust.policy", required=True, ondelete="cascade", index=True
    )
    signal_id = fields.Many2one(
        "trust.signal",
        required=True,
        ondelete="cascade",
        index=True,
        context={"active_test": False},
    )
    part = fields.Selection(PARTS, required=True, default="R")
    weight = fields.Float(
        required=True,
        default=0.0,
        help="Above zero is good for trust, below zero bad. One kept promise is 1.",
    )

    _signal_part_unique = models.Constraint(
        "UNIQUE (policy_id, signal_id, part)",
        "A signal counts only once on each part of a policy.",
    )

    @api.constrains("weight")
    def _check_weight(self):
        for line in self:
            if not abs(line.weight) <= 100:  # refuses NaN as well
                raise ValidationError(
                    self.env._("A weight lies between -100 and 100 evidence units.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.policy_id._check_editable()
        return lines

    def write(self, vals):
        self.policy_id._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(policy.state != "draft" for policy in self.policy_id):
            raise UserError(
                self.env._("Lines of a published policy stay as they were published.")
            )
