# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class TrustAddressedMixin(models.AbstractModel):
    """What is about a customer or a lead: whose it is, and which company's.

    The customer and the company follow from the lead, unless somebody says otherwise.
    """

    _name = "trust.addressed.mixin"
    _inherit = "trust.company.mixin"
    _description = "About a Customer or Lead"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    # COMPUTE

    @api.depends("lead_id")
    def _compute_partner_id(self):
        """What is about a lead is about its customer.

        A customer that the lead gets later comes through ``_trust_customer_found``: a
        dependency on ``lead_id.partner_id`` would cost every write on leads a query.
        """
        for record in self:
            record.partner_id = record.partner_id or record.lead_id.partner_id

    @api.depends("partner_id", "lead_id")
    def _compute_company_id(self):
        leads = self.filtered("lead_id.company_id")
        for record in leads:
            record.company_id = record.lead_id.company_id
        return super(TrustAddressedMixin, self - leads)._compute_company_id()
