# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..tools import trust_equation as equation
from .memory_common import MemoryCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestTrustPanel(MemoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()

    def _panel(self, user=None):
        relationship = self._relationship(self.customer)
        return relationship.with_user(user or self.env.user).get_trust_panel()

    def _texts(self, user=None):
        return [step["text"] for step in self._panel(user)["next"]]

    # EACH BAR EXPLAINED

    def test_a_bar_is_explained_by_its_own_facts(self):
        """I1: what a fact does to a part is the part minus the part without it."""
        self._record(self.customer, "promise_kept", 1, 1)
        self._record(self.customer, "human_contact", 1, 1)
        self._drain()
        panel = self._panel()
        parts = {part["key"]: part for part in panel["parts"]}
        parts["S"] = panel["self_orientation"]
        self.assertEqual(
            [r["signal"] for r in parts["R"]["reasons_up"]], ["promise_kept"]
        )
        self.assertEqual(
            [r["signal"] for r in parts["I"]["reasons_up"]], ["human_contact"]
        )
        self.assertEqual(parts["C"]["reasons_up"] + parts["S"]["reasons_up"], [])
        [reason] = parts["R"]["reasons_up"]
        neutral = equation.score({}, 1).R
        self.assertAlmostEqual(reason["effect"], parts["R"]["value"] - neutral, 6)
        self.assertEqual(reason["model"], False, "there is no document behind it")
        self.assertTrue(all(part["help"] for part in parts.values()))

    def test_what_a_fact_means(self):
        """I1, S8, S10: a reason says which belief it feeds; the pivot groups by it."""
        self._record(self.customer, "promise_kept", 1, 1)
        self._drain()
        [reason] = self._panel()["reasons_up"]
        signal = self.env["trust.signal"]._get_by_code("promise_kept")
        self.assertEqual(reason["meaning"], signal._say_meaning())
        self.assertTrue(signal.belief and signal.process and signal.bond_kind)
        ledger = self.env["trust.evidence"].with_user(self.all_seller)
        mine = [("partner_id", "=", self.customer.id)]
        for name in ("belief", "process", "bond_kind", "step"):
            groups = dict(ledger._read_group(mine, [name], ["__count"]))
            self.assertEqual(groups, {signal[name]: 1})
            self.assertTrue(ledger.fields_get([name])[name]["groupable"])
            self.assertEqual(ledger.search_count([*mine, (name, "=", signal[name])]), 1)

    def test_selfishness_raises_the_denominator(self):
        """I1: a push at the wrong moment shows under self-orientation."""
        self._record(self.customer, "pushy_selling", 1, 1)
        self._drain()
        [reason] = self._panel()["self_orientation"]["reasons_up"]
        self.assertEqual(reason["signal"], "pushy_selling")
        self.assertGreater(reason["effect"], 0)

    # HISTORY

    def _shown(self, *points):
        """Write history as it was shown: (days ago, index, circle)."""
        relationship = self._relationship(self.customer)
        self.env.cr.execute(
            SQL(
                "DELETE FROM trust_snapshot WHERE relationship_id = %s", relationship.id
            )
        )
        self.env.invalidate_all()
        for days, index, circle in points:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO trust_snapshot
                              (relationship_id, company_id, date, trust_index,
                               circle_id)
                       VALUES (%s, %s, %s, %s, %s)""",
                    relationship.id,
                    self.company.id,
                    self.now - days * DAY,
                    index,
                    circle.id or None,
                )
            )
        self.env.invalidate_all()

    def test_since_when_the_circle_holds(self):
        """I1: the month of the first point of the circle that still holds."""
        for days in range(5, 45, 5):
            self._record(self.customer, "promise_kept", 1, days)
        self._drain()
        circle = self._relationship(self.customer).circle_id
        other = self.env["trust.circle"].search([("id", "!=", circle.id)], limit=1)
        self.assertTrue(circle)
        self._shown((500, 50, circle), (450, 52, other), (400, 55, circle))
        since = self._panel()["circle_since"]
        then = self.now - 400 * DAY
        self.assertEqual(since, f"{then:%B %Y}")
        self.env["res.lang"]._activate_lang("zh_CN")
        reader = self._relationship(self.customer).with_context(lang="zh_CN")
        self.assertEqual(reader._say_month(then), f"{then.year}年{then.month}月")
        self._shown((400, 55, circle), (100, 55, circle))
        self.assertFalse(self._panel()["circle_since"], "it was always so")

    def test_the_deepest_fall_is_named(self):
        """I1: the fall names the kinds of fact that cost trust then, and no others."""
        self._record(self.customer, "promise_broken", 1, 95)
        self._record(self.customer, "promise_kept", 1, 95)
        self._record(self.customer, "complaint_opened", 1, 20)
        self._drain()
        circle = self._relationship(self.customer).circle_id
        self._shown((120, 58, circle), (90, 50, circle), (10, 49, circle))
        turn = self._panel()["turn"]
        self.assertEqual(turn["index"], 50)
        signal = self.env["trust.signal"]._get_by_code("promise_broken")
        self.assertEqual(turn["text"], signal.name)
        self._shown((120, 51, circle), (90, 50, circle))
        self.assertFalse(self._panel()["turn"], "a point is not worth a word")

    # WHAT NEXT

    def test_next_steps_come_in_the_order_of_need(self):
        """I1: an open complaint, a promise that is due, then a day to remember."""
        self._record(self.person, "human_contact", 1, 1)
        self.env["trust.promise"].create(
            {
                "name": "Drawings",
                "partner_id": self.person.id,
                "user_id": self.seller.id,
                "date_deadline": self.today + DAY,
            }
        )
        complaint = self.env["trust.complaint"].create(
            {"subject": "The door sticks", "partner_id": self.person.id}
        )
        birthday = self.today + 5 * DAY
        self.occasion(day=birthday.day, month=birthday.month)
        self._drain()
        steps = self._panel()["next"]
        self.assertEqual(steps[0]["res_id"], complaint.id)
        self.assertEqual(
            [step["text"] for step in steps],
            [
                "Their complaint “The door sticks” waits for us.",
                "Our promise “Drawings”: tomorrow.",
                "Mary Achieng, Birthday: in 5 days.",
            ],
        )

    def test_who_moved_out_this_month_is_to_be_won_back(self):
        """I1, R2: the plan is one click away; who came nearer needs none."""
        for days in range(5, 45, 5):
            self._record(self.customer, "promise_kept", 1, days)
        self._drain()
        relationship = self._relationship(self.customer)
        circle = relationship.circle_id
        inner = self.env["trust.circle"].search([("level", ">", circle.level)], limit=1)
        outer = self.env["trust.circle"].search([("level", "<", circle.level)], limit=1)
        text = "They have moved out within 30 days: win them back."
        self._shown((60, 55, outer), (10, 55, circle))
        self.assertNotIn(text, self._texts())
        self._shown((60, 55, inner), (10, 55, circle))
        [step] = [step for step in self._panel()["next"] if step["text"] == text]
        self.assertEqual(step["label"], "Start the win-back plan")
        action = relationship.open_panel_door(step["door"])
        self.assertEqual(action["context"]["active_id"], self.customer.id)
        self.assertTrue(action["context"]["default_plan_id"])
        self._start_plan(action)
        self.assertNotIn(text, self._texts(), "not twice")
        [step] = [s for s in self._panel()["next"] if s.get("model") == "res.partner"]
        self.assertIn("Read what happened", step["text"])
        self.assertEqual(step["res_id"], self.customer.id)
        self.customer.activity_ids.action_done()
        self.assertIn(text, self._texts())

    def _start_plan(self, action):
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard.create({}).action_schedule_plan()

    def test_a_promise_far_ahead_or_long_broken_is_no_next_step(self):
        """I1: only what can be done now is a next step."""
        self._record(self.customer, "human_contact", 1, 1)
        self.env["trust.promise"].create(
            [
                {
                    "name": name,
                    "partner_id": self.customer.id,
                    "user_id": self.seller.id,
                    "date_deadline": self.today + days * DAY,
                }
                for name, days in (("Far", 40), ("History", -200))
            ]
        )
        self._drain()
        self.assertFalse([t for t in self._texts() if "Far" in t or "History" in t])

    def test_a_next_step_tells_nobody_what_they_may_not_read(self):
        """I1, H4: of a day or a complaint beyond the reader's rights not a word."""
        self._record(self.customer, "human_contact", 1, 1)
        birthday = self.today + 5 * DAY
        self.occasion(day=birthday.day, month=birthday.month)
        self._drain()
        relationship = self._relationship(self.customer)
        stranger = new_test_user(
            self.env, "trust_stranger", groups="trust_crm.group_trust_user"
        )
        with self.assertRaises(AccessError):
            relationship.with_user(stranger).get_trust_panel()
        seen = [step["text"] for step in self._panel(self.seller)["next"]]
        self.assertIn("Mary Achieng, Birthday: in 5 days.", seen)

    # DOORS

    def test_doors_open_filled_in(self):
        """I1: a promise, a contact, a complaint: a click away, for this customer."""
        self._record(self.customer, "human_contact", 1, 1)
        self._drain()
        relationship = self._relationship(self.customer).with_user(self.seller)
        doors = dict(relationship.get_trust_panel()["doors"])
        self.assertEqual(list(doors), ["promise", "contact", "complaint"])
        opened = {door: relationship.open_panel_door(door) for door in doors}
        self.assertEqual(
            opened["promise"]["context"]["default_partner_id"], self.customer.id
        )
        self.assertEqual(
            opened["complaint"]["context"]["default_partner_id"], self.customer.id
        )
        self.assertTrue(opened["contact"])

    def test_a_lead_has_only_the_doors_that_lead_somewhere(self):
        """I1: a lead without a customer is promised something, no more."""
        lead = self.env["crm.lead"].create({"name": "Shelves"})
        self._record(lead, "human_contact", 1, 1)
        self._drain()
        relationship = self._relationship(lead)
        self.assertEqual(
            [door for door, _label in relationship.get_trust_panel()["doors"]],
            ["promise"],
        )
        action = relationship.open_panel_door("promise")
        self.assertEqual(action["context"]["default_lead_id"], lead.id)
        with self.assertRaises(UserError):
            relationship.open_panel_door("complaint")
        with self.assertRaises(UserError):
            relationship.open_panel_door("_drain")

    def test_history_starts_with_the_oldest_point(self):
        """I1: the line runs from then to now."""
        self._record(self.customer, "promise_kept", 1, 60)
        self._drain()
        circle = self._relationship(self.customer).circle_id
        self._shown((10, 53, circle), (90, 50, circle))
        dates = [
            datetime.fromisoformat(row["date"]) for row in self._panel()["history"]
        ]
        self.assertEqual(dates, sorted(dates))
