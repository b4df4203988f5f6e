# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestTrustPromiseWeb(HttpCase):
    def test_tour(self):
        """P1, P2: from the partner two clicks and a sentence; kept with one more."""
        customer = self.env["res.partner"].create({"name": "Mara Lind"})
        self.start_tour(
            f"/odoo/res.partner/{customer.id}", "trust_crm_promise", login="admin"
        )
        promise = self.env["trust.promise"].search([("partner_id", "=", customer.id)])
        self.assertEqual((promise.name, promise.state), ("Send the samples", "kept"))
        self.assertEqual(promise.res_model, "res.partner")
        self.env["trust.queue"]._drain()
        self.assertEqual(customer.trust_relationship_id.evidence_count, 1)
