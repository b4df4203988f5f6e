# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

from ..tools import feedback_scale
from .trust_feedback import RATER

# What the customer said of: signal for a good word, signal for a bad one.
SIGNALS = {
    "overall": ("feedback_good", "feedback_bad"),
    "interest": ("interest_confirmed", "interest_denied"),
    "obliged": ("pulse_obliged_good", "pulse_obliged_bad"),
} | {
    f"score_{name}": (f"pulse_{name}_good", f"pulse_{name}_bad")
    for name, _label in RATER
}


class TrustFeedback(models.Model):
    """What the ledger holds about an answer: one row per score that says something.

    4 and 5 are good with magnitude 1/2 and 1, 2 and 1 bad likewise, 3 says nothing.
    Expectations are no evidence. A corrected score voids its row and records another.
    """

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _prepare_trust_evidence(self):
        rows = []
        for feedback in self.sudo():
            if feedback.state != "answered" or not feedback.partner_id.partner_share:
                continue
            told_otherwise = feedback._get_told_otherwise()
            for name, signals in SIGNALS.items():
                spoken = feedback_scale.spoken(feedback[name])
                if not spoken or name in told_otherwise:
                    continue
                side, magnitude = spoken
                rows.append(
                    feedback._prepare_trust_row(signals[side == "bad"], magnitude)
                )
        return rows

    def _get_told_otherwise(self):
        """Scores that the complaint tells: one fact, one evidence.

        A complaint made from a low answer replaces it; the outcome of a complaint
        is told by its recovery pulse.
        """
        return {"overall"} if self.complaint_id else set()

    def _prepare_trust_row(self, signal, magnitude):
        encounter = self.scope == "encounter"
        return {
            "signal": signal,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": encounter and self.user_id.id,
            "date": self.date_answered,
            "magnitude": magnitude,
            "voice": "customer",
            "source": self,
        }
