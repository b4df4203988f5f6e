# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError
from odoo.tests import tagged

from .feedback_common import GOOD_PULSE, MONDAY, FeedbackCase


@tagged("post_install", "-at_install")
class TestTrustFeedbackAnswer(FeedbackCase):
    """Answering: what counts, what it sets off, what the ledger says."""

    # WHAT COUNTS

    def test_first_answer_counts(self):
        """F1: a second answer with the token changes nothing."""
        request = self.asked(overall=5)
        self.assertFalse(self.answer(request, overall=1))
        self.assertEqual(request.overall, 5)
        self.assertEqual(self.live(request), {"feedback_good": 1.0})

    def test_correction(self):
        """F1: a correction within 24 hours voids and records anew; none later."""
        request = self.asked(overall=5, interest=4)
        first = self.evidence.search([("source_id", "=", request.id)])
        self.assertTrue(self.answer(request, corrects=True, overall=1, interest=4))
        self.assertEqual(
            self.live(request), {"feedback_bad": 1.0, "interest_confirmed": 0.5}
        )
        states = {row.signal_id.code: row.state for row in first}
        self.assertEqual(states["feedback_good"], "voided")
        self.assertEqual(states["interest_confirmed"], "live", "unchanged, untouched")
        self.assertTrue(request.date_corrected)
        self.assertFalse(self.answer(request, days=2, corrects=True, overall=5))
        self.assertEqual(request.overall, 1)

    def test_closed_link(self):
        """F1: what was skipped or is over takes no answer."""
        self.ask()
        skipped = self.ask()
        values, _missing = skipped._read_answers({"overall": "5"})
        self.assertFalse(skipped._answer(values))
        self.assertEqual(skipped.state, "skipped")

    def test_what_is_read(self):
        """T7: only what is asked for, only 1 to 5, only words that a database holds."""
        request = self.asked(overall=4)
        later = self.ask(days=40)
        values, missing = later._read_answers(
            {
                "overall": "6",
                "interest": "3.5",
                "score_empathy": "٣",
                "score_assurance": ["5"],
                "obliged": "5",
                "state": "answered",
                "partner_id": "1",
                "one_thing": "  a\x00b\ud800" + "x" * 9000,
            }
        )
        self.assertEqual(missing, ["overall"])
        self.assertFalse({"obliged", "state", "partner_id"} & values.keys())
        for name in ("overall", "interest", "score_empathy", "score_assurance"):
            self.assertEqual(values[name], 0, name)
        self.assertEqual(values["one_thing"][:4], "ab?x")
        self.assertEqual(len(values["one_thing"]), 4000)
        self.assertEqual(request.overall, 4)

    # WORDS AND FOLLOW-UP

    def test_both_questions_reach_the_follow_up(self):
        """F3: what would make it a 5, and the one thing, stand in the follow-up."""
        request = self.asked(
            overall=2, make_it_five="Call <b>back</b>", one_thing="Be on time"
        )
        note = str(request._get_follow_ups().note)
        self.assertIn("Call &lt;b&gt;back", note)
        self.assertIn("Be on time", note)
        self.assertIn("Be on time", str(request.message_ids[0].body))
        self.assertEqual(request.message_ids[0].author_id, self.person)
        self.assertIn(self.seller.partner_id, request.message_ids[0].partner_ids)

    def test_a_five_needs_nothing(self):
        """F3: who gives a 5 is not asked what would make it one."""
        request = self.asked(overall=5, make_it_five="Nothing", one_thing="Nothing")
        self.assertFalse(request.make_it_five)
        self.assertEqual(request.one_thing, "Nothing")

    def test_follow_up(self):
        """F4: two or less makes exactly one follow-up, whatever is corrected."""
        for score, count in ((1, 1), (2, 1), (3, 0), (5, 0)):
            person = self.person.copy({"email": f"{score}@lind.example"})
            request = self.ask(person)
            self.answer(request, overall=score)
            self.assertEqual(len(request._get_follow_ups()), count, score)
        self.assertFalse(request.needs_follow_up)
        for corrected, count in ((1, 1), (2, 1), (4, 0), (1, 1)):
            self.answer(request, corrects=True, overall=corrected)
            self.assertEqual(len(request._get_follow_ups(done=True)), count)
        self.assertEqual(request._get_follow_ups().user_id, request.user_id)

    def test_follow_up_needs_customer_told(self):
        """F4: neither done, dropped nor turned into something else before that."""
        request = self.asked(overall=1)
        activity = request._get_follow_ups().with_user(self.seller)
        todo = self.env.ref("mail.mail_activity_data_todo")
        for attempt in (
            lambda: activity.action_feedback("Done"),
            activity.action_cancel,
            activity.unlink,
            lambda: activity.write({"active": False}),
            lambda: activity.write({"activity_type_id": todo.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertTrue(activity.active)
        request.with_user(self.seller).action_customer_told()
        self.assertFalse(activity.active)
        self.assertEqual(request.told_by_id, self.seller)
        self.assertEqual(len(request._get_follow_ups(done=True)), 1)

    def test_told_once(self):
        """F4: a low answer corrected after the customer was told makes no second."""
        request = self.asked(overall=1)
        request.with_user(self.seller).action_customer_told()
        self.answer(request, corrects=True, overall=2)
        self.assertEqual(len(request._get_follow_ups(done=True)), 1)
        self.assertTrue(request.told_date)

    def test_somebody_is_responsible(self):
        """F4: when the salesperson has left, the follow-up goes to somebody else."""
        request = self.ask()
        self.seller.active = False
        self.answer(request, overall=1)
        activity = request._get_follow_ups()
        self.assertTrue(activity.user_id.active)
        self.assertEqual(request.user_id, activity.user_id)

    # EVIDENCE

    def test_evidence(self):
        """F2, C8: each score that speaks is one fact, in the customer's voice."""
        request = self.ask()
        self.answer(request, **GOOD_PULSE, obliged=1, expected_empathy=5)
        self.assertEqual(
            self.live(request),
            {
                "feedback_good": 1.0,
                "pulse_reliability_good": 1.0,
                "pulse_assurance_good": 0.5,
                "pulse_empathy_good": 0.5,
                "pulse_responsiveness_bad": 0.5,
                "interest_confirmed": 1.0,
                "pulse_obliged_bad": 1.0,
            },
        )
        rows = self.evidence.search([("source_id", "=", request.id)])
        self.assertEqual(set(rows.mapped("voice")), {"customer"})
        self.assertEqual(set(rows.signal_id.mapped("active")), {True})
        self.assertFalse(rows.user_id, "the whole relationship is nobody's bond")

    def test_counts_at_once(self):
        """F2: the score follows: interest feeds orientation, the pulse its part."""
        request = self.ask()
        values, _missing = request._read_answers({"overall": "5", "interest": "5"})
        request._answer(values)
        self._drain()
        relationship = self._relationship(self.person)
        self.assertGreater(relationship.trust_index, 50)
        self.assertLess(relationship.self_orientation, 5.5)

    def test_opted_out_answers_count_nothing_new(self):
        """A colleague's answer is no evidence."""
        request = self.ask()
        self.person.user_ids = [(4, self._new_user("own", "base.group_user").id)]
        self.assertFalse(self.person.partner_share)
        self.answer(request, overall=1)
        self.assertFalse(self.live(request))
        self.assertTrue(request.needs_follow_up)

    # COMPLAINTS

    def test_complaint_from_feedback(self):
        """K1, F4: a complaint made from a low answer replaces its feedback_bad."""
        request = self.asked(overall=1, interest=1, one_thing="Call <b>back</b>")
        self.assertEqual(set(self.live(request)), {"feedback_bad", "interest_denied"})
        action = request.with_user(self.seller).action_make_complaint()
        complaint = self.env["trust.complaint"].browse(action["res_id"])
        self.assertEqual(request.complaint_id, complaint)
        self.assertEqual(complaint.feedback_ids, request)
        self.assertIn("Call &lt;b&gt;back", complaint.description)
        self.assertEqual(set(self.live(request)), {"interest_denied"})
        self.answer(request, corrects=True, overall=2, interest=1)
        self.assertEqual(set(self.live(request)), {"interest_denied"}, "stays replaced")
        again = request.with_user(self.seller).action_make_complaint()
        self.assertEqual(again["res_id"], complaint.id)

    def test_recovery(self):
        """K8: the answer to a recovery pulse is the complaint's outcome, told once."""
        complaint = self.env["trust.complaint"].create(
            {"partner_id": self.person.id, "subject": "It leaks"}
        )
        complaint.sudo().resolved_date = MONDAY
        request = self.ask(kind="recovery", complaint=complaint)
        self.assertEqual(
            (request.res_model, request.scope), ("trust.complaint", "encounter")
        )
        self.answer(request, overall=5, score_empathy=5)
        self.assertEqual(complaint.recovered, "yes")
        self.assertEqual(self.live(request), {"pulse_empathy_good": 1.0})
        self.answer(request, corrects=True, overall=2)
        self.assertEqual(complaint.recovered, "no")
        self.assertTrue(request._get_follow_ups())

    # HABIT

    def test_own_habit(self):
        """F6: raw, and relative to what this person usually gives."""
        scores, found = (5, 5, 4, 2), []
        for number, score in enumerate(scores):
            request = self.asked(days=31 * number, overall=score)
            found.append(request.has_habit and round(request.overall_relative, 1))
        self.assertEqual(found, [False, False, -1.0, -2.7])

    def test_unanswered_is_no_zero(self):
        """F2: averages leave out what was not answered."""
        self.asked(overall=4, interest=5)
        self.asked(days=40, overall=2)
        [(overall, interest)] = self.requests._read_group(
            [("partner_id", "=", self.person.id)], [], ["overall:avg", "interest:avg"]
        )
        self.assertEqual((overall, interest), (3, 5))
