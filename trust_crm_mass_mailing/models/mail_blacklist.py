# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class MailBlacklist(models.Model):
    """One wish, one evidence: with the blacklist the lists fall silent, or speak."""

    _inherit = "mail.blacklist"

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        blacklisted = super().create(vals_list)
        blacklisted._tell_trust()
        return blacklisted

    def write(self, vals):
        result = super().write(vals)
        if {"active", "email"} & vals.keys():
            self._tell_trust()
        return result

    # BUSINESS

    def _tell_trust(self):
        left = self.env["mailing.subscription"].sudo()
        emails = self.sudo().mapped("email")
        left.search(
            [("opt_out", "=", True), ("contact_id.email_normalized", "in", emails)]
        )._collect_trust_evidence_later()
