# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields

from .common import TrustCase

# A Monday at noon UTC; Auckland is 13 hours ahead, Los Angeles 8 behind.
MONDAY = datetime(2026, 1, 12, 12)


class PromiseCase(TrustCase):
    """A salesperson, a manager and a customer, on a clock that tests can turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Mara Lind"})
        cls.other_seller = cls._new_user("promiser", "trust_crm.group_trust_user")
        (cls.seller | cls.other_seller | cls.manager).tz = "UTC"

    def at(self, days=0, **delta):
        """Context manager: the clock stands that long after the Monday noon."""
        return freeze_time(MONDAY + timedelta(days=days, **delta))

    def day(self, days):
        return (MONDAY + timedelta(days=days)).date()

    def promise(self, due=3, user=None, **values):
        """A promise of the seller, made on the Monday, due that many days later."""
        user = user or self.seller
        vals = {
            "name": "Send the offer",
            "partner_id": self.customer.id,
            "user_id": user.id,
            "date_deadline": self.day(due),
            **values,
        }
        with self.at():
            promise = self.env["trust.promise"].with_user(user).create(vals)
            self.env.flush_all()
        return promise

    def break_overdue(self):
        """What the hourly job does, without its commits."""
        promises = self.env["trust.promise"].sudo()
        batch = promises._claim(promises._get_overdue_domain())
        batch._try_step("_break")
        return batch

    def remind(self):
        promises = self.env["trust.promise"].sudo()
        batch = promises._claim(promises._get_reminder_domain())
        batch._try_step("_remind")
        return batch

    def rows(self, promise):
        """Every row of the ledger about a promise, voiding ones included."""
        return (
            self.env["trust.evidence"]
            .sudo()
            .search(
                [("source_model", "=", promise._name), ("source_id", "=", promise.id)]
            )
        )

    def live(self, promise):
        """[(signal code, voice, date)] that the ledger holds live for a promise."""
        rows = self.rows(promise).filtered(lambda row: row.state == "live")
        return [(row.signal_id.code, row.voice, row.date) for row in rows]

    def codes(self, promise):
        return [code for code, _voice, _date in self.live(promise)]

    def activities(self, promise):
        return (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", promise._name), ("res_id", "=", promise.id)])
        )

    def utc(self, text):
        return fields.Datetime.to_datetime(text)
