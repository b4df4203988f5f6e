# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain

from .trust_review import ALL


class TrustReview(models.Model):
    """The head of a review: this period against the one before, as it was found.

    Totals of a company or team: for those who read all customers.
    """

    _inherit = "trust.review"

    head = fields.Html(
        compute="_compute_head", sanitize=False, groups=ALL, string="At a Glance"
    )

    # COMPUTE

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_head(self):
        for review in self:
            review.head = review.figures and self.env["ir.qweb"]._render(
                "trust_crm.trust_review_head",
                {"rows": review._prepare_head(), "moves": review._prepare_moves()},
            )

    # BUSINESS

    def _prepare_head(self):
        """Rows ``{label, before, now}``, figures as words."""
        self.ensure_one()
        labels = {
            "customers": self.env._("Customers"),
            "known": self.env._("of whom we know enough"),
            "index": self.env._("Average trust index"),
            "kept": self.env._("Promises kept in time"),
            "complaints": self.env._("Complaints received"),
            "recovered": self.env._("Trust back after complaints"),
            "response": self.env._("Feedback answered"),
        }
        percent = ("kept", "recovered", "response")
        return [
            {
                "label": label,
                "figures": [
                    self._say_number(value, "%" if name in percent else "")
                    for value in self.figures.get(name, (None, None))
                ],
            }
            for name, label in labels.items()
        ]

    @staticmethod
    def _say_number(value, unit):
        if value is None:
            return "–"
        return f"{round(value):,} {unit}".strip()

    def _prepare_moves(self):
        """Rows per ring, the innermost first: came in and fell out, then and now."""
        circles = (
            self.env["trust.circle"].sudo().search(Domain.TRUE, order="level desc")
        )
        then, now = self.figures.get("moves") or ({}, {})
        moves = [
            {
                "label": circle.name,
                **{
                    way: [
                        period.get(way, {}).get(str(circle.id), 0)
                        for period in (then, now)
                    ]
                    for way in ("in", "out")
                },
            }
            for circle in circles
        ]
        return [row for row in moves if any(row["in"] + row["out"])]

    def _get_report_parts(self):
        """Parts with something to say: label, findings, the words on how many more."""
        self.ensure_one()
        rests = self._get_rests() if self.env.user.has_group(ALL) else {}
        labels = self.env["trust.review.finding"]._fields["part"]
        by_part = self.finding_ids.grouped("part")
        return [
            {
                "label": label,
                "findings": by_part[part],
                "rest": rests.get(part)
                and self.env._("and %(count)s more", count=rests[part]),
            }
            for part, label in labels._description_selection(self.env)
            if part in by_part
        ]

    def _get_rests(self):
        """Return ``{part: how many are not listed}``."""
        loops = self.crisis_rest + self.unrecovered_rest + self.corrective_rest
        return {
            "moved": self.moved_rest,
            "thin": self.thin_rest,
            "promise": self.promise_rest,
            "touchpoint": self.touchpoint_rest,
            "loop": loops,
        }
