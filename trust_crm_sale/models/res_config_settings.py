# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    trust_offer_days = fields.Integer(
        related="company_id.trust_offer_days", readonly=False
    )
