# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.trust_crm.tests.test_demo import DemoCase


@tagged("post_install", "-at_install")
class TestDemoEvents(DemoCase):
    """R1: the story with events."""

    @classmethod
    def _load(cls):
        result = super()._load()
        file = "demo/trust_demo.xml"
        convert_file(cls.env, "trust_crm_event", file, {}, mode="init", noupdate=True)
        return result

    def test_the_rings_stay_filled(self):
        """R1: all rings, bands and stages, as without Events."""
        self.assertRings()

    def test_the_evening_ahead(self):
        """H12: three are invited, one has said yes, and who came last time was met."""
        event = self.env["event.event"].search(
            [
                ("name", "=", "Carpenters' evening"),
                ("date_begin", ">", fields.Datetime.now()),
            ],
            limit=1,
        )
        answers = event.trust_invitation_ids.mapped("answer")
        self.assertEqual(sorted(answers), ["none", "none", "open"])
        came = self.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "event_attended"),
                ("partner_id", "child_of", self.cast.partner_id.ids),
                ("state", "=", "live"),
            ]
        )
        self.assertEqual(len(came), 2)
