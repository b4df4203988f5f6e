# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    trust_promise_reminder_days = fields.Integer(
        "Remind of promises days before",
        default=1,
        help="Proposed on each new promise: how many days before its due day "
        "the promiser is reminded.",
    )

    _trust_promise_reminder_days_check = models.Constraint(
        "CHECK(trust_promise_reminder_days >= 0)",
        "Reminders come zero or more days before a promise is due.",
    )

    trust_feedback_wait_days = fields.Integer(
        "Days between two requests for feedback",
        default=30,
        help="Nobody is asked again before so many days, whoever asks and about what; "
        "only the pulse after a complaint does not wait.",
    )
    trust_feedback_open_days = fields.Integer(
        "Days a feedback link stays open", default=30
    )

    _trust_feedback_days_check = models.Constraint(
        "CHECK(trust_feedback_wait_days BETWEEN 0 AND 3650"
        " AND trust_feedback_open_days BETWEEN 1 AND 365)",
        "A request waits 0 to 3650 days, and its link stays open 1 to 365 days.",
    )
