# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.urls import url_quote

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.trust_feedback import TrustFeedback
from .test_trust_feedback_page import CSRF, FeedbackPageCase

FEW, MANY = 60, 3000
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
ODD = st.sampled_from(
    ["", "5", "0", "-1", "1e3", "None", "False", "[]", "%00", "\x00", "٣", "a" * 4096]
)
VALUES = ODD | ANY_TEXT


@tagged("post_install", "-at_install")
class TestTrustFeedbackFuzz(FeedbackPageCase):
    """T7: whatever is sent to the page: no 500, no row, no field but the asked ones."""

    def fields(self):
        """Names of every field of the model, and of the form's own."""
        return [*self.requests._fields, "human", "step", "csrf_token", "correct"]

    @staticmethod
    def body(kind, form, signed):
        """What a client of that kind sends."""
        files = [(name, (text[:9], text.encode())) for name, text in form if name]
        form = [*form, *signed]
        return {
            "form": {"data": form},
            # Odoo itself fails on a token that comes as a file, for every page.
            "files": {"files": files, "data": signed},
            "json": {"json": {"params": dict(form)}},
            "text": {"data": str(form).encode()},
        }[kind]

    def fuzz(self, examples):
        page = self.url_open(self.url())
        csrf, before = CSRF.search(page.text)[1], self.rows()
        names = st.sampled_from(self.fields()) | ANY_TEXT
        mac = self.token.partition("-")[2]
        tokens = st.one_of(
            st.just(self.token),
            ANY_TEXT.map(lambda text: url_quote(text, safe="")),
            st.integers().map(lambda number: f"{number}-{mac}"),
            ODD.map(lambda text: url_quote(text, safe="")),
        )

        @settings(
            max_examples=examples,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]),
            token=tokens,
            query=st.dictionaries(names, VALUES, max_size=3),
            form=st.lists(st.tuples(names, VALUES), max_size=8),
            kind=st.sampled_from(["form", "files", "json", "text"]),
            with_csrf=st.booleans(),
        )
        def check(method, token, query, form, kind, with_csrf):
            signed = [("csrf_token", csrf)] if with_csrf else []
            body = self.body(kind, form, signed)
            response = self.opener.request(
                method,
                f"{self.base_url()}{self.url(token)}",
                params=query,
                allow_redirects=False,
                timeout=30,
                **(body if method in ("POST", "PUT") else {}),
            )
            self.assertLess(response.status_code, 500, (method, token, form))
            target = response.headers.get("Location", "/")
            self.assertRegex(target, rf"^({self.base_url()})?/(?![/\\])")

        with mute_logger("odoo.http", "werkzeug", "odoo.addons.base.models.ir_http"):
            check()
        self.assertEqual(self.rows(), before)

    def test_few(self):
        """T7: a few odd requests of each kind."""
        self.fuzz(FEW)

    @pytest.mark.long
    def test_many(self):
        """T7: many."""
        self.fuzz(MANY)

    def test_no_field_but_the_asked(self):
        """T7: a confirmed form that carries every field writes the answers only."""
        kept = [
            name
            for name in self.requests._fields
            if name not in self.request._get_asked()
            and self.requests._fields[name].store
        ]
        sent = dict.fromkeys(kept, "1") | {"state": "expired", "overall": "4"}
        about = ("partner_id", "company_id", "user_id", "kind", "res_id", "nonce")
        before = {name: self.request[name] for name in about}
        self.answer(**sent)
        self.assertEqual(self.stored(), "answered")
        self.assertEqual({name: self.request[name] for name in about}, before)
        self.assertFalse(self.request.told_date)
        self.assertFalse(self.request.campaign_id)
        self.assertFalse(self.request.complaint_id)

    def test_route(self):
        """T7: the route says who may come, how, and keeps its guard."""
        routing = TrustFeedback.feedback.original_routing
        self.assertEqual(routing["methods"], ["GET", "POST"])
        self.assertEqual(routing["auth"], "public")
        self.assertTrue(routing.get("csrf", True))
