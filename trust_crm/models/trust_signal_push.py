# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """Selling at the wrong moment: each app that can see it adds what it saw."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    def _facts_pushy_selling(self, scope):
        """Nothing: CRM alone cannot tell a push from a wish."""
        return SQL(
            """
            SELECT NULL::int AS partner_id, NULL::int AS company_id,
                   NULL::int AS user_id, NULL::timestamp AS date,
                   NULL::varchar AS source_model, NULL::int AS source_id
             WHERE FALSE
            """
        )
