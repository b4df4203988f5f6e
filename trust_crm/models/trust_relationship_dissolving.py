# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import trust_fold_sql as fold_sql
from .trust_relationship_sql import DISSOLVED_BACK

# A customer of long pauses is not silent yet when another one is.
LEAST_GAP, PATIENCE = 60, 3
LEAST_SILENCE = timedelta(days=LEAST_GAP * PATIENCE)
EXPANDING = 2  # the stage from which there is something to dissolve


class TrustRelationship(models.Model):
    """Dissolving (S14, R2): a relationship that was more, and is coming apart.

    Silence: no evidence for three times the customer's own median pause (60 days at
    least), after the stage *expanding* was reached. It ends when there is new evidence
    and the index is 50 or more. The day on which a silence becomes too long is found
    once per silence, so a night costs next to nothing.
    """

    _inherit = "trust.relationship"

    dissolving = fields.Boolean(
        readonly=True, help="It was more once, and is coming apart: win them back."
    )
    dissolving_since = fields.Datetime(readonly=True)
    dissolving_reason = fields.Selection(
        [("silence", "Silent for too long"), ("crisis", "A crisis that does not end")],
        "Dissolving Because",
        readonly=True,
    )
    # The silence since then is too long from that date on
    silence_from = fields.Datetime(
        readonly=True, prefetch=False, export_string_translation=False
    )
    silence_date = fields.Datetime(
        readonly=True, prefetch=False, export_string_translation=False
    )

    _dissolving = models.Index("(dissolving_since) WHERE dissolving_since IS NOT NULL")

    # ACTIONS

    def action_win_back(self):
        """Schedule the win-back plan on the customer or lead, once."""
        self.ensure_one()
        if activity := self._get_win_back_step():
            raise UserError(self._say_win_back_step(activity))
        subject = self._get_subject()
        plan = self._get_win_back_plan(subject)
        if not plan.active:
            raise UserError(
                self.env._(
                    "The win-back plan is gone. Make an activity plan for this under "
                    "Settings, and schedule it on the customer."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Win back %s", self.display_name),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": subject._name,
                "active_id": subject.id,
                "active_ids": subject.ids,
                "plan_mode": True,
                "default_plan_id": plan.id,
                "default_plan_on_demand_user_id": (self.user_id or self.env.user).id,
            },
        }

    # BUSINESS

    @api.model
    def _get_win_back_plan(self, subject):
        """Return the plan for a customer or lead; nothing if somebody removed it."""
        xmlid = f"trust_crm.win_back_plan_{subject._table}"
        plan = self.env.ref(xmlid, raise_if_not_found=False)
        return plan or self.env["mail.activity.plan"]

    def _get_win_back_step(self):
        """Return the activity of the win-back plan that is due next, if it runs."""
        self.ensure_one()
        subject = self._get_subject()
        plan = self._get_win_back_plan(subject)
        return self.env["mail.activity"].search(
            Domain("res_model", "=", subject._name)
            & Domain("res_id", "=", subject.id)
            & Domain.OR(
                Domain("activity_type_id", "=", step.activity_type_id.id)
                & Domain("summary", "=", step.summary)
                for step in plan.sudo().template_ids
            ),
            order="date_deadline, id",
            limit=1,
        )

    def _say_win_back_step(self, activity):
        return self.env._(
            "The win-back plan runs, next: “%(what)s”, %(who)s, %(when)s.",
            what=activity.display_name,
            who=activity.user_id.name,
            when=self._say_step_day(activity.date_deadline),
        )

    @api.model
    def _cron_dissolve(self):
        """Nightly, after ageing: who began to dissolve, who came back."""
        commit = self.env["ir.cron"]._commit_progress
        ranges = self._age_ranges()
        commit(remaining=len(ranges))
        at = fields.Datetime.now()
        for low, high in ranges:
            self._find_dissolving(SQL("r.id >= %s AND r.id < %s", low, high), at)
            if not commit(1):
                return

    @api.model
    def _find_dissolving(self, condition, at):
        """Begin and end dissolving at ``at`` (UTC) where ``condition`` on ``r`` holds.

        :return: ids of those that began
        """
        self.env.flush_all()
        self.env.cr.execute(_silences(condition, at))
        begun = []
        for reason, holds in self._dissolving_sources(at):
            both = SQL("(%s) AND (%s)", condition, holds)
            rows = self.env.execute_query(_begin(both, reason, at))
            begun += [row[0] for row in rows]
        ended = [row[0] for row in self.env.execute_query(_end(condition))]
        self._keep_snapshots(begun, at, "dissolving")
        self._keep_snapshots(ended, at, "won_back")
        self._invalidate_scores()
        return begun

    @api.model
    def _dissolving_sources(self, at):
        """Return ``[(reason, SQL condition on r)]``: why a relationship dissolves.

        The seam for what else pulls one apart: a crisis that does not end.
        """
        silent = SQL("r.silence_date <= %s AND r.silence_from = r.last_date", at)
        return [("silence", silent)]


def _silences(condition, at):
    """Return the UPDATE that finds from when on new silences are too long.

    The median of the pauses between days with evidence; none where the stage was never
    reached.
    """
    scope = fold_sql.subjects(
        SQL(
            """(%s) AND r.last_date < %s
               AND r.silence_from IS DISTINCT FROM r.last_date""",
            condition,
            at - LEAST_SILENCE,
        )
    )
    return SQL(
        """
        WITH about AS MATERIALIZED (%(scope)s), expanded AS MATERIALIZED (
        SELECT a.* FROM about a
         WHERE EXISTS (SELECT FROM trust_snapshot s JOIN trust_stage t
                           ON t.id = s.stage_id AND t.level >= %(level)s
                        WHERE s.relationship_id = a.id)
            OR EXISTS (SELECT FROM trust_relationship r JOIN trust_stage t
                           ON t.id = r.stage_id AND t.level >= %(level)s
                        WHERE r.id = a.id)
        ), pause AS (
        SELECT rel, day - lag(day) OVER (PARTITION BY rel ORDER BY day) AS days
          FROM (SELECT DISTINCT rel, date::date AS day FROM %(ledger)s e) d
        ), usual AS (
        SELECT a.id, greatest(%(least)s, percentile_cont(0.5) WITHIN GROUP (
                   ORDER BY p.days)) AS days
          FROM expanded a LEFT JOIN pause p ON p.rel = a.id AND p.days IS NOT NULL
         GROUP BY a.id
        )
        UPDATE trust_relationship r SET silence_from = r.last_date,
               silence_date = r.last_date + u.days * %(patience)s * interval '1 day'
          FROM about a LEFT JOIN usual u ON u.id = a.id WHERE r.id = a.id
        """,
        scope=scope,
        level=EXPANDING,
        ledger=fold_sql.ledger(SQL("expanded")),
        least=LEAST_GAP,
        patience=PATIENCE,
    )


def _begin(condition, reason, at):
    return SQL(
        """UPDATE trust_relationship r SET dissolving = TRUE, dissolving_since = %s,
                  dissolving_reason = %s
            WHERE dissolving IS NOT TRUE AND %s RETURNING r.id""",
        at,
        reason,
        condition,
    )


def _end(condition):
    """Return the UPDATE that forgets what is over, also what a fold found to be."""
    return SQL(
        """UPDATE trust_relationship r SET dissolving = FALSE, dissolving_since = NULL,
                  dissolving_reason = NULL
            WHERE r.dissolving_since IS NOT NULL AND (%s) AND (NOT r.dissolving
                  OR r.trust_index >= %s AND r.last_date > r.dissolving_since)
        RETURNING r.id""",
        condition,
        DISSOLVED_BACK,
    )
