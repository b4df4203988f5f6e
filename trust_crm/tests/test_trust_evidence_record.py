# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustEvidenceRecord(TrustCase):
    """SCORING 2: what may be recorded, and how it is corrected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._record(cls.other_customer, "promise_kept", days_ago=3)

    def _ledger(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM trust_evidence ORDER BY id")
        return self.env.cr.fetchall()

    # VOIDING

    def test_human_void_is_sticky(self):
        """SCORING 2: what a person struck out is not said again by its document."""
        vals = {"source": self.customer, "source_key": "k"}
        row = self._record(self.customer, "promise_kept", **vals)
        void = row._void("Typed for the wrong customer")
        self.assertEqual((void.void_kind, void.voids_id), ("human", row))
        self.assertEqual(row.state, "voided")
        self.assertEqual(self._record(self.customer, "promise_kept", **vals), row)
        self._drain()
        self.assertTrust(self.customer, evidence_count=0, trust_index=50)

    def test_after_an_automatic_void_the_next_version(self):
        """SCORING 2: the document may speak again; the former row stays voided."""
        vals = {"source": self.customer, "source_key": "k"}
        row = self._record(self.customer, "promise_kept", **vals)
        row._void("The document says otherwise", kind="auto")
        new = self._record(self.customer, "promise_kept", **vals)
        self.assertNotEqual(new, row)
        self.assertEqual((row.version, new.version), (0, 1))
        self._drain()
        self.assertTrust(self.customer, evidence_count=1)

    def test_void_needs_a_reason_and_happens_once(self):
        """C1: the only correction there is."""
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                self.row._void(reason)
        void = self.row._void("Wrong")
        self.assertFalse(self.row._void("Wrong again"))
        with self.assertRaises(UserError):
            void._void("Void a void")

    def test_void_by_wizard(self):
        """C1: a manager voids what he may read; a salesman cannot."""
        wizards = self.env["trust.evidence.void"]
        vals = {"evidence_ids": [Command.set(self.row.ids)], "reason": "Wrong"}
        with self.assertRaises(AccessError):
            wizards.with_user(self.all_seller).create(vals)
        wizards.with_user(self.manager).create(vals).action_void()
        self.assertEqual(self.row.voided_by_ids.create_uid, self.manager)

    # RECORDING

    def _refused(self, sentence, error=ValueError, **vals):
        before = self._ledger()
        with self.assertRaisesRegex(error, sentence):
            self._record(self.other_customer, "promise_kept", **vals)
        self.assertEqual(self._ledger(), before)

    def test_magnitude(self):
        """SCORING 1: above 0 and up to 1, and a number."""
        for magnitude in (0, -1, 2, 1.0000001, float("nan"), float("inf")):
            self._refused("above 0 and up to 1", magnitude=magnitude)
        self.assertEqual(
            self._record(self.customer, "gift", magnitude=1e-9).magnitude, 1e-9
        )

    def test_date(self):
        """SCORING 2: a date more than five minutes ahead is refused."""
        self._refused("future", date=self.now + timedelta(minutes=6))
        self._refused("date", date=None)
        soon = self.now + timedelta(minutes=4)
        row = self._record(self.customer, "promise_kept", date=soon)
        self.assertEqual(row.date, soon)
        self._drain()
        waiting = self.env["trust.queue"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(waiting.not_before, soon)

    def test_key(self):
        """SCORING 2: the same fact once; about somebody else never."""
        self._refused("source", source_key="")
        vals = {"source": self.contact, "source_key": "k"}
        row = self._record(self.contact, "promise_kept", **vals)
        self.assertEqual(self._record(self.contact, "promise_kept", **vals), row)
        self._refused("somebody else", **vals)
        other = self._record(self.contact, "promise_broken", **vals)
        self.assertNotEqual(other, row)
        one, two = self.evidence._record(
            [self._vals(source_key="twice"), self._vals(source_key="twice")]
        )
        self.assertEqual(one, two)

    def test_unknown_words(self):
        """Typos are refused, not ignored."""
        self._refused("Unknown voice", voice="neighbour")
        self._refused("Unknown keys", partner=1)
        with self.assertRaisesRegex(ValueError, "Unknown trust signal"):
            self._record(self.customer, "promise_kep")

    def _vals(self, **vals):
        return {
            "signal": "promise_kept",
            "partner_id": self.other_customer.id,
            "date": self.now,
            **vals,
        }

    def test_one_bad_row_records_nothing(self):
        """A batch is recorded whole or not at all."""
        before = self._ledger()
        with self.assertRaises(ValueError):
            self.evidence._record(
                [self._vals(source_key="a"), self._vals(source_key="b", magnitude=7)]
            )
        self.assertEqual(self._ledger(), before)

    def test_voice(self):
        """SCORING 1: the voice is the row's; the signal's unless given."""
        self.assertEqual(self.row.voice, "system")
        staff = self._record(self.customer, "promise_kept", voice="staff")
        self.assertEqual(staff.voice, "staff")
        self._drain()
        self.assertTrust(self.customer, places=4, x_r_staff=1, x_r_pos=0)
        bad = self._record(self.customer, "promise_broken", voice="staff")
        self._drain()
        self.assertEqual(bad.voice, "staff")
        self.assertTrust(self.customer, places=4, x_r_neg=2)

    def test_company(self):
        """SCORING 2: given, source, lead, partner, employee; False: everywhere."""
        names = ("Given", "Source", "Lead", "Partner", "Employee")
        given, source, lead, partner, employee = self.env["res.company"].create(
            [{"name": name} for name in names]
        )
        user = self._new_user("worker", "trust_crm.group_trust_user")
        user.write({"company_ids": [Command.link(employee.id)]})
        user.company_id = employee
        told = self.env["res.partner"].create(
            {"name": "With company", "company_id": partner.id}
        )
        bare = self.env["res.partner"].create({"name": "Without"})
        leads = self.env["crm.lead"].create(
            [{"name": "Lead", "company_id": lead.id}, {"name": "Source"}]
        )
        leads[1].company_id = source
        base = {"user_id": user.id, "source_key": "c"}
        cases = [
            (given, bare, {"company_id": given.id, "source": leads[1]}),
            (source, bare, {"source": leads[1], "lead_id": leads[0].id}),
            (lead, bare, {"lead_id": leads[0].id}),
            (partner, told, {}),
            (employee, bare, {}),
            (self.env["res.company"], bare, {"company_id": False}),
        ]
        for number, (expected, who, vals) in enumerate(cases):
            key = {"source_key": f"c{number}", "partner_id": who.id}
            (row,) = self.evidence._record([self._vals(**{**base, **vals, **key})])
            with self.subTest(number):
                self.assertEqual(row.company_id, expected)
        job = self.env(user=SUPERUSER_ID, context={"allowed_company_ids": given.ids})
        vals = self._vals(partner_id=bare.id, source_key="job")
        (row,) = job["trust.evidence"]._record([vals])
        self.assertNotEqual(row.company_id.id, given.id, "the job's own company")
