# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models import trust_team_orientation
from .team_common import TeamCase


@tagged("post_install", "-at_install")
class TestTeamFigures(TeamCase):
    """Each figure of the team view leads to what it counts: no more, no less."""

    def promised(self, state, days_ago=3, team=None, **values):
        """A promise that was due so many days ago, and what became of it."""
        promise = self.env["trust.promise"].create(
            {
                "name": "Call",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                "date_deadline": fields.Date.today() + timedelta(days=1),
            }
        )
        self.rewrite(
            promise,
            state=state,
            date_deadline=fields.Date.today() - timedelta(days=days_ago),
            team_id=(team or self.team).id,
            **values,
        )
        return promise

    def rewrite(self, record, **values):
        """What only time and guarded buttons would write."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE {record._table} SET {name} = %s WHERE id = %s",
                [value, record.id],
            )
        self.env.invalidate_all()

    def found(self, model, domain, user=None):
        """What the list shows to the same reader."""
        return self.env[model].with_user(user or self.manager).search(domain)

    def test_promises_by_state(self):
        """I7: "Broken", "Kept", "Kept late" lead to as many promises as they say."""
        other = self.env["crm.team"].create({"name": "South"})
        for state in ("kept", "kept", "kept_late", "broken", "open"):
            self.promised(state)
        self.promised("broken", days_ago=200)
        self.promised("broken", team=other)
        for team, days in ((self.team, 90), (None, 365)):
            page = self.page(team=team, days=days)["promises"]
            for one in page["states"]:
                found = self.found("trust.promise.report", one["domain"])
                self.assertEqual(len(found), one["count"], one["label"])
                self.assertEqual(set(found.mapped("state")), {one["name"]})
        counts = {one["name"]: one["count"] for one in page["states"]}
        self.assertEqual(counts["broken"], 3, "a year, everybody")

    def test_promises_kept_in_time(self):
        """I7, P6: the share leads to what ended, the broken ones with the kept ones."""
        ended = self.promised("kept") | self.promised("broken")
        ended |= self.promised("cancelled", cancel_asked_by="us")
        ended |= self.promised("open", missed_at=fields.Datetime.now())
        self.promised("open")
        self.promised("cancelled", cancel_asked_by="customer")
        page = self.page(team=self.team)["promises"]
        found = self.found("trust.promise.report", page["ended_domain"])
        self.assertEqual(found.promise_id, ended)
        kept = found.filtered(lambda row: row.state == "kept")
        self.assertEqual(page["rate"], round(100 * len(kept) / len(found)))

    def test_promise_opens(self):
        """I7, P6: a row of the list opens its promise."""
        promise = self.promised("kept")
        row = self.found("trust.promise.report", [("promise_id", "=", promise.id)])
        action = row.action_open_promise()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (promise._name, promise.id)
        )

    def several_complaints(self):
        """Answered in time and late, not answered yet, late already, of elsewhere."""
        now = self.now
        first, late, young, old = (self.complain(self.customer, 4) for _i in range(4))
        self.rewrite(first, answer_deadline=now, recovered="yes")
        self.rewrite(late, answer_deadline=now - timedelta(days=10), recovered="no")
        self.rewrite(young, answered_date=None, answer_deadline=now + timedelta(days=1))
        self.rewrite(old, answered_date=None, answer_deadline=now - timedelta(days=1))
        self.rewrite(old, original_id=first.id)
        self.complain(self.other_customer, 4, days_ago=100)
        self.complain(self.customer, 4).write({"confirmed": False})
        for one in first | late | young | old:
            self.rewrite(one, team_id=self.team.id)
        return first, late, young, old

    def test_complaints(self):
        """I7: "Received" leads to those received, each mean to those it is made of."""
        first, late, young, old = self.several_complaints()
        page = self.page(team=self.team)["complaints"]
        found = self.found("trust.complaint.report", page["domain"])
        self.assertEqual(len(found), page["count"])
        self.assertEqual(found.complaint_id, first | late | young | old)
        behind = {
            name: self.found("trust.complaint.report", domain).complaint_id
            for name, domain in page["domains"].items()
        }
        self.assertEqual(
            behind,
            {
                "answer": first | late,
                "in_time": first | late | old,
                "recovered": first | late,
                "repeats": found.complaint_id,
            },
        )
        self.assertEqual((page["in_time"], page["recovered"]), (33, 50))
        self.assertEqual(page["repeats"], 25)

    def test_means_of_complaints(self):
        """I7: as many behind a mean as the database took it over."""
        self.several_complaints()
        page = self.page()["complaints"]
        report = self.env["trust.complaint.report"].with_user(self.manager)
        columns = {
            "answer": "answer_time",
            "in_time": "answer_rate",
            "recovered": "recovered_rate",
            "repeats": "repeat_rate",
        }
        for name, column in columns.items():
            [(taken,)] = report._read_group(page["domain"], [], [f"{column}:count"])
            behind = self.found(report._name, page["domains"][name])
            self.assertEqual(len(behind), taken, name)

    def test_complaint_opens(self):
        """I7: a row of the list opens its complaint."""
        complaint = self.complain(self.customer, 4)
        row = self.found(
            "trust.complaint.report", [("complaint_id", "=", complaint.id)]
        )
        action = row.action_open_complaint()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (complaint._name, complaint.id)
        )

    def test_fairness(self):
        """I7: first answer and redress of a ring lead to that ring's complaints."""
        level = {circle.level: circle for circle in self.env["trust.circle"].search([])}
        self.tell(self.customer, 30, level[2])
        self.tell(self.customer, 5, level[0])
        answered = self.complain(self.customer, 4)
        waiting = self.complain(self.customer, 4)
        self.rewrite(waiting, answered_date=None)
        today = self.complain(self.customer, 4, days_ago=2)
        rows = self.page()["fairness"]["rows"]
        near, far = (self.named(rows, level[number].name) for number in (2, 0))
        for row, complaints in ((near, answered | waiting), (far, today)):
            found = self.found("trust.complaint", row["domain"])
            self.assertEqual((len(found), found), (row["count"], complaints))
        behind = self.found("trust.complaint", near["answered_domain"])
        self.assertEqual(behind, answered)

    def test_orientation(self):
        """I7, H8: who got in touch, offers, pushes: as many facts as were counted."""
        for code in ("contact_by_customer", "human_contact", "human_contact"):
            self._record(self.customer, code)
        self._record(self.customer, "human_contact", days_ago=91)
        self._record(self.other_customer, "human_contact")
        self._record(self.customer, "pushy_selling")
        self._record(self.customer, "pushy_selling", source=self.customer)
        self.patch(trust_team_orientation, "OFFER", self.customer._name)
        meter = self.page(team=self.team)["orientation"]
        found = self.found("trust.evidence", meter["touches_domain"])
        self.assertEqual((len(found), meter["touches"]), (3, 3))
        ours = found.filtered(lambda row: row.signal_id.code == "human_contact")
        self.assertEqual(meter["started_by_us"], round(100 * len(ours) / len(found)))
        for name in ("offers", "pushes"):
            behind = self.found("trust.evidence", meter[f"{name}_domain"])
            self.assertEqual((len(behind), meter[name]), (1, 1), name)

    def test_rights(self):
        """I7, T4: a seller's figures lead to what the seller may see, and count it."""
        self.promised("broken")
        self.complain(self.other_customer, 4)
        mine = self.complain(self.customer, 4)
        page = self.page(self.seller)
        for one in page["promises"]["states"]:
            found = self.found("trust.promise.report", one["domain"], self.seller)
            self.assertEqual(len(found), one["count"])
        received = page["complaints"]
        found = self.found("trust.complaint.report", received["domain"], self.seller)
        self.assertEqual((len(found), found.complaint_id), (received["count"], mine))
