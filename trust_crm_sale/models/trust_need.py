# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustNeed(models.Model):
    """With Sales a need can name the product that serves it."""

    _inherit = "trust.need"

    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The product that serves this need.",
    )
