# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.modules.module import Manifest
from odoo.tests import tagged

from odoo.addons import trust_crm

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestHooks(TrustCase):
    def test_uninstalling_leaves_no_parameter(self):
        """A4: what the nights remember goes, what is somebody else's stays."""
        parameters = self.env["ir.config_parameter"].sudo()
        for key in (
            "trust_crm.last_ageing",
            "trust_crm.ageing_position",
            "trustxcrm.a",
        ):
            parameters.set_param(key, "1")
        name = Manifest.for_addon("trust_crm")["uninstall_hook"]
        getattr(trust_crm, name)(self.env)
        left = parameters.search([("key", "=like", "trust%crm.%")])
        self.assertEqual(left.mapped("key"), ["trustxcrm.a"])

    def test_uninstalling_leaves_no_plan_for_our_documents(self):
        """A4: plans for complaints and crises go, those for customers stay."""
        plans = self.env["mail.activity.plan"]
        ours, theirs = plans.create(
            [
                {"name": "Mend it", "res_model": "trust.complaint", "active": False},
                {"name": "Welcome", "res_model": "res.partner"},
            ]
        )
        trust_crm.uninstall_hook(self.env)
        self.assertFalse(ours.exists())
        self.assertFalse(self.env.ref("trust_crm.crisis_plan", False))
        self.assertTrue(theirs.exists())
