# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from werkzeug.routing.converters import NumberConverter

from odoo.tests import tagged

from .portal_common import PortalCase

OURS = ("/my/promises", "/my/complaints", "/my/trust-data")


@tagged("post_install", "-at_install")
class TestPortalRoutes(PortalCase):
    """Every door has a lock."""

    def _rules(self):
        self.get("/my")  # the server makes the map
        found = self.env["ir.http"].routing_map().iter_rules()
        return [rule for rule in found if rule.rule.startswith(OURS)]

    def test_rules(self):
        """T7: each route says who may come, how, and takes typed ids only."""
        rules = self._rules()
        self.assertGreater(len(rules), 6)
        for rule in rules:
            routing = rule.endpoint.routing
            with self.subTest(rule.rule):
                self.assertIn(routing["auth"], ("user", "public"))
                self.assertIn(routing["methods"], (["GET"], ["POST"]))
                self.assertEqual(routing["type"], "http")
                self.assertNotIn("<path", rule.rule)
                for converter in rule._converters.values():
                    self.assertIsInstance(converter, NumberConverter)
                if routing["methods"] == ["GET"]:
                    self.assertTrue(routing["readonly"], "GET never writes")
                else:
                    self.assertIs(routing["csrf"], True)

    def test_signed_in_or_with_a_key(self):
        """T7: only a single document is open to somebody who is not signed in."""
        for rule in self._rules():
            if rule.endpoint.routing["auth"] == "public":
                self.assertIn("_id>", rule.rule)

    def test_other_methods(self):
        """T7: no other method reaches a page, nor pretends to."""
        self.enter(self.mara)
        for method in ("PUT", "DELETE", "PATCH"):
            response = self.url_open("/my/trust-data", method=method)
            self.assertEqual(response.status_code, 405, method)
        response = self.post("/my/trust-data", {"_method": "GET"})
        self.assertEqual(response.status_code, 405)
