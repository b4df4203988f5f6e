# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

from .trust_snapshot_moved import MOVED

SHOWN = 20


class TrustToday(models.AbstractModel):
    """Customers of mine whose trust moved by five points or more in 30 days."""

    _inherit = "trust.today"

    def _section_moved(self, day):
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("is_commercial", "=", True)
            & Domain("has_trend", "=", True)
            & (Domain("trend_30d", ">=", MOVED) | Domain("trend_30d", "<=", -MOVED))
            & Domain("user_id", "=", self.env.uid)
        )
        hidden = [res_id for kind, res_id in day.aside if kind == "moved"]
        domain &= Domain("id", "not in", hidden)
        moved = self.env["trust.relationship"].search(
            domain, order="trend_30d, id", limit=min(day.limit, SHOWN)
        )
        return {
            "title": self.env._("Relationships that moved"),
            "empty": self.env._("Nobody's trust moved much this month."),
            "summary": self.env._("1 relationship moved")
            if len(moved) == 1
            else self.env._("%(count)s relationships moved", count=len(moved)),
            "minutes": 1,
            "total": len(moved),
            "all": "trust_crm.trust_relationship_action",
            "items": [self._prepare_moved(relationship) for relationship in moved],
        }

    def _prepare_moved(self, relationship):
        trend = relationship.trend_30d
        points = round(abs(trend))
        return self._prepare_item(
            "moved",
            relationship,
            who=relationship.display_name,
            reason=self._join(
                self.env._("up %(points)s points in 30 days", points=points)
                if trend > 0
                else self.env._("down %(points)s points in 30 days", points=points),
                relationship.circle_id.name,
                relationship.stage_id.name,
            ),
            tag=(self.env._("closer"), "ok")
            if trend > 0
            else (self.env._("further"), "late"),
            partner=relationship.partner_id,
            lead=relationship.lead_id,
            actions=[("why", self.env._("Why?")), ("aside", self.env._("Seen"))],
        )

    # ACTIONS

    def _act_moved_why(self, res_id):
        return self._open(self._open_form("trust.relationship", res_id))
