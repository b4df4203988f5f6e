# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

from odoo import models


class TrustDemo(models.AbstractModel):
    """Promises of the story: due ``value`` days after the line's day.

    ``answer`` is what became of it: kept; "kept, says the customer"; late and by how
    many days; broken; overdue (its day passed just now); open.
    """

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_promise(self, entry, direction="ours"):
        due = entry.day + timedelta(days=int(entry.value))
        answer, shared, _rest = entry.answer.partition(", shared")
        shared = bool(shared) or "says the customer" in answer
        promise = self.env["trust.promise"].create(
            {
                "name": entry.words,
                "direction": direction,
                "partner_id": entry.partner.id,
                "user_id": entry.user.id,
                "date_deadline": due,
                "shared": shared,
                "shared_date": shared and entry.date,  # no mail goes out
                **self._prepare_fate(due, answer),
            }
        )
        self._backdate(promise, entry.date)

    def _tell_their_promise(self, entry):
        self._tell_promise(entry, "theirs")

    def _prepare_fate(self, due, answer):
        fate, _comma, detail = answer.replace(",", "").partition(" ")
        if fate == "kept":
            values = {"state": "kept", "date_done": self._afternoon(due, -1)}
            if detail:
                values["customer_answer"] = "kept"
            return values
        if fate == "late":
            return {
                "state": "kept_late",
                "date_done": self._afternoon(due, int(detail)),
            }
        return {"state": "broken"} if fate == "broken" else {}

    @staticmethod
    def _afternoon(day, days):
        return datetime.combine(day + timedelta(days=days), time(13, 20))
