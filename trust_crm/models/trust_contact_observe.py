# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

from .trust_before_commit import before_commit

# Set by the screens of contacts: what is written from there counts at once.
AT_ONCE = "trust_contact"


class MailActivity(models.Model):
    """A call or visit that is marked done is a contact as soon as that is saved."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        messages, activities = super()._action_done(feedback, attachment_ids)
        before_commit(messages, "_observe_trust_contact")
        return messages, activities


class MailThread(models.AbstractModel):
    """A mail written from a list of contacts need not wait for the next collection."""

    _inherit = "mail.thread"

    def _message_post_after_hook(self, message, msg_values):
        if self.env.context.get(AT_ONCE):
            before_commit(message, "_observe_trust_contact")
        return super()._message_post_after_hook(message, msg_values)


class MailMessage(models.Model):
    """What collection would find a quarter of an hour later, found now."""

    _inherit = "mail.message"

    def _observe_trust_contact(self):
        """Record the contact that these messages are, by collection's own SELECTs."""
        messages = self.exists()
        done = messages.filtered(lambda m: m.mail_activity_type_id)
        sent = (messages - done).notification_ids
        people = sent.res_partner_id
        facts = self._read_trust_contact("human_contact", done, done._trust_contacted())
        facts += self._read_trust_contact("mail_written", sent, people)
        self.env["trust.evidence"].sudo()._record(facts)

    def _read_trust_contact(self, code, documents, people):
        signal = self.env["trust.signal"].sudo()._get_by_code(code)
        if not (documents and people and signal.active):
            return []
        return signal._read_documents(documents, people)

    def _trust_contacted(self):
        """The customers on whose documents these messages stand."""
        people = self.env["res.partner"].sudo()
        for model, messages in self.grouped("model").items():
            if model in self.env:
                documents = self.env[model].sudo().browse(messages.mapped("res_id"))
                if model == "res.partner":
                    people |= documents.exists()
                elif "partner_id" in documents._fields:
                    people |= documents.exists().partner_id
        return people


class TrustEvidence(models.Model):
    """A notification stands for its mail, which stands on a document."""

    _inherit = "trust.evidence"

    def _document_ref(self, source):
        if source._name == "mail.notification":
            source = source.mail_message_id
        return super()._document_ref(source)
