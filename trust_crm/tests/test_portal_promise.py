# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .portal_common import XSS, PortalCase


@tagged("post_install", "-at_install")
class TestPortalPromise(PortalCase):
    """Promises made to me."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.promise = cls._promise(name="Send the samples")
        cls.late = cls._promise(name="Call back", days=-3)
        cls.hidden = cls._promise(name="Not for their eyes", shared=False)
        cls.theirs = cls._promise(name="They pay", direction="theirs")
        cls.strange = cls._promise(cls.stranger, name="To somebody else")

    @classmethod
    def _promise(cls, partner=None, days=3, **values):
        partner = partner or cls.mara
        return (
            cls.env["trust.promise"]
            .with_user(cls.seller)
            .create(
                {
                    "partner_id": partner.id,
                    "user_id": cls.seller.id,
                    "date_deadline": cls.today + timedelta(days=days),
                    "shared": True,
                    **values,
                }
            )
            .sudo()
        )

    def _answer(self, promise, answer, sentence="", **data):
        path = f"/my/promises/{promise.id}/answer"
        return self.post(path, {"answer": answer, "sentence": sentence, **data})

    # WHO SEES WHAT

    def test_list(self):
        """P5: my company's shared promises are listed, nothing else."""
        for person in (self.mara, self.mate):
            self.enter(person)
            page = self.get("/my/promises").text
            self.assertIn("Send the samples", page)
            for name in ("Not for their eyes", "They pay", "To somebody else"):
                self.assertNotIn(name, page)
        kept = self.get("/my/promises", filterby="kept").text
        self.assertIn("No promise of this kind", kept)
        for params in ({"sortby": "nonsense"}, {"filterby": "x", "sortby": "name"}):
            self.assertEqual(self.get("/my/promises", **params).status_code, 200)

    def test_empty(self):
        """P5: without a promise the page says what will stand here."""
        (self.promise | self.late).shared = False
        self.enter(self.mara)
        self.assertIn("Nothing here yet", self.get("/my/promises").text)

    def test_pages(self):
        """P5: long lists come in pages."""
        for number in range(25):
            self._promise(name=f"Promise number {number}")
        self.enter(self.mara)
        first = self.get("/my/promises").text
        second = self.get("/my/promises/page/2").text
        self.assertEqual(first.count("o_trust_list_item"), 20)
        self.assertEqual(second.count("o_trust_list_item"), 7)
        self.assertEqual(self.get(f"/my/promises/page/{10**30}").status_code, 200)

    def test_not_mine(self):
        """P5: what is hidden, theirs, somebody else's or nobody's is 404."""
        foreign = self.strange.access_token
        self.enter(self.mara)
        for promise in (self.hidden, self.theirs, self.strange):
            own = promise.access_token or ""
            for token in ("", "nonsense", self.promise.access_token, "ü"):
                response = self.get(f"/my/promises/{promise.id}", access_token=token)
                self.assertEqual(response.status_code, 404, (promise.name, token))
            if promise != self.strange:
                response = self.get(f"/my/promises/{promise.id}", access_token=own)
                self.assertEqual(response.status_code, 404)
        for id_ in (self.strange.id + 1000, 2**31, 10**30):
            response = self.get(f"/my/promises/{id_}", access_token=foreign)
            self.assertEqual(response.status_code, 404)

    def test_without_signing_in(self):
        """P5: with the key of the mail one enters; without, one is asked to sign in."""
        self.enter()
        path = f"/my/promises/{self.promise.id}"
        response = self.get(path)
        self.assertEqual(response.status_code, 303)
        self.assertIn(
            "/web/login?redirect=%2Fmy%2Fpromises", response.headers["Location"]
        )
        page = self.get(path, access_token=self.promise.access_token)
        self.assertIn("Send the samples", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.promise.shared = False
        page = self.get(path, access_token=self.promise.access_token)
        self.assertEqual(page.status_code, 404, "no longer shared")

    def test_key_stays_with_the_customer(self):
        """P5: no colleague reads the key that speaks for the customer."""
        promise = self.promise.with_user(self.seller)
        with self.assertRaises(AccessError):
            promise.read(["access_token"])
        self.assertNotIn("access_token=", promise._get_share_url())
        share = (
            self.env["portal.share"]
            .with_user(self.seller)
            .sudo()
            .new({"res_model": promise._name, "res_id": promise.id})
        )
        self.assertNotIn(self.promise.access_token, share.sudo(False).share_link or "")

    # ANSWERS

    def test_kept(self):
        """P5: the customer confirms, in their own voice."""
        self.enter(self.mate)
        response = self._answer(self.promise, "kept", "Thank you")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(
            response.headers["Location"].split("/my", 1)[1],
            f"/promises/{self.promise.id}?done=kept",
        )
        self.assertEqual(self.promise.state, "kept")
        self.assertEqual(self.promise.customer_answer, "kept")
        self.assertEqual(self.promise.customer_words, "Thank you")
        message = self.promise.message_ids[0]
        self.assertEqual(message.author_id, self.mate, "who spoke, not whom it is for")
        evidence = self.env["trust.evidence"].search(
            [("source_model", "=", "trust.promise"), ("state", "=", "live")]
        )
        mine = evidence.filtered(lambda row: row.source_id == self.promise.id)
        self.assertEqual(mine.signal_id.code, "promise_kept")
        self.assertEqual(mine.voice, "customer")
        self.assertIn(
            "We noted", self.get(f"/my/promises/{self.promise.id}?done=kept").text
        )

    def test_not_kept(self):
        """P5: a dispute stands above our click, and the promiser has a to-do."""
        self.late.with_user(self.seller).action_keep()
        self.enter(self.mara)
        self._answer(self.late, "not_kept", "Nobody called")
        self.assertEqual(self.late.customer_answer, "not_kept")
        self.assertEqual(self.late.state, "broken")
        self.assertIn("Nobody called", self.late.message_ids[0].body)
        activity = self.late.activity_ids
        self.assertEqual(activity.user_id, self.seller)
        self.assertIn("Mara Lark", activity.summary)
        self._answer(self.late, "kept")
        self.assertEqual(self.late.customer_answer, "kept", "a slip can be mended")
        self.assertFalse(self.late.activity_ids)

    def test_by_the_link(self):
        """P5: the link of the mail is enough, and its owner is the one who speaks."""
        self.enter()
        keys = {
            "access_token": self.promise.access_token,
            "pid": self.mate.id,
            "hash": self.promise._sign_token(self.mate.id),
        }
        response = self._answer(self.promise, "kept", **keys)
        self.assertIn("access_token=", response.headers["Location"])
        self.assertEqual(self.promise.message_ids[0].author_id, self.mate)
        late = self.late
        for pid, signed in (("x", "y"), (10**30, "ü"), (self.mate.id, "wrong")):
            late.customer_answer = False
            keys = {"access_token": late.access_token, "pid": pid, "hash": signed}
            response = self._answer(late, "not_kept", **keys)
            self.assertEqual(response.status_code, 303)
            self.assertEqual(late.message_ids[0].author_id, self.mara)

    def test_too_early(self):
        """P5: before its day one cannot say that it was not kept."""
        self.enter(self.mara)
        self.assertNotIn("not_kept", self.get(f"/my/promises/{self.promise.id}").text)
        self._answer(self.promise, "not_kept")
        self.assertFalse(self.promise.customer_answer)
        self.assertEqual(self.promise.state, "open")

    def test_refused(self):
        """P5, T7: no token of the form, no answer; nor by strangers or colleagues."""
        path = f"/my/promises/{self.promise.id}/answer"
        self.enter(self.mara)
        before = self.fingerprint()
        response = self.post(path, {"answer": "kept"}, csrf=False)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.get(path, answer="kept").status_code, 405)
        self.assertEqual(self._answer(self.promise, "nonsense").status_code, 303)
        self.assertEqual(self._answer(self.strange, "kept").status_code, 404)
        self.enter(self.stranger)
        self.assertEqual(self._answer(self.promise, "kept").status_code, 404)
        self.authenticate("door_seller", "door_seller")
        key = self.promise.access_token
        self.assertEqual(self._answer(self.promise, "kept").status_code, 403)
        response = self._answer(self.promise, "kept", access_token=key)
        self.assertEqual(response.status_code, 403)
        self.assertEqual([t for t in self.changed(before) if t.startswith("trust")], [])

    def test_every_field(self):
        """T7: a form with every field of the model changes what it may, no more."""
        model = self.env["trust.promise"]
        junk = {
            name: "1" if field.type != "char" else "junk"
            for name, field in model._fields.items()
            if name not in ("access_token", "sentence")
        }
        before = self.promise.read(load=None)[0]
        self.enter(self.mara)
        response = self._answer(self.promise, "kept", "Fine", **junk)
        self.assertEqual(response.status_code, 303)
        self.promise.invalidate_recordset()
        after = self.promise.read(load=None)[0]
        allowed = {
            "state",
            "date_done",
            "customer_answer",
            "customer_words",
            "message_ids",
            "website_message_ids",
            "write_date",
            "write_uid",
            "__last_update",
        }
        wrong = {name for name in after if after[name] != before[name]} - allowed
        self.assertFalse(wrong)

    def test_get_writes_nothing(self):
        """T7, P5: looking at it leaves no trace, with and without the key."""
        self.env["trust.promise"].search([]).access_token = False
        self.enter(self.mara)
        one = f"/my/promises/{self.promise.id}"
        self.assertWritesNothing("/my/promises", one, f"{one}?done=kept")
        self.promise.access_token = "k" * 36
        self.enter()
        self.assertWritesNothing(f"{one}?access_token={'k' * 36}")

    def test_stays_here(self):
        """T7: no parameter leads elsewhere."""
        self.enter(self.mara)
        for evil in ("//evil.example", "/\\evil.example", "https:evil.example"):
            response = self._answer(
                self.promise, "x", redirect=evil, next=evil, access_token=evil
            )
            location = response.headers["Location"]
            self.assertTrue(
                location.startswith((self.base_url() + "/my/", "/my/")), location
            )

    def test_markup(self):
        """T16: what people type stays text, on the page and in the record."""
        promise = self._promise(name=XSS, days=-1)
        self.enter(self.mara)
        self._answer(promise, "not_kept", XSS)
        for path in ("/my/promises", f"/my/promises/{promise.id}"):
            self.assertLeavesNothing(self.get(path).text)
        self.assertLeavesNothing(str(promise.message_ids[0].body))
        self.assertNotIn("<script", str(promise.activity_ids.summary).replace(XSS, ""))

    # MAIL

    def test_link_by_mail(self):
        """P5: sharing sends the customer one mail with their own key."""
        promise = self._promise(name="Bring the keys", shared=False)
        self.assertFalse(promise.shared_date)
        self.mara.lang = "en_US"
        promise.with_user(self.seller).shared = True
        self.assertTrue(promise.shared_date)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.recipient_ids, self.mara)
        self.assertIn("Bring the keys", mail.subject)
        self.assertIn(f"access_token={promise.access_token}", mail.body_html)
        self.assertNotIn(promise.access_token, str(promise.message_ids.mapped("body")))
        count = self.env["mail.mail"].search_count([])
        promise.with_user(self.seller).write({"shared": False})
        promise.with_user(self.seller).write({"shared": True})
        self.assertEqual(self.env["mail.mail"].search_count([]), count, "once")

    def test_home(self):
        """P5: the portal's home counts them."""
        self.enter(self.mara)
        self.assertIn("/my/promises", self.get("/my").text)
        counted = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["trust_promise_count"]}
        )
        self.assertEqual(counted, {"trust_promise_count": 2})
