# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

from .trust_signal_collect import SCOPE_TABLE, CollectScope


class TrustSignal(models.Model):
    """A few documents read again, by the SELECT that collection reads all with."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _read_documents(self, documents, subjects, leads=False):
        """Return what this signal observes in ``documents`` now, as `_record` dicts.

        The table of customers that detectors join is a name; here it stands for the
        companies of ``subjects`` alone. Not for signals that count working hours.

        :param leads: also what they say about leads without a customer
        """
        self.ensure_one()
        self.env.flush_all()
        scope = CollectScope(self.env, None, fields.Datetime.now(), leads)
        families = subjects.sudo().commercial_partner_id
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH %(scope)s AS MATERIALIZED (%(customers)s)
                SELECT DISTINCT ON (source_id, source_key) f.*
                  FROM (%(facts)s) f
                 WHERE source_model = %(model)s AND source_id = ANY(%(ids)s)
                """,
                scope=SCOPE_TABLE,
                customers=self._select_customers(SQL("c.id = ANY(%s)", families.ids)),
                facts=self._facts_in_scope(self._facts(scope), scope),
                model=documents._name,
                ids=documents.ids,
            )
        )
        return [self._prepare_fact(row, documents) for row in rows]

    def _prepare_fact(self, row, documents):
        kept = "date", "magnitude", "voice", "partner_id", "company_id", "user_id"
        return {name: row[name] for name in (*kept, "lead_id")} | {
            "signal": self.code,
            "source": documents.browse(row["source_id"]),
            "source_key": row["source_key"],
        }
