# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

# Signs of the diary's value, after the feelings: asked against pitched.
FEELINGS = {
    "angry": "feeling_angry",
    "disappointed": "feeling_disappointed",
    "worried": "feeling_worried",
    "ignored": "feeling_ignored",
    "hopeful": "feeling_hopeful",
    "relieved": "feeling_relieved",
    "grateful": "feeling_grateful",
    "joyful": "feeling_joyful",
}


class TrustDemo(models.AbstractModel):
    """Talks of the demo, and how they felt.

    ``felt`` writes down the last contact with that person before its line. Its value
    names feelings as ``joyful 3 after``, separated by commas, then what was asked and
    pitched as ``/5:1``; the answer names a moment of truth.
    """

    _inherit = "trust.demo"

    # BUSINESS

    def _tell_felt(self, entry):
        """How the call, visit or meeting of that day felt."""
        felt, _slash, talk = entry.value.partition("/")
        asked, pitched = (talk or "0:0").split(":")
        values = self._prepare_encounter(entry) | self._find_contact(entry)
        values |= {
            "asked": asked,
            "pitched": pitched,
            "feeling_ids": [
                fields.Command.create(self._prepare_felt(*one.split()))
                for one in felt.split(",")
            ],
        }
        encounter = self.env["trust.encounter"].create(values)
        self._backdate(encounter, entry.date)

    def _tell_honest_advice(self, entry):
        """We advised against our own sale."""
        self.env["trust.encounter"].create(
            self._prepare_encounter(entry)
            | {"channel": "visit", "honest_advice": True, "asked": "5"}
        )

    def _prepare_encounter(self, entry):
        partner = entry.partner
        touchpoint = self.env["trust.touchpoint"]
        if entry.answer:
            touchpoint = self.env.ref(f"trust_crm.touchpoint_{entry.answer}")
        return {
            "partner_id": partner.id,
            "lead_id": False if partner else entry.who.id,
            "user_id": entry.user.id,
            "date": entry.date,
            "note": entry.words,
            "touchpoint_id": touchpoint.id,
        }

    def _prepare_felt(self, name, strength, stage="during"):
        return {
            "feeling_id": self.env.ref(f"trust_crm.{FEELINGS[name]}").id,
            "strength": int(strength),
            "stage": stage,
        }

    def _find_contact(self, entry):
        """The meeting or activity of that day which it is about; a call when none."""
        day = entry.date.date()
        until = fields.Date.add(day, days=1)
        message = self.env["mail.message"].search(
            [
                ("model", "=", entry.who._name),
                ("res_id", "=", entry.who.id),
                ("mail_activity_type_id", "!=", False),
                ("date", ">=", day),
                ("date", "<", until),
            ],
            limit=1,
        )
        if message:
            return self.env["trust.encounter"]._prepare_message_source(message)
        event = self.env["calendar.event"].search(
            [
                ("partner_ids", "in", entry.partner.ids),
                ("start", ">=", day),
                ("start", "<", until),
            ],
            limit=1,
        )
        if event:
            return {"channel": "meeting", "event_id": event.id, "date": event.stop}
        return {"channel": "call"}
