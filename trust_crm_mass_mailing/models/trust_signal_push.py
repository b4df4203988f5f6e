# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.trust_crm.models.trust_complaint_step import OPEN
from odoo.addons.trust_crm.models.trust_signal_source import LONGEST_TRANSACTION

RECEIVED = ("sent", "open", "reply")
WINDOW_DAYS = 30


class TrustSignal(models.Model):
    """Mailings that reached a customer at the wrong moment, or too often.

    Each mailing that a person received is a push. One counts against us

    * while a complaint of the person's company was open, from the day it came to the
      day it was solved or left, also before it was reopened;
    * when it was more than the `limit_count`-th that this person received within
      `window_days`. No limit when that is 0.

    A push is one fact however many reasons it has: its source is the trace. It is the
    firm that pushes, so no employee is named. A person is known by the address that
    the mailing went to; of several contacts it is the one mailed, else the oldest.
    """

    _inherit = "trust.signal"

    def _facts_pushy_selling(self, scope):
        return SQL(
            "(%s) UNION ALL (%s)",
            super()._facts_pushy_selling(scope),
            self._select_pushes(scope),
        )

    def _select_pushes(self, scope):
        return SQL(
            """
            WITH push AS MATERIALIZED (%(received)s),
            complaint AS MATERIALIZED (%(complaints)s)
            SELECT DISTINCT ON (n.id) n.partner_id, k.company_id, NULL::int AS user_id,
                   n.date, 'mailing.trace' AS source_model, n.id AS source_id
              FROM (%(counted)s) n
         LEFT JOIN complaint k ON k.commercial_id = n.commercial_id
                   AND n.date >= k.start AND n.date < k.stop
             WHERE k.company_id IS NOT NULL
                OR n.pushes > %(limit)s AND %(is_new)s
          ORDER BY n.id, k.start, k.company_id
            """,
            received=self._select_received(scope),
            complaints=self._select_complaining(scope),
            counted=self._select_counted(),
            limit=self.limit_count or 2**31,
            is_new=self._is_sent_since(scope, "n.date", timedelta()),
        )

    def _select_received(self, scope):
        """What customers received; collecting what is new, with the window before it.

        So a complaint that was noted later than it came is still found for a month.
        """
        return SQL(
            """
            SELECT DISTINCT ON (t.id) t.id, t.sent_datetime AS date,
                   c.partner_id, c.commercial_id
              FROM mailing_trace t
              JOIN res_partner p ON p.email_normalized = t.email
              JOIN %(customers)s c ON c.partner_id = p.id
             WHERE t.sent_datetime <= %(until)s AND t.trace_status IN %(received)s
               AND t.is_test_trace IS NOT TRUE AND %(is_new)s
          ORDER BY t.id, (t.model = 'res.partner' AND t.res_id = p.id) DESC, p.id
            """,
            customers=scope.customers,
            until=scope.until,
            received=RECEIVED,
            is_new=self._is_sent_since(scope, "t.sent_datetime", self._push_window()),
        )

    def _select_counted(self):
        """Each push with how many this person had within the window, it included.

        Of several in the same second each has its own number.
        """
        return SQL(
            """
            SELECT push.*,
                   count(*) OVER (PARTITION BY partner_id ORDER BY date
                                  RANGE BETWEEN %s PRECEDING AND CURRENT ROW)
                   - count(*) OVER (PARTITION BY partner_id, date)
                   + row_number() OVER (PARTITION BY partner_id, date ORDER BY id)
                   AS pushes
              FROM push
            """,
            self._push_window(),
        )

    def _select_complaining(self, scope):
        """When customers had a complaint open: commercial_id, company_id, start, stop.

        Read from the steps that were taken: a complaint may be opened again. One that
        counts nothing in the ledger counts nothing here.
        """
        return SQL(
            """
            SELECT commercial_id, company_id, start, stop FROM (
                SELECT k.commercial_partner_id AS commercial_id, k.company_id, s.code,
                       CASE WHEN lag(m.id) OVER path IS NULL
                            THEN LEAST(m.date, k.received_date) ELSE m.date END
                            AS start,
                       COALESCE(lead(m.date) OVER path, 'infinity') AS stop
                  FROM trust_complaint k
                  JOIN trust_complaint_move m ON m.complaint_id = k.id
                  JOIN trust_complaint_step s ON s.id = m.step_id
                 WHERE k.confirmed AND k.withdrawn_by IS DISTINCT FROM 'customer'
                   AND k.commercial_partner_id IN (
                       SELECT commercial_id FROM %(customers)s)
                WINDOW path AS (PARTITION BY k.id ORDER BY m.id)) taken
             WHERE code IN %(open)s
            """,
            customers=scope.customers,
            open=OPEN,
        )

    def _push_window(self):
        return timedelta(days=self.window_days or WINDOW_DAYS)

    def _is_sent_since(self, scope, column, before):
        """SQL: sent since the last collection, or so long before it."""
        if not scope.since:
            return SQL("TRUE")
        since = scope.since - LONGEST_TRANSACTION - before
        return SQL("%s >= %s", SQL.identifier(*column.split(".")), since)
