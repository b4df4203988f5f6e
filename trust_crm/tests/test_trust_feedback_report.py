# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .feedback_common import FeedbackCase


@tagged("post_install", "-at_install")
class TestTrustFeedbackReport(FeedbackCase):
    """RATER: perception, expectation, gap."""

    def pulses(self, perceived, expected, days=0, **options):
        """One new person per score, each with this perception and expectation."""
        for number, score in enumerate(perceived):
            person = self.person.copy({"email": f"{days}.{number}@lind.example"})
            request = self.ask(person, days=days, **options)
            self.answer(
                request,
                days=days,
                overall=4,
                score_empathy=score,
                expected_empathy=expected[number] if expected else 0,
            )

    def rater(self, *groupby, domain=()):
        """{group: (count, perception, expectation, gap)} of the dimension empathy."""
        rows = self.env["trust.feedback.report"]._read_group(
            [
                ("dimension", "=", "empathy"),
                ("partner_id.email", "like", "lind.example"),
                *domain,
            ],
            list(groupby),
            ["__count", "perception:avg", "expectation:avg", "gap:avg"],
        )
        keys = len(groupby)
        return {row[:keys]: row[keys:] for row in rows}

    def test_gap(self):
        """F2, I4: perception 3.2, expectation 4.5: the gap is -1.3."""
        self.pulses([3, 3, 3, 3, 4] * 2, [4, 5, 4, 5, 5, 4, 5, 4, 5, 4])
        count, perception, expectation, gap = self.rater()[()]
        self.assertEqual(count, 10)
        self.assertAlmostEqual(perception, 3.2)
        self.assertAlmostEqual(expectation, 4.5)
        self.assertAlmostEqual(gap, -1.3)

    def test_gap_of_others(self):
        """I4, C9: what they expect of another company is not for this one."""
        self.pulses([3] * 5, None)
        people = self.env["res.partner"].search([("email", "like", "0.%@lind.example")])
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        day = fields.Datetime.to_datetime("2026-02-01")
        for person in people:
            request = self.requests.with_company(elsewhere).create(
                self.requests.with_company(elsewhere)._prepare_request_values(
                    person, "pulse", None, None
                )
                | {"state": "answered", "asks_yearly": True, "expected_empathy": 5}
                | {"date_answered": "2026-01-10 12:00:00"}
            )
            self.assertEqual(request.company_id, elsewhere)
        self.assertEqual(self.rater()[()], (5, 3, False, False))
        self.assertFalse(self.requests._is_year_due(people[0], elsewhere, "pulse", day))
        told = self.requests.search([("company_id", "=", self.env.company.id)])
        told.asks_yearly = False
        due = self.requests._is_year_due(people[0], self.env.company, "pulse", day)
        self.assertTrue(due, "the other company's question was not ours")

    def test_too_few(self):
        """F2: four answers have no average, whatever the grouping; five have one."""
        self.pulses([1, 1, 1, 1], [5, 5, 5, 5])
        for group in ((), ("dimension",), ("date:month",), ("scope",)):
            [values] = self.rater(*group).values()
            self.assertEqual((values[0], *map(bool, values[1:])), (4, *[False] * 3))
        self.pulses([1], [5], days=1)
        self.assertEqual(self.rater()[()], (5, 1, 5, -4))

    def test_expectation_of_the_year(self):
        """F2: the expectation told once stands beside the answers of a year."""
        self.pulses([3] * 5, [5] * 5)
        people = self.env["res.partner"].search([("email", "like", "0.%@lind.example")])
        for person in people:
            request = self.ask(person, days=40)
            self.assertFalse(request.asks_yearly)
            self.answer(request, days=40, overall=4, score_empathy=4)
        later = [("date", ">", "2026-02-01")]
        count, perception, expectation, gap = self.rater(domain=later)[()]
        self.assertEqual((count, perception, expectation, gap), (5, 4, 5, -1))

    def test_encounter_apart(self):
        """F2: about one encounter and about the whole relationship are kept apart."""
        lead = self.env["crm.lead"].create(
            {"name": "Roof", "partner_id": self.person.id}
        )
        self.pulses([5] * 5, None)
        self.pulses([2] * 5, None, days=2, about=lead)
        found = self.rater("scope")
        self.assertEqual(found["relationship",][1], 5)
        self.assertEqual(found["encounter",][1], 2)

    def test_by_moment_of_truth(self):
        """I4: an answer about a complaint counts at the moment that it names."""
        delivery = self.env["trust.touchpoint"].create({"name": "The crane"})
        complaint = self.env["trust.complaint"].create(
            {
                "subject": "The crane came late",
                "partner_id": self.person.id,
                "touchpoint_id": delivery.id,
            }
        )
        self.pulses([4] * 5, [4] * 5)
        self.pulses([3, 3, 3, 3, 4], [4, 5, 4, 5, 5], days=3, about=complaint)
        self.env.flush_all()
        found = self.rater("touchpoint_id")
        self.assertAlmostEqual(found[delivery,][3], -1.4)
        nowhere = self.env["trust.touchpoint"]
        self.assertAlmostEqual(found[nowhere,][3], 0)

    def test_by_moment_of_an_encounter(self):
        """I4: so does one about an encounter, or about the meeting behind it."""
        advice, habit = self.env["trust.touchpoint"].create(
            [{"name": "The kitchen table"}, {"name": "Any meeting"}]
        )
        self.env["trust.signal"]._get_by_code("meeting_held").touchpoint_id = habit
        meeting, other = self.env["calendar.event"].create(
            [
                {
                    "name": name,
                    "start": "2026-01-05 10:00",
                    "stop": "2026-01-05 11:00",
                    "partner_ids": self.person.ids,
                }
                for name in ("Plans", "Colours")
            ]
        )
        encounter = self.env["trust.encounter"].create(
            {
                "partner_id": self.person.id,
                "date": "2026-01-05 11:00:00",
                "event_id": meeting.id,
                "touchpoint_id": advice.id,
            }
        )
        self.pulses([2] * 5, None, about=encounter)
        self.pulses([4] * 5, None, days=1, about=meeting)
        self.pulses([5] * 5, None, days=2, about=other)
        self.env.flush_all()
        found = self.rater("touchpoint_id")
        self.assertEqual(found[advice,][:2], (10, 3))
        self.assertEqual(found[habit,][:2], (5, 5))

    def test_scorecard_names_the_worst_first(self):
        """I4: the scorecard opens per dimension and team, sorted by the gap."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_feedback_report_action_scorecard"
        )
        view = self.env["trust.feedback.report"].get_view(action["views"][0][0])
        arch = etree.fromstring(view["arch"])
        self.assertEqual(arch.get("default_order"), "gap asc")
        shown = {(node.get("name"), node.get("type")) for node in arch}
        self.assertLessEqual({("dimension", "row"), ("team_id", "col")}, shown)

    def test_rights(self):
        """A1: the report shows what the feedback shows."""
        self.pulses([4], None)
        other = self._new_user("rater", "trust_crm.group_trust_user")
        model = self.env["trust.feedback.report"]
        self.assertTrue(model.with_user(self.seller).search([]))
        self.assertFalse(
            model.with_user(other).search([("partner_id.email", "like", "lind.ex")])
        )

    def test_moment_named_just_now(self):
        """I4: a moment that is not written yet counts already."""
        encounter = self.env["trust.encounter"].create({"partner_id": self.person.id})
        request = self.ask(self.person, about=encounter)
        self.answer(request, overall=4, score_empathy=4)
        moment = self.env["trust.touchpoint"].search([], limit=1)
        self.env.flush_all()
        encounter.touchpoint_id = moment
        told = self.env["trust.feedback.report"].search(
            [("feedback_id", "=", request.id), ("touchpoint_id", "=", moment.id)]
        )
        self.assertTrue(told)

    def test_no_ranking(self):
        """I4: perception is not counted by employee, by no path."""
        report = self.env["trust.feedback.report"].with_user(self.manager)
        for path in ("user_id", "partner_id.user_id", "feedback_id.user_id"):
            with self.assertRaisesRegex(AccessError, "by employee"):
                report._read_group([], [path], ["perception:avg"])
        self.assertFalse(report.fields_get(["user_id"])["user_id"]["groupable"])
