# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import review_period
from . import trust_review_sql as review_sql
from .trust_relationship_dissolving import LEAST_SILENCE
from .trust_review import PARTS
from .trust_team_view import Span

SHOWN = 10
# Teams and kinds together take at most so many of the lines about promises
GROUPS = 4
PLACES = {part: number for number, (part, _label) in enumerate(PARTS)}


@dataclass
class Period(Span):
    """The period of a review as the team view speaks of time, and the one before.

    ``now`` is its end; one that still runs ends at this moment.
    """

    start: datetime
    before: datetime

    @property
    def since(self):
        return self.start

    @property
    def end(self):
        return self.now

    @property
    def old(self):
        return self.end - LEAST_SILENCE

    @property
    def earlier(self):
        return replace(self, now=self.start, start=self.before)


class TrustReview(models.Model):
    """What a review finds, in sets: a handful of statements, however many customers.

    Customers, promises and complaints of a team are those of the team view.
    """

    _inherit = "trust.review"

    # BUSINESS

    def _get_period(self):
        """Days are those of UTC."""
        self.ensure_one()
        before = review_period.before(self.date_from, self.date_to)
        start, end, before = (
            datetime.combine(day, time.min)
            for day in (self.date_from, self.date_to + timedelta(days=1), before)
        )
        return Period(
            now=min(end, fields.Datetime.now()),
            days=(end - start).days,
            team=self.team_id,
            members=self.team_id._get_trust_people(),
            company=self.company_id,
            start=start,
            before=before,
        )

    def _get_seen(self, span):
        domain = self.env["trust.team.view"]._get_customers_domain(span)
        return self.env["trust.relationship"]._search(domain).subselect()

    def _get_documents(self, span, name):
        """Promises and complaints of the review whose ``name`` is in the period."""
        domain = self.env["trust.team.view"]._get_documents_domain(span, name)
        return domain & Domain(name, "<", span.end)

    def _find(self):
        """Freeze what there is to talk about (in sudo)."""
        for review in self:
            told = review.with_company(review.company_id)
            span = told._get_period()
            told.env.flush_all()
            figures, movers = told._read_overview(span)
            found = [
                *told._find_moved(movers),
                *told._find_thin(span),
                *told._find_promises(span),
                *told._find_touchpoints(span),
                *told._find_loops(span),
            ]
            told.figures = figures | told._read_kept(span)
            told._keep_findings(found)

    def _keep_findings(self, found):
        self.env["trust.review.finding"].create(
            [
                {
                    "review_id": self.id,
                    "part_order": PLACES[values["part"]],
                    "sequence": number,
                    "has_before": values.get("value_before") is not None,
                    **values,
                }
                for number, values in enumerate(found)
            ]
        )

    # WHAT MOVED

    def _read_overview(self, span):
        """Return the figures of the head that snapshots hold, and who moved."""
        sql = review_sql.overview(self._get_seen(span), span, SHOWN)
        [(counts, now, then, movers)] = self.env.execute_query(sql)
        levels = {c.id: c.level for c in self.env["trust.circle"].search([])}
        figures = {
            "customers": [counts["then"][0], counts["now"][0]],
            "known": [counts["then"][1], counts["now"][1]],
            "index": [counts["then"][2], counts["now"][2]],
            "moves": [self._sort_moves(rows, levels) for rows in (then, now)],
        }
        return figures, movers or []

    @staticmethod
    def _sort_moves(rows, levels):
        """Return ``{"in": {ring id: customers}, "out": {ring id: customers}}``."""
        moves = {"in": {}, "out": {}}
        for row in rows or []:
            old, new = row["then_circle"], row["now_circle"]
            way = moves["in" if levels[new] > levels[old] else "out"]
            way[str(new)] = way.get(str(new), 0) + row["number"]
        return moves

    def _find_moved(self, movers):
        self.moved_rest = movers[0]["total"] - len(movers) if movers else 0
        for row in movers:
            ring = row["now_circle"] != row["then_circle"]
            names = ("moved_in", "rose") if row["way"] > 0 else ("moved_out", "fell")
            yield {
                "part": "moved",
                "kind": names[0 if ring else 1],
                "relationship_id": row["id"],
                "value_now": row["now_index"],
                "value_before": row["then_index"],
                "facts": {"from": row["then_circle"], "to": row["now_circle"]},
            }

    # WHERE EVIDENCE IS THIN

    @api.model
    def _get_worth(self, company, since):
        """SQL per app: (source, partner_id, turnover since then, open leads).

        The seam for apps that know better what a customer buys.
        """
        return [
            SQL(
                """
                SELECT 'crm' AS source, partner_id,
                       sum(expected_revenue) FILTER (
                           WHERE won_status = 'won' AND date_closed >= %(since)s
                       )::float8 AS turnover,
                       count(*) FILTER (WHERE won_status = 'pending' AND active
                           AND type = 'opportunity') AS leads
                  FROM crm_lead
                 WHERE partner_id IS NOT NULL
                   AND (company_id = %(company)s OR company_id IS NULL)
              GROUP BY partner_id
                """,
                since=since,
                company=company.id,
            )
        ]

    def _select_thin(self, span):
        worth = self._get_worth(span.company, span.end - timedelta(days=365))
        return review_sql.thin(self._get_seen(span), span, span.company, worth)

    def _find_thin(self, span):
        rows = self.env.execute_query_dict(
            review_sql.thinnest(self._select_thin(span), span, SHOWN)
        )
        self.thin_rest = rows[0]["total"] - len(rows) if rows else 0
        for row in rows:
            last = row["last_date"]
            old = last and last < span.old and row["evidence_count"]
            days = max((span.end - last).days, 0) if last else 0
            worth = [name for name in ("turnover", "leads") if row[name]]
            yield {
                "part": "thin",
                "kind": "old" if old else "little",
                "relationship_id": row["id"],
                "value_now": row["confidence"] or 0.0,
                "value_before": row["then_confidence"],
                "facts": {
                    "count": row["evidence_count"] or 0,
                    "days": days,
                    "worth": worth[0] if worth else "circle",
                },
            }

    # WHICH PROMISES SLIP

    def _find_promises(self, span):
        """By team and by kind, and the customers to whom it happened twice or more.

        A team of one would be a ranking of employees: it counts in the kinds only.
        """
        rows = self.env.execute_query_dict(
            review_sql.slipping(
                review_sql.slips(span, span.company, span.team), span.company
            )
        )
        teams = self.env["crm.team"].browse(r["team_id"] for r in rows if r["team_id"])
        several = set(teams.filtered(lambda team: len(team.member_ids) > 1).ids)
        groups = [
            row
            for row in rows
            if (not row["no_team"] and row["team_id"] in several and not span.team)
            or not row["no_kind"]
        ][:GROUPS]
        twice = [row for row in rows if row["relationship_id"] and row["now"] > 1]
        shown = twice[: SHOWN - len(groups)]
        self.promise_rest = len(twice) - len(shown)
        return [self._prepare_slip(row) for row in groups + shown]

    @staticmethod
    def _prepare_slip(row):
        about = {"kind": "slip_kind", "purpose": row["purpose"]}
        if row["relationship_id"]:
            about = {"kind": "slip_customer", "relationship_id": row["relationship_id"]}
        elif row["team_id"]:
            about = {"kind": "slip_team", "team_id": row["team_id"]}
        return {
            "part": "promise",
            "value_now": row["now"],
            "value_before": row["before"],
            "facts": {"promises": row["promises"]},
            **about,
        }

    # WHICH TOUCHPOINT DESTROYS

    def _find_touchpoints(self, span):
        """Destroyers by judgement or by evidence, those without a measure first."""
        moments = self.env["trust.touchpoint"].search(Domain.TRUE)
        now, then = (moments._judge_at(at) for at in (span.end, span.since))
        found = [one for one in moments if now[one]["role"] == "destroyer"]
        found.sort(key=lambda one: (now[one]["measured"], now[one]["score"]))
        self.touchpoint_rest = max(len(found) - SHOWN, 0)
        for one in found[:SHOWN]:
            yield {
                "part": "touchpoint",
                "kind": "destroyer",
                "touchpoint_id": one.id,
                "value_now": now[one]["score"],
                "value_before": then[one]["score"],
                "facts": {name: now[one][name] for name in ("good", "bad", "measured")},
            }
