# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

SPEAKING = {"start", "stop", "duration", "allday", "start_date", "stop_date", "active"}


class CalendarEvent(models.Model):
    """A meeting that was held may turn out to have been moved, or not held at all."""

    _inherit = "calendar.event"

    # ORM

    def write(self, vals):
        over = self._trust_over() if SPEAKING & vals.keys() else self.browse()
        result = super().write(vals)
        over.attendee_ids._collect_trust_evidence_later()
        return result

    def unlink(self):
        """The database deletes the attendees, who are the ones that speak."""
        rows = self._trust_over().attendee_ids._trust_evidence_rows()
        result = super().unlink()
        rows._void_deleted()
        return result

    # BUSINESS

    def _trust_over(self):
        """Return those of these meetings that are over: only they have spoken."""
        now = fields.Datetime.now()
        return self.sudo().filtered(
            lambda event: event.active and event.stop and event.stop <= now
        )


class CalendarAttendee(models.Model):
    """An attendee speaks for himself; our organiser's refusal speaks for all."""

    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "trust.evidence.observed.mixin"]

    # ORM

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            over = self.sudo().event_id._trust_over()
            over.attendee_ids._collect_trust_evidence_later()
        return result

    # BUSINESS

    def _trust_observers(self):
        return ["meeting_held"]
