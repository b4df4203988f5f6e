# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustDemo(models.AbstractModel):
    """Needs of the story: ``value`` is the kind, ``answer`` the state."""

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_need(self, entry):
        met = entry.answer == "met"
        link = "lead_id" if entry.who._name == "crm.lead" else "partner_id"
        need = self.env["trust.need"].create(
            {
                "name": entry.words,
                "kind": entry.value,
                "state": entry.answer or "hypothesis",
                link: entry.who.id,
                "user_id": entry.user.id,
                "found_date": entry.day,
                "met_date": met and entry.date,
                "met_by_id": met and entry.user.id,
            }
        )
        self._backdate(need, entry.date)

    def _tell_need_met(self, entry):
        entry.answer = "met"
        self._tell_need(entry)
