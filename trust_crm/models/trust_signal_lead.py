# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """First impression: a person answered the new lead within the target.

    The answer is the first message that a person wrote to the customer there, or the
    first call or meeting marked done, at or after the lead was made. It must come
    within `target_hours` working hours; a late one records nothing.
    """

    _inherit = "trust.signal"

    def _facts_lead_answered(self, scope):
        return SQL(
            """
            SELECT partner_id, lead_id, company_id, user_id, answered AS date,
                   'crm.lead' AS source_model, id AS source_id
              FROM (%(answers)s) AS l
             WHERE %(within)s
            """,
            answers=self._select_first_answers(scope),
            within=self._is_within(
                SQL("l.company_id"), SQL("l.create_date"), SQL("l.answered")
            ),
        )

    def _select_first_answers(self, scope):
        """One row per answered lead, by whom and when first."""
        return SQL(
            """
            SELECT DISTINCT ON (l.id) l.id, l.partner_id, l.create_date,
                   CASE WHEN l.partner_id IS NULL THEN l.id END AS lead_id,
                   COALESCE(l.company_id, p.company_id, u.company_id, %(main)s)
                       AS company_id,
                   u.user_id, m.date AS answered
              FROM crm_lead l
              JOIN mail_message m ON m.model = 'crm.lead' AND m.res_id = l.id
                                 AND m.date BETWEEN l.create_date AND %(until)s
              JOIN (%(staff)s) u ON u.partner_id = m.author_id
         LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
         LEFT JOIN res_partner p ON p.id = l.partner_id
         LEFT JOIN %(customers)s c ON c.partner_id = l.partner_id
             WHERE (%(by_person)s OR m.mail_activity_type_id IN (%(types)s))
               AND (c.partner_id IS NOT NULL OR l.partner_id IS NULL AND %(leads)s)
               AND %(concerned)s
          ORDER BY l.id, m.date, m.id
            """,
            main=self._main_company(),
            until=scope.until,
            staff=self._select_staff(),
            customers=scope.customers,
            by_person=self._is_written_by_person("m", "t"),
            types=self._select_contact_types(),
            leads=bool(scope.leads),
            concerned=self._is_lead_concerned(scope),
        )

    def _is_lead_concerned(self, scope):
        if not scope.since:
            return SQL("TRUE")
        return SQL(
            """l.id IN (SELECT n.res_id FROM mail_message n
                         WHERE n.model = 'crm.lead' AND %s)""",
            self._is_new_message(scope, "n"),
        )
