# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STAFF = "base.group_user"
CHIPS = [
    ("running", "In time"),
    ("soon", "Due soon"),
    ("paused", "Paused"),
    ("breached", "Too late"),
    ("met", "Met"),
    ("none", "No deadline"),
]
SHOWN = {
    "answer_breached",
    "solution_breached",
    "breached",
    "remaining_hours",
    "deadline_chip",
}


class TrustComplaint(models.Model):
    """Late or in time, and for how long: a comparison in SQL, no job needed.

    The clock of a goal stops when the goal is met, the complaint ends without a
    solution, or we wait for the customer. A breach stays visible after closing.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    answer_breached = fields.Boolean(
        "Answered too late",
        compute="_compute_breached",
        search="_search_answer_breached",
    )
    solution_breached = fields.Boolean(
        "Solved too late",
        compute="_compute_breached",
        search="_search_solution_breached",
    )
    breached = fields.Boolean(
        "Deadline missed", compute="_compute_breached", search="_search_breached"
    )
    remaining_hours = fields.Float(
        "Hours left",
        compute="_compute_remaining",
        search="_search_remaining_hours",
        aggregator=None,
        help="By the clock on the wall until the next deadline; below zero: past.",
    )
    deadline_chip = fields.Selection(
        CHIPS, compute="_compute_remaining", search="_search_deadline_chip"
    )

    deadline_text = fields.Char("Deadline", compute="_compute_remaining")

    # COMPUTE

    @api.depends(
        "answer_deadline",
        "solution_deadline",
        "answered_date",
        "resolved_date",
        "stopped_date",
        "paused_since",
        "breached_before",
    )
    def _compute_breached(self):
        now = fields.Datetime.now()
        for complaint in self:
            stop = complaint.stopped_date or complaint.paused_since or now
            answered = complaint.answered_date or stop
            resolved = complaint.resolved_date or stop
            answer, solution = complaint.answer_deadline, complaint.solution_deadline
            complaint.answer_breached = bool(answer and answered > answer)
            complaint.solution_breached = bool(solution and resolved > solution)
            complaint.breached = (
                complaint.answer_breached
                or complaint.solution_breached
                or complaint.sudo().breached_before
            )

    @api.depends("next_deadline", "paused_since", "remind_at", "resolved_date")
    def _compute_remaining(self):
        now = fields.Datetime.now()
        for complaint in self:
            deadline = complaint.next_deadline
            clock = complaint.paused_since or now
            left = deadline and (deadline - clock).total_seconds() / 3600
            complaint.remaining_hours = left or 0.0
            chip = complaint._get_chip(deadline, clock)
            complaint.deadline_chip = chip
            complaint.deadline_text = complaint._say_deadline(chip, left)

    def _say_deadline(self, chip, left):
        """The chip in words: how long, by the clock on the wall."""
        if chip == "paused":
            return self.env._("Paused")
        if chip in ("none", "met"):
            return self.env._("In time") if chip == "met" else False
        if not left:
            return self.env._("Was late")
        hours = abs(left)
        if hours >= 48:
            span = self.env._("%(number)s d", number=int(hours // 24))
        elif hours >= 1:
            span = self.env._("%(number)s h", number=int(hours))
        else:
            span = self.env._("%(number)s min", number=int(hours * 60))
        if chip == "breached":
            return self.env._("%(span)s late", span=span)
        return self.env._("%(span)s left", span=span)

    def _get_chip(self, deadline, clock):
        if not deadline:
            met = self.resolved_date and self.solution_deadline
            if met:
                return "breached" if self.breached else "met"
            return "none"
        if clock > deadline:
            return "breached"
        if self.paused_since:
            return "paused"
        remind = self.sudo().remind_at
        return "soon" if remind and clock >= remind else "running"

    # SEARCH

    def _search_answer_breached(self, operator, value):
        return self._search_flag("answer_breached", operator, value)

    def _search_solution_breached(self, operator, value):
        return self._search_flag("solution_breached", operator, value)

    def _search_breached(self, operator, value):
        return self._search_flag("breached", operator, value)

    def _search_flag(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        return _compare(name, "IS TRUE" if True in value else "IS NOT TRUE")

    def _search_deadline_chip(self, operator, value):
        if operator != "in":
            return NotImplemented
        return _compare("deadline_chip", "IN", tuple(filter(None, value)) or ("",))

    def _search_remaining_hours(self, operator, value):
        if operator not in ("<", ">", "<=", ">="):
            return NotImplemented
        return _compare("remaining_hours", operator, value)

    # ORM

    def _field_to_sql(self, alias, field_expr, query=None):
        """What is computed here sorts, filters and groups in SQL as well."""
        make = (
            getattr(self, f"_{field_expr}_sql", None) if field_expr in SHOWN else None
        )
        if make is None or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        model = self.sudo()  # columns that the reader may not see are only compared
        return SQL("(%s)", make(lambda name: model._field_to_sql(alias, name, query)))

    @staticmethod
    def _clock_sql(column, *stops):
        """SQL of the moment up to which a clock has run: the first stop, or now."""
        moments = [column(name) for name in stops]
        return SQL("COALESCE(%s, %s)", SQL(", ").join(moments), fields.Datetime.now())

    def _answer_breached_sql(self, column):
        clock = self._clock_sql(column, "answered_date", "stopped_date", "paused_since")
        return SQL("%s > %s", clock, column("answer_deadline"))

    def _solution_breached_sql(self, column):
        clock = self._clock_sql(column, "resolved_date", "stopped_date", "paused_since")
        return SQL("%s > %s", clock, column("solution_deadline"))

    def _breached_sql(self, column):
        return SQL(
            "(%s) IS TRUE OR (%s) IS TRUE OR %s IS TRUE",
            self._answer_breached_sql(column),
            self._solution_breached_sql(column),
            column("breached_before"),
        )

    def _remaining_hours_sql(self, column):
        clock = self._clock_sql(column, "paused_since")
        return SQL("date_part('epoch', %s - %s) / 3600", column("next_deadline"), clock)

    def _deadline_chip_sql(self, column):
        return SQL(
            """CASE WHEN %(deadline)s IS NULL THEN
                    CASE WHEN %(resolved)s IS NULL OR %(solution)s IS NULL THEN 'none'
                         WHEN %(breached)s THEN 'breached' ELSE 'met' END
                    WHEN %(clock)s > %(deadline)s THEN 'breached'
                    WHEN %(paused)s IS NOT NULL THEN 'paused'
                    WHEN %(clock)s >= %(remind)s THEN 'soon'
                    ELSE 'running' END""",
            deadline=column("next_deadline"),
            resolved=column("resolved_date"),
            solution=column("solution_deadline"),
            breached=self._breached_sql(column),
            clock=self._clock_sql(column, "paused_since"),
            paused=column("paused_since"),
            remind=column("remind_at"),
        )


def _compare(name, operator, *value):
    """Domain of a comparison of one of the columns made here."""

    def to_sql(model, alias, query):
        column = model._field_to_sql(alias, name, query)
        return SQL(" ").join([column, SQL(operator), *(SQL("%s", v) for v in value)])

    return Domain.custom(to_sql=to_sql)
