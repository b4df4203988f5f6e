# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustComplaintCause(models.Model):
    """Why it went wrong. Needed to close a complaint, not to solve it."""

    _name = "trust.complaint.cause"
    _description = "Cause of complaints"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    false_claim = fields.Boolean(
        "We claimed what was not true",
        help="A complaint with this cause is evidence against our honesty.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (name)", "There is a cause of this name already."
    )
