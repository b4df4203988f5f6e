# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form

from ..tools import trust_equation as te
from .handover_common import HandoverCase


class TestTrustHandover(HandoverCase):
    """R5: what happens when the salesperson of a customer changes."""

    def test_changing_the_salesperson_opens_a_checklist(self):
        """R5: one holds at least 70 % of the trust: joint meeting, promises, memory,
        customer told."""
        self.customer.user_id = self.colleague
        handover = self._handovers()
        self.assertEqual(len(handover), 1)
        self.assertEqual(handover.old_user_id, self.seller)
        self.assertEqual(handover.new_user_id, self.colleague)
        self.assertEqual(handover.holder_id, self.seller)
        self.assertEqual(handover.state, "open")
        self.assertEqual(
            handover.step_ids.mapped("kind"), ["meeting", "promises", "memory", "told"]
        )
        self.assertAlmostEqual(handover.share_before, 1.0)
        self.assertTrust(self.customer, trust_index=handover.trust_before)
        self.assertEqual(self.customer.trust_handover_count, 1)

    def test_people_come_along_with_their_company(self):
        """R5: one checklist per customer, whether at once or one after the other."""
        (self.customer | self.contact).user_id = self.colleague
        self.assertEqual(len(self._handovers()), 1)
        self.assertFalse(self._handovers(self.contact))
        twin = self.contact.copy({"name": "Twin", "user_id": self.seller.id})
        self._hold(twin, self.seller)
        self._drain()
        twin.user_id = self.colleague
        self.assertFalse(self._handovers(twin), "the company's is going on")

    def test_a_contact_alone(self):
        """R5: where the company stays, a contact has a checklist of its own."""
        self.contact.user_id = self.colleague
        self.assertEqual(len(self._handovers(self.contact)), 1)
        self.assertFalse(self._handovers())

    def test_no_checklist_where_nobody_holds_the_trust(self):
        """R5, R4: trust held by two, or too little of it, asks for nothing."""
        self.other_customer.user_id = self.colleague
        self.assertFalse(self._handovers(self.other_customer), "no evidence")
        self._hold(self.customer, self.all_seller)
        self._drain()
        self.customer.user_id = self.colleague
        self.assertFalse(self._handovers(), "two hold it")

    def test_the_holder_becomes_salesperson(self):
        """R5: nothing to hand over to whoever holds the trust already."""
        self._hold(self.other_customer, self.colleague)
        self._drain()
        self.other_customer.user_id = self.colleague
        self.assertFalse(self._handovers(self.other_customer))

    def test_nobody_then_somebody(self):
        """R5: the checklist waits for who takes over, and names the holder."""
        self.customer.user_id = False
        self.assertFalse(self._handovers())
        self.customer.user_id = self.colleague
        self.assertEqual(self._handovers().old_user_id, self.seller)

    def test_open_promises_pass_to_the_new_owner(self):
        """R5: no promise is lost: ours, theirs, broken ones, those of the contacts."""
        ours = self._promise("Send the offer")
        theirs = self._promise("Sign", self.contact, direction="theirs")
        broken = self._promise("Call", date_deadline=fields.Date.today() - timedelta(9))
        kept = self._promise("Visit")
        kept.action_keep()
        elsewhere = self._promise("Other", self.other_customer)
        others = self._promise("Somebody else's", user=self.all_seller)
        self.assertEqual(broken.state, "broken")
        self.customer.user_id = self.colleague
        passed = ours | theirs | broken
        self.assertEqual(passed.user_id, self.colleague)
        self.assertEqual((kept | elsewhere).user_id, self.seller)
        self.assertEqual(others.user_id, self.all_seller)
        handover = self._handovers()
        self.assertEqual(handover.promise_ids, passed)
        self.assertEqual(self._step(handover, "promises").state, "done")
        self.assertIn("seller", ours.message_ids[:1].body)
        row = broken._trust_evidence_rows()
        self.assertEqual(row.user_id, self.seller, "who missed it, missed it")

    def test_promises_stay_when_the_new_one_cannot_see_them(self):
        """R5: a promise never goes to somebody outside the app, where it is lost."""
        promise = self._promise("Send the offer")
        self.customer.user_id = self.outsider
        self.assertEqual(promise.user_id, self.seller)
        handover = self._handovers()
        self.assertEqual(self._step(handover, "promises").state, "todo")
        self.assertFalse(handover.activity_ids)

    def test_once_more_and_back(self):
        """R5: one checklist per change; promises follow, and come back."""
        promise = self._promise("Send the offer")
        self.customer.user_id = self.colleague
        handover = self._handovers()
        self.customer.user_id = self.third
        self.assertEqual(self._handovers(), handover)
        self.assertEqual(handover.new_user_id, self.third)
        self.assertEqual(promise.user_id, self.third)
        self.assertEqual(handover.activity_ids.user_id, self.third)
        self.customer.user_id = self.seller
        self.assertEqual(handover.state, "cancelled")
        self.assertEqual(promise.user_id, self.seller)
        self.assertFalse(handover.activity_ids)

    def test_the_new_one_has_one_thing_to_do(self):
        """R5: an activity for who takes over, gone when the checklist is done."""
        self.customer.user_id = self.colleague
        handover = self._handovers()
        self.assertEqual(handover.activity_ids.user_id, self.colleague)
        mine = handover.with_user(self.colleague)
        for kind in ("meeting", "told"):
            self._step(mine, kind).action_done()
        self.assertEqual(handover.state, "open")
        self._step(mine, "memory").action_keep_memory()
        self.assertEqual(handover.state, "done")
        self.assertFalse(handover.activity_ids)
        meeting = self._step(handover, "meeting")
        self.assertEqual(meeting.done_user_id, self.colleague)
        self.assertEqual(self._step(handover, "memory").choice, "kept")
        with self.assertRaises(UserError):
            self._step(mine, "told").action_undo()
        mine.action_reopen()
        self._step(mine, "told").action_undo()
        self.assertEqual(self._step(handover, "told").state, "todo")

    def test_meeting_and_mail_are_at_hand(self):
        """R5: the meeting has all three of us; the mail is in the customer's words."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.customer.user_id = self.colleague
        handover = self._handovers().with_user(self.colleague)
        action = self._step(handover, "meeting").action_plan()
        form = Form(
            self.env["calendar.event"]
            .with_user(self.colleague)
            .with_context(**action["context"])
        )
        three = self.customer | self.seller.partner_id | self.colleague.partner_id
        self.assertEqual(form.partner_ids[:], three)
        action = self._step(handover, "told").action_tell()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.colleague)
            .with_context(**action["context"])
        )
        self.assertEqual(composer.partner_ids[:], self.customer)
        self.assertIn("colleague", composer.subject)

    def test_what_is_remembered_and_who_reads_it(self):
        """R5, H4: the checklist says which notes the new salesperson reads; they do."""
        self.env["trust.consent"].create({"partner_id": self.contact.id})
        notes = (
            self.env["trust.memory"]
            .with_user(self.seller)
            .create(
                [
                    {
                        "partner_id": self.contact.id,
                        "text": "Likes boats",
                        "sensitivity": sensitivity,
                    }
                    for sensitivity in ("normal", "sensitive", "confidence")
                ]
            )
        )
        (self.customer | self.contact).user_id = self.colleague
        step = self._step(self._handovers(), "memory").with_user(self.colleague)
        self.assertIn("told in confidence", step.said)
        domain = step.action_open_notes()["domain"]
        read = self.env["trust.memory"].with_user(self.colleague).search(domain)
        self.assertEqual(read.sudo(), notes[:2].sudo())
        step.action_share_memory()
        self.assertNotIn("told in confidence", step.said)

    def test_skipping_asks_a_reason(self):
        """R5: a step, or all of it, is left out with a reason only."""
        self.customer.user_id = self.colleague
        handover = self._handovers().with_user(self.colleague)
        step = self._step(handover, "meeting")
        with self.assertRaises(AssertionError):
            self._leave_out(step, False)
        with self.assertRaises(UserError):
            self._leave_out(step, "  ")
        self.assertEqual(step.state, "todo")
        self._leave_out(step, "They have met at the fair")
        self.assertEqual(step.state, "skipped")
        self.assertEqual(step.note, "They have met at the fair")
        self.assertEqual(handover.state, "open")
        self._leave_out(handover, "The customer moves abroad")
        self.assertEqual(handover.state, "skipped")
        self.assertEqual(handover.reason, "The customer moves abroad")
        told = self._step(handover, "told")
        self.assertEqual(told.note, "The customer moves abroad")
        self.assertFalse(handover.activity_ids)

    def _leave_out(self, records, reason):
        """Press the button on ``records``, fill in the wizard, press its button."""
        action = records.action_skip()
        model = records.env[action["res_model"]].with_context(**action["context"])
        wizard = Form(model)
        if reason:
            wizard.reason = reason
        wizard.save().action_apply()

    def test_merged_customers_keep_their_handover(self):
        """R5, T3: it follows the contact that stays."""
        self.customer.user_id = self.colleague
        handover = self._handovers()
        twin = self.env["res.partner"].create(
            {"name": "Azure again", "is_company": True, "user_id": self.colleague.id}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, twin)
        self.assertEqual(handover.partner_id, twin)
        self.assertEqual(twin.trust_handover_count, 1)

    def test_the_new_bond_starts_at_the_borrowed_prior(self):
        """R5: what the customer's other evidence lends stands before the own facts."""
        self.customer.user_id = self.colleague
        self._record(self.customer, "contact_by_customer", user_id=self.colleague.id)
        self._drain()
        relationship = self._relationship(self.customer)
        bonds = relationship.bond_ids.grouped("user_id")
        mine = self._masses(bonds[self.colleague])
        all_of = self._masses(relationship)
        lent = {key: max(0, all_of[key] - mine[key]) for key in mine}
        own = te.score(mine, 0, te.lend(lent))
        alone = te.score(mine, 0)
        self.assertAlmostEqual(bonds[self.colleague].trust_index, own.index, 3)
        self.assertGreater(own.index, alone.index + 0.05)

    def _masses(self, record):
        return {
            (component, group): record[f"x_{component.lower()}_{group}"]
            for component in "CRIO"
            for group in ("pos", "staff", "neg")
        }
