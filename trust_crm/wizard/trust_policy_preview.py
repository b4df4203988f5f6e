# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

NOTABLE = 3.0
SHOWN = 500
BINS = 20


class TrustPolicyPreview(models.TransientModel):
    """Who would move under a draft policy, and the spread before and after (C3)."""

    _name = "trust.policy.preview"
    _description = "Policy Preview"

    policy_id = fields.Many2one("trust.policy", required=True, readonly=True)
    line_ids = fields.One2many("trust.policy.preview.line", "preview_id", readonly=True)
    total = fields.Integer("Relationships", readonly=True)
    moved = fields.Integer("Would Move", readonly=True)
    histogram = fields.Json(readonly=True)

    @api.model
    def _open(self, policy):
        """Fold the ledger with ``policy`` without writing a score; open the result."""
        relationships = self.env["trust.relationship"].search(
            [("company_id", "in", policy._preview_companies().ids)]
        )
        rows = policy._preview(relationships)
        moved = [row for row in rows if row["notable"]]
        moved.sort(key=lambda row: -abs(row["index_after"] - row["index_before"]))
        preview = self.create(
            {
                "policy_id": policy.id,
                "total": len(rows),
                "moved": len(moved),
                "histogram": self._histogram(rows),
                "line_ids": [
                    fields.Command.create(
                        {k: v for k, v in row.items() if k != "notable"}
                    )
                    for row in moved[:SHOWN]
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who would move"),
            "res_model": self._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_publish(self):
        """Publish what was previewed; the scores follow in the background."""
        self.policy_id.action_publish()
        return {"type": "ir.actions.act_window_close"}

    @staticmethod
    def _histogram(rows):
        """Return counts per bin of five points before and after."""
        before, after = [0] * BINS, [0] * BINS
        for row in rows:
            before[min(BINS - 1, int(row["index_before"] / 5))] += 1
            after[min(BINS - 1, int(row["index_after"] / 5))] += 1
        return {"before": before, "after": after, "width": 5}


class TrustPolicyPreviewLine(models.TransientModel):
    """One relationship that would change circle or move by three points."""

    _name = "trust.policy.preview.line"
    _description = "Relationship in a Policy Preview"
    _order = "id"

    preview_id = fields.Many2one(
        "trust.policy.preview", required=True, ondelete="cascade"
    )
    relationship_id = fields.Many2one("trust.relationship", readonly=True)
    index_before = fields.Float(readonly=True)
    index_after = fields.Float(readonly=True)
    difference = fields.Float(compute="_compute_difference")
    circle_before_id = fields.Many2one("trust.circle", readonly=True)
    circle_after_id = fields.Many2one("trust.circle", readonly=True)

    @api.depends("index_before", "index_after")
    def _compute_difference(self):
        for line in self:
            line.difference = line.index_after - line.index_before


class TrustPolicy(models.Model):
    """The seam ``_preview``: the same fold over the same ledger, another policy."""

    _inherit = "trust.policy"  # pylint: disable=consider-merging-classes-inherited

    def _preview_companies(self):
        """Return the companies that this version would score when published."""
        if self.company_id:
            return self.company_id
        companies = self.env["res.company"].search([("id", "!=", False)])
        return companies.filtered(
            lambda c: not self._get_published(c).sudo().company_id
        )

    def _preview(self, relationships):
        """Return who would change under this policy; nothing is written.

        :return: dicts relationship_id, index_before, index_after, circle_before_id,
            circle_after_id, notable (circle changes or |difference| >= 3)
        """
        self.ensure_one()
        result = []
        for ids in relationships._slices(relationships.ids):
            rows = relationships._fold_preview(self, ids)
            result += [self._preview_row(*row) for row in rows]
        return result

    @staticmethod
    def _preview_row(rel, before, after, circle_before, circle_after):
        before = 50.0 if before is None else before
        return {
            "relationship_id": rel,
            "index_before": before,
            "index_after": after,
            "circle_before_id": circle_before,
            "circle_after_id": circle_after,
            "notable": circle_before != circle_after or abs(after - before) >= NOTABLE,
        }
