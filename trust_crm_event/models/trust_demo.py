# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command, api, fields, models

GUESTS = ("hospice_mary", "lindqvist_erik", "weiming_liu", "marlow_julia")


class TrustDemo(models.AbstractModel):
    """With Events, the workshop has evenings: one is over, one is three weeks ahead."""

    _inherit = "trust.demo"

    # BUSINESS

    @api.model
    def _tell_events(self):
        teller = self.sudo().with_context(**self._quiet())
        guests = teller._find_guests()
        past = teller._create_evening("Open workshop", days=-40)
        teller._invite_guests(past, guests, days_before=15)
        came = teller.env["event.registration"].create(
            [
                {"event_id": past.id, "partner_id": guest.id, "state": "done"}
                for guest in guests[:2]
            ]
        )
        came.date_closed = past.date_begin
        ahead = teller._create_evening("Carpenters' evening", days=21)
        teller._invite_guests(ahead, guests[:3], days_before=25)
        teller.env["event.registration"].create(
            {"event_id": ahead.id, "partner_id": guests[0].id, "state": "open"}
        )
        teller.env["trust.signal"]._collect()
        teller._tell_again()

    def _find_guests(self):
        """People of the story who like us, as far as they are in it."""
        cast = self.env["res.partner"].search(
            [("id", "child_of", self._cast().ids), ("is_company", "=", False)]
        )
        names = cast.get_external_id()
        wanted = [f"trust_crm.demo_{name}" for name in GUESTS]
        return cast.filtered(lambda p: names[p.id] in wanted).sorted(
            lambda p: wanted.index(names[p.id])
        )

    def _create_evening(self, name, days):
        day = fields.Datetime.now().replace(hour=16, minute=0, second=0, microsecond=0)
        begin = day + timedelta(days=days)
        return self.env["event.event"].create(
            {
                "name": name,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=3),
                "user_id": self.env.ref("base.user_admin").id,
                "event_mail_ids": [Command.clear()],
            }
        )

    def _invite_guests(self, event, guests, days_before):
        """As if Send had been pressed; no mail goes out."""
        invitations = self.env["trust.event.invitation"].create(
            [
                {
                    "event_id": event.id,
                    "partner_id": guest.id,
                    "user_id": event.user_id.id,
                    "words": "There will be soup, and the new lathe to try.",
                }
                for guest in guests
            ]
        )
        self._backdate(invitations, event.date_begin - timedelta(days=days_before))
