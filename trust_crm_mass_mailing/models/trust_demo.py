# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models


class TrustDemo(models.AbstractModel):
    """With Email Marketing, the offer that hit Castor in its complaint is a mailing."""

    _inherit = "trust.demo"

    # BUSINESS

    @api.model
    def _tell_mailings(self):
        """The mailing says now what the diary said by itself; a draft waits."""
        teller = self.sudo().with_context(**self._quiet())
        told = teller.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "pushy_selling"),
                ("partner_id", "child_of", teller._cast().ids),
                ("source_model", "=", ""),
                ("state", "=", "live"),
            ]
        )
        for fact in told:
            teller._tell_mailing(fact)
        told._void("The mailing itself says so.", kind="auto")
        teller.env["mailing.mailing"].create(
            teller._prepare_mailing_values("Winter offer: doors made to measure")
        )
        teller.env["trust.signal"]._collect()
        teller._tell_again()

    def _tell_mailing(self, fact):
        mailing = self.env["mailing.mailing"].create(
            self._prepare_mailing_values("A new counter for your shop?")
            | {"state": "done", "sent_date": fact.date}
        )
        trace = self.env["mailing.trace"].create(
            {
                "mass_mailing_id": mailing.id,
                "model": "res.partner",
                "res_id": fact.partner_id.id,
                "email": fact.partner_id.email_normalized,
                "trace_status": "open",
                "sent_datetime": fact.date,
                "open_datetime": fact.date,
            }
        )
        self._backdate(mailing, fact.date)
        self._backdate(trace, fact.date)

    def _prepare_mailing_values(self, subject):
        return {
            "subject": subject,
            "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
            "mailing_domain": repr([("id", "child_of", self._cast().ids)]),
            "user_id": self.env.ref("base.user_admin").id,
            "body_arch": f"<p>{subject}</p>",
            "body_html": f"<p>{subject}</p>",
        }
