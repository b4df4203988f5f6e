# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustDemo(models.AbstractModel):
    """What binds customers of the story; ``value`` is the kind of tie."""

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_lock_in(self, entry):
        tie = self.env["trust.lock.in"].create(
            {
                "partner_id": entry.partner.id,
                "user_id": entry.user.id,
                "kind": entry.value,
                "date_start": entry.day,
                "note": entry.words,
            }
        )
        self._backdate(tie, entry.date)
