# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import promise_days

TEMPLATE = "trust_crm.mail_template_feedback_request"
YEAR = timedelta(days=365)


class TrustFeedback(models.Model):
    """Asking: who may be asked now, who is skipped and why, and the mail."""

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _request(
        self, partner, kind, about=None, complaint=None, campaign=None, mail=None
    ):
        """Ask one person once; a person who may not be asked gets a skipped request.

        :param partner: one person
        :param kind: "pulse", "recovery" or "campaign"
        :param about: the meeting, order or complaint; None: the whole relationship
        :param complaint: whose recovery is asked for
        :param mail: {"subject", "body_html"} that somebody edited; None: the template's
        :return: the request, state "sent" with its mail queued, or "skipped"
        """
        partner.ensure_one()
        asker = self.sudo()
        about = complaint or about
        values = asker._prepare_request_values(partner.sudo(), kind, about, campaign)
        values["complaint_id"] = complaint.id if complaint else False
        company = asker.env["res.company"].browse(values["company_id"])
        reason = asker._get_skip_reasons(partner.sudo(), kind, company).get(partner.id)
        if not reason:
            request = asker._create_sent(values, company)
            if request:
                request._send_request(mail)
                return request.with_env(self.env)
            reason = "wait"
        skipped = values | {"state": "skipped", "skip_reason": reason}
        return asker.create(skipped).with_env(self.env)

    @api.model
    def _prepare_request_values(self, partner, kind, about, campaign):
        user = self._get_about_user(about)
        user = user or partner.user_id or partner.commercial_partner_id.user_id
        if not user and not self.env.user.share:
            user = self.env.user
        company = (
            (about and "company_id" in about and about.sudo().company_id)
            or (campaign and campaign.company_id)
            or partner.company_id
            or self.env.company
        )
        return {
            "partner_id": partner.id,
            "company_id": company.id,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "kind": kind,
            "campaign_id": campaign.id if campaign else False,
            "res_model": about._name if about else False,
            "res_id": about.id if about else False,
        }

    @api.model
    def _get_about_user(self, about):
        """The colleague whom the customer met there, if the record names one."""
        if about and "user_id" in about._fields:
            return about.sudo().user_id
        return self.env["res.users"]

    @api.model
    def _create_sent(self, values, company, waits=True):
        """The open request; empty when somebody else just asked the same person."""
        now = fields.Datetime.now()
        partner = self.env["res.partner"].browse(values["partner_id"])
        values = values | {
            "state": "sent",
            "date_sent": now,
            "date_expiry": now + timedelta(days=company.trust_feedback_open_days),
            "nonce": self._new_nonce(),
            "asks_yearly": self._is_year_due(partner, company, values["kind"], now),
        }
        if waits and values["kind"] != "recovery":
            values["wait_key"] = self._get_wait_key(partner, company, now)
        try:
            with self.env.cr.savepoint():
                return self.create(values)
        except psycopg2.errors.UniqueViolation:
            return self.browse()

    @api.model
    def _get_wait_key(self, partner, company, now):
        """A key that two requests at the same moment share, and later ones do not.

        One per person and period of the wait: requests as far apart as the wait never
        fall into the same period. The check before it sees what is committed, the
        unique index what is not.
        """
        days = company.trust_feedback_wait_days
        if not days:
            return False
        period = int(now.timestamp() // timedelta(days=days).total_seconds())
        return f"{partner.id}/{days}/{period}"

    @api.model
    def _is_year_due(self, partner, company, kind, now):
        """Expectation and obligation are asked again a year after they were told.

        What they told another company is not for this one.
        """
        told = Domain(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("asks_yearly", "=", True),
                ("date_answered", ">", now - YEAR),
            ]
        )
        return kind != "recovery" and not self.search_count(told, limit=1)

    # SKIPS

    @api.model
    def _get_skip_reasons(self, partners, kind, company):
        """{id of a person who must not be asked now: reason}.

        One wait per person across all kinds, companies and contacts of one address;
        the recovery pulse does not wait, but others wait after it.
        """
        recent = self._get_recently_asked(partners, company)
        refused = self._get_blacklisted(partners)
        insiders = partners._trust_insiders()
        checks = [
            ("archived", lambda p: not p.active),
            ("colleague", lambda p: p in insiders),
            ("opted_out", lambda p: self._is_opted_out(p, kind)),
            ("no_email", lambda p: not p.email_normalized),
            ("blacklisted", lambda p: p.email_normalized in refused),
            ("wait", lambda p: kind != "recovery" and p.id in recent),
        ]
        found = {
            partner.id: next((reason for reason, check in checks if check(partner)), 0)
            for partner in partners
        }
        return {partner_id: reason for partner_id, reason in found.items() if reason}

    @staticmethod
    def _is_opted_out(partner, kind):
        """Left out of scoring, or of all contact but about orders and complaints."""
        family = partner | partner.commercial_partner_id
        unwanted = partner.trust_no_contact and kind != "recovery"
        return unwanted or "never" in family.mapped("trust_scoring")

    @api.model
    def _get_blacklisted(self, partners):
        emails = [email for email in partners.mapped("email_normalized") if email]
        found = self.env["mail.blacklist"].sudo().search([("email", "in", emails)])
        return set(found.mapped("email"))

    @api.model
    def _get_recently_asked(self, partners, company):
        """Ids of those asked within the wait, at whatever contact of theirs."""
        days = company.trust_feedback_wait_days
        emails = [email for email in partners.mapped("email_normalized") if email]
        asked = self.sudo().search(
            Domain("date_sent", ">", fields.Datetime.now() - timedelta(days=days))
            & (
                Domain("partner_id", "in", partners.ids)
                | Domain("partner_id.email_normalized", "in", emails)
            )
        )
        same = set(asked.partner_id.mapped("email_normalized")) - {False}
        return set(asked.partner_id.ids) | {
            partner.id for partner in partners if partner.email_normalized in same
        }

    # MAIL

    def _send_request(self, mail=None):
        """Queue the mail in this transaction: a request has one mail, not two."""
        self.ensure_one()
        self._get_template().send_mail(self.id, email_values=mail or None)

    def _render_request(self):
        """(subject, body) of the mail in the person's language, to be edited."""
        template = self._get_template()
        content = template._generate_template(self.ids, ("subject", "body_html"))
        return content[self.id]["subject"], content[self.id]["body_html"]

    @api.model
    def _get_template(self):
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            raise UserError(
                self.env._("The mail template of feedback requests was deleted.")
            )
        return template

    def _get_responsible(self):
        """Who follows up: the colleague concerned, else the customer's."""
        self.ensure_one()
        partner = self.partner_id
        managers = self.env.ref("trust_crm.group_trust_manager").all_user_ids
        candidates = (
            self.user_id,
            partner.user_id,
            partner.commercial_partner_id.user_id,
            self.team_id.user_id,
            *managers.filtered(lambda u: self.company_id in u.company_ids),
            self.env.ref("base.user_admin"),
        )
        able = (user for user in candidates if user.active and not user.share)
        return next(able, self.env["res.users"])

    def _notify_asked(self):
        """Tell who pressed the button what became of it."""
        self.ensure_one()
        if self.state == "sent":
            kind, title = "success", self.env._("The request is on its way")
            message = self.partner_id.email
        else:
            labels = dict(self._fields["skip_reason"]._description_selection(self.env))
            kind, title = "warning", self.env._("Nobody was asked")
            message = labels[self.skip_reason]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_open_until(self):
        """The last day on which the link works, for the mail."""
        return promise_days.local_day(self.date_expiry, self.partner_id.tz)
