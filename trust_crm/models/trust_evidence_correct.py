# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .trust_evidence_record import CONTENT


class TrustEvidence(models.Model):
    """Voiding: the only correction of the ledger, a row beside the wrong one."""

    _inherit = "trust.evidence"

    # BUSINESS

    def _void(self, reason, kind="human"):
        """Append the rows that void these; already voided ones are left alone.

        :param kind: ``human`` is sticky, ``auto`` lets the document speak again
        :return: the voiding rows
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the evidence is wrong."))
        if any(row.voids_id for row in self):
            raise UserError(self.env._("A correction cannot be voided."))
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH new AS (
                    INSERT INTO trust_evidence (%(columns)s, version, voids_id,
                           void_reason, void_kind, create_date, create_uid)
                    SELECT %(columns)s, version, e.id, %(reason)s, %(kind)s,
                           now() at time zone 'UTC', %(uid)s
                      FROM trust_evidence e
                     WHERE e.id = ANY(%(ids)s) AND NOT EXISTS (
                           SELECT FROM trust_evidence v WHERE v.voids_id = e.id)
                        ON CONFLICT DO NOTHING
                    RETURNING id, partner_id, lead_id, company_id,
                              NULL::timestamp AS date),
                queued AS (%(queue)s RETURNING id)
                SELECT id, NULL FROM new UNION ALL SELECT NULL, id FROM queued
                """,
                columns=SQL(", ").join(map(SQL.identifier, CONTENT)),
                reason=reason,
                kind=kind,
                uid=self.env.uid,
                ids=self.ids,
                queue=self._queue_insert(SQL("new"), "void"),
            )
        )
        self.invalidate_model(["voided_by_ids", "state"])
        self.env["trust.queue"]._refresh_after_commit([r[1] for r in rows if r[1]])
        return self.browse([r[0] for r in rows if r[0]])

    def _void_deleted(self):
        """Void what documents said that are deleted now."""
        if self:
            self._void(self.env._("The document was deleted."), kind="auto")
