# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

SPEAKING = {"rating", "consumed", "partner_id", "rated_partner_id", "res_id"}


class RatingRating(models.Model):
    """A rating that was given may be changed, taken back or deleted."""

    _name = "rating.rating"
    _inherit = ["rating.rating", "trust.evidence.observed.mixin"]

    # ORM

    def write(self, vals):
        speaking = self.browse()
        if SPEAKING & vals.keys():
            speaking = self.sudo().filtered("consumed")
        result = super().write(vals)
        speaking._collect_trust_evidence_later()
        return result

    # BUSINESS

    def _trust_observers(self):
        return ["feedback_good", "feedback_bad"]
