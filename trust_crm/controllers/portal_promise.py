# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.fields import Domain
from odoo.http import request, route

from ..models.trust_promise import PENDING
from .portal import TrustPortal, clean_text


class TrustPortalPromise(TrustPortal):
    """Promises made to me: the customer confirms or disputes."""

    @route(
        ["/my/promises", "/my/promises/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_promises(self, page=1, sortby=None, filterby=None, **_kw):
        values = self._get_list_values(
            "trust.promise",
            "/my/promises",
            self._get_promise_sortings(),
            self._get_promise_filters(),
            sortby=sortby,
            filterby=filterby,
            page=page,
        )
        return self._render(
            "trust_crm.portal_my_promises",
            {
                **values,
                "promises": values["records"],
                "now": fields.Datetime.now(),
                "page_name": "trust_promises",
            },
        )

    def _get_promise_sortings(self):
        env = request.env
        return {
            "due": {
                "label": env._("Due"),
                "order": "date_deadline desc, id desc",
            },
            "new": {
                "label": env._("Newest"),
                "order": "create_date desc, id desc",
            },
            "name": {"label": env._("What"), "order": "name, id"},
        }

    def _get_promise_filters(self):
        env = request.env
        kept = ("kept", "kept_late")
        return {
            "all": {"label": env._("All"), "domain": Domain.TRUE},
            "open": {
                "label": env._("Still to be kept"),
                "domain": Domain("state", "in", (*PENDING, "broken")),
            },
            "kept": {
                "label": env._("Kept"),
                "domain": Domain("state", "in", kept),
            },
        }

    @route(
        "/my/promises/<int:promise_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_promise(self, promise_id, access_token=None, done=None, **keys):
        if self._is_stranger(access_token):
            return self._ask_to_sign_in(f"/my/promises/{promise_id}")
        promise = self._find("trust.promise", promise_id, access_token)
        keys["access_token"] = access_token
        return self._render(
            "trust_crm.portal_my_promise",
            {
                "promise": promise,
                "object": promise,
                "can_confirm": promise._is_open_to_answer(True),
                "can_dispute": promise._is_open_to_answer(False),
                "overdue": promise.deadline_at <= fields.Datetime.now(),
                "pending": promise.state in PENDING,
                "done": done if done in ("kept", "not_kept") else None,
                "page_name": "trust_promise",
                **self._get_key_values(keys),
            },
        )

    @route(
        "/my/promises/<int:promise_id>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_promise_answer(self, promise_id, access_token=None, **post):
        promise = self._find("trust.promise", promise_id, access_token)
        self._check_customer()
        post["access_token"] = access_token
        answer = post.get("answer")
        query = {}
        if answer in ("kept", "not_kept"):
            kept = answer == "kept"
            if promise._is_open_to_answer(kept):
                sentence = clean_text(post.get("sentence"), 500)
                author = self._get_speaker(
                    promise, post.get("pid"), hash=post.get("hash")
                )
                promise._customer_answers(kept, sentence, author)
                query = {"done": answer}
        return self._go(f"/my/promises/{promise.id}", post, **query)
