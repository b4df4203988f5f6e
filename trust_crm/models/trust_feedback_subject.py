# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: what they told us, and a button to ask."""

    _inherit = "trust.subject.mixin"

    trust_feedback_count = fields.Integer(
        "Feedback",
        compute="_compute_trust_feedback_count",
        groups="trust_crm.group_trust_user",
    )

    # COMPUTE

    def _compute_trust_feedback_count(self):
        self._count_trust("trust_feedback_count")

    # ACTIONS

    @api.readonly
    def action_view_trust_feedback(self):
        """What this customer's people were asked and answered."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_feedback_action"
        )
        domain = list(self._get_trust_feedback_domain())
        return action | {"domain": domain, "context": {}}

    def action_ask_trust_feedback(self):
        """Ask this customer about the whole relationship."""
        self.ensure_one()
        return self.env["trust.feedback.ask"]._open(self._get_trust_person())

    # BUSINESS

    def _get_trust_person(self):
        return self if self._name == "res.partner" else self.partner_id

    def _get_trust_feedback_domain(self):
        return self._get_trust_person()._get_trust_people_domain()

    def _trust_traces(self):
        return super()._trust_traces() | {
            "trust_feedback_count": [("trust.feedback", "partner_id")]
        }

    def _trust_counted(self):
        return super()._trust_counted() | {
            "trust_feedback_count": (
                "trust.feedback",
                self._get_trust_feedback_domain(),
            )
        }


class TrustRelationship(models.Model):
    """A relationship asks its customer."""

    _inherit = "trust.relationship"

    # ACTIONS

    def action_ask_trust_feedback(self):
        self.ensure_one()
        return self.env["trust.feedback.ask"]._open(
            self.partner_id or self.lead_id.partner_id
        )


class CalendarEvent(models.Model):
    """A meeting asks those who were there."""

    _inherit = "calendar.event"

    # ACTIONS

    def action_ask_trust_feedback(self):
        """Ask the first guest from outside about this meeting."""
        self.ensure_one()
        guests = self.partner_ids.filtered("partner_share")
        return self.env["trust.feedback.ask"]._open(guests[:1], about=self)


class TrustComplaint(models.Model):
    """A complaint and the feedback around it: what it came from, whether it healed."""

    _inherit = "trust.complaint"

    feedback_ids = fields.One2many(
        "trust.feedback",
        "complaint_id",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
