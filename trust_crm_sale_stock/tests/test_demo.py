# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.trust_crm.tests.test_demo import DemoCase


@tagged("post_install", "-at_install")
class TestDemoDeliveries(DemoCase):
    """R1: the story with orders and deliveries."""

    @classmethod
    def _load(cls):
        result = super()._load()
        for module in ("trust_crm_sale", "trust_crm_sale_stock"):
            file = "demo/trust_demo.xml"
            convert_file(cls.env, module, file, {}, mode="init", noupdate=True)
        return result

    def test_the_rings_stay_filled(self):
        """R1: all four rings, five bands and four stages, as without Sales."""
        self.assertRings()

    def test_orders_speak_and_opportunities_do_not(self):
        """P7: a purchase counts once; deliveries kept and late are evidence."""
        rows = self.env["trust.evidence"].search(
            [
                ("partner_id", "child_of", self.cast.partner_id.ids),
                ("state", "=", "live"),
            ]
        )
        bought = rows.filtered(lambda row: row.signal_id.code == "purchase_repeated")
        self.assertEqual(set(bought.mapped("source_model")), {"sale.order"})
        delivered = rows.filtered(
            lambda row: (
                row.source_model == "sale.order"
                and row.signal_id.code.startswith("promise_")
            )
        )
        self.assertEqual(
            set(delivered.signal_id.mapped("code")),
            {"promise_kept", "promise_kept_late"},
        )
