# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustEvidence(models.Model):
    _inherit = "trust.evidence"

    # BUSINESS

    def _document_title(self, document):
        """Name a mailing by what the customer read, not by Odoo's own number."""
        if document._name == "mailing.trace":
            subject = document.sudo().mass_mailing_id.subject
            return subject or super()._document_title(document)
        return super()._document_title(document)
