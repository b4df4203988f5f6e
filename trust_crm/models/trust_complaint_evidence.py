# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

STAFF = "base.group_user"


class TrustComplaint(models.Model):
    """What the ledger holds about a complaint.

    * complaint_opened, when it came, as strong as it is severe. Rejecting it does not
      take it back (the customer was still disappointed); the customer's own withdrawal
      does.
    * complaint_answered or _late: the first answer against its deadline.
    * one live outcome: complaint_good when it was solved with the customer's consent
      or trust came back; complaint_bad when two solutions were refused, the deadline
      passed without a solution, or trust did not come back. A later one voids it.
    * false_claim, when the cause is that we claimed what was not true.

    A mail counts nothing until somebody has confirmed its sender.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    outcome = fields.Selection(
        [("good", "Solved, the customer agrees"), ("bad", "Handled badly")],
        readonly=True,
        copy=False,
        groups=STAFF,
    )
    outcome_date = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    outcome_voice = fields.Selection(
        [("customer", "Customer"), ("system", "System"), ("staff", "Staff")],
        readonly=True,
        copy=False,
        groups=STAFF,
    )

    # BUSINESS

    def _prepare_trust_evidence(self):
        rows = []
        for complaint in self.sudo():
            partner = complaint.partner_id
            if not complaint.confirmed or not partner.partner_share:
                continue
            if complaint.withdrawn_by == "customer":
                continue
            for fact in complaint._get_facts():
                rows.append(
                    {
                        "source": complaint,
                        "partner_id": partner.id,
                        "company_id": complaint.company_id.id,
                        **fact,
                    }
                )
        return rows

    def _get_facts(self):
        """The facts of one complaint, without what they have in common."""
        about, strength = self.about_user_id.id, int(self.severity) / 4
        facts = [
            {
                "signal": "complaint_opened",
                "source_key": "opened",
                "date": self.received_date,
                "magnitude": strength,
                "user_id": about,
            }
        ]
        if self.answered_date:
            late = self.answer_deadline and self.answered_date > self.answer_deadline
            facts.append(
                {
                    "signal": f"complaint_answered{'_late' if late else ''}",
                    "source_key": "answer",
                    "date": self.answered_date,
                    "user_id": self.answered_by_id.id,
                }
            )
        if self.outcome:
            facts.append(
                {
                    "signal": f"complaint_{self.outcome}",
                    "source_key": "outcome",
                    "date": self.outcome_date,
                    "magnitude": strength,
                    "voice": self.outcome_voice,
                    "user_id": self.user_id.id,
                }
            )
        if self.cause_id.false_claim:
            facts.append(
                {
                    "signal": "false_claim",
                    "source_key": "cause",
                    "date": self.received_date,
                    "user_id": about,
                }
            )
        return facts

    def _get_agreed_outcome(self, now):
        """Values: solved, and the customer had agreed to it."""
        accepted = self.solution_ids.filtered(lambda s: s.state == "accepted")[-1:]
        return {
            "outcome": "good",
            "outcome_date": now,
            "outcome_voice": accepted.answered_by or "staff",
        }

    def _set_outcome(self, outcome, date, voice):
        """The one outcome that counts from now on; the ledger follows."""
        for complaint in self:
            complaint.write(
                {"outcome": outcome, "outcome_date": date, "outcome_voice": voice}
            )
        self._collect_trust_evidence()
