# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# The path, in order, and the two ways to leave it.
PATH = (
    "received",
    "listening",
    "clarified",
    "proposed",
    "agreed",
    "resolved",
    "closed",
)
OPEN = PATH[:5]
LEFT = ("withdrawn", "rejected")
CODES = [
    ("received", "Received"),
    ("listening", "Listening"),
    ("clarified", "Clarified"),
    ("proposed", "Proposed"),
    ("agreed", "Agreed"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
    ("rejected", "Rejected"),
]


class TrustComplaintStep(models.Model):
    """A step on the way of a complaint.

    The name may be changed at will: the guards stand on the technical code, which is
    shipped and fixed, one record for each.
    """

    _name = "trust.complaint.step"
    _description = "Step of complaints"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(CODES, required=True, readonly=True, copy=False)
    description = fields.Text("What this step is about", translate=True)
    sequence = fields.Integer(default=10)
    fold = fields.Boolean("Folded in Kanban")

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is one step for each code."
    )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        self.env.registry.clear_cache()
        return steps

    def write(self, vals):
        if "code" in vals and any(step.code != vals["code"] for step in self):
            raise UserError(
                self.env._("The code of a step stays: the path stands on it.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_path(self):
        raise UserError(
            self.env._("The path of complaints needs each of its steps: fold it.")
        )

    # BUSINESS

    @api.model
    def _get(self, code):
        """The step of that code."""
        return self.browse(self._ids_by_code()[code])

    @api.model
    @tools.ormcache()
    def _ids_by_code(self):
        return {step.code: step.id for step in self.sudo().search([])}
