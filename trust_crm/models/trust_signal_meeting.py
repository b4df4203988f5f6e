# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """A meeting that the customer accepted and that took place.

    Who accepted an event that is over and was not archived was there; the source is
    the attendee's row, which speaks about one person. A meeting moved before its start
    is not over yet and records nothing; one that our own organiser declined was not
    held. That *we* missed a meeting is written nowhere in Odoo: a promise says it.
    """

    _inherit = "trust.signal"

    def _facts_meeting_held(self, scope):
        return self._select_held_meetings(scope)

    def _select_held_meetings(self, scope):
        """The facts of all meetings held, whoever else may tell of them."""
        return SQL(
            """
            SELECT a.partner_id, l.company_id, e.user_id, e.stop AS date,
                   'calendar.attendee' AS source_model, a.id AS source_id
              FROM calendar_attendee a
              JOIN %(customers)s c ON c.partner_id = a.partner_id
              JOIN calendar_event e ON e.id = a.event_id
         LEFT JOIN crm_lead l ON l.id = e.opportunity_id
             WHERE a.state = 'accepted' AND e.active AND e.stop <= %(until)s
               AND %(is_new)s
               AND NOT EXISTS (
                    SELECT FROM calendar_attendee o
                      JOIN res_users u ON u.partner_id = o.partner_id
                     WHERE o.event_id = e.id AND o.state = 'declined'
                       AND u.id = e.user_id)
            """,
            customers=scope.customers,
            until=scope.until,
            is_new=self._is_new_meeting(scope),
        )

    def _is_new_meeting(self, scope):
        """SQL: accepted, changed or come to its end since the last collection."""
        if not scope.since:
            return SQL("TRUE")
        return SQL(
            "(a.write_date >= %(since)s OR e.write_date >= %(since)s"
            " OR e.stop >= %(since)s)",
            since=scope.since,
        )

    def _missing_meeting_held(self):
        """Name the invitations that customers never answered."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s invitations to past meetings were never"
                " answered by the customer.",
                **counts,
            ),
            SQL("a.state = 'needsAction'"),
            SQL(
                """calendar_attendee a
                   JOIN calendar_event e ON e.id = a.event_id
                   JOIN res_partner p ON p.id = a.partner_id
                  WHERE p.partner_share AND e.active
                    AND e.stop <= now() AT TIME ZONE 'UTC'"""
            ),
        )
