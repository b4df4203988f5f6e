# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustLevel(TrustCase):
    """R1, R2: circles and stages are rules; a change of theirs reaches every score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for day in range(1, 40, 2):
            cls._record(cls.customer, "promise_kept", days_ago=day)
            cls._record(cls.customer, "referral", days_ago=day)
        cls._drain()
        cls.relationship = cls._relationship(cls.customer)

    def _owed(self):
        return set(self.env["trust.queue"].search([]).mapped("reason"))

    def test_gates(self):
        """R1: each change counts, also two in one transaction; a name moves nobody."""
        ring = self.relationship.circle_id
        self.assertGreater(ring.level, 0)
        for mass, level in ((10_000, ring.level - 1), (0, ring.level)):
            ring.gate_mass = mass
            self.assertEqual(self._owed(), {"circle"})
            self._drain()
            self.assertEqual(self.relationship.circle_id.level, level)
        ring.name = "Inner ring"
        self.assertFalse(self._owed())

    def test_conditions_of_a_stage(self):
        """R2: what nobody reaches any more is left."""
        stage = self.relationship.stage_id
        self.assertTrue(stage.level)
        stage.write({"reach_mass": 10_000, "keep_mass": 10_000})
        self.assertEqual(self._owed(), {"stage"})
        self._drain()
        self.assertLess(self.relationship.stage_id.level, stage.level)

    def test_new_name_at_once(self):
        """C5: a page shows the new name."""
        partner = self.customer.with_user(self.all_seller)
        asked = {"name": {}, "trust_circle_id": {"fields": {"display_name": {}}}}
        partner.web_read(asked)
        self.relationship.circle_id.name = "Inner ring"
        shown = partner.web_read(asked)[0]["trust_circle_id"]
        self.assertEqual(shown["display_name"], "Inner ring")
