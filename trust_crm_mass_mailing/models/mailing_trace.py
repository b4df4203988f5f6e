# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

UNRECEIVED = ("bounce", "error", "cancel")


class MailingTrace(models.Model):
    """What a person received of a mailing; it may come back after all."""

    _name = "mailing.trace"
    _inherit = ["mailing.trace", "trust.evidence.observed.mixin"]

    # How many a person had within a month, and what was sent since the last look.
    _trust_email_idx = models.Index(
        "(email, sent_datetime) WHERE sent_datetime IS NOT NULL"
    )
    _trust_sent_idx = models.Index("(sent_datetime) WHERE sent_datetime IS NOT NULL")

    # ORM

    def write(self, vals):
        result = super().write(vals)
        if vals.get("trace_status") in UNRECEIVED:
            self.sudo().filtered("sent_datetime")._collect_trust_evidence_later()
        return result

    # BUSINESS

    def _trust_observers(self):
        return ["pushy_selling"]

    def _trust_subjects(self):
        emails = set(self.mapped("email")) - {False}
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search([("email_normalized", "in", list(emails))])
