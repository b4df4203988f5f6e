# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class MergePartnerAutomatic(models.TransientModel):
    """Merged people were invited once: core would delete all that collides with it."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        merged = (src_partners | dst_partner).ids
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM trust_event_invitation d USING trust_event_invitation k
                 WHERE d.partner_id = ANY(%s) AND k.partner_id = ANY(%s)
                   AND d.event_id = k.event_id AND k.id < d.id
                """,
                merged,
                merged,
            )
        )
        self.env["trust.event.invitation"].invalidate_model()
        return super()._update_foreign_keys(src_partners, dst_partner)
