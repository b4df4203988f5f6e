# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class MailingSubscription(models.Model):
    """Leaving a list is said the same moment, and unsaid when somebody comes back."""

    _name = "mailing.subscription"
    _inherit = ["mailing.subscription", "trust.evidence.observed.mixin"]

    _trust_opt_out_idx = models.Index("(contact_id) WHERE opt_out")

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        subscriptions = super().create(vals_list)
        subscriptions.filtered("opt_out")._tell_trust()
        return subscriptions

    def write(self, vals):
        result = super().write(vals)
        if {"opt_out", "opt_out_datetime", "opt_out_reason_id"} & vals.keys():
            self._tell_trust()
        return result

    # BUSINESS

    def _tell_trust(self):
        """All lists of these people: the first that they left speaks for the day."""
        told = self.sudo().contact_id.subscription_ids
        told._collect_trust_evidence_later()

    def _trust_observers(self):
        return ["opted_out"]

    def _trust_subjects(self):
        emails = {
            email for email in self.contact_id.mapped("email_normalized") if email
        }
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search([("email_normalized", "in", list(emails))])
