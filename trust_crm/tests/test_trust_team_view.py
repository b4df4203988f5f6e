# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import trust_team_orientation
from ..models.trust_team_view import TrustTeamView
from ..tools import fairness
from .team_common import TeamCase

MOST_QUERIES = 45


@tagged("post_install", "-at_install")
class TestTeamView(TeamCase):
    """How a team stands with its customers."""

    def test_pure_functions(self):
        """I7: fairness is arithmetic that doctests prove."""
        self.assertEqual(doctest.testmod(fairness).failed, 0)

    def test_distribution(self):
        """I7: every customer stands in exactly one ring, contacts not counted twice."""
        for subject in (self.customer, self.contact, self.other_customer):
            self._record(subject, "promise_kept")
        self._drain()
        page = self.page()
        known = self.env["trust.relationship"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertIn(self.contact, known.partner_id)
        counted = known.partner_id.filtered(
            lambda one: one.commercial_partner_id == one
        )
        self.assertEqual(page["head"]["count"], len(counted))
        for rows in (page["circles"], page["stages"]):
            self.assertEqual(sum(row["count"] for row in rows), page["head"]["count"])
        circle = page["circles"][-1]
        found = self.env["trust.relationship"].search(circle["domain"])
        self.assertEqual(len(found), circle["count"], "the bar leads to its customers")

    def test_of_a_team(self):
        """I7: a team's page has the team's customers only."""
        for subject in (self.customer, self.other_customer):
            self._record(subject, "promise_kept")
        self._drain()
        self.assertEqual(self.page(team=self.team)["head"]["count"], 1)

    def test_movers(self):
        """I7: who moved by five points, the farthest first."""
        relationship = self._relationship(self.customer)
        other = self._relationship(self.other_customer)
        self.env.flush_all()
        for one, trend in ((relationship, 7.0), (other, -9.0)):
            self.env.cr.execute(
                "UPDATE trust_relationship SET trend_30d = %s, has_trend = TRUE "
                "WHERE id = %s",
                [trend, one.id],
            )
        self.env.invalidate_all()
        movers = self.page()["movers"]
        self.assertIn(relationship.id, [row["id"] for row in movers["up"]])
        self.assertIn(other.id, [row["id"] for row in movers["down"]])
        self.assertGreaterEqual(movers["up_count"], 1)

    def test_movers_say_where_from(self):
        """I7: who came from another ring carries both, as on the circle map."""
        level = {circle.level: circle for circle in self.env["trust.circle"].search([])}
        for days, circle in ((40, level[1]), (2, level[0])):
            relationship = self.tell(self.customer, days, circle)
        self.env.cr.execute(
            "UPDATE trust_relationship SET trend_30d = -4, has_trend = TRUE,"
            " circle_id = %s, snapshot_date = %s WHERE id = %s",
            [level[0].id, self.now - timedelta(days=2), relationship.id],
        )
        self.env.invalidate_all()
        row = self.named(self.page()["movers"]["down"], self.customer.name)
        self.assertEqual(row["circle"], f"{level[1].name} → {level[0].name}")

    def test_promises(self):
        """I7: promise keeping of the span; what is not due yet does not count."""
        today = fields.Date.today()
        for state, days in (("kept", 3), ("broken", 3), ("kept", 200), ("open", -3)):
            promise = self.env["trust.promise"].create(
                {
                    "name": "Call",
                    "partner_id": self.customer.id,
                    "user_id": self.seller.id,
                    "team_id": self.team.id,
                    "date_deadline": today + timedelta(days=1),
                }
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE trust_promise SET state = %s, date_deadline = %s, team_id = %s "
                "WHERE id = %s",
                [state, today - timedelta(days=days), self.team.id, promise.id],
            )
        self.env.invalidate_all()
        promises = self.page(team=self.team)["promises"]
        self.assertEqual((promises["rate"], promises["total"]), (50, 2))
        counted = self.env["trust.promise.report"].search(promises["domain"])
        self.assertEqual(len(counted), 2, "the figure leads to what it counts")

    def test_outsiders_wait_longer(self):
        """I7: a warning when outsiders wait more than 1.5 times as long."""
        level = {circle.level: circle for circle in self.env["trust.circle"].search([])}
        self.tell(self.customer, 30, level[0])
        self.tell(self.other_customer, 30, level[2])
        for _i in range(3):
            self.complain(self.customer, 15)
            self.complain(self.other_customer, 10)
        self.assertIs(self.page()["fairness"]["unfair"], False)
        self.complain(self.customer, 20)
        page = self.page()["fairness"]
        self.assertIs(page["unfair"], True)
        self.assertEqual(self.named(page["rows"], level[0].name)["count"], 4)
        self.assertEqual(self.named(page["rows"], level[2].name)["answer"], 10)

    def test_ring_of_that_day(self):
        """I7: the ring is that of the day on which the complaint came."""
        level = {circle.level: circle for circle in self.env["trust.circle"].search([])}
        self.tell(self.customer, 30, level[2])
        self.tell(self.customer, 5, level[0])
        self.complain(self.customer, 4, days_ago=10)
        rows = self.page()["fairness"]["rows"]
        self.assertEqual([row["name"] for row in rows], [level[2].name])

    def test_orientation(self):
        """I7, H8: the meter: how we talk, who gets in touch, whether we push."""
        self.env["trust.encounter"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.seller.id,
                    "asked": asked,
                    "pitched": pitched,
                }
                for asked, pitched in (("3", "1"), ("1", "3"), ("0", "0"))
            ]
        )
        self._record(self.customer, "contact_by_customer")
        self._record(self.customer, "pushy_selling")
        self._record(self.customer, "pushy_selling", days_ago=91)
        self._record(self.customer, "pushy_selling", source=self.customer)
        self.patch(trust_team_orientation, "OFFER", self.customer._name)
        meter = self.page(team=self.team)["orientation"]
        listening = meter["listening"]
        self.assertEqual((listening["count"], listening["share"]), (2, 50))
        self.assertEqual(meter["started_by_us"], 75, "three encounters, one call")
        self.assertEqual((meter["offers"], meter["pushes"]), (1, 1))
        evidence = self.env["trust.evidence"]
        self.assertEqual(evidence.search_count(meter["pushes_domain"]), 1)
        encounters = self.env["trust.encounter"]
        self.assertEqual(encounters.search_count(listening["domain"]), 2)

    def test_where_trust_is_lost(self):
        """I7, I3: moments that destroy trust, those without counter-measure first."""
        self.env["trust.touchpoint"].search([]).active = False
        self.env["trust.touchpoint"].create(
            [
                {"name": "Sowing", "judgement": "destroyer", "counter_measure": "Rain"},
                {"name": "Reaping", "judgement": "destroyer"},
                {"name": "Eating", "judgement": "builder"},
            ]
        )
        moments = self.page()["touchpoints"]
        self.assertEqual([one["name"] for one in moments], ["Reaping", "Sowing"])
        self.assertTrue(moments[0]["alarm"])

    def test_nobody_is_ranked(self):
        """I7: nothing on the page is about a single colleague."""
        self._record(self.customer, "promise_kept", user_id=self.seller.id)
        self._drain()
        self.assertNotIn(self.seller.name, str(self.page(team=self.team)))

    def test_team_of_one(self):
        """I7, P6: a team of one is a colleague: for them and their leader alone."""
        leader = self._new_user("leader", "trust_crm.group_trust_user_all")
        alone = self.env["crm.team"].create(
            {"name": "Alone", "user_id": leader.id, "member_ids": self.colleague.ids}
        )
        for user in (self.colleague, leader):
            shown = self.page(user, alone)
            self.assertEqual(shown["team_id"], alone.id)
            self.assertIn("Alone", [team["name"] for team in shown["teams"]])
        self.assertNotIn("Alone", [team["name"] for team in self.page()["teams"]])
        with self.assertRaisesRegex(UserError, "one colleague"):
            self.page(team=alone)

    def test_rights(self):
        """I7, T4: a seller's page speaks of the customers that the seller sees."""
        for subject in (self.customer, self.other_customer):
            self._record(subject, "promise_kept")
        self._drain()
        seen = (
            self.env["trust.relationship"]
            .with_user(self.seller)
            .search_count(
                [("is_commercial", "=", True), ("company_id", "=", self.company.id)]
            )
        )
        self.assertEqual(self.page(self.seller)["head"]["count"], seen)
        with self.assertRaises(AccessError):
            self.page(self.outsider)
        with self.assertRaises(UserError):
            self.page(days=7)

    def test_reads_only(self):
        """I7: one read-only call; the number of queries does not grow."""
        self.assertTrue(TrustTeamView.get_team._readonly)
        self.page()
        self.env.invalidate_all()
        with self.assertQueryCount(MOST_QUERIES):
            self.page()
