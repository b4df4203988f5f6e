# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import Form, tagged

from odoo.addons.trust_crm.tests.common import TrustCase

PROMISES = ("promise_kept", "promise_kept_late", "promise_broken")


@tagged("post_install", "-at_install")
class TestDelivery(TrustCase):
    """P7: the promised delivery date against all deliveries of the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "UTC"
        cls.product = cls.env["product.product"].create(
            {"name": "Chair", "type": "consu", "list_price": 100}
        )
        cls.noon = cls.now.replace(hour=12, minute=0, second=0, microsecond=0)

    def _order(self, due_in=0, quantity=2, **values):
        """Confirm an order 30 days ago, promised for noon in so many days."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                "commitment_date": self.noon + timedelta(days=due_in),
                "order_line": [
                    Command.create(
                        {"product_id": self.product.id, "product_uom_qty": quantity}
                    )
                ],
                **values,
            }
        )
        order.action_confirm()
        order.date_order = self.noon - timedelta(days=30)
        return order

    def _deliver(self, picking, quantity=None, days=0, backorder=True):
        """Deliver so many pieces of a transfer, so many days from today."""
        if quantity is None:
            quantity = picking.move_ids.product_uom_qty
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(
            skip_backorder=True,
            picking_ids_not_to_backorder=[] if backorder else picking.ids,
        ).button_validate()
        self.assertEqual(picking.state, "done")
        if days:
            picking.date_done = self.noon + timedelta(days=days)

    def _collect(self, since=None):
        self.env["trust.signal"]._collect(since)

    def _said(self, order):
        rows = self.evidence.search(
            [
                ("source_model", "=", "sale.order"),
                ("source_id", "=", order.id),
                ("signal_id.code", "in", PROMISES),
                ("state", "=", "live"),
            ]
        )
        return rows.mapped("signal_id.code")

    def assertSaid(self, order, *codes):
        """What the order says, and that collection agrees with it, twice."""
        self.assertEqual(self._said(order), list(codes))
        for since in (self.now - timedelta(hours=1), None, None):
            self._collect(since)
            self.assertEqual(self._said(order), list(codes))

    # KEPT AND BROKEN

    def test_reasons_say_how_the_delivery_went(self):
        """C12, P7: a reason names the order and what became of its promised day."""
        titles = []
        for due_in, delivered in ((-5, -6), (-9, -7), (-3, None)):
            order = self._order(due_in)
            if delivered:
                self._deliver(order.picking_ids, days=delivered)
            order._collect_trust_evidence()
            rows = self.evidence.search(
                [
                    ("source_model", "=", "sale.order"),
                    ("source_id", "=", order.id),
                    ("state", "=", "live"),
                ]
            )
            titles += [
                row.source_name.replace(order.name, "S1")
                for row in rows.sorted("signal_id")
            ]
        self.assertEqual(
            set(titles),
            {
                "Sales Order S1",
                "Sales Order S1, delivered on time",
                "Sales Order S1, delivered late",
                "Sales Order S1, not delivered by the promised day",
            },
        )

    def test_kept(self):
        """P7: delivered on the day promised: kept, the same second."""
        order = self._order(due_in=0)
        self.assertSaid(order)
        self._deliver(order.picking_ids)
        self.assertSaid(order, "promise_kept")
        row = self.evidence.search([("signal_id.code", "=", "promise_kept")])
        self.assertEqual(row.date, order.picking_ids.date_done.replace(microsecond=0))
        self.assertEqual(row.user_id, self.seller)
        self._drain()
        self.assertGreater(self._relationship(self.customer).reliability, 5.5)

    def test_no_promise(self):
        """P7: without a promised date there is no promise."""
        order = self._order(commitment_date=False)
        self._deliver(order.picking_ids)
        self.assertSaid(order)
        signal = self.env.ref("trust_crm.signal_promise_kept")
        self.assertTrue(signal._missing())

    def test_kept_late(self):
        """P2, P7: delivered after the day promised."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids, days=-1)
        self.assertSaid(order, "promise_kept_late")

    def test_due_is_a_day(self):
        """P2: the day ends at midnight in the time zone of the company."""
        self.env.company.resource_calendar_id.tz = "Asia/Tokyo"
        order = self._order(due_in=-3)  # 21:00 there: three hours are left
        self._deliver(order.picking_ids)
        order.picking_ids.date_done = self.noon - timedelta(days=3, hours=-2.9)
        self.assertSaid(order, "promise_kept")
        order.picking_ids.date_done = self.noon - timedelta(days=3, hours=-3)
        self.assertSaid(order, "promise_kept_late")

    def test_broken_then_kept_late(self):
        """P2: broken when the day is over; delivered later voids it."""
        order = self._order(due_in=-3)
        self._collect()
        self.assertSaid(order, "promise_broken")
        row = self.evidence.search([("signal_id.code", "=", "promise_broken")])
        midnight = self.noon - timedelta(days=3) + timedelta(hours=12)
        self.assertEqual(row.date, midnight)
        self._deliver(order.picking_ids)
        self.assertSaid(order, "promise_kept_late")

    # BACKORDERS

    def test_backorder(self):
        """P7: kept when the last backorder is delivered, not before."""
        order = self._order(due_in=0)
        self._deliver(order.picking_ids, 1)
        self.assertSaid(order)
        self._deliver(order.picking_ids.filtered("backorder_id"))
        self.assertSaid(order, "promise_kept")

    def test_late_backorder(self):
        """P7: a first part in time does not keep the promise."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids, 1, days=-5)
        self._collect()
        self.assertSaid(order, "promise_broken")
        self._deliver(order.picking_ids.filtered("backorder_id"))
        self.assertSaid(order, "promise_kept_late")

    def test_backorder_cancelled(self):
        """P7: what is no longer to be delivered does not wait."""
        order = self._order(due_in=0)
        self._deliver(order.picking_ids, 1)
        order.picking_ids.filtered("backorder_id").action_cancel()
        self.assertSaid(order, "promise_kept")

    # RENEGOTIATED

    def test_renegotiated_before_due(self):
        """P3: the new date counts, nothing negative."""
        order = self._order(due_in=1)
        order.commitment_date = self.noon + timedelta(days=5)
        self.assertSaid(order)
        self._deliver(order.picking_ids)
        self.assertSaid(order, "promise_kept")

    def test_moved_after_due(self):
        """P3: after due it is late, though nobody had noticed before."""
        order = self._order(due_in=-3)
        order.commitment_date = self.noon + timedelta(days=5)
        self.assertSaid(order, "promise_broken")
        self._deliver(order.picking_ids)
        self.assertSaid(order, "promise_kept_late")

    def test_moved_after_late_delivery(self):
        """P3: a late delivery stays late, whatever date is written afterwards."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids)
        order.commitment_date = self.noon + timedelta(days=5)
        self.assertSaid(order, "promise_kept_late")

    def test_corrected(self):
        """P3: a mistaken date: a person voids the broken row, the new date counts."""
        order = self._order(due_in=-3)
        order.commitment_date = self.noon + timedelta(days=5)
        row = self.evidence.search([("signal_id.code", "=", "promise_broken")])
        row._void("The date was mistyped")
        order._collect_trust_evidence()
        self.assertSaid(order)
        self._deliver(order.picking_ids)
        self.assertSaid(order, "promise_kept")

    def test_line_added_later(self):
        """P7: what the customer added after the due day is not part of it."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids, days=-5)
        begin = self.noon - timedelta(days=30)
        self.env.cr.execute(
            """UPDATE sale_order SET create_date = %(begin)s WHERE id = %(id)s;
               UPDATE sale_order_line SET create_date = %(begin)s
                WHERE order_id = %(id)s""",
            {"begin": begin, "id": order.id},
        )
        other = self.env["product.product"].create({"name": "Table", "type": "consu"})
        self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": other.id, "name": "And a table"}
        )
        order.invalidate_recordset()
        self.assertEqual(len(order.picking_ids), 2)
        self.assertSaid(order, "promise_kept")

    # CANCELLED AND RETURNED

    def test_cancelled(self):
        """P7: an order cancelled before its day promises nothing more."""
        order = self._order(due_in=1)
        order._action_cancel()
        self.assertSaid(order)

    def test_cancelled_after_due(self):
        """P7: cancelling does not undo a broken promise."""
        order = self._order(due_in=-3)
        self._collect()
        order._action_cancel()
        self.assertSaid(order, "promise_broken")

    def test_returned(self):
        """P7: a return, and what is sent in exchange, change nothing."""
        order = self._order(due_in=-3)
        delivery = order.picking_ids
        self._deliver(delivery, days=-5)
        self.assertSaid(order, "promise_kept")
        back = self._return(delivery, "action_create_returns")
        self._deliver(back)
        self.assertSaid(order, "promise_kept")
        returned = self.evidence.search([("signal_id.code", "=", "returned")])
        self.assertEqual(
            (returned.source_model, returned.source_id), ("stock.picking", back.id)
        )
        self._drain()
        before = self._relationship(self.customer).trust_index
        returned._void("not sent back")
        self._drain()
        self.assertAlmostEqual(self._relationship(self.customer).trust_index, before, 4)

    def test_exchanged(self):
        """P7: the replacement after the due day does not make the promise late."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids, days=-5)
        self._return(order.picking_ids, "action_create_exchanges")
        self.assertGreater(len(order.picking_ids), 2)
        self.assertSaid(order, "promise_kept")

    def _return(self, picking, action):
        form = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model=picking._name
            )
        )
        wizard = form.save()
        wizard.product_return_moves.quantity = 1
        result = getattr(wizard, action)()
        return self.env["stock.picking"].browse(result["res_id"])

    # COMPANIES

    def test_two_companies(self):
        """C9: each order is judged in the time zone of its own company."""
        order = self._order(due_in=-3)
        self._deliver(order.picking_ids)
        order.picking_ids.date_done = self.noon - timedelta(days=3, hours=-5)
        self.assertSaid(order, "promise_kept")
        other = self.env["res.company"].create({"name": "Tokyo"})
        other.resource_calendar_id.tz = "Asia/Tokyo"
        self.assertEqual(order.company_id, self.env.company)
        self.assertSaid(order, "promise_kept")

    def test_day_passes(self):
        """P2: the incremental collection after midnight finds it broken."""
        order = self._order(due_in=-1)
        for table in ("sale_order", "stock_picking"):
            self.env.cr.execute(
                f"UPDATE {table} SET write_date = now() - interval '20 days'"
            )
        self._collect(fields.Datetime.now() - timedelta(hours=36))
        self.assertEqual(self._said(order), ["promise_broken"])
