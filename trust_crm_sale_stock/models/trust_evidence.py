# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class TrustEvidence(models.Model):
    _inherit = "trust.evidence"

    # BUSINESS

    def _document_title(self, document):
        """Say how the delivery went that an order promised."""
        title = super()._document_title(document)
        if document._name != "sale.order":
            return title
        went = {
            "promise_kept": self.env._("%s, delivered on time", title),
            "promise_kept_late": self.env._("%s, delivered late", title),
            "promise_broken": self.env._(
                "%s, not delivered by the promised day", title
            ),
        }
        return went.get(self.signal_id.code, title)
