# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.http import request, route
from odoo.tools import plaintext2html

from ..tools import customer_files
from .portal import TrustPortal, clean_text

# What the form takes, and how much of it. Anything else in it is left out.
FIELDS = {
    "subject": 120,
    "description": 20000,
    "remedy_sought": 2000,
    "about_what": 120,
}


class TrustPortalComplaintFile(TrustPortal):
    """Filing a complaint: in one's own words, with photos."""

    @route(
        "/my/complaints/new",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_complaint_new(self, **_kw):
        return self._render_form({}, [])

    @route(
        "/my/complaints/new",
        type="http",
        auth="user",
        methods=["POST"],
        csrf=True,
        website=True,
    )
    def portal_complaint_file(self, **post):
        self._check_customer()
        person = request.env.user.partner_id
        values = {
            name: clean_text(post.get(name), most) for name, most in FIELDS.items()
        }
        values["subject"] = " ".join(values["subject"].split())
        values["about_what"] = " ".join(values["about_what"].split())
        sent = [
            (file.filename, file.read())
            for file in request.httprequest.files.getlist("files")
            if file.filename
        ]
        files, problems = customer_files.check(sent)
        problems += [
            (name, "missing") for name in ("subject", "description") if not values[name]
        ]
        complaints = request.env["trust.complaint"]
        if not problems and complaints._is_filing_too_much(person):
            problems.append(("", "flood"))
        if problems:
            return self._render_form(values, problems, lost=bool(sent))
        complaint = complaints._get_filed_twice(person, values) or complaints._file(
            person,
            values | {"description": plaintext2html(values["description"])},
            files,
        )
        return self._go(f"/my/complaints/{complaint.id}", {}, done="filed")

    def _render_form(self, values, problems, lost=False):
        """The form, with what was typed and what is wrong with it."""
        return self._render(
            "trust_crm.portal_complaint_new",
            {
                "values": values,
                "problems": problems,
                "missing": [name for name, problem in problems if problem == "missing"],
                "lost": lost,
                "sizes": FIELDS,
                "accept": ",".join(f".{kind}" for kind in customer_files.KINDS),
                "most_files": customer_files.MOST_FILES,
                "most_bytes": customer_files.MOST_BYTES,
                "preview": request.env.user._is_internal(),
                "page_name": "trust_complaint_new",
            },
        )
