# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """Mails as mere contact (H1): written by a person of ours, or by the customer.

    They say when we were last in touch, and no policy weighs them: a mail that needed
    no answer proves nothing. As only the latest counts, one mail is recorded for each
    customer and employee of what a collection looks at; the ledger does not copy the
    mailbox. Mailings, notes and automatic messages are no mails of a person.

    * Received: any mail or message of a customer, see trust_conversation.py.
    * Written: one that was sent to the customer. The source is Odoo's notification, as
      one mail may go to several customers; one that bounced reached nobody.
    """

    _inherit = "trust.signal"

    def _facts_mail_received(self, scope):
        return SQL(
            """
            SELECT DISTINCT ON (m.partner_id, m.lead_id, m.company_id)
                   m.partner_id, m.lead_id, m.company_id, m.date,
                   'mail.message' AS source_model, m.id AS source_id
              FROM %s m
             WHERE m.is_new
          ORDER BY m.partner_id, m.lead_id, m.company_id, m.date DESC, m.id DESC
            """,
            self.env["trust.conversation"]._make(scope),
        )

    def _facts_mail_written(self, scope):
        return SQL(
            """
            SELECT DISTINCT ON (c.partner_id, u.user_id, m.record_company_id)
                   c.partner_id, u.user_id, m.date,
                   COALESCE(p.company_id, m.record_company_id) AS company_id,
                   'mail.notification' AS source_model, n.id AS source_id
              FROM %(customers)s c
              JOIN mail_notification n ON n.res_partner_id = c.partner_id
              JOIN mail_message m ON m.id = n.mail_message_id
              JOIN (%(staff)s) u ON u.partner_id = m.author_id
              JOIN res_partner p ON p.id = c.partner_id
         LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
             WHERE %(by_person)s AND m.date <= %(until)s AND %(is_new)s
               AND n.notification_status NOT IN ('bounce', 'exception', 'canceled')
          ORDER BY c.partner_id, u.user_id, m.record_company_id,
                   m.date DESC, m.id DESC
            """,
            customers=scope.customers,
            staff=self._select_staff(),
            by_person=self._is_written_by_person("m", "t"),
            until=scope.until,
            is_new=self._is_new_message(scope, "m"),
        )
