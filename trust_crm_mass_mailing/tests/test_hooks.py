# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.modules.module import Manifest
from odoo.tests import tagged

from odoo.addons import trust_crm_mass_mailing
from odoo.addons.trust_crm.tests.common import TrustCase


@tagged("post_install", "-at_install")
class TestHooks(TrustCase):
    def test_uninstalling_leaves_no_active_signal(self):
        """A4: nothing observes mailings without Email Marketing."""
        signal = self.env.ref("trust_crm.signal_pushy_selling")
        self.assertTrue(signal.active)
        name = Manifest.for_addon("trust_crm_mass_mailing")["uninstall_hook"]
        getattr(trust_crm_mass_mailing, name)(self.env)
        self.assertFalse(signal.active)

    def test_indexes_are_ours(self):
        """A4: the indexes on Odoo's tables go with the addon that made them."""
        constraints = self.env["ir.model.constraint"].search(
            [("module.name", "=", "trust_crm_mass_mailing"), ("type", "=", "i")]
        )
        self.assertEqual(
            set(constraints.mapped("name")),
            {
                "mailing_trace_trust_email_idx",
                "mailing_trace_trust_sent_idx",
                "mailing_subscription_trust_opt_out_idx",
            },
        )
