# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import date, timedelta

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools import review_period
from .review_common import END, START, TODAY, ReviewCase

# Opening asks as often for twenty customers as for two
MOST_QUERIES = 75


class TestReviewPeriod(BaseCase):
    def test_periods(self):
        """S19: quarters are arithmetic that doctests prove."""
        self.assertEqual(doctest.testmod(review_period).failed, 0)


@tagged("post_install", "-at_install")
class TestReview(ReviewCase):
    """What a review of a quarter finds."""

    def test_name(self):
        """S19: a quarter has a number, any other period its days, a team its name."""
        self.assertEqual(self.review().name, "Trust review Q3 2026")
        team = self.env["crm.team"].create({"name": "North"})
        of_team = self.review(team_id=team.id)
        self.assertEqual(of_team.name, "Trust review Q3 2026, North")
        short = self.review(date_to=date(2026, 9, 1))
        self.assertEqual(short.name, "Trust review 07/01/2026 to 09/01/2026")
        of_team.env.invalidate_all()
        team.unlink()
        self.assertEqual(of_team.name, "Trust review Q3 2026, North", "a name stays")

    def test_moved(self):
        """S19: who changed the ring or moved five points, both ways, frozen."""
        third = self.env["res.partner"].create({"name": "Still Ltd"})
        out = self.show(
            self.customer, (120, 70, self.insider), (10, 52, self.acquaintance)
        )
        risen = self.show(
            self.other_customer,
            (120, 40, self.acquaintance),
            (60, 44, self.acquaintance),
            (10, 46, self.acquaintance),
        )
        self.show(third, (120, 50, self.insider), (10, 54, self.insider))
        review = self.review()
        moved = self.of(review, "moved")
        self.assertEqual(moved.relationship_id, out | risen, "four points are no move")
        first, second = moved
        self.assertEqual(
            (first.kind, first.value_before, first.value_now), ("moved_out", 70, 52)
        )
        self.assertIn(self.insider.name, first.reason)
        self.assertIn("-18 points", first.reason)
        self.assertEqual((second.kind, second.reason), ("rose", "Up 6 points"))
        self.show(self.customer, (1, 90, self.family))
        self.assertEqual(first.value_now, 52, "frozen")
        self.assertFalse(review.moved_rest)

    def test_not_known_before_did_not_move(self):
        """S19: whom nobody knew at the start of the quarter did not move."""
        self.show(self.customer, (60, 40, self.acquaintance), (10, 70, self.insider))
        self.assertFalse(self.of(self.review(), "moved"))

    def test_head(self):
        """S19, I7: the quarter against the one before, from what was shown then."""
        self.show(
            self.customer,
            (200, 60, self.acquaintance),
            (120, 70, self.insider),
            (10, 52, self.acquaintance),
        )
        self.show(self.other_customer, (30, 40, self.acquaintance))
        self.promise(self.customer, missed=40)
        self.promise(self.customer, missed=130).sudo().write(
            {"state": "kept", "missed_at": False}
        )
        self.complaint(self.customer, "yes")
        figures = self.review().figures
        self.assertEqual(figures["customers"], [1, 2])
        self.assertEqual(figures["known"], [1, 2])
        self.assertEqual(figures["index"], [70, 46])
        then, now = figures["moves"]
        self.assertEqual(then["in"], {str(self.insider.id): 1})
        self.assertEqual(now["out"], {str(self.acquaintance.id): 1})
        self.assertEqual((then["out"], now["in"]), ({}, {}))
        self.assertEqual(figures["kept"], [100, 0])
        self.assertEqual(figures["complaints"], [0, 1])
        self.assertEqual(figures["recovered"], [None, 100])

    def test_response(self):
        """S19, F6: how many answered of those asked in the quarter."""
        for state in ("answered", "sent", "expired", "skipped"):
            self.env["trust.feedback"].sudo().create(
                {
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "kind": "pulse",
                    "state": state,
                    "date_sent": TODAY - timedelta(days=9),
                }
            )
        figures = self.review().figures
        self.assertEqual(figures["response"][0], None)
        self.assertAlmostEqual(figures["response"][1], 100 / 3)

    def test_thin(self):
        """S19: who buys, or is about to, and of whom we know little: those only."""
        buyer, hopeful, nobody = self.env["res.partner"].create(
            [{"name": name} for name in ("Buyer", "Hopeful", "Nobody")]
        )
        for partner in (buyer, hopeful, nobody):
            self._record(partner, "lead_answered", days_ago=5)
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        self.env["crm.lead"].create(
            [
                {
                    "name": "Shelf",
                    "type": "opportunity",
                    "partner_id": hopeful.id,
                    "expected_revenue": 900000,
                },
                {
                    "name": "Table",
                    "type": "opportunity",
                    "partner_id": buyer.id,
                    "expected_revenue": 500,
                    "stage_id": won.id,
                },
            ]
        )
        self._drain()
        thin = self.of(self.review(), "thin")
        self.assertEqual(thin.relationship_id.partner_id, buyer | hopeful)
        self.assertEqual(thin[0].subject, "Buyer", "turnover comes first")
        self.assertEqual(thin.mapped("kind"), ["little", "little"])
        self.assertIn("open opportunity", thin[1].reason)
        self.assertIn("4 days old", thin[1].reason)
        self.assertNotIn("900", thin[1].reason, "no money in the sentence")

    def test_old(self):
        """S19: an insider of whom nothing was heard for half a year."""
        relationship = self._relationship(self.customer)
        relationship.sudo().write(
            {
                "circle_id": self.insider.id,
                "thin": False,
                "evidence_count": 9,
                "last_date": TODAY - timedelta(days=200),
            }
        )
        thin = self.of(self.review(), "thin")
        self.assertEqual((thin.relationship_id, thin.kind), (relationship, "old"))
        self.assertIn("nothing new for 199 days", thin.reason)

    def test_promises(self):
        """S19, I7: slips by kind and by customer; no employee, and once is no habit."""
        for missed in (10, 20, 120):
            self.promise(self.customer, missed)
        self.promise(self.other_customer, 15)
        found = self.of(self.review(), "promise")
        self.assertEqual(found.mapped("kind"), ["slip_kind", "slip_customer"])
        kind, customer = found
        self.assertEqual((kind.value_now, kind.value_before), (3, 1))
        self.assertEqual(customer.relationship_id.partner_id, self.customer)
        self.assertEqual((customer.value_now, customer.value_before), (2, 1))
        self.assertEqual(customer.reason, "2 promises slipped")
        promises = self.env["trust.promise"].search(
            customer.action_open_subject()["domain"]
        )
        self.assertEqual(promises.partner_id, self.customer)
        self.assertEqual(len(promises), 2, "those of the quarter")

    def test_one_promise_put_off_twice(self):
        """S19: a move to a later day is a slip; a late move repeats the miss."""
        promise = self.promise(self.customer, 30)
        for moved, late in ((40, False), (20, True)):
            self.env["trust.promise.change"].sudo().create(
                {
                    "promise_id": promise.id,
                    "old_date": date(2026, 9, 1),
                    "new_date": date(2026, 9, 9),
                    "asked_by": "us",
                    "moved_at": TODAY - timedelta(days=moved),
                    "after_due": late,
                }
            )
        found = self.of(self.review(), "promise")
        customer = found.filtered("relationship_id")
        self.assertEqual(customer.reason, "One promise slipped 2 times")

    def test_a_team_of_one_is_no_line(self):
        """S19: by team, but a team of one would rank an employee."""
        team = self.env["crm.team"].create(
            {"name": "North", "member_ids": [(4, self.seller.id)]}
        )
        self.promise(self.customer, 10).sudo().team_id = team
        self.assertFalse(self.review().finding_ids.team_id)
        team.member_ids = [(4, self.all_seller.id)]
        review = self.review(date_to=date(2026, 9, 29))
        self.assertEqual(review.finding_ids.team_id, team)

    def test_touchpoints(self):
        """S6, S19: destroyers, those without a counter-measure first."""
        self.env["trust.touchpoint"].search([]).write({"judgement": "builder"})
        calm, alarm = self.env["trust.touchpoint"].create(
            [
                {"name": "The bill", "judgement": "destroyer", "counter_measure": "x"},
                {"name": "The queue", "judgement": "destroyer"},
            ]
        )
        found = self.of(self.review(), "touchpoint")
        self.assertEqual(found.mapped("touchpoint_id.id"), [alarm.id, calm.id])
        self.assertIn("Without a counter-measure", found[0].reason)
        self.assertIn("With a counter-measure", found[1].reason)

    def test_loops(self):
        """S19: open crises, customers who say no, what was to be mended."""
        complaint = self.complaint(self.customer)
        self.complaint(self.customer, "yes")
        relationship = self._relationship(self.customer)
        crisis = self.env["trust.crisis"].create(
            {
                "relationship_id": relationship.id,
                "relationship_ids": relationship.ids,
                "company_id": self.company.id,
                "date": TODAY - timedelta(days=12),
                "window_start": TODAY - timedelta(days=40),
                "index_before": 66,
            }
        )
        action = self.promise(
            self.customer, 8, complaint_id=complaint.id, purpose="corrective"
        )
        self.env.cr.execute(
            "UPDATE trust_promise SET create_date = %s", [TODAY - timedelta(days=30)]
        )
        self.env.invalidate_all()
        found = self.of(self.review(), "loop")
        self.assertEqual(found.mapped("kind"), ["crisis", "unrecovered", "corrective"])
        self.assertEqual(found.crisis_id, crisis)
        self.assertEqual(found[0].value_before, 66)
        self.assertEqual(found[1].complaint_id, complaint)
        self.assertEqual(found[1].value_before, 61)
        self.assertEqual(found.promise_id, action)
        self.assertIn("8 days late", found[2].reason)
        for finding in found:
            self.assertNotIn("wedding", finding.reason, "nothing of the document")

    def test_ten_per_part_and_the_rest(self):
        """S19: ten are for the meeting; the rest is counted and one click away."""
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}"} for n in range(13)]
        )
        for number, partner in enumerate(partners):
            way = 1 if number % 2 else -1
            self.show(
                partner,
                (120, 50, self.acquaintance),
                (9, 50 + way * (10 + number), self.acquaintance),
            )
        review = self.review()
        moved = self.of(review, "moved")
        self.assertEqual((len(moved), review.moved_rest), (10, 3))
        self.assertEqual(set(moved.mapped("kind")), {"rose", "fell"})
        self.assertLess(moved[0].value_now, moved[-1].value_now, "the fall first")
        action = review.with_context(rest="moved_rest").action_open_rest()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.partner_id, partners)
        mine = found.with_user(self.seller).search(action["domain"])
        self.assertFalse(mine & self._relationship(self.other_customer))

    def test_every_list_opens(self):
        """S19: each of the whole lists leads somewhere; another name does not."""
        review = self.review()
        for name in (
            "moved_rest",
            "thin_rest",
            "promise_rest",
            "touchpoint_rest",
            "crisis_rest",
            "unrecovered_rest",
            "corrective_rest",
        ):
            action = review.with_context(rest=name).action_open_rest()
            self.env[action["res_model"]].with_user(self.manager).search(
                action["domain"]
            )
        with self.assertRaisesRegex(UserError, "no such list"):
            review.with_context(rest="res_users").action_open_rest()

    def test_of_a_team(self):
        """S19: a team's review speaks of the team's customers only."""
        for partner in (self.customer, self.other_customer):
            self.show(partner, (120, 70, self.insider), (10, 52, self.acquaintance))
        team = self.env["crm.team"].create(
            {"name": "North", "member_ids": [(4, self.seller.id)]}
        )
        review = self.review(team_id=team.id)
        self.assertEqual(review.finding_ids.relationship_id.partner_id, self.customer)
        self.assertEqual(review.figures["customers"], [1, 1])

    def test_no_double(self):
        """S19: one review per company, team and period, also without a team."""
        self.review()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.review()
        self.review(date_to=date(2026, 9, 29))

    def test_bad_periods(self):
        """S19: a period has begun, and ends after it begins."""
        with self.assertRaisesRegex(ValidationError, "has begun"):
            self.review(date_from=date(2026, 11, 1), date_to=date(2026, 11, 30))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.review(date_from=END, date_to=START)

    def test_queries(self):
        """S19: a handful of statements, whether there are two customers or twenty."""
        counts = []
        for size in (2, 18):
            partners = self.env["res.partner"].create(
                [{"name": f"Customer {size} {n}"} for n in range(size)]
            )
            for partner in partners:
                self.show(partner, (120, 70, self.insider), (10, 52, self.acquaintance))
                self.promise(partner, 10)
                self.promise(partner, 20)
                self.complaint(partner)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.review(date_to=END - timedelta(days=size))
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(max(counts), MOST_QUERIES, counts)
        self.assertLess(counts[1] - counts[0], 6, counts)
