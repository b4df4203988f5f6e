# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class TrustLevelMixin(models.AbstractModel):
    """Circle and stage: named on every screen, their conditions part of every score.

    The names are cached for reading pages, and forgotten here. What a refresh has
    prepared of the conditions tells by itself that they changed (``_rules_stamp``).
    """

    _name = "trust.level.mixin"
    _description = "Trust Level"

    _trust_conditions = ()  # the fields by which a level is reached or kept

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        self.env.registry.clear_cache()
        return levels

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.env.registry.clear_cache()
        if vals.keys() & set(self._trust_conditions):
            self.env["trust.queue"]._push_all(self._name.removeprefix("trust."))
        return result
