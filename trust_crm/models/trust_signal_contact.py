# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL

CONTACT_CATEGORIES = ("phonecall", "meeting")


class TrustSignal(models.Model):
    """Calls and visits done, read from the message that marking them done leaves.

    That message has the time and the person, and it outlives the activity, which
    Odoo archives (older versions deleted it). A meeting that the calendar knows, and
    the customer accepted, is `meeting_held` and is not counted again here: neither the
    activity planned with the event nor a meeting marked done on its day or the next.
    """

    _inherit = "trust.signal"

    def _facts_human_contact(self, scope):
        return SQL(
            """
            WITH document AS (%(documents)s),
            held AS MATERIALIZED (%(held)s)
            SELECT d.partner_id, d.lead_id, d.company_id, u.user_id, m.date,
                   'mail.message' AS source_model, m.id AS source_id
              FROM mail_message m
              JOIN (%(staff)s) u ON u.partner_id = m.author_id
              JOIN document d ON d.model = m.model AND d.res_id = m.res_id
              JOIN mail_activity_type t ON t.id = m.mail_activity_type_id
         LEFT JOIN %(customers)s c ON c.partner_id = d.partner_id
             WHERE m.mail_activity_type_id IN (%(types)s)
               AND m.date <= %(until)s AND %(is_new)s
               AND (c.partner_id IS NOT NULL OR d.lead_id IS NOT NULL AND %(leads)s)
               AND NOT EXISTS (
                    SELECT FROM held h
                     WHERE h.commercial_id = c.commercial_id
                       AND h.day BETWEEN m.date::date - 1 AND m.date::date
                       AND t.category = 'meeting')
               AND NOT EXISTS (
                    SELECT FROM mail_activity y
                      JOIN held h ON h.event_id = y.calendar_event_id
                     WHERE y.res_model = m.model AND y.res_id = m.res_id
                       AND y.activity_type_id = m.mail_activity_type_id
                       AND y.active IS NOT TRUE
                       AND y.date_done BETWEEN m.date::date - 1 AND m.date::date + 1
                       AND h.commercial_id = c.commercial_id)
            """,
            documents=self._select_documents(),
            held=self._select_held_days(scope),
            staff=self._select_staff(),
            customers=scope.customers,
            types=self._select_contact_types(),
            until=scope.until,
            is_new=self._is_new_message(scope, "m"),
            leads=bool(scope.leads),
        )

    def _select_contact_types(self):
        """SELECT of the ids of the activity types that are contact with a person."""
        visit = self.env["ir.model.data"]._xmlid_to_res_id(
            "trust_crm.mail_activity_type_visit"
        )
        return SQL(
            "SELECT id FROM mail_activity_type WHERE category IN %s OR id = %s",
            CONTACT_CATEGORIES,
            visit or 0,
        )

    def _select_held_days(self, scope):
        """The days on which a customer's company met us, by the calendar."""
        return SQL(
            """
            SELECT DISTINCT c.commercial_id, e.stop::date AS day, e.id AS event_id
              FROM calendar_attendee a
              JOIN %s c ON c.partner_id = a.partner_id
              JOIN calendar_event e ON e.id = a.event_id
             WHERE a.state = 'accepted' AND e.active
            """,
            scope.customers,
        )
