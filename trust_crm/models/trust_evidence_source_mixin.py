# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustEvidenceSourceMixin(models.AbstractModel):
    """A document that speaks to signals.

    It says which evidence must stand now (``_prepare_trust_evidence``) and calls
    ``_collect_trust_evidence`` after it changed; the difference is recorded and voided
    here. A row voided by a person stays voided.
    """

    _name = "trust.evidence.source.mixin"
    _description = "Trust Evidence Source"

    # ORM

    def unlink(self):
        rows = self._trust_evidence_rows()
        result = super().unlink()
        rows._void_deleted()
        return result

    # BUSINESS

    def _prepare_trust_evidence(self):
        """Return the `_record` dicts that must be live for these documents now.

        Each names its document in ``source`` and has a ``source_key`` that is stable
        for the fact.
        """
        return []

    def _collect_trust_evidence(self):
        """Make the ledger say what these documents say now.

        :return: the live evidence of these documents
        """
        return self._settle_trust_evidence(
            self._prepare_trust_evidence(), self._trust_evidence_rows()
        )

    def _settle_trust_evidence(self, wanted, standing):
        """Void the ``standing`` rows that are not ``wanted``, record what is missing.

        :param wanted: `_record` dicts
        :return: the rows of ``wanted``
        """
        ledger = self.env["trust.evidence"].sudo()
        kept, stale = self._match_trust_evidence(wanted, standing)
        if stale:
            stale._void(self.env._("The document says otherwise now."), kind="auto")
        missing = [vals for i, vals in enumerate(wanted) if i not in kept]
        return ledger.browse([row.id for row in kept.values()]) | ledger._record(
            missing
        )

    def _trust_evidence_rows(self):
        """Return the standing evidence of these documents (human voids included)."""
        if not self.ids:
            return self.env["trust.evidence"]
        return (
            self.env["trust.evidence"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                    ("voids_id", "=", False),
                    ("voided_by_ids", "not any", [("void_kind", "=", "auto")]),
                ]
            )
        )

    def _match_trust_evidence(self, wanted, standing):
        """Return ({index of wanted: row}, rows that are no longer said)."""
        kept, stale, voided = {}, standing.browse(), standing._voided()
        by_key = {
            (row.signal_id.code, row.source_id, row.source_key): row for row in standing
        }
        for index, vals in enumerate(wanted):
            key = (vals["signal"], vals["source"].id, vals.get("source_key") or "")
            row = by_key.get(key)
            if row is None:
                continue
            if row in voided or self._says_the_same(row, vals):
                kept[index] = by_key.pop(key)
        for row in by_key.values():
            if row not in voided:
                stale |= row
        return kept, stale

    @staticmethod
    def _says_the_same(row, vals):
        """Tell whether a ledger row has the content that the document gives now."""
        date = fields.Datetime.to_datetime(vals["date"]).replace(microsecond=0)
        return (
            row.date.replace(microsecond=0) == date
            and abs(row.magnitude - vals.get("magnitude", 1.0)) < 1e-9
            and row.voice == (vals.get("voice") or row.signal_id.voice)
            and row.user_id.id == (vals.get("user_id") or False)
            and row.note == (vals.get("note") or False)
            and row.partner_id.id == (vals.get("partner_id") or row.partner_id.id)
        )
