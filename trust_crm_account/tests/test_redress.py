# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.trust_crm.tests.complaint_common import ComplaintCase

INVOICING = "account.group_account_invoice"


@tagged("post_install", "-at_install")
class TestRedress(ComplaintCase):
    """K6: from what a complaint grants to its credit note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.company.trust_redress_limit = 100
        cls.company.trust_redress_limit_manager = 1000
        cls.seller.group_ids += cls.env.ref(INVOICING)
        cls.tax = cls.env["account.tax"].create({"name": "15 %", "amount": 15})

    def _redress(self, value=100, approved=True, **values):
        complaint = self.complaint()
        redress = self.env["trust.complaint.redress"].with_user(self.seller)
        redress = redress.create(
            {"complaint_id": complaint.id, "kind": "refund", "value": value, **values}
        )
        if approved:
            redress.with_user(self.administrator).action_approve()
        return redress

    def _invoice(self, amount=500, partner=None, **values):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.customer).id,
                "invoice_date": "2026-01-05",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Shelf", "price_unit": amount, "tax_ids": []}
                    )
                ],
                **values,
            }
        )
        invoice.action_post()
        return invoice

    def _credit(self, redress):
        action = redress.action_credit_note()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(action["res_id"], redress.credit_note_id.id)
        return redress.credit_note_id

    # MAKING IT

    def test_new(self):
        """K6: without an invoice a draft, filled in; the complaint notes it."""
        redress = self._redress(80, name="Half of the freight")
        move = self._credit(redress)
        self.assertEqual((move.move_type, move.state), ("out_refund", "draft"))
        self.assertEqual(move.partner_id, self.customer)
        self.assertEqual(move.company_id, redress.company_id)
        self.assertEqual(move.amount_total, 80)
        complaint = redress.complaint_id
        self.assertIn(complaint.name, move.ref)
        self.assertIn("Half of the freight", move.invoice_line_ids.name)
        self.assertIn(f'data-oe-id="{move.id}"', complaint.message_ids[0].body)
        self.assertEqual(redress.credit_note_amount, 80)
        self.assertEqual(redress.credit_note_status, "draft")
        self.assertEqual(
            (complaint.credit_note_count, complaint.credited_amount), (1, 0)
        )
        move.action_post()
        self.assertEqual(complaint.credited_amount, 80)
        self.assertEqual(complaint.action_open_credit_notes()["res_id"], move.id)

    def test_taxes(self):
        """K6: the value is what the customer gets, taxes included."""
        invoice = self._invoice()
        redress = self._redress(99.99)
        invoice.button_draft()
        invoice.invoice_line_ids.tax_ids = self.tax
        invoice.action_post()
        redress.invoice_id = invoice
        move = self._credit(redress)
        self.assertEqual(move.invoice_line_ids.tax_ids, self.tax)
        self.assertAlmostEqual(move.amount_total, 99.99, delta=0.011)
        self.assertLessEqual(move.amount_total, 99.99)
        self.assertTrue(move.amount_tax)

    def test_part_of_an_invoice(self):
        """K6: set off against its invoice when it is confirmed; then it is given."""
        invoice = self._invoice()
        redress = self._redress(80, invoice_id=invoice.id)
        move = self._credit(redress)
        self.assertEqual(move.reversed_entry_id, invoice)
        move.action_post()
        self.assertEqual(invoice.amount_residual, 420)
        self.assertEqual(redress.state, "given")
        self.assertTrue(redress.given_date)

    def test_whole_invoice(self):
        """K6: of an invoice granted whole Odoo's own dialogue makes the credit note."""
        invoice = self._invoice()
        redress = self._redress(500, invoice_id=invoice.id)
        action = redress.action_credit_note()
        self.assertEqual(action["res_model"], "account.move.reversal")
        wizard = Form(
            self.env["account.move.reversal"]
            .with_user(self.seller)
            .with_context(**action["context"])
        ).save()
        self.assertIn(redress.complaint_id.name, wizard.reason)
        wizard.refund_moves()
        move = redress.credit_note_id
        self.assertEqual((move.reversed_entry_id, move.amount_total), (invoice, 500))
        move.action_post()
        self.assertEqual(redress.state, "given")

    def test_whole_invoice_by_another(self):
        """K6: Odoo's "reverse and create invoice" links the credit note too."""
        invoice = self._invoice()
        redress = self._redress(500, invoice_id=invoice.id)
        context = redress.action_credit_note()["context"]
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.seller)
            .with_context(**context)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.modify_moves()
        self.assertEqual(redress.credit_note_id.state, "posted")
        self.assertEqual(redress.credit_note_id.move_type, "out_refund")

    def test_reversal_is_odoos_own(self):
        """K6: a reversal that no redress opened is as it was."""
        invoice = self._invoice()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        action = wizard.refund_moves()
        move = self.env["account.move"].browse(action["res_id"])
        self.assertFalse(move.trust_complaint_count)
        move.action_post()

    def test_once(self):
        """K6: one credit note at a time; a cancelled one makes room for another."""
        redress = self._redress()
        move = self._credit(redress)
        with self.assertRaisesRegex(UserError, "already"):
            redress.action_credit_note()
        self.assertFalse(redress.may_credit)
        move.button_cancel()
        self.assertTrue(redress.may_credit)
        self.assertNotEqual(self._credit(redress), move)
        redress.credit_note_id.unlink()
        self.assertFalse(redress.credit_note_id)
        self._credit(redress)

    # APPROVAL

    def test_not_approved(self):
        """K6: what is not approved is not credited, and the error says what to do."""
        redress = self._redress(800, approved=False)
        with self.assertRaisesRegex(UserError, "press Approve"):
            redress.action_credit_note()
        redress.action_approve()
        with self.assertRaisesRegex(UserError, "waits for approval"):
            redress.action_credit_note()
        redress.with_user(self.manager).action_refuse()
        with self.assertRaisesRegex(UserError, "add another one"):
            redress.action_credit_note()
        self.assertFalse(redress.credit_note_id)

    def test_no_more_than_approved(self):
        """K6: a credit note is not confirmed above what was approved."""
        redress = self._redress(80)
        move = self._credit(redress)
        move.invoice_line_ids.price_unit = 81
        with self.assertRaisesRegex(UserError, "was approved"):
            move.action_post()
        move.invoice_line_ids.price_unit = 80
        redress.value = 90
        with self.assertRaisesRegex(UserError, "not approved"):
            move.action_post()
        redress.action_approve()
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_no_more_than_approved_by_reversal(self):
        """K6: nor by a dialogue that was opened while more was approved."""
        invoice = self._invoice()
        redress = self._redress(500, invoice_id=invoice.id)
        context = redress.action_credit_note()["context"]
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.seller)
            .with_context(**context)
            .create({"journal_id": invoice.journal_id.id})
        )
        redress.value = 50
        with self.assertRaises(UserError):
            wizard.modify_moves()
        redress.action_approve()
        with self.assertRaises(UserError):
            wizard.modify_moves()

    def test_money(self):
        """K6: a repair or nothing at all is no credit note."""
        for values in ({"kind": "repair"}, {"value": 0}):
            with self.assertRaisesRegex(UserError, "in money"):
                self._redress(**values).action_credit_note()

    # RIGHTS

    def test_rights(self):
        """K6: without invoicing rights no button, and no way round it."""
        redress = self._redress().with_user(self.all_seller)
        self.assertFalse(redress.may_credit)
        with self.assertRaises(AccessError):
            redress.action_credit_note()
        with self.assertRaises(AccessError):
            _name = redress.invoice_id
        self._credit(redress.with_user(self.seller))
        redress.invalidate_recordset()
        self.assertEqual(redress.credit_note_amount, 100)
        self.assertEqual(redress.credit_note_status, "draft")
        self.assertTrue(redress.web_read({"credit_note_id": {"fields": {}}}))

    def test_link_is_not_written(self):
        """K6: the link is made by the button alone."""
        redress, move = self._redress(), self._invoice()
        with self.assertRaises(UserError):
            redress.credit_note_id = move
        other = redress.create(
            {"complaint_id": redress.complaint_id.id, "credit_note_id": move.id}
        )
        self.assertFalse(other.credit_note_id)

    def test_about(self):
        """K1: whom it is about makes no credit note of it."""
        redress = self._redress()
        about = self._new_user("about", "trust_crm.group_trust_user_all")
        about.group_ids += self.env.ref(INVOICING)
        redress.complaint_id.with_user(self.manager).about_user_id = about
        with self.assertRaises(AccessError):
            redress.with_user(about).action_credit_note()

    def test_whose_invoice(self):
        """T4: only an invoice of this customer, in this company."""
        redress = self._redress()
        foreign = self._invoice(partner=self.other_customer)
        with self.assertRaises(ValidationError):
            redress.invoice_id = foreign
        contact = self.env["res.partner"].create(
            {"name": "Ida", "parent_id": self.customer.id}
        )
        redress.invoice_id = self._invoice(partner=contact)

    def test_company(self):
        """T4: the credit note is the complaint's company's, whatever is open now."""
        redress = self._redress()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.seller.company_ids += other
        both = redress.with_context(allowed_company_ids=(other | self.company).ids)
        self.assertEqual(self._credit(both).company_id, self.company)
        alone = self._redress().with_context(allowed_company_ids=other.ids)
        alone.invalidate_recordset()
        with self.assertRaises(AccessError):
            alone.action_credit_note()

    def test_button(self):
        """K6: the complaint shows the button to those with invoicing rights."""
        complaint = self.complaint()
        for user, shown in ((self.all_seller, False), (self.seller, True)):
            views = complaint.with_user(user).get_view(view_type="form")
            for name in (
                "action_credit_note",
                "invoice_id",
                "action_open_credit_notes",
            ):
                self.assertEqual(f'name="{name}"' in views["arch"], shown, name)
            self.assertIn('name="credit_note_status"', views["arch"])

    # BACK

    def test_back(self):
        """K6: from the credit note to its complaint, for those who may see it."""
        redress = self._redress()
        move = self._credit(redress)
        self.assertEqual(move.trust_complaint_count, 1)
        action = move.action_open_trust_complaint()
        self.assertEqual(action["res_id"], redress.complaint_id.id)
        stranger = self._new_user("stranger", "trust_crm.group_trust_user")
        self.assertFalse(move.with_user(stranger).trust_complaint_count)
        accountant = self._new_user("accountant", "base.group_user")
        accountant.group_ids += self.env.ref(INVOICING)
        with self.assertRaises(AccessError):
            _count = move.with_user(accountant).trust_complaint_count
        for user, shown in ((accountant, False), (self.seller, True)):
            views = move.with_user(user).get_view(view_type="form")
            self.assertEqual("action_open_trust_complaint" in views["arch"], shown)
        move.with_user(accountant).action_post()
        self.assertEqual(move.state, "posted")
