# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustPromise(models.Model):
    """What the ledger holds about a promise: at most one live row.

    kept: in time, dated when it was done; kept_late: the same after a missed day;
    broken: dated at the end of the first missed day, or when we took it back. What
    customers promise us is never evidence.
    """

    _inherit = "trust.promise"

    # BUSINESS

    def _get_outcome(self):
        """(signal code, moment in UTC, voice) that the promise stands for now."""
        said = self.customer_answer
        if self.state in ("kept", "kept_late"):
            voice = "customer" if said == "kept" else "staff"
            return f"promise_{self.state}", self.date_done, voice
        voice = "customer" if said == "not_kept" else "system"
        if self.missed_at or self.state == "broken":
            return "promise_broken", self.missed_at or self.deadline_at, voice
        if self.state == "cancelled" and self.cancel_asked_by == "us":
            return "promise_broken", self.date_done, "staff"
        return None

    def _prepare_trust_evidence(self):
        """One row for each promise of ours that is kept, missed or taken back.

        The voice is part of the key: the customer's word voids ours and stands
        in its place.
        """
        rows = []
        for promise in self.sudo():
            outcome = promise._get_outcome()
            partner, lead = promise.partner_id, promise.lead_id
            told = partner.partner_share if partner else bool(lead)
            if promise.direction != "ours" or not outcome or not told:
                continue
            signal, date, voice = outcome
            broken = signal == "promise_broken"
            who = (broken and promise.missed_by_id) or promise.user_id
            rows.append(
                {
                    "signal": signal,
                    "date": date,
                    "voice": voice,
                    "source": promise,
                    "source_key": voice,
                    "user_id": who.id,
                    "company_id": promise.company_id.id,
                    "partner_id": partner.id,
                    "lead_id": lead.id,
                }
            )
        return rows
