# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

TONES = [("good", "Pleasant"), ("mixed", "Neither"), ("bad", "Unpleasant")]


class TrustFeeling(models.Model):
    """A word for what a person feels; several can be felt at once."""

    _name = "trust.feeling"
    _description = "Feeling"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    emoji = fields.Char(size=8)
    tone = fields.Selection(TONES, required=True, default="bad")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (name)", "There is a feeling of this name already."
    )
