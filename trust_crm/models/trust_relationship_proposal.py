# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from . import trust_fold_sql as fold_sql
from . import trust_snapshot_sql as snapshot_sql

QUIET_DAYS = 30
NAMED = 3
MANAGERS = "trust_crm.group_trust_manager"
UNDECLINED = dict.fromkeys(
    ("circle_declined_id", "declined_until", "declined_reason", "declined_user_id"),
    False,
)


class TrustRelationship(models.Model):
    """Moves into a circle that a person decides about (R1).

    The refresh says what the evidence carries and, where a circle between is set to
    *propose*, stops before it: the move waits in ``circle_proposed_id``. Here it is
    accepted, or declined with a reason and then left alone for 30 days unless the
    evidence carries further. Moving out needs nobody: no screen shows more closeness
    than the evidence does.
    """

    _inherit = "trust.relationship"

    circle_accepted_id = fields.Many2one(
        "trust.circle",
        "Accepted Circle",
        ondelete="restrict",
        readonly=True,
        help="How far moves were accepted, or needed no word.",
    )
    circle_proposed_id = fields.Many2one(
        "trust.circle", "Proposed Circle", ondelete="restrict", readonly=True
    )
    proposed_date = fields.Datetime("Proposed On", readonly=True)
    circle_declined_id = fields.Many2one(
        "trust.circle", "Declined Circle", ondelete="restrict", readonly=True
    )
    declined_until = fields.Date(
        "Not Asked Again Until",
        readonly=True,
        help="Unless the evidence carries to a circle further in.",
    )
    declined_reason = fields.Char("Declined Because", readonly=True)
    declined_user_id = fields.Many2one("res.users", "Declined By", readonly=True)
    proposal_reason = fields.Char(
        "What Speaks for It", compute="_compute_proposal_reason"
    )

    _proposed = models.Index(
        "(circle_proposed_id) WHERE circle_proposed_id IS NOT NULL"
    )

    # COMPUTE

    @api.depends("circle_proposed_id")
    @api.depends_context("lang")
    def _compute_proposal_reason(self):
        asked = self._origin.filtered("circle_proposed_id")
        told = asked._read_proposal_reasons() if asked else {}
        for relationship in self:
            since, facts = told.get(relationship._origin.id, (None, ()))
            relationship.proposal_reason = bool(facts) and relationship.env._(
                "Since %(date)s: %(facts)s",
                date=format_date(self.env, since),
                facts=" · ".join(map(self._say_fact, facts)),
            )

    # ACTIONS

    def action_accept_circle(self):
        """Move into the proposed circle; the history keeps who said so and why."""
        self._check_proposal()
        for relationship in self:
            reason = relationship.proposal_reason
            proposed = relationship.circle_proposed_id
            relationship.sudo().write(UNDECLINED | {"circle_accepted_id": proposed.id})
            relationship._decide("accepted", reason)

    def action_decline_circle(self):
        """Ask why the customer is not to move in."""
        self.ensure_one()
        self._check_proposal()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not %(circle)s", circle=self.circle_proposed_id.name),
            "res_model": "trust.circle.decline",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_relationship_id": self.id},
        }

    def action_ask_again(self):
        """Take a decline back: the proposal stands again."""
        self._check_decider()
        self.sudo().write(UNDECLINED)
        self._decide("reopened")

    # BUSINESS

    def _decline_circle(self, reason):
        """Leave the customer where he is.

        :raises UserError: without a reason, a proposal or the right to decide
        """
        self._check_proposal()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the customer is not to move."))
        today = fields.Date.context_today(self)
        for relationship in self:
            relationship.sudo().write(
                {
                    "circle_declined_id": relationship.circle_proposed_id.id,
                    "declined_until": today + timedelta(days=QUIET_DAYS),
                    "declined_reason": reason,
                    "declined_user_id": self.env.uid,
                }
            )
            relationship._decide("declined", reason)

    def _unaccept_circle(self):
        """Take an acceptance back: the customer stands before the circle again."""
        self._check_decider()
        for relationship in self:
            level = relationship.circle_accepted_id.level
            lower = self.env["trust.circle"].search([("level", "<", level)])
            relationship.sudo().circle_accepted_id = lower.sorted("level")[-1:]
            relationship._decide("reopened")

    def _decide(self, cause, reason=None):
        """Fold by a decision, and sign the history with it."""
        self.env.flush_all()
        at = fields.Datetime.now()
        self.env["trust.relationship"].sudo()._fold(self.ids, cause=cause)
        if cause == "declined":  # nothing moved, so nothing was kept
            self.sudo()._keep_snapshots(self.ids, at, cause)
        self.env.cr.execute(
            snapshot_sql.sign(self.ids, cause, at, self.env.uid, reason or None)
        )
        self.env["trust.snapshot"].invalidate_model()

    def _check_proposal(self):
        self._check_decider()
        if not all(relationship.circle_proposed_id for relationship in self):
            raise UserError(
                self.env._("No move is proposed any more: reload the page.")
            )

    def _check_decider(self):
        """Whoever looks after the customer decides, or a manager."""
        self.check_access("read")
        user = self.env.user
        if not user.has_group("trust_crm.group_trust_user") or any(
            owner and owner != user and not user.has_group(MANAGERS)
            for owner in self.mapped("user_id")
        ):
            raise UserError(
                self.env._(
                    "Whoever looks after the customer decides about this move, or a "
                    "trust manager."
                )
            )

    # WHAT SPEAKS FOR A MOVE

    def _read_proposal_reasons(self):
        """Return ``{id: (since, [(signal id, count)])}``, the weightiest facts first.

        Since the customer came into the ring where he is; one query for all.
        """
        self.env.flush_all()
        weights = [
            SQL("(%s::int, %s::int, %s::float8)", policy.id, signal, weight)
            for policy in self.mapped("policy_id").sudo()
            for signal, part, weight in policy._weights()
            if weight > 0 and len(part) == 1
        ]
        if not weights:
            return {}
        scope = fold_sql.subjects(SQL("r.id = ANY(%s)", self.ids))
        rows = self.env.execute_query(
            SQL(
                """
                WITH about AS MATERIALIZED (%(scope)s),
                     since AS MATERIALIZED (
                SELECT r.id, r.policy_id, COALESCE((
                       SELECT max(s.date) FROM trust_snapshot s
                        WHERE s.relationship_id = r.id
                          AND s.circle_id IS DISTINCT FROM r.circle_id
                       ), r.first_date) AS date
                  FROM trust_relationship r WHERE r.id IN (SELECT id FROM about))
                SELECT e.rel, b.date, e.signal_id, count(DISTINCT e.id)
                  FROM %(ledger)s e JOIN since b ON b.id = e.rel
                  JOIN (VALUES %(weights)s) w (policy_id, signal_id, weight)
                    ON w.policy_id = b.policy_id AND w.signal_id = e.signal_id
                 WHERE e.date > b.date
                 GROUP BY e.rel, b.date, e.signal_id
                 ORDER BY sum(e.magnitude * w.weight) DESC, e.signal_id
                """,
                scope=scope,
                ledger=fold_sql.ledger(SQL("about")),
                weights=SQL(", ").join(weights),
            )
        )
        told = {}
        for rel, since, signal, count in rows:
            facts = told.setdefault(rel, (since, []))[1]
            if len(facts) < NAMED:
                facts.append((signal, count))
        return told

    def _say_fact(self, fact):
        signal, count = fact
        name = self.env["trust.signal"].sudo().browse(signal).name
        if count == 1:
            return name
        return self.env._("%(fact)s, %(count)s times", fact=name, count=count)
