# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """Opportunities won and customers introduced by a customer."""

    _inherit = "trust.signal"

    def _facts_purchase_repeated(self, scope):
        """Won opportunities, the first one too; with Sales, orders speak instead."""
        return SQL(
            """
            SELECT l.partner_id, l.company_id, l.user_id, l.date_closed AS date,
                   'crm.lead' AS source_model, l.id AS source_id
              FROM crm_lead l
              JOIN %(customers)s c ON c.partner_id = l.partner_id
             WHERE l.won_status = 'won' AND l.date_closed <= %(until)s
               AND %(is_new)s
               AND NOT (%(otherwise)s)
            """,
            customers=scope.customers,
            until=scope.until,
            is_new=self._is_new(scope, "l"),
            otherwise=self._is_purchase_told_otherwise(scope),
        )

    def _is_purchase_told_otherwise(self, scope):
        """SQL: another document speaks about the purchases of the customer of `l`.

        `l` is the opportunity and `c` its customer in scope.
        """
        return SQL("FALSE")

    def _facts_referral(self, scope):
        """Whom this customer introduced: once per customer, else once per lead.

        An introduction recorded on the customer speaks for that customer's leads with
        the same introducer; of several leads of one customer the first one speaks.
        Nobody introduces himself or his own company.
        """
        return SQL(
            """
            SELECT * FROM (
            SELECT DISTINCT ON (l.introducer_id, COALESCE(p.commercial_partner_id,
                                                          -l.id))
                   l.introducer_id AS partner_id, l.company_id,
                   l.create_date AS date, 'crm.lead' AS source_model, l.id AS source_id
              FROM crm_lead l
              JOIN %(customers)s c ON c.partner_id = l.introducer_id
         LEFT JOIN res_partner p ON p.id = l.partner_id
         LEFT JOIN res_partner o ON o.id = p.commercial_partner_id
             WHERE COALESCE(p.commercial_partner_id, 0) <> c.commercial_id
               AND p.introducer_id IS DISTINCT FROM l.introducer_id
               AND o.introducer_id IS DISTINCT FROM l.introducer_id
          ORDER BY l.introducer_id, COALESCE(p.commercial_partner_id, -l.id), l.id
            ) AS lead
             UNION ALL
            SELECT p.introducer_id, p.company_id, p.create_date, 'res.partner', p.id
              FROM res_partner p
              JOIN %(customers)s c ON c.partner_id = p.introducer_id
             WHERE p.commercial_partner_id <> c.commercial_id
            """,
            customers=scope.customers,
        )

    def _missing_referral(self):
        """Name the leads without an introducer."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s leads do not say who introduced them.",
                **counts,
            ),
            SQL("introducer_id IS NULL"),
            SQL("crm_lead"),
        )

    def _missing_purchase_repeated(self):
        """Name the won opportunities without a customer."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s won opportunities have no customer.",
                **counts,
            ),
            SQL("partner_id IS NULL"),
            SQL("crm_lead WHERE won_status = 'won'"),
        )
