# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

from .trust_before_commit import before_commit

# {model: ids} that other documents absorbed in this transaction.
MERGED = "trust_crm.merged"


class TrustEvidenceObservedMixin(models.AbstractModel):
    """A document of Odoo's own: collection observes it, and it may change its mind.

    Collection never voids. So whatever changes a document that may have spoken calls
    ``_collect_trust_evidence_later``: before the commit the same SELECTs as collection
    read the document again, what is no longer so is voided, what is so instead is
    recorded. What nobody has observed yet is left to the first collection.
    """

    _name = "trust.evidence.observed.mixin"
    _inherit = "trust.evidence.source.mixin"
    _description = "Observed Trust Evidence Source"

    # BUSINESS

    def _trust_observers(self):
        """Return the codes of the signals whose facts change with these documents."""
        return []

    def _trust_subjects(self):
        """Return the customers about whom these documents speak now."""
        return self.partner_id

    def _collect_trust_evidence_later(self):
        if self:
            before_commit(self, "_collect_trust_evidence")

    def _collect_trust_evidence(self):
        """Make the ledger say what these documents say now.

        An archived signal says nothing new; what it said before stands while it is so.
        """
        signals, documents = self.env["trust.signal"].sudo(), self.exists()
        rows, wanted = self._trust_evidence_rows(), []
        standing = rows.browse()
        for code in self._trust_observers():
            signal = signals._get_by_code(code)
            said = rows.filtered(lambda row, signal=signal: row.signal_id == signal)
            standing |= said
            heard = documents
            if not (signal.active and signal.last_collected):
                heard &= documents.browse(said.mapped("source_id"))
            if heard:
                subjects = heard._trust_subjects() | said.partner_id
                wanted += signal._read_documents(heard, subjects)
        return self._settle_trust_evidence(wanted, standing)

    def _trust_evidence_rows(self):
        """What merged documents said stands, though they are deleted."""
        merged = self.env.cr.postcommit.data.get(MERGED, {}).get(self._name, ())
        return super(
            TrustEvidenceObservedMixin, self - self.browse(merged)
        )._trust_evidence_rows()

    def _trust_merged(self):
        """Another document absorbs these: deleting them takes nothing back."""
        merged = self.env.cr.postcommit.data.setdefault(MERGED, {})
        merged.setdefault(self._name, set()).update(self.ids)
