# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import http
from odoo.tests import tagged
from odoo.tools import SQL

from .portal_common import PortalCase

FEW, MANY = 120, 20_000
WORDS = (
    *("access_token", "pid", "hash", "answer", "sentence", "solution", "kind", "words"),
    *("fact", "subject", "description", "files", "page", "sortby", "filterby", "done"),
    *("problem", "self", "_method", "redirect", "partner_id", "step_id", "message_ids"),
)
VALUES = st.one_of(
    st.sampled_from(
        [
            *("kept", "not_kept", "accept", "refuse", "dispute", "delete", "1", "-1"),
            *("0", "9" * 40, "//evil.example", "[]", '{"a": [1]}', "\x00", "NaN", ""),
        ]
    ),
    st.text(max_size=40),
    st.text(min_size=3000, max_size=3000),
)
# No NUL in a path: Odoo itself answers 500 to one that it does not know.
LETTERS = st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])
IDS = st.one_of(
    st.just("own"),
    st.integers(-2, 2**70).map(str),
    st.text(LETTERS, min_size=1, max_size=5),
)
PATHS = st.sampled_from(
    [
        "/my/promises",
        "/my/promises/page/{}",
        "/my/promises/{}",
        "/my/promises/{}/answer",
        "/my/complaints",
        "/my/complaints/page/{}",
        "/my/complaints/new",
        "/my/complaints/{}",
        "/my/complaints/{}/answer",
        "/my/complaints/{}/withdraw",
        "/my/complaints/{}/appeal",
        "/my/trust-data",
        "/my/trust-data/facts",
        "/my/trust-data/facts/page/{}",
        "/my/trust-data/ask",
    ]
)
KEPT = (
    *("res_users", "res_groups", "res_company", "trust_promise_change"),
    *("trust_complaint_redress", "trust_complaint_solution", "trust_policy"),
)


@tagged("post_install", "-at_install")
class TestPortalFuzz(PortalCase):
    """Whatever is sent to the door, the house stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.promise = cls.env["trust.promise"].create(
            {
                "name": "Call back",
                "partner_id": cls.mara.id,
                "user_id": cls.seller.id,
                "shared": True,
            }
        )
        cls.complaint = cls.env["trust.complaint"]._file(cls.mara, {"subject": "Late"})
        cls.strange = cls.env["trust.complaint"]._file(cls.stranger, {"subject": "No"})

    def test_few(self):
        """T7: no answer is an error, no redirect leaves, nothing foreign changes."""
        self._fuzz(FEW)

    @pytest.mark.long
    def test_many(self):
        """T7: the same, many times."""
        self._fuzz(MANY)

    def _fuzz(self, number):
        self.enter(self.mara)
        self.get("/my")
        watched = self._row(self.strange)
        before = self.fingerprint()
        self._send_many(number)
        self.assertEqual(self._row(self.strange), watched)
        self.assertFalse(set(KEPT) & set(self.changed(before)))
        self.assertEqual(self.complaint.partner_id, self.mara)

    def _row(self, complaint):
        """The row as it is stored."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL("SELECT * FROM trust_complaint WHERE id = %s", complaint.id)
        )

    def _send_many(self, number):
        @settings(
            max_examples=number,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            PATHS,
            IDS,
            st.sampled_from(["GET", "POST", "HEAD", "PUT"]),
            st.lists(st.tuples(st.sampled_from(WORDS), VALUES), max_size=6),
            st.booleans(),
            st.sampled_from([{}, {"Origin": "https://evil.example"}]),
        )
        def send(path, id_, method, pairs, csrf, headers):
            self._send(path, id_, method, pairs, csrf, headers)

        send()

    def _send(self, path, id_, method, pairs, csrf, headers):
        if id_ == "own":
            own = self.promise if "promises" in path else self.complaint
            id_ = str(own.id)
        pairs = [
            (name, value.encode("utf-8", "surrogatepass")) for name, value in pairs
        ]
        if method == "POST" and csrf:
            pairs.append(("csrf_token", http.Request.csrf_token(self)))
        where = {"data": pairs} if method == "POST" else {"params": pairs}
        response = self.opener.request(
            method,
            self.base_url() + path.format(id_.replace("/", "")),
            allow_redirects=False,
            headers=headers,
            timeout=30,
            **where,
        )
        self.assertLess(response.status_code, 500, (method, path, id_, pairs))
        location = response.headers.get("Location", "/")
        self.assertTrue(location.startswith(("/", self.base_url() + "/")), location)
        self.assertFalse(location.startswith(("//", "/\\")), location)
