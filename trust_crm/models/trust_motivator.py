# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

AUDIENCES = [
    ("customer", "Customers"),
    ("employee", "Employees"),
    ("both", "Customers and employees"),
]


class TrustMotivator(models.Model):
    """Something that might delight people (S18): what exactly is to be done.

    Nobody knows beforehand what motivates whom; an experiment (``trust.experiment``)
    finds out. What was tried stays what it was: once an experiment began, its words and
    for whom it is do not change any more, and it is archived instead of deleted.
    """

    _name = "trust.motivator"
    _description = "Motivator"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        "What to do",
        translate=True,
        required=True,
        help="So concrete that two people would do the same.",
    )
    audience = fields.Selection(
        AUDIENCES, "For whom", required=True, default="customer"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    experiment_ids = fields.One2many("trust.experiment", "motivator_id")
    experiment_count = fields.Integer(
        "Experiments", compute="_compute_experiments", compute_sudo=False
    )
    found = fields.Text(
        "What was found out", compute="_compute_experiments", compute_sudo=False
    )

    # COMPUTE

    @api.depends("experiment_ids.verdict_text", "experiment_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_experiments(self):
        """In plain words, of the experiments that the reader may see."""
        experiments = self.env["trust.experiment"].search(
            [("motivator_id", "in", self.ids)]
        )
        for motivator in self:
            own = experiments.filtered(lambda e, m=motivator: e.motivator_id == m)
            motivator.experiment_count = len(own)
            motivator.found = "\n".join(
                f"{e.name}: {e.verdict_text}" for e in own if e.state == "done"
            )

    # ORM

    def write(self, vals):
        if {"name", "description", "audience"} & vals.keys():
            self._check_untried()
        return super().write(vals)

    def _check_untried(self):
        """What was tried is what its experiments speak about."""
        tried = (
            self.env["trust.experiment"]
            .sudo()
            ._read_group(
                [("motivator_id", "in", self.ids), ("state", "!=", "draft")],
                ["motivator_id"],
            )
        )
        for (motivator,) in tried:
            raise UserError(
                self.env._(
                    '"%(name)s" was tried: its experiments speak about these very '
                    "words. Duplicate it and change the copy.",
                    name=motivator.name,
                )
            )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return [
            {**vals, "name": self.env._("%s (copy)", motivator.name)}
            for motivator, vals in zip(self, vals_list, strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.sudo().experiment_ids:
            raise UserError(
                self.env._("A motivator that has experiments is archived, not deleted.")
            )

    # ACTIONS

    @api.readonly
    def action_open_experiments(self):
        """Its experiments."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_experiment_action"
        )
        context = {"default_motivator_id": self.id}
        return {
            **action,
            "domain": [("motivator_id", "=", self.id)],
            "context": context,
        }
