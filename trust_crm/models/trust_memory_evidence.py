# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time
from uuid import uuid4

from odoo import fields, models

SIGNAL = "confidence_shared"


class TrustMemory(models.Model):
    """That a person told us something in confidence is a fact; what, is not.

    The ledger is read by more people than the note. Its row names no document and
    carries no note, only a key drawn at random, so nobody can tell which note of which
    day it was, or whether the note still exists.
    """

    _inherit = "trust.memory"  # pylint: disable=consider-merging-classes-inherited

    evidence_key = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _collect_confidence(self):
        """Make the ledger say what these notes say now."""
        told = self.sudo().filtered(lambda m: m.sensitivity == "confidence")
        for memory in told.filtered(lambda m: not m.evidence_key):
            memory.evidence_key = uuid4().hex
        self.env["trust.evidence"].sudo()._record(
            [memory._prepare_confidence() for memory in told]
        )
        taken_back = self.sudo() - told
        self._void_confidence(taken_back.mapped("evidence_key"))
        taken_back.filtered("evidence_key").evidence_key = False

    def _prepare_confidence(self):
        now = fields.Datetime.now()
        return {
            "signal": SIGNAL,
            "partner_id": self.partner_id.id,
            "company_id": self.env.company.id,
            "user_id": self.user_id.id,
            "date": min(datetime.combine(self.date, time(12)), now),
            "source_key": self.evidence_key,
        }

    def _void_confidence(self, keys):
        """Nothing was told after all."""
        keys = [key for key in keys if key]
        if not keys:
            return
        rows = self.env["trust.evidence"].sudo()
        standing = rows.search(
            [
                ("signal_id.code", "=", SIGNAL),
                ("source_model", "=", ""),
                ("source_key", "in", keys),
                ("state", "=", "live"),
            ]
        )
        if standing:
            standing._void(self.env._("The document says otherwise now."), kind="auto")
