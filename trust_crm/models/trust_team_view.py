# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .trust_circle_map import SIZE
from .trust_relationship import BANDS
from .trust_snapshot_moved import MOVED

SPANS = (30, 90, 365)
SHOWN = 5
NOTICED = 1.0
ENDED = ("kept", "kept_late", "broken")


@dataclass
class Span:
    """Of whom and of when the page speaks: a team or everybody, the last days."""

    now: datetime
    days: int
    team: models.BaseModel
    members: models.BaseModel
    company: models.BaseModel

    @property
    def since(self):
        return self.now - timedelta(days=self.days)


class TrustTeamView(models.AbstractModel):
    """How a team stands with its customers, on one page (I7).

    One read-only call returns plain values, sections in the order of the page; each is
    read in sets and with the reader's rights. It says nothing of a single colleague:
    there is no ranking of employees here or anywhere, and no page of a team of one,
    save for that one and who leads them.
    """

    _name = "trust.team.view"
    _description = "Team View"

    # ACTIONS

    @api.model
    @api.readonly
    def get_team(self, team_id=False, days=90):
        """Return the page.

        :param int team_id: a ``crm.team``; everybody when empty
        :param int days: 30, 90 or 365
        """
        if not self.env.user.has_group("trust_crm.group_trust_user"):
            raise AccessError(self.env._("The team view is for users of Trust."))
        span = self._get_span(team_id, days)
        return {
            "teams": self._get_teams(),
            "team_id": span.team.id,
            "days": span.days,
            "spans": list(SPANS),
            "head": self._get_head(span),
            "circles": self._get_circles(span),
            "stages": self._get_stages(span),
            "movers": self._get_movers(span),
            "promises": self._get_promises(span),
            "complaints": self._get_complaints(span),
            "touchpoints": self._get_touchpoints(span),
            "fairness": self._get_fairness(span),
            "orientation": self._get_orientation(span),
        }

    # BUSINESS

    def _get_span(self, team_id, days):
        if days not in SPANS:
            raise UserError(self.env._("Choose 30, 90 or 365 days."))
        team = self.env["crm.team"].search([("id", "=", team_id)]) if team_id else None
        team = team or self.env["crm.team"]
        if team and not self._is_shown(team):
            raise UserError(
                self.env._(
                    "%(name)s is one colleague: this page would be about them alone. "
                    "It is for them and their leader.",
                    name=team.name,
                )
            )
        return Span(
            now=fields.Datetime.now(),
            days=days,
            team=team,
            members=team._get_trust_people(),
            company=self.env.company,
        )

    def _get_teams(self):
        teams = self.env["crm.team"].search_fetch(
            [("company_id", "in", [self.env.company.id, False])], ["name"]
        )
        return [
            {"id": team.id, "name": team.name} for team in teams if self._is_shown(team)
        ]

    def _is_shown(self, team):
        """Is it more than one colleague, or the reader's own?"""
        members, leader = team.sudo().member_ids, team.sudo().user_id
        alone = len(members) == 1 or len(team._get_trust_people()) == 1
        return not alone or self.env.user in members | leader

    def _get_customers_domain(self, span):
        """Customers, companies and single persons: contacts would count twice."""
        domain = Domain("company_id", "=", span.company.id) & Domain(
            "is_commercial", "=", True
        )
        if span.team:
            domain &= Domain("user_id", "in", span.members.ids)
        return domain

    @staticmethod
    def _get_documents_domain(span, date_field, since=None):
        """Promises, complaints: of the team, within the span."""
        domain = Domain("company_id", "=", span.company.id) & Domain(
            date_field, ">=", since or span.since
        )
        return domain & Domain("team_id", "=", span.team.id) if span.team else domain

    # HOW THEY TRUST US

    def _get_head(self, span):
        """How many customers, how many we can judge, and their average index."""
        [(count,)] = self.env["trust.relationship"]._read_group(
            self._get_customers_domain(span), [], ["__count"]
        )
        [(known, index)] = self.env["trust.relationship"]._read_group(
            self._get_customers_domain(span) & Domain("thin", "=", False),
            [],
            ["__count", "trust_index:avg"],
        )
        return {"count": count, "known": known, "index": index or False}

    def _get_circles(self, span):
        """Customers per ring, the innermost first, those with little evidence last."""
        return self._prepare_levels(span, "circle_id", "trust.circle", "level desc")

    def _get_stages(self, span):
        return self._prepare_levels(span, "stage_id", "trust.stage", "level")

    def _prepare_levels(self, span, name, model, order):
        domain = self._get_customers_domain(span)
        groups = self.env["trust.relationship"]._read_group(domain, [name], ["__count"])
        counts = {level.id: count for level, count in groups}
        total = max(sum(counts.values()), 1)
        levels = self.env[model].search(Domain.TRUE, order=order)
        rows = [(level.id, level.name) for level in levels]
        if name == "circle_id" or counts.get(False):
            rows.append((False, self.env._("Little evidence")))
        return [
            {
                "id": res_id,
                "name": label,
                "count": counts.get(res_id, 0),
                "share": round(100 * counts.get(res_id, 0) / total),
                "domain": list(domain & Domain(name, "=", res_id)),
            }
            for res_id, label in rows
        ]

    def _get_movers(self, span):
        """Who moved most in 30 days, both ways, and how many moved."""
        domain = self._get_customers_domain(span) & Domain("has_trend", "=", True)
        relationships = self.env["trust.relationship"]
        up, down = (
            domain & Domain("trend_30d", way, sign * MOVED)
            for way, sign in ((">=", 1), ("<=", -1))
        )
        rose, fell = (
            domain & Domain("trend_30d", way, sign * NOTICED)
            for way, sign in ((">=", 1), ("<=", -1))
        )
        return {
            "up_count": relationships.search_count(up),
            "down_count": relationships.search_count(down),
            "up": self._prepare_movers(rose, "trend_30d desc, id"),
            "down": self._prepare_movers(fell, "trend_30d, id"),
        }

    def _prepare_movers(self, domain, order):
        found = self.env["trust.relationship"].search(domain, order=order, limit=SHOWN)
        bands, came = dict(BANDS), self._read_former_circles(found)
        return [
            {
                "id": relationship.id,
                "name": relationship.display_name,
                "trend": round(relationship.trend_30d),
                "index": relationship.trust_index,
                "band": relationship.band if relationship.band in bands else False,
                "circle": " → ".join(
                    circle.name or self.env._("Little evidence")
                    for circle in (*came[relationship.id], relationship.circle_id)
                ),
            }
            for relationship in found
        ]

    def _read_former_circles(self, relationships):
        """Return ``{id: [where they stood 30 days ago]}``, empty for the same ring."""
        domain = Domain("id", "in", relationships.ids)
        circles = self.env["trust.circle"]
        return {
            row["id"]: [circles.browse(row["past_circle_id"])]
            if row["has_past"] and row["past_circle_id"] != row["circle_id"]
            else []
            for row in relationships._read_dots(domain, SIZE, len(relationships))
        }

    # WHAT WE KEEP

    def _get_promises(self, span):
        """Share of promises kept in time, and what became of each."""
        report = self.env["trust.promise.report"]
        due = self._get_documents_domain(span, "date_deadline", span.since.date())
        domain = due & Domain("date_deadline", "<=", span.now.date())
        [(rate, slips, late)] = report._read_group(
            domain, [], ["kept_rate:avg", "slip_count:sum", "lateness_days:avg"]
        )
        groups = report._read_group(domain, ["state"], ["__count"])
        labels = dict(report._fields["state"]._description_selection(self.env))
        counts = dict(groups)
        order = [name for name in labels if counts.get(name)]
        return {
            "domain": list(domain),
            "ended_domain": list(domain & Domain("has_ended", "=", True)),
            "rate": round(rate) if any(map(counts.get, ENDED)) else None,
            "total": sum(counts.values()),
            "slips": slips or 0,
            "late_days": round(late) if counts.get("kept_late") else None,
            "states": [
                {
                    "name": name,
                    "label": labels[name],
                    "count": counts[name],
                    "domain": list(domain & Domain("state", "=", name)),
                }
                for name in order
            ],
        }

    def _get_touchpoints(self, span):
        """Moments of truth that destroy trust, those without counter-measure first."""
        moments = self.env["trust.touchpoint"].search(Domain.TRUE)
        destroyers = moments.filtered(lambda one: one.role == "destroyer")
        return [
            {"id": one.id, "name": one.name, "alarm": one.is_alarm}
            for one in destroyers.sorted(lambda one: not one.is_alarm)
        ]
