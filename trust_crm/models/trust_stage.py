# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError

CONDITIONS = ("mass", "index", "circle", "affective")
STAGE_FIELDS = tuple(f"{kind}_{c}" for kind in ("reach", "keep") for c in CONDITIONS)


class TrustStage(models.Model):
    """A stage of the relationship (S14): developing, exploring, expanding, committed.

    The stage is the highest one whose *reach* conditions all hold; it is left when a
    *keep* condition of its own fails. The same clamp as for circles.
    """

    _name = "trust.stage"
    _inherit = "trust.level.mixin"
    _description = "Relationship Stage"
    _order = "level"
    _trust_conditions = STAGE_FIELDS

    name = fields.Char(required=True, translate=True)
    level = fields.Integer(required=True)
    description = fields.Text(translate=True)
    reach_mass = fields.Float(help="Evidence needed to reach the stage (units).")
    reach_index = fields.Float(help="Trust index needed to reach the stage.")
    reach_circle = fields.Integer(help="Ring (0..3) needed to reach the stage.")
    reach_affective = fields.Float(help="Affective commitment (0..100) needed.")
    keep_mass = fields.Float(help="Evidence below which the stage is left (units).")
    keep_index = fields.Float(help="Trust index below which the stage is left.")
    keep_circle = fields.Integer(help="Ring (0..3) below which the stage is left.")
    keep_affective = fields.Float(help="Affective commitment needed to stay.")

    _level_unique = models.UniqueIndex("(level)", "Each stage exists only once.")
    _level_positive = models.Constraint(
        "CHECK (level >= 0)", "The level of a stage cannot be negative."
    )

    # CONSTRAINTS

    @api.constrains(*STAGE_FIELDS)
    def _check_conditions(self):
        for stage in self:
            for name in CONDITIONS:
                if stage[f"keep_{name}"] > stage[f"reach_{name}"]:
                    raise ValidationError(
                        self.env._(
                            "The stage %(name)s would be left as soon as it is "
                            "reached: a condition to stay is stricter than the one "
                            "to arrive.",
                            name=stage.name,
                        )
                    )
