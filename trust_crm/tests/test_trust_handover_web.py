# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTrustHandoverWeb(HttpCase):
    def test_tour(self):
        """R5: a leaver's customers in one pass, and a checklist to its end."""
        names = ("Lena Leaves", "Rosa Receives", "Otto Other")
        lena, rosa, otto = (
            new_test_user(
                self.env,
                login=name.split()[0].lower(),
                name=name,
                groups="trust_crm.group_trust_user,sales_team.group_sale_salesman",
            )
            for name in names
        )
        first, second = self.env["res.partner"].create(
            [{"name": name, "user_id": lena.id} for name in ("First", "Second")]
        )
        promise = self.env["trust.promise"].create(
            {
                "name": "Send the samples",
                "partner_id": first.id,
                "user_id": lena.id,
                "date_deadline": fields.Date.today() + timedelta(days=9),
            }
        )
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": "referral",
                    "partner_id": first.id,
                    "user_id": lena.id,
                    "date": fields.Datetime.now(),
                    "source_key": f"tour-{number}",
                }
                for number in range(3)
            ]
        )
        self.env.cr.flush()
        self.env["trust.queue"]._drain()
        self.start_tour(
            "/odoo/action-trust_crm.trust_handover_pass_action",
            "trust_crm_handover",
            login="admin",
        )
        self.assertEqual(first.user_id, rosa)
        self.assertEqual(second.user_id, otto)
        self.assertEqual(promise.user_id, rosa)
        handover = self.env["trust.handover"].search([("partner_id", "=", first.id)])
        self.assertEqual(handover.state, "done")
        told = handover.step_ids.filtered(lambda step: step.kind == "told")
        self.assertEqual(told.note, "They met at the fair")
