# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields

from .common import TrustCase


class FavourCase(TrustCase):
    """A customer of the seller's, and up to how much may be given to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.customer | cls.contact).user_id = cls.seller
        cls.today = fields.Date.today()
        cls.own = cls.company.currency_id
        cls.second_manager = cls._new_user("chief", "trust_crm.group_trust_manager")
        cls.limit = cls.env["trust.favour.limit"].create(
            {
                "per_gift": 50,
                "per_year": 120,
                "approver_id": cls.manager.id,
                "currency_id": cls.own.id,
            }
        )
        cls.foreign = cls.env["res.currency"].create(
            {"name": "TRU", "symbol": "T", "rounding": 0.01}
        )
        cls._rate(cls.today - timedelta(days=300), 2.0)

    @classmethod
    def _rate(cls, day, rate):
        """So many of the foreign currency for one of ours, from that day."""
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.foreign.id,
                "name": day,
                "rate": rate,
                "company_id": cls.company.id,
            }
        )

    def favour(self, value=20, days_ago=0, user=None, partner=None, **values):
        """A draft, written down by a user."""
        favours = self.env["trust.favour"].with_user(user or self.seller)
        return favours.create(
            {
                "name": "A book",
                "partner_id": (partner or self.contact).id,
                "value": value,
                "date": self.today - timedelta(days=days_ago),
                **values,
            }
        )

    def given(self, *args, **kwargs):
        favour = self.favour(*args, **kwargs)
        favour.action_give()
        return favour

    def codes(self, favour):
        """Codes of the live evidence of a favour or need."""
        rows = favour._trust_evidence_rows()
        return rows.filtered(lambda row: row.state == "live").mapped("signal_id.code")

    def activities(self, favour):
        return self.env["mail.activity"].search(
            [("res_model", "=", favour._name), ("res_id", "in", favour.ids)]
        )
