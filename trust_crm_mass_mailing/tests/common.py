# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.addons.trust_crm.tests.common import TrustCase


class MailingCase(TrustCase):
    """Mailings that customers received so many days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailing = cls._mailing()
        cls.signal = cls.env.ref("trust_crm.signal_pushy_selling")

    @classmethod
    def _mailing(cls, model="res.partner", **values):
        return cls.env["mailing.mailing"].create(
            {
                "subject": "Now at half the price",
                "body_html": "<p>Now at half the price</p>",
                "mailing_model_id": cls.env["ir.model"]._get_id(model),
                **values,
            }
        )

    def _push(self, partner=None, days=0, **values):
        """A mailing that reached this person so many days ago."""
        person = partner or self.contact
        return self.env["mailing.trace"].create(
            {
                "mass_mailing_id": self.mailing.id,
                "model": "res.partner",
                "res_id": person.id,
                "email": person.email_normalized,
                "trace_status": "sent",
                "sent_datetime": self.now - timedelta(days=days),
                **values,
            }
        )

    def _complain(self, partner=None, days=10):
        return self.env["trust.complaint"].create(
            {
                "subject": "It broke",
                "partner_id": (partner or self.customer).id,
                "received_date": self.now - timedelta(days=days),
            }
        )

    def _leave(self, complaint, days):
        """The customer withdrew it so many days ago."""
        complaint._leave("withdrawn", "Never mind")
        complaint.move_ids.sorted("id")[-1].date = self.now - timedelta(days=days)

    def _live(self, code="pushy_selling", partner=None):
        return self.evidence.search(
            [
                ("signal_id.code", "=", code),
                ("partner_id", "=", (partner or self.contact).id),
                ("state", "=", "live"),
            ]
        )

    def _collect(self, since=None):
        self.env["trust.signal"]._collect(since)
