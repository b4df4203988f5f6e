# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestTrustQualityWeb(HttpCase):
    """Quality and proposed moves in a browser, wide and narrow."""

    def _befriend(self):
        customer = self.env["res.partner"].create(
            {"name": "Tour Library", "is_company": True}
        )
        now = fields.Datetime.now()
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": signal,
                    "partner_id": customer.id,
                    "date": now - timedelta(days=days),
                    "source_key": f"tour-{signal}-{days}",
                }
                for days in range(1, 46, 4)
                for signal in ("promise_kept", "interest_confirmed", "feedback_good")
            ]
        )
        self.env["trust.queue"]._drain()
        return self.env["trust.relationship"]._get_for(customer)

    def _accept(self):
        relationship = self._befriend()
        self.assertEqual(relationship.circle_proposed_id.level, 3)
        url = "/odoo/action-trust_crm.trust_proposal_action"
        self.start_tour(url, "trust_crm_quality", login="admin")
        self.assertEqual(relationship.circle_id.level, 3)

    def test_wide(self):
        """R1, R3: proposed, looked at, accepted."""
        self._accept()
