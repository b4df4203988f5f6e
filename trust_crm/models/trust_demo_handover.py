# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models

SINCE = timedelta(days=5)
LONG_AGO = timedelta(days=205)


class TrustDemo(models.AbstractModel):
    """Customers that change hands: one just now, one half a year ago.

    Fjord Analytics goes from Tomas to Nora, who knows the customer that introduced
    them; the joint meeting is still to come. Silverline Hotel was handed over without
    one, and what followed can be seen.
    """

    _inherit = "trust.demo"

    def _observe(self):
        """With the bonds there, it is known who holds the trust."""
        result = super()._observe()
        if not self.env["trust.handover"].search_count([], limit=1):
            self._tell_handover_now()
            self._tell_handover_then()
        return result

    def _tell_handover_now(self):
        ingrid = self.env.ref("trust_crm.demo_fjord_ingrid")
        customer, tomas = ingrid.commercial_partner_id, ingrid.user_id
        self.env["trust.promise"].create(
            {
                "name": "Offer for the floor above, with the echo measured",
                "partner_id": ingrid.id,
                "user_id": tomas.id,
                "date_deadline": fields.Date.today() + timedelta(days=9),
            }
        )
        family = customer | customer.child_ids
        family.with_context(mail_auto_subscribe_no_notify=True).write(
            {"user_id": self.env.ref("trust_crm.demo_user_nora").id}
        )
        handover = self._find_handover(customer)
        self._date_handover(handover, SINCE)
        settled = handover.step_ids.filtered(lambda step: step.state == "done")
        settled.write({"date_done": handover.date, "done_user_id": tomas.id})
        told = handover.step_ids.filtered(lambda step: step.kind == "told")
        told.write(
            {
                "state": "done",
                "done_user_id": tomas.id,
                "date_done": handover.date + timedelta(days=1),
                "note": self.env._("By telephone; Ingrid asked to meet Nora soon."),
            }
        )

    def _tell_handover_then(self):
        """No joint meeting then; what the trust did since can be seen."""
        customer = self.env.ref("trust_crm.demo_silverline")
        handover = self.env["trust.handover"]._begin(
            [
                {
                    "partner_id": customer.id,
                    "company_id": self.env.company.id,
                    "old_user_id": self.env.ref("trust_crm.demo_user_nora").id,
                    "new_user_id": customer.user_id.id,
                }
            ]
        )
        self._date_handover(handover, LONG_AGO)
        handover._skip(self.env._("No day was free for both before the summer"))
        closed = handover.date + timedelta(days=20)
        handover.date_done = closed
        handover.step_ids.write(
            {"date_done": closed, "done_user_id": customer.user_id.id}
        )

    def _find_handover(self, customer):
        return self.env["trust.handover"].search(
            [("partner_id", "=", customer.id), ("state", "=", "open")]
        )

    def _date_handover(self, handover, ago):
        """It began that long ago, with the index of that day."""
        date = fields.Datetime.now() - ago
        history = self.env["trust.snapshot"].search(
            [
                ("relationship_id.partner_id", "=", handover.partner_id.id),
                ("date", "<=", date),
            ],
            limit=1,
        )
        handover.write(
            {
                "date": date,
                "trust_before": history.trust_index or handover.trust_before,
                "has_before": bool(history) or handover.has_before,
            }
        )
