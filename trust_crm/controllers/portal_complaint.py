# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from ..models.trust_complaint_step import OPEN
from .portal import TrustPortal, clean_text

DONE = ("filed", "accepted", "refused", "withdrawn", "appealed")
PROBLEMS = ("sentence", "late")


class TrustPortalComplaint(TrustPortal):
    """My complaints: where they stand, what is proposed, what was said."""

    def _get_door_counters(self):
        return super()._get_door_counters() | {
            "trust_complaint_count": "trust.complaint"
        }

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "trust_answer_count" in counters:
            complaints = request.env["trust.complaint"]
            domain = complaints._get_door_domain(request.env.user.partner_id)
            waiting = domain & Domain("step_code", "=", "proposed")
            values["trust_answer_count"] = complaints.sudo().search_count(waiting)
        return values

    @route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_complaints(self, page=1, sortby=None, filterby=None, **_kw):
        values = self._get_list_values(
            "trust.complaint",
            "/my/complaints",
            self._get_complaint_sortings(),
            self._get_complaint_filters(),
            sortby=sortby,
            filterby=filterby,
            page=page,
        )
        return self._render(
            "trust_crm.portal_my_complaints",
            {
                **values,
                "complaints": values["records"],
                "page_name": "trust_complaints",
            },
        )

    def _get_complaint_sortings(self):
        env = request.env
        return {
            "new": {"label": env._("Newest"), "order": "received_date desc, id desc"},
            "next": {"label": env._("Next deadline"), "order": "next_deadline, id"},
            "name": {"label": env._("Number"), "order": "name, id"},
        }

    def _get_complaint_filters(self):
        env = request.env
        is_open = Domain("step_code", "in", OPEN)
        return {
            "all": {"label": env._("All"), "domain": Domain.TRUE},
            "open": {"label": env._("Still open"), "domain": is_open},
            "answer": {
                "label": env._("Waiting for my answer"),
                "domain": Domain("step_code", "=", "proposed"),
            },
            "over": {"label": env._("Settled or ended"), "domain": ~is_open},
        }

    @route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_complaint(
        self, complaint_id, access_token=None, done=None, problem=None, **keys
    ):
        if self._is_stranger(access_token):
            return self._ask_to_sign_in(f"/my/complaints/{complaint_id}")
        complaint = self._find("trust.complaint", complaint_id, access_token)
        keys["access_token"] = access_token
        return self._render(
            "trust_crm.portal_my_complaint",
            {
                "complaint": complaint,
                "object": complaint,
                "steps": complaint._get_door_steps(),
                "solutions": complaint._get_door_solutions(),
                "files": complaint._get_door_files(),
                "promises": complaint.promise_ids.filtered(lambda p: p._is_at_door()),
                "is_open": complaint.step_code in OPEN,
                "late": bool(complaint.next_deadline)
                and complaint.next_deadline <= fields.Datetime.now(),
                "done": done if done in DONE else None,
                "problem": problem if problem in PROBLEMS else None,
                "page_name": "trust_complaint",
                **self._get_key_values(keys),
            },
        )

    # WHAT THE CUSTOMER DECIDES

    @route(
        "/my/complaints/<int:complaint_id>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_complaint_answer(self, complaint_id, access_token=None, **post):
        """Accept or refuse a proposal."""
        complaint, author = self._let_in(complaint_id, access_token, post)
        answer, id_ = post.get("answer"), str(post.get("solution"))
        sentence = clean_text(post.get("sentence"), 500)
        solution = complaint.solution_ids.filtered(lambda s: str(s.id) == id_)
        if answer not in ("accept", "refuse") or not solution:
            raise request.not_found()
        if answer == "refuse" and not sentence:
            return self._back(complaint, post, problem="sentence")
        accepted = answer == "accept"
        return self._try(
            complaint,
            post,
            "accepted" if accepted else "refused",
            lambda: complaint._customer_answer(
                solution, accepted, sentence, "customer", author
            ),
        )

    @route(
        "/my/complaints/<int:complaint_id>/withdraw",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_complaint_withdraw(self, complaint_id, access_token=None, **post):
        """The customer lets it rest."""
        complaint, author = self._let_in(complaint_id, access_token, post)
        return self._try_saying(
            complaint,
            post,
            "withdrawn",
            lambda sentence: complaint._leave(
                "withdrawn", sentence, "customer", author
            ),
        )

    @route(
        "/my/complaints/<int:complaint_id>/appeal",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_complaint_appeal(self, complaint_id, access_token=None, **post):
        """The customer does not take our rejection."""
        complaint, author = self._let_in(complaint_id, access_token, post)
        return self._try_saying(
            complaint,
            post,
            "appealed",
            lambda sentence: complaint._reopen(sentence, appeal=True, author=author),
        )

    def _let_in(self, complaint_id, access_token, post):
        """The complaint and who speaks about it; the key is kept for the way back."""
        complaint = self._find("trust.complaint", complaint_id, access_token)
        self._check_customer()
        post["access_token"] = access_token
        author = self._get_speaker(complaint, post.get("pid"), hash=post.get("hash"))
        return complaint, author

    def _try_saying(self, complaint, post, done, step):
        """Take a step that needs a sentence of the customer's."""
        sentence = clean_text(post.get("sentence"), 500)
        if not sentence:
            return self._back(complaint, post, problem="sentence")
        return self._try(complaint, post, done, lambda: step(sentence))

    def _try(self, complaint, post, done, step):
        """Take a step, or say that it came too late: somebody was faster."""
        try:
            with request.env.cr.savepoint():
                step()
        except UserError:
            return self._back(complaint, post, problem="late")
        return self._back(complaint, post, done=done)

    def _back(self, complaint, post, **query):
        return self._go(f"/my/complaints/{complaint.id}", post, **query)
