# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields

from .common import TrustCase


class HandoverCase(TrustCase):
    """A customer whose trust the seller holds, and colleagues who could take over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._new_user("colleague", "trust_crm.group_trust_user")
        cls.third = cls._new_user("third", "trust_crm.group_trust_user")
        (cls.customer | cls.contact | cls.other_customer).user_id = cls.seller
        cls._hold(cls.contact, cls.seller)
        cls._drain()

    @classmethod
    def _hold(cls, partner, user, days_ago=3):
        """Facts that make the trust of ``partner`` hang on ``user`` alone."""
        for days in range(days_ago, days_ago + 4):
            cls._record(partner, "promise_kept", days_ago=days, user_id=user.id)

    def _handovers(self, partner=None):
        domain = [("partner_id", "=", (partner or self.customer).id)]
        return self.env["trust.handover"].search(domain)

    def _promise(self, name, partner=None, user=None, **values):
        return self.env["trust.promise"].create(
            {
                "name": name,
                "partner_id": (partner or self.customer).id,
                "user_id": (user or self.seller).id,
                "date_deadline": fields.Date.today() + timedelta(days=30),
                **values,
            }
        )

    def _step(self, handover, kind):
        return handover.step_ids.filtered(lambda step: step.kind == kind)
