# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustFavourRefuse(models.TransientModel):
    """Refuse a favour: who asked reads why."""

    _name = "trust.favour.refuse"
    _description = "Refuse a favour"

    favour_ids = fields.Many2many("trust.favour", required=True)
    reason = fields.Text("Why?", required=True)

    # ACTIONS

    def action_apply(self):
        self.ensure_one()
        self.favour_ids._refuse(self.reason)
