# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

AFTER = timedelta(days=90)


class TrustHandover(models.Model):
    """What the trust did in the 90 days after, from the history as it was shown."""

    _inherit = "trust.handover"

    trust_after = fields.Float(
        compute="_compute_after",
        help="The index 90 days after the change; until then, today's.",
    )
    trust_change = fields.Float("Trust Moved", compute="_compute_after")
    trust_lowest = fields.Float(
        "Lowest", compute="_compute_after", help="The lowest within those 90 days."
    )
    has_after = fields.Boolean(compute="_compute_after")
    is_settled = fields.Boolean("90 Days Are Over", compute="_compute_after")

    # COMPUTE

    @api.depends("date", "partner_id", "company_id", "trust_before")
    @api.depends_context("uid")
    def _compute_after(self):
        """Nothing for whoever may not read the relationship any more."""
        found = self._read_after()
        now = fields.Datetime.now()
        for handover in self:
            after, lowest = found.get(handover._origin.id, (None, None))
            known = after is not None
            handover.has_after = known
            handover.is_settled = handover.date and handover.date + AFTER <= now
            handover.trust_after = after or 0.0
            handover.trust_lowest = min(after, lowest or after) if known else 0.0
            moved = known and handover.has_before
            handover.trust_change = after - handover.trust_before if moved else 0.0

    def _read_after(self):
        """Return ``{id: (index at day 90 or now, lowest within)}`` in one query."""
        ids = self._origin.ids
        if not ids:
            return {}
        readable = self.env["trust.relationship"]._search([])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT h.id,
                       CASE WHEN h.date + %(after)s <= %(now)s
                            THEN COALESCE(s.trust_index, r.trust_index)
                            ELSE r.trust_index END,
                       m.lowest
                  FROM trust_handover h
                  JOIN trust_relationship r ON r.partner_id = h.partner_id
                                           AND r.company_id = h.company_id
                  LEFT JOIN LATERAL (
                       SELECT o.trust_index FROM trust_snapshot o
                        WHERE o.relationship_id = r.id
                          AND o.date <= h.date + %(after)s
                        ORDER BY o.date DESC, o.id DESC LIMIT 1) s ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT min(o.trust_index) AS lowest FROM trust_snapshot o
                        WHERE o.relationship_id = r.id
                          AND o.date BETWEEN h.date AND h.date + %(after)s) m ON TRUE
                 WHERE h.id = ANY(%(ids)s) AND r.id IN %(readable)s
                """,
                after=AFTER,
                now=fields.Datetime.now(),
                ids=ids,
                readable=readable.subselect(),
            )
        )
        return {row[0]: row[1:] for row in rows}

    # ACTIONS

    def action_open_after(self):
        """How the index went from a month before to 90 days after."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_snapshot_action"
        )
        since = self.date - timedelta(days=30)
        return action | {
            "name": self.env._("History of %(name)s", name=self.partner_id.name),
            "domain": [
                ("relationship_id.partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("date", ">=", fields.Datetime.to_string(since)),
                ("date", "<=", fields.Datetime.to_string(self.date + AFTER)),
            ],
            "context": {},
        }
