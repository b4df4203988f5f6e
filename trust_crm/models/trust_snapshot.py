# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .trust_relationship import BANDS, LITTLE


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
            ("month_end", "End of the month"),
            ("day_one", "First collection"),
        ],
        readonly=True,
    )

    _history = models.Index("(relationship_id, date DESC) INCLUDE (trust_index)")
    _by_date = models.Index("(date)")

    # ACTIONS

    def action_open_evidence(self):
        """Why it moved: what happened, or was recorded, since the line before."""
        self.ensure_one()
        earlier = [("relationship_id", "=", self.relationship_id.id)]
        before = self.search(
            Domain(earlier) & Domain("date", "<", self.date), order="date desc", limit=1
        )
        meanwhile = Domain.OR(
            Domain(name, "<=", self.date)
            & (Domain(name, ">", before.date) if before else Domain.TRUE)
            for name in ("date", "create_date")
        )
        action = self.relationship_id.action_open_evidence()
        return action | {"domain": action["domain"] & meanwhile}

    # ORM

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise UserError(self.env._("History is written by the refresh alone."))

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("History stays as it was shown."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(self.env._("History stays as it was shown."))
