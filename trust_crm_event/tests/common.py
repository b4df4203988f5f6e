# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command

from odoo.addons.trust_crm.tests.memory_common import MemoryCase


class EventCase(MemoryCase):
    """An evening three weeks ahead, and three people of the seller's customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls._event(21)
        cls.friend.email = "feng@example.com"
        cls.friend.city = "Kiel"
        cls.stranger.email = "sam@example.com"
        desk = cls.env.ref("event.group_event_registration_desk")
        for user in (cls.seller, cls.all_seller):
            user.group_ids += desk
        people = cls.customer | cls.friend | cls.stranger
        people.trust_scoring = "always"
        for partner in people:
            cls._record(partner, "promise_kept")
        cls._drain()

    @classmethod
    def _event(cls, days):
        begin = cls.now + timedelta(days=days)
        return cls.env["event.event"].create(
            {
                "name": "Carpenters' evening",
                "date_begin": begin,
                "date_end": begin + timedelta(hours=3),
                "date_tz": "UTC",
                "company_id": cls.company.id,
                "event_mail_ids": [Command.clear()],
            }
        )

    def _register(self, person=None, event=None, **values):
        return self.env["event.registration"].create(
            {
                "event_id": (event or self.event).id,
                "partner_id": (person or self.person).id,
                **values,
            }
        )

    def _live(self, person=None):
        return self.evidence.search(
            [
                ("signal_id.code", "=", "event_attended"),
                ("partner_id", "=", (person or self.person).id),
                ("state", "=", "live"),
            ]
        )

    def _wizard(self, user=None, **values):
        wizards = self.env["trust.event.invite"].with_user(user or self.seller)
        wizard = wizards.create({"event_id": self.event.id, **values})
        wizard.action_list()
        return wizard

    def _chosen(self, user=None, **values):
        return self._wizard(user, **values).line_ids.partner_id

    def _left_out(self, wizard):
        return {line.partner_id: line.left_out for line in wizard.sudo().left_out_ids}
