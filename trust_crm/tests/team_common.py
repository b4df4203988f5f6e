# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from .complaint_common import ComplaintCase


class TeamCase(ComplaintCase):
    """A team of two, a customer of theirs and one of somebody else's, and the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "member_ids": (cls.seller | cls.all_seller).ids}
        )
        cls.colleague = cls._new_user("colleague", "trust_crm.group_trust_user")
        cls.customer.user_id = cls.seller
        cls.other_customer.user_id = cls.manager

    def page(self, user=None, team=None, days=90):
        self.env.flush_all()
        model = self.env["trust.team.view"].with_user(user or self.manager)
        return model.get_team(team.id if team else False, days)

    @staticmethod
    def named(rows, name):
        return next(row for row in rows if row["name"] == name)

    def tell(self, partner, days_ago, circle, index=50):
        """What was shown of a customer so many days ago."""
        relationship = self._relationship(partner)
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO trust_snapshot
                      (relationship_id, company_id, date, trust_index, circle_id)
               VALUES (%s, %s, %s, %s, %s)""",
            [
                relationship.id,
                self.company.id,
                self.now - timedelta(days=days_ago),
                index,
                circle.id,
            ],
        )
        return relationship

    def complain(self, partner, answered_after, days_ago=10):
        """A confirmed complaint, answered after so many hours."""
        complaint = self.env["trust.complaint"].create(
            {"subject": "Too late", "partner_id": partner.id}
        )
        received = self.now - timedelta(days=days_ago)
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE trust_complaint
                  SET received_date = %s, answered_date = %s WHERE id = %s""",
            [received, received + timedelta(hours=answered_after), complaint.id],
        )
        self.env.invalidate_all()
        return complaint
