# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class TrustReviewFinding(models.Model):
    """Deciding about a finding: something is done, or nothing, with a reason."""

    _inherit = "trust.review.finding"

    # ACTIONS

    def action_schedule(self):
        """Ask who sees to it, and by when."""
        return self._open_decide("activity", self.env._("Who sees to it?"))

    def action_nothing(self):
        """Ask why nothing is done."""
        return self._open_decide("nothing", self.env._("Why is nothing done?"))

    def action_measure(self):
        """Ask what is done against it, and write it on the moment of truth."""
        self.ensure_one()
        if not self.touchpoint_id:
            raise UserError(
                self.env._("A counter-measure belongs to a moment of truth.")
            )
        return self._open_decide("measure", self.env._("What is done against it?"))

    def action_win_back(self):
        """Start the win-back plan on the customer."""
        self._check_decider()
        for finding in self:
            if not finding.relationship_id:
                raise UserError(self.env._("A customer can be won back, nothing else."))
            relationship = finding.relationship_id
            if running := relationship._get_win_back_step():
                note = relationship._say_win_back_step(running)
                finding._decide("win_back", note)
                continue
            action = relationship.action_win_back()
            wizard = self.env["mail.activity.schedule"].with_context(
                **action["context"]
            )
            document = finding.sudo()._get_document()
            before = document.activity_ids
            wizard.create({}).action_schedule_plan()
            finding._decide("win_back", activities=document.activity_ids - before)
        return True

    def action_accept_circle(self):
        """Let the customer move into the ring that is proposed."""
        self._check_decider()
        self.relationship_id.action_accept_circle()
        self._decide("circle")
        return True

    def action_take_back(self):
        """Undo a decision: what it scheduled and nobody did yet is cancelled."""
        self._check_decider()
        for finding in self.sudo():
            finding.activity_ids.filtered("active").unlink()
            finding._leave_campaign()
        self.sudo().write(
            {
                "decision": False,
                "decision_note": False,
                "decided_by_id": False,
                "date_decided": False,
                "activity_ids": [fields.Command.clear()],
                "campaign_id": False,
            }
        )
        return True

    def action_open_subject(self):
        """Open what the finding is about, with the reader's rights."""
        self.ensure_one()
        if self.relationship_id and self.part not in ("promise", "loop"):
            return self.relationship_id.action_open_subject()
        if self.part == "promise":
            return self._open_promises()
        record = (
            self.crisis_id or self.promise_id or self.complaint_id or self.touchpoint_id
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # BUSINESS

    def _check_decider(self):
        self.check_access("read")
        self.review_id._check_open()

    def _open_decide(self, decision, title):
        self._check_decider()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "trust.review.decide",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_finding_ids": self.ids,
                "default_decision": decision,
            },
        }

    def _decide(self, decision, note=None, activities=None, campaign=None):
        """Write the decision down, signed, with the index of that moment."""
        self._check_decider()
        for finding in self.sudo():
            finding.write(
                {
                    "decision": decision,
                    "decision_note": note or False,
                    "decided_by_id": self.env.uid,
                    "date_decided": fields.Datetime.now(),
                    "index_decided": finding.relationship_id.trust_index,
                    "activity_ids": [
                        fields.Command.link(activity.id)
                        for activity in activities or ()
                    ],
                    "campaign_id": campaign and campaign.id,
                }
            )

    def _schedule(self, values):
        """One activity where it belongs, for that person by that day."""
        self._check_decider()
        for finding in self:
            document = finding.sudo()._get_document()
            note = finding.subject if document == finding.review_id else False
            activity = document.activity_schedule(
                activity_type_id=values["activity_type_id"],
                user_id=values["user_id"],
                date_deadline=values["date_deadline"],
                summary=values["summary"],
                note=note and Markup("<p>%s</p>") % note,
            )
            finding._decide("activity", note=values["summary"], activities=activity)

    def _add_measure(self, text):
        """Write the counter-measure on the moment of truth; what is there stays."""
        self._check_decider()
        for finding in self:
            moment = finding.touchpoint_id
            told = [(moment.counter_measure or "").strip(), text]
            moment.counter_measure = "\n".join(filter(None, told))
            finding._decide("measure", note=text)

    def _open_promises(self):
        """The promises of this line that slipped, as far as the reader sees them."""
        review = self.review_id.sudo()
        domain = [("id", "in", review._get_slipped(self.sudo()))]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promises that slipped"),
            "res_model": "trust.promise",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }
