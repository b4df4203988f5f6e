# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from .common import TrustCase

# The tests stand in the third quarter's review, on the day after it ended.
START, END = date(2026, 7, 1), date(2026, 9, 30)
TODAY = datetime(2026, 10, 1, 9)


class ReviewCase(TrustCase):
    """Customers with a past, and a clock that stands at the start of a quarter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(TODAY)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.now = TODAY
        rings = cls.env["trust.circle"].search([], order="level")
        cls.outsider_ring, cls.acquaintance, cls.insider, cls.family = rings
        cls.customer.user_id = cls.seller
        cls.other_customer.user_id = cls.manager
        cls.reviews = cls.env["trust.review"].with_user(cls.manager)

    @classmethod
    def show(cls, partner, *shown):
        """What was shown of a customer: (days before today, index, ring)."""
        relationship = cls._relationship(partner)
        cls.env.flush_all()
        for days, index, ring in shown:
            cls.env.cr.execute(
                """INSERT INTO trust_snapshot (relationship_id, company_id, date,
                          trust_index, confidence, band, circle_id)
                   VALUES (%s, %s, %s, %s, 0.5, '2', %s)""",
                [
                    relationship.id,
                    cls.company.id,
                    TODAY - timedelta(days=days),
                    index,
                    ring.id,
                ],
            )
        cls.env.invalidate_all()
        return relationship

    @classmethod
    def review(cls, user=None, **values):
        """Open one by hand, as a manager does."""
        cls.env.flush_all()
        vals = {"date_from": START, "date_to": END, **values}
        review = cls.env["trust.review"].with_user(user or cls.manager).create(vals)
        cls.env.invalidate_all()  # lines in the cache belong to whoever read them
        return review

    @staticmethod
    def of(review, part):
        return review.finding_ids.filtered(lambda one: one.part == part)

    @classmethod
    def promise(cls, partner, missed=10, **values):
        """A promise of ours whose day passed so many days ago."""
        cls._relationship(partner)
        day = TODAY - timedelta(days=missed)
        promise = cls.env["trust.promise"].create(
            {
                "name": "Send the offer",
                "partner_id": partner.id,
                "user_id": cls.seller.id,
                "date_deadline": day.date(),
                **values,
            }
        )
        promise.sudo().write({"state": "broken", "missed_at": day})
        cls.env.flush_all()
        return promise

    @classmethod
    def complaint(cls, partner, recovered="no", resolved=20):
        """A complaint that was resolved so many days ago."""
        complaint = cls.env["trust.complaint"].create(
            {"subject": "Secret wedding gift late", "partner_id": partner.id}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE trust_complaint SET recovered = %s, resolved_date = %s,
                      received_date = %s, trust_before = 61 WHERE id = %s""",
            [
                recovered,
                TODAY - timedelta(days=resolved),
                TODAY - timedelta(days=resolved + 5),
                complaint.id,
            ],
        )
        cls.env.invalidate_all()
        return complaint

    def decide(self, findings, decision="nothing", user=None, **values):
        """What the window does that asks who, or why not."""
        name = {"nothing": "action_nothing", "activity": "action_schedule"}
        action = getattr(
            findings.with_user(user or self.manager),
            name.get(decision, f"action_{decision}"),
        )()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.manager)
            .with_context(**action["context"])
            .create(values)
        )
        wizard.action_apply()
        return wizard
