# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from .common import TrustCase


class MemoryCase(TrustCase):
    """Two people at customers whom we may remember, one whom we may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person, cls.friend, cls.stranger = cls.env["res.partner"].create(
            [
                {
                    "name": "Mary Achieng",
                    "email": "mary@example.com",
                    "parent_id": cls.customer.id,
                    "user_id": cls.seller.id,
                },
                {"name": "Feng Mei", "user_id": cls.seller.id},
                {"name": "Sam Stranger", "user_id": cls.seller.id},
            ]
        )
        cls.customer.user_id = cls.seller
        cls.ground(cls.person | cls.friend)

    @classmethod
    def ground(cls, people, **values):
        """Record a ground for these people."""
        return cls.env["trust.consent"].create(
            [{"partner_id": person.id, **values} for person in people]
        )

    def occasion(self, person=None, **values):
        values = {"day": 4, "month": 3, "kind": "birthday", **values}
        partner = person or self.person
        occasions = self.env["trust.occasion"].with_user(self.seller)
        return occasions.create({"partner_id": partner.id, **values}).sudo()
