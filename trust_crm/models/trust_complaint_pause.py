# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustComplaintPause(models.Model):
    """A time in which we waited for the customer: our clock stood still.

    Written by the complaint only; without a stop it lasts on.
    """

    _name = "trust.complaint.pause"
    _description = "Pause of a complaint"
    _order = "start desc, id desc"
    _rec_name = "start"

    complaint_id = fields.Many2one(
        "trust.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True)
    start = fields.Datetime(required=True)
    stop = fields.Datetime()
    reason = fields.Char()
    user_id = fields.Many2one("res.users", "By", ondelete="set null")

    _one_open = models.UniqueIndex(
        "(complaint_id) WHERE stop IS NULL", "The complaint is paused already."
    )
    _order_check = models.Constraint(
        "CHECK(stop IS NULL OR stop >= start)", "A pause ends after it begins."
    )
