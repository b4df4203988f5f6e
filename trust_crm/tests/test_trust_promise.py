# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestTrustPromise(PromiseCase):
    def setUp(self):
        super().setUp()
        self.promises = self.env["trust.promise"].with_user(self.seller)

    def test_defaults(self):
        """P1: me, my company, the next working day; a Friday proposes Monday."""
        self.assertTrue(self.env.company.resource_calendar_id, "office hours")
        with self.at(days=4):
            promise = self.promises.create(
                {"name": "Call", "partner_id": self.customer.id}
            )
        self.assertEqual(promise.user_id, self.seller)
        self.assertEqual(promise.company_id, self.seller.company_id)
        self.assertEqual(promise.date_deadline, self.day(7))
        self.assertEqual(promise.state, "open")

    def test_quick_dialog(self):
        """P1: the dialog from a partner knows the customer and the place."""
        action = self.promises.get_quick_action("res.partner", self.customer.id)
        form = Form(
            self.promises.with_context(**action["context"]),
            view="trust_crm.trust_promise_view_form_quick",
        )
        form.name = "Send samples"
        promise = form.save()
        self.assertEqual(promise.partner_id, self.customer)
        self.assertEqual(promise.res_model, "res.partner")
        self.assertEqual(promise.res_id, self.customer.id)

    def test_lead(self):
        """P1, C6: a lead's promise becomes its customer's, once there is one."""
        lead = self.env["crm.lead"].create(
            {"name": "New roof", "contact_name": "Ines", "user_id": self.seller.id}
        )
        promise = self.promise(partner_id=False, lead_id=lead.id)
        self.assertEqual(promise.promised_to, "Ines")
        self.assertFalse(promise.partner_id)
        with self.at(days=1):
            promise.action_keep()
        self.assertEqual(self.codes(promise), ["promise_kept"])
        lead.partner_id = self.customer
        self.env.cr.flush()
        self.assertEqual(promise.partner_id, self.customer)
        promise.sudo()._collect_trust_evidence()
        self.assertEqual(self.codes(promise), ["promise_kept"])
        self.assertEqual(len(self.rows(promise)), 1)

    def test_merged_leads(self):
        """C6: the promises of merged leads belong to the one that stays."""
        leads = self.env["crm.lead"].create(
            [
                {"name": f"Roof {i}", "type": "opportunity", "user_id": self.seller.id}
                for i in range(2)
            ]
        )
        promises = self.promises.create(
            [{"name": lead.name, "lead_id": lead.id} for lead in leads]
        )
        stays = leads.merge_opportunity()
        self.assertEqual(promises.lead_id, stays)

    def test_subject_needed(self):
        """P1: clear sentences for a promise to nobody, or to a colleague."""
        with self.assertRaisesRegex(ValidationError, "customer or a lead"):
            self.promise(partner_id=False)
        with self.assertRaisesRegex(UserError, "one of us"):
            self.promise(partner_id=self.other_seller.partner_id.id)

    def test_promiser_needed(self):
        """P1: an archived colleague can promise nothing."""
        self.other_seller.active = False
        with self.assertRaisesRegex(ValidationError, "no colleague"):
            self.promise(user_id=self.other_seller.id)
        with self.assertRaisesRegex(ValidationError, "Say who"):
            self.promise(user_id=False)

    def test_state_is_not_written(self):
        """P2: no client writes a state, whatever door or context it takes."""
        promise = self.promise()
        for name, value in (
            ("state", "kept"),
            ("missed_at", False),
            ("customer_answer", "kept"),
        ):
            with self.assertRaisesRegex(UserError, "buttons"):
                promise.write({name: value})
        past = {"default_state": "kept", "default_date_done": "2020-01-01 00:00:00"}
        forged = self.promises.with_context(**past).create(
            {
                "name": "Forged",
                "partner_id": self.customer.id,
                "state": "kept",
                "customer_answer": "kept",
            }
        )
        self.assertEqual(forged.state, "open")
        self.assertFalse(forged.date_done or forged.customer_answer)
        self.assertFalse(self.live(forged))

    def test_counted_subject_stays(self):
        """P2: whose promise it was does not change once it counts."""
        promise = self.promise()
        promise.partner_id = self.env["res.partner"].create({"name": "Other"})
        with self.at(days=1):
            promise.action_keep()
        for vals in (
            {"partner_id": self.customer.id},
            {"direction": "theirs"},
            {"user_id": self.other_seller.id},
        ):
            with self.assertRaisesRegex(UserError, "already counted"):
                promise.write(vals)

    def test_delete(self):
        """P3: only what was just written down can be deleted; a manager may."""
        self.promises.create({"name": "Oops", "partner_id": self.customer.id}).unlink()
        kept = self.promise()
        with self.at(days=1):
            kept.action_keep()
        with self.assertRaisesRegex(UserError, "Cancel it"):
            kept.unlink()
        rows = self.rows(kept)
        kept.with_user(self.manager).unlink()
        self.assertEqual(rows.mapped("state"), ["voided"])

    def test_copy_starts_anew(self):
        """P3: a copy carries nothing of the first one's past."""
        promise = self.promise()
        with self.at(days=9):
            self.break_overdue()
            copied = promise.copy()
        self.assertEqual(copied.state, "open")
        self.assertFalse(copied.missed_at or copied.change_ids)

    def test_partner_deleted(self):
        """Deleting a contact works as without promises."""
        promise = self.promise()
        self.customer.unlink()
        self.assertTrue(promise.exists())
        with self.at(days=9):
            self.break_overdue()
        self.assertEqual(promise.state, "broken")
        self.assertFalse(self.live(promise))

    def test_merged_partners(self):
        """C1: the promises of merged contacts are the survivor's."""
        double = self.env["res.partner"].create({"name": "Mara L."})
        promise = self.promise(partner_id=double.id)
        with self.at(days=1):
            promise.action_keep()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | double).ids, self.customer
        )
        self.assertEqual(promise.partner_id, self.customer)
        promise.sudo()._collect_trust_evidence()
        self.assertEqual(self.codes(promise), ["promise_kept"])

    def test_company_follows_subject(self):
        """C9: a promise belongs to its lead's, else its customer's company."""
        company = self.env["res.company"].create({"name": "Branch"})
        self.seller.write({"company_ids": [Command.link(company.id)]})
        self.customer.company_id = company
        self.assertEqual(self.promise().company_id, company)
