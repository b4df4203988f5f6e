# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq, hmac

from .trust_feedback import SCORES, WORDS

PURPOSE = "trust_crm.feedback.answer"
HUMAN = "trust_crm.feedback.human"
TOKEN = re.compile(r"([1-9][0-9]{0,9})-([0-9a-f]{64})", re.ASCII)
SEAL = re.compile(r"([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)
LARGEST_ID = 2**31 - 1
SEAL_LASTS = timedelta(hours=12)
# What the page reads, in the query that finds the request.
ON_PAGE = (
    *("nonce", "date_expiry", "state", "kind", "res_model", "res_id", "asks_yearly"),
    *("partner_id", "company_id", "date_answered", *SCORES, *WORDS),
)
# Stands in the mail for the token until the moment it leaves for the customer.
PERSONAL_LINK = "your-personal-link"


class TrustFeedback(models.Model):
    """The link: an HMAC over request, purpose, nonce and expiry.

    Nothing secret is stored: the key is the database's own secret, the nonce is worth
    nothing without it, and mails carry a stand-in that is replaced as they leave.
    A new nonce revokes every link given before.
    """

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _new_nonce(self):
        return secrets.token_hex(16)

    def _get_link(self):
        """What the mail template writes; becomes the person's own as the mail goes."""
        self.ensure_one()
        return f"{self.get_base_url()}/trust/feedback/{PERSONAL_LINK}"

    def _get_token(self):
        """The token of the link to this request. Hand it to nobody but the customer."""
        self.ensure_one()
        request = self.sudo()
        return f"{self.id}-{self._sign(self.id, request.nonce, request.date_expiry)}"

    def _sign(self, request_id, nonce, expiry):
        message = (request_id, nonce, fields.Datetime.to_string(expiry))
        return hmac(self.env(su=True), PURPOSE, message)

    @api.model
    def _find_by_token(self, token):
        """The request that a token opens, in sudo; empty for every other token.

        Unknown, foreign, revoked and expired tokens take the same way: one query and
        one signature, compared in constant time.
        """
        match = TOKEN.fullmatch(token)
        request_id, given = (int(match[1]), match[2]) if match else (0, "0" * 64)
        if request_id > LARGEST_ID:
            request_id = 0
        request = self.sudo().search_fetch(
            Domain("id", "=", request_id) & self._get_reachable_domain(), ON_PAGE
        )
        expected = self._sign(request.id, request.nonce, request.date_expiry)
        return request if consteq(given, expected) and request else self.sudo()

    @api.model
    def _get_reachable_domain(self):
        """Requests whose link still opens something: not over, person still here."""
        return Domain(
            [
                ("state", "in", ("sent", "answered")),
                ("date_expiry", ">", fields.Datetime.now()),
                ("partner_id.active", "=", True),
            ]
        )

    # The human step: a seal that only the page's own button, clicked, hands back.

    def _get_seal(self, session_id):
        """Seal for the page that this browser session was shown just now."""
        moment = int(fields.Datetime.now().timestamp())
        return f"{moment}.{self._sign_seal(session_id, moment)}"

    def _check_seal(self, seal, session_id):
        """Whether a page of this request, shown to this session, was confirmed."""
        match = SEAL.fullmatch(seal)
        if not match:
            return False
        moment = int(match[1])
        age = fields.Datetime.now().timestamp() - moment
        fresh = 0 <= age + 1 <= SEAL_LASTS.total_seconds()
        return fresh and consteq(match[2], self._sign_seal(session_id, moment))

    def _sign_seal(self, session_id, moment):
        self.ensure_one()
        message = (self.id, self.sudo().nonce, session_id, moment)
        return hmac(self.env(su=True), HUMAN, message)


class MailMail(models.Model):
    """The personal link is written into the mail as it leaves, and nowhere else."""

    _inherit = "mail.mail"

    def _prepare_outgoing_body(self):
        body = super()._prepare_outgoing_body()
        if self.model == "trust.feedback" and PERSONAL_LINK in body:
            request = self.env["trust.feedback"].sudo().browse(self.res_id).exists()
            only_reader = self.recipient_ids == request.partner_id
            copied = self.email_to or self.email_cc
            if request.state == "sent" and only_reader and not copied:
                body = body.replace(PERSONAL_LINK, request._get_token())
        return body
