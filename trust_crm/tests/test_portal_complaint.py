# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import tagged

from .portal_common import XSS, PortalCase


@tagged("post_install", "-at_install")
class TestPortalComplaint(PortalCase):
    """My complaints: follow, answer, let rest, appeal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint(cls.mara, "The shelf came late")
        cls.strange = cls._complaint(cls.stranger, "Of somebody else")
        cls.feeling = cls.env.ref("trust_crm.feeling_disappointed")

    @classmethod
    def _complaint(cls, partner, subject, **values):
        return (
            cls.env["trust.complaint"]
            .with_user(cls.seller)
            .create({"partner_id": partner.id, "subject": subject, **values})
            .sudo()
        )

    def _propose(self, name="We bring it tomorrow", complaint=None):
        complaint = (complaint or self.complaint).with_user(self.seller)
        complaint.write(
            {
                "feeling_ids": [fields.Command.set(self.feeling.ids)],
                "wanted": "care",
                "problem": "No shelf for the guests.",
                "problem_agreed": True,
            }
        )
        solution = self.env["trust.complaint.solution"].with_user(self.seller)
        solution = solution.create({"complaint_id": complaint.id, "name": name})
        solution.action_propose()
        return solution.sudo()

    def _do(self, what, sentence="", complaint=None, **data):
        path = f"/my/complaints/{(complaint or self.complaint).id}/{what}"
        return self.post(path, {"sentence": sentence, **data})

    def _answer(self, solution, answer, sentence="", **data):
        return self._do("answer", sentence, solution=solution.id, answer=answer, **data)

    # WHO SEES WHAT

    def test_list(self):
        """K10: my company's complaints are listed, with number and step."""
        self._complaint(self.mate, "My mate's")
        self.enter(self.mara)
        page = self.get("/my/complaints").text
        for text in (self.complaint.name, "The shelf came late", "My mate", "Received"):
            self.assertIn(text, page)
        self.assertNotIn("Of somebody else", page)
        self.assertIn(
            "No complaint of this kind",
            self.get("/my/complaints", filterby="over").text,
        )
        for params in ({"sortby": "x"}, {"filterby": "x"}, {"sortby": "next"}):
            self.assertEqual(self.get("/my/complaints", **params).status_code, 200)

    def test_empty(self):
        """K10: without a complaint the page says what to do."""
        self.env["trust.complaint"].search([("partner_id", "=", self.mara.id)]).unlink()
        self.enter(self.mara)
        page = self.get("/my/complaints").text
        self.assertIn("we hope it stays so", page)
        self.assertIn("/my/complaints/new", page)

    def test_page(self):
        """K10: number, step, promised date, words; nothing of ours."""
        self.complaint.write(
            {
                "description": "<p>We had guests.</p>",
                "remedy_sought": "Bring it",
                "severity": "4",
                "about_user_id": self.env.ref("base.user_admin").id,
                "urgency": 7,
            }
        )
        self.complaint.with_user(self.seller).message_post(body="He always complains")
        self.enter(self.mate)
        page = self.get(f"/my/complaints/{self.complaint.id}").text
        for text in (
            self.complaint.name,
            "We had guests",
            "Bring it",
            "You hear from us by",
        ):
            self.assertIn(text, page)
        self.assertIn('aria-current="step"', page)
        for inside in ("Mitchell", "Administrator", "He always complains", "urgen"):
            self.assertNotIn(inside, page)

    def test_fields_for_the_customer(self):
        """K10: what a customer could read by any door is on a reviewed list."""
        user = self.mara.user_ids
        seen = self.env["trust.complaint"].with_user(user).fields_get(attributes=[])
        inside = {
            "about_user_id",
            "access_token",
            "activity_ids",
            "apology",
            "cause_id",
            "confirmed",
            "email_from",
            "feeling_ids",
            "original_id",
            "outcome",
            "outside",
            "rater",
            "recovered",
            "redress_ids",
            "severity",
            "team_id",
            "touchpoint_id",
            "trust_after",
            "trust_before",
            "urgency",
            "urgency_reason",
            "wanted",
        }
        self.assertFalse(inside & seen.keys())

    def test_not_mine(self):
        """K10: another customer's id gives 404, with or without a foreign token."""
        mine, foreign = self.complaint.access_token, self.strange.access_token
        self.enter(self.mara)
        nobody = self.env["trust.complaint"].search([], order="id desc", limit=1).id
        for id_ in (self.strange.id, nobody + 1, 2**31, 10**30):
            for token in ("", mine, "nonsense", "ü", "k" * 5000):
                response = self.get(f"/my/complaints/{id_}", access_token=token)
                self.assertEqual(response.status_code, 404, (id_, token[:9]))
        for path in ("answer", "withdraw", "appeal"):
            for token in ("", mine):
                response = self._do(
                    path,
                    "Ha",
                    self.strange,
                    solution=1,
                    answer="refuse",
                    access_token=token,
                )
                self.assertEqual(response.status_code, 404, path)
        self.enter()
        response = self.get(f"/my/complaints/{self.complaint.id}", access_token=foreign)
        self.assertEqual(response.status_code, 404)

    def test_by_the_link(self):
        """K10: the key of the mail opens this one complaint, without signing in."""
        self.enter()
        path = f"/my/complaints/{self.complaint.id}"
        self.assertIn("/web/login", self.get(path).headers["Location"])
        page = self.get(path, access_token=self.complaint.access_token)
        self.assertIn("The shelf came late", page.text)
        self.assertIn(f'data-token="{self.complaint.access_token}"', page.text)

    def test_get_writes_nothing(self):
        """K10, T7: looking at it leaves no trace, not even a token."""
        self.env["trust.complaint"].search([]).access_token = False
        self._propose()
        self.complaint.access_token = False
        self.enter(self.mara)
        one = f"/my/complaints/{self.complaint.id}"
        self.assertWritesNothing(
            "/my/complaints",
            "/my/complaints/new",
            one,
            f"{one}?done=filed&problem=late",
        )
        self.complaint.access_token = "k" * 36
        self.enter()
        self.assertWritesNothing(f"{one}?access_token={'k' * 36}")

    # ANSWERS

    def test_refuses_then_accepts(self):
        """K5, K10: the first proposal is refused, the second accepted."""
        first = self._propose()
        self.enter(self.mate)
        self.assertIn(
            "We made a proposal", self.get(f"/my/complaints/{self.complaint.id}").text
        )
        self.assertIn(
            "problem=sentence", self._answer(first, "refuse").headers["Location"]
        )
        self.assertEqual(first.state, "proposed")
        response = self._answer(first, "refuse", "Too late for the guests")
        self.assertIn("done=refused", response.headers["Location"])
        self.assertEqual((first.state, first.answered_by), ("refused", "customer"))
        self.assertEqual(first.answer, "Too late for the guests")
        self.assertEqual(self.complaint.step_code, "clarified")
        self.assertIn(self.mate, self.complaint.move_ids.author_id)
        second = self._propose("The money back")
        self._answer(second, "accept")
        self.assertEqual(second.state, "accepted")
        self.assertEqual(self.complaint.step_code, "agreed")
        response = self._answer(second, "refuse", "Changed my mind")
        self.assertIn("problem=late", response.headers["Location"])
        self.assertEqual(second.state, "accepted")

    def test_solution_of_another(self):
        """K10: a proposal of another complaint is not answered through mine."""
        foreign = self._propose(complaint=self.strange)
        own = self._propose()
        draft = self.env["trust.complaint.solution"].create(
            {"complaint_id": self.complaint.id, "name": "Not proposed yet"}
        )
        self.enter(self.mara)
        for id_ in (foreign.id, 0, "x", "", 10**30):
            response = self._do("answer", "No", solution=id_, answer="refuse")
            self.assertEqual(response.status_code, 404, id_)
        self.assertIn("problem=late", self._answer(draft, "accept").headers["Location"])
        self.assertEqual(self._answer(own, "maybe").status_code, 404)
        page = self.get(f"/my/complaints/{self.complaint.id}").text
        self.assertNotIn("Not proposed yet", page)
        self.assertEqual((foreign | own).mapped("state"), ["proposed", "proposed"])

    def test_withdraws(self):
        """K10: the customer lets it rest, with a word why."""
        self.enter(self.mara)
        self.assertIn("problem=sentence", self._do("withdraw").headers["Location"])
        self._do("withdraw", "It came at last")
        self.assertEqual(self.complaint.step_code, "withdrawn")
        self.assertEqual(self.complaint.withdrawn_by, "customer")
        self.assertEqual(self.complaint.end_reason, "It came at last")
        self.assertIn("problem=late", self._do("withdraw", "Again").headers["Location"])

    def test_appeals(self):
        """K10, K2: a rejection can be appealed against, nothing else."""
        self.enter(self.mara)
        self.assertIn("problem=late", self._do("appeal", "Why").headers["Location"])
        self.complaint.with_user(self.seller)._leave("rejected", "Not our shelf")
        page = self.get(f"/my/complaints/{self.complaint.id}").text
        self.assertIn("Not our shelf", page)
        self.assertIn("I do not agree", page)
        self._do("appeal", "It is yours")
        self.assertTrue(self.complaint.appealed)
        self.assertEqual(self.complaint.step_code, "listening")

    def test_refused(self):
        """T7, K10: nothing without the form's token; nor by a colleague."""
        solution = self._propose()
        path = f"/my/complaints/{self.complaint.id}"
        self.enter(self.mara)
        before = self.fingerprint()
        form = {"solution": solution.id, "answer": "accept", "sentence": "Fine"}
        for what in ("answer", "withdraw", "appeal"):
            response = self.post(f"{path}/{what}", form, csrf=False)
            self.assertEqual(response.status_code, 400, what)
            self.assertEqual(self.get(f"{path}/{what}", **form).status_code, 405)
        self.authenticate("door_seller", "door_seller")
        key = self.complaint.access_token
        for what in ("answer", "withdraw", "appeal"):
            response = self.post(f"{path}/{what}", form | {"access_token": key})
            self.assertEqual(response.status_code, 403, what)
        self.assertFalse([t for t in self.changed(before) if t.startswith("trust")])

    def test_every_field(self):
        """T7: an answer with every field of the model writes the answer only."""
        solution = self._propose()
        names = {
            *self.env["trust.complaint"]._fields,
            *self.env["trust.complaint.solution"]._fields,
        }
        form = dict.fromkeys(names, "1") | {"access_token": ""}
        form |= {"solution": solution.id, "answer": "accept", "sentence": "Fine"}
        [before] = self.complaint.read(load=None)
        self.enter(self.mara)
        response = self.post(f"/my/complaints/{self.complaint.id}/answer", form)
        self.assertIn("done=accepted", response.headers["Location"])
        self.complaint.invalidate_recordset()
        [after] = self.complaint.read(load=None)
        for name in (
            "partner_id",
            "company_id",
            "user_id",
            "subject",
            "severity",
            "apology",
            "cause_id",
            "about_user_id",
            "confirmed",
            "source",
            "urgency",
            "recovered",
            "access_token",
            "message_follower_ids",
            "redress_ids",
            "problem",
        ):
            self.assertEqual(after[name], before[name], name)

    def test_markup(self):
        """T16: payloads stay text on the pages, in the thread and in mails."""
        complaint = self._complaint(
            self.mara,
            XSS,
            description=f"<p>Hi</p>{XSS}",
            remedy_sought=XSS,
            about_what=XSS,
        )
        solution = self._propose(XSS, complaint)
        self.enter(self.mara)
        self._do("answer", XSS, complaint, solution=solution.id, answer="refuse")
        for path in ("/my/complaints", f"/my/complaints/{complaint.id}"):
            self.assertLeavesNothing(self.get(path).text)
        for message in complaint.message_ids:
            self.assertNotIn("<script", str(message.body))
            self.assertNotIn(
                "onerror",
                str(message.body).replace(
                    "&lt;img src=x onerror=window.__xss=1&gt;", ""
                ),
            )
        for mail in self.env["mail.mail"].search([("model", "=", "trust.complaint")]):
            self.assertNotIn("<script>window", mail.body_html)

    def test_home(self):
        """K10: the portal's home tells of proposals that wait."""
        self._propose()
        self.enter(self.mara)
        self.assertIn("/my/complaints", self.get("/my").text)
        names = ["trust_complaint_count", "trust_answer_count"]
        counted = self.make_jsonrpc_request("/my/counters", {"counters": names})
        self.assertEqual(counted, dict.fromkeys(names, 1))

    # MESSAGES

    def test_messages(self):
        """K10: the customer writes with the key of the mail; notes stay inside."""
        complaint = self.complaint
        complaint.with_user(self.seller).message_post(body="Inside only")
        complaint.with_user(self.seller).message_post(
            body="We look into it",
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )
        self.enter()
        thread = {"thread_model": complaint._name, "thread_id": complaint.id}
        key = {"token": complaint.access_token}
        posted = self.make_jsonrpc_request(
            "/mail/message/post",
            {
                **thread,
                **key,
                "post_data": {
                    "body": "Thank you",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            },
        )
        self.assertTrue(posted)
        message = complaint.message_ids[0]
        self.assertEqual(message.author_id, self.mara)
        self.assertIn("Thank you", message.body)
        for person, keys in ((None, key), (self.mate, {})):
            self.enter(person)
            found = str(
                self.make_jsonrpc_request("/mail/chatter_fetch", {**thread, **keys})
            )
            self.assertIn("We look into it", found)
            self.assertNotIn("Inside only", found)
        self.enter(self.stranger)
        with self.assertRaises(Exception):  # noqa: B017 - whatever the server says
            self.make_jsonrpc_request(
                "/mail/message/post", {**thread, "post_data": {"body": "Me too"}}
            )
        self.assertEqual(complaint.message_ids[0], message)
