# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import trust_equation
from .trust_score_sql import COMPONENTS
from .trust_touchpoint import ROLES

WINDOW_DAYS = 90
BUILDS, DESTROYS = 55.0, 45.0
ENOUGH = 3


class TrustSignal(models.Model):
    """At which moment of truth a fact happens."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    touchpoint_id = fields.Many2one(
        "trust.touchpoint",
        "Moment of truth",
        index="btree_not_null",
        ondelete="set null",
        help="Where on the journey this fact happens. A document that names its own "
        "moment, as a complaint or an encounter does, goes by that.",
    )


class TrustTouchpoint(models.Model):
    """What the ledger says of a moment of truth: the last 90 days, of this company."""

    _inherit = "trust.touchpoint"  # pylint: disable=consider-merging-classes-inherited

    live_score = fields.Float(
        "Live score",
        compute="_compute_live",
        aggregator=None,
        help="0 to 100 from the good and bad evidence of the last 90 days; 50 is even.",
    )
    good_count = fields.Integer("Good", compute="_compute_live", aggregator=None)
    bad_count = fields.Integer("Bad", compute="_compute_live", aggregator=None)
    has_live = fields.Boolean(compute="_compute_live", export_string_translation=False)
    live_role = fields.Selection(ROLES, "Evidence says", compute="_compute_live")
    role = fields.Selection(ROLES, "Builds or destroys", compute="_compute_role")
    is_alarm = fields.Boolean(
        "Destroyer without counter-measure", compute="_compute_role"
    )

    # COMPUTE

    @api.depends_context("company")
    def _compute_live(self):
        found = self._read_live(fields.Datetime.now())
        for touchpoint in self:
            good, bad, pos, neg = found.get(touchpoint._origin.id, (0, 0, 0.0, 0.0))
            touchpoint.good_count, touchpoint.bad_count = good, bad
            touchpoint.has_live = good + bad >= ENOUGH
            touchpoint.live_score = trust_equation.quality(pos, neg)
            touchpoint.live_role = touchpoint._judge_live()

    @api.depends("judgement", "counter_measure", "live_role")
    @api.depends_context("company")
    def _compute_role(self):
        for touchpoint in self:
            touchpoint.role = touchpoint.judgement or touchpoint.live_role
            measure = (touchpoint.counter_measure or "").strip()
            touchpoint.is_alarm = touchpoint.role == "destroyer" and not measure

    # BUSINESS

    def _judge_live(self):
        return self._judge_score(self.good_count + self.bad_count, self.live_score)

    @api.model
    def _judge_score(self, count, score):
        """Builder, destroyer, or neither: too little evidence, or even."""
        if count < ENOUGH or DESTROYS < score < BUILDS:
            return False
        return "builder" if score >= BUILDS else "destroyer"

    @api.model
    def _read_live(self, at):
        """Add up the evidence of the 90 days before ``at`` per moment of truth.

        Totals of a company, no customer and no colleague can be read off them: they are
        read without the reader's record rules.

        :return: ``{touchpoint id: (good rows, bad rows, good mass, bad mass)}``
        """
        policy = self.env["trust.policy"].sudo()._get_published(self.env.company)
        lines = self._prepare_live_lines(policy)
        if not lines:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT touchpoint_id, count(*) FILTER (WHERE neg = 0),
                       count(*) FILTER (WHERE neg > 0), sum(pos), sum(neg)
                  FROM (SELECT %(moment)s AS touchpoint_id,
                               e.magnitude * l.pos AS pos, e.magnitude * l.neg AS neg
                          FROM trust_evidence e
                          JOIN trust_signal s ON s.id = e.signal_id
                          JOIN (VALUES %(lines)s) l (signal_id, pos, neg)
                            ON l.signal_id = e.signal_id
                         WHERE e.date > %(since)s AND e.date <= %(at)s
                           AND (e.company_id = %(company)s OR e.company_id IS NULL)
                           AND e.voids_id IS NULL
                           AND NOT EXISTS (SELECT FROM trust_evidence v
                                            WHERE v.voids_id = e.id)) f
                 WHERE touchpoint_id IS NOT NULL
              GROUP BY touchpoint_id
                """,
                moment=self._select_moment(),
                lines=SQL(", ").join(lines),
                since=at - timedelta(days=WINDOW_DAYS),
                at=at,
                company=self.env.company.id,
            )
        )
        return {row[0]: row[1:] for row in rows}

    @api.model
    def _prepare_live_lines(self, policy):
        """Return rows ``(signal, good weight, bad weight)`` of the four components."""
        good, bad = {}, {}
        known = {name.upper() for name in COMPONENTS}
        for signal, part, weight in policy._weights():
            if part in known:
                side = good if weight > 0 else bad
                side[signal] = side.get(signal, 0.0) + abs(weight)
        factor = policy.negative_multiplier
        return [
            SQL(
                "(%s::int, %s::float8, %s::float8)",
                signal,
                good.get(signal, 0.0),
                bad.get(signal, 0.0) * factor,
            )
            for signal in good.keys() | bad.keys()
        ]

    @api.model
    def _select_moment(self):
        """Return the moment of a row ``e``: its document's own, else its signal's."""
        known = SQL(" ").join(
            SQL("WHEN %s THEN (%s)", model, moment)
            for model, moment in self._get_document_moments().items()
        )
        return SQL("COALESCE(CASE e.source_model %s END, s.touchpoint_id)", known)

    @api.model
    def _get_document_moments(self):
        """Return ``{model of a document that knows its moment: SELECT of it}``."""
        return {
            "trust.complaint": SQL(
                "SELECT c.touchpoint_id FROM trust_complaint c WHERE c.id = e.source_id"
            ),
            "trust.encounter": SQL(
                "SELECT n.touchpoint_id FROM trust_encounter n WHERE n.id = e.source_id"
            ),
            "trust.feedback": SQL(
                "SELECT %s FROM trust_feedback f WHERE f.id = e.source_id",
                self.env["trust.feedback"]._select_moment(),
            ),
        }
