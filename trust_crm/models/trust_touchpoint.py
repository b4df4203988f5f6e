# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustTouchpoint(models.Model):
    """A moment of truth: a point of the journey where trust is built or lost."""

    _name = "trust.touchpoint"
    _description = "Moment of truth"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (name)", "There is a moment of truth of this name already."
    )
