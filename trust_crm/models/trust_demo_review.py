# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..tools import review_period


class TrustDemo(models.AbstractModel):
    """Two reviews of the firm: the closed one, and the one that is being worked on."""

    _inherit = "trust.demo"

    @api.model
    def _tell_reviews(self):
        """The last two quarters, decided about as a manager would on the screen."""
        first, last = review_period.last_quarter(fields.Date.today())
        earlier = review_period.last_quarter(first)
        former = self._tell_review(*earlier)
        self._tell_former_decisions(former)
        review = self._tell_review(first, last)
        self._tell_first_decisions(review)

    def _tell_review(self, first, last):
        """It opened on the day after its quarter."""
        manager = self.env.ref("base.user_admin")
        review = (
            self.env["trust.review"]
            .with_user(manager)
            .create({"date_from": first, "date_to": last, "user_id": manager.id})
        )
        opened = datetime.combine(last + timedelta(days=1), time(6))
        review.sudo().date_opened = opened
        return review

    def _tell_former_decisions(self, review):
        """All but one: the last line is carried over."""
        findings = review.finding_ids
        thin = findings.filtered(lambda one: one.part == "thin")
        others = findings - thin
        if thin:
            thin[:1]._decide("nothing", note=self.env._("They are on parental leave"))
        for finding in others[:2]:
            self._tell_scheduled(finding, done=True)
        left = (findings - thin[:1] - others[:2])[:-1]
        reasons = (
            self.env._("Watched until the next review"),
            self.env._("Nothing new is expected before the summer"),
            self.env._("The fair in spring is the better moment"),
        )
        for number, reason in enumerate(reasons):
            left[number :: len(reasons)]._decide("nothing", note=reason)
        review.action_carry_over()
        closed = review.date_opened + timedelta(days=9)
        review.sudo().date_closed = closed
        review.finding_ids.sudo().date_decided = closed

    def _tell_first_decisions(self, review):
        """The meeting has begun; the moment of truth is left for whoever looks."""
        findings = review.finding_ids.filtered(lambda one: not one.decision)
        for part in ("moved", "promise"):
            self._tell_scheduled(findings.filtered(lambda f, p=part: f.part == p)[:1])
        thin = findings.filtered(
            lambda one: one.part == "thin" and one.relationship_id.partner_id
        )
        if thin:
            thin[:2].action_ask()

    def _tell_scheduled(self, finding, done=False):
        """Somebody visits; in the closed review it has been done."""
        if not finding:
            return
        owner = finding.relationship_id.user_id or self.env.ref("base.user_admin")
        finding._schedule(
            {
                "activity_type_id": self.env.ref(
                    "trust_crm.mail_activity_type_visit"
                ).id,
                "user_id": owner.id,
                "date_deadline": fields.Date.today() + timedelta(days=6),
                "summary": self.env._("Visit, and ask what changed"),
            }
        )
        if done:
            finding.sudo().activity_ids.action_feedback(
                feedback=self.env._("Went well; they had waited for somebody to ask.")
            )
