# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class MergePartnerAutomatic(models.TransientModel):
    """Merging contacts keeps all evidence and scores the survivor anew."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Re-home what is ours before core rewrites foreign keys.

        Core would stop at the unique index of relationships, and repoint the ledger
        without a log.
        """
        src_partners._close_feedback("merged")
        self.env.flush_all()
        self._trust_rehome_relationships(src_partners, dst_partner)
        self.env["trust.evidence.route"].sudo()._move(
            "partner_merge", "partner_id", src_partners, dst_partner
        )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["trust.queue"].sudo()._push([(dst_partner.id, None, None)], "merge")
        return result

    def _update_values(self, src_partners, dst_partner):
        """What the merged contacts said stands; but one customer is introduced once."""
        result = super()._update_values(src_partners, dst_partner)
        introducer = dst_partner.sudo().introducer_id
        rows = src_partners.sudo()._trust_evidence_rows()
        twice = rows.filtered(lambda row: introducer and row.partner_id == introducer)
        if twice:
            twice._void(self.env._("The contacts were merged."), kind="auto")
        src_partners._trust_merged()
        return result

    def _trust_rehome_relationships(self, src_partners, dst_partner):
        """Keep one relationship per company; the others' history follows it."""
        parameters = {"src": src_partners.ids, "dst": dst_partner.id}
        self.env.cr.execute(
            SQL(
                """
                UPDATE trust_relationship r SET partner_id = %(dst)s
                  FROM (SELECT DISTINCT ON (company_id) id, company_id
                          FROM trust_relationship WHERE partner_id = ANY(%(src)s)
                         ORDER BY company_id, evidence_count DESC NULLS LAST, id) best
                 WHERE best.id = r.id AND NOT EXISTS (
                       SELECT FROM trust_relationship o
                        WHERE o.partner_id = %(dst)s AND o.company_id = r.company_id)
                """,
                **parameters,
            )
        )
        for table in ("trust_snapshot", "trust_review_finding"):
            self.env.cr.execute(
                SQL(
                    """
                UPDATE %(table)s s SET relationship_id = d.id
                  FROM trust_relationship r
                  JOIN trust_relationship d ON d.company_id = r.company_id
                                           AND d.partner_id = %(dst)s
                 WHERE s.relationship_id = r.id AND r.partner_id = ANY(%(src)s)
                """,
                    table=SQL.identifier(table),
                    **parameters,
                )
            )
        self.env.cr.execute(
            SQL(
                "DELETE FROM trust_relationship WHERE partner_id = ANY(%(src)s)",
                **parameters,
            )
        )
        self.env.invalidate_all(flush=False)
