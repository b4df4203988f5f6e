# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

SILENCE_DAYS = 14


class TrustSignal(models.Model):
    """Mails of customers: answered in time, asked twice, got in touch first.

    What counts as a mail, an answer and a run of mails: trust_conversation.py. All
    facts name the first mail of the run as their source, so a changed target never
    makes a second fact of the same run.

    * Answered: the answer came at most `target_hours` working hours after the first
      mail of the run. A late answer, or none, records nothing.
    * Asked twice: the same person wrote again on the same document, still unanswered,
      more than `target_hours` working hours after the first mail. A second mail within
      that time is an addition, not a reminder.
    * In touch first: a mail after `window_days` days without a word in the thread and
      without a mail of this person anywhere.

    The mail that made a lead is judged once, by `lead_answered`.
    """

    _inherit = "trust.signal"

    def _facts_mail_answered(self, scope):
        conversation = self.env["trust.conversation"]._make(scope)
        return SQL(
            """
            SELECT m.partner_id, m.lead_id, m.company_id,
                   m.answer_user_id AS user_id, m.answer_date AS date,
                   'mail.message' AS source_model, m.id AS source_id
              FROM %(conversation)s m
             WHERE m.id = m.first_id AND m.answer_date IS NOT NULL
               AND NOT m.made_lead
               AND %(within)s
            """,
            conversation=conversation,
            within=self._is_within(
                SQL("m.company_id"), SQL("m.date"), SQL("m.answer_date")
            ),
        )

    def _facts_mail_asked_twice(self, scope):
        conversation = self.env["trust.conversation"]._make(scope)
        return SQL(
            """
            SELECT DISTINCT ON (m.first_id) m.partner_id, m.lead_id, m.company_id,
                   m.owner_id AS user_id, m.date,
                   'mail.message' AS source_model, m.first_id AS source_id
              FROM %(conversation)s m
             WHERE m.id <> m.first_id
               AND NOT %(within)s
          ORDER BY m.first_id, m.date, m.id
            """,
            conversation=conversation,
            within=self._is_within(
                SQL("m.company_id"), SQL("m.first_date"), SQL("m.date")
            ),
        )

    def _facts_contact_by_customer(self, scope):
        conversation = self.env["trust.conversation"]._make(scope)
        return SQL(
            """
            SELECT m.partner_id, m.lead_id, m.company_id, m.date,
                   'mail.message' AS source_model, m.id AS source_id
              FROM %(conversation)s m
             WHERE m.is_new
               AND (m.thread_before IS NULL OR m.thread_before < m.date - %(silence)s)
               AND (m.own_before IS NULL OR m.own_before < m.date - %(silence)s)
            """,
            conversation=conversation,
            silence=timedelta(days=self.window_days or SILENCE_DAYS),
        )

    def _is_within(self, company, start, stop):
        """SQL: `stop` is within the signal's working hours after `start`."""
        return self.env["trust.worktime"]._within_sql(
            company, start, stop, self.target_hours
        )

    def _missing_mail_answered(self):
        """Name the mails whose sender Odoo did not recognise."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s mails came from a sender who is no contact.",
                **counts,
            ),
            SQL("author_id IS NULL"),
            SQL("mail_message WHERE message_type = 'email'"),
        )
