# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

# Nobody reads what is sent there, so nobody writes from there either.
NO_REPLY = (
    r"(^|[<\s,])((do[._-]?)?not?[._-]?reply|mailer[._-]?daemon|postmaster|bounces?)"
    r"[^@\s]*@"
)
# A transaction writes its start as the creation date: ids and dates disagree by less.
LONGEST_TRANSACTION = timedelta(days=1)


class TrustSignal(models.Model):
    """What the built-in detectors share: documents, colleagues, new messages.

    A detector is one SELECT over Odoo's own tables (`_facts_<code>`). To let it see
    another kind of document, extend `_select_documents`.
    """

    _inherit = "trust.signal"

    def _select_documents(self):
        """SELECT of the documents that speak about a customer, one row each.

        Columns: model, res_id, partner_id (NULL without a customer), lead_id (only
        of a lead without a customer), company_id, user_id (its owner) and born (UTC,
        when a mail may have made it; leads only).
        """
        return SQL(
            """
            SELECT 'crm.lead' AS model, id AS res_id, partner_id,
                   CASE WHEN partner_id IS NULL THEN id END AS lead_id,
                   company_id, user_id, create_date AS born
              FROM crm_lead
             UNION ALL
            SELECT 'res.partner', id, id, NULL, company_id, user_id, NULL
              FROM res_partner
            """
        )

    def _select_staff(self):
        """SELECT of our people: partner_id, user_id, company_id; not the robot."""
        return SQL(
            """
            SELECT DISTINCT ON (partner_id)
                   partner_id, id AS user_id, company_id
              FROM res_users
             WHERE share IS NOT TRUE AND id <> %s
          ORDER BY partner_id, active DESC, id
            """,
            self.env["ir.model.data"]._xmlid_to_res_id("base.user_root"),
        )

    def _is_written_by_person(self, message, subtype):
        """SQL: a person wrote `message` for the customer to read.

        Templates sent by a step of the process are 'notification', automatic answers
        'auto_comment' or 'out_of_office', mailings 'email_outgoing'; a note has an
        internal subtype or none.
        """
        return SQL(
            """(%(message)s.message_type IN ('email', 'comment')
                AND %(subtype)s.id IS NOT NULL
                AND %(subtype)s.internal IS NOT TRUE
                AND %(message)s.is_internal IS NOT TRUE)""",
            message=SQL.identifier(message),
            subtype=SQL.identifier(subtype),
        )

    def _main_company(self):
        """The company of facts that name none: the first one."""
        return self.env["res.company"].sudo().search([], order="id", limit=1).id

    def _is_new(self, scope, table):
        """SQL: the row was written since the last collection."""
        if not scope.since:
            return SQL("TRUE")
        return SQL("%s >= %s", SQL.identifier(table, "write_date"), scope.since)

    def _is_new_message(self, scope, table):
        """SQL: the message was made since the last collection.

        Messages have no index on a date, but their ids grow with it: a bisection over
        the primary key finds where to begin, in some twenty look-ups.
        """
        if not scope.since:
            return SQL("TRUE")
        return SQL(
            "(%s >= %s AND %s >= %s)",
            SQL.identifier(table, "id"),
            self._first_message_since(scope.since - LONGEST_TRANSACTION),
            SQL.identifier(table, "create_date"),
            scope.since,
        )

    def _first_message_since(self, moment):
        """Return the id where the messages created since `moment` (UTC) begin."""
        execute = self.env.execute_query
        [(low, high)] = execute(
            SQL(
                """SELECT COALESCE(min(id), 0), COALESCE(max(id), 0) + 1
                     FROM mail_message"""
            )
        )
        while low < high:
            middle = (low + high) // 2
            found = execute(
                SQL(
                    """SELECT id, create_date < %s FROM mail_message
                        WHERE id >= %s ORDER BY id LIMIT 1""",
                    moment,
                    middle,
                )
            )
            if found and found[0][1]:
                low = found[0][0] + 1
            else:
                high = middle
        return low

    def _count_sentence(self, sentence, missing, source):
        """Return ``sentence`` about how many rows lack something, False if none.

        :param sentence: function of the keywords missing and total, as it translates
        :param missing: SQL condition on a row
        :param source: SQL of what stands after FROM
        """
        self.env.flush_all()
        [(count, total)] = self.env.execute_query(
            SQL("SELECT count(*) FILTER (WHERE %s), count(*) FROM %s", missing, source)
        )
        return sentence(missing=count, total=total) if count else False
