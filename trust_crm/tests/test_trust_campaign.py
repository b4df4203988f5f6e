# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .feedback_common import FeedbackCase


@tagged("post_install", "-at_install")
class TestTrustCampaign(FeedbackCase):
    """Rounds of requests: whom, when, what came back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alone = cls.env["res.partner"].create(
            {"name": "Alone Ltd", "is_company": True, "email": "office@alone.example"}
        )
        for partner in (cls.person, cls.contact, cls.alone):
            cls._record(partner, "meeting_held")
        cls._drain()
        circles = cls.env["trust.circle"].search([])
        cls.inner, cls.outer = circles[-1], circles[0]
        for partner in (cls.person, cls.customer, cls.alone):
            cls._relationship(partner).circle_id = cls.inner
        cls.campaign = cls.env["trust.campaign"].create(
            {"name": "Insiders, spring", "circle_ids": [(6, 0, cls.inner.ids)]}
        )

    def send(self, campaign=None):
        """What the job does, without its commits."""
        campaign = campaign or self.campaign
        campaign.sudo()._send_batch()
        self.env.flush_all()

    def test_people(self):
        """F6: of a company its contacts, of one without contacts its own address."""
        people = self.campaign._get_people()
        self.assertEqual(people, self.person | self.contact | self.alone)
        self.campaign.circle_ids = self.outer
        self.assertFalse(self.campaign._get_people() & people)
        self.campaign.circle_ids = False
        stages = self.env["trust.stage"].search([])
        self._relationship(self.person).stage_id = stages[-1]
        self._relationship(self.alone).stage_id = stages[0]
        self.campaign.stage_ids = stages[-1]
        found = self.campaign._get_people()
        self.assertIn(self.person, found)
        self.assertNotIn(self.alone, found)

    def test_preview_writes_nothing(self):
        """F6: who would get it, who is skipped and why, and nobody is asked."""
        self.ask()
        with self.at(days=1):
            action = self.campaign.with_user(self.manager).action_preview()
        preview = self.env["trust.campaign.preview"].browse(action["res_id"])
        self.assertEqual((preview.asked_count, preview.skipped_count), (2, 1))
        reasons = {line.partner_id: line.skip_reason for line in preview.line_ids}
        self.assertEqual(reasons[self.person], "wait")
        self.assertFalse(reasons[self.contact])
        self.assertFalse(self.campaign.feedback_ids)

    def test_goes_out_once(self):
        """F6: everybody is asked or skipped once, however often the job runs."""
        self.env["mail.blacklist"]._add(self.contact.email)
        self.campaign.with_user(self.manager).action_launch()
        self.assertEqual(self.campaign.state, "running")
        for _i in range(2):
            self.send()
        self.assertEqual(self.campaign.state, "done")
        self.assertEqual(len(self.campaign.feedback_ids), 3)
        self.assertEqual(self.campaign.asked_count, 2)
        self.assertEqual(self.campaign.skipped_count, 1)
        skipped = self.campaign.feedback_ids.filtered("skip_reason")
        self.assertEqual(skipped.skip_reason, "blacklisted")
        self.assertFalse(self.campaign._claim(), "done is done")

    def test_batches(self):
        """F6, T1: a round broken off between batches goes on where it stopped."""
        self.campaign.action_launch()
        with patch("odoo.addons.trust_crm.models.trust_campaign_send.BATCH", 2):
            self.send()
            self.assertEqual(len(self.campaign.feedback_ids), 2)
            self.assertEqual(self.campaign.state, "running")
            self.send()
        self.assertEqual(len(self.campaign.feedback_ids), 3)
        self.assertEqual(self.campaign.state, "done")

    @mute_logger("odoo.addons.trust_crm.models.trust_campaign_send")
    def test_one_failure_holds_nobody_up(self):
        """F6, T26: who cannot be asked is noted; the others are asked."""
        requests = type(self.env["trust.feedback"])
        original, culprit = requests._send_request, self.contact

        def fail(request, mail=None):
            if request.partner_id == culprit:
                raise ValueError("Broken template")
            return original(request, mail)

        self.campaign.action_launch()
        with patch.object(requests, "_send_request", fail):
            self.send()
        self.assertEqual(self.campaign.state, "done")
        self.assertEqual(self.campaign.asked_count, 2)
        failed = self.campaign.feedback_ids.filtered("skip_reason")
        self.assertEqual((failed.partner_id, failed.skip_reason), (culprit, "failed"))

    def test_response_rate(self):
        """F6: answered of those asked; the overall average beside it."""
        self.campaign.action_launch()
        self.send()
        first, second = self.campaign.feedback_ids.sudo()[:2]
        for request, score in ((first, 5), (second, 2)):
            values, _missing = request._read_answers({"overall": str(score)})
            request._answer(values)
        self.campaign.invalidate_recordset()
        self.assertEqual(self.campaign.answered_count, 2)
        self.assertAlmostEqual(self.campaign.response_rate, 200 / 3)
        self.assertAlmostEqual(self.campaign.overall, 3.5)

    def test_on_its_day(self):
        """F6: a planned round waits for its day, then plans its next one."""
        self.campaign.write({"date_planned": "2026-03-01", "repeat_months": 3})
        self.campaign.action_plan()
        with self.at():
            self.assertNotIn(self.campaign, self.campaign._claim())
        with self.at(days=60):
            self.assertEqual(self.campaign._claim(), self.campaign)
            self.send()
        following = self.env["trust.campaign"].search([], order="id desc", limit=1)
        self.assertEqual(str(following.date_planned), "2026-06-01")
        self.assertEqual(
            (following.state, following.circle_ids), ("planned", self.inner)
        )

    def test_rights_and_state(self):
        """A1, F6: managers plan; nobody sets the state or deletes what went out."""
        campaign = self.campaign.with_user(self.manager)
        for attempt in (
            lambda: campaign.write({"state": "done"}),
            lambda: campaign.with_user(self.seller).action_plan(),
            lambda: campaign.with_user(self.seller).write({"name": "Mine"}),
        ):
            with self.assertRaises(UserError):  # AccessError is one
                attempt()
        self.assertEqual(campaign.create({"name": "x", "state": "done"}).state, "draft")
        campaign.action_launch()
        with self.assertRaises(UserError):
            campaign.action_plan()
        with self.assertRaises(UserError):
            campaign.unlink()
