# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class TrustCompanyMixin(models.AbstractModel):
    """What is about a customer: it belongs to the customer's company, or to ours."""

    _name = "trust.company.mixin"
    _description = "Of a Customer's Company"

    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )

    # COMPUTE

    @api.depends("partner_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = (
                record.partner_id.company_id or record.company_id or self.env.company
            )
