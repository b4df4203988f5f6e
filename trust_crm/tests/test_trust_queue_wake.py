# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import errorcodes

from odoo import fields
from odoo.tests import tagged

from .common import TrustCase

SLEEP = "time.sleep"


@tagged("post_install", "-at_install")
class TestTrustQueueWake(TrustCase):
    """The drain jobs are woken for what they had to leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["trust.queue"]
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Customer {i}"} for i in range(60)]
        )
        for partner in cls.partners:
            cls.queue._push([(partner.id, None, cls.company.id)], "evidence")
        cls.crons = cls.env["ir.cron"].union(*cls.queue._drain_crons())

    def _woken(self, job, *seconds_left):
        """Run ``job`` with so much time left at each commit; return when to wake."""
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers.search([("cron_id", "in", self.crons.ids)]).unlink()
        left = iter(seconds_left)
        commit = patch.object(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *_args, **_kwargs: next(left, 0),
        )
        with commit, patch(SLEEP):
            job()
        found = triggers.search([("cron_id", "in", self.crons.ids)])
        if found:
            self.assertEqual(found.cron_id, self.crons)
        return found.mapped("call_at")

    def test_met_others_after_a_commit(self):
        """C14, T1: a score that could not be renewed at once is not forgotten."""

        class Met(Exception):
            pgcode = errorcodes.SERIALIZATION_FAILURE

        def refresh():
            type(self.queue)._after_commit(self.registry, self.env.cr.postcommit)

        with (
            self.enter_registry_test_mode(),
            patch.object(type(self.queue), "_take_at_once", side_effect=Met) as tried,
        ):
            self.assertTrue(self._woken(refresh))
        self.assertEqual(tried.call_count, 3)

    def test_time_is_up(self):
        """T1: what a run could not do is done at once, not when somebody looks."""
        self.assertTrue(self._woken(self.queue._cron_drain, 10))
        self.assertEqual(self.queue._count_due(), 10)
        self.assertFalse(self._woken(self.queue._cron_drain), "it was told before")
        self.assertFalse(self.queue._count_due())
        self.assertFalse(self._woken(self.queue._cron_drain, 10))

    def test_held_by_others(self):
        """T1: rows that stay locked are looked at again soon, but not at once."""
        with patch.object(type(self.queue), "_take", return_value=0):
            times = self._woken(self.queue._cron_drain, *[10] * 50)
        soon = fields.Datetime.now() + timedelta(seconds=30)
        self.assertTrue(times)
        self.assertTrue(all(at > soon for at in times))

    def test_who_held_them_wakes_the_jobs(self):
        """T1: history and ageing lock many scores; the drain left those to them."""
        relationships = self.env["trust.relationship"]
        for job in (relationships._cron_rebuild_history, relationships._cron_age):
            self.assertTrue(self._woken(job, *[10] * 50), job.__name__)
        self.queue._drain()
        for job in (relationships._cron_rebuild_history, relationships._cron_age):
            self.assertFalse(self._woken(job, *[10] * 50), job.__name__)
