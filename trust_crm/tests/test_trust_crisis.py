# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..models.trust_crisis_life import DECIDE
from ..tools import crisis as rules
from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestCrisis(ComplaintCase):
    """A breach of trust: noticed, taken on, over."""

    def find(self, later=0):
        """What the clock proposes for the test's company, so many days from now."""
        self._drain()
        self.env.flush_all()
        now = self.now + timedelta(days=later, minutes=1)
        crises = self.env["trust.crisis"].sudo()
        return crises._find_customers(self.company, now) | crises._find_causes(
            self.company, now
        )

    def calm_years(self, partner, count=12):
        """A past in which nothing went wrong."""
        for month in range(2, count + 2):
            self._record(partner, "promise_kept", days_ago=30 * month)

    def break_trust(self, partner, times=3):
        for day in range(times):
            self._record(partner, "promise_broken", days_ago=day + 1)

    def crisis(self):
        self.calm_years(self.customer)
        self.break_trust(self.customer)
        return self.find()

    def test_pure_functions(self):
        """I5: the arithmetic of surprise and drop is pure, and doctests prove it."""
        self.assertEqual(doctest.testmod(rules).failed, 0)

    # AT ONE CUSTOMER

    def test_surprise(self):
        """I5: three of three facts bad after a calm year is no bad luck."""
        crisis = self.crisis()
        self.assertEqual(crisis.partner_id, self.customer)
        self.assertEqual((crisis.bad_count, crisis.fact_count), (3, 3))
        self.assertEqual(crisis.state, "proposed")
        self.assertIn("3 of 3 facts in 30 days were bad", crisis.why)
        self.assertGreater(crisis.index_before, 50)

    def test_on_today(self):
        """I5, H10: who has to decide, or has a step to do, begins the day with it."""
        crisis = self.crisis()
        decider = crisis.activity_ids.user_id
        today = self.env["trust.today"].with_user(decider)
        for user in decider | self.seller:
            page = self.env["trust.today"].with_user(user).get_today()
            names = [section["name"] for section in page["sections"]]
            self.assertEqual("crises" in names, user == decider)
        first = today.get_today()["sections"][0]
        self.assertEqual(first["name"], "crises")
        [item] = first["items"]
        self.assertEqual(item["who"], self.customer.name)
        self.assertIn("3 of 3 facts", item["reason"])
        opened = today.act("crisis", crisis.id, "open")["open"]
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("trust.crisis", crisis.id)
        )
        with self.assertRaises(UserError):
            today.act("crisis", crisis.id, "done")
        crisis.with_user(decider).action_accept()
        [item] = today.get_today()["sections"][0]["items"]
        step = item["what"]
        self.assertIn(step, today.act("crisis", crisis.id, "done")["message"])
        self.assertNotIn(step, crisis.activity_ids.mapped("display_name"))
        crisis.activity_ids.date_deadline = fields.Date.today()
        self.assertEqual(today.get_today()["sections"][0]["name"], "crises")
        today.act("crisis", crisis.id, "aside")
        self.assertNotEqual(today.get_today()["sections"][0]["name"], "crises")

    def test_on_today_of_who_may_not_decide(self):
        """I5: a step given to somebody else reads as that step, not as a decision."""
        crisis = self.crisis()
        crisis.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.seller.id, summary="Ring Ann"
        )
        today = self.env["trust.today"].with_user(self.seller).get_today()
        [item] = today["sections"][0]["items"]
        self.assertEqual(item["what"], "Ring Ann")
        labels = [action["label"] for action in item["actions"]]
        self.assertEqual(labels, ["Go on", "Not today"])

    def test_bad_luck(self):
        """I5: one broken promise of a calm year is no crisis."""
        self.calm_years(self.customer)
        self.break_trust(self.customer, times=1)
        self.assertFalse(self.find())

    def test_drop(self):
        """I5: one blow that costs ten points is one, however rare."""
        self._record(self.customer, "complaint_bad", days_ago=2)
        self._record(self.customer, "pushy_selling", days_ago=2)
        crisis = self.find()
        self.assertIn("points of trust", crisis.why)
        self.assertAlmostEqual(crisis.index_before, 50, 6)

    def test_before_is_the_fold_without_the_window(self):
        """I5: the index before is that of the same day and age without the month."""
        crisis = self.crisis()
        twin = self.other_customer
        self.calm_years(twin)
        self._drain()
        self._relationship(twin)._refresh()
        self.assertAlmostEqual(
            crisis.index_before, self._relationship(twin).trust_index, 3
        )

    def test_contact_counts_for_the_company(self):
        """I5, C7: what happens to a contact is a crisis of the company."""
        self.calm_years(self.contact)
        self.break_trust(self.contact)
        self._drain()
        self._relationship(self.customer)
        company = self.contact.commercial_partner_id
        self.assertEqual(self.find().partner_id, company)

    def test_once(self):
        """I5: one proposal while one is open, and after it only for what is new."""
        crisis = self.crisis()
        self.assertFalse(self.find())
        crisis.with_user(self.manager).action_dismiss()
        crisis._finish("dismissed", "a storm, nobody's fault")
        self.assertFalse(self.find(later=1), "the same facts are decided about")
        for _i in range(3):
            self._record(self.customer, "promise_broken", days_ago=-2 / 24 / 60)
        self.assertTrue(self.find(later=1), "something new happened")

    def test_voided_facts(self):
        """I5: what was voided breaks nothing."""
        self.calm_years(self.customer)
        rows = [self._record(self.customer, "promise_broken") for _i in range(3)]
        for row in rows[:2]:
            row._void("not our fault")
        self.assertFalse(self.find())

    # AT MANY

    def complaints(self, count, cause, days_ago=1):
        people = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(count)]
        )
        found = self.env["trust.complaint"].create(
            [
                {"subject": "Lead", "partner_id": person.id, "cause_id": cause.id}
                for person in people
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE trust_complaint SET received_date = %s WHERE id = ANY(%s)",
            [self.now - timedelta(days=days_ago), found.ids],
        )
        self.env.invalidate_all()
        return people

    def test_one_cause_at_many(self):
        """I5: five complaints of one cause in seven days, with those affected."""
        cause = self.env["trust.complaint.cause"].search([], limit=1)
        self.complaints(4, cause)
        self.assertFalse(self.find().filtered("cause_id"))
        self.complaints(1, cause, days_ago=8)
        self.assertFalse(self.find().filtered("cause_id"), "the fifth is too old")
        self.complaints(1, cause)
        crisis = self.find().filtered("cause_id")
        self.assertEqual((crisis.kind, crisis.cause_id), ("cause", cause))
        self.assertEqual(len(crisis.relationship_ids), 5)
        self.assertFalse(self.find().filtered("cause_id"), "proposed once")

    # WHAT BECOMES OF IT

    def test_accept_starts_the_playbook(self):
        """I5: accepting names an owner and schedules the playbook's steps."""
        crisis = self.crisis().with_user(self.manager)
        self.assertEqual(len(crisis.sudo().activity_ids), 1, "one call to decide")
        crisis.action_accept()
        self.assertEqual((crisis.state, crisis.user_id), ("active", self.manager))
        steps = self.env.ref("trust_crm.crisis_plan").template_ids
        self.assertEqual(
            crisis.activity_ids.activity_type_id, steps.activity_type_id, "one for each"
        )
        with self.assertRaisesRegex(UserError, "already"):
            crisis.action_accept()
        self.assertEqual(len(crisis.activity_ids), len(steps), "not twice")

    def test_playbook_in_chinese(self):
        """I5, A3: whoever reads Chinese is told the steps in Chinese."""
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"]._get("trust_crm")
        module._update_translations(["zh_CN"])
        crisis = self.crisis().with_user(self.manager)
        crisis.action_accept()
        first = crisis.activity_ids.sorted("date_deadline")[0]
        self.assertIn("倾听", first.with_context(lang="zh_CN").display_name)
        sent = Store().add(first.with_context(lang="zh_CN")).get_result()
        self.assertIn("倾听", sent["mail.activity"][0]["display_name"], "the chatter")

    def test_open_again(self):
        """I5: one that was dismissed is proposed again, with an owner to be named."""
        crisis = self.crisis().with_user(self.manager)
        crisis._finish("dismissed", "a storm")
        crisis.action_reopen()
        self.assertEqual(crisis.state, "proposed")
        self.assertEqual(len(crisis.activity_search([DECIDE])), 1, "called again")
        crisis.action_accept()
        crisis._finish("ended", "they moved away")
        crisis.action_reopen()
        self.assertEqual((crisis.state, crisis.end_reason), ("active", False))

    def test_what_was_found_stays(self):
        """I5, C9: nobody makes a crisis show the figures of other customers."""
        crisis = self.crisis().with_user(self.manager)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.env["trust.relationship"]._get_for(self.other_customer, elsewhere)
        for values in (
            {"relationship_ids": [fields.Command.link(other.id)]},
            {"relationship_id": other.id},
            {"company_id": elsewhere.id},
            {"partner_id": self.other_customer.id},
            {"set_aside": "later"},
            {"bad_count": 0},
        ):
            with self.assertRaises(UserError):
                crisis.write(values)

    def test_owner_writes_what_we_say(self):
        """I5: the owner, no manager, writes the message; others read; none decides."""
        crisis = self.crisis()
        crisis.with_user(self.manager).user_id = self.seller
        mine = crisis.with_user(self.seller)
        mine.message_plan = "Nora calls."
        mine.message_post(body="She did.")
        for values in ({"user_id": self.manager.id}, {"end_reason": "All is well"}):
            with self.assertRaises(UserError):
                mine.write(values)
        with self.assertRaises(AccessError):
            crisis.with_user(self.all_seller).message_plan = "Nobody calls."

    def test_the_panel_says_so(self):
        """I1, I5: the customer's panel begins with the crisis, for those who see it."""
        self.customer.user_id = self.seller
        crisis = self.crisis()
        one = self.env["res.partner"].create(
            {"name": "One of them", "parent_id": self.customer.id}
        )
        for person in (one, self.customer):
            relationship = self._relationship(person).with_user(self.seller)
            step = relationship.get_trust_panel()["next"][0]
            self.assertEqual((step["model"], step["res_id"]), (crisis._name, crisis.id))
        crisis.with_user(self.manager).action_accept()
        step = relationship.get_trust_panel()["next"][0]
        self.assertIn(self.manager.name, step["text"])
        relationship.sudo().write({"has_trend": True, "trend_30d": -9})
        steps = relationship.get_trust_panel()["next"]
        self.assertNotIn("plan", [step.get("door") for step in steps], "two voices")
        crisis._finish("ended", "they moved away")
        steps = relationship.get_trust_panel()["next"]
        self.assertNotIn(crisis._name, [step.get("model") for step in steps])
        self.assertIn("plan", [step.get("door") for step in steps])

    def test_managers_decide(self):
        """I5, T4: a seller sees the crisis at a customer of theirs, and reads on."""
        self.customer.user_id = self.seller
        crisis = self.crisis().with_user(self.seller)
        self.assertEqual(crisis.name, self.customer.name)
        for step in (crisis.action_accept, crisis.action_dismiss):
            with self.assertRaises(AccessError):
                step()
        with self.assertRaises(UserError):
            crisis.with_user(self.manager).state = "closed"
        self.customer.user_id = self.manager
        self.env.flush_all()
        self.assertFalse(crisis.search([("id", "=", crisis.id)]))

    def test_reason_by_hand(self):
        """I5: closing by hand wants a reason, which stays."""
        crisis = self.crisis().with_user(self.manager)
        crisis.action_accept()
        action = crisis.action_end()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": " "})
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.action_apply()
        wizard.reason = "They moved away"
        wizard.action_apply()
        self.assertEqual(
            (crisis.state, crisis.end_reason), ("ended", "They moved away")
        )

    def test_over_when_trust_is_back(self):
        """I5: back within two points is not enough: something good must be said."""
        crisis = self.crisis()
        crisis.action_accept()
        self._drain()
        crisis._note_recovery(self.now)
        self.assertEqual(crisis.state, "active", "far from where it stood")
        for _i in range(30):
            self._record(self.customer, "promise_kept", days_ago=0)
        self._drain()
        crisis.invalidate_recordset()
        self.assertTrue(rules.is_back(crisis.index_now, crisis.index_before))
        crisis._note_recovery(self.now)
        self.assertEqual(crisis.state, "active", "no word of the customer yet")
        self._record(self.customer, "interest_confirmed", days_ago=-2 / 24 / 60)
        self._drain()
        crisis.invalidate_recordset()
        crisis._note_recovery(self.now)
        self.assertEqual(crisis.state, "closed")

    def test_dissolves_when_it_does_not_end(self):
        """R2, I5: open for more than 30 days and below 45, it dissolves."""
        crisis = self.crisis()
        relationship = crisis.relationship_id
        for _i in range(12):
            self._record(self.customer, "complaint_bad", days_ago=0)
        self._drain()
        self.assertLess(relationship.trust_index, 45)
        for days, dissolves in ((30, False), (31, True)):
            relationship._find_dissolving(
                SQL("r.id = %s", relationship.id), crisis.date + timedelta(days=days)
            )
            self.assertEqual(relationship.dissolving, dissolves, days)
        self.assertEqual(relationship.dissolving_reason, "crisis")

    def test_curve(self):
        """I5: the curve shows the fall and where it stands now."""
        crisis = self.crisis()
        relationship = crisis.relationship_id
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO trust_snapshot
                      (relationship_id, company_id, date, trust_index)
               SELECT %s, %s, %s::timestamp - make_interval(days => d), i
                 FROM (VALUES (60, 58.0), (10, 45.0)) v (d, i)""",
            [relationship.id, self.company.id, self.now],
        )
        crisis.invalidate_recordset()
        points = crisis.curve
        self.assertEqual(points[0]["index"], 58.0)
        self.assertEqual(min(point["index"] for point in points[:-1]), 45.0)
        self.assertAlmostEqual(points[-1]["index"], relationship.trust_index)

    def test_lessons_are_promises(self):
        """I5: what is learned stands as a promise with an owner and a day."""
        crisis = self.crisis().with_user(self.manager)
        action = crisis.action_add_lesson()
        promise = Form(
            self.env["trust.promise"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        promise.name = "The workshop sees each promised day"
        promise = promise.save()
        self.assertEqual(crisis.promise_ids, promise)
        self.assertEqual(promise.partner_id, self.customer)
