# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import PAGE, TrustPortal, as_number, clean_text

WISHES = ("no_scoring", "scoring", "no_contact", "contact", "no_memory", "memory")
QUESTIONS = ("correct", "dispute", "delete")
FEW = 5


class TrustPortalHeld(TrustPortal):
    """What we hold about the person who is signed in, and what they can ask of it.

    Of that very person only: not of their company, not of their colleagues. Facts in
    plain words; weights, scores and our own notes stay inside.
    """

    @route(
        "/my/trust-data",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_held(self, done=None, problem=None, **_kw):
        person = request.env.user.partner_id.sudo()
        facts = request.env["trust.evidence"].sudo()
        domain = person._get_held_facts_domain()
        requests = request.env["trust.data.request"].sudo()
        return self._render(
            "trust_crm.portal_my_held",
            {
                "person": person,
                "facts": facts.search(domain, limit=FEW),
                "facts_count": facts.search_count(domain),
                "feedback": person._get_held_feedback(),
                "personal": person._get_held_personal(),
                "counts": self._get_held_counts(person),
                "requests": requests.search([("partner_id", "=", person.id)], limit=50),
                "done": done if done in (*WISHES, *QUESTIONS) else None,
                "problem": problem if problem in ("empty", "many") else None,
                "preview": request.env.user._is_internal(),
                "page_name": "trust_held",
            },
        )

    def _get_held_counts(self, person):
        """``{counter: number}`` of what has a page of its own."""
        return {
            name: request.env[model]
            .sudo()
            .search_count(request.env[model]._get_door_domain(person))
            for name, model in self._get_door_counters().items()
        }

    @route(
        ["/my/trust-data/facts", "/my/trust-data/facts/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_held_facts(self, page=1, **_kw):
        person = request.env.user.partner_id.sudo()
        facts = request.env["trust.evidence"].sudo()
        domain = person._get_held_facts_domain()
        pager = portal_pager(
            url="/my/trust-data/facts",
            total=facts.search_count(domain),
            page=as_number(page) or 1,
            step=PAGE,
        )
        found = facts.search(domain, limit=PAGE, offset=max(pager["offset"], 0))
        return self._render(
            "trust_crm.portal_my_facts",
            {"facts": found, "pager": pager, "page_name": "trust_facts"},
        )

    @route(
        "/my/trust-data/ask",
        type="http",
        auth="user",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_held_ask(self, kind=None, words=None, fact=None, about=None, **_kw):
        self._check_customer()
        person = request.env.user.partner_id
        if kind in WISHES:
            person._trust_wish(kind)
            return self._go("/my/trust-data", {}, done=kind)
        if kind not in QUESTIONS:
            raise request.not_found()
        words = clean_text(words)
        if kind != "delete" and not words:
            return self._go("/my/trust-data", {}, problem="empty")
        disputed = self._find_fact(person, fact) if kind == "dispute" else None
        if kind == "correct" and about:
            words = f"{self._find_personal(person, about)}: {words}"
        try:
            request.env["trust.data.request"]._receive(person, kind, words, disputed)
        except UserError:
            return self._go("/my/trust-data", {}, problem="many")
        return self._go("/my/trust-data", {}, done=kind)

    def _find_fact(self, person, fact):
        """A live fact about this very person, by the id that was posted."""
        facts = request.env["trust.evidence"].sudo()
        domain = person.sudo()._get_held_facts_domain()
        found = facts.search(domain & Domain("id", "=", as_number(fact)), limit=1)
        if not found:
            raise request.not_found()
        return found

    def _find_personal(self, person, about):
        """What a correction is about, as the page names it: a day, or the interests."""
        personal = person._get_held_personal()
        if about == "interests":
            return request.env._("My interests")
        found = personal["occasions"].filtered(lambda one: one.id == as_number(about))
        if not found:
            raise request.not_found()
        return f"{found._get_title()}, {found.when}"
