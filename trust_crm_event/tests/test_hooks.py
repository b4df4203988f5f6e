# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.modules.module import Manifest
from odoo.tests import tagged

from odoo.addons import trust_crm_event
from odoo.addons.trust_crm.tests.common import TrustCase


@tagged("post_install", "-at_install")
class TestHooks(TrustCase):
    def test_uninstalling_leaves_no_active_signal(self):
        """A4: nothing observes events without Events."""
        signal = self.env.ref("trust_crm.signal_event_attended")
        self.assertTrue(signal.active)
        name = Manifest.for_addon("trust_crm_event")["uninstall_hook"]
        getattr(trust_crm_event, name)(self.env)
        self.assertFalse(signal.active)
