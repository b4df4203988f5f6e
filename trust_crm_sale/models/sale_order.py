# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

# What an order says about the customer changes with these.
SPEAKING = {
    "state",
    "date_order",
    "partner_id",
    "user_id",
    "company_id",
    "commitment_date",
}
SPOKEN_STATES = ("sale", "cancel")


class SaleOrder(models.Model):
    """An order speaks the moment it is confirmed, changed or cancelled."""

    _name = "sale.order"
    _inherit = ["sale.order", "trust.evidence.source.mixin"]

    # ORM

    def write(self, vals):
        if not SPEAKING & vals.keys():
            return super().write(vals)
        spoken = self.filtered(lambda order: order.state in SPOKEN_STATES)
        result = super().write(vals)
        spoken |= self.filtered(lambda order: order.state in SPOKEN_STATES)
        spoken._collect_trust_evidence()
        return result

    # ACTIONS

    def action_ask_trust_feedback(self):
        """Ask who ordered about this order."""
        self.ensure_one()
        return self.env["trust.feedback.ask"]._open(self.partner_id, about=self)

    # BUSINESS

    def _collect_trust_evidence(self):
        rows = super()._collect_trust_evidence()
        self._void_won_opportunities()
        return rows

    def _prepare_trust_evidence(self):
        """Read what these orders say by the same SELECTs as collection."""
        self.env.flush_all()
        now = fields.Datetime.now()
        signals = self.env["trust.signal"].sudo()
        partners = self.sudo().partner_id
        customers = (partners - partners._trust_insiders()).filtered(
            lambda partner: partner.trust_scoring != "never"
        )
        condition = SQL(
            "o.id = ANY(%s) AND o.partner_id = ANY(%s)", self.ids, customers.ids
        )
        return [
            self._prepare_trust_fact(code, row)
            for code in self._trust_signal_codes()
            for row in self.env.execute_query_dict(
                signals._select_order(code, condition)
            )
            if row["date"].replace(microsecond=0) <= now
        ]

    def _trust_signal_codes(self):
        """Return the signals whose evidence has an order as its source."""
        return ["purchase_repeated", "cancelled", "pushy_selling"]

    def _prepare_trust_fact(self, code, row):
        return {
            "signal": code,
            "source": self.browse(row["source_id"]),
            **{name: row[name] for name in ("partner_id", "company_id", "user_id")},
            "date": row["date"],
        }

    def _void_won_opportunities(self):
        """Orders speak for this customer from now on: one purchase, one evidence.

        Collection would not observe the won opportunities of a customer with orders;
        those that it observed before the first order are withdrawn here.
        """
        ledger = self.env["trust.evidence"].sudo()
        bought = self.env["trust.signal"]._get_by_code("purchase_repeated")
        for company, orders in self.sudo().grouped("company_id").items():
            confirmed = orders.filtered(lambda order: order.state == "sale")
            families = confirmed.partner_id.commercial_partner_id
            if not families:
                continue
            ledger.search(
                [
                    ("signal_id", "=", bought.id),
                    ("source_model", "=", "crm.lead"),
                    ("partner_id.commercial_partner_id", "in", families.ids),
                    ("company_id", "=", company.id),
                    ("state", "=", "live"),
                ]
            )._void(
                self.env._("Orders speak for this customer's purchases."), kind="auto"
            )
