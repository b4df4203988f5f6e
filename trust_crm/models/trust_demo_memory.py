# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command

from ..tools.occasion_days import name_lunar


class TrustDemo(models.AbstractModel):
    """What Nora and the others remember of people, and why they may.

    Days are told by how far ahead they are, so that somebody's is always near:
    ``birthday lunar 2 1988`` falls in two days, by the lunar calendar.
    """

    _inherit = "trust.demo"

    def _tell_ground(self, entry):
        self.env["trust.consent"].create(
            {
                "partner_id": entry.who.id,
                "ground": entry.value or "consent",
                "date": entry.day,
                "note": entry.words,
                "user_id": entry.user.id,
            }
        )

    def _tell_likes(self, entry):
        """Interests, of a customer or of one of us: the words of their external ids."""
        names = entry.value.split(",")
        words = [self.env.ref(f"trust_crm.interest_{name}").id for name in names]
        whose = entry.user.partner_id if entry.answer == "too" else entry.who
        links = [Command.link(id_) for id_ in words]
        (whose | entry.who).write({"trust_interest_ids": links})

    def _tell_occasion(self, entry):
        kind, calendar, ahead, year = entry.value.split()
        date = fields.Date.today() + timedelta(days=int(ahead))
        day, month, leap, _year = (
            name_lunar(date)
            if calendar == "lunar"
            else (date.day, date.month, False, date.year)
        )
        self.env["trust.occasion"].with_user(entry.user).sudo().create(
            {
                "partner_id": entry.who.id,
                "kind": kind,
                "name": entry.words,
                "calendar": calendar,
                "day": day,
                "month": month,
                "leap_month": leap,
                # Unknown where it would have to be a leap month of that year too.
                "year": 0 if leap or day > 28 else int(year),
            }
        )

    def _tell_memory(self, entry):
        kind, sensitivity = entry.value.split()
        self.env["trust.memory"].create(
            {
                "partner_id": entry.who.id,
                "kind": kind,
                "sensitivity": sensitivity,
                "text": entry.words,
                "date": entry.day,
                "user_id": entry.user.id,
            }
        )
