# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .promise_common import PromiseCase

CLOCK = "odoo.addons.trust_crm.models.trust_clock_mixin"


@tagged("post_install", "-at_install")
class TestTrustPromiseClock(PromiseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "trust_crm.group_trust_user"
        cls.early = cls._new_user("auckland", group)
        cls.early.tz = "Pacific/Auckland"
        cls.late = cls._new_user("los_angeles", group)
        cls.late.tz = "America/Los_Angeles"
        cls.env["res.lang"]._activate_lang("fr_FR")

    # Time zones

    def test_midnight(self):
        """P2: Auckland's Thursday ends at 11:00 UTC, Los Angeles' 21 hours later."""
        early, late = self.promise(user=self.early), self.promise(user=self.late)
        self.assertEqual(early.deadline_at, self.utc("2026-01-15 11:00:00"))
        self.assertEqual(late.deadline_at, self.utc("2026-01-16 08:00:00"))
        for promise in (early, late):
            ends = promise.deadline_at
            with freeze_time(ends - timedelta(minutes=1)):
                self.assertNotIn(promise, self.break_overdue())
            with freeze_time(ends):
                self.assertIn(promise, self.break_overdue())
            self.assertEqual(self.live(promise), [("promise_broken", "system", ends)])

    def test_kept_in_the_last_hour(self):
        """P2: on Friday 07:00 UTC it is still Thursday in Los Angeles."""
        promise = self.promise(user=self.late)
        with self.at(days=4, hours=-5):
            promise.action_keep()
        self.assertEqual(promise.state, "kept")

    def test_promiser_moves(self):
        """P2: the day ends where the promiser lives now."""
        promise = self.promise(user=self.early)
        self.early.tz = "America/Los_Angeles"
        self.assertEqual(promise.deadline_at, self.utc("2026-01-16 08:00:00"))

    # Broken

    def test_one_activity(self):
        """P2: broken leaves the promiser exactly one thing to do, run after run."""
        promise = self.promise()
        with self.at(days=2):
            self.remind()
        with self.at(days=4):
            self.break_overdue()
            self.break_overdue()
        activity = self.activities(promise)
        self.assertEqual(len(activity), 1, "the reminder became the new thing to do")
        self.assertEqual(activity.user_id, self.seller)
        self.assertIn("Broken promise", activity.summary)
        self.assertEqual(activity.date_deadline, self.day(4))
        with self.at(days=5):
            promise.action_keep()
        self.assertFalse(self.activities(promise))

    def test_leaver(self):
        """P2: a leaver's promises break too; who has the customer now is told."""
        self.customer.user_id = self.other_seller
        promise = self.promise()
        self.seller.active = False
        with self.at(days=4):
            self.break_overdue()
        self.assertEqual(promise.sudo().state, "broken")
        self.assertEqual(self.activities(promise).user_id, self.other_seller)
        self.assertEqual(self.codes(promise), ["promise_broken"])

    def test_poison(self):
        """T26: one promise that cannot be worked off does not stop the others."""
        bad, good = self.promise(name="Bad"), self.promise(name="Good")
        prepare = type(bad)._prepare_activity_values

        def explode(promise, *args):
            if promise.name == "Bad":
                raise ValueError("Boom")
            return prepare(promise, *args)

        with (
            self.at(days=4),
            patch.object(type(bad), "_prepare_activity_values", explode),
            mute_logger(CLOCK),
        ):
            self.break_overdue()
        self.assertEqual((bad.state, good.state), ("open", "broken"))
        self.assertEqual(bad.set_aside, "Boom")
        self.assertFalse(self.live(bad))
        bad.with_user(self.manager).action_retry()
        with self.at(days=4):
            self.break_overdue()
        self.assertEqual(bad.state, "broken")

    def test_job(self):
        """T26: the job works batch by batch, passes over who is set aside, ends."""
        promises = self.env["trust.promise"].browse()
        for _i in range(5):
            promises |= self.promise()
        promises[0].sudo().set_aside = "Boom"
        with (
            self.at(days=4),
            patch(f"{CLOCK}.BATCH", 2),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "trust_crm.ir_cron_trust_promise_break"
            ).method_direct_trigger()
        self.assertEqual(
            promises.mapped("state"), ["open", "broken", "broken", "broken", "broken"]
        )

    # Reminder

    def test_reminder_once(self):
        """P4, T8: one activity on the morning before, in the promiser's zone."""
        promise = self.promise(user=self.early)
        self.assertEqual(promise.reminder_at, self.utc("2026-01-13 19:00:00"))
        with self.at(days=1, hours=6):
            self.assertNotIn(promise, self.remind())
        with self.at(days=1, hours=8):
            self.assertIn(promise, self.remind())
            self.assertNotIn(promise, self.remind())
        activity = self.activities(promise)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.early)
        self.assertEqual(activity.date_deadline, promise.date_deadline)

    def test_reminder_after_move(self):
        """P4: a new day has its own reminder."""
        promise = self.promise()
        with self.at(days=2):
            self.remind()
            promise._move(self.day(10))
            self.assertFalse(self.activities(promise))
            self.assertNotIn(promise, self.remind())
        with self.at(days=9):
            self.assertIn(promise, self.remind())
        self.assertEqual(len(self.activities(promise)), 1)

    def test_reminder_setting(self):
        """P4: days before come from the company, each promise may differ."""
        self.seller.company_id.trust_promise_reminder_days = 2
        promise = self.promise()
        self.assertEqual(promise.reminder_at, self.utc("2026-01-13 08:00:00"))
        with self.at():
            promise.reminder_days = 0
            self.assertEqual(promise.reminder_at, self.utc("2026-01-15 08:00:00"))

    def test_reminder_language(self):
        """P4: mail to the promiser, in their language, in their address."""
        self.seller.write({"lang": "fr_FR", "notification_type": "email"})
        template = self.env.ref("trust_crm.mail_template_promise_reminder")
        template.with_context(lang="fr_FR").subject = "À faire : {{ object.name }}"
        promise = self.promise()
        with self.at(days=2):
            self.remind()
        mail = self.env["mail.mail"].search(
            [("model", "=", "trust.promise"), ("res_id", "=", promise.id)]
        )
        self.assertEqual(mail.subject, "À faire : Send the offer")
        self.assertIn(self.seller.email, mail.email_to)

    def test_theirs_remind(self):
        """P4: what they promised is brought to mind as well."""
        promise = self.promise(direction="theirs")
        with self.at(days=2):
            self.remind()
        self.assertIn("Mara Lind promised", self.activities(promise).summary)

    def test_kept_needs_no_reminder(self):
        """P4: what is done is not reminded of."""
        promise = self.promise()
        with self.at(days=1):
            promise.action_keep()
        with self.at(days=2):
            self.assertNotIn(promise, self.remind())
