# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.trust_crm.tests.test_demo import DemoCase


@tagged("post_install", "-at_install")
class TestDemoMailings(DemoCase):
    """R1: the story with mailings."""

    @classmethod
    def _load(cls):
        result = super()._load()
        file = "demo/trust_demo.xml"
        module = "trust_crm_mass_mailing"
        convert_file(cls.env, module, file, {}, mode="init", noupdate=True)
        return result

    def test_the_rings_stay_filled(self):
        """R1: all rings, bands and stages, as without Email Marketing."""
        self.assertRings()

    def test_the_mailing_speaks_instead_of_the_diary(self):
        """R1: one push, one evidence, and it opens the trace it rests on."""
        row = self.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "pushy_selling"),
                ("partner_id", "=", self.env.ref("trust_crm.demo_castor_henri").id),
                ("state", "=", "live"),
            ]
        )
        self.assertEqual(row.mapped("source_model"), ["mailing.trace"])

    def test_the_draft_warns(self):
        """H12: the mailing that waits has recipients who would mind."""
        draft = self.env["mailing.mailing"].search(
            [("subject", "like", "Winter offer"), ("state", "=", "draft")], limit=1
        )
        self.assertGreater(draft.trust_complaining_count, 0)
