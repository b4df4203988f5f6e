# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .trust_experiment import UNITS

DELIVER = "trust_crm.mail_activity_motivator"
INVITE = "trust_crm.mail_activity_experiment_invite"


class TrustExperimentTrial(models.Model):
    """One customer or employee in one experiment.

    A customer is drawn into an arm and never knows; nobody reads the row before the
    end, for grouping the arms by anything about their customers would be peeking. An
    employee is asked first, decides alone, and may leave at any time: then, and when
    the experiment ends, the row goes. Nobody but that employee reads it, managers and
    administrators included.

    :attr:`outcome` is written once, at the end, and of customers alone.
    """

    _name = "trust.experiment.trial"
    _description = "Part in an Experiment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "experiment_id desc, arm desc, id"
    _rec_name = "hypothesis"

    experiment_id = fields.Many2one(
        "trust.experiment", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="experiment_id.company_id", store=True)
    unit = fields.Selection(UNITS, "With whom", required=True, readonly=True)
    # No unique index: a merge of partners must not fail on us.
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    answer = fields.Selection(
        [("asked", "Not answered"), ("yes", "I take part"), ("no", "No")],
        readonly=True,
        default="asked",
    )
    arm = fields.Selection(
        [("treated", "Gets it"), ("control", "Does not get it")],
        "By lot",
        readonly=True,
    )
    date_start = fields.Datetime("Drawn on", readonly=True)
    date_end = fields.Datetime("Measured on", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )
    date_delivered = fields.Datetime("Delivered on", readonly=True)
    # Only once the experiment is done
    measured = fields.Boolean(readonly=True)
    outcome = fields.Float(readonly=True, aggregator=None)

    # What an employee is asked, whatever else they may read
    hypothesis = fields.Char(related="experiment_id.name")
    motivator = fields.Char("Motivator", related="experiment_id.motivator_id.name")
    treatment = fields.Text(related="experiment_id.treatment")
    organiser = fields.Char("Organiser", related="experiment_id.user_id.name")
    state = fields.Selection(
        related="experiment_id.state", string="State of the Experiment"
    )
    asks = fields.Text("What is asked", compute="_compute_asks")

    _one_answer = models.UniqueIndex(
        "(experiment_id, user_id) WHERE user_id IS NOT NULL",
        "An employee takes part once.",
    )

    # COMPUTE

    @api.depends("experiment_id.window_days", "experiment_id.measure", "arm")
    @api.depends_context("lang")
    def _compute_asks(self):
        """What saying yes means, before somebody does."""
        measures = dict(
            self.env["trust.experiment"]
            ._fields["measure"]
            ._description_selection(self.env)
        )
        for trial in self:
            experiment = trial.experiment_id.sudo()
            trial.asks = self.env._(
                "If you take part, chance decides whether you get it. After %(days)s "
                "days this is measured: %(measure)s, of your customers. %(name)s "
                "learns who gets it and the average of each half, of %(size)s or more "
                "people. What is measured of you alone is shown to nobody and not "
                "kept. You may leave at any time, without a word; then nothing of it "
                "stays.",
                days=experiment.window_days,
                measure=measures.get(experiment.measure, ""),
                name=experiment.user_id.name,
                size=experiment.size,
            )

    # ACTIONS

    def action_accept(self):
        """I take part."""
        self._answer("yes")

    def action_decline(self):
        """I do not take part; nobody learns who said so."""
        self._answer("no")

    def action_withdraw(self):
        """I leave; nothing of it is kept.

        :return: the list of the employee's invitations
        """
        self._check_mine()
        if self.sudo().filtered(lambda trial: trial.state == "asking"):
            self._answer("no")
        else:
            self.sudo().unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_experiment_trial_action_mine"
        )

    # BUSINESS

    def _check_mine(self):
        if any(trial.user_id != self.env.user for trial in self.sudo()):
            raise AccessError(self.env._("Everybody answers for themselves."))

    def _answer(self, answer):
        self._check_mine()
        trials = self.sudo()
        if trials.filtered(lambda trial: trial.state != "asking"):
            raise UserError(self.env._("It has begun, or the question was taken back."))
        trials.answer = answer
        trials._get_activities().filtered("active").unlink()

    def _get_activities(self):
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )


class MailActivity(models.Model):
    """A delivery that is ticked off was delivered."""

    _inherit = "mail.activity"  # pylint: disable=consider-merging-classes-inherited

    def _action_done(self, feedback=False, attachment_ids=None):
        result = super()._action_done(feedback, attachment_ids)
        kind = self.env["ir.model.data"]._xmlid_to_res_id(DELIVER)
        delivered = self.filtered(lambda one: one.activity_type_id.id == kind)
        if delivered:
            trials = self.env["trust.experiment.trial"].sudo()
            trials.search([("activity_id", "in", delivered.ids)]).write(
                {"date_delivered": fields.Datetime.now()}
            )
        return result


class ResPartner(models.Model):
    """Who wants no friendly contact any more gets no delivery either."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if vals.get("trust_no_contact"):
            trials = self.env["trust.experiment.trial"].sudo()
            undelivered = [
                ("partner_id", "in", self.ids),
                ("date_delivered", "=", False),
                ("activity_id", "!=", False),
            ]
            trials.search(undelivered).activity_id.filtered("active").unlink()
        return result
