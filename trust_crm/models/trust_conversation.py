# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL

from .trust_signal_source import NO_REPLY

TABLE = "trust_conversation"
# For sorting a million messages; until the end of the transaction.
MEMORY = "128MB"


class TrustConversation(models.AbstractModel):
    """Every mail of a customer with the answer it got, as a temporary table.

    One pass over mail.message serves all signals about mails. A thread is a document's
    messages by date. Those of the customer between two answers are one *run*; the next
    message that a person of ours wrote there answers the run. A mail on a lead that has
    no customer yet speaks about the lead.

    Columns, one row per message of a customer or lead: id, date, is_new, partner_id,
    lead_id, company_id, owner_id (of the document), made_lead (this mail made the
    lead), first_id and first_date (of the run, by the same person), answer_date and
    answer_user_id (NULL while unanswered), thread_before and own_before (dates of the
    message before it, in the thread and by the same person anywhere).
    """

    _name = "trust.conversation"
    _description = "Conversations with Customers"

    def _make(self, scope):
        """Return the table's name; made once per collection, on first use."""
        table = SQL.identifier(TABLE)
        if getattr(scope, "conversation", None) and self._exists():
            return table
        self.env.flush_all()
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
        self.env.cr.execute(
            SQL("CREATE TEMPORARY TABLE %s AS %s", table, self._select(scope))
        )
        self.env.cr.execute(SQL("ANALYZE %s", table))
        scope.conversation = True
        return table

    # BUSINESS

    def _exists(self):
        """A rollback of the transaction that made it takes the table away."""
        query = SQL("SELECT to_regclass(%s) IS NOT NULL", f"pg_temp.{TABLE}")
        return self.env.execute_query(query)[0][0]

    def _select(self, scope):
        return SQL(
            """
            WITH staff AS (%(staff)s),
            document AS (%(documents)s),
            spoken AS (%(spoken)s),
            threaded AS (%(threaded)s),
            answered AS (%(answered)s)
            SELECT a.id, a.date, a.is_new, a.partner_id, a.lead_id, a.owner_id,
                   a.made_lead, a.answer_date, a.answer_user_id, a.thread_before,
                   COALESCE(a.company_id, p.company_id, a.answer_company_id,
                            a.record_company_id, %(main_company)s) AS company_id,
                   first_value(a.id) OVER run AS first_id,
                   first_value(a.date) OVER run AS first_date,
                   lag(a.date) OVER (PARTITION BY a.partner_id, a.lead_id
                                         ORDER BY a.date, a.id) AS own_before
              FROM answered a
         LEFT JOIN res_partner p ON p.id = a.partner_id
             WHERE a.staff_user_id IS NULL
            WINDOW run AS (PARTITION BY a.res_id, a.model, a.run, a.partner_id
                               ORDER BY a.date, a.id)
            """,
            staff=self.env["trust.signal"]._select_staff(),
            documents=self.env["trust.signal"]._select_documents(),
            spoken=self._select_spoken(scope),
            threaded=self._select_threaded(),
            answered=self._select_answered(),
            main_company=self.env["trust.signal"]._main_company(),
        )

    def _select_spoken(self, scope):
        """What customers and colleagues wrote to each other; channels are chat."""
        signal = self.env["trust.signal"]
        return SQL(
            """
            SELECT m.id, m.res_id, m.model, m.date, m.record_company_id,
                   %(is_new)s AS is_new,
                   u.user_id AS staff_user_id, u.company_id AS staff_company_id,
                   CASE WHEN u.user_id IS NULL AND d.lead_id IS NULL
                        THEN c.partner_id END AS partner_id,
                   CASE WHEN u.user_id IS NULL THEN d.lead_id END AS lead_id,
                   d.company_id, d.user_id AS owner_id,
                   COALESCE(m.incoming_email_to IS NOT NULL
                            AND d.born = m.create_date, FALSE) AS made_lead
              FROM (%(threads)s) h
              JOIN mail_message m ON m.res_id = h.res_id AND m.model = h.model
         LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
         LEFT JOIN staff u ON u.partner_id = m.author_id
         LEFT JOIN %(customers)s c ON c.partner_id = m.author_id
         LEFT JOIN document d ON d.model = m.model AND d.res_id = m.res_id
             WHERE m.message_type IN ('email', 'comment')
               AND m.model <> 'discuss.channel' AND m.res_id > 0
               AND m.date <= %(until)s
               AND CASE
                    WHEN u.user_id IS NOT NULL THEN %(by_person)s
                    WHEN d.lead_id IS NOT NULL THEN %(leads)s
                         AND m.message_type = 'email'
                         AND COALESCE(m.email_from, '') !~* %(no_reply)s
                    ELSE c.partner_id IS NOT NULL END
            """,
            is_new=signal._is_new_message(scope, "m"),
            customers=scope.customers,
            until=scope.until,
            by_person=signal._is_written_by_person("m", "t"),
            leads=bool(scope.leads),
            no_reply=NO_REPLY,
            threads=self._select_threads(scope),
        )

    def _select_threads(self, scope):
        """The conversations to read, always whole: (model, res_id).

        At first those of the customers in scope. Later those that something new was
        added to, and all others of a customer who wrote now: only with them is it
        known how long he had been silent.
        """
        if scope.since:
            return self._select_new_threads(scope)
        threads = SQL(
            """SELECT m.model, m.res_id FROM mail_message m
                 JOIN %s c ON c.partner_id = m.author_id
                WHERE m.message_type IN ('email', 'comment')""",
            scope.customers,
        )
        if not scope.leads:
            return SQL("SELECT DISTINCT * FROM (%s) AS t", threads)
        return SQL(
            "%s UNION SELECT 'crm.lead', id FROM crm_lead WHERE partner_id IS NULL",
            threads,
        )

    def _select_new_threads(self, scope):
        return SQL(
            """
            WITH fresh AS MATERIALIZED (
                SELECT m.model, m.res_id, m.author_id FROM mail_message m
                 WHERE %(is_new)s AND m.message_type IN ('email', 'comment')
            )
            SELECT model, res_id FROM fresh
             UNION
            SELECT o.model, o.res_id
              FROM (SELECT DISTINCT c.partner_id FROM fresh f
                      JOIN %(customers)s c ON c.partner_id = f.author_id) a
              JOIN mail_message o ON o.author_id = a.partner_id
            """,
            is_new=self.env["trust.signal"]._is_new_message(scope, "m"),
            customers=scope.customers,
        )

    def _select_threaded(self):
        """Number the runs backwards: how many answers follow in the thread.

        An answer and the customer's messages it answers get the same number; 0 is a
        run without an answer.
        """
        return SQL(
            """
            SELECT s.*,
                   count(staff_user_id) OVER thread AS run,
                   lead(date) OVER thread AS thread_before
              FROM spoken s
            WINDOW thread AS (PARTITION BY res_id, model ORDER BY date DESC, id DESC)
            """
        )

    def _select_answered(self):
        """Read the answer of each run; it is the run's last message."""
        return SQL(
            """
            SELECT t.*,
                   CASE WHEN run > 0 THEN first_value(date) OVER run END
                        AS answer_date,
                   first_value(staff_user_id) OVER run AS answer_user_id,
                   first_value(staff_company_id) OVER run AS answer_company_id
              FROM threaded t
            WINDOW run AS (PARTITION BY res_id, model, run
                               ORDER BY date DESC, id DESC)
            """
        )
