# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

DAYS = 7


class TrustCampaign(models.Model):
    """A round for chosen customers, as a review puts them together (S19)."""

    _inherit = "trust.campaign"  # pylint: disable=consider-merging-classes-inherited

    partner_ids = fields.Many2many(
        "res.partner",
        string="Only These Customers",
        help="Empty: everybody of the circles and stages.",
    )

    # BUSINESS

    def _get_customers_domain(self):
        domain = super()._get_customers_domain()
        if self.partner_ids:
            domain &= Domain("partner_id", "in", self.partner_ids.ids)
        return domain


class TrustReview(models.Model):
    """Customers on whom we know too little are asked together."""

    _inherit = "trust.review"

    # ACTIONS

    def action_ask_thin(self):
        """Put every customer that is not decided about into one draft round."""
        self.ensure_one()
        thin = self.finding_ids.filtered(
            lambda one: one.part == "thin" and not one.decision
        )
        return thin.action_ask()

    # BUSINESS

    def _get_campaign(self):
        """Return the draft round of this review, made if it is not there."""
        campaign = self.finding_ids.campaign_id.filtered(lambda c: c.state == "draft")
        return campaign[:1] or self.env["trust.campaign"].create(
            {
                "name": self.env._("%(review)s: little evidence", review=self.name),
                "company_id": self.company_id.id,
                "date_planned": fields.Date.context_today(self) + timedelta(days=DAYS),
            }
        )


class TrustReviewFinding(models.Model):
    """Ask for feedback: the customer goes into the draft round of the review."""

    _inherit = "trust.review.finding"

    # ACTIONS

    def action_ask(self):
        """One draft round for all; its organiser looks at it and lets it go out."""
        self._check_decider()
        partners = self.relationship_id.partner_id
        if not self or not partners:
            raise UserError(
                self.env._("There is no customer left here who could be asked.")
            )
        campaign = self.review_id._get_campaign()
        campaign.partner_ids = [Command.link(partner.id) for partner in partners]
        self._decide("ask", campaign=campaign)
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.campaign",
            "res_id": campaign.id,
            "views": [(False, "form")],
        }

    # BUSINESS

    def _leave_campaign(self):
        """Taken back: out of the round again, if that has not gone out."""
        campaign = self.campaign_id
        if campaign.state != "draft":
            return
        others = self.search(
            [("campaign_id", "=", campaign.id), ("id", "not in", self.ids)]
        )
        if others:
            partner = self.relationship_id.partner_id
            campaign.partner_ids = [Command.unlink(partner.id)]
        else:
            # Without customers it would be a round for everybody
            campaign.unlink()
