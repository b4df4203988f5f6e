# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """Who unsubscribed asked for no more mailings.

    Several lists left on one day are one wish, told by the first of them. Who was
    blacklisted too said so once: the blacklist speaks, the lists do not.
    """

    _inherit = "trust.signal"

    def _facts_opted_out(self, scope):
        return SQL(
            "(%s) UNION ALL (%s)",
            super()._facts_opted_out(scope),
            self._select_unsubscribed(scope),
        )

    def _select_unsubscribed(self, scope):
        return SQL(
            """
            SELECT DISTINCT ON (m.email_normalized, s.opt_out_datetime::date)
                   p.id AS partner_id, s.opt_out_datetime AS date,
                   'mailing.subscription' AS source_model, s.id AS source_id
              FROM mailing_subscription s
              JOIN mailing_contact m ON m.id = s.contact_id
              JOIN res_partner p ON p.email_normalized = m.email_normalized
              JOIN %(customers)s c ON c.partner_id = p.id
             WHERE s.opt_out AND %(is_new)s
               AND NOT EXISTS (
                   SELECT FROM mail_blacklist b
                    WHERE b.active AND b.email = m.email_normalized)
          ORDER BY m.email_normalized, s.opt_out_datetime::date, s.opt_out_datetime,
                   s.id, p.id
            """,
            customers=scope.customers,
            is_new=self._is_new_wish(scope),
        )

    def _is_new_wish(self, scope):
        """SQL: this person left a list since the last collection, this one or another.

        All lists of a day are read together, or the second would be a wish of its own.
        """
        if not scope.since:
            return SQL("TRUE")
        return SQL(
            """s.contact_id IN (
                SELECT o.contact_id FROM mailing_subscription o
                 WHERE o.opt_out AND %s)""",
            self._is_new(scope, "o"),
        )
