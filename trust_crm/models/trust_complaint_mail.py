# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import email_normalize, is_html_empty

from .trust_complaint_step import OPEN

TEMPLATES = ("acknowledgement", "proposal", "apology", "closing")
STAFF = "base.group_user"


class TrustComplaint(models.Model):
    """Mail in and out.

    A sender's address proves nothing: a complaint that came by mail counts nothing
    until somebody has confirmed whose it is. It is kept in any case, made by the
    system and never in the name of whom the sender claims to be.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    email_from = fields.Char("Sender", readonly=True, copy=False, groups=STAFF)
    confirmed = fields.Boolean(
        "Sender confirmed",
        default=True,
        readonly=True,
        copy=False,
        groups=STAFF,
        help="A mail proves nobody: until somebody knows that it is from the customer "
        "it counts nothing.",
    )
    mail_key = fields.Char("Message-ID", readonly=True, copy=False, groups=STAFF)

    _mail_key_unique = models.UniqueIndex(
        "(mail_key) WHERE mail_key IS NOT NULL", "This mail is a complaint already."
    )

    # INCOMING

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail as a complaint: one for each Message-ID."""
        root = self.with_user(self.env.ref("base.user_root")).sudo()
        values = root._prepare_mail_values(msg_dict, custom_values or {})
        return root.create(values)

    @api.model
    def _prepare_mail_values(self, msg_dict, custom_values):
        company = self.env["res.company"].browse(custom_values.get("company_id"))
        company = company.exists() or self.env.company
        subject = (msg_dict.get("subject") or "").strip()
        values = {
            "subject": subject or self.env._("Complaint without a subject"),
            "description": msg_dict.get("body") or "",
            "email_from": msg_dict.get("email_from") or "",
            "mail_key": msg_dict.get("message_id") or False,
            "source": "mail",
            "confirmed": False,
            "company_id": company.id,
            "partner_id": self._find_sender(msg_dict.get("email_from"), company).id,
        }
        return values

    @api.model
    def _find_sender(self, email_from, company):
        """The customer that the sender seems to be: known, and of nobody's staff."""
        email = email_normalize(email_from or "")
        if not email:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                ("email_normalized", "=", email),
                ("partner_share", "=", True),
                ("company_id", "in", (company.id, False)),
            ],
            order="id",
            limit=1,
        )

    def message_update(self, msg_dict, update_vals=None):
        """Somebody of the customer's wrote again: we need not wait any longer."""
        email = msg_dict.get("email_from")
        for complaint in self.sudo():
            if complaint._is_party(email) and not complaint._is_colleague(email):
                complaint._hear()
        return super().message_update(msg_dict, update_vals)

    def _hear(self):
        """The customer spoke: the clock goes on, or somebody has to look again."""
        self.ensure_one()
        if self.step_code in OPEN:
            self._end_pause(self.step_code, fields.Datetime.now(), always=True)
        else:
            self._notify_responsible(
                lambda env: env._("The customer wrote again: %(name)s", name=self.name)
            )

    def _is_party(self, email_from):
        """Is that an address of the customer's, of their company, or of a colleague?

        A mail from anybody else that names this thread is kept apart.
        """
        self.ensure_one()
        email = email_normalize(email_from or "")
        if not email:
            return False
        if email == email_normalize(self.email_from or ""):
            return True
        if self._is_colleague(email):
            return True
        people = self.env["res.partner"].search([("email_normalized", "=", email)])
        firms = people.commercial_partner_id
        return bool(
            self.commercial_partner_id & firms or self.message_partner_ids & people
        )

    @api.model
    def _is_colleague(self, email_from):
        """Does that address belong to one of us?"""
        email = email_normalize(email_from or "")
        ours = [("email_normalized", "=", email), ("partner_share", "=", False)]
        return bool(email and self.env["res.partner"].search_count(ours, limit=1))

    # OUTGOING

    def _acknowledge(self):
        """Tell the customer at once that it is here, its number and what comes when.

        Robots get no answer: two of them would write to each other for ever.
        """
        if self.env.context.get("trust_complaint_robot"):
            return
        template = self.env["mail.template"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id(
                "trust_crm.mail_template_complaint_acknowledgement"
            )
        )
        for complaint in self:
            to = complaint._get_customer_email()
            if template and to and complaint._notice("acknowledged", "1"):
                # In our name, also when the customer's own click files it.
                ours = complaint.user_id or complaint.company_id
                # That address is the customer's: as a recipient too they got it twice.
                mail = {"email_to": to, "recipient_ids": []}
                mail["author_id"] = ours.partner_id.id
                template.send_mail(complaint.id, email_values=mail)

    def _get_customer_email(self):
        """Where the customer is written to, or False."""
        self.ensure_one()
        if self.confirmed or not self.email_from:
            return self.partner_id.email_formatted or self.email_from
        sender = email_normalize(self.email_from)
        staff = self.env["res.users"].search_count(
            [("partner_id.email_normalized", "=", sender), ("share", "=", False)],
            limit=1,
        )
        return not staff and self.email_from

    def _get_customer_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.env.company.partner_id.lang or "en_US"

    def _get_deadline_tz(self):
        """The time zone in which the customer is told a deadline."""
        self.ensure_one()
        return self.partner_id.tz or self.sudo()._get_calendar().tz or "UTC"

    def action_write(self):
        """A mail to the customer from one of the templates, editable before sending."""
        self.ensure_one()
        kind = self.env.context.get("trust_template")
        kind = kind if kind in TEMPLATES else "acknowledgement"
        template = self.env.ref(
            f"trust_crm.mail_template_complaint_{kind}", raise_if_not_found=False
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to the customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id if template else False,
                "default_composition_mode": "comment",
                "default_partner_ids": self.partner_id.ids,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
            },
        }

    # FIRST ANSWER

    def _message_post_after_hook(self, message, msg_vals):
        """A colleague's word to the customer answers; the customer's ends waiting."""
        result = super()._message_post_after_hook(message, msg_vals)
        for complaint in self:
            if complaint._is_word_between(message):
                complaint._note_word(message)
        return result

    def _is_word_between(self, message):
        internal = message.is_internal or message.subtype_id.internal
        return (
            message.message_type in ("comment", "email", "email_outgoing")
            and message.subtype_id
            and not internal
            and not is_html_empty(message.body)
        )

    def _note_word(self, message):
        author = message.sudo().author_id
        user = author.user_ids.filtered(lambda u: not u.share)[:1]
        if message.message_type == "email":
            return  # a mail proves nobody; message_update has seen it
        if user and user == self.env.user and self.sudo().partner_id:
            self.sudo()._note_answer(user)
        elif author and author.commercial_partner_id == (
            self.sudo().commercial_partner_id
        ):
            self.sudo()._hear()

    def _note_answer(self, user):
        """The first answer stops its clock, for good, and is no longer to be done."""
        for complaint in self.filtered(lambda c: not c.answered_date):
            complaint.write(
                {"answered_date": fields.Datetime.now(), "answered_by_id": user.id}
            )
            complaint._plan_reminder()
            complaint._close_clock_activities(complaint.user_id)
            complaint._collect_trust_evidence()
