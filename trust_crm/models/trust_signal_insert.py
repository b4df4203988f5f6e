# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL

from .trust_evidence_record import CONTENT


class TrustSignal(models.Model):
    """Collection's only way into the ledger: a detector's facts, in one statement."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _insert_facts(self, facts, scope):
        """Insert what the ledger lacks and queue the subjects; return the new rows.

        What the ledger knows is joined once: a look-up per fact would, before the
        ledger has statistics, read all facts of the signal for each of them.
        """
        queue = self.env["trust.evidence"]._queue_insert(SQL("new"), scope.cause)
        columns = SQL(", ").join(map(SQL.identifier, CONTENT))
        rows = self.env.execute_query(
            SQL(
                """
                WITH found AS MATERIALIZED (
                    SELECT DISTINCT ON (source_model, source_id, source_key) *
                      FROM (%(facts)s) f),
                known AS MATERIALIZED (%(known)s),
                new AS (
                    INSERT INTO trust_evidence (%(columns)s, version, create_date)
                    SELECT %(columns)s, COALESCE(k.versions, 0),
                           now() at time zone 'UTC'
                      FROM found f
                      LEFT JOIN known k USING (source_model, source_id, source_key)
                     WHERE k.stands IS NOT TRUE
                    ON CONFLICT DO NOTHING
                    RETURNING partner_id, lead_id, company_id, date),
                queued AS (%(queue)s RETURNING id)
                SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM queued)
                """,
                facts=self._facts_in_scope(facts, scope),
                known=self._select_known(),
                columns=columns,
                queue=queue,
            )
        )
        return rows[0][0]

    def _select_known(self):
        """SELECT of the ``found`` keys that the ledger has, with their versions.

        One stands unless its document voided it; a person's void is sticky.
        """
        return SQL(
            """
            SELECT e.source_model, e.source_id, e.source_key, count(*) AS versions,
                   bool_or(v.void_kind IS DISTINCT FROM 'auto') AS stands
              FROM trust_evidence e
              LEFT JOIN trust_evidence v ON v.voids_id = e.id
             WHERE e.signal_id = %s AND e.voids_id IS NULL
               AND (e.source_model, e.source_id, e.source_key) IN (
                   SELECT source_model, source_id, source_key FROM found)
             GROUP BY 1, 2, 3
            """,
            self.id,
        )
