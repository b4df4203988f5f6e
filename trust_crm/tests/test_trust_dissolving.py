# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import TrustCase

GOOD = ("purchase_repeated", "promise_kept", "referral")


@tagged("post_install", "-at_install")
class TestTrustDissolving(TrustCase):
    """R2: a relationship that was more and fell silent dissolves, until it is back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.user_id = cls.seller

    def _tell(self, subject, first, last, every):
        """Good facts from ``first`` days ago to ``last``; scored on that day."""
        for days in range(first, last - 1, -every):
            for signal in GOOD:
                self._record(subject, signal, days_ago=days)
        with freeze_time(self.now - timedelta(days=last)):
            self._drain()
        return self._relationship(subject)

    def _night(self, relationship, days=0):
        at = self.now + timedelta(days=days)
        relationship._age(relationship.id, relationship.id + 1, at)
        return relationship._find_dissolving(SQL("r.id = %s", relationship.id), at)

    def test_silent_for_three_times_the_usual_pause(self):
        """R2: a pause of 100 days is patience of 300; 60 days at least are meant."""
        slow = self._tell(self.customer, 700, 200, 100)
        quick = self._tell(self.other_customer, 400, 200, 10)
        self.assertGreaterEqual(slow.stage_id.level, 2)
        self.assertFalse(self._night(slow))
        self.assertEqual(self._night(quick), quick.ids)
        self.assertTrue(quick.dissolving)
        self.assertEqual(quick.dissolving_reason, "silence")
        self.assertEqual(quick.silence_date, quick.last_date + timedelta(days=180))
        self.assertEqual(slow.silence_date, slow.last_date + timedelta(days=300))
        self.assertFalse(self._night(slow, 99))
        self.assertTrue(self._night(slow, 101))

    def test_after_the_stage_was_reached(self):
        """R2: also when the stage has faded meanwhile; never without it."""
        was = self._tell(self.customer, 700, 200, 100)
        never = self._relationship(self.other_customer)
        self._record(self.other_customer, "mail_answered", days_ago=500)
        self._drain()
        self._night(was, 150)
        self.assertLess(was.stage_id.level, 2)
        self.assertTrue(was.dissolving)
        self.assertFalse(self._night(never, 500))
        self.assertFalse(never.silence_date)

    def test_back_with_new_evidence(self):
        """R2: a word and an index of 50 end it; the history knows both."""
        relationship = self._tell(self.customer, 400, 200, 10)
        self._night(relationship)
        self.assertTrue(relationship.dissolving)
        self.assertFalse(self._night(relationship, 1), "begun once")
        with freeze_time(self.now + timedelta(days=2)):
            self._record(self.customer, "promise_kept", days_ago=-1)
            self._drain()
        self.assertFalse(relationship.dissolving)
        self._night(relationship, 3)
        self.assertFalse(relationship.dissolving_since)
        self.assertFalse(relationship.dissolving_reason)
        causes = relationship.snapshot_ids.mapped("cause")
        self.assertIn("dissolving", causes)
        self.assertIn("won_back", causes)

    def test_not_back_while_trust_is_low(self):
        """R2: an angry word is evidence, and no way back."""
        relationship = self._tell(self.customer, 400, 200, 10)
        self._night(relationship)
        with freeze_time(self.now + timedelta(days=2)):
            for _i in range(12):
                self._record(self.customer, "complaint_bad", days_ago=-1)
            self._drain()
        self.assertLess(relationship.trust_index, 50)
        self._night(relationship, 3)
        self.assertTrue(relationship.dissolving)

    def test_a_night_looks_once_at_a_silence(self):
        """R2: the day is found once per silence, not each night."""
        relationship = self._tell(self.customer, 700, 200, 100)
        self._night(relationship)
        self.assertEqual(relationship.silence_from, relationship.last_date)
        self.env.cr.execute(
            "UPDATE trust_relationship SET silence_date = NULL WHERE id = %s",
            (relationship.id,),
        )
        self.env.invalidate_all()
        self._night(relationship, 200)
        self.assertFalse(relationship.silence_date)

    def test_a_replay_ends_nothing(self):
        """R2: what was shown stays."""
        relationship = self._tell(self.customer, 400, 200, 10)
        self._night(relationship)
        relationship._refresh(relationship, at=self.now)
        self.assertTrue(relationship.dissolving)

    def test_the_way_back_is_a_plan(self):
        """R2: activities on the customer, for whoever looks after them."""
        relationship = self._tell(self.customer, 400, 200, 10)
        self._night(relationship)
        partner = self.customer.with_user(self.seller)
        self.assertTrue(partner.trust_dissolving)
        found = self.env["res.partner"].search([("trust_dissolving", "=", True)])
        self.assertIn(self.customer, found)
        action = partner.action_trust_win_back()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.seller)
            .with_context(**action["context"])
            .create({})
        )
        self.assertFalse(wizard.has_error)
        before = self.customer.activity_ids
        wizard.action_schedule_plan()
        made = self.customer.activity_ids - before
        self.assertEqual(len(made), 4)
        self.assertEqual(made.user_id, self.seller)
        today = fields.Date.context_today(partner)
        due = sorted((activity.date_deadline - today).days for activity in made)
        self.assertEqual(due, [0, 2, 7, 21])
        with self.assertRaisesRegex(UserError, made.sorted("date_deadline")[0].summary):
            partner.action_trust_win_back()
        made.action_done()
        self.assertTrue(partner.action_trust_win_back(), "what is over may begin anew")

    def test_a_lead_has_its_own_plan(self):
        """R2: a lead without a customer."""
        lead = self.env["crm.lead"].create({"name": "Lost", "user_id": self.seller.id})
        action = self._relationship(lead).action_win_back()
        self.assertEqual(action["context"]["active_model"], "crm.lead")
        plan = self.env["mail.activity.plan"].browse(
            action["context"]["default_plan_id"]
        )
        self.assertEqual(plan.res_model, "crm.lead")
        plan.active = False
        with self.assertRaises(UserError):
            self._relationship(lead).action_win_back()
