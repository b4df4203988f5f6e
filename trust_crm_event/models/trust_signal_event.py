# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """A registration that was marked as attended: this person came to our event.

    Who came is the attendee: known by the address of the registration, else whoever
    booked it. An address that nobody is known by is a guest's: the one who booked for a
    guest did not come. The day is the event's, or the minute of arrival. Several
    registrations of one person for one event are one visit.
    """

    _inherit = "trust.signal"

    def _facts_event_attended(self, scope):
        return SQL(
            """
            SELECT DISTINCT ON (a.event_id, a.slot_id, a.partner_id)
                   a.partner_id, a.company_id, i.user_id, a.date,
                   'event.registration' AS source_model, a.id AS source_id
              FROM (%(attendees)s) a
         LEFT JOIN trust_event_invitation i
                   ON i.event_id = a.event_id AND i.partner_id = a.partner_id
          ORDER BY a.event_id, a.slot_id, a.partner_id, a.id
            """,
            attendees=self._select_attendees(scope),
        )

    def _select_attendees(self, scope):
        """One row per registration: by its address if somebody has it, else booker.

        Of several contacts with one address the booker, else the oldest.
        """
        return SQL(
            """
            SELECT DISTINCT ON (r.id) r.id, r.event_id,
                   COALESCE(r.event_slot_id, 0) AS slot_id, p.id AS partner_id,
                   r.company_id,
                   LEAST(COALESCE(r.date_closed, e.date_end),
                         COALESCE(s.end_datetime, e.date_end)) AS date
              FROM event_registration r
              JOIN event_event e ON e.id = r.event_id
         LEFT JOIN event_slot s ON s.id = r.event_slot_id
              JOIN LATERAL (%(people)s) p ON TRUE
              JOIN %(customers)s c ON c.partner_id = p.id
             WHERE r.state = 'done' AND r.active AND %(is_new)s
          ORDER BY r.id, (p.id = r.partner_id) DESC, p.id
            """,
            people=self._select_people(),
            customers=scope.customers,
            is_new=self._is_new_attendee(scope),
        )

    def _select_people(self):
        return SQL(
            """
            SELECT b.id FROM res_partner b
             WHERE b.id = r.partner_id
               AND (%(address)s = '' OR b.email_normalized IS NULL
                    OR b.email_normalized = %(address)s)
             UNION
            SELECT k.id FROM res_partner k
             WHERE %(address)s <> '' AND k.email_normalized = %(address)s
            """,
            address=SQL("lower(btrim(COALESCE(r.email, '')))"),
        )

    @api.model
    def _normalize_attendee(self, email):
        """What the SELECT makes of an address."""
        return (email or "").strip(" ").lower()

    def _is_new_attendee(self, scope):
        """SQL: another registration of that visit changed counts too: the first one
        of a visit is its source."""
        if not scope.since:
            return SQL("TRUE")
        return SQL(
            """r.event_id IN (
                SELECT n.event_id FROM event_registration n WHERE %s)""",
            self._is_new(scope, "n"),
        )
