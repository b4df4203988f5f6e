# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields

from .common import TrustCase

# A Monday at eight in the morning, UTC.
MONDAY = datetime(2026, 1, 12, 8)
OFFICE = ((8, 12), (13, 17))


class ComplaintCase(TrustCase):
    """A customer, who looks after them, and a clock that tests can turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._new_calendar("UTC")
        cls.company.resource_calendar_id = cls.calendar
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Mara Lind",
                "email": "mara@lind.example",
                "user_id": cls.seller.id,
            }
        )
        cls.other_seller = cls._new_user("other", "trust_crm.group_trust_user_all")
        cls.users = cls.seller | cls.other_seller | cls.manager | cls.all_seller
        cls.users.tz = "UTC"
        cls.cause = cls.env.ref("trust_crm.complaint_cause_late")
        cls.feeling = cls.env.ref("trust_crm.feeling_disappointed")

    @classmethod
    def _new_calendar(cls, tz, hours=OFFICE, days=range(5)):
        return cls.env["resource.calendar"].create(
            {
                "name": f"Hours in {tz}",
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [fields.Command.clear()]
                + [
                    fields.Command.create(
                        {
                            "name": "Work",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": stop,
                            "day_period": "morning" if start < 12 else "afternoon",
                        }
                    )
                    for day in days
                    for start, stop in hours
                ],
            }
        )

    def at(self, days=0, **delta):
        """Context manager: the clock stands that long after the Monday morning."""
        return freeze_time(MONDAY + timedelta(days=days, **delta))

    def complaint(self, user=None, when=0, **values):
        """A complaint of the customer's, noted by the seller on the Monday."""
        vals = {
            "subject": "The shelf came a week late",
            "description": "<p>We had guests and no shelf.</p>",
            "partner_id": self.customer.id,
            **values,
        }
        with self.at(when):
            model = self.env["trust.complaint"].with_user(user or self.seller)
            complaint = model.create(vals)
            self.env.flush_all()
        return complaint

    def clarify(self, complaint):
        """Listen: the feeling, what is wanted, and the problem in their words."""
        complaint.write(
            {
                "feeling_ids": [fields.Command.link(self.feeling.id)],
                "wanted": "understanding",
                "problem": "The shelf had to be there before the guests.",
                "problem_agreed": True,
            }
        )

    def propose(self, complaint, name="We bring it tomorrow"):
        """A solution, put to the customer."""
        solution = self.env["trust.complaint.solution"].with_user(complaint.env.user)
        solution = solution.create({"complaint_id": complaint.id, "name": name})
        solution.action_propose()
        return solution

    def accept(self, complaint, voice="staff"):
        solution = self.propose(complaint)
        complaint._customer_answer(solution, True, "Fine.", voice)
        return solution

    def settle(self, complaint):
        """Apology, and no redress."""
        complaint.write({"apology": "given", "no_redress": True})

    def resolve(self, complaint, voice="staff"):
        """The whole way to *resolved*."""
        self.clarify(complaint)
        self.accept(complaint, voice)
        self.settle(complaint)
        complaint.action_next()
        return complaint

    def rows(self, complaint):
        return (
            self.env["trust.evidence"]
            .sudo()
            .search(
                [
                    ("source_model", "=", complaint._name),
                    ("source_id", "=", complaint.id),
                ]
            )
        )

    def live(self, complaint):
        """{signal code: (voice, magnitude)} that the ledger holds live."""
        rows = self.rows(complaint).filtered(lambda row: row.state == "live")
        return {row.signal_id.code: (row.voice, row.magnitude) for row in rows}

    def utc(self, text):
        return fields.Datetime.to_datetime(text)
