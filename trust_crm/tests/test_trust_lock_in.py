# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustLockIn(TrustCase):
    """R3: what binds a customer is written down, counts while it lasts, and ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.customer.user_id = cls.seller

    def _bind(self, days_ago=0, **values):
        ties = self.env["trust.lock.in"].with_user(self.seller)
        return ties.create(
            {
                "partner_id": self.customer.id,
                "date_start": self.today - timedelta(days=days_ago),
                **values,
            }
        )

    def _facts(self, tie):
        rows = tie._trust_evidence_rows()
        return (rows - rows._voided()).sorted("date")

    def test_a_tie_speaks_from_its_first_day_and_each_quarter(self):
        """R3: a contract of a year ago has been there five times."""
        tie = self._bind(365, note="Framework contract")
        facts = self._facts(tie)
        self.assertEqual(len(facts), 5)
        self.assertEqual(facts[0].date.date(), tie.date_start)
        self.assertEqual(set(facts.mapped("voice")), {"staff"})
        self._drain()
        relationship = self._relationship(self.customer)
        self.assertGreaterEqual(relationship.commitment_continuance, 60)
        self.assertFalse(relationship.captive, "nothing says that they are cold")
        self._record(self.customer, "opted_out")
        self._drain()
        self.assertTrue(relationship.captive)
        tie._collect_trust_evidence()
        self.assertEqual(self._facts(tie), facts, "again is nothing new")

    def test_another_quarter_passes(self):
        """R3: the nightly job tells it again."""
        tie = self._bind(80)
        self.assertEqual(len(self._facts(tie)), 1)
        with freeze_time(self.now + timedelta(days=11)):
            due = self.env["trust.lock.in"].search([("next_date", "<=", "today")])
            self.assertIn(tie, due)
            due._pass_time(fields.Datetime.now())
            self.assertEqual(len(self._facts(tie)), 2)
        self.assertEqual(tie.next_date, tie.date_start + timedelta(days=180))

    def test_it_ends_by_its_date(self):
        """R3: the day after the last one the ledger takes it back."""
        tie = self._bind(100, until=self.today + timedelta(days=2))
        self.assertEqual(len(self._facts(tie)), 2)
        with freeze_time(self.now + timedelta(days=3)):
            self.env["trust.lock.in"].browse(tie.id)._pass_time(fields.Datetime.now())
        self.assertEqual(tie.date_ended, tie.until + timedelta(days=1))
        self.assertFalse(tie.next_date)
        self.assertFalse(self._facts(tie))
        self._drain()
        relationship = self._relationship(self.customer)
        self.assertAlmostEqual(relationship.commitment_continuance, 50, 9)

    def test_it_ends_by_hand_and_back(self):
        """R3: free; a mistake; deleted: the ledger follows each time."""
        tie = self._bind(200)
        tie.action_end()
        self.assertEqual(tie.date_ended, self.today)
        self.assertFalse(self._facts(tie))
        tie.action_reopen()
        self.assertFalse(tie.date_ended)
        self.assertEqual(len(self._facts(tie)), 3)
        tie.date_start = self.today
        self.assertEqual(len(self._facts(tie)), 1)
        rows = self._facts(tie)
        tie.unlink()
        self.assertEqual(rows._voided(), rows)

    def test_bad_input(self):
        """R3: ends before it begins; begins next week; one of us."""
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._bind(0, until=self.today - timedelta(days=1))
        with self.assertRaises(ValidationError):
            self._bind(-7)
        with self.assertRaises(UserError):
            self._bind(0, partner_id=self.manager.partner_id.id)

    def test_on_the_form_of_the_customer(self):
        """R3: written down on the customer, by who looks after them."""
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        with Form(self.customer.with_user(self.seller)) as form:
            with form.trust_lock_in_ids.new() as line:
                line.kind = "no_alternative"
                line.note = "Nobody else fits the floor"
        tie = self.customer.trust_lock_in_ids
        self.assertEqual(tie.user_id, self.seller)
        self.assertTrue(self._facts(tie))

    def test_rights(self):
        """A1: mine; not those of others; nobody without the group."""
        theirs = (
            self.env["trust.lock.in"]
            .with_user(self.manager)
            .create({"partner_id": self.other_customer.id})
        )
        ties = self.env["trust.lock.in"]
        self.assertNotIn(theirs, ties.with_user(self.seller).search([]))
        self.assertIn(theirs, ties.with_user(self.all_seller).search([]))
        with self.assertRaises(AccessError):
            theirs.with_user(self.outsider).read(["note"])
