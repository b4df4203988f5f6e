# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .trust_relationship import BANDS, LITTLE

DECISIONS = ("accepted", "declined", "reopened")


class TrustSnapshot(models.Model):
    """What was shown and when: history of a relationship, never rewritten.

    A row is kept when the index moved by a point, when band, circle or stage changed,
    and at each month's end. It names the policy version that made it.
    """

    _name = "trust.snapshot"
    _description = "Trust History"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "relationship_id"

    relationship_id = fields.Many2one(
        "trust.relationship", required=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(related="relationship_id.partner_id")
    lead_id = fields.Many2one(related="relationship_id.lead_id")
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    date = fields.Datetime(required=True, readonly=True)
    trust_index = fields.Float(aggregator="avg", readonly=True)
    index_low = fields.Float("Careful Index", aggregator="avg", readonly=True)
    confidence = fields.Float(aggregator="avg", readonly=True)
    band = fields.Selection(BANDS, readonly=True, falsy_value_label=LITTLE)
    circle_id = fields.Many2one(
        "trust.circle", readonly=True, ondelete="restrict", falsy_value_label=LITTLE
    )
    stage_id = fields.Many2one("trust.stage", readonly=True, ondelete="restrict")
    policy_id = fields.Many2one("trust.policy", readonly=True, ondelete="restrict")
    cause = fields.Selection(
        [
            ("evidence", "Something happened"),
            ("ageing", "Time passed"),
            ("policy", "New policy"),
            ("circle", "Circles changed"),
            ("stage", "Stages changed"),
            ("override", "Set by a manager"),
            ("accepted", "Proposed move accepted"),
            ("declined", "Proposed move declined"),
            ("reopened", "Decision taken back"),
            ("dissolving", "Began to dissolve"),
            ("won_back", "Won back"),
            ("month_end", "End of the month"),
            ("day_one", "First collection"),
        ],
        readonly=True,
    )

    user_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, ondelete="set null"
    )
    reason = fields.Char(readonly=True)

    _history = models.Index("(relationship_id, date DESC) INCLUDE (trust_index)")
    _by_date = models.Index("(date)")

    # ACTIONS

    def action_open_evidence(self):
        """Open what happened, or was recorded, since the line before; of a move that a
        person decided about, since the former circle.
        """
        self.ensure_one()
        since = self._get_since()
        meanwhile = Domain.OR(
            Domain(name, "<=", self.date)
            & (Domain(name, ">", since) if since else Domain.TRUE)
            for name in ("date", "create_date")
        )
        return {
            **self.relationship_id.action_open_evidence(),
            "name": self.env._("Evidence of this move"),
            "domain": list(self.relationship_id._get_evidence_domain() & meanwhile),
        }

    # BUSINESS

    def _get_since(self):
        """Return when what led to this row began, None for the very beginning."""
        earlier = self.search(
            [
                ("relationship_id", "=", self.relationship_id.id),
                ("date", "<=", self.date),
                ("id", "!=", self.id),
            ]
        )
        if self.cause not in DECISIONS:
            return earlier[:1].date
        left = earlier[:1].circle_id
        return earlier.filtered(lambda row: row.circle_id != left)[:1].date

    # ORM

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise UserError(self.env._("History is written by the refresh alone."))

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("History stays as it was shown."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(self.env._("History stays as it was shown."))
