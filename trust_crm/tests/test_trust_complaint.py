# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestTrustComplaint(ComplaintCase):
    """The path of a complaint, and what holds it on the way."""

    # INTAKE

    def test_intake(self):
        """K1: a number, an acknowledgement with the deadline, whose it is."""
        complaint = self.complaint(remedy_sought="Bring it before Friday")
        self.assertRegex(complaint.name, r"^C2026/\d{4}$")
        self.assertEqual(complaint.user_id, self.seller)
        self.assertEqual(complaint.step_code, "received")
        self.assertEqual(complaint.answer_deadline, self.utc("2026-01-12 17:00:00"))
        self.assertEqual(complaint.next_deadline, complaint.answer_deadline)
        self.assertIn(self.customer, complaint.message_partner_ids)

    def test_intake_is_cheap(self):
        """B6: what filing sets off is asked of the database once each."""
        self.complaint()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self.complaint()

    def test_customer_only(self):
        """K1: colleagues are no customers."""
        with self.assertRaises(UserError):
            self.complaint(partner_id=self.manager.partner_id.id)

    # PATH

    def test_whole_way(self):
        """K2: every step with date and author, nothing left out."""
        complaint = self.complaint()
        with self.at(hours=1):
            complaint.action_next()
            self.assertEqual(complaint.step_code, "listening")
        with self.at(hours=2):
            self.clarify(complaint)
            complaint.action_next()
            solution = self.propose(complaint)
            self.assertEqual(complaint.step_code, "proposed")
        with self.at(hours=3):
            complaint._customer_answer(solution, True, "Fine.")
            self.assertEqual(complaint.step_code, "agreed")
            self.settle(complaint)
            complaint.action_next()
        self.assertEqual(complaint.step_code, "resolved")
        self.assertEqual(complaint.resolved_date, self.utc("2026-01-12 11:00:00"))
        with self.at(days=1):
            complaint.write({"cause_id": self.cause.id, "customer_told": True})
            complaint.action_next()
        self.assertEqual(complaint.step_code, "closed")
        moves = complaint.move_ids.sorted("id")
        self.assertEqual(
            moves.step_id.mapped("code"),
            [
                "received",
                "listening",
                "clarified",
                "proposed",
                "agreed",
                "resolved",
                "closed",
            ],
        )
        self.assertTrue(all(move.date and move.author_id for move in moves))
        self.assertEqual(moves[4].author_id, self.customer, "who said yes")
        self.assertEqual(moves[-1].author_id, self.seller.partner_id)

    def test_next_step(self):
        """K2: the form shows the one next step and why it is blocked."""
        complaint = self.complaint()
        self.assertEqual(complaint.next_code, "listening")
        self.assertFalse(complaint.blocked_by)
        complaint.action_next()
        self.assertIn("in the customer's words", complaint.blocked_by)
        self.assertIn("What does the customer feel", complaint.blocked_by)
        with self.assertRaisesRegex(UserError, "customer's words"):
            complaint.action_next()
        self.clarify(complaint)
        self.assertFalse(complaint.blocked_by)

    def test_disagreement_is_enough(self):
        """K2: the problem, agreed or the disagreement noted."""
        complaint = self.complaint()
        complaint.action_next()
        self.clarify(complaint)
        complaint.problem_agreed = False
        with self.assertRaises(UserError):
            complaint.action_next()
        complaint.disagreement = "We say the day was never promised."
        complaint.action_next()
        self.assertEqual(complaint.step_code, "clarified")

    def test_not_resolved_without(self):
        """K2: no way to *resolved* without each of what it needs."""
        for spoil in (
            {"problem": False},
            {"problem_agreed": False},
            {"apology": False},
            {"no_redress": False},
        ):
            complaint = self.complaint()
            self.clarify(complaint)
            self.accept(complaint)
            self.settle(complaint)
            complaint.write(spoil)
            with self.subTest(spoil), self.assertRaises(UserError):
                complaint.action_next()
            resolved = self.env["trust.complaint.step"]._get("resolved")
            with self.subTest(spoil), self.assertRaises(UserError):
                complaint.step_id = resolved
            with self.subTest(spoil), self.assertRaises(ValidationError):
                complaint.sudo().step_id = resolved

    def test_not_spoiled_afterwards(self):
        """K2: what *resolved* needs cannot be taken away from it."""
        complaint = self.resolve(self.complaint())
        for spoil in ({"problem": False}, {"apology": False}, {"no_redress": False}):
            with self.assertRaises(ValidationError):
                complaint.write(spoil)

    def test_closed_needs_cause(self):
        """K7: the cause is required only to close; so is that the customer knows."""
        complaint = self.resolve(self.complaint())
        with self.assertRaisesRegex(UserError, "cause"):
            complaint.action_next()
        complaint.cause_id = self.cause
        with self.assertRaisesRegex(UserError, "Tell the customer"):
            complaint.action_next()
        complaint.action_customer_told()
        complaint.action_next()
        self.assertEqual(complaint.step_code, "closed")

    def test_doors(self):
        """K2, T24: no write, create, default or import reaches around the path."""
        model = self.env["trust.complaint"].with_user(self.seller)
        closed = self.env["trust.complaint.step"]._get("closed")
        complaint = self.complaint(step_id=closed.id, recovered="yes", confirmed=False)
        self.assertEqual(complaint.step_code, "received")
        self.assertEqual((complaint.recovered, complaint.confirmed), ("unknown", True))
        sneaky = model.with_context(
            default_step_id=closed.id,
            default_outcome="good",
            default_resolved_date=fields.Datetime.now(),
            install_mode=True,
            tracking_disable=True,
            import_file=True,
        )
        one = sneaky.create({"subject": "x", "partner_id": self.customer.id})
        self.assertEqual(one.step_code, "received")
        self.assertFalse(one.sudo().outcome or one.resolved_date)
        for vals in (
            {"resolved_date": fields.Datetime.now()},
            {"answer_deadline": fields.Datetime.now()},
            {"recovered": "yes"},
            {"urgency": 1},
            {"move_ids": [fields.Command.clear()]},
            {"access_token": "x"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                sneaky.browse(one.id).write(vals)
        with self.assertRaises(UserError):
            sneaky.browse(one.id).write({"step_id": closed.id})
        loaded = sneaky.load(
            ["id", "subject", "partner_id/.id", "step_id/.id"],
            [["__import__.c1", "Imported", str(self.customer.id), str(closed.id)]],
        )
        imported = model.browse(loaded["ids"])
        self.assertEqual(imported.step_code, "received")

    def test_leave_and_return(self):
        """K2: withdrawn and rejected need a reason; a rejection can be appealed."""
        complaint = self.complaint()
        with self.assertRaises(UserError):
            complaint._leave("rejected", "  ")
        complaint._leave("rejected", "The warranty ended two years ago.")
        self.assertEqual(complaint.step_code, "rejected")
        self.assertTrue(complaint.stopped_date)
        with self.assertRaises(UserError):
            complaint.action_next()
        complaint._reopen("We were told three years.", appeal=True)
        self.assertEqual(complaint.step_code, "listening")
        self.assertTrue(complaint.appealed)
        complaint._leave("withdrawn", "Found it in the cellar.")
        with self.assertRaises(UserError):
            complaint._reopen("Again", appeal=True)
        reasons = complaint.move_ids.mapped("reason")
        self.assertIn("We were told three years.", reasons)

    def test_words_stay(self):
        """K1: what the customer wrote is not rewritten by us."""
        complaint = self.env["trust.complaint"]._file(
            self.customer, {"subject": "Broken", "description": "<p>It broke</p>"}
        )
        mine = complaint.with_user(self.seller)
        with self.assertRaises(UserError):
            mine.description = "<p>All fine</p>"

    def test_file_whitelist(self):
        """K1, T7: from a form only what a customer may say is taken."""
        complaint = self.env["trust.complaint"]._file(
            self.customer,
            {
                "subject": "Broken",
                "description": "<p>It broke</p><script>alert(1)</script>",
                "step_id": 7,
                "partner_id": self.other_customer.id,
                "user_id": self.manager.id,
                "severity": "1",
                "solution_deadline": "2030-01-01 00:00:00",
            },
            attachments=[("photo.png", b"png")],
        )
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.user_id, self.seller)
        self.assertEqual(complaint.severity, "2")
        self.assertEqual(complaint.source, "portal")
        self.assertNotIn("script", complaint.description)
        self.assertEqual(complaint.message_ids.attachment_ids.name, "photo.png")

    # ABOUT

    def test_about(self):
        """K1: whom it is about reads it, but neither edits nor closes it."""
        complaint = self.complaint()
        complaint.with_user(self.manager).about_user_id = self.all_seller
        note = complaint.with_user(self.manager).message_post(body="Hear both sides")
        about = complaint.with_user(self.all_seller)
        self.assertEqual(about.subject, complaint.subject)
        for act in (
            lambda: about.write({"problem": "Nothing happened"}),
            lambda: about.write({"about_user_id": False}),
            about.action_next,
            about.action_pause,
            about.action_log_answer,
            lambda: about._leave("rejected", "No"),
            lambda: self.propose(about),
            lambda: about.message_post(body="My view"),
            about.unlink,
            lambda: (
                self.env["trust.complaint.redress"]
                .with_user(self.all_seller)
                .create({"complaint_id": about.id, "value": 1})
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            note.with_user(self.all_seller).read(["body"])
        found = self.env["mail.message"].with_user(self.all_seller)
        talk = [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        self.assertFalse(found.search(talk))
        complaint.message_subscribe(self.all_seller.partner_id.ids)
        self.assertNotIn(self.all_seller.partner_id, complaint.message_partner_ids)

    def test_about_is_not_responsible(self):
        """K1: nobody looks after a complaint about themselves."""
        complaint = self.complaint(about_user_id=self.seller.id)
        self.assertNotEqual(complaint.sudo().user_id, self.seller)
        with self.assertRaises(ValidationError):
            complaint.with_user(self.manager).user_id = self.seller
        with self.assertRaises(AccessError):
            self.env["trust.complaint"].with_user(self.manager)._read_group(
                [], ["about_user_id"]
            )

    # ACCESS

    def test_own(self):
        """T4: own customers, all, other company."""
        complaint = self.complaint(user=self.seller)
        stranger = self._new_user("stranger", "trust_crm.group_trust_user")
        with self.assertRaises(AccessError):
            complaint.with_user(stranger).read(["subject"])
        complaint.with_user(self.all_seller).read(["subject"])
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._new_user("foreign", "trust_crm.group_trust_manager")
        foreign.write({"company_ids": company.ids, "company_id": company.id})
        with self.assertRaises(AccessError):
            complaint.with_user(foreign).read(["subject"])
