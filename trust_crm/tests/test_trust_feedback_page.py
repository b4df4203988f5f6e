# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ..models.trust_feedback_token import PURPOSE

SEAL = re.compile(r'data-seal="([^"]+)"')
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class FeedbackPageCase(HttpCase):
    """A request sent to Mara, and a browser that has nothing but the link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {"name": "Mara Lind", "email": "mara@lind.example", "lang": "en_US"}
        )
        cls.requests = cls.env["trust.feedback"].sudo()
        cls.request = cls.requests._request(cls.person, "pulse").sudo()
        cls.token = cls.request._get_token()

    def url(self, token=None):
        return f"/trust/feedback/{token or self.token}"

    def stored(self, name="state"):
        self.env.invalidate_all()
        return self.request[name]

    def post(self, token=None, csrf=None, **form):
        """Post a form as a browser that has opened the page."""
        csrf = CSRF.search(self.url_open(self.url()).text) if csrf is None else csrf
        form["csrf_token"] = csrf[1] if csrf else ""
        return self.url_open(self.url(token), data=form, allow_redirects=False)

    def seal(self):
        return SEAL.search(self.url_open(self.url()).text)[1]

    def answer(self, **form):
        """What a click on "Send" does in a browser with JavaScript."""
        return self.post(human=self.seal(), **form)

    def rows(self):
        """A hash of everything that a page of ours could write."""
        tables = (
            "trust_feedback",
            "trust_evidence",
            "trust_queue",
            "mail_message",
            "mail_activity",
            "mail_mail",
            "res_partner",
        )
        self.env.flush_all()
        return [
            self.env.execute_query(
                SQL(
                    "SELECT count(*), md5(string_agg(t::text, '' ORDER BY id))"
                    " FROM %s t",
                    SQL.identifier(table),
                )
            )
            for table in tables
        ]


@tagged("post_install", "-at_install")
class TestTrustFeedbackPage(FeedbackPageCase):
    # READING

    def test_page(self):
        """F1: works without login, labelled for readers of every kind."""
        response = self.url_open(self.url())
        self.assertEqual(response.status_code, 200)
        self.assertIn("Mara Lind", response.text)
        self.assertIn('lang="en-US"', response.text)
        self.assertEqual(response.text.count("<fieldset"), 13)
        self.assertEqual(response.text.count("<legend"), 13)
        self.assertEqual(response.text.count('type="radio"'), 65)
        self.assertIn('aria-live="polite"', response.text)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")

    def test_recipient_s_language(self):
        """F1: in the recipient's language, whatever the browser says."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.person.lang = "fr_FR"
        response = self.url_open(self.url(), headers={"Accept-Language": "en"})
        self.assertIn('lang="fr-FR"', response.text)

    def test_reading_writes_nothing(self):
        """F1, T6: 50 GET, HEAD and a POST without the human step write nothing."""
        before = self.rows()
        for _i in range(25):
            self.url_open(self.url())
            self.url_open(self.url(), method="HEAD")
        self.assertEqual(
            self.url_open(self.url(), data={"overall": "5"}).status_code, 400
        )
        review = self.post(overall="5", one_thing="Be <i>on</i> time")
        self.assertEqual(review.status_code, 200)
        self.assertIn("Nothing is sent yet", review.text)
        self.assertIn("Be &lt;i&gt;on&lt;/i&gt; time", review.text)
        for seal in ("", "1.2", self.seal()[:-1] + "x", "9" * 80):
            self.post(overall="5", human=seal)
        self.assertEqual(self.stored(), "sent")
        self.assertEqual(self.rows(), before)

    # ANSWERING

    def test_answer_in_one_click(self):
        """F1: a person's click sends; the page then says thank you."""
        response = self.answer(overall="4", interest="5", make_it_five="A call")
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(self.url()))
        self.assertEqual(self.stored(), "answered")
        self.assertEqual((self.request.overall, self.request.interest), (4, 5))
        self.assertEqual(self.request.make_it_five, "A call")
        self.assertIn("Thank you", self.url_open(self.url()).text)

    def test_answer_without_javascript(self):
        """F1: the answers once more, and a second click sends them."""
        review = self.post(overall="2", one_thing="Be\non time")
        seal = re.search(r'name="human" value="([^"]+)"', review.text)[1]
        changed = self.post(overall="2", one_thing="Be\non time", step="change")
        self.assertIn("Be\non time</textarea>", changed.text)
        self.assertEqual(self.stored(), "sent")
        self.post(overall="2", one_thing="Be\non time", human=seal)
        self.assertEqual(self.stored(), "answered")
        self.assertEqual(self.request.one_thing, "Be\non time")
        self.assertTrue(self.request._get_follow_ups())

    def test_missing_answer(self):
        """F1: an answer that is missing is named and pointed to."""
        response = self.answer(interest="5")
        self.assertIn('role="alert"', response.text)
        self.assertIn('href="#overall_1"', response.text)
        self.assertIn('aria-describedby="overall_error"', response.text)
        self.assertRegex(
            response.text, r'id="interest_5"[^>]*checked|checked[^>]*id="interest_5"'
        )
        self.assertEqual(self.stored(), "sent")

    def test_same_browser_corrects(self):
        """F1: the browser of the confirmation corrects, for 24 hours."""
        self.answer(overall="1")
        page = self.url_open(self.url() + "?correct=1")
        self.assertIn('name="human"', page.text)
        self.assertEqual(self.answer_again(page, overall="4").status_code, 303)
        self.assertEqual(self.stored("overall"), 4)
        self.request.date_answered = fields.Datetime.subtract(
            self.request.date_answered, hours=25
        )
        self.env.flush_all()
        late = self.url_open(self.url() + "?correct=1")
        self.assertNotIn('name="human"', late.text)
        self.answer_again(page, overall="5")
        self.assertEqual(self.stored("overall"), 4)

    def answer_again(self, page, **form):
        csrf, seal = CSRF.search(page.text), SEAL.search(page.text)[1]
        return self.post(csrf=csrf, human=seal, **form)

    def test_other_browsers_only_read(self):
        """F1, T6: the token alone neither corrects nor shows what was said."""
        page = self.url_open(self.url())
        self.answer(overall="1", one_thing="A private word")
        self.authenticate(None, None)
        for query in ("", "?correct=1"):
            text = self.url_open(self.url() + query).text
            self.assertIn("Thank you", text)
            self.assertNotIn("A private word", text)
            self.assertNotIn("Correct my answer", text)
        response = self.answer_again(page, overall="5")
        self.assertIn(response.status_code, (200, 400))
        self.assertEqual(self.stored("overall"), 1)

    def test_a_colleague_cannot_answer(self):
        """F1: whoever is logged in as one of us sees the page and sends nothing."""
        self.authenticate("admin", "admin")
        page = self.url_open(self.url())
        self.assertIn("logged in as a colleague", page.text)
        self.answer_again(page, overall="5")
        self.assertEqual(self.stored(), "sent")

    # OTHER TOKENS

    def others(self):
        """Tokens that open nothing: {why: token}."""
        other = self.requests._request(
            self.person.copy({"email": "other@lind.example"}), "pulse"
        ).sudo()
        mac = self.token.partition("-")[2]
        expired = other.copy(
            {"state": "sent", "nonce": "n", "date_expiry": "2020-01-01 00:00:00"}
        )
        unknown = self.requests._sign(10**9, "n", None)
        self.env.flush_all()
        return {
            "unknown": f"{10**9}-{unknown}",
            "of another request": f"{other.id}-{mac}",
            "expired": expired._get_token(),
            "altered": self.token[:-1] + ("0" if self.token[-1] != "0" else "1"),
            "too large": f"{2**31}-{mac}",
            "huge": f"{'9' * 4000}-{mac}",
            "percent": "%25",
            "nul": "%00",
            "unicode digits": f"%D9%A3-{mac}",
            "shouting": self.token.upper(),
            "False": "False",
            "None": "None",
            "list": "[1]",
            "leading zero": f"0{self.token}",
            "stand-in": "your-personal-link",
        }

    def test_other_tokens(self):
        """T6: unknown, foreign, expired: one status, one body, no row, no data."""
        tokens = self.others()
        before = self.rows()
        answers = set()
        for why, token in tokens.items():
            for method in ("GET", "POST"):
                with self.subTest(why, method=method):
                    form = {"csrf_token": self.csrf(), "overall": "5"}
                    response = self.url_open(
                        self.url(token), data=form if method == "POST" else None
                    )
                    self.assertEqual(response.status_code, 404)
                    answers.add(response.text)
        self.assertEqual(len(answers), 1)
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.url_open(self.url(), method="HEAD").status_code, 200)

    def csrf(self):
        return CSRF.search(self.url_open(self.url()).text)[1]

    def test_purpose_and_nonce(self):
        """T6: a signature for another purpose, or of an older nonce, opens nothing."""
        seal = self.request._get_seal("session").partition(".")[2]
        self.assertFalse(self.requests._find_by_token(f"{self.request.id}-{seal}"))
        self.assertIn("feedback", PURPOSE)
        self.assertTrue(self.requests._find_by_token(self.token))
        self.request.nonce = self.requests._new_nonce()
        self.assertFalse(self.requests._find_by_token(self.token))

    def test_seal_is_the_session_s(self):
        """F1: a seal of another browser or another request confirms nothing."""
        seal = self.request._get_seal("one")
        self.assertTrue(self.request._check_seal(seal, "one"))
        self.assertFalse(self.request._check_seal(seal, "two"))
        with self.subTest("another request"):
            other = self.requests._request(
                self.person.copy({"email": "o@lind.example"}), "pulse"
            )
            self.assertFalse(other._check_seal(seal, "one"))
