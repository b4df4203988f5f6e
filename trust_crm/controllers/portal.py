# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re

from werkzeug.exceptions import Forbidden
from werkzeug.urls import url_encode

from odoo.exceptions import AccessError, MissingError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

MAX_ID = 2**31 - 1
PAGE = 20
KEYS = ("access_token", "pid", "hash")
# Control characters, but tab and line feed, and halves of characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex",
}


def clean_text(value, most=5000):
    """What somebody typed as text that can be stored: nothing else, nothing endless."""
    if not isinstance(value, str):
        return ""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", value).strip()[:most].rstrip()


def as_number(value):
    """What came as a number, or 0: negative, endless and other things are none."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class TrustPortal(CustomerPortal):
    """What the pages of the customer's own door share.

    GET never writes: no token is made, nothing is counted. Whatever is not for the
    visitor's eyes is 404, whether it exists or not.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        person = request.env.user.partner_id
        for name, model in self._get_door_counters().items():
            if name in counters:
                domain = request.env[model]._get_door_domain(person)
                values[name] = request.env[model].sudo().search_count(domain)
        return values

    def _get_door_counters(self):
        """``{counter: model}`` of the portal's home."""
        return {"trust_promise_count": "trust.promise"}

    # WHO MAY COME IN

    def _find(self, model, id_, access_token=None):
        """The record in sudo, when the visitor may see it.

        :raises NotFound: in any other case
        """
        token = access_token if isinstance(access_token, str) else ""
        if not 0 < id_ <= MAX_ID or not token.isascii():
            raise request.not_found()
        try:
            self._document_check_access(model, id_, token)
        except (AccessError, MissingError):
            raise request.not_found() from None
        record = request.env[model].sudo().browse(id_)
        if not record._is_at_door():
            raise request.not_found()
        self._speak_their_language(record)
        return record.with_env(request.env(su=True))

    def _speak_their_language(self, record):
        """Somebody who comes with the link of a mail reads what the mail was in."""
        lang = record.partner_id.lang
        if request.env.user._is_public() and lang:
            request.update_context(lang=lang)

    def _is_stranger(self, access_token):
        """Not signed in and without a key: to be asked to sign in."""
        return request.env.user._is_public() and not access_token

    def _ask_to_sign_in(self, path):
        return request.redirect(f"/web/login?{url_encode({'redirect': path})}")

    def _get_speaker(self, record, pid=None, **keys):
        """Who speaks: who is signed in, else whom the mail's link was for."""
        user = request.env.user
        if not user._is_public():
            return user.partner_id
        signed = keys.get("hash")
        if (
            isinstance(signed, str)
            and signed.isascii()
            and consteq(signed, record._sign_token(as_number(pid)))
        ):
            person = request.env["res.partner"].sudo().browse(as_number(pid)).exists()
            if person:
                return person
        return record.partner_id

    def _check_customer(self):
        """The customer's word is not for a colleague to give, even with their link."""
        if request.env.user._is_internal():
            raise Forbidden(
                request.env._(
                    "You are signed in as a colleague: only the customer answers here."
                )
            )

    # PAGES

    def _render(self, template, values):
        return request.render(
            template, self._prepare_portal_layout_values() | values, headers=HEADERS
        )

    def _go(self, path, keys, **query):
        """On to a page of ours, with the visitor's own key."""
        query |= {name: keys[name] for name in KEYS if isinstance(keys.get(name), str)}
        return request.redirect(f"{path}?{url_encode(query)}" if query else path)

    def _get_key_values(self, keys):
        """What pages and their forms need of the visitor's key."""
        kept = {name: keys[name] for name in KEYS if isinstance(keys.get(name), str)}
        return {
            "keys": kept,
            "query": f"?{url_encode(kept)}" if kept else "",
            "token": kept.get("access_token"),
            "pid": kept.get("pid"),
            "hash": kept.get("hash"),
            "preview": request.env.user._is_internal(),
        }

    def _get_list_values(self, model, url, sortings, filters, **chosen):
        """One page of what the visitor may see.

        :param sortings: ``{name: {"label", "order"}}``, the first is the default
        :param filters: ``{name: {"label", "domain"}}``, "all" is the default
        :param chosen: sortby, filterby, page as they came
        """
        sortby, filterby = chosen.get("sortby"), chosen.get("filterby")
        sortby = sortby if sortby in sortings else next(iter(sortings))
        filterby = filterby if filterby in filters else "all"
        person = request.env.user.partner_id
        records = request.env[model]
        mine = records._get_door_domain(person)
        domain = mine & filters[filterby]["domain"]
        pager = portal_pager(
            url=url,
            url_args={"sortby": sortby, "filterby": filterby},
            total=records.search_count(domain),
            page=as_number(chosen.get("page")) or 1,
            step=PAGE,
        )
        found = records.search(
            domain,
            order=sortings[sortby]["order"],
            limit=PAGE,
            offset=max(pager["offset"], 0),
        )
        return {
            "records": found.sudo(),
            "has_any": bool(found) or bool(records.search_count(mine, limit=1)),
            "pager": pager,
            "default_url": url,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_filters": filters,
            "filterby": filterby,
        }
