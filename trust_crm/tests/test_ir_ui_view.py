# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import TrustCase

ARCH = '<circle_map size="mass"><field name="mass"/></circle_map>'


class TestIrUiView(TrustCase):
    """I2: the circle map as a view type."""

    def _view(self, arch, model="trust.relationship"):
        return self.env["ir.ui.view"].create(
            {"name": "map", "type": "circle_map", "model": model, "arch": arch}
        )

    def test_view_type(self):
        """I2: a view type of its own, on the relationships' action and menu."""
        view = self.relationships.get_view(view_type="circle_map")
        self.assertIn("evidence_count", view["arch"])
        self.assertTrue(self._view(ARCH))
        self.assertIn("circle_map", self.env["ir.ui.view"].get_view_info())
        action = self.env.ref("trust_crm.trust_relationship_action")
        modes = [mode for _view, mode in action.views]
        self.assertEqual(modes[0], "kanban")
        self.assertIn("circle_map", modes)

    @mute_logger("odoo.addons.base.models.ir_ui_view")
    def test_view_is_checked(self):
        """I2: a wrong arch is refused with what is wrong."""
        wrong = {
            ARCH.replace("size", "radius"): "no attribute radius",
            "<circle_map/>": "needs fields",
            ARCH.replace('size="mass"', 'size="trust_index"'): "one of them",
            ARCH.replace('name="mass"', 'name="user_id"'): "stored number",
            ARCH.replace("<field", "<p/><field"): "fields only",
        }
        for arch, message in wrong.items():
            with self.subTest(arch=arch):
                with self.assertRaisesRegex(ValidationError, message):
                    self._view(arch)
        with self.assertRaisesRegex(ValidationError, "trust relationships only"):
            self._view(ARCH, "res.partner")
