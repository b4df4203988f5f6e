# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """A meeting that is over asks how it felt, guest by guest."""

    _inherit = "calendar.event"

    trust_is_over = fields.Boolean(
        "Took place",
        compute="_compute_trust_is_over",
        groups="trust_crm.group_trust_user",
    )

    # COMPUTE

    def _compute_trust_is_over(self):
        over = self._trust_over()
        for event in self:
            event.trust_is_over = event._origin in over

    # ORM

    def unlink(self):
        """Encounters outlive the meeting that they were made from."""
        encounters = self.env["trust.encounter"].sudo()
        encounters = encounters.search([("event_id", "in", self.ids)])
        result = super().unlink()
        encounters._collect_trust_evidence()
        return result

    # ACTIONS

    def action_log_trust_encounter(self):
        """The popup: how it felt to each guest."""
        self.ensure_one()
        action = self.env["trust.encounter"]._get_offer_action(self)
        if not action:
            raise UserError(
                self.env._("No customer was in this meeting, or it is not over yet.")
            )
        return action


class CalendarAttendee(models.Model):
    """When a meeting changes its mind, so do the encounters made from it."""

    _inherit = "calendar.attendee"

    # BUSINESS

    def _collect_trust_evidence(self):
        rows = super()._collect_trust_evidence()
        encounters = self.env["trust.encounter"].sudo()
        events = self.exists().event_id
        if events:
            encounters = encounters.search([("event_id", "in", events.ids)])
        return rows | encounters._collect_trust_evidence()


class MailActivity(models.Model):
    """Buttons of Odoo's own lists of activities offer the popup, too."""

    _inherit = "mail.activity"

    # ACTIONS

    def action_done(self):
        """Offer it to users of Trust; for all others nothing is asked or read."""
        result = super().action_done()
        if len(self) != 1:
            return result
        return self.env["trust.encounter"]._get_offer_action(self) or result
