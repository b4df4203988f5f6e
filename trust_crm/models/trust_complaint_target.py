# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

SEVERITIES = [
    ("1", "Annoying"),
    ("2", "Costly"),
    ("3", "Serious"),
    ("4", "Severe"),
]


class TrustComplaintTarget(models.Model):
    """How soon we answer and solve a complaint, by severity, in working hours.

    A company's own target stands before the one for all companies. A complaint keeps
    the targets it was received with: a later change is for later complaints.
    """

    _name = "trust.complaint.target"
    _description = "Deadlines of complaints"
    _order = "severity, company_id"
    _rec_name = "severity"

    severity = fields.Selection(SEVERITIES, required=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    answer_hours = fields.Float(
        "First answer within", required=True, help="Working hours."
    )
    solution_hours = fields.Float(
        "Solution within", required=True, help="Working hours."
    )

    _severity_unique = models.UniqueIndex(
        "(severity, COALESCE(company_id, 0))",
        "This severity has its deadlines already.",
    )
    _hours_check = models.Constraint(
        "CHECK(answer_hours > 0 AND solution_hours >= answer_hours)",
        "The first answer comes within some hours, and not after the solution.",
    )

    @api.model
    def _get_for(self, severity, company):
        """The target of that severity in that company; empty when there is none."""
        targets = self.sudo().search_fetch(
            [
                ("severity", "=", severity),
                ("company_id", "in", (company.id, False)),
            ],
            ["company_id", "answer_hours", "solution_hours"],
        )
        return targets.sorted("company_id", reverse=True)[:1]
