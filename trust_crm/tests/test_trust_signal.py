# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TrustCase

# Opened and closed within two days; "sale" is not installed everywhere, so the
# opportunity itself plays the request (create) and the quotation (its first closing).
QUICK = {
    "name": "Quotation sent within 2 days of the request",
    "code": "quick_quotation",
    "detector": "records",
    "domain": "[('type', '=', 'opportunity'), ('date_open', '>', 'today -30d')]",
    "subject_path": "partner_id",
    "date_path": "date_open",
    "until_path": "date_closed",
    "limit": 2,
    "limit_unit": "days",
    "employee_path": "user_id",
    "magnitude_path": "expected_revenue",
    "magnitude_scale": 1000,
}


@tagged("post_install", "-at_install")
class TestTrustSignal(TrustCase):
    """C2: an administrator makes a signal from data alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["ir.model"]._get("crm.lead")
        cls.quick = cls._make_lead("Quick", hours=30, revenue=500)
        cls.slow = cls._make_lead("Slow", hours=72, revenue=500)
        cls.waiting = cls._make_lead("Not sent yet", hours=None, revenue=500)
        cls.large = cls._make_lead("Large", hours=1, revenue=9000)
        cls.old = cls._make_lead("Old", hours=1, revenue=500, days=90)

    @classmethod
    def _make_lead(cls, name, hours, revenue, days=10, **vals):
        lead = cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "opportunity",
                "partner_id": cls.customer.id,
                "user_id": cls.seller.id,
                "expected_revenue": revenue,
                **vals,
            }
        )
        start = cls.now - timedelta(days=days)
        lead.date_open = start
        lead.date_closed = hours and start + timedelta(hours=hours)
        return lead

    def _make(self, active=True, **vals):
        signals = self.env["trust.signal"].with_user(self.administrator)
        return signals.create(
            {**QUICK, "model_id": self.model.id, "active": active, **vals}
        )

    def _rows(self, signal):
        return self.evidence.search([("signal_id", "=", signal.id)])

    def test_made_in_the_form(self):
        """C2: the form asks for no code and saves what the administrator chose."""
        form = Form(self.env["trust.signal"].with_user(self.administrator))
        form.name = QUICK["name"]
        form.code = QUICK["code"]
        form.model_id = self.model
        for name in ("domain", "subject_path", "date_path", "until_path"):
            form[name] = QUICK[name]
        form.limit, form.limit_unit = 2, "days"
        signal = form.save()
        self.assertTrue(signal.active)
        self.assertEqual(signal.detector, "records")

    def test_on_a_record(self):
        """C2: the test shows which records match and what each would count."""
        signal = self._make(active=False)
        before = self.evidence.search_count([])
        action = signal.action_test()
        test = self.env["trust.signal.test"].browse(action["res_id"])
        found = {line.source_name: line.magnitude for line in test.line_ids}
        self.assertEqual(found, {"Quick": 0.5, "Large": 1.0})
        self.assertEqual((test.total, test.counted), (2, 2))
        line = test.line_ids.filtered(lambda x: x.source_name == "Quick")
        self.assertEqual(line.date, self.quick.date_closed)
        self.assertEqual(line.partner_id, self.customer)
        self.assertEqual(line.user_id, self.seller)
        self.assertEqual(self.evidence.search_count([]), before, "nothing is written")

    def test_collect_twice(self):
        """C2: active, it is collected; collecting twice adds nothing."""
        signal = self._make()
        self.env["trust.signal"]._collect()
        rows = self._rows(signal)
        self.assertEqual(
            {(r.source_id, r.magnitude) for r in rows},
            {(self.quick.id, 0.5), (self.large.id, 1.0)},
        )
        self.assertEqual(self.env["trust.signal"]._collect(), 0)
        self.assertEqual(self._rows(signal), rows)
        self.assertTrue(signal.last_collected)

    def test_relative_date_moves_on(self):
        """C2: a record that no longer matches adds nothing and voids nothing."""
        signal = self._make()
        self.env["trust.signal"]._collect()
        rows = self._rows(signal)
        self.quick.date_open = self.now - timedelta(days=40)
        self.env["trust.signal"]._collect()
        self.assertEqual(self._rows(signal), rows)

    def test_counts_by_the_policy(self):
        """C2: the score moves only when the policy gives the signal a weight."""
        signal = self._make()
        self.env["trust.signal"]._collect()
        self._drain()
        before = self._relationship(self.customer).reliability
        policy = self.env["trust.policy"]._get_published(self.company)
        draft = policy.copy()
        draft.line_ids = [(0, 0, {"signal_id": signal.id, "part": "R", "weight": 1.0})]
        draft.action_publish()
        self._drain()
        self.assertGreater(self._relationship(self.customer).reliability, before)

    def test_subject_by_lead(self):
        """C2: the customer may be reached through a lead."""
        lead = self.env["crm.lead"].create({"name": "Stranger"})
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.seller.id)
        signal = self._make(
            model_id=self.env["ir.model"]._get("crm.lead").id,
            domain=f"[('id', '=', {self.quick.id})]",
            date_path="create_date",
            until_path=False,
            limit=0,
            magnitude_path=False,
            employee_path=False,
            code="reached",
        )
        self.env["trust.signal"]._collect()
        self.assertEqual(self._rows(signal).partner_id, self.customer)

    def _refused(self, part, **vals):
        with self.subTest(part, **{k: str(v) for k, v in vals.items()}):
            with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
                self._make(**vals)
            self.assertIn(part, str(caught.exception))

    def test_wrong_parts_are_named(self):
        """C2: a wrong model, path, domain, magnitude or limit is refused, and named."""
        get = self.env["ir.model"]._get
        self._refused("Records", model_id=False)
        self._refused("Records", model_id=get("res.users").id)
        self._refused("Records", model_id=get("ir.cron").id)
        self._refused("Customer", subject_path="nobody_id")
        self._refused("Customer", subject_path="user_id")
        self._refused("Customer", subject_path=False)
        self._refused("Date", date_path="name")
        self._refused("Date", date_path="partner_id.nothing")
        self._refused("Until", until_path="expected_revenue")
        self._refused("Employee", employee_path="partner_id")
        self._refused("Magnitude", magnitude_path="name")
        self._refused("Magnitude", magnitude_scale=0)
        self._refused("Limit", limit=0)
        self._refused("Domain", domain="[('no_field', '=', 1)]")
        self._refused("Domain", domain="[('id', '=', 1)")
        self._refused("Domain", domain="__import__('os').system('true')")

    def test_wrong_parts_may_wait_inactive(self):
        """C2: work in progress is kept inactive; activating it checks it."""
        signal = self._make(active=False, date_path="name")
        with self.assertRaises(ValidationError):
            signal.active = True
        with self.assertRaises(ValidationError):
            signal.action_test()

    def test_voice_and_company(self):
        """C2: the row carries the signal's voice and the record's company."""
        signal = self._make(voice="staff")
        self.env["trust.signal"]._collect()
        rows = self._rows(signal)
        self.assertEqual(set(rows.mapped("voice")), {"staff"})
        self.assertEqual(rows.company_id, self.quick.company_id or self.company)

    def test_who_may(self):
        """C2: only an administrator makes or tests signals."""
        with self.assertRaises(AccessError):
            self.env["trust.signal"].with_user(self.manager).create(dict(QUICK))
        signal = self._make(active=False)
        with self.assertRaises(AccessError):
            signal.with_user(self.manager).action_test()

    def test_code_stays(self):
        """C2: history refers to the code, and a spoken signal is archived, not lost."""
        signal = self._make()
        self.env["trust.signal"]._collect()
        with self.assertRaises(UserError):
            signal.code = "other"
        with self.assertRaises(UserError):
            signal.unlink()

    def test_shipped_signals_are_sound(self):
        """C2: every shipped active signal of records or built in can be observed."""
        for signal in self.env["trust.signal"].search([]):
            if signal.detector == "records":
                signal._check_record_parts()
            elif signal.detector == "builtin":
                self.assertTrue(signal._has_builtin(), signal.code)

    def test_void_wizard(self):
        """C1: a manager corrects the ledger with a reason, which stays readable."""
        row = self._record(self.customer, "promise_broken")
        self._drain()
        self.assertLess(self._relationship(self.customer).trust_index, 50)
        action = row.with_user(self.manager).action_void()
        form = Form(
            self.env["trust.evidence.void"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        form.reason = "It was our carrier"
        form.save().action_void()
        self._drain()
        self.assertEqual(row.state, "voided")
        self.assertEqual(row.voided_by_ids.void_reason, "It was our carrier")
        self.assertEqual(row.voided_by_ids.create_uid, self.manager)
        self.assertAlmostEqual(self._relationship(self.customer).trust_index, 50)
        with self.assertRaisesRegex(UserError, "void already"):
            form.save().action_void()
        with self.assertRaises(AccessError):
            self.env["trust.evidence.void"].with_user(self.all_seller).create(
                {"evidence_ids": row.ids, "reason": "I do not like it"}
            )
