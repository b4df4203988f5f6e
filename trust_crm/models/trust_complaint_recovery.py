# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .trust_complaint_step import LEFT

STAFF = "base.group_user"
RECOVERY_DAYS = 30
LATER_DAYS = 90
GOOD, BAD = 4, 2


class TrustComplaint(models.Model):
    """Did trust come back? Asked 30 days after the resolution, and read off the score.

    Unknown until the customer says so: 4 or more is yes, 2 or less is no.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    trust_before = fields.Float(
        "Trust before", readonly=True, copy=False, aggregator="avg", groups=STAFF
    )
    trust_after = fields.Float(
        "Trust after 30 days",
        readonly=True,
        copy=False,
        aggregator="avg",
        groups=STAFF,
    )
    trust_after_90 = fields.Float(
        "Trust after 90 days",
        readonly=True,
        copy=False,
        aggregator="avg",
        groups=STAFF,
    )

    recovery_asked = fields.Boolean(readonly=True, copy=False, groups=STAFF)
    later_noted = fields.Boolean(readonly=True, copy=False, groups=STAFF)

    # BUSINESS

    @api.model
    def _from_feedback(self, feedback):
        """A complaint made from a low answer, whose feedback_bad it replaces.

        :param feedback: one trust.feedback
        :return: the complaint, made once
        """
        feedback.ensure_one()
        told = feedback.sudo()
        if told.complaint_id:
            return told.complaint_id.sudo(False)
        if not told.partner_id:
            raise UserError(self.env._("Nobody is known who could complain."))
        complaint = self.sudo().create(
            {
                "partner_id": told.partner_id.id,
                "company_id": told.company_id.id,
                "source": "feedback",
                "subject": self.env._(
                    "From feedback: %(name)s", name=told.display_name
                ),
                "description": told._get_words(),
            }
        )
        told.complaint_id = complaint
        told._collect_trust_evidence()
        return complaint.sudo(False)

    def _on_recovery_answer(self, feedback):
        """The customer answered the recovery pulse: the last word on the outcome.

        About a complaint that was opened again meanwhile it says nothing: its next
        resolution is asked about anew. A 3 takes back what an answer said before it
        was corrected.

        :param feedback: answered, with ``overall`` from 1 to 5
        """
        self.ensure_one()
        complaint, score = self.sudo(), feedback.sudo().overall
        if not score or not complaint.resolved_date:
            return
        value = int(score)
        complaint._track_set_author(feedback.sudo().partner_id)
        complaint._note_trust_after("trust_after")
        if value >= GOOD:
            complaint.recovered = "yes"
            complaint._set_outcome("good", fields.Datetime.now(), "customer")
        elif value <= BAD:
            complaint.recovered = "no"
            complaint._set_outcome("bad", fields.Datetime.now(), "customer")
            complaint._notify_responsible(
                lambda env: env._(
                    "Trust has not come back: %(score)s of 5.", score=value
                )
            )
        else:
            complaint.recovered = "unknown"
            complaint.write(complaint._get_agreed_outcome(complaint.resolved_date))
            complaint._collect_trust_evidence()

    def _note_trust_before(self, relationship):
        """The index on the day of the complaint, before it counts."""
        if not self.trust_before and relationship.trust_index:
            self.trust_before = relationship.trust_index

    def _note_trust_after(self, name):
        for complaint in self:
            if not complaint[name]:
                complaint[name] = complaint._get_relationship().trust_index

    @api.model
    def _cron_recovery(self):
        """Ask whether trust came back, and read the score after 30 and 90 days."""
        self._work_off(self._get_recovery_domain(), "_ask_recovery")
        self._work_off(self._get_later_domain(), "_note_later")

    @api.model
    def _get_recovery_domain(self):
        due = fields.Datetime.now() - timedelta(days=RECOVERY_DAYS)
        return fields.Domain(
            [
                ("resolved_date", "<=", due),
                ("step_code", "not in", LEFT),
                ("partner_id", "!=", False),
                ("recovery_asked", "=", False),
            ]
        )

    @api.model
    def _get_later_domain(self):
        due = fields.Datetime.now() - timedelta(days=LATER_DAYS)
        return fields.Domain(
            [
                ("resolved_date", "<=", due),
                ("partner_id", "!=", False),
                ("later_noted", "=", False),
            ]
        )

    def _ask_recovery(self, now):
        """One pulse for each resolution."""
        for complaint in self:
            complaint.recovery_asked = True
            key = fields.Datetime.to_string(complaint.resolved_date)
            if not complaint._notice("recovery", key):
                continue
            complaint._note_trust_after("trust_after")
            self.env["trust.feedback"]._request(
                complaint.partner_id, "recovery", complaint=complaint
            )

    def _note_later(self, now):
        for complaint in self:
            complaint.later_noted = True
            key = fields.Datetime.to_string(complaint.resolved_date)
            if complaint._notice("later", key):
                complaint._note_trust_after("trust_after_90")
