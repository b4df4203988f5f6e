# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

SPEAKING = {"state", "active", "partner_id", "email", "event_id", "event_slot_id"}


class EventRegistration(models.Model):
    """Who came was met; a registration may turn out to be somebody else's, or nobody's.

    Several of one person for one event are one visit, so they are read together.
    """

    _name = "event.registration"
    _inherit = ["event.registration", "trust.evidence.observed.mixin"]

    # ORM

    def write(self, vals):
        if not SPEAKING & vals.keys():
            return super().write(vals)
        came = self._trust_came()
        result = super().write(vals)
        (came | self._trust_came())._collect_trust_evidence_later()
        return result

    # BUSINESS

    def _trust_came(self):
        """Those of these that say that somebody came, with the others of the same."""
        came = self.sudo().filtered(lambda one: one.state == "done")
        if not came:
            return came
        same = Domain("event_id", "in", came.event_id.ids) & (
            Domain("partner_id", "in", came.partner_id.ids)
            | Domain("email", "in", [email for email in came.mapped("email") if email])
        )
        return came | came.search(same & Domain("state", "=", "done"))

    def _trust_observers(self):
        return ["event_attended"]

    def _trust_subjects(self):
        signals = self.env["trust.signal"]
        emails = {signals._normalize_attendee(email) for email in self.mapped("email")}
        partners = self.env["res.partner"].with_context(active_test=False)
        known = partners.search([("email_normalized", "in", list(emails - {""}))])
        return self.partner_id | known
