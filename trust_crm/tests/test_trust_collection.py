# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TrustCase

COLLECT = "odoo.addons.trust_crm.models.trust_signal_collect"


@tagged("post_install", "-at_install")
class TestTrustCollection(TrustCase):
    """C8: history is read in batches, survives a restart and alerts nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["trust.collection"].search([]).unlink()
        cls.collections = cls.env["trust.collection"]
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {i}", "user_id": cls.seller.id} for i in range(5)]
        )
        stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for days, partner in enumerate(cls.customers, 100):
            lead = cls.env["crm.lead"].create(
                {
                    "name": f"Deal of {partner.name}",
                    "partner_id": partner.id,
                    "type": "opportunity",
                    "stage_id": stage.id,
                }
            )
            lead.date_closed = cls.now - timedelta(days=days)
        cls.supplier = cls.env["res.partner"].create({"name": "Only a supplier"})
        cls.robot = cls.env["res.partner"].create(
            {"name": "Robot", "email": "no-reply@robot.example"}
        )
        cls.env["crm.lead"].create({"name": "Spam", "partner_id": cls.robot.id})

    def _won(self):
        return self.evidence.search(
            [
                ("signal_id.code", "=", "purchase_repeated"),
                ("partner_id", "in", self.customers.ids),
            ]
        )

    def _pass(self, run, size=2):
        while run.state == "running":
            run._collect_batch(size)

    def _cron(self):
        """Run the scheduled job inside this transaction."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda self, *a, **kw: 1000):
            self.collections._cron_collect()

    def test_batches_find_everything_once(self):
        """C8: small batches find what one pass finds; a second pass adds nothing."""
        run = self.collections._start()
        self._pass(run)
        self.assertEqual(run.state, "scoring")
        self.assertEqual(run.done, run.total)
        self.assertEqual(self._won().partner_id, self.customers)
        self.assertEqual(run.progress, 100)
        self._drain()
        self.collections._check_scored()
        self.assertEqual(run.state, "done")
        again = self.collections._start()
        self.assertNotEqual(again, run)
        self._pass(again, 20_000)
        self.assertEqual(again.found, 0)
        self.assertEqual(len(self._won()), 5)

    def test_goes_on_after_a_kill(self):
        """C8: a batch that was lost is collected again, what was committed is not."""
        run = self.collections._start()
        run._collect_batch(2)
        position, done = run.position, run.done
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT killed")
        run._collect_batch(2)
        self.assertGreater(run.position, position)
        self.env.cr.execute("ROLLBACK TO SAVEPOINT killed")
        self.env.invalidate_all(flush=False)
        self.assertEqual((run.position, run.done), (position, done))
        self.assertEqual(self.collections._start(), run, "the same pass goes on")
        self._pass(run)
        self.assertEqual(self._won().partner_id, self.customers)

    def test_scheduled_job(self):
        """C8: the job finishes the pass, then observes what is new, once a day all."""
        self._cron()
        self.assertFalse(self.collections.search([]), "nobody has started it")
        run = self.collections._start()
        self._cron()
        self.assertEqual(run.state, "scoring")
        self._drain()
        until = run.until
        with patch.object(
            type(self.env["trust.signal"]), "_collect", return_value=0
        ) as collect:
            self._cron()
            self.assertEqual(run.state, "done")
            collect.assert_called_once_with(until)
        self.assertGreaterEqual(run.until, until)
        run.flush_recordset()
        self.env.cr.execute(
            "UPDATE trust_collection SET create_date = create_date - interval '1 day'"
        )
        run.invalidate_recordset()
        self._cron()
        daily = self.collections._newest()
        self.assertNotEqual(daily, run)
        self.assertFalse(daily.by_hand)
        self.assertIn(daily.state, ("scoring", "done"))

    def test_stop_and_resume(self):
        """C8: a stopped pass stays stopped until it is resumed where it was."""
        run = self.collections._start().with_user(self.administrator)
        run.sudo()._collect_batch(2)
        run.action_stop()
        done = run.done
        self._cron()
        self.assertEqual((run.state, run.done), ("stopped", done))
        run.action_resume()
        self._cron()
        self.assertEqual(self._won().partner_id, self.customers)
        with self.assertRaises(UserError):
            run.with_user(self.manager).action_stop()
        with self.assertRaises(AccessError):
            run.with_user(self.seller).read(["done"])

    def test_only_customers(self):
        """C8: no supplier, colleague or no-reply address gets a relationship."""
        self._pass(self.collections._start())
        self._drain()
        scored = self.relationships.search([]).partner_id
        self.assertLessEqual(self.customers, scored)
        self.assertFalse(scored & (self.supplier | self.robot | self.seller.partner_id))

    def test_failing_signal_is_set_aside(self):
        """C8: a failing signal is named and stops no other; cured, it is forgotten."""
        signals = type(self.env["trust.signal"])
        broken = self.env.ref("trust_crm.signal_purchase_repeated")
        original = signals._facts

        def facts(signal, scope):
            if signal == broken:
                raise ValueError("no such column")
            return original(signal, scope)

        run = self.collections._start()
        with patch.object(signals, "_facts", facts), self.assertLogs(COLLECT):
            run._collect_batch(2)
        self._pass(run)
        self.assertEqual(broken.last_error, "no such column", "the pass missed some")
        self.assertEqual(run.failing_ids, broken)
        self._drain()
        self.collections._check_scored()
        self._pass(self.collections._start())
        self.assertFalse(broken.last_error)
        self.assertEqual(self._won().partner_id, self.customers)

    def test_conflict_is_no_failure(self):
        """C8: a conflict with another transaction is retried, not set aside."""

        class Conflict(Exception):
            pgcode = "55P03"

        signals = type(self.env["trust.signal"])
        run = self.collections._start()
        with patch.object(signals, "_facts", side_effect=Conflict()):
            with self.assertRaises(Conflict):
                run._collect_batch()

    def test_history_alerts_nobody(self):
        """C8, C14: what happened long ago is no news: no activity at the first pass."""
        for partner in self.customers:
            for i in range(6):
                self._record(partner, "feedback_good", days_ago=i)
        self._drain()
        bad = self.env.ref("trust_crm.signal_purchase_repeated")
        policy = self.env["trust.policy"]._get_published(self.company)
        draft = policy.copy()
        draft.line_ids.filtered(lambda line: line.signal_id == bad).weight = -8
        draft.action_publish()
        self._drain()
        self._pass(self.collections._start())
        self._drain()
        fell = self.relationships.search([("partner_id", "in", self.customers.ids)])
        self.assertLess(max(fell.mapped("trust_index")), 50)
        kind = self.env.ref("trust_crm.mail_activity_alert")
        activities = self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id)]
        )
        self.assertFalse(activities)

    def test_wizard(self):
        """C8: the wizard shows what is found before anything is written."""
        before = self.evidence.search_count([])
        action = self.env["trust.day.one"].with_user(self.administrator).action_open()
        wizard = self.env["trust.day.one"].browse(action["res_id"])
        self.assertEqual(self.evidence.search_count([]), before)
        lines = {line.signal_id.code: line for line in wizard.line_ids}
        won = lines["purchase_repeated"]
        self.assertGreaterEqual(won.found, 5)
        self.assertLessEqual(
            won.last_date, self.now - timedelta(days=100) + timedelta(minutes=1)
        )
        self.assertGreaterEqual(won.last_date, won.first_date)
        self.assertGreaterEqual(wizard.customers, 5)
        self.assertIn("introduc", lines["referral"].remark.lower())
        self.assertEqual(
            wizard.found, sum(line.found for line in wizard.line_ids if line.observe)
        )
        won.observe = False
        opened = wizard.with_user(self.administrator).action_start()
        self.assertFalse(self.env.ref("trust_crm.signal_purchase_repeated").active)
        run = self.collections.browse(opened["res_id"])
        self._pass(run)
        self.assertFalse(self._won(), "switched off is not observed")
        reopened = self.env["trust.day.one"].with_user(self.administrator).action_open()
        self.assertEqual(reopened["res_model"], "trust.collection")
        with self.assertRaises(UserError):
            self.env["trust.day.one"].with_user(self.manager).action_open()

    def test_wizard_names_a_failing_signal(self):
        """C8: a signal that cannot be observed is named, the others are counted."""
        signals = type(self.env["trust.signal"])
        with patch.object(signals, "_facts_referral", side_effect=ValueError("gone")):
            action = self.env["trust.day.one"].action_open()
        wizard = self.env["trust.day.one"].browse(action["res_id"])
        lines = {line.signal_id.code: line for line in wizard.line_ids}
        self.assertIn("gone", lines["referral"].remark)
        self.assertGreaterEqual(lines["purchase_repeated"].found, 5)

    def test_first_run_hint(self):
        """C8: the empty screen tells an administrator how to begin."""
        relationships = self.env["trust.relationship"]
        admin = relationships.with_user(self.administrator).get_empty_list_help("x")
        self.assertIn("trust_day_one_action", admin)
        seller = relationships.with_user(self.seller).get_empty_list_help("x")
        self.assertNotIn("trust_day_one_action", seller)
        self.assertIn("administrator", seller)
        run = self.collections._start()
        self._pass(run)
        self._drain()
        self.collections._check_scored()
        self.assertEqual(
            str(relationships.with_user(self.seller).get_empty_list_help("x")), "x"
        )

    def test_settings(self):
        """C8: the settings show how far observing and refreshing are."""
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.trust_observed_until)
        self.assertEqual(
            settings.trust_policy_id,
            self.env["trust.policy"]._get_published(self.company),
        )
        self.collections._start()
        self.env["trust.queue"]._push([(self.customer.id, None, self.company.id)], "x")
        settings.invalidate_recordset()
        self.assertTrue(settings.trust_observed_until)
        self.assertEqual(settings.trust_queue_due, self.env["trust.queue"]._count_due())
        self.assertGreater(settings.trust_queue_due, 0)

    def test_set_aside_and_tried_again(self):
        """A7: a row whose refresh failed shows its error and is retried by a button."""
        self._relationship(self.customer)
        self._record(self.customer, "promise_kept")
        relationships = type(self.env["trust.relationship"])
        with (
            patch.object(relationships, "_fold", side_effect=ValueError("poison")),
            self.assertLogs("odoo.addons.trust_crm.models.trust_queue_drain"),
        ):
            self._drain()
        aside = self.env["trust.queue"].search([("error", "!=", False)])
        self.assertEqual(aside.partner_id, self.customer)
        self.assertIn("poison", aside[0].error)
        with self.assertRaises(AccessError):
            aside.with_user(self.manager).action_retry()
        aside.with_user(self.administrator).action_retry()
        self._drain()
        self.assertFalse(aside.exists())
        self.assertGreater(self._relationship(self.customer).trust_index, 50)

    def test_old_passes_are_cleared(self):
        """C8: the first pass and those of the last month are kept."""
        runs = self.collections.create(
            [{"state": "done", "until": fields.Datetime.now()} for _run in range(3)]
        )
        self.env.cr.execute(
            "UPDATE trust_collection SET create_date = create_date - interval '40 days'"
        )
        self.env.invalidate_all()
        self.collections._gc_old_passes()
        self.assertEqual(runs.exists(), runs[0] | runs[-1])
