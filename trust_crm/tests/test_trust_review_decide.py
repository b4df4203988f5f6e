# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewDecide(ReviewCase):
    """What is decided in a review, and what becomes of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for partner in (cls.customer, cls.other_customer):
            cls.show(partner, (120, 70, cls.insider), (10, 52, cls.acquaintance))
            relationship = cls._relationship(partner).sudo()
            relationship.write(
                {"circle_id": cls.insider.id, "thin": True, "trust_index": 52}
            )
        cls.env["trust.touchpoint"].search([]).write({"judgement": "builder"})
        cls.queue = cls.env["trust.touchpoint"].create(
            {"name": "The queue", "judgement": "destroyer", "counter_measure": "Seats"}
        )
        cls.open = cls.review().with_user(cls.manager)

    def line(self, part, partner=None):
        return self.of(self.open, part).filtered(
            lambda one: not partner or one.relationship_id.partner_id == partner
        )

    def test_activity(self):
        """S19: somebody sees to it, on the customer, by a day; the line says who."""
        finding = self.line("moved", self.customer)
        wizard = self.decide(
            finding,
            "activity",
            summary="Visit them",
            user_id=self.seller.id,
            date_deadline=date(2026, 10, 9),
        )
        activity = finding.sudo().activity_ids
        self.assertEqual(wizard.user_id, self.seller, "whoever looks after them")
        self.assertEqual(
            (activity.res_model, activity.res_id), ("res.partner", self.customer.id)
        )
        self.assertEqual(finding.decision_text, "Visit them: seller, by 10/09/2026")
        self.assertEqual(finding.decided_by_id, self.manager)
        self.assertEqual(finding.outcome, "not done yet · trust 52 → 52")
        activity.action_done()
        finding.invalidate_recordset()
        self.assertIn("done · trust", finding.outcome)
        self.assertEqual(self.open.progress_text, "1 of 5 decided")

    def test_nothing_wants_a_reason(self):
        """S19: nothing, because; a blank is no reason."""
        finding = self.line("moved", self.customer)
        with self.assertRaisesRegex(UserError, "why nothing is done"):
            self.decide(finding, "nothing", reason="  ")
        self.assertFalse(finding.decision)
        self.decide(finding, "nothing", reason="They moved abroad")
        self.assertEqual(finding.decision_text, "Nothing: They moved abroad")

    def test_activity_wants_a_person(self):
        """S19: what nobody does by no day is not decided."""
        finding = self.line("moved", self.customer)
        with self.assertRaisesRegex(UserError, "by when"):
            self.decide(finding, "activity", date_deadline=False)
        self.assertFalse(finding.decision)

    def test_counter_measure(self):
        """S6, S19: written on the moment of truth, below what is there already."""
        finding = self.line("touchpoint")
        self.decide(finding, "measure", measure="Tea while they wait")
        self.assertEqual(self.queue.counter_measure, "Seats\nTea while they wait")
        self.assertEqual(finding.decision, "measure")
        with self.assertRaisesRegex(UserError, "moment of truth"):
            self.line("moved", self.customer).action_measure()

    def test_ask_together(self):
        """S19, F6: thin customers become one draft round, of them and nobody else."""
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self._record(stranger, "meeting_held")
        self._drain()
        first = self.line("thin", self.customer)
        first.action_ask()
        action = self.open.action_ask_thin()
        campaign = self.env["trust.campaign"].browse(action["res_id"])
        thin = self.line("thin")
        self.assertEqual(thin.campaign_id, campaign)
        self.assertEqual((campaign.state, len(thin)), ("draft", 2))
        self.assertEqual(campaign.partner_ids, self.customer | self.other_customer)
        asked = campaign._get_people()
        self.assertEqual(
            asked.commercial_partner_id, self.customer | self.other_customer
        )
        with self.assertRaisesRegex(UserError, "no customer left"):
            self.open.action_ask_thin()
        self.assertIn("not asked yet", first.outcome)

    def test_take_back(self):
        """S19: a decision is taken back with what it set going."""
        moved, thin = self.line("moved", self.customer), self.line("thin")
        self.decide(moved, "activity", user_id=self.seller.id)
        activity = moved.sudo().activity_ids
        thin.action_ask()
        campaign = thin.campaign_id
        thin[0].action_take_back()
        self.assertEqual(campaign.partner_ids, thin[1].relationship_id.partner_id)
        (moved | thin).filtered("decision").action_take_back()
        self.assertFalse(activity.exists() or campaign.exists())
        self.assertFalse(self.open.decided_count)

    def test_done_work_is_not_lost(self):
        """S19: taking back cancels what nobody did, never what was done."""
        moved = self.line("moved", self.customer)
        self.decide(moved, "activity", user_id=self.seller.id)
        activity = moved.sudo().activity_ids
        activity.action_done()
        moved.action_take_back()
        self.assertTrue(activity.exists())

    def test_win_back(self):
        """S14, S19: the win-back plan starts on the customer."""
        finding = self.line("moved", self.customer)
        self.assertTrue(finding.can_win_back)
        finding.action_win_back()
        self.assertEqual(finding.decision, "win_back")
        activities = finding.sudo().activity_ids
        self.assertGreater(len(activities), 1)
        self.assertEqual(set(activities.mapped("res_id")), {self.customer.id})
        self.assertIn(f"0 of {len(activities)} done", finding.outcome)
        with self.assertRaisesRegex(UserError, "won back"):
            self.line("touchpoint").action_win_back()
        finding.sudo().decision = False
        finding.action_win_back()
        self.assertIn(activities.sorted()[0].summary, finding.decision_note)
        self.assertEqual(finding.sudo().activity_ids, activities, "not a second time")

    def test_move_in(self):
        """R1, S19: a proposed move is accepted from the line."""
        finding = self.line("thin", self.customer)
        self.assertFalse(finding.can_move_in)
        finding.relationship_id.sudo().circle_proposed_id = self.family
        finding.invalidate_recordset()
        self.assertTrue(finding.can_move_in)
        relationship = finding.relationship_id
        with patch.object(
            type(relationship), "action_accept_circle", autospec=True
        ) as f:
            finding.action_accept_circle()
        f.assert_called_once_with(relationship)
        self.assertEqual(finding.decision, "circle")

    # CLOSING

    def test_close(self):
        """S19: closed when all is decided; then it is history."""
        with self.assertRaisesRegex(UserError, "5 findings are not decided"):
            self.open.action_close()
        findings = self.open.finding_ids
        self.decide(findings, "nothing", reason="Quiet times")
        self.open.action_close()
        self.assertEqual((self.open.state, self.open.progress), ("done", 100))
        self.assertEqual(self.open.closed_by_id, self.manager)
        self.assertFalse(self.open.activity_ids)
        for act in ("action_nothing", "action_take_back", "action_win_back"):
            with self.assertRaisesRegex(UserError, "closed"):
                getattr(findings[0], act)()
        with self.assertRaisesRegex(UserError, "history"):
            self.open.user_id = self.administrator
        with self.assertRaisesRegex(UserError, "history"):
            self.open.unlink()

    def test_carry_over(self):
        """S19: what is left comes first in the next review, marked."""
        moved = self.line("moved", self.customer)
        self.decide(
            self.open.finding_ids - moved - self.line("thin"), "nothing", reason="x"
        )
        self.open.action_carry_over()
        self.assertEqual(moved.decision, "carried")
        following = self.review(date_from=date(2026, 10, 1), date_to=date(2026, 10, 1))
        self.assertEqual(following.previous_id, self.open)
        carried = following.finding_ids.filtered("is_carried")
        self.assertEqual(len(carried), 3, "found again, thin ones are one line each")
        self.assertEqual(
            self.of(following, "moved").relationship_id, moved.relationship_id
        )
        again = self.of(following, "moved")
        self.assertEqual((again.value_now, again.decision), (52, False))
        self.assertEqual(carried.carried_from_id, moved | self.line("thin"))

    def test_carry_over_into_an_open_one(self):
        """S19: the next quarter's is open already: it takes what is left, once."""
        following = self.review(date_from=date(2026, 10, 1), date_to=date(2026, 10, 1))
        self.assertFalse(following.finding_ids.filtered("is_carried"))
        self.open.action_carry_over()
        self.assertEqual(len(following.finding_ids.filtered("is_carried")), 5)
        following.sudo()._take_over(self.open.finding_ids.sudo())
        self.assertEqual(len(following.finding_ids.filtered("is_carried")), 5)

    def test_former_decisions(self):
        """S19: the next review shows last time's decisions and what became of them."""
        moved = self.line("moved", self.customer)
        self.decide(moved, "activity", summary="Visit", user_id=self.seller.id)
        self.open.action_carry_over()
        moved.relationship_id.sudo().trust_index = 63
        moved.sudo().activity_ids.action_done()
        following = self.review(date_from=date(2026, 10, 1), date_to=date(2026, 10, 1))
        former = following.former_finding_ids
        self.assertEqual(former, moved, "carried ones are in the new review themselves")
        former.invalidate_recordset()
        self.assertEqual(former.outcome, "done · trust 52 → 63")

    # BY ITSELF

    def open_quarter(self):
        reviews = self.env["trust.review"].sudo()
        return reviews.with_company(self.company)._open_quarter(self.company)

    def test_opens_by_itself(self):
        """S19: once a quarter, for everybody and each team that had one last time."""
        self.assertFalse(self.open_quarter(), "opened by hand already")
        self.open.sudo().unlink()
        team = self.env["crm.team"].create(
            {"name": "North", "user_id": self.manager.id}
        )
        self.review(
            team_id=team.id, date_from=date(2026, 4, 1), date_to=date(2026, 6, 30)
        )
        made = self.open_quarter()
        self.assertEqual(set(made.mapped("team_id.id") or [False]), {team.id})
        self.assertEqual(len(made), 2)
        self.assertEqual(
            {(one.date_from, one.date_to) for one in made},
            {(date(2026, 7, 1), date(2026, 9, 30))},
        )
        of_team = made.filtered("team_id")
        self.assertEqual(of_team.user_id, self.manager)
        self.assertEqual(of_team.activity_ids.user_id, self.manager, "is called")
        self.assertFalse(self.open_quarter(), "once")

    def test_job(self):
        """S19: the daily job opens it, as Odoo runs it."""
        self.open.sudo().unlink()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("trust_crm.ir_cron_review").method_direct_trigger()
        found = self.env["trust.review"].search([("company_id", "=", self.company.id)])
        self.assertEqual((found.name, found.state), ("Trust review Q3 2026", "open"))

    def test_one_company_does_not_stop_the_others(self):
        """S19: what fails for one company is logged, and the job goes on."""
        reviews = self.env["trust.review"].sudo()
        with (
            patch.object(type(reviews), "_open_quarter", side_effect=ValueError),
            self.assertLogs("odoo.addons.trust_crm.models.trust_review_life", "ERROR"),
        ):
            reviews._try_open_quarter(self.company)
        self.open.sudo().unlink()
        reviews._try_open_quarter(self.company)
        self.assertEqual(len(reviews.search([("company_id", "=", self.company.id)])), 1)

    def test_company_without_trust(self):
        """S19: where nothing was ever shown of a customer, nothing opens."""
        company = self.env["res.company"].create({"name": "Empty Ltd"})
        reviews = self.env["trust.review"].sudo().with_company(company)
        self.assertFalse(reviews._open_quarter(company))

    def test_owner(self):
        """S19: the owner is called; who takes it over is called instead."""
        self.assertEqual(self.open.activity_ids.user_id, self.manager)
        self.open.user_id = self.administrator
        self.assertEqual(self.open.activity_ids.user_id, self.administrator)

    def test_undecided_by_mistake(self):
        """S19: a review opened by mistake can go while nothing is decided."""
        self.open.unlink()
        self.assertFalse(self.open.exists())

    def test_merge(self):
        """S19: merged customers keep the lines of both."""
        merge = self.env["base.partner.merge.automatic.wizard"]
        lines = self.line("moved")
        merge._merge([self.customer.id, self.other_customer.id], self.customer)
        lines.invalidate_recordset()
        self.assertEqual(lines.relationship_id.partner_id, self.customer)
        self.assertEqual(len(lines.exists()), 2)

    # WHO

    def test_salesperson(self):
        """S19, T4: own customers and moments of truth; no totals, no decisions."""
        mine = self.open.with_user(self.seller)
        seen = mine.finding_ids
        self.assertEqual(seen.relationship_id.partner_id, self.customer)
        self.assertEqual(seen.touchpoint_id, self.queue)
        self.assertEqual(mine.progress_text, "0 of 3 decided")
        for name in ("head", "figures", "moved_rest"):
            with self.assertRaises(AccessError):
                mine.read([name])
        for act in ("action_nothing", "action_ask", "action_take_back"):
            with self.assertRaises(AccessError):
                getattr(seen[0], act)()
        theirs = self.line("moved", self.other_customer).with_user(self.seller)
        for act in ("action_open_subject", "action_nothing"):
            with self.assertRaises(AccessError):
                getattr(theirs, act)()
        with self.assertRaises(AccessError):
            theirs.read(["reason"])
        for act in ("action_close", "action_carry_over", "action_ask_thin"):
            with self.assertRaises(AccessError):
                getattr(mine, act)()
        with self.assertRaises(AccessError):
            self.review(user=self.seller, date_to=date(2026, 9, 9))

    def test_unassigned_customers(self):
        """S19: nobody's customers are seen as their score is; their trouble is not."""
        self.customer.user_id = False
        self.customer.child_ids.user_id = False
        self.promise(self.customer, 10)
        self.promise(self.customer, 20)
        review = self.review(date_to=date(2026, 9, 28))
        seen = review.with_user(self.seller).finding_ids
        self.assertEqual(set(seen.mapped("part")), {"moved", "thin", "touchpoint"})

    def test_all_read(self):
        """S19, T4: who reads all customers sees all, and decides nothing."""
        review = self.open.with_user(self.all_seller)
        self.assertEqual(len(review.finding_ids), 5)
        self.assertIn("Average trust index", review.head)
        with self.assertRaises(AccessError):
            review.finding_ids[0].action_nothing()
        with self.assertRaises(AccessError):
            review.finding_ids[0].write({"decision": "nothing"})

    def test_without_the_group(self):
        """S19, C5: nobody without the group sees anything, nor the privacy officer."""
        for user in (self.outsider, self.privacy):
            with self.assertRaises(AccessError):
                self.open.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.open.finding_ids.with_user(user).read(["reason"])

    def test_other_company(self):
        """S19: a manager of another company sees and decides nothing."""
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        other = self._new_user("elsewhere", "trust_crm.group_trust_manager")
        other.write({"company_id": company.id, "company_ids": [(6, 0, company.ids)]})
        self.assertFalse(self.env["trust.review"].with_user(other).search([]))
        with self.assertRaises(AccessError):
            self.line("moved").with_user(other).action_nothing()

    def test_forged(self):
        """S19: state and findings are not written from outside, nor made."""
        made = self.review(date_to=date(2026, 9, 27), state="done", moved_rest=99)
        self.assertEqual((made.state, made.moved_rest), ("open", 0))
        for vals in (
            {"state": "done"},
            {"date_from": date(2026, 1, 1)},
            {"figures": {}},
            {"finding_ids": [(5,)]},
            {"moved_ids": [(5,)]},
        ):
            with self.assertRaises(UserError):
                self.open.write(vals)
        with self.assertRaises(AccessError):
            self.line("moved")[0].write({"decision": "nothing"})
        with self.assertRaises(AccessError):
            self.line("moved")[0].unlink()

    # PAPER

    def paper(self, user):
        report = self.env["ir.actions.report"].with_user(user)
        html, kind = report._render_qweb_html(
            "trust_crm.trust_review_report", self.open.ids
        )
        self.assertEqual(kind, "html")
        return html.decode()

    def test_page_for_the_meeting(self):
        """S19: one page with the head, the lines and what was decided."""
        finding = self.line("moved", self.customer)
        self.decide(finding, "nothing", reason="They moved abroad")
        page = self.paper(self.manager)
        for words in (
            "Trust review Q3 2026",
            "Average trust index",
            "What moved",
            "Azure Interior",
            "Deco Addict",
            "Nothing: They moved abroad",
            "1 of 5 decided",
        ):
            self.assertIn(words, page)

    def test_page_for_a_salesperson(self):
        """S19: on paper, too, own customers only, and no totals."""
        page = self.paper(self.seller)
        self.assertIn("Azure Interior", page)
        self.assertNotIn("Deco Addict", page)
        self.assertNotIn("Average trust index", page)
