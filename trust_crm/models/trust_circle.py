# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TrustCircle(models.Model):
    """A ring of closeness (S7): outsider, acquaintance, insider, family.

    A relationship rises to a ring when its careful index ``circle_low`` reaches the
    published policy's upper threshold and leaves it below the lower one. Gates ask for
    proof besides the number: each failed gate drops the shown circle by one ring. A
    ring may ask a person before somebody moves in (``trust_relationship_proposal.py``).
    """

    _name = "trust.circle"
    _inherit = "trust.level.mixin"
    _description = "Trust Circle"
    _order = "level"
    _trust_conditions = ("gate_mass", "gate_signals", "gate_customer_days", "mode")

    name = fields.Char(required=True, translate=True)
    level = fields.Integer(
        required=True, help="0 is the outermost ring, 3 the innermost."
    )
    color = fields.Integer("Colour")
    description = fields.Text(translate=True)
    gate_mass = fields.Float(
        "Evidence Needed",
        help="Positive evidence, in evidence units, that somebody other than our own "
        "staff must have given. 0 asks for none.",
    )
    gate_signals = fields.Integer(
        "Kinds of Evidence Needed",
        help="From how many different signals that evidence must come.",
    )
    gate_customer_days = fields.Integer(
        "Customer Heard Within (Days)",
        help="The customer must have spoken within so many days. 0 asks for nothing.",
    )
    mode = fields.Selection(
        [
            ("automatic", "Moves in by the evidence alone"),
            ("propose", "Is proposed; a person decides"),
        ],
        "Who Moves In",
        required=True,
        default="automatic",
        help="Moving out needs nobody: what is shown is never closer than the "
        "evidence.",
    )
    threshold_up = fields.Float(compute="_compute_thresholds", string="Rises At")
    threshold_down = fields.Float(compute="_compute_thresholds", string="Falls Below")

    _level_unique = models.UniqueIndex("(level)", "Each ring exists only once.")
    _level_range = models.Constraint(
        "CHECK (level BETWEEN 0 AND 3)", "A ring lies between 0 (outermost) and 3."
    )

    # COMPUTE

    @api.depends("level")
    @api.depends_context("company")
    def _compute_thresholds(self):
        policy = self.env["trust.policy"].sudo()._get_published(self.env.company)
        ups, downs = policy._circle_thresholds()
        for circle in self:
            index = circle.level - 1
            circle.threshold_up = ups[index] if index >= 0 else 0.0
            circle.threshold_down = downs[index] if index >= 0 else 0.0

    # CONSTRAINTS

    @api.constrains("mode", "level")
    def _check_mode(self):
        if any(circle.mode == "propose" and not circle.level for circle in self):
            raise ValidationError(
                self.env._(
                    "Everybody begins in the outermost circle: nobody is asked there."
                )
            )

    @api.constrains("gate_mass", "gate_signals", "gate_customer_days")
    def _check_gates(self):
        for circle in self:
            gates = circle.gate_mass, circle.gate_signals, circle.gate_customer_days
            if min(gates) < 0:
                raise ValidationError(
                    self.env._(
                        "A gate of the circle %(name)s is negative. Use 0 for no gate.",
                        name=circle.name,
                    )
                )
