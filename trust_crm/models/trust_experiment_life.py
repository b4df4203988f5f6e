# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .trust_words import join_words

MANAGER = "trust_crm.group_trust_manager"
# What decides: settled when it leaves draft.
FIXED = {
    "name",
    "motivator_id",
    "company_id",
    "unit",
    "circle_ids",
    "stage_ids",
    "team_id",
    "user_ids",
    "measure",
    "window_days",
    "difference",
    "spread",
    "spread_known",
    "size",
}
RESULTS = {
    "verdict",
    "mean_treated",
    "mean_control",
    "effect",
    "effect_low",
    "effect_high",
    "measured_treated",
    "measured_control",
    "lost_treated",
    "lost_control",
}
LIFE = RESULTS | {
    "state",
    "date_start",
    "date_end",
    "date_done",
    "wave",
    "end_reason",
    "kept_treated",
    "kept_delivered",
}


class TrustExperiment(models.Model):
    """The life of an experiment: by buttons, and by the clock; and what it found."""

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asking", "Asking"),
            ("running", "Under way"),
            ("done", "Done"),
            ("stopped", "Stopped early"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        tracking=True,
        copy=False,
    )
    date_start = fields.Datetime("Started on", readonly=True, copy=False)
    date_end = fields.Datetime(
        "Measured on", readonly=True, copy=False, help="When the last window is over."
    )
    date_done = fields.Datetime("Ended on", readonly=True, copy=False)
    wave = fields.Integer("Draws", readonly=True, copy=False, aggregator=None)
    end_reason = fields.Char("Reason", readonly=True, copy=False)
    trial_ids = fields.One2many(
        "trust.experiment.trial", "experiment_id", "Who takes part"
    )

    # How far it is
    asked_count = fields.Integer("Asked", compute="_compute_progress")
    yes_count = fields.Integer("Said yes", compute="_compute_progress")
    treated_count = fields.Integer("Get it", compute="_compute_progress")
    delivered_count = fields.Integer("Delivered", compute="_compute_progress")
    receiver_names = fields.Char("Who gets it", compute="_compute_receivers")
    kept_treated = fields.Integer(
        "Got it by lot", readonly=True, copy=False, aggregator=None
    )
    kept_delivered = fields.Integer(
        "Were delivered", readonly=True, copy=False, aggregator=None
    )

    # What was found: empty until the end
    verdict = fields.Selection(
        [
            ("better", "Better"),
            ("worse", "Worse"),
            ("none", "No difference found"),
            ("without", "Without verdict"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    mean_treated = fields.Float(
        "Average with it", readonly=True, copy=False, aggregator=None
    )
    mean_control = fields.Float(
        "Average without", readonly=True, copy=False, aggregator=None
    )
    effect = fields.Float("Difference", readonly=True, copy=False, aggregator=None)
    effect_low = fields.Float("Lower end", readonly=True, copy=False, aggregator=None)
    effect_high = fields.Float("Upper end", readonly=True, copy=False, aggregator=None)
    measured_treated = fields.Integer(
        "Measured with it", readonly=True, copy=False, aggregator=None
    )
    measured_control = fields.Integer(
        "Measured without", readonly=True, copy=False, aggregator=None
    )
    lost_treated = fields.Integer(
        "Lost with it", readonly=True, copy=False, aggregator=None
    )
    lost_control = fields.Integer(
        "Lost without", readonly=True, copy=False, aggregator=None
    )

    # COMPUTE

    @api.depends("state", "kept_treated", "kept_delivered")
    def _compute_progress(self):
        """Numbers alone: who said what is for nobody but themselves."""
        rows = (
            self.env["trust.experiment.trial"]
            .sudo()
            ._read_group(
                [("experiment_id", "in", self.ids)],
                ["experiment_id", "answer", "arm"],
                ["__count", "date_delivered:count"],
            )
        )
        for experiment in self:
            own = [row[1:] for row in rows if row[0] == experiment]
            experiment.asked_count = sum(row[2] for row in own)
            experiment.yes_count = sum(row[2] for row in own if row[0] == "yes")
            treated = [row for row in own if row[1] == "treated"]
            closed = experiment.state in ("done", "stopped")
            experiment.treated_count = (
                experiment.kept_treated if closed else sum(row[2] for row in treated)
            )
            experiment.delivered_count = (
                experiment.kept_delivered if closed else sum(row[3] for row in treated)
            )

    @api.depends("state", "unit")
    def _compute_receivers(self):
        """The organiser must know to whom; kept nowhere, so that it can be undone."""
        for experiment in self:
            receivers = experiment.sudo().trial_ids.filtered(
                lambda trial: trial.arm == "treated" and trial.user_id
            )
            shown = experiment.state == "running" and experiment._is_organised()
            experiment.receiver_names = shown and join_words(
                self.env, receivers.user_id.mapped("name")
            )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name not in LIFE}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if LIFE & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("An experiment is started and ended by its buttons.")
            )
        if FIXED & vals.keys() and self.filtered(lambda e: e.state != "draft"):
            raise UserError(
                self.env._(
                    "It has started: hypothesis, motivator, who takes part, measure, "
                    "window and size stay as they are. Stop it, and start another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if self.filtered(lambda e: e.state != "draft"):
            raise UserError(
                self.env._(
                    "An experiment that was started stays, whatever came of it: else "
                    "only the pleasant ones would be told."
                )
            )

    # ACTIONS

    def action_ask(self):
        """Ask the employees; each answers for themselves."""
        self._check_state("draft")
        for experiment in self.sudo():
            experiment._check_unit("employee")
            pool = experiment._get_pool()
            experiment._check_enough(len(pool))
            experiment.state = "asking"
            experiment._ask(pool)

    def action_back_to_draft(self):
        """Take the question back; the answers go."""
        self._check_state("asking")
        self.sudo().trial_ids.unlink()
        self.sudo().state = "draft"

    def action_start(self):
        """Draw the two halves and hand out what is to be done."""
        for experiment in self:
            experiment._check_state(
                "asking" if experiment.unit == "employee" else "draft"
            )
            experiment.sudo()._start(fields.Datetime.now())

    def action_stop(self):
        """Stop early: a wizard asks why."""
        self._check_state("asking", "running")
        return self.env["trust.experiment.stop"]._open(self)

    @api.readonly
    def action_open_trials(self):
        """The customers who take part."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_experiment_trial_action"
        )
        return action | {"domain": [("experiment_id", "=", self.id)]}

    # BUSINESS

    def _is_organised(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _check_state(self, *states):
        self.check_access("write")
        if not self._is_organised():
            raise AccessError(self.env._("A manager runs experiments."))
        for experiment in self:
            if experiment.state not in states:
                raise UserError(
                    self.env._(
                        'The experiment "%(name)s" has gone a step further already.',
                        name=experiment.name,
                    )
                )

    def _check_unit(self, unit):
        if self.unit != unit:
            raise UserError(self.env._("Customers are not asked: start it."))

    def _start(self, now):
        """Leave draft: settle what is done, draw, hand out."""
        self.ensure_one()
        self._one_at_a_time()
        pool = self._get_pool()
        self._check_enough(len(pool))
        self.write({"state": "running", "date_start": now})
        self._draw(pool, self.size, now)
        self._forget_unasked()

    def _stop(self, reason):
        """No verdict, not now and not later; what is not yet done need not be."""
        self.write({"end_reason": reason})
        self._close("stopped", fields.Datetime.now())

    def _close(self, state, now):
        """Over: open deliveries go, and who took part, where employees did."""
        for experiment in self:
            experiment.write(
                {
                    "kept_treated": experiment.treated_count,
                    "kept_delivered": experiment.delivered_count,
                    "state": state,
                    "date_done": now,
                }
            )
            experiment._drop_deliveries()
            if experiment.unit == "employee":
                experiment.trial_ids.unlink()
