# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Merging contacts keeps all that is remembered of each, on the grounds of all."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env.invalidate_all(flush=False)
        dst_partner.sudo()._settle_trust_grounds()
        return result
