# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

SEEN_BY = "trust_crm.group_trust_user,trust_crm.group_trust_privacy"


class ResPartner(models.Model):
    """What a person cares about."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_interest_ids = fields.Many2many(
        "trust.interest",
        "trust_interest_partner_rel",
        "partner_id",
        "interest_id",
        "Interests",
        copy=False,
        groups=SEEN_BY,
        help="What this person cares about, besides our business.",
    )
