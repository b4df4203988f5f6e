# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustDemo(models.AbstractModel):
    """What other apps need to add to the story: its customers, and its scores anew."""

    _inherit = "trust.demo"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _tell_again(self):
        """Other apps added to the story: score it anew, and its history."""
        self.env["trust.queue"]._drain()
        relationships = self.env["trust.relationship"]
        cast = relationships.search([("partner_id", "child_of", self._cast().ids)])
        self.env.cr.execute(
            SQL(
                "DELETE FROM trust_snapshot WHERE relationship_id = ANY(%s)"
                " AND cause = 'day_one'",
                cast.ids,
            )
        )
        relationships._rebuild_history(relationships._without_history())
        self._tell_last()

    def _cast(self):
        """Return the customers of the story."""
        known = self.env["ir.model.data"].search(
            [
                ("module", "=", "trust_crm"),
                ("model", "=", "res.partner"),
                ("name", "=like", "demo\\_%"),
            ]
        )
        return self.env["res.partner"].browse(known.mapped("res_id"))
