# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """What sales orders say: bought, cancelled.

    Each is one SELECT over orders (`_select_order_<code>`), read for all customers by
    collection and for one order by the order itself when it changes, so both always
    agree.
    """

    _inherit = "trust.signal"

    def _select_documents(self):
        return SQL(
            """%s
             UNION ALL
            SELECT 'sale.order', id, partner_id, NULL, company_id, user_id, NULL
              FROM sale_order
            """,
            super()._select_documents(),
        )

    # PURCHASES

    def _facts_purchase_repeated(self, scope):
        """Confirmed orders, the first one too."""
        return SQL(
            "%s UNION ALL %s",
            super()._facts_purchase_repeated(scope),
            self._select_order_purchase_repeated(self._is_order_in(scope)),
        )

    def _is_purchase_told_otherwise(self, scope):
        """A customer who ever ordered: orders speak, won opportunities do not."""
        return SQL(
            """EXISTS (
                SELECT FROM sale_order o
                  JOIN res_partner b ON b.id = o.partner_id
                 WHERE o.state = 'sale'
                   AND b.commercial_partner_id = c.commercial_id
                   AND (l.company_id IS NULL OR l.company_id = o.company_id))"""
        )

    def _select_order_purchase_repeated(self, condition):
        return SQL(
            """
            SELECT o.partner_id, o.company_id, o.user_id, o.date_order AS date,
                   'sale.order' AS source_model, o.id AS source_id
              FROM sale_order o
             WHERE o.state = 'sale' AND %s
            """,
            condition,
        )

    # CANCELLATIONS

    def _facts_cancelled(self, scope):
        """Orders that were confirmed and then cancelled; it weighs nothing."""
        return self._select_order_cancelled(self._is_order_in(scope))

    def _select_order_cancelled(self, condition):
        """A cancelled quotation is no cancelled order: it must have been confirmed.

        The confirmation stands in the order's messages, or in the ledger. Odoo keeps
        no date of the cancellation: the last change when it was first seen.
        """
        return SQL(
            """
            SELECT o.partner_id, o.company_id, o.user_id,
                   COALESCE(said.date, o.write_date) AS date,
                   'sale.order' AS source_model, o.id AS source_id
              FROM sale_order o
         LEFT JOIN (%(said)s) said ON said.source_id = o.id
             WHERE o.state = 'cancel' AND %(condition)s
               AND (EXISTS (SELECT FROM mail_message m
                             WHERE m.model = 'sale.order' AND m.res_id = o.id
                               AND m.subtype_id = %(confirmed)s)
                    OR EXISTS (SELECT FROM trust_evidence e
                                WHERE e.signal_id = %(bought)s
                                  AND e.source_model = 'sale.order'
                                  AND e.source_id = o.id))
            """,
            said=self._select_said("cancelled"),
            condition=condition,
            confirmed=self.env["ir.model.data"]._xmlid_to_res_id(
                "sale.mt_order_confirmed"
            ),
            bought=self._get_by_code("purchase_repeated").id,
        )

    # BUSINESS

    def _select_order(self, code, condition):
        """SELECT of what the orders `o` that meet the condition say by one signal.

        An archived signal says nothing new; what it said before stands.
        """
        facts = getattr(self, f"_select_order_{code}")(condition)
        if self._get_by_code(code).active:
            return facts
        return SQL(
            "SELECT f.* FROM (%s) f JOIN (%s) s ON s.source_id = f.source_id",
            facts,
            self._select_said(code),
        )

    def _is_order_in(self, scope):
        """SQL: the order o is a customer's, and new for collection."""
        return SQL(
            "o.partner_id IN (SELECT partner_id FROM %s) AND %s",
            scope.customers,
            self._is_new(scope, "o"),
        )

    def _select_said(self, *codes):
        """SELECT of what orders already said: (source_id, date) of live evidence."""
        return SQL(
            """
            SELECT e.source_id, min(e.date) AS date FROM trust_evidence e
             WHERE e.source_model = 'sale.order' AND e.signal_id IN %s
               AND e.voids_id IS NULL
               AND NOT EXISTS (SELECT FROM trust_evidence v WHERE v.voids_id = e.id)
          GROUP BY e.source_id
            """,
            tuple(self._get_by_code(code).id for code in codes),
        )
