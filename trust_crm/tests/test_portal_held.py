# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..models.trust_data_request import MOST_OPEN
from .portal_common import XSS, PortalCase


@tagged("post_install", "-at_install")
class TestPortalHeld(PortalCase):
    """What you hold about me."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env,
            "door_officer",
            "trust_crm.group_trust_privacy",
            name="Otto Officer",
        )
        others = cls.env.ref("trust_crm.group_trust_privacy").all_user_ids - cls.officer
        others.active = False
        cls.fact = cls._fact(cls.mara, "mail_asked_twice", note="Grumpy as ever")
        cls.fact_of_mate = cls._fact(cls.mate, "referral")
        cls.fact_of_firm = cls._fact(cls.firm, "gift")
        cls.requests = cls.env["trust.data.request"]

    @classmethod
    def _fact(cls, partner, signal, **values):
        return cls.env["trust.evidence"]._record(
            [
                {
                    "signal": signal,
                    "partner_id": partner.id,
                    "date": fields.Datetime.now(),
                    "magnitude": 0.731,
                    "source_key": f"{signal} {partner.id}",
                    **values,
                }
            ]
        )

    def _ask(self, kind, words="", **data):
        return self.post("/my/trust-data/ask", {"kind": kind, "words": words, **data})

    def _mine(self):
        return self.requests.search([("partner_id", "=", self.mara.id)])

    # WHAT IS SEEN

    def test_page(self):
        """K11: this person's facts in plain words; no score, no note."""
        self.enter(self.mara)
        for path in ("/my/trust-data", "/my/trust-data/facts"):
            page = self.get(path).text
            self.assertIn("Customer had to ask twice", page)
            for inside in ("Grumpy", "0.73", "Introduced somebody", "Gift or favour"):
                self.assertNotIn(inside, page)
        self.assertIn("Mara Lark", page)

    def test_voided(self):
        """K11: a fact that no longer counts is not held against anybody."""
        self.fact._void("A mistake")
        self.enter(self.mara)
        page = self.get("/my/trust-data").text
        self.assertNotIn("Customer had to ask twice", page)
        self.assertIn("Nothing is recorded about you", page)

    def test_signed_in_only(self):
        """K11: nobody else sees it, by no link."""
        self.enter()
        for path in ("/my/trust-data", "/my/trust-data/facts"):
            response = self.get(path)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_get_writes_nothing(self):
        """T7, K11: looking at it leaves no trace."""
        self.enter(self.mara)
        self.assertWritesNothing(
            "/my/trust-data",
            "/my/trust-data?done=delete&problem=many",
            "/my/trust-data/facts",
            f"/my/trust-data/facts/page/{10**20}",
        )
        self.assertEqual(self.get("/my/trust-data/ask", kind="delete").status_code, 405)

    def test_feedback(self):
        """K11: the feedback they gave is theirs to read."""
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.firm.id,
                "partner_id": self.mara.id,
                "rating": 4,
                "feedback": XSS,
                "consumed": True,
            }
        )
        self.enter(self.mara)
        page = self.get("/my/trust-data").text
        self.assertIn("4 of 5", page)
        self.assertLeavesNothing(page)
        rating.partner_id = self.mate
        self.assertNotIn("4 of 5", self.get("/my/trust-data").text)

    def test_pulse(self):
        """K11: the answer to a pulse is theirs to read too."""
        request = self.env["trust.feedback"]._request(self.mara, "pulse")
        request.sudo().write(
            {
                "state": "answered",
                "date_answered": fields.Datetime.now(),
                "overall": 3,
                "one_thing": "Answer the telephone",
            }
        )
        self.enter(self.mara)
        page = self.get("/my/trust-data").text
        self.assertIn("Answer the telephone", page)
        self.assertIn("3 of 5", page)

    def test_no_contact_no_pulse(self):
        """K11: who wants no friendly contact is not asked how they do."""
        self.mara._trust_wish("no_contact")
        request = self.env["trust.feedback"]._request(self.mara, "pulse")
        self.assertEqual(request.state, "skipped")

    # WHAT IS ASKED

    def test_correct(self):
        """K11: a correction goes to the privacy officer, at once; nothing changes."""
        self.enter(self.mara)
        response = self._ask("correct", "My name is Maria")
        self.assertIn("done=correct", response.headers["Location"])
        request = self._mine()
        self.assertEqual((request.kind, request.state), ("correct", "new"))
        self.assertEqual(request.words, "My name is Maria")
        self.assertEqual(request.activity_ids.user_id, self.officer)
        self.assertEqual(self.mara.name, "Mara Lark")
        self.assertIn("My name is Maria", self.get("/my/trust-data").text)
        self.assertIn("problem=empty", self._ask("correct").headers["Location"])
        self._ask("correct", "And born in May")
        self.assertEqual(self._mine(), request, "joins the one that waits")
        self.assertIn("born in May", request.words)

    def test_dispute(self):
        """K11: a disputed fact goes to a person; the ledger stays until they decide."""
        self.enter(self.mara)
        self._ask("dispute", "I asked once", fact=self.fact.id)
        request = self._mine()
        self.assertEqual(request.evidence_id, self.fact)
        self.assertIn("Customer had to ask twice", request.fact)
        self.assertEqual(self.fact.state, "live")
        self.assertEqual(request.activity_ids.user_id, self.officer)
        self.assertEqual(
            request.with_user(self.officer).action_open_evidence()["res_id"],
            self.fact.id,
        )

    def test_dispute_not_mine(self):
        """K11: one disputes one's own facts only."""
        self.enter(self.mara)
        bad = (self.fact_of_mate.id, self.fact_of_firm.id, 10**30, 10**9, "x", "", -1)
        for fact in bad:
            response = self._ask("dispute", "No", fact=fact)
            self.assertEqual(response.status_code, 404, fact)
        self.assertFalse(self._mine())

    def test_delete(self):
        """K11: deletion is a request to a person, never automatic."""
        self.enter(self.mara)
        self._ask("delete")
        self.assertEqual(self._mine().activity_ids.user_id, self.officer)
        self.assertTrue(self.mara.exists() and self.fact.exists())
        self.assertTrue(self.mara.active)

    def test_scoring(self):
        """K11: "leave me out" is done at once, listed, and can be taken back."""
        self.env["trust.queue"]._drain()
        known = [("partner_id", "=", self.mara.id)]
        self.assertTrue(self.env["trust.relationship"].search(known))
        self.enter(self.mara)
        self._ask("no_scoring")
        self.assertEqual(self.mara.trust_scoring, "never")
        self.assertFalse(self.env["trust.relationship"].search(known))
        self.assertTrue(self.fact.exists())
        request = self._mine()
        self.assertEqual((request.kind, request.state), ("no_scoring", "done"))
        self.assertFalse(request.activity_ids)
        self._ask("no_scoring")
        self.assertEqual(len(self._mine()), 1, "twice is once")
        self._ask("scoring")
        self.assertFalse(self.mara.trust_scoring)
        self.assertFalse(self.mate.trust_scoring)

    def test_contact(self):
        """K11: "no friendly contact" is done at once, and can be taken back."""
        self.enter(self.mara)
        self._ask("no_contact")
        self.assertTrue(self.mara.trust_no_contact)
        self.assertIn("only about orders", self.get("/my/trust-data").text)
        self._ask("contact")
        self.assertFalse(self.mara.trust_no_contact)
        self.assertEqual(len(self._mine()), 2)

    def test_refused(self):
        """T7, K11: no form token, no known wish, no colleague: nothing happens."""
        self.enter(self.mara)
        before = self.fingerprint()
        path = "/my/trust-data/ask"
        response = self.post(path, {"kind": "no_scoring"}, csrf=False)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self._ask("everything").status_code, 404)
        self.assertEqual(self.post(path).status_code, 404)
        self.authenticate("door_seller", "door_seller")
        self.assertEqual(self._ask("no_scoring").status_code, 403)
        self.assertFalse([t for t in self.changed(before) if t.startswith("trust")])

    def test_every_field(self):
        """T7: fields of partner and request in the form change nothing more."""
        names = {*self.env["res.partner"]._fields, *self.requests._fields}
        junk = dict.fromkeys(names - {"kind", "words"}, "1")
        [before] = self.mara.read(load=None)
        self.enter(self.mara)
        form = junk | {"kind": "correct", "words": "Please"}
        response = self.post("/my/trust-data/ask", form)
        self.assertEqual(response.status_code, 303)
        request = self._mine()
        self.assertEqual((request.state, request.answer), ("new", False))
        self.assertEqual(request.company_id, self.env.company)
        self.mara.invalidate_recordset()
        [after] = self.mara.read(load=None)
        noise = {"write_date", "write_uid", "message_ids", "website_message_ids"}
        self.assertFalse({n for n in after if after[n] != before[n]} - noise)

    def test_flood(self):
        """K11: somebody who asks without end is told to call."""
        for number in range(MOST_OPEN):
            fact = self._fact(self.mara, "gift", source_key=f"flood {number}")
            self.requests._receive(self.mara, "dispute", "No", fact)
        self.enter(self.mara)
        response = self._ask("correct", "More")
        self.assertIn("problem=many", response.headers["Location"])
        self.assertEqual(len(self._mine()), MOST_OPEN)

    def test_markup(self):
        """T16: what they write stays text on the page, in the list and in the mail."""
        self.enter(self.mara)
        self._ask("correct", XSS)
        request = self._mine()
        self.assertLeavesNothing(self.get("/my/trust-data").text)
        request.with_user(self.officer).answer = XSS
        request.with_user(self.officer).action_done()
        self.assertLeavesNothing(str(request.message_ids[0].body))
        self.assertLeavesNothing(self.get("/my/trust-data").text)

    # WHAT IS ANSWERED

    def test_answer(self):
        """K11: the officer answers in words, and the person gets them by mail."""
        request = self.requests._receive(self.mara, "delete").with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Write the answer"):
            request.action_refuse()
        request.answer = "The law keeps invoices for ten years."
        request.action_refuse()
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.answered_by_id, self.officer)
        self.assertFalse(request.activity_ids)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.recipient_ids, self.mara)
        self.assertIn("ten years", mail.body_html)
        self.assertIn("/my/trust-data", mail.body_html)
        for attempt in (
            request.action_done,
            lambda: request.write({"answer": "Other"}),
            lambda: request.write({"state": "new"}),
            lambda: request.write({"words": "Other"}),
            request.sudo().unlink,
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_noted_by_the_officer(self):
        """K11: what somebody asks on the telephone is noted as waiting."""
        request = self.requests.with_user(self.officer).create(
            {"partner_id": self.mara.id, "kind": "delete", "state": "done"}
        )
        self.assertEqual(request.state, "new")
        self.assertTrue(request.activity_ids)

    def test_without_officer(self):
        """K11: without a privacy officer an administrator is told."""
        self.officer.active = False
        request = self.requests._receive(self.mara, "delete")
        admins = self.env.ref("trust_crm.group_trust_admin").all_user_ids
        self.assertIn(request.activity_ids.user_id, admins)
        self.assertTrue(
            request.with_user(request.activity_ids.user_id).has_access("write")
        )
