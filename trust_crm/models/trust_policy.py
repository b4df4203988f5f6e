# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import trust_equation

PARAMETERS = (
    "half_life",
    "negative_multiplier",
    "prior_mass",
    "saturation_positive",
    "saturation_staff",
    "saturation_negative",
    "newness_strength",
    "newness_half_life",
    "transfer_share",
    "transfer_mass",
    "band_margin",
    "thin",
)

LIFE_FIELDS = {"state", "version", "published_on", "published_by"}


class TrustPolicy(models.Model):
    """How facts count: draft -> published -> archived, one version after another.

    A published policy never changes; a new version starts as a copy. At most one is
    published per company, and one for the companies without their own.
    """

    _name = "trust.policy"
    _description = "Trust Policy"
    _order = "state desc, version desc, id desc"

    name = fields.Char(required=True, translate=True)
    version = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", help="Empty: for every company without a policy of its own."
    )
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Text("Why this version")
    line_ids = fields.One2many("trust.policy.line", "policy_id", copy=True)

    # Forgetting and weighing
    half_life = fields.Float("Half-Life (Days)", default=120.0, required=True)
    negative_multiplier = fields.Float("Bad Counts Times", default=2.0, required=True)
    prior_mass = fields.Float("Benefit of the Doubt", default=4.0, required=True)
    saturation_positive = fields.Float("Most from Others", default=12.0, required=True)
    saturation_staff = fields.Float("Most from Our Staff", default=2.0, required=True)
    saturation_negative = fields.Float("Most Bad", default=24.0, required=True)
    newness_strength = fields.Float("Ability Matters Early", default=0.25)
    newness_half_life = fields.Float("New for (Days)", default=365.0, required=True)
    transfer_share = fields.Float("Share Borrowed", default=0.25)
    transfer_mass = fields.Float("Evidence at Half Effect", default=16.0, required=True)

    # Reading the result
    circle_up_1 = fields.Float("Acquaintance From", default=42.5, required=True)
    circle_up_2 = fields.Float("Insider From", default=46.0, required=True)
    circle_up_3 = fields.Float("Family From", default=53.0, required=True)
    circle_down_1 = fields.Float("Acquaintance Until", default=41.0, required=True)
    circle_down_2 = fields.Float("Insider Until", default=44.0, required=True)
    circle_down_3 = fields.Float("Family Until", default=49.0, required=True)
    band_1 = fields.Float("Strained From", default=42.0, required=True)
    band_2 = fields.Float("Neutral From", default=47.0, required=True)
    band_3 = fields.Float("Good From", default=53.0, required=True)
    band_4 = fields.Float("Strong From", default=58.0, required=True)
    band_margin = fields.Float("Margin of a Band", default=0.5)
    thin = fields.Float("Little Evidence Below", default=0.10)

    _one_published = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE state = 'published'",
        "Another policy is published for this company.",
    )

    # COMPUTE

    @api.depends("name", "version", "state")
    def _compute_display_name(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for policy in self:
            mark = (
                self.env._("version %(number)s", number=policy.version)
                if policy.version
                else labels.get(policy.state, "")
            )
            policy.display_name = f"{policy.name} ({mark})"

    # CONSTRAINTS

    @api.constrains(*PARAMETERS)
    def _check_parameters(self):
        for policy in self:
            for name, (low, high) in policy._parameter_ranges().items():
                if not low <= policy[name] <= high:
                    raise ValidationError(
                        self.env._(
                            "%(label)s must lie between %(low)s and %(high)s.",
                            label=policy._fields[name].get_description(
                                self.env, ["string"]
                            )["string"],
                            low=low,
                            high=high,
                        )
                    )

    @api.constrains(
        *(f"circle_{way}_{i}" for way in ("up", "down") for i in (1, 2, 3)),
        *(f"band_{i}" for i in (1, 2, 3, 4)),
    )
    def _check_thresholds(self):
        for policy in self:
            ups, downs = policy._circle_thresholds()
            rising = all(map(trust_equation.check_thresholds, (ups, downs)))
            if not rising or any(d > u for u, d in zip(ups, downs, strict=True)):
                raise ValidationError(
                    self.env._(
                        "The circles must rise from ring to ring, and each must be "
                        "left at or below the value where it is reached."
                    )
                )
            if not trust_equation.check_thresholds(policy._band_thresholds()):
                raise ValidationError(self.env._("The bands must rise one by one."))

    # ORM

    def write(self, vals):
        if vals.keys() & LIFE_FIELDS:
            raise UserError(self.env._("Use the button Publish to publish a policy."))
        if vals.keys() - {"name", "note"}:
            self._check_editable()
        return super().write(vals)

    def _set_life(self, **vals):
        """Write where a version stands in its life; only publishing does."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for policy, vals in zip(self, vals_list, strict=True):
            vals["note"] = self.env._("Made from %(name)s", name=policy.display_name)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(policy.state != "draft" for policy in self):
            raise UserError(
                self.env._("Only drafts can be deleted: history names the others.")
            )

    # ACTIONS

    def action_new_version(self):
        """Open a draft copied from this policy."""
        self.ensure_one()
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def action_publish(self):
        """Publish this version (a draft, or an older one again) and re-score."""
        self.ensure_one()
        if self.state == "published":
            raise UserError(self.env._("This version is already published."))
        self.check_access("write")
        same = [("company_id", "=", self.company_id.id)]
        current = self.search([*same, ("state", "=", "published")])
        current._set_life(state="archived")
        current.flush_recordset()
        newest = self.search([*same, ("version", ">", 0)], order="version desc")[:1]
        self._set_life(
            state="published",
            version=self.version or newest.version + 1,
            published_on=fields.Datetime.now(),
            published_by=self.env.uid,
        )
        self.env.registry.clear_cache()
        self.env["trust.queue"]._push_all("policy", self._governed_companies())

    def action_preview(self):
        """Open who would move, without writing a score."""
        self.ensure_one()
        return self.env["trust.policy.preview"]._open(self)

    # BUSINESS

    @api.model
    def _get_published(self, company):
        """Return the policy that scores ``company``."""
        return self.browse(self._get_published_id(company.id))

    @api.model
    @tools.ormcache("company_id")
    def _get_published_id(self, company_id):
        published = self.sudo().search(
            [("state", "=", "published"), ("company_id", "in", [company_id, False])],
            order="company_id",
            limit=1,
        )
        return published.id

    def _governed_companies(self):
        """Return the companies that this published policy scores."""
        companies = self.env["res.company"].sudo().search([("id", "!=", False)])
        return companies.filtered(lambda c: self._get_published(c) == self)

    def _companies_by_policy(self, companies):
        """Return ``{policy: companies}`` for a refresh."""
        result = defaultdict(lambda: self.env["res.company"])
        for company in companies:
            result[self._get_published(company)] |= company
        return result

    def _circle_thresholds(self):
        """Return ((up 1..3), (down 1..3)) of ``circle_low``."""
        return tuple(
            tuple(self[f"circle_{way}_{i}"] for i in (1, 2, 3))
            for way in ("up", "down")
        )

    def _band_thresholds(self):
        return tuple(self[f"band_{i}"] for i in (1, 2, 3, 4))

    def _parameters(self):
        """Return the parameters as the pure :class:`trust_equation.Policy`."""
        self.ensure_one()
        ups, downs = self._circle_thresholds()
        return trust_equation.Policy(
            **{name: self[name] for name in PARAMETERS},
            circle_up=ups,
            circle_down=downs,
            bands=self._band_thresholds(),
        )

    def _weights(self):
        """Return ``[(signal id, part, weight)]`` of the lines that weigh."""
        self.ensure_one()
        return [
            (line.signal_id.id, line.part, line.weight)
            for line in self.line_ids
            if line.weight
        ]

    def _check_editable(self):
        if any(policy.state != "draft" for policy in self):
            raise UserError(
                self.env._(
                    "A published policy stays as it was published. "
                    "Make a new version and change that one."
                )
            )

    @api.model
    def _parameter_ranges(self):
        """Return ``{field: (low, high)}`` that keeps the arithmetic meaningful."""
        return {
            "half_life": (7, 3650),
            "negative_multiplier": (1, 20),
            "prior_mass": (0.1, 100),
            "saturation_positive": (0.1, 1000),
            "saturation_staff": (0.1, 1000),
            "saturation_negative": (0.1, 1000),
            "newness_strength": (0, 0.9),
            "newness_half_life": (1, 36500),
            "transfer_share": (0, 1),
            "transfer_mass": (0.1, 1000),
            "band_margin": (0, 2),
            "thin": (0, 0.99),
        }
