# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.trust_crm.models.trust_feedback import RATER
from odoo.addons.trust_crm.tests.feedback_common import FeedbackCase

GOOD = {
    "reliability": 5,
    "responsiveness": 4,
    "assurance": 3,
    "empathy": 2,
    "tangibles": 1,
}
SAID = {
    "pulse_reliability_good": 1,
    "pulse_responsiveness_good": 0.5,
    "pulse_empathy_bad": 0.5,
    "pulse_tangibles_bad": 1,
}


class SurveyCase(FeedbackCase):
    """A customer who can be invited to the long survey."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("trust_crm_survey.survey_quality")
        cls.items = cls.survey.question_and_page_ids.sorted("sequence")

    def invite(self, *people, days=0, survey=None, **values):
        """What Odoo's invitation dialogue does; the answers it opened."""
        survey = survey or self.survey
        before = survey.user_input_ids
        with self.at(days):
            wizard = self.env["survey.invite"].create(
                {
                    "survey_id": survey.id,
                    "partner_ids": [fields.Command.set([p.id for p in people])],
                    "subject": "Five minutes",
                    "body": "<p>Please</p>",
                    "existing_mode": "new",
                    **values,
                }
            )
            self.invited = wizard.action_invite()
            self.env.flush_all()
        return survey.user_input_ids - before

    def fill(self, answer, scores, days=0):
        """The customer gives each question of a dimension its score, and sends."""
        answer = answer.sudo()
        with self.at(days, hours=1):
            answer._mark_in_progress()
            for question in self.items.filtered("trust_dimension"):
                score = scores.get(question.trust_dimension, "")
                answer._save_lines(question, str(score or ""))
            answer._mark_done()
            self.env.flush_all()
        return answer

    def feedback(self, answer):
        return self.requests.search([("survey_input_id", "=", answer.id)])

    def answered(self, scores, person=None, days=0):
        answer = self.invite(person or self.person, days=days)
        return self.fill(answer, scores, days)


@tagged("post_install", "-at_install")
class TestSurvey(SurveyCase):
    """F7: the long survey counts as the pulse does."""

    # THE INSTRUMENT

    def test_instrument(self):
        """F7: 22 questions of five dimensions on one short scale, ready to send."""
        questions = self.items.filtered(lambda q: not q.is_page)
        counts = questions.grouped("trust_dimension")
        self.assertEqual(len(questions), 22)
        self.assertEqual(set(counts), {name for name, _label in RATER})
        self.assertEqual(
            {name: len(found) for name, found in counts.items()},
            {
                "reliability": 5,
                "responsiveness": 4,
                "assurance": 4,
                "empathy": 5,
                "tangibles": 4,
            },
        )
        self.assertEqual(set(questions.mapped("question_type")), {"scale"})
        self.assertEqual({(q.scale_min, q.scale_max) for q in questions}, {(1, 5)})
        self.assertEqual(self.survey.access_mode, "token")
        self.assertEqual(len(self.items.filtered("is_page")), 5)

    # EVIDENCE

    def test_evidence(self):
        """F7: one evidence per dimension, by its mean, in the customer's voice."""
        feedback = self.feedback(self.answered(GOOD))
        self.assertEqual(self.live(feedback), SAID)
        rows = feedback._trust_evidence_rows()
        self.assertEqual(set(rows.mapped("voice")), {"customer"})
        self.assertEqual(rows.partner_id, self.person)
        self.assertEqual(set(rows.mapped("date")), {feedback.date_answered})
        self.assertEqual((feedback.state, feedback.kind), ("answered", "survey"))

    def test_mean(self):
        """F7: the mean of the questions answered; others do not pull it down."""
        answer = self.answered({"reliability": 5})
        feedback = self.feedback(answer)
        self.assertEqual(self.live(feedback), {"pulse_reliability_good": 1})
        line = answer.user_input_line_ids.filtered("value_scale")[0]
        line.sudo().value_scale = 3  # 5, 5, 5, 5, 3
        self.assertEqual(list(self.live(feedback)), ["pulse_reliability_good"])
        self.assertAlmostEqual(
            self.live(feedback)["pulse_reliability_good"], (4.6 - 3) / 2
        )
        self.assertIn("4.6", feedback.survey_result)

    def test_other_scale(self):
        """F7: a survey of one's own counts too, its scale stretched to 1 to 5."""
        own = self.env["survey.survey"].create(
            {
                "title": "Ours",
                "access_mode": "token",
                "question_and_page_ids": [
                    fields.Command.create(
                        {
                            "title": "Kind?",
                            "question_type": "scale",
                            "scale_min": 0,
                            "scale_max": 10,
                            "trust_dimension": "empathy",
                        }
                    )
                ],
            }
        )
        self.items = own.question_ids
        answer = self.fill(self.invite(self.person, survey=own), {"empathy": 10})
        self.assertEqual(self.live(self.feedback(answer)), {"pulse_empathy_good": 1})

    def test_idempotent(self):
        """F7: collected again, nothing is recorded or voided."""
        feedback = self.feedback(self.answered({**GOOD, "reliability": 4}))
        answer = feedback.survey_input_id
        answer.user_input_line_ids.filtered("value_scale")[0].sudo().value_scale = 5
        domain = [("source_model", "=", "trust.feedback")]
        before = self.evidence.sudo().search(domain)
        feedback._collect_trust_evidence()
        self.assertEqual(self.evidence.sudo().search(domain), before)

    def test_deleted(self):
        """F7: a deleted answer says nothing any more; so does its survey's end."""
        answer = self.answered(GOOD)
        feedback = self.feedback(answer)
        answer.unlink()
        self.assertFalse(self.live(feedback))
        other = self.person.copy({"email": "ida@lind.example"})
        feedback = self.feedback(self.answered(GOOD, other, days=1))
        self.assertTrue(self.live(feedback))
        self.survey.unlink()
        self.assertFalse(self.live(feedback))

    def test_deleted_line(self):
        """F7: an answer to one question that is deleted counts no more."""
        answer = self.answered({"tangibles": 1})
        feedback = self.feedback(answer)
        answer.user_input_line_ids.sudo().unlink()
        self.assertFalse(self.live(feedback))

    def test_redone(self):
        """F7: done again, only the last attempt counts."""
        answer = self.answered(GOOD)
        feedback = self.feedback(answer)
        again = self.survey._create_answer(partner=self.person)
        self.fill(again, {"reliability": 1}, days=1)
        self.assertEqual(self.feedback(again), feedback)
        self.assertFalse(self.feedback(answer))
        self.assertEqual(self.live(feedback), {"pulse_reliability_bad": 1})
        self.assertEqual(len(self.rater()), 1)

    def test_next_year(self):
        """F7: asked again after the wait, both answers stand."""
        first = self.feedback(self.answered(GOOD))
        second = self.feedback(self.answered({"reliability": 1}, days=365))
        self.assertNotEqual(first, second)
        self.assertEqual(self.live(first), SAID)
        self.assertEqual(self.live(second), {"pulse_reliability_bad": 1})

    def test_who(self):
        """F7: strangers, colleagues and trials say nothing."""
        before = self.requests.search([])
        stranger = self.survey._create_answer(email="somebody@else.example")
        colleague = self.survey._create_answer(partner=self.seller.partner_id)
        trial = self.survey._create_answer(user=self.env.user, test_entry=True)
        trial.partner_id = self.person
        for answer in (stranger, colleague, trial):
            self.fill(answer, GOOD)
        self.assertEqual(self.requests.search([]), before)

    def test_other_surveys(self):
        """F7: a survey about something else asks and says nothing of ours."""
        self.survey.question_ids.trust_dimension = False
        answer = self.invite(self.person)
        self.assertEqual(len(answer), 1)
        self.fill(answer, GOOD)
        self.assertFalse(self.requests.search([("partner_id", "=", self.person.id)]))

    # REPORT

    def rater(self, dimension="reliability"):
        return self.env["trust.feedback.report"].search(
            [
                ("partner_id", "=", self.person.id),
                ("dimension", "=", dimension),
            ]
        )

    def test_report(self):
        """F7: in the same report as the pulse, beside what the person expects."""
        self.asked(overall=4, score_reliability=3, expected_reliability=4)
        answer = self.answered(GOOD, days=40)
        rows = self.rater().sorted("date")
        self.assertEqual(rows.mapped("perception"), [3, 5])
        self.assertEqual(rows.mapped("gap"), [-1, 1])
        self.assertEqual(rows[1].feedback_id, self.feedback(answer))
        self.assertEqual(set(rows.mapped("scope")), {"relationship"})
        everything = self.env["trust.feedback.report"].search([])
        self.assertEqual(len(set(everything.ids)), len(everything))
        answer.unlink()
        self.assertEqual(self.rater().mapped("perception"), [3])

    # WAIT

    def test_wait(self):
        """F5: one wait across surveys and pulses, both ways, the reason kept."""
        self.ask()
        self.assertFalse(self.invite(self.person, days=29))
        skipped = self.requests.search([("kind", "=", "survey")])
        self.assertEqual((skipped.state, skipped.skip_reason), ("skipped", "wait"))
        self.assertIn(self.person.name, self.invited["params"]["message"])
        self.assertEqual(len(self.invite(self.person, days=31)), 1)
        self.assertEqual(self.ask(days=45).skip_reason, "wait")
        self.assertEqual(self.ask(days=62).state, "sent")

    def test_some_wait(self):
        """F5: whoever waits is left out; the others are invited."""
        other = self.person.copy({"email": "ida@lind.example"})
        self.ask()
        answers = self.invite(self.person, other, days=1)
        self.assertEqual(answers.partner_id, other)
        request = self.feedback(answers)
        self.assertEqual(request.state, "sent")
        self.assertFalse(self.mails(request))

    def test_uninvited(self):
        """F5: who answered without an invitation was asked all the same."""
        answer = self.survey._create_answer(partner=self.person)
        self.fill(answer, GOOD)
        self.assertEqual(self.live(self.feedback(answer)), SAID)
        self.assertEqual(self.ask(days=5).skip_reason, "wait")

    def test_yearly_questions(self):
        """F2: the survey asks for no expectation, the next pulse still does."""
        answer = self.answered(GOOD)
        self.assertFalse(self.feedback(answer).asks_yearly)
        self.assertTrue(self.ask(days=40).asks_yearly)

    def test_no_page_of_ours(self):
        """F1: the page behind our links opens no survey."""
        request = self.feedback(self.invite(self.person))
        self.assertFalse(self.requests._find_by_token(request._get_token()))

    # FOLLOW-UP

    def test_follow_up(self):
        """F4: a dimension at two or less is one thing to do for the responsible."""
        feedback = self.feedback(self.answered(GOOD))
        todo = feedback._get_follow_ups()
        self.assertEqual((len(todo), todo.user_id), (1, self.seller))
        self.assertIn("Tangibles: 1.0", todo.note)
        happy = self.person.copy({"email": "ida@lind.example"})
        feedback = self.feedback(self.answered({"empathy": 4}, happy))
        self.assertFalse(feedback._get_follow_ups())


@tagged("post_install", "-at_install")
class TestSurveyPage(SurveyCase, HttpCase):
    def test_by_link(self):
        """F7: answered in a browser, by the link in the mail, without a login."""
        answer = self.invite(self.person)
        self.env.flush_all()
        page = self.url_open(answer.get_start_url())
        self.assertEqual(page.status_code, 200)
        base = f"{self.survey.access_token}/{answer.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{base}", {})
        for section in self.items.filtered("is_page"):
            given = {str(q.id): "5" for q in section.question_ids}
            self.make_jsonrpc_request(
                f"/survey/submit/{base}", {"page_id": section.id, **given}
            )
        self.assertEqual(answer.state, "done")
        said = {f"pulse_{name}_good": 1 for name, _label in RATER}
        self.assertEqual(self.live(self.feedback(answer)), said)
