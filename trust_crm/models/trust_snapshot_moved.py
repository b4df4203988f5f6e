# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import SQL

MOVED = 5.0


class TrustSnapshot(models.Model):
    """How many customers moved in a span of time, from what was shown then."""

    _inherit = "trust.snapshot"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _count_moved(self, start, end, companies):
        """Count customers (companies and single persons) who moved by 5 points or more.

        Who was not known before ``start`` did not move. Read with the reader's rights.

        :param start, end: UTC datetimes, ``start`` <= date < ``end``
        :return: ``{company: (up, down)}``
        """
        relationships = self.env["trust.relationship"]
        seen = relationships._search(
            [("company_id", "in", companies.ids), ("is_commercial", "=", True)]
        )
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT n.company_id,
                       count(*) FILTER (WHERE n.trust_index - o.trust_index >= %(by)s),
                       count(*) FILTER (WHERE o.trust_index - n.trust_index >= %(by)s)
                  FROM (SELECT DISTINCT ON (relationship_id) relationship_id,
                               company_id, trust_index
                          FROM trust_snapshot
                         WHERE date >= %(start)s AND date < %(end)s
                      ORDER BY relationship_id, date DESC) n
                  JOIN LATERAL (
                        SELECT trust_index FROM trust_snapshot
                         WHERE relationship_id = n.relationship_id AND date < %(start)s
                      ORDER BY date DESC LIMIT 1) o ON TRUE
                 WHERE n.relationship_id IN %(seen)s
              GROUP BY n.company_id
                """,
                by=MOVED,
                start=start,
                end=end,
                seen=seen.subselect(),
            )
        )
        company = self.env["res.company"]
        return {company.browse(row[0]): (row[1], row[2]) for row in rows}
