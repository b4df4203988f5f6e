# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import csv
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools import file_open

DELIVERIES = "trust_crm_sale_stock/demo/deliveries.csv"


class TrustDemo(models.AbstractModel):
    """With Inventory, some orders of the story promised a day and were delivered.

    One line each: the order, its promise in days after it, and how many days after the
    promised day it was delivered (before it when negative, not yet when empty).
    """

    _inherit = "trust.demo"

    # BUSINESS

    @api.model
    def _tell_deliveries(self):
        teller = self.sudo().with_context(**self._quiet())
        with file_open(DELIVERIES, "r") as file:
            for row in csv.DictReader(file, delimiter=";"):
                order = teller.env["sale.order"].search([("origin", "=", row["order"])])
                teller._tell_delivery(
                    order[:1], int(row["promised_after"]), row["delivered_after"]
                )
        teller._tell_again()

    def _tell_delivery(self, order, promised_after, delivered_after):
        """Deliver first and promise then: the order judges itself when promised."""
        promised = order.date_order + timedelta(days=promised_after)
        product = self.env.ref("trust_crm_sale_stock.demo_furniture")
        line = Command.create({"product_id": product.id, "price_unit": 0})
        order.order_line = [line]
        pickings = order.picking_ids
        self._backdate(order.order_line, order.create_date)
        self._backdate(pickings, order.date_order)
        if delivered_after:
            day = promised + timedelta(days=int(delivered_after))
            self._deliver(pickings, min(day, fields.Datetime.now()))
        order.commitment_date = promised

    def _deliver(self, pickings, date):
        for move in pickings.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings.with_context(skip_backorder=True).button_validate()
        self._backdate(pickings, date, "date_done")
