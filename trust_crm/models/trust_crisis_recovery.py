# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import crisis as rules

STEP_DAYS = 60


class TrustCrisis(models.Model):
    """How trust comes back after a crisis: the curve, and when it is over by itself."""

    _inherit = "trust.crisis"  # pylint: disable=consider-merging-classes-inherited

    # COMPUTE

    @api.depends("relationship_ids", "window_start")
    def _compute_curve(self):
        for crisis in self:
            points = crisis._read_curve() if crisis.relationship_ids else []
            crisis.curve = points
            crisis.index_now = points[-1]["index"] if points else 0.0

    # BUSINESS

    def _note_recovery(self, now):
        """Close those where trust is back and something good was said since."""
        for crisis in self:
            if crisis.relationship_ids and crisis._is_recovered():
                crisis._finish(
                    "closed", self.env._("Trust is back where it was before.")
                )

    def _is_recovered(self):
        back = rules.is_back(self.index_now, self.index_before)
        return back and self._has_good_recovery()

    def _has_good_recovery(self):
        """Did a customer concerned confirm something good since it was noticed?"""
        policy = self.env["trust.policy"].sudo()._get_published(self.company_id)
        good = {s for s, part, weight in policy._weights() if weight > 0}
        outcome = self.env["trust.signal"]._get_by_code("complaint_good").id
        domain = [
            (
                "partner_id.commercial_partner_id",
                "in",
                self.relationship_ids.partner_id.ids,
            ),
            ("date", ">=", self.date),
            ("state", "=", "live"),
            "|",
            ("signal_id", "=", outcome),
            "&",
            ("signal_id", "in", list(good)),
            ("voice", "=", "customer"),
        ]
        return bool(self.env["trust.evidence"].sudo().search_count(domain, limit=1))

    @api.model
    def _mean_before(self, relationships):
        """Average index shown before the complaints began, or None."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT avg(s.trust_index)
                  FROM trust_relationship r
                  JOIN LATERAL (
                        SELECT trust_index FROM trust_snapshot n
                         WHERE n.relationship_id = r.id
                           AND n.date < %s::timestamp - interval '7 days'
                      ORDER BY n.date DESC LIMIT 1) s ON TRUE
                 WHERE r.id IN %s
                """,
                fields.Datetime.now(),
                tuple(relationships.ids) or (0,),
            )
        )
        return rows[0][0]

    def _read_curve(self):
        """Average index of those concerned, day by day, from two weeks before.

        :return: ``[{"date": ISO day, "index": float}]``, at most ``STEP_DAYS`` + 2
        """
        self.ensure_one()
        ids = tuple(self.sudo().relationship_ids.ids)
        end = self.date_closed or fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                WITH span AS (
                SELECT %(start)s::timestamp - interval '14 days' AS since,
                       %(end)s::timestamp AS until)
                SELECT d.day::date, avg(s.trust_index)
                  FROM span, generate_series(span.since, span.until,
                       greatest(interval '1 day',
                                (span.until - span.since) / %(steps)s)) AS d (day)
            CROSS JOIN trust_relationship r
                  JOIN LATERAL (
                        SELECT trust_index FROM trust_snapshot n
                         WHERE n.relationship_id = r.id AND n.date <= d.day
                      ORDER BY n.date DESC LIMIT 1) s ON TRUE
                 WHERE r.id IN %(ids)s
              GROUP BY d.day ORDER BY d.day
                """,
                start=self.window_start,
                end=end,
                steps=STEP_DAYS,
                ids=ids,
            )
        )
        points = [{"date": str(day), "index": index} for day, index in rows]
        if not self.date_closed:
            known = [r.trust_index for r in self.sudo().relationship_ids]
            points.append({"date": str(end.date()), "index": sum(known) / len(known)})
        return points
