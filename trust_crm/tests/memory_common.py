# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import TrustCase

XSS = "<script>window.__xss=1</script><img src=x onerror=window.__xss=1>"


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
        cls.colleague = cls._new_user("colleague", "trust_crm.group_trust_user")
        cls.everybody = (
            cls.seller
            | cls.all_seller
            | cls.colleague
            | cls.manager
            | cls.administrator
            | cls.privacy
            | cls.outsider
        )
        cls.sailing, cls.chess = cls.env["trust.interest"].create(
            [{"name": "Sailing at night"}, {"name": "Chess by mail"}]
        )

    @classmethod
    def ground(cls, people, **values):
        """Record a ground for these people."""
        return cls.env["trust.consent"].create(
            [{"partner_id": person.id, **values} for person in people]
        )

    @classmethod
    def occasion(cls, person=None, **values):
        values = {"day": 4, "month": 3, "kind": "birthday", **values}
        partner = person or cls.person
        occasions = cls.env["trust.occasion"].with_user(cls.seller)
        return occasions.create({"partner_id": partner.id, **values}).sudo()

    @classmethod
    def memory(cls, person=None, user=None, **values):
        values = {"text": "Her daughter plays the cello", **values}
        partner = person or cls.person
        notes = cls.env["trust.memory"].with_user(user or cls.seller)
        return notes.create({"partner_id": partner.id, **values}).sudo()

    def about(self, person=None):
        return [("partner_id", "=", (person or self.person).id)]

    def remove_lapsed(self):
        """The job, after the time of grace."""
        later = fields.Datetime.now() + timedelta(days=31)
        with freeze_time(later):
            self.env["trust.consent"]._cron_retention()
