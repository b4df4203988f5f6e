# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """The promised delivery date of an order against all its deliveries.

    * The promise is `commitment_date`; without one there is none. It is a day and ends
      at midnight in the time zone of the company's calendar.
    * Delivered is an order whose transfers are all done or cancelled; the last one done
      to the customer, backorders included, says when. Returns, what was sent in
      exchange after a return, and lines added after the due day do not count.
    * Kept: delivered before the due day ended. Kept late: delivered after it. Broken:
      the due day is over and something is still to be delivered.
    * Moving the date before it is over is renegotiating. The first day that was missed
      stays the due day, and a delivery once judged stays so while its date stands.
    * A cancelled order promises nothing more; what it said before stands.
    """

    _inherit = "trust.signal"

    def _facts_promise_kept(self, scope):
        return self._select_order_promise_kept(self._is_delivery_in(scope))

    def _facts_promise_kept_late(self, scope):
        return self._select_order_promise_kept_late(self._is_delivery_in(scope))

    def _facts_promise_broken(self, scope):
        return self._select_order_promise_broken(self._is_delivery_in(scope))

    def _select_order_promise_kept(self, condition):
        return self._select_promise(
            "promise_kept",
            condition,
            SQL(
                "waiting = 0 AND judged IS DISTINCT FROM 'late'"
                " AND (judged = 'kept' OR delivered < due)"
            ),
            SQL("delivered"),
        )

    def _select_order_promise_kept_late(self, condition):
        return self._select_promise(
            "promise_kept_late",
            condition,
            SQL(
                "waiting = 0 AND judged IS DISTINCT FROM 'kept'"
                " AND (judged = 'late' OR delivered >= due)"
            ),
            SQL("delivered"),
        )

    def _select_order_promise_broken(self, condition):
        return self._select_promise(
            "promise_broken",
            condition,
            SQL("waiting > 0 AND due <= %s", fields.Datetime.now()),
            SQL("due"),
        )

    def _select_promise(self, code, condition, outcome, date):
        """One row per order with this outcome, or that had it when it was cancelled."""
        return SQL(
            """
            SELECT partner_id, company_id, user_id,
                   CASE WHEN over THEN said ELSE %(date)s END AS date,
                   'sale.order' AS source_model, id AS source_id
              FROM (%(deliveries)s) AS delivery
             WHERE CASE WHEN over THEN said IS NOT NULL ELSE %(outcome)s END
            """,
            date=date,
            deliveries=self._select_deliveries(code, condition),
            outcome=outcome,
        )

    def _select_deliveries(self, code, condition):
        """Per promised order: due (UTC), when delivered, how many transfers wait."""
        return SQL(
            """
            SELECT o.id, o.partner_id, o.company_id, o.user_id,
                   LEAST(o.due, missed.date) AS due, said.date AS said,
                   CASE t.delivered WHEN kept.date THEN 'kept'
                                    WHEN late.date THEN 'late' END AS judged,
                   t.delivered, t.waiting,
                   o.state = 'cancel' OR (t.delivered IS NULL AND t.waiting = 0)
                       AS over
              FROM (%(orders)s) o
         LEFT JOIN (%(said)s) said ON said.source_id = o.id
         LEFT JOIN (%(kept)s) kept ON kept.source_id = o.id
         LEFT JOIN (%(late)s) late ON late.source_id = o.id
         LEFT JOIN (%(missed)s) missed ON missed.source_id = o.id
        CROSS JOIN LATERAL (%(transfers)s) t
            """,
            orders=self._select_promised_orders(condition),
            said=self._select_said(code),
            kept=self._select_said("promise_kept"),
            late=self._select_said("promise_kept_late"),
            missed=self._select_missed(),
            transfers=self._select_transfers(),
        )

    def _select_missed(self):
        """When the first due day of orders was over that was missed, by the ledger.

        A row that a person voided was a mistake; one that a late delivery voided was
        not.
        """
        return SQL(
            """
            SELECT e.source_id, min(e.date) AS date FROM trust_evidence e
         LEFT JOIN trust_evidence v ON v.voids_id = e.id
             WHERE e.source_model = 'sale.order' AND e.signal_id = %s
               AND e.voids_id IS NULL AND v.void_kind IS DISTINCT FROM 'human'
          GROUP BY e.source_id
            """,
            self._get_by_code("promise_broken").id,
        )

    def _select_promised_orders(self, condition):
        return SQL(
            """
            SELECT o.id, o.state, o.partner_id, o.company_id, o.user_id, o.create_date,
                   (date_trunc('day', o.commitment_date AT TIME ZONE 'UTC'
                                      AT TIME ZONE zone.tz) + interval '1 day')
                   AT TIME ZONE zone.tz AT TIME ZONE 'UTC' AS due
              FROM sale_order o
              JOIN (SELECT c.id, COALESCE(k.tz, 'UTC') AS tz
                      FROM res_company c
                 LEFT JOIN resource_calendar k ON k.id = c.resource_calendar_id) zone
                ON zone.id = o.company_id
             WHERE o.commitment_date IS NOT NULL AND o.state IN ('sale', 'cancel')
               AND %s
            """,
            condition,
        )

    def _select_transfers(self):
        """The transfers of the order o: last one delivered, how many still wait."""
        return SQL(
            """
            SELECT max(p.date_done) FILTER (
                       WHERE p.state = 'done' AND there.usage = 'customer'
                   ) AS delivered,
                   count(*) FILTER (WHERE p.state <> 'done') AS waiting
              FROM stock_picking p
              JOIN stock_location here ON here.id = p.location_id
              JOIN stock_location there ON there.id = p.location_dest_id
             WHERE p.sale_id = o.id AND p.state <> 'cancel'
               AND (there.usage = 'customer' OR here.usage = 'internal')
               AND NOT (p.backorder_id IS NULL AND EXISTS (
                    SELECT FROM stock_picking r
                      JOIN stock_location from_there ON from_there.id = r.location_id
                     WHERE r.sale_id = o.id AND r.id < p.id AND r.state <> 'cancel'
                       AND from_there.usage = 'customer'))
               AND NOT (p.create_date >= o.due AND NOT EXISTS (
                    SELECT FROM stock_move m
                      JOIN sale_order_line l ON l.id = m.sale_line_id
                     WHERE m.picking_id = p.id
                       AND (l.create_date < o.due
                            OR l.create_date < o.create_date + interval '1 day')))
            """
        )

    def _is_delivery_in(self, scope):
        """SQL: the order o is a customer's, and it, a transfer or the day is new."""
        customers = SQL("o.partner_id IN (SELECT partner_id FROM %s)", scope.customers)
        if not scope.since:
            return customers
        return SQL(
            """%(customers)s AND (o.write_date >= %(since)s
                OR o.commitment_date >= %(since)s - interval '2 days'
                OR o.id IN (SELECT p.sale_id FROM stock_picking p
                             WHERE p.write_date >= %(since)s))""",
            customers=customers,
            since=scope.since,
        )

    # RETURNS

    def _facts_returned(self, scope):
        """Goods that came back; it weighs nothing."""
        return SQL(
            """
            SELECT o.partner_id, p.company_id, o.user_id, p.date_done AS date,
                   'stock.picking' AS source_model, p.id AS source_id
              FROM stock_picking p
              JOIN stock_location l ON l.id = p.location_id
              JOIN sale_order o ON o.id = p.sale_id
              JOIN %(customers)s c ON c.partner_id = o.partner_id
             WHERE p.state = 'done' AND l.usage = 'customer' AND %(is_new)s
            """,
            customers=scope.customers,
            is_new=self._is_new(scope, "p"),
        )

    # MISSING

    def _missing_promise_kept(self):
        """Name the orders that promise no day."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s orders have no promised delivery date.",
                **counts,
            ),
            SQL("commitment_date IS NULL"),
            SQL("sale_order WHERE state = 'sale'"),
        )
