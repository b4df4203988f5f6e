# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTrustComplaintWeb(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        customer = cls.env["res.partner"].create({"name": "Mara Lind"})
        cls.complaint = cls.env["trust.complaint"].create(
            {
                "subject": "The shelf came a week late",
                "partner_id": customer.id,
                "solution_ids": [
                    fields.Command.create({"name": "A discount"}),
                    fields.Command.create({"name": "We bring it tomorrow"}),
                ],
            }
        )

    def test_tour(self):
        """K2, K5: from received to closed, refused once on the way."""
        self.start_tour(
            f"/odoo/trust-complaints/{self.complaint.id}",
            "trust_crm_complaint",
            login="admin",
        )
        self.assertEqual(self.complaint.step_code, "closed")
        self.assertEqual(self.complaint.refusal_count, 1)
        self.assertEqual(self.complaint.outcome, "good")
        self.assertTrue(self.complaint.answered_date)

    @mute_logger("odoo.http")
    def test_about_over_rpc(self):
        """K1: over RPC too whom it is about neither edits nor closes it."""
        admin = self.env.ref("base.user_admin")
        self.complaint.write({"user_id": False, "about_user_id": admin.id})
        self.authenticate("admin", "admin")
        for method, args in (
            ("write", [[self.complaint.id], {"problem": "Nothing"}]),
            ("write", [[self.complaint.id], {"about_user_id": False}]),
            ("action_next", [[self.complaint.id]]),
            ("action_log_answer", [[self.complaint.id]]),
            ("unlink", [[self.complaint.id]]),
        ):
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self.call(method, args)
        read = self.call("read", [[self.complaint.id], ["subject", "message_ids"]])
        self.assertEqual(read[0]["subject"], self.complaint.subject)

    def call(self, method, args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/trust.complaint/{method}",
            {"model": "trust.complaint", "method": method, "args": args, "kwargs": {}},
        )

    def test_routes_of_the_path_over_rpc(self):
        """K2, T23: the methods of the path are not to be called from outside."""
        self.authenticate("admin", "admin")
        for method, args in (
            ("_enter", [[self.complaint.id], "closed"]),
            ("_set_outcome", [[self.complaint.id], "good", "2026-01-01", "customer"]),
            ("_customer_answer", [[self.complaint.id], 1, True, ""]),
            ("_file", [1, {}]),
        ):
            with self.subTest(method), self.assertRaises(JsonRpcException):
                with mute_logger("odoo.http"):
                    self.call(method, args)
