# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import experiment as rules

UNITS = [("customer", "Customers"), ("employee", "Employees")]
MEASURES = [
    ("index", "Change of the trust index"),
    ("feelings", "Feelings of customers in encounters"),
    ("feedback", "Feedback, overall"),
]
# Smallest difference worth finding and usual spread, in units of the measure: index
# points; -5 very unpleasant to 5 very pleasant; 1 to 5.
USUAL = {"index": (5.0, 9.0), "feelings": (1.5, 3.0), "feedback": (0.5, 1.0)}
SHORTEST = 7


class TrustExperiment(models.Model):
    """Does a motivator delight? A comparison of two arms drawn by lot (S18).

    * draft: everything is open. How many it takes is known before it starts.
    * asking (employees alone): each is asked; nobody takes part without a yes.
    * running: one half gets the motivator, the other does not. Nothing is measured, so
      there is nothing to peek at: looking early would find differences that are none.
    * done: the size was reached and every window is over. What happened is measured
      once, as the lot fell whether or not it was delivered, and compared once. Where
      too many were lost it ends without a verdict, and says why.
    * stopped: by hand, with a reason; without a verdict for ever.

    What decides (:attr:`FIXED`) is settled when it leaves draft. Of employees only the
    two arms' means are kept: when it ends, who took part is forgotten.
    """

    _name = "trust.experiment"
    _description = "Experiment"
    _inherit = ["mail.thread", "mail.activity.mixin", "trust.clock.mixin"]
    _order = "create_date desc, id desc"
    _check_company_auto = True

    # What is asked
    name = fields.Char("Hypothesis", required=True, tracking=True)
    motivator_id = fields.Many2one(
        "trust.motivator",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('audience', 'in', (unit, 'both'))]",
    )
    treatment = fields.Text(
        "What is done",
        related="motivator_id.description",
        help="As it stands in the library. It does not change once it was tried.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Organiser",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
        help="Delivers where a customer has no salesperson, and to employees.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    # With whom
    unit = fields.Selection(UNITS, "With whom", required=True, default="customer")
    circle_ids = fields.Many2many("trust.circle", string="Circles")
    stage_ids = fields.Many2many("trust.stage", string="Stages")
    team_id = fields.Many2one(
        "crm.team", "Sales Team", ondelete="restrict", check_company=True
    )
    user_ids = fields.Many2many(
        "res.users", string="Employees", domain="[('share', '=', False)]"
    )

    # How it is measured, and how many that takes
    measure = fields.Selection(MEASURES, required=True, default="index")
    window_days = fields.Integer(
        "Window (days)",
        required=True,
        default=60,
        help="From the draw until it is measured, the same for both arms.",
    )
    difference = fields.Float(
        "Smallest difference worth finding",
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        digits=(6, 2),
        help="A smaller one may be missed. The smaller it is, the more are needed.",
    )
    spread = fields.Float(
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        digits=(6, 2),
        help="How far the measure differs between those who take part (standard "
        "deviation).",
    )
    spread_known = fields.Integer(
        "Spread taken from",
        compute="_compute_usual",
        store=True,
        precompute=True,
        aggregator=None,
        help="So many of your own customers or employees; 0: a usual value.",
    )
    size = fields.Integer(
        "Needed in each half",
        compute="_compute_size",
        store=True,
        aggregator=None,
        help="Fixed before it starts, so that the difference is found in four of five "
        "cases where there is one.",
    )
    eligible_count = fields.Integer("Who fits", compute="_compute_eligible_count")

    _window_check = models.Constraint(
        f"CHECK (window_days >= {SHORTEST})",
        "Give it a week at least: the window is too short.",
    )

    # COMPUTE

    @api.depends("measure", "unit", "window_days", "company_id")
    def _compute_usual(self):
        """Usual values; the spread from our own last window where that is enough."""
        for experiment in self:
            difference, spread = USUAL.get(experiment.measure, USUAL["index"])
            known, count = experiment._estimate_spread()
            experiment.difference = experiment.difference or difference
            if experiment._origin.measure != experiment.measure:
                experiment.difference = difference
            experiment.spread = known or spread
            experiment.spread_known = count if known else 0

    @api.depends("difference", "spread", "unit")
    def _compute_size(self):
        for experiment in self:
            possible = experiment.difference > 0 and experiment.spread > 0
            fewest = experiment._get_fewest()
            experiment.size = possible and rules.size(
                experiment.difference, experiment.spread, fewest
            )

    @api.depends(
        "unit", "circle_ids", "stage_ids", "team_id", "user_ids", "measure", "state"
    )
    def _compute_eligible_count(self):
        for experiment in self:
            open_ = experiment.state == "draft"
            experiment.eligible_count = experiment._count_pool() if open_ else 0

    # CONSTRAINTS

    @api.constrains("difference", "spread")
    def _check_size(self):
        for experiment in self:
            if experiment.difference <= 0 or experiment.spread <= 0:
                raise ValidationError(
                    self.env._(
                        "The smallest difference and the spread are above zero: they "
                        "say how many are needed."
                    )
                )

    @api.constrains("motivator_id", "unit")
    def _check_audience(self):
        for experiment in self:
            if experiment.motivator_id.audience not in (experiment.unit, "both"):
                raise ValidationError(
                    self.env._(
                        '"%(name)s" is a motivator for others: choose one that is for '
                        "those who take part.",
                        name=experiment.motivator_id.name,
                    )
                )

    # BUSINESS

    def _get_fewest(self):
        """A mean of very few employees would say something of one of them."""
        if self.unit == "employee":
            return rules.FEWEST_EMPLOYEES
        return rules.FEWEST

    def _get_needed(self):
        return 2 * self.size
