# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError


class TrustExperimentStop(models.TransientModel):
    """Stop an experiment early: why? It will never have a verdict."""

    _name = "trust.experiment.stop"
    _description = "Stop an experiment"

    experiment_ids = fields.Many2many("trust.experiment", required=True)
    reason = fields.Char("Why?", required=True)

    @api.model
    def _open(self, experiments):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "name": self.env._("Stop without a verdict"),
            "view_mode": "form",
            "target": "new",
            "context": {"default_experiment_ids": experiments.ids},
        }

    def action_apply(self):
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: whoever looks back will ask."))
        self.experiment_ids._check_state("asking", "running")
        self.experiment_ids.sudo()._stop(reason)
