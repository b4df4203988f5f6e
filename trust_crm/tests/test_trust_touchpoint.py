# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.trust_touchpoint import REVIEW
from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestTouchpoint(ComplaintCase):
    """The map of the moments of truth, fed by the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("UPDATE trust_signal SET touchpoint_id = NULL")
        cls.env.invalidate_all()
        cls.moment, cls.other = cls.env["trust.touchpoint"].create(
            [
                {"name": "Handing over the keys", "step": "receiving"},
                {"name": "The first winter", "step": "using"},
            ]
        )
        signals = cls.env["trust.signal"]
        for code in ("promise_kept", "promise_broken"):
            signals._get_by_code(code).touchpoint_id = cls.moment

    def _live(self, touchpoint):
        touchpoint.invalidate_recordset()
        return touchpoint.good_count, touchpoint.bad_count, touchpoint.live_role

    def test_live_score(self):
        """I3: the live score is that of the last 90 days of linked evidence."""
        self._record(self.customer, "promise_kept", days_ago=91)
        self._record(self.customer, "feedback_good", days_ago=1)
        self.assertEqual(self._live(self.moment), (0, 0, False))
        for days in (89, 30, 1):
            self._record(self.customer, "promise_kept", days_ago=days)
        self.assertEqual(self._live(self.moment), (3, 0, "builder"))
        self.assertAlmostEqual(self.moment.live_score, 100 * 5 / 7)
        self._record(self.other_customer, "promise_broken", days_ago=2)
        self.assertEqual(self._live(self.moment)[:2], (3, 1))
        self.assertAlmostEqual(self.moment.live_score, 100 * 5 / 9)

    def test_voided_and_foreign_rows(self):
        """I3, C9: what was voided, and what another company did, does not speak."""
        rows = [self._record(self.customer, "promise_broken") for _i in range(3)]
        self.assertEqual(self._live(self.moment), (0, 3, "destroyer"))
        rows[0]._void("a mistake")
        self.assertEqual(self._live(self.moment)[:2], (0, 2))
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self._record(self.customer, "promise_kept", company_id=elsewhere.id)
        self.assertEqual(self._live(self.moment)[:2], (0, 2))

    def test_too_little_to_judge(self):
        """I3: fewer than three facts judge nothing."""
        for _i in range(2):
            self._record(self.customer, "promise_broken")
        self.assertEqual(self._live(self.moment), (0, 2, False))
        self.assertFalse(self.moment.has_live)
        self.assertFalse(self.moment.is_alarm)

    def test_complaint_names_its_moment(self):
        """I3: a complaint counts at the moment it names, not at its signal's."""
        self.env["trust.signal"]._get_by_code(
            "complaint_opened"
        ).touchpoint_id = self.moment
        complaint = self.complaint(touchpoint_id=self.other.id)
        self.env.cr.flush()
        with self.at(1):
            self.assertEqual(self._live(self.other)[:2], (0, 1))
            self.assertEqual(self._live(self.moment)[:2], (0, 0))
        action = self.other.action_open_complaints()
        found = self.env["trust.complaint"].search(action["domain"])
        self.assertEqual(found, complaint)

    def test_encounter_names_its_moment(self):
        """I3: an encounter counts at the moment it names, whatever it was."""
        encounter = self.env["trust.encounter"].create(
            {"partner_id": self.customer.id, "honest_advice": True}
        )
        self.env.cr.flush()
        before = self._live(self.other)[0]
        encounter.touchpoint_id = self.other
        said = len({"human_contact", "honest_advice"})
        self.assertEqual(self._live(self.other)[0] - before, said)
        encounter.touchpoint_id = self.moment
        self.assertEqual(self._live(self.other)[0], before)

    def test_answer_counts_where_it_was_asked_about(self):
        """I3: what a customer says of a meeting counts at the meeting's moment."""
        self.env["trust.signal"]._get_by_code("meeting_held").touchpoint_id = self.other
        meeting = self.env["calendar.event"].create(
            {"name": "Plans", "start": "2026-01-05 10:00", "stop": "2026-01-05 11:00"}
        )
        feedback = self.env["trust.feedback"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.env.company.id,
                "state": "answered",
                "date_answered": fields.Datetime.now(),
                "res_model": meeting._name,
                "res_id": meeting.id,
                "overall": 1,
                "score_empathy": 5,
            }
        )
        feedback._collect_trust_evidence()
        self.assertEqual(self._live(self.other)[:2], (1, 1))

    def test_destroyer_without_measure_is_red(self):
        """I3: a destroyer without counter-measure is an alarm until there is one."""
        for _i in range(3):
            self._record(self.customer, "promise_broken")
        self._live(self.moment)
        self.assertTrue(self.moment.is_alarm)
        self.moment.counter_measure = "   "
        self.assertTrue(self.moment.is_alarm, "blanks are no measure")
        self.moment.counter_measure = "The workshop sees each promised day."
        self.assertFalse(self.moment.is_alarm)
        self.other.judgement = "destroyer"
        self.assertTrue(self.other.is_alarm, "the team's word counts without evidence")
        self.moment.judgement = "builder"
        self.assertEqual(self.moment.role, "builder", "the team knows better")

    def test_one_name_once(self):
        """I3: two moments of one name would share the facts; translated ones too."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.moment.with_context(lang="fr_FR").name = "Les clés"
        with self.assertRaisesRegex(ValidationError, "already"):
            self.env["trust.touchpoint"].create({"name": self.moment.name})

    def test_review(self):
        """I3: the next review stands as one activity of the owner."""
        day = fields.Date.today() + timedelta(days=20)
        with self.assertRaisesRegex(ValidationError, "Name an owner"):
            self.moment.review_date = day
        self.moment.write({"owner_id": self.manager.id, "review_date": day})
        later = day + timedelta(days=7)
        self.moment.review_date = later
        activities = self.moment.activity_search([REVIEW])
        self.assertEqual(activities.mapped("date_deadline"), [later])
        self.assertEqual(activities.user_id, self.manager)
        self.moment.active = False
        self.assertFalse(self.moment.activity_search([REVIEW]))

    def test_manager_says_which_facts(self):
        """I3: who draws the map says which facts happen here; a fact happens once."""
        kept, mail = (
            self.env["trust.signal"]._get_by_code(code)
            for code in ("promise_kept", "mail_answered")
        )
        self.other.with_user(self.manager).fact_ids = kept | mail
        self.assertEqual(self.other.signal_ids, kept | mail)
        self.assertNotIn(kept, self.moment.fact_ids)
        self.other.with_user(self.manager).fact_ids = mail
        self.assertEqual((kept | mail).mapped("touchpoint_id"), self.other)
        self.assertFalse(kept.touchpoint_id)
        mail.active = False
        self.other.with_user(self.manager).fact_ids = [Command.link(kept.id)]
        self.assertEqual(self.other.fact_ids, kept | mail, "what sleeps stays here")
        with self.assertRaises(AccessError):
            self.other.with_user(self.seller).fact_ids = kept
        with self.assertRaises(AccessError):
            kept.with_user(self.manager).touchpoint_id = self.moment

    def test_rights(self):
        """I3, T4: everybody in Trust reads the map, managers draw it."""
        self.moment.with_user(self.seller).read(["live_score", "is_alarm"])
        with self.assertRaises(AccessError):
            self.moment.with_user(self.seller).threat = "Rain"
        self.moment.with_user(self.manager).threat = "Rain"

    def test_owner_and_team_answer(self):
        """I3, S6: who owns a moment, or belongs to its team, answers the questions."""
        self.moment.owner_id = self.seller
        self.moment.member_ids = self.all_seller
        day = fields.Date.today() + timedelta(days=20)
        self.moment.with_user(self.seller).write({"threat": "Rain", "review_date": day})
        self.moment.with_user(self.all_seller).counter_measure = "A roof"
        for values in (
            {"name": "Mine"},
            {"step": "staying"},
            {"active": False},
            {"owner_id": self.all_seller.id},
            {"member_ids": False},
        ):
            with self.assertRaises(AccessError, msg=values):
                self.moment.with_user(self.seller).write(values)
        self.assertFalse(self.moment.with_user(self.seller).can_draw)
        self.assertTrue(self.moment.with_user(self.manager).can_draw)
        for user in (self.seller, self.all_seller):
            with self.assertRaises(AccessError):
                self.moment.with_user(user).fact_ids = False
            with self.assertRaises(AccessError):
                self.other.with_user(user).threat = "Rain"
            with self.assertRaises(AccessError):
                self.moment.with_user(user).unlink()

    def test_only_who_draws_moves(self):
        """I3: nobody is offered a move that is refused afterwards."""
        for user, may in ((self.manager, True), (self.seller, False)):
            moments = self.env["trust.touchpoint"].with_user(user)
            kanban = moments.get_view(view_type="kanban")["arch"]
            self.assertEqual('records_draggable="0"' not in kanban, may)
            rows = moments.get_view(view_type="list")["arch"]
            self.assertEqual('widget="handle"' in rows, may)

    def test_journey_in_order(self):
        """I3: every step of the journey has its column, in the journey's order."""
        moments = self.env["trust.touchpoint"].with_context(read_group_expand=True)
        groups = moments.web_read_group(
            [("id", "=", self.moment.id)], ["step"], ["__count"]
        )["groups"]
        steps = [name for name, _label in self.moment._fields["step"].selection]
        self.assertEqual([group["step"] for group in groups], steps)
