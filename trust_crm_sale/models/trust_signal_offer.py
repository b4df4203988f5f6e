# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

SPOKEN = ("email", "comment")


class TrustSignal(models.Model):
    """A new offer soon after a sale, without being asked: what pushing looks like.

    A quotation that one of us made and sent, at most the company's `trust_offer_days`
    after an order of the same customer was confirmed, when nothing in between says that
    the customer wanted one: no mail of theirs, no call, visit or meeting, no lead, and
    no opportunity that the quotation answers. One that is accepted was welcome.

    Who asks by telephone leaves no trace unless the call is logged. So this is off
    until the administrator of a firm that logs its calls says within how many days.
    """

    _inherit = "trust.signal"

    def _facts_pushy_selling(self, scope):
        return SQL(
            "(%s) UNION ALL (%s)",
            super()._facts_pushy_selling(scope),
            self._select_order_pushy_selling(self._is_order_in(scope)),
        )

    def _select_order_pushy_selling(self, condition):
        """A quotation that is cancelled stays what it was when it was sent."""
        return SQL(
            """
            SELECT o.partner_id, o.company_id, o.user_id, o.create_date AS date,
                   'sale.order' AS source_model, o.id AS source_id
              FROM sale_order o
              JOIN res_partner b ON b.id = o.partner_id
              JOIN res_company w ON w.id = o.company_id AND w.trust_offer_days > 0
              JOIN (%(staff)s) u ON u.user_id = o.create_uid
         LEFT JOIN (%(said)s) said ON said.source_id = o.id
             WHERE (o.state = 'sent'
                    OR o.state = 'cancel' AND said.source_id IS NOT NULL)
               AND %(unanswering)s AND %(condition)s
               AND EXISTS (
                   SELECT FROM sale_order s
                     JOIN res_partner sb ON sb.id = s.partner_id
                    WHERE s.state = 'sale' AND s.company_id = o.company_id
                      AND sb.commercial_partner_id = b.commercial_partner_id
                      AND s.date_order <= o.create_date
                      AND s.date_order >= o.create_date
                                          - make_interval(days => w.trust_offer_days)
                      AND NOT (%(asked)s))
            """,
            staff=self._select_staff(),
            said=self._select_said("pushy_selling"),
            unanswering=self._is_unanswering(),
            condition=condition,
            asked=self._is_asked(),
        )

    def _is_unanswering(self):
        """SQL: the quotation o answers no opportunity (they are linked by sale_crm)."""
        if "opportunity_id" not in self.env["sale.order"]._fields:
            return SQL("TRUE")
        return SQL("o.opportunity_id IS NULL")

    def _is_asked(self):
        """SQL: the customer b may have asked between the sale s and the quotation o."""
        return SQL(
            """EXISTS (
                SELECT FROM res_partner a JOIN mail_message m ON m.author_id = a.id
                 WHERE a.commercial_partner_id = b.commercial_partner_id
                   AND m.message_type IN %(spoken)s AND %(message)s)
            OR EXISTS (
                SELECT FROM res_partner a JOIN crm_lead l ON l.partner_id = a.id
                 WHERE a.commercial_partner_id = b.commercial_partner_id AND %(lead)s)
            OR EXISTS (
                SELECT FROM res_partner a JOIN trust_evidence e ON e.partner_id = a.id
                  JOIN trust_signal t ON t.id = e.signal_id AND t.is_contact
                 WHERE a.commercial_partner_id = b.commercial_partner_id AND %(met)s)
            """,
            spoken=SPOKEN,
            message=self._is_between("m", "date"),
            lead=self._is_between("l", "create_date"),
            met=self._is_between("e", "date"),
        )

    @staticmethod
    def _is_between(table, column):
        """SQL: from the day of the sale to the making of the quotation.

        The ledger has no fractions of seconds, creation dates have.
        """
        return SQL(
            "%s BETWEEN s.date_order AND o.create_date + %s",
            SQL.identifier(table, column),
            timedelta(seconds=1),
        )
