# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .handover_common import HandoverCase


class TestTrustHandoverPass(HandoverCase):
    """R5: all that somebody leaves, in one pass."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.promised = partners.create({"name": "Promised", "user_id": cls.third.id})
        cls.held = partners.create({"name": "Held", "user_id": cls.third.id})
        cls._hold(cls.held, cls.seller)
        cls._drain()
        cls.manager.group_ids += cls.env.ref("base.group_partner_manager")
        cls.manager.group_ids += cls.env.ref("sales_team.group_sale_manager")

    def _pass(self, receiver=None, **values):
        """A manager chooses who leaves and who receives, and sees the list."""
        model = self.env["trust.handover.pass"].with_user(self.manager)
        receiver = self.colleague if receiver is None else receiver
        wizard = model.create(
            {"user_id": self.seller.id, "new_user_id": receiver.id, **values}
        )
        wizard.action_list()
        return wizard

    def _left(self, wizard, kind):
        """How many of this kind stay, and which of them the manager may look at."""
        left = wizard.left_ids.filtered(lambda one: one.kind == kind)
        if not left:
            return 0, None
        action = left.action_open()
        return left.count, self.env[action["res_model"]].search(action["domain"])

    def _line(self, wizard, subject):
        link = "partner_id" if subject._name == "res.partner" else "lead_id"
        return wizard.line_ids.filtered(lambda line: line[link] == subject)

    def test_what_is_listed(self):
        """R5: own customers; the trust held at others'; promises owed anywhere."""
        lead = self.env["crm.lead"].create({"name": "New", "user_id": self.third.id})
        self._promise("Offer", self.contact)
        self._promise("Call", self.promised)
        self._promise("Write", False, partner_id=False, lead_id=lead.id)
        wizard = self._pass()
        found = {
            line.partner_id or line.lead_id: (
                line.kind,
                line.new_user_id,
                line.promise_count,
                line.single_thread,
            )
            for line in wizard.line_ids
        }
        self.assertEqual(
            found,
            {
                self.customer: ("customer", self.colleague, 1, True),
                self.other_customer: ("customer", self.colleague, 0, False),
                self.held: ("trust", self.third, 0, True),
                self.promised: ("promises", self.third, 1, False),
                lead: ("promises", self.third, 1, False),
            },
        )
        self.assertEqual(self.customer.user_id, self.seller, "nothing is written yet")

    def test_one_pass(self):
        """R5: each gets the chosen receiver, promises and all; checklists are open."""
        lead = self.env["crm.lead"].create({"name": "New", "user_id": self.third.id})
        stray = self.env["crm.lead"].create({"name": "Cold", "user_id": self.seller.id})
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": self.contact.id,
                "user_id": self.seller.id,
            }
        )
        first = self._promise("Offer", self.contact)
        second = self._promise("Call", self.promised)
        third = self._promise("Write", False, partner_id=False, lead_id=lead.id)
        fourth = self._promise("Visit", self.other_customer)
        wizard = self._pass()
        self._line(wizard, self.other_customer).new_user_id = self.third
        wizard.action_apply()
        self.assertEqual((self.customer | self.contact).user_id, self.colleague)
        self.assertEqual(self.other_customer.user_id, self.third)
        self.assertEqual(self.held.user_id, self.third)
        self.assertEqual(first.user_id, self.colleague)
        self.assertEqual((second | third | fourth).user_id, self.third)
        self.assertEqual((deal | stray).user_id, self.colleague)
        self.assertEqual(lead.user_id, self.third)
        self.assertEqual(wizard.handover_ids.partner_id, self.customer | self.held)
        self.assertEqual(wizard.handover_ids.old_user_id, self.seller)
        self.assertEqual(wizard.promise_count, 4)
        self.assertEqual((wizard.done_count, wizard.exception_count), (5, 0))
        self.assertFalse(wizard.left_ids)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def _plan(self, record, summary, user=None):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "summary": summary,
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "user_id": (user or self.seller).id,
            }
        )

    def test_what_is_planned_goes_too(self):
        """R5: calls, visits and steps of a plan find the customer's new salesperson."""
        deal, stray = self.env["crm.lead"].create(
            [
                {"name": "Deal", "user_id": self.seller.id, "partner_id": partner}
                for partner in (self.contact.id, False)
            ]
        )
        elsewhere = self.env["res.partner"].create({"name": "Nobody's"})
        call = self._plan(self.contact, "Win back: listen")
        held = self._plan(self.held, "Visit")
        on_deals = self._plan(deal, "Offer") | self._plan(stray, "Ask")
        others = self._plan(self.customer, "Mine", self.third)
        stays = self._plan(elsewhere, "Call")
        wizard = self._pass()
        wizard.action_apply()
        self.assertEqual((call | on_deals).user_id, self.colleague)
        self.assertEqual((held | others).user_id, self.third)
        self.assertEqual(stays.user_id, self.seller)
        self.assertEqual(self._left(wizard, "activity"), (1, stays))

    def test_exceptions_are_listed(self):
        """R5: what cannot be handed over stays, with the reason; the rest goes."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.company_ids += elsewhere
        foreign = self.env["res.partner"].create({"name": "Foreign"})
        mine = self.env["res.partner"].create(
            [{"name": f"Mine {i}", "user_id": self.seller.id} for i in range(3)]
        )
        promise = self._promise("Offer", mine[0])
        wizard = self._pass()
        self._line(wizard, mine[0]).new_user_id = False
        self._line(wizard, mine[1]).new_user_id = self.outsider
        self._line(wizard, mine[2]).new_user_id = self.seller
        self.other_customer.user_id = self.third
        self.customer.write({"company_id": self.company.id})
        self._line(wizard, self.customer).new_user_id = self.colleague
        wizard.action_apply()
        stay = wizard.exception_ids.partner_id
        self.assertEqual(stay, mine | self.other_customer)
        self.assertEqual(mine.user_id, self.seller)
        self.assertEqual(self.customer.user_id, self.colleague)
        self.assertEqual(promise.user_id, self.seller)
        self.assertEqual(self._left(wizard, "promise"), (1, promise))
        problems = set(wizard.exception_ids.mapped("problem"))
        self.assertEqual(len(problems), 4)
        self.assertFalse(foreign.user_id)

    def test_another_companys_customer(self):
        """R5, C9: nobody receives a customer of a company he does not work for."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        (self.seller | self.manager).company_ids += elsewhere
        self.other_customer.company_id = elsewhere
        self.manager.company_ids += elsewhere
        wizard = self._pass()
        wizard = wizard.with_context(allowed_company_ids=(self.company | elsewhere).ids)
        wizard.action_back()
        wizard.action_list()
        wizard.action_apply()
        self.assertEqual(wizard.exception_ids.partner_id, self.other_customer)
        self.assertIn("Elsewhere", wizard.exception_ids.problem)

    def test_trust_held_in_another_company(self):
        """R5, C9: the checklist belongs to the company where the trust is held."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        (self.seller | self.third | self.manager).company_ids += elsewhere
        abroad = self.env["res.partner"].create(
            {"name": "Abroad", "user_id": self.third.id}
        )
        for days in range(4):
            self._record(
                abroad,
                "promise_kept",
                days_ago=days,
                user_id=self.seller.id,
                company_id=elsewhere.id,
            )
        self._drain()
        wizard = self._pass()
        wizard = wizard.with_context(allowed_company_ids=(self.company | elsewhere).ids)
        wizard.action_back()
        wizard.action_list()
        self.assertEqual(self._line(wizard, abroad).kind, "trust")
        wizard.action_apply()
        handover = self._handovers(abroad)
        self.assertEqual(handover.company_id, elsewhere)
        self.assertEqual(handover.holder_id, self.seller)

    def test_one_refusal_does_not_stop_the_others(self):
        """R5: a customer that cannot be written is an exception, the others go."""
        refused = self.env["res.partner"].create(
            {"name": "Refused", "user_id": self.seller.id}
        )
        self.env["ir.rule"].create(
            {
                "name": "Nobody writes this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {refused.id})]",
                "perm_read": False,
            }
        )
        wizard = self._pass()
        wizard.action_apply()
        self.assertEqual(wizard.exception_ids.partner_id, refused)
        self.assertEqual(self.customer.user_id, self.colleague)
        self.assertEqual(self.other_customer.user_id, self.colleague)

    def test_complaints_come_along(self):
        """R5: open complaints too, save one about the receiver."""
        vals = {"partner_id": self.customer.id, "user_id": self.seller.id}
        complaints = self.env["trust.complaint"].create(
            [
                {"subject": "Late", **vals},
                {"subject": "Rude", "about_user_id": self.colleague.id, **vals},
            ]
        )
        elsewhere = self.env["trust.complaint"].create(
            {"subject": "Cold", **vals, "partner_id": self.promised.id}
        )
        about_the_manager = self.env["trust.complaint"].create(
            [
                {
                    "subject": "Arrogant",
                    "about_user_id": self.manager.id,
                    "user_id": self.seller.id,
                    "partner_id": partner.id,
                }
                for partner in (self.customer, self.promised)
            ]
        )
        wizard = self._pass()
        wizard.action_apply()
        self.assertFalse(wizard.exception_count)
        self.assertEqual(about_the_manager.user_id, self.seller)
        complaints |= about_the_manager
        self.assertEqual((complaints[0] | elsewhere).user_id, self.colleague)
        self.assertEqual(complaints[1].user_id, self.seller)
        self.assertEqual(self._left(wizard, "complaint"), (3, complaints[1:]))

    def _crisis(self, partner, **values):
        """A crisis at this customer that the leaver works on, with a step to do."""
        self._record(partner, "promise_kept")
        self._drain()
        relationship = self._relationship(partner)
        crisis = self.env["trust.crisis"].create(
            {
                "company_id": self.company.id,
                "relationship_id": relationship.id,
                "relationship_ids": relationship.ids,
                "date": self.now,
                "window_start": self.now - timedelta(days=30),
                "state": "active",
                "user_id": self.seller.id,
                **values,
            }
        )
        crisis.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.seller.id, summary="Ring Ann"
        )
        return crisis

    def test_crises_come_along(self):
        """R5, I5: with their open steps; of listed customers and of others."""
        crises = self._crisis(self.customer) | self._crisis(self.promised)
        over = self._crisis(self.customer, state="closed")
        wizard = self._pass()
        wizard.action_apply()
        self.assertFalse(wizard.exception_count)
        self.assertEqual(crises.user_id, self.colleague)
        self.assertEqual(crises.activity_ids.user_id, self.colleague)
        self.assertEqual(over.user_id, self.seller)
        self.assertFalse(wizard.left_ids)

    def test_duties_beyond_customers(self):
        """R5: what belongs to no customer is named, and leads to what it counts."""
        mine = {"user_id": self.seller.id}
        campaign = self.env["trust.campaign"].create({"name": "Autumn", **mine})
        moment = self.env["trust.touchpoint"].create(
            {"name": "The first winter", "owner_id": self.seller.id}
        )
        crisis = self._crisis(self.customer)
        wizard = self._pass(with_complaints=False)
        wizard.action_apply()
        self.assertEqual(self._left(wizard, "campaign"), (1, campaign))
        self.assertTrue(all(wizard.left_ids.mapped("can_open")))
        self.assertEqual(self._left(wizard, "touchpoint"), (1, moment))
        self.assertEqual(crisis.user_id, self.seller, "not asked for")
        kinds = set(wizard.left_ids.mapped("kind"))
        self.assertEqual(kinds, {"campaign", "touchpoint"})
        chosen = self.env["trust.handover.pass"].with_user(self.manager)
        chosen = chosen.browse(chosen._open_for(self.other_customer)["res_id"])
        chosen.line_ids.new_user_id = self.third
        chosen.action_apply()
        self.assertFalse(chosen.left_ids, "who passes some customers on stays here")

    def _leads(self, *partners, **values):
        """An open opportunity of the leaver with each of these."""
        return self.env["crm.lead"].create(
            [
                {
                    "name": "Roof",
                    "type": "opportunity",
                    "user_id": self.seller.id,
                    "partner_id": partner and partner.id,
                    **values,
                }
                for partner in partners
            ]
        )

    def test_opportunities_elsewhere(self):
        """R5: also of customers of others, and of nobody; none stops the pass."""
        leads = self._leads(self.customer, self.promised, None)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        (self.seller | self.manager).company_ids += company
        foreign = self._leads(None, company_id=company.id, team_id=False)
        wizard = self._pass()
        wizard = wizard.with_context(allowed_company_ids=(self.company | company).ids)
        wizard.action_apply()
        self.assertEqual(leads.user_id, self.colleague)
        self.assertEqual(foreign.user_id, self.seller, "nobody works there")
        self.assertEqual(self._left(wizard, "lead"), (1, foreign))

    def test_opportunities_beyond_the_managers_rights(self):
        """R5: who may not change them hands customers over, and is told what stays."""
        leads = self._leads(self.customer, None)
        sales = [
            self.env.ref(f"sales_team.group_sale_{name}")
            for name in ("manager", "salesman_all_leads", "salesman")
        ]
        for group in sales:
            self.manager.group_ids -= group
        wizard = self._pass()
        wizard.action_apply()
        self.assertEqual(self.customer.user_id, self.colleague)
        self.assertFalse(wizard.exception_count)
        self.assertEqual(leads.user_id, self.seller)
        self.assertEqual(self._left(wizard, "lead"), (2, leads))
        self.assertFalse(wizard.left_ids.can_open, "it would show nothing")

    def test_a_checklist_for_everybody(self):
        """R5: asked for, also where nobody holds the trust alone."""
        wizard = self._pass(checklist_all=True)
        wizard.action_apply()
        self.assertIn(self.other_customer, wizard.handover_ids.partner_id)
        self.assertEqual(len(wizard.handover_ids), 3)

    def test_one_customer(self):
        """R5: a manager hands over a single customer from its relationship."""
        relationship = self._relationship(self.customer).with_user(self.manager)
        action = relationship.action_hand_over()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(wizard.line_ids.partner_id, self.customer)
        wizard.line_ids.new_user_id = self.colleague
        wizard.action_apply()
        self.assertEqual(self.customer.user_id, self.colleague)
        self.assertEqual(len(wizard.handover_ids), 1)

    def test_managers_only(self):
        """A1: who is no manager hands nobody's customers over."""
        wizard = self.env["trust.handover.pass"].with_user(self.manager).create({})
        with self.assertRaisesRegex(UserError, "who leaves"):
            wizard.action_list()
        with self.assertRaisesRegex(UserError, "first"):
            wizard.action_apply()
        for user in (self.seller, self.all_seller, self.privacy, self.outsider):
            with self.assertRaises(AccessError):
                self.env["trust.handover.pass"].with_user(user).create({})

    def test_two_hundred_customers_in_sets(self):
        """R5: the number of queries does not grow with every customer."""
        few, many = self._count_queries(20), self._count_queries(60)
        self.assertLess(many - few, 40 * 3, "queries per customer")

    def _count_queries(self, number):
        leaver = self._new_user(f"leaver{number}", "trust_crm.group_trust_user")
        customers = self.env["res.partner"].create(
            [{"name": f"No. {i}", "user_id": leaver.id} for i in range(number)]
        )
        day = fields.Date.today() + timedelta(days=9)
        self.env["trust.promise"].create(
            [
                {
                    "name": "Call",
                    "partner_id": customer.id,
                    "user_id": leaver.id,
                    "date_deadline": day,
                }
                for customer in customers
            ]
        )
        for customer in customers:
            self._record(customer, "referral", user_id=leaver.id)
            self._record(customer, "referral", user_id=leaver.id)
        self._drain()
        wizard = self._pass(user_id=leaver.id)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        wizard.action_apply()
        self.env.flush_all()
        self.assertEqual(len(wizard.handover_ids), number)
        self.assertEqual(wizard.promise_count, number)
        return self.env.cr.sql_log_count - before
