# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustMenus(TrustCase):
    """A right without a menu is none, and a menu without a right is a dead end."""

    def _configured(self, user):
        """Models under Configuration, as this user sees the menu."""
        top = self.env.ref("trust_crm.menu_trust_configuration")
        menus = self.env["ir.ui.menu"].with_user(user)
        shown = menus.browse(menus._visible_menu_ids())
        if top not in shown:
            return set()
        actions = [menu.action for menu in shown.sudo() if menu.parent_id == top]
        return {one.res_model for one in actions if "res_model" in one}

    def test_manager_configures(self):
        """A1, I6: a manager reaches motivators and whatever else is theirs to keep."""
        shown = self._configured(self.manager)
        self.assertLessEqual(
            {
                "trust.motivator",
                "trust.feeling",
                "trust.interest",
                "trust.complaint.cause",
                "trust.complaint.target",
            },
            shown,
        )
        for model in shown:
            with self.subTest(model=model):
                writable = self.env[model].with_user(self.manager).has_access("write")
                self.assertTrue(writable, "a menu that nothing can be done with")

    def test_others_do_not(self):
        """A1: who may only read has no Configuration."""
        self.assertFalse(self._configured(self.seller))
        self.assertFalse(self._configured(self.outsider))
        self.assertIn("trust.policy", self._configured(self.administrator))
