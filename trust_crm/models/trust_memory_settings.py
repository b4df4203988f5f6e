# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .trust_consent_retention import GRACE, GRACE_DAYS


class ResConfigSettings(models.TransientModel):
    """For how long we keep, hidden, what no ground covers any more."""

    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    trust_memory_grace_days = fields.Integer(config_parameter=GRACE, default=GRACE_DAYS)

    @api.constrains("trust_memory_grace_days")
    def _check_trust_memory_grace_days(self):
        if any(not 1 <= s.trust_memory_grace_days <= 365 for s in self):
            raise ValidationError(self.env._("Keep it hidden between 1 and 365 days."))
