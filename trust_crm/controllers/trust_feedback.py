# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, http
from odoo.http import STORED_SESSION_BYTES, request
from odoo.tools import get_lang

SESSION_KEY = "trust_feedback"
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class TrustFeedback(http.Controller):
    """The page behind the link: reads for everybody, writes after a human step.

    GET and HEAD only read. A POST without the seal, which the page's button hands over
    when a person clicks it, shows the answers once more with a button to send them:
    what follows links and posts forms by itself gets no further. The first answer
    counts; the browser session that gave it may correct it for 24 hours.
    """

    @http.route(
        "/trust/feedback/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def feedback(self, token, **form):
        feedback = request.env["trust.feedback"]._find_by_token(token)
        if not feedback:
            return self._gone()
        partner = feedback.partner_id
        partner.fetch(["name", "lang"])  # of some hundred columns
        feedback.company_id.fetch(["name", "partner_id"])
        language = partner.lang or feedback.company_id.partner_id.lang
        request.update_context(lang=get_lang(request.env, language).code)
        feedback = feedback.with_context(lang=request.env.lang)
        if request.httprequest.method == "POST":
            return self._post(feedback, token, form)
        corrects = self._may_correct(feedback)
        if feedback.state == "answered" and not (corrects and "correct" in form):
            return self._show(feedback, token, "thanks", corrects=corrects)
        answers = {name: feedback[name] for name in feedback._get_asked()}
        return self._show(feedback, token, "page", answers=answers)

    def _post(self, feedback, token, form):
        corrects = self._may_correct(feedback)
        if feedback.state == "answered" and not corrects:
            return self._show(feedback, token, "thanks")
        answers, missing = feedback._read_answers(form)
        if missing or form.get("step") == "change" or self._is_colleague():
            missing = missing if form.get("step") != "change" else []
            return self._show(feedback, token, "page", answers=answers, missing=missing)
        seal = form.get("human")
        seal = seal if isinstance(seal, str) else ""
        if not feedback._check_seal(seal, self._session_id()):
            return self._show(feedback, token, "review", answers=answers)
        if feedback._answer(answers, corrects):
            self._remember(feedback)
        return request.redirect(f"/trust/feedback/{token}", code=303)

    # SESSION

    @staticmethod
    def _session_id():
        return request.session.sid[:STORED_SESSION_BYTES]

    @staticmethod
    def _is_colleague():
        """Nobody of us answers for the customer."""
        return request.env.user._is_internal()

    @staticmethod
    def _remember(feedback):
        given = request.session.get(SESSION_KEY) or {}
        moment = fields.Datetime.to_string(feedback.date_answered)
        request.session[SESSION_KEY] = {**given, str(feedback.id): moment}

    @staticmethod
    def _may_correct(feedback):
        """Whether this browser session gave the answer, less than 24 hours ago."""
        given = request.session.get(SESSION_KEY) or {}
        moment = given.get(str(feedback.id))
        return (
            feedback.state == "answered"
            and moment == fields.Datetime.to_string(feedback.date_answered)
            and feedback._is_correctable(fields.Datetime.now())
        )

    # PAGES

    def _show(self, feedback, token, page, answers=None, missing=(), corrects=False):
        questions = feedback._get_questions()
        answers = answers or {}
        values = {
            "feedback": feedback,
            "company": feedback.company_id,
            "token": token,
            "questions": questions,
            "scales": feedback._render_scales(questions, answers, missing),
            "answers": answers,
            "missing": missing,
            "corrects": corrects,
            "colleague": self._is_colleague(),
            "seal": feedback._get_seal(self._session_id()),
            "html_data": {"lang": request.env.lang.replace("_", "-")},
        }
        template = f"trust_crm.trust_feedback_{page}"
        return request.render(template, values, headers=PRIVATE)

    @staticmethod
    def _gone():
        """One answer for unknown, foreign, revoked and expired links."""
        body = request.env["ir.qweb"]._render("trust_crm.trust_feedback_gone", {})
        return request.make_response(body, headers=list(PRIVATE.items()), status=404)
