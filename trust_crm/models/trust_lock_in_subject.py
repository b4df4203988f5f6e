# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class ResPartner(models.Model):
    """What binds this customer to us, beside his trust."""

    _inherit = "res.partner"

    trust_lock_in_ids = fields.One2many(
        "trust.lock.in",
        "partner_id",
        "Ties",
        groups="trust_crm.group_trust_user",
    )

    @api.model
    def _trust_customer_models(self):
        return [*super()._trust_customer_models(), "trust.lock.in"]
