# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .trust_evidence import VOICES


class TrustSignal(models.Model):
    """One yes/no fact, named as a sentence: "Promise kept on time".

    A signal only observes; how much it counts is the policy's business. Who observes:

    * *records*: an administrator's description of records, data only (model, domain,
      paths), see ``trust_signal_records.py``;
    * *builtin*: a method the app ships, ``_facts_<code>``, its parameters editable;
    * *document*: a document that speaks for itself through the evidence source mixin.

    Adding a detector: ship the signal as data and write ``_facts_<code>(scope)``
    returning one SELECT (columns in ``trust_signal_collect.py``).
    """

    _name = "trust.signal"
    _description = "Trust Signal"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="Technical name; history refers to it."
    )
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    detector = fields.Selection(
        [
            ("records", "Records that match"),
            ("builtin", "Built in"),
            ("document", "The document itself"),
        ],
        required=True,
        default="records",
    )
    voice = fields.Selection(
        VOICES, required=True, default="system", help="Who says so, unless told."
    )
    is_contact = fields.Boolean(
        "Human Contact", help="Counts as being in touch with the customer."
    )
    day_one = fields.Boolean(
        "Found on Day One", help="Read from the history that is there at installation."
    )
    step = fields.Selection(
        [
            ("first_impression", "First impression"),
            ("openness", "Openness"),
            ("promise_service", "Promise and service"),
            ("exchange_care", "Exchange and care"),
            ("upkeep", "Upkeep"),
        ],
        "Step of Building Trust",
    )
    bond_kind = fields.Selection(
        [("instrumental", "Instrumental"), ("affective", "Affective")], "Kind of Trust"
    )
    belief = fields.Selection(
        [
            ("competence", "Competence"),
            ("integrity", "Integrity"),
            ("benevolence", "Benevolence"),
        ]
    )
    process = fields.Selection(
        [
            ("calculation", "Calculation"),
            ("prediction", "Prediction"),
            ("capability", "Capability"),
            ("intention", "Intention"),
            ("transfer", "Transfer"),
        ],
        "How Trust Forms",
    )
    target_hours = fields.Float(
        "Target (Working Hours)", help="Within so many hours of the company's calendar."
    )
    limit_count = fields.Integer("How Many")
    window_days = fields.Integer("Within (Days)")
    policy_line_ids = fields.One2many("trust.policy.line", "signal_id")
    evidence_count = fields.Integer(compute="_compute_found")
    first_date = fields.Datetime("First", compute="_compute_found")
    last_date = fields.Datetime("Last", compute="_compute_found")
    last_collected = fields.Datetime(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)

    _code_unique = models.Constraint("UNIQUE (code)", "This code is already taken.")

    # COMPUTE

    def _compute_found(self):
        groups = self.env["trust.evidence"]._read_group(
            [("signal_id", "in", self.ids), ("voids_id", "=", False)],
            ["signal_id"],
            ["__count", "date:min", "date:max"],
        )
        found = {signal.id: values for signal, *values in groups}
        for signal in self:
            values = found.get(signal.id, (0, False, False))
            signal.evidence_count, signal.first_date, signal.last_date = values

    # CONSTRAINTS

    @api.constrains("code")
    def _check_code(self):
        for signal in self:
            if not signal.code.replace("_", "").isalnum():
                raise ValidationError(
                    self.env._(
                        "A code has letters, digits and underscores only: %(code)s",
                        code=signal.code,
                    )
                )

    @api.constrains("target_hours", "limit_count", "window_days")
    def _check_parameters(self):
        for signal in self:
            if min(signal.target_hours, signal.limit_count, signal.window_days) < 0:
                raise ValidationError(
                    self.env._(
                        "A limit of the signal %(name)s is negative.", name=signal.name
                    )
                )

    @api.constrains("detector", "active", "code")
    def _check_detector(self):
        if self.env.context.get("install_mode"):
            return  # a test checks what is shipped
        for signal in self.filtered(lambda s: s.active and s.detector == "builtin"):
            if not signal._has_builtin():
                raise ValidationError(
                    self.env._(
                        "Nothing in this database can observe %(name)s yet.",
                        name=signal.name,
                    )
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        signals = super().create(vals_list)
        self.env.registry.clear_cache()
        return signals

    def write(self, vals):
        if "code" in vals and any(s.code != vals["code"] for s in self):
            raise UserError(
                self.env._("The code of a signal stays: history refers to it.")
            )
        result = super().write(vals)
        if "code" in vals:
            self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_spoken(self):
        spoken = self.env["trust.evidence"].sudo()
        if spoken.search_count([("signal_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("The ledger holds evidence of this signal: archive it.")
            )

    # ACTIONS

    def action_open_evidence(self):
        """Open the ledger rows of this signal."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_evidence_action"
        )
        return dict(action, domain=[("signal_id", "in", self.ids)], context={})

    # BUSINESS

    @api.model
    def _get_by_code(self, code):
        """Return the signal of ``code``, active or not.

        :raises ValueError: when there is none
        """
        signal_id = self._codes().get(code)
        if not signal_id:
            raise ValueError(f"Unknown trust signal: {code}")
        return self.browse(signal_id)

    @api.model
    @tools.ormcache()
    def _codes(self):
        rows = self.env.execute_query(SQL("SELECT code, id FROM trust_signal"))
        return dict(rows)

    def _has_builtin(self):
        return callable(getattr(self, f"_facts_{self.code}", None))

    def _missing(self):
        """Return a sentence naming what the signal could not find, or False."""
        self.ensure_one()
        method = getattr(self, f"_missing_{self.code}", None)
        return method() if method else False
