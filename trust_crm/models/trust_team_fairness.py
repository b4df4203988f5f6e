# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import fairness

# Figure: the column of the report it is an average of, and the complaints that have it
FIGURES = {
    "answer": ("answer_time", Domain("complaint_id.answered_date", "!=", False)),
    "in_time": ("answer_rate", Domain("is_judged", "=", True)),
    "recovered": ("recovered_rate", Domain("recovered", "in", ("yes", "no"))),
    "repeats": ("repeat_rate", Domain.TRUE),
}


class TrustTeamView(models.AbstractModel):
    """Complaints of a team: do they end well, and is everybody served alike?"""

    _inherit = "trust.team.view"

    # BUSINESS

    def _get_complaints(self, span):
        """How many came, how soon they were answered, how often trust came back."""
        domain = self._get_documents_domain(span, "received_date")
        asked = [
            f"{column}:{how}"
            for column, _having in FIGURES.values()
            for how in ("avg", "count")
        ]
        [(total, *values)] = self.env["trust.complaint.report"]._read_group(
            domain, [], ["__count", *asked]
        )
        known = zip(FIGURES, values[::2], values[1::2], strict=True)
        return {
            "count": total,
            "domain": list(domain),
            "domains": {
                name: list(domain & having)
                for name, (_column, having) in FIGURES.items()
            },
        } | {name: round(mean) if count else None for name, mean, count in known}

    @staticmethod
    def _round(value):
        return value if value is None else round(value)

    def _get_fairness(self, span):
        """First answer and redress by ring; a warning when outsiders wait too long.

        The ring is the one in which the customer stood when the complaint came: a
        complaint itself may cost a ring.
        """
        found = {row[0]: row[1:] for row in self._read_fairness(span)}
        circles = self.env["trust.circle"].search(Domain.TRUE, order="level desc")
        rows = [(circle.id, circle.name, circle.level) for circle in circles]
        rows.append((None, self.env._("Little evidence"), None))
        served = [
            (level, name, *found.get(res_id, (0, 0, None, None, [])))
            for res_id, name, level in rows
        ]
        far = fairness.together([(row[3], row[4]) for row in served if row[0] == 0])
        near = fairness.together([(row[3], row[4]) for row in served if row[0]])
        return {
            "rows": [self._prepare_served(*row[1:]) for row in served if row[2]],
            "currency_id": span.company.currency_id.id,
            "unfair": fairness.waits_longer(far, near),
            "far": self._round(far[1]),
            "near": self._round(near[1]),
        }

    def _prepare_served(self, name, count, _answered, hours, redress, ids):
        domain = Domain("id", "in", ids)
        return {
            "name": name,
            "count": count,
            "answer": self._round(hours),
            "redress": redress,
            "domain": list(domain),
            "answered_domain": list(domain & Domain("answered_date", "!=", False)),
        }

    def _read_fairness(self, span):
        """Rows (circle id, complaints, answered ones, hours, redress each, ids)."""
        domain = self._get_documents_domain(span, "received_date")
        seen = self.env["trust.complaint"]._search(domain & self._get_known_domain())
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT s.circle_id, count(*), count(c.answered_date),
                       avg(date_part('epoch', c.answered_date - c.received_date))
                           / 3600,
                       avg(COALESCE(g.value, 0))::float8, array_agg(c.id)
                  FROM trust_complaint c
             LEFT JOIN trust_relationship r ON r.company_id = c.company_id
                   AND r.partner_id = c.commercial_partner_id
             LEFT JOIN LATERAL (
                        SELECT n.circle_id FROM trust_snapshot n
                         WHERE n.relationship_id = r.id AND n.date <= c.received_date
                      ORDER BY n.date DESC LIMIT 1) s ON TRUE
             LEFT JOIN LATERAL (
                        SELECT sum(d.value) AS value FROM trust_complaint_redress d
                         WHERE d.complaint_id = c.id AND d.state = 'given') g ON TRUE
                 WHERE c.id IN %s
              GROUP BY s.circle_id
                """,
                seen.subselect(),
            )
        )

    @staticmethod
    def _get_known_domain():
        return Domain("confirmed", "=", True)
