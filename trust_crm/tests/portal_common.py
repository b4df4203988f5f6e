# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import http
from odoo.tests import HttpCase, new_test_user
from odoo.tools import SQL

XSS = "<script>window.__xss=1</script><img src=x onerror=window.__xss=1>"
# What the web server itself keeps of visitors, whatever the page.
NOT_OURS = ("res_device_log", "bus_presence", "ir_logging", "bus_bus")


class PortalCase(HttpCase):
    """A company with two people on the portal, a stranger, and us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("base.image_autoresize_max_px", "0")
        cls.seller = new_test_user(
            cls.env,
            "door_seller",
            "trust_crm.group_trust_user,sales_team.group_sale_salesman",
            name="Sela Marsh",
        )
        cls.firm, cls.other_firm = cls.env["res.partner"].create(
            [
                {"name": "Lark & Sons", "is_company": True},
                {"name": "Other Ltd", "is_company": True},
            ]
        )
        cls.mara = cls._customer("door_mara", "Mara Lark", cls.firm)
        cls.mate = cls._customer("door_mate", "Mate Lark", cls.firm)
        cls.stranger = cls._customer("door_other", "Olga Other", cls.other_firm)

    @classmethod
    def _customer(cls, login, name, firm):
        """A contact of a customer, who can sign in to the portal."""
        user = new_test_user(
            cls.env, login, "base.group_portal", name=name, email=f"{login}@e.example"
        )
        user.partner_id.write({"parent_id": firm.id, "user_id": cls.seller.id})
        return user.partner_id

    def enter(self, partner=None):
        """Sign in as a person, or come without signing in."""
        login = partner and partner.user_ids.login
        self.authenticate(login or None, login or None)

    def get(self, path, **params):
        return self.url_open(path, params=params, allow_redirects=False)

    def post(self, path, data=None, csrf=True, **options):
        values = dict(data or {})
        if csrf:
            values["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(
            path, data=values or {"a": "b"}, allow_redirects=False, **options
        )

    def fingerprint(self):
        """``{table: hash of its rows}``, to see what a request has written."""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL(
                """SELECT c.relname FROM pg_class c
                    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                      AND c.relname NOT IN %s""",
                NOT_OURS,
            )
        )
        found = {}
        for (table,) in tables:
            [(found[table],)] = self.env.execute_query(
                SQL(
                    "SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)))"
                    " FROM %s t",
                    SQL.identifier(table),
                )
            )
        return found

    def changed(self, before):
        """Names of the tables that changed since a fingerprint."""
        now = self.fingerprint()
        return sorted(table for table in now if now[table] != before[table])

    def assertWritesNothing(self, *paths, status=200):
        """T7: GET and HEAD leave every row of the database as it was."""
        self.get("/my")
        before = self.fingerprint()
        for path in paths:
            for method in ("GET", "HEAD"):
                response = self.url_open(path, method=method, allow_redirects=False)
                self.assertEqual(response.status_code, status, (method, path))
        self.assertEqual(self.changed(before), [])

    def assertLeavesNothing(self, text):
        """K10: no payload arrives as markup."""
        self.assertNotIn("<script>window.__xss", text)
        self.assertNotIn("<img src=x", text)
        self.assertIn("&lt;script&gt;window.__xss", text)
