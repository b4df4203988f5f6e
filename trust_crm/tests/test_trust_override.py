# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustOverride(TrustCase):
    """C10: a manager's word beside the computed value, until it expires."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for days in range(1, 200, 20):
            cls._record(cls.customer, "purchase_repeated", days_ago=days)
            cls._record(cls.customer, "human_contact", days_ago=days)
        cls._drain()
        cls.relationship = cls._relationship(cls.customer).with_user(cls.manager)
        cls.family = cls.env.ref("trust_crm.circle_family")
        cls.committed = cls.env["trust.stage"].search([], order="level desc", limit=1)
        cls.computed = cls.relationship.circle_id

    def _override(self, days=30, **values):
        wizard = self.env["trust.relationship.override"].with_user(self.manager)
        return wizard.create(
            {
                "relationship_id": self.relationship.id,
                "circle_id": self.family.id,
                "reason": "The founders grew up together",
                "until": fields.Date.today() + timedelta(days=days),
                **values,
            }
        ).action_apply()

    def _expire(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE trust_relationship SET override_until = %s WHERE id = %s",
            [fields.Date.today() - timedelta(days=1), self.relationship.id],
        )
        self.env.invalidate_all()

    def test_override_shows_beside_the_computed(self):
        """C10: circle and stage by hand with reason; the computed stays visible."""
        self.assertNotEqual(self.computed, self.family)
        self._override(stage_id=self.committed.id)
        self.assertEqual(self.relationship.circle_id, self.family)
        self.assertEqual(self.relationship.circle_evident_id, self.computed)
        self.assertEqual(self.relationship.stage_id, self.committed)
        panel = self.relationship.get_trust_panel()
        self.assertEqual(panel["circle"]["id"], self.family.id)
        self.assertEqual(panel["circle_computed"]["id"], self.computed.id)
        self.assertEqual(panel["override"]["reason"], "The founders grew up together")
        snapshot = self.relationship.snapshot_ids[:1]
        self.assertEqual(
            (snapshot.cause, snapshot.circle_id), ("override", self.family)
        )

    def test_form(self):
        """C10: the dialogue proposes an end and shows the computed value."""
        action = self.relationship.action_override()
        form = Form(
            self.env["trust.relationship.override"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        self.assertEqual(form.circle_evident_id, self.computed)
        self.assertGreater(form.until, fields.Date.today())
        form.circle_id = self.family
        form.reason = "An old friend"
        form.save().action_apply()
        self.assertEqual(self.relationship.circle_id, self.family)

    def test_expires_by_fold(self):
        """C10: after expiry the next refresh shows the computed value again."""
        self._override()
        self._expire()
        self._record(self.customer, "purchase_repeated")
        self._drain()
        self.assertEqual(self.relationship.circle_id, self.computed)
        self.assertFalse(self.relationship.override_active)

    def test_expires_by_ageing(self):
        """C10: without any evidence the nightly ageing shows the computed value."""
        self._override()
        self._expire()
        relationship = self.relationship.sudo()
        relationship._age(relationship.id, relationship.id + 1, fields.Datetime.now())
        self.assertEqual(relationship.circle_id, self.computed)
        self.assertFalse(relationship.get_trust_panel()["override"])

    def test_lasts_through_its_last_day(self):
        """C10: the last day still counts."""
        self._override(days=0)
        self.relationship.sudo()._refresh(self.relationship)
        self.assertEqual(self.relationship.circle_id, self.family)
        self.assertTrue(self.relationship.override_active)

    def test_clear(self):
        """C10: taking it back shows the computed value at once."""
        self._override()
        self.relationship.action_clear_override()
        self.assertEqual(self.relationship.circle_id, self.computed)
        self.assertFalse(self.relationship.override_reason)

    def test_who_may(self):
        """C10: only a manager, with a reason, a value and an end to come."""
        with self.assertRaises(AccessError):
            self.env["trust.relationship.override"].with_user(self.all_seller).create(
                {"relationship_id": self.relationship.id, "reason": "x"}
            )
        with self.assertRaises(UserError):
            self.relationship.with_user(self.all_seller)._override(
                self.family, self.env["trust.stage"], "because"
            )
        with self.assertRaises(ValidationError):
            self._override(days=-2)
        with self.assertRaises(ValidationError):
            self._override(circle_id=False)
        with self.assertRaises(UserError):
            self._override(reason=" ")

    def test_no_write_by_rpc(self):
        """C10: nobody writes the override past the dialogue."""
        with self.assertRaises(AccessError):
            self.relationship.write({"circle_override_id": self.family.id})
