# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from odoo.addons.trust_crm.models.trust_words import join_words

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustWords(TrustCase):
    """What the screens say by themselves."""

    def test_words_in_a_row(self):
        """Set apart as the reader's language does."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(join_words(self.env, []), "")
        self.assertEqual(join_words(self.env, ["a", "b", "c"]), "a, b, c")
        chinese = self.env(context={**self.env.context, "lang": "zh_CN"})
        self.assertEqual(join_words(chinese, ["甲", "乙", "丙"]), "甲、乙、丙")

    def test_empty_screens(self):
        """Each list of a menu says what to do when it is empty."""
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("trust_crm.menu_trust_root").id)]
        )
        actions = [
            menu.action
            for menu in menus
            if menu.action and menu.action._name == "ir.actions.act_window"
        ]
        self.assertGreater(len(actions), 30)
        silent = [
            action.name
            for action in actions
            if not action.help and action.view_mode != "form"
        ]
        self.assertFalse(silent)
