# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

from odoo import Command
from odoo.tools import SQL

from .common import TrustCase

# A Monday in winter; all times of these tests are UTC unless they name a zone.
MONDAY = "2025-03-03"


def at(text):
    """Return the UTC datetime of "HH:MM" on MONDAY or of "YYYY-MM-DD HH:MM"."""
    if " " not in text:
        text = f"{MONDAY} {text}"
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


class ObserverCase(TrustCase):
    """A customer with a lead, an employee, office hours 8-12 and 13-17 in UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._make_calendar("Office", "UTC")
        cls.env.company.resource_calendar_id = cls.calendar
        cls.seller = cls._make_user("observer_seller", cls.env.company)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Ada", "email": "ada@example.com"}
        )
        cls.lead = cls._make_lead(cls.customer)
        cls.comment = cls.env.ref("mail.mt_comment")
        cls.note = cls.env.ref("mail.mt_note")

    @classmethod
    def _make_calendar(cls, name, tz):
        hours = [(8, 12, "morning"), (13, 17, "afternoon")]
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": f"{day} {period}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": stop,
                            "day_period": period,
                        }
                    )
                    for day in range(5)
                    for start, stop, period in hours
                ],
            }
        )

    @classmethod
    def _make_user(cls, login, company):
        return cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@ours.example.com",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(cls.env.ref("base.group_user").ids)],
            }
        )

    @classmethod
    def _make_meeting(cls, start, guests, **values):
        """The employee meets these guests for an hour; no mail goes out."""
        quiet = {"dont_notify": True, "no_mail_to_attendees": True}
        return (
            cls.env["calendar.event"]
            .with_context(**quiet)
            .create(
                {
                    "name": "Visit",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "user_id": cls.seller.id,
                    "partner_ids": (guests | cls.seller.partner_id).ids,
                    **values,
                }
            )
        )

    @classmethod
    def _make_lead(cls, partner=None, created=None, **values):
        lead = cls.env["crm.lead"].create(
            {
                "name": "Inquiry",
                "partner_id": partner.id if partner else False,
                "user_id": False,
                "company_id": False,
                **values,
            }
        )
        cls._backdate(lead, created or at("2025-01-06 09:00"))
        return lead

    @classmethod
    def _backdate(cls, records, date):
        records.flush_recordset()
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                date,
                records.ids,
            )
        )
        records.invalidate_recordset(["create_date"])

    def _write_mail(self, author, when, document=None, **values):
        """Put a mail of the partner `author` (None: a stranger) on a document."""
        document = document or self.lead
        incoming = not author or author.partner_share
        message = (
            self.env["mail.message"]
            .sudo()
            .create(
                {
                    "message_type": "email" if incoming else "comment",
                    "subtype_id": self.comment.id,
                    "model": document._name,
                    "res_id": document.id,
                    "author_id": author.id if author else False,
                    "email_from": author.email if author else "new@example.com",
                    "date": at(when),
                    **values,
                }
            )
        )
        self._backdate(message, at(when))
        return message

    def _answer(self, when, document=None, user=None, **values):
        """Put a message of an employee on a document."""
        author = (user or self.seller).partner_id
        return self._write_mail(author, when, document, **values)

    def _collect(self, since=None):
        return self.env["trust.signal"]._collect(since=since)

    def _found(self, code, subject=None):
        """Return the evidence of a signal about the customer (or `subject`)."""
        subject = subject or self.customer
        name = "lead_id" if subject._name == "crm.lead" else "partner_id"
        return self.env["trust.evidence"].search(
            [("signal_id.code", "=", code), (name, "=", subject.id)], order="date, id"
        )

    def assertFound(self, code, dates, subject=None):
        """Collect, and compare the dates of the facts with those given."""
        self._collect()
        found = self._found(code, subject)
        self.assertEqual(found.mapped("date"), [at(date) for date in dates], code)
        return found
