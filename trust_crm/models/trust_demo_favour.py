# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

LIMITS = {"per_gift": 50, "per_year": 150, "per_employee": 600}


class TrustDemo(models.AbstractModel):
    """Favours of the story, worth ``value``.

    ``answer`` is what became of it and its kind ("given, meal"); for a refused one the
    reason stands in the place of the kind.
    """

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_favour(self, entry):
        self._limit_favours()
        fate, _comma, detail = entry.answer.partition(", ")
        values = {
            "name": entry.words,
            "direction": "received" if fate == "received" else "given",
            "kind": "gift" if fate == "refused" else detail,
            "partner_id": entry.partner.id,
            "user_id": entry.user.id,
            "date": entry.day,
            "value": float(entry.value or 0),
            "state": "done" if fate in ("given", "received") else fate,
        }
        if fate in ("asked", "refused"):
            values |= self._prepare_asked(entry, fate, detail)
        favour = self.env["trust.favour"].create(values)
        self._backdate(favour, entry.date)
        if fate == "asked":
            favour._schedule_decision()

    def _tell_favour_received(self, entry):
        entry.answer = "received, help"
        self._tell_favour(entry)

    def _limit_favours(self):
        limits = self.env["trust.favour.limit"]
        if not limits.search_count([], limit=1):
            limits.create({**LIMITS, "approver_id": self.env.ref("base.user_admin").id})

    def _prepare_asked(self, entry, fate, reason):
        values = {
            "above_limit": True,
            "asked_by_id": entry.user.id,
            "asked_date": entry.date,
        }
        if fate == "refused":
            values |= {
                "decided_by_id": self.env.ref("base.user_admin").id,
                "decided_date": entry.date,
                "refusal_reason": reason,
            }
        return values
