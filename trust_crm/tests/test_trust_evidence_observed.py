# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .observer_case import ObserverCase, at


@tagged("post_install", "-at_install")
class TestTrustEvidenceObserved(ObserverCase):
    """C1: what no longer holds is voided, never deleted, and recorded anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.friend = cls.env["res.partner"].create({"name": "Friend"})
        cls._make_lead(cls.friend)

    def _live(self, code, subject=None):
        """Return the live evidence, as after the user's commit."""
        self.env.cr.flush()
        return self._found(code, subject).filtered(lambda row: row.state == "live")

    def assertVoided(self, rows, reason="otherwise"):
        """The rows are still there, each voided by its document."""
        self.env.cr.flush()
        self.assertEqual(rows.exists(), rows)
        self.assertEqual(set(rows.mapped("state")), {"voided"})
        self.assertEqual(set(rows.voided_by_ids.mapped("void_kind")), {"auto"})
        self.assertIn(reason, rows.voided_by_ids[0].void_reason)

    # RATINGS

    def _rate(self, value, **values):
        return self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "partner_id": self.customer.id,
                "rating": value,
                "consumed": True,
                **values,
            }
        )

    def test_rating_changed(self):
        """C1: another value is another fact, of the same rating; a score follows."""
        rating = self._rate(5)
        self._collect()
        row = self._live("feedback_good")
        rating.rating = 1
        self.assertFalse(self._live("feedback_good"))
        self.assertVoided(row)
        bad = self._live("feedback_bad")
        self.assertEqual((bad.source_id, bad.magnitude), (rating.id, 1.0))
        self._drain()
        self.assertLess(self._relationship(self.customer).trust_index, 50)
        rating.rating = 4
        self.assertEqual(self._live("feedback_good").version, 1)
        self.assertFalse(self._live("feedback_bad"))

    def test_rating_taken_back(self):
        """C1: reset, or deleted."""
        for undo in ("reset", "unlink"):
            rating = self._rate(5)
            self._collect()
            row = self._live("feedback_good")
            getattr(rating, undo)()
            self.assertFalse(self._live("feedback_good"))
            self.assertVoided(row, "deleted" if undo == "unlink" else "otherwise")

    def test_rating_of_somebody_else(self):
        """C1: given to another customer, who said it all along."""
        rating = self._rate(5)
        self._collect()
        row = self._live("feedback_good")
        rating.partner_id = self.friend
        self.assertEqual(self._live("feedback_good", self.friend).source_id, rating.id)
        self.assertVoided(row)

    def test_person_knows_better(self):
        """SCORING 2: a void by a person is sticky, whatever the rating says later."""
        rating = self._rate(5)
        self._collect()
        self._live("feedback_good")._void("She meant somebody else")
        rating.rating = 4
        self.assertFalse(self._live("feedback_good"))
        self._collect()
        self.assertFalse(self._live("feedback_good"))

    def test_not_observed_yet(self):
        """C8: before the first collection nothing is recorded for one customer."""
        self.env["trust.signal"].search([]).last_collected = False
        rating = self._rate(5)
        rating.rating = 4
        self.assertFalse(self._live("feedback_good"))

    def test_archived_signal(self):
        """C2: an archived signal says nothing new, and takes back what is not so."""
        first, second = self._rate(5), self._rate(5)
        self._collect()
        self.env.ref("trust_crm.signal_feedback_good").active = False
        self.env.ref("trust_crm.signal_feedback_bad").active = False
        first.rating = 1
        self.assertEqual(self._live("feedback_good").source_id, second.id)
        self.assertFalse(self._live("feedback_bad"))

    # INTRODUCTIONS

    def test_introducer_of_a_lead(self):
        """C1: another introducer, or none."""
        lead = self._make_lead(introducer_id=self.customer.id)
        self._collect()
        row = self._live("referral")
        lead.introducer_id = self.friend
        self.assertFalse(self._live("referral"))
        self.assertVoided(row)
        row = self._live("referral", self.friend)
        self.assertEqual(row.source_id, lead.id)
        lead.introducer_id = False
        self.assertVoided(row)
        self.assertFalse(self._live("referral", self.friend))

    def test_introducer_of_a_customer(self):
        """C1: once per customer: said on the customer, the lead says it no more."""
        lead = self._make_lead(self.friend, introducer_id=self.customer.id)
        self._collect()
        self.assertEqual(self._live("referral").source_id, lead.id)
        self.friend.introducer_id = self.customer
        row = self._live("referral")
        self.assertEqual(
            (row.source_model, row.source_id), ("res.partner", self.friend.id)
        )
        self.friend.introducer_id = False
        self.assertEqual(self._live("referral").source_id, lead.id)

    def test_introduced_customer_deleted(self):
        """C1: who is gone was introduced by nobody."""
        stranger = self.env["res.partner"].create(
            {"name": "Stranger", "introducer_id": self.customer.id}
        )
        self._collect()
        row = self._live("referral")
        stranger.unlink()
        self.assertVoided(row, "deleted")

    def test_merged_customers(self):
        """C1: two customers of one introducer who turn out to be one."""
        twin = self.friend.copy({"introducer_id": self.customer.id})
        other = self.friend.copy({"introducer_id": self.customer.id})
        self._collect()
        rows = self._live("referral")
        self.assertEqual(len(rows), 2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(twin.ids + self.friend.ids, self.friend, extra_checks=False)
        self.assertEqual(
            set(self._live("referral").mapped("source_id")), {self.friend.id, other.id}
        )
        self.assertEqual(rows.exists(), rows)

    # PURCHASES

    def _win(self, partner=None):
        lead = self._make_lead(partner or self.customer)
        lead.action_set_won()
        lead.date_closed = at("09:00")
        self._collect()
        return lead

    def test_won_lead_reopened(self):
        """C1: opened again it is no purchase; won again it is one."""
        lead = self._win()
        row = self._live("purchase_repeated")
        lead.stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.assertFalse(self._live("purchase_repeated"))
        self.assertVoided(row)
        lead.action_set_won()
        self._collect()
        self.assertEqual(self._live("purchase_repeated").version, 1)

    def test_won_lead_deleted(self):
        """C1: a deleted opportunity takes what it said along."""
        lead = self._win()
        row = self._live("purchase_repeated")
        lead.unlink()
        self.assertVoided(row, "deleted")

    def test_won_lead_of_somebody_else(self):
        """C1: the purchase was another customer's."""
        lead = self._win()
        lead.partner_id = self.friend
        self.assertFalse(self._live("purchase_repeated"))
        self.assertEqual(
            self._live("purchase_repeated", self.friend).source_id, lead.id
        )

    def test_merged_leads(self):
        """C6: what merged leads said stands, though Odoo deletes them."""
        first, second = self._win(), self._win()
        rows = self._live("purchase_repeated")
        self.assertEqual(len(rows), 2)
        (first | second).merge_opportunity()
        self.assertEqual(len((first | second).exists()), 1)
        self.assertEqual(self._live("purchase_repeated"), rows)

    def test_colleague_changes_nothing(self):
        """R5: a new salesperson does not take over who sold it."""
        lead = self._win()
        row = self._live("purchase_repeated")
        lead.user_id = self.seller
        self.assertEqual(self._live("purchase_repeated"), row)

    # MEETINGS

    def _meet(self, start=None):
        event = self._make_meeting(start or at("09:00"), self.customer)
        self._attendee(event, self.customer).state = "accepted"
        self._collect()
        return event

    def _attendee(self, event, partner):
        return event.attendee_ids.filtered(lambda a: a.partner_id == partner)

    def _move(self, event, start):
        event.write({"start": start, "stop": start + timedelta(hours=1)})

    def test_meeting_moved(self):
        """P7: held on another day; or still to come, then it says nothing."""
        event = self._meet()
        row = self._live("meeting_held")
        self._move(event, at("2025-03-04 09:00"))
        self.assertVoided(row)
        row = self._live("meeting_held")
        self.assertEqual(row.date, at("2025-03-04 10:00"))
        self._move(event, fields.Datetime.now() + timedelta(days=1))
        self.assertVoided(row)
        self.assertFalse(self._live("meeting_held"))

    def test_meeting_not_held(self):
        """C1: archived, deleted, declined by the customer or by our organiser."""
        ways = {
            "archived": lambda event: event.action_archive(),
            "deleted": lambda event: event.unlink(),
            "declined": lambda event: self._attendee(event, self.customer).write(
                {"state": "declined"}
            ),
            "by us": lambda event: self._attendee(event, self.seller.partner_id).write(
                {"state": "declined"}
            ),
            "uninvited": lambda event: event.write(
                {"partner_ids": [(3, self.customer.id)]}
            ),
        }
        for name, undo in ways.items():
            with self.subTest(name):
                event = self._meet()
                row = self._live("meeting_held")
                undo(event.with_context(dont_notify=True, no_mail_to_attendees=True))
                self.assertFalse(self._live("meeting_held"))
                gone = name in ("deleted", "uninvited")
                self.assertVoided(row, "deleted" if gone else "otherwise")

    # COST

    def test_no_query_more(self):
        """B5: what cannot have spoken is not looked up."""
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        event = self._meet(tomorrow)
        lead = self._make_lead(self.customer)
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=2)[1]
        self.env.cr.flush()
        for record, vals in (
            (event, {"start": tomorrow + timedelta(hours=1)}),
            (lead, {"stage_id": stage.id, "probability": 20}),
            (self._rate(0, consumed=False), {"rating": 5, "consumed": True}),
        ):
            with self.subTest(record._name):
                record.write(vals)
                keys = [key for key in self.env.cr.precommit.data if "trust" in key]
                self.assertFalse(keys)
