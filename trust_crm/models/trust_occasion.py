# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import date, timedelta

from babel.dates import format_date, format_skeleton

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import occasion_days

KINDS = [
    ("birthday", "Birthday"),
    ("name_day", "Name day"),
    ("anniversary", "Anniversary"),
    ("other", "Special day"),
]
CALENDARS = [("solar", "Solar (Gregorian)"), ("lunar", "Lunar (Chinese)")]
# The day ends last at UTC-12.
LAST_ZONE = timedelta(hours=12)
MOST_AHEAD = 90


class TrustOccasion(models.Model):
    """A day of a person's year: birthday, name day, anniversary, any other.

    Day and month are of the calendar chosen; the year may be unknown (0). ``next_date``
    is where the day falls next, today included, kept right by a nightly job. Wishes
    are sent by a person, never by the system.
    """

    _name = "trust.occasion"
    _description = "Occasion"
    _inherit = ["trust.personal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "next_date, id"
    _personal_part = "occasions"
    _rec_name = "name"
    _rec_names_search = ["name", "partner_id.name"]

    kind = fields.Selection(KINDS, required=True, default="birthday")
    name = fields.Char(help="What the day is, where its kind does not say it.")
    calendar = fields.Selection(CALENDARS, required=True, default="solar")
    day = fields.Integer(required=True, aggregator=None)
    month = fields.Integer(required=True, aggregator=None)
    leap_month = fields.Boolean(
        "In a leap month",
        help="Lunar calendar: the second month of that number. In years without it the "
        "day falls in the first.",
    )
    year = fields.Integer(aggregator=None, help="Of the same calendar. 0: not known.")
    reminder_days = fields.Integer("Remind days before", default=3, aggregator=None)
    next_date = fields.Date(
        "Next",
        compute="_compute_next_date",
        store=True,
        index="btree_not_null",
    )
    when = fields.Char(
        "In Its Calendar", compute="_compute_when", help="As the calendar names it."
    )

    # COMPUTE

    @api.depends("calendar", "day", "month", "leap_month")
    def _compute_next_date(self):
        today = (fields.Datetime.now() - LAST_ZONE).date()
        for occasion in self:
            occasion.next_date = (
                occasion_days.find_next(*occasion._get_day(), today)
                if not occasion._find_problem()
                else False
            )

    @api.depends("calendar", "day", "month", "leap_month", "year")
    @api.depends_context("lang")
    def _compute_when(self):
        for occasion in self:
            occasion.when = "" if occasion._find_problem() else occasion._say_when()

    def _say_when(self):
        """The day in words: 4 March, 1980; month 6 (leap), day 15 of the lunar year."""
        if self.calendar == "solar":
            if self.year:
                return self._say_date(date(self.year, self.month, self.day), year=True)
            # A leap year, so that 29 February has a name too.
            return self._say_date(date(2000, self.month, self.day))
        words = (
            self.env._("lunar, day %(day)s of leap month %(month)s")
            if self.leap_month
            else self.env._("lunar, day %(day)s of month %(month)s")
        )
        words %= {"day": self.day, "month": self.month}
        if not self.year:
            return words
        return self.env._("%(day)s, %(year)s", day=words, year=self.year)

    @api.model
    def _say_date(self, day, year=False):
        """The day as the reader writes it: March 4, 3月4日; with its year if wanted."""
        locale = babel_locale_parse(get_lang(self.env).code)
        if year:
            return format_date(day, "long", locale=locale)
        return format_skeleton("MMMMd", day, locale=locale)

    # CONSTRAINTS

    @api.constrains("calendar", "day", "month", "leap_month", "year")
    def _check_day(self):
        messages = {
            "month": self.env._("A month has a number from 1 to 12."),
            "leap": self.env._(
                "There was no such leap month: untick it, or correct month and year."
            ),
            "year": self.env._(
                "The lunar calendar is known from 1900 to 2100. Leave the year 0 when "
                "it is not known."
            ),
            "day": self.env._(
                "There is no such day in that month. Leave the year 0 for 29 February "
                "when it is not known."
            ),
        }
        for occasion in self:
            problem = occasion._find_problem()
            if problem:
                raise ValidationError(messages[problem])
            born = occasion._get_first_date()
            if born and born > fields.Date.context_today(occasion):
                raise ValidationError(
                    self.env._("This first day lies in the future: correct the year.")
                )

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        if any(not 0 <= occasion.reminder_days <= MOST_AHEAD for occasion in self):
            raise ValidationError(
                self.env._(
                    "Remind between 0 and %(days)s days before.", days=MOST_AHEAD
                )
            )

    @api.constrains("partner_id", "kind", "calendar")
    def _check_one_birthday(self):
        """One birthday in a calendar: an import repeated makes no second one."""
        mine = self.filtered(lambda occasion: occasion.kind == "birthday").sudo()
        if not mine:
            return
        for (partner, _calendar), count in {
            (partner, calendar): count
            for partner, calendar, count in mine._read_group(
                [("kind", "=", "birthday"), ("partner_id", "in", mine.partner_id.ids)],
                ["partner_id", "calendar"],
                ["__count"],
            )
        }.items():
            if count > 1:
                raise ValidationError(
                    self.env._(
                        "%(name)s has a birthday in this calendar already: correct "
                        "that one.",
                        name=partner.display_name,
                    )
                )

    @api.onchange("calendar")
    def _onchange_calendar(self):
        if self.calendar == "solar":
            self.leap_month = False

    # BUSINESS

    def _get_day(self):
        """(calendar, day, month, leap), as ``tools/occasion_days.py`` wants it."""
        return self.calendar, self.day, self.month, self.leap_month

    def _find_problem(self):
        return occasion_days.find_problem(*self._get_day(), self.year or None)

    def _get_first_date(self):
        """The day on which it began, of the solar calendar; None without a year."""
        self.ensure_one()
        if not self.year or self._find_problem():
            return None
        return occasion_days.fall_in(*self._get_day(), self.year)

    def _get_title(self):
        """What day it is, in the reader's language."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.name or kinds[self.kind]

    def _get_personal_name(self):
        return f"{self._get_title()}: {super()._get_personal_name()}"

    @api.model
    def _cron_roll(self):
        """Days that are over everywhere come again: one pass for all."""
        over = (fields.Datetime.now() - LAST_ZONE).date()
        rows = self.sudo().search([("next_date", "<", over)])
        self.env.add_to_compute(self._fields["next_date"], rows)
        rows.flush_recordset(["next_date"])


class ResPartner(models.Model):
    """A person's days, and how old they are."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_occasion_ids = fields.One2many(
        "trust.occasion",
        "partner_id",
        "Occasions",
        groups="trust_crm.group_trust_user,trust_crm.group_trust_privacy",
    )

    # BUSINESS

    def _trust_age(self, at=None):
        """Return ``{id: completed years or None}``, from birthdays with a year.

        As far as the reader may see these days.

        :param at: the day, today when empty
        """
        at = at or fields.Date.context_today(self)
        birthdays = self.env["trust.occasion"].search_fetch(
            Domain("partner_id", "in", self.ids)
            & Domain("kind", "=", "birthday")
            & Domain("year", ">", 0),
            ("partner_id", "calendar", "day", "month", "leap_month", "year"),
        )
        ages = dict.fromkeys(self.ids)
        for birthday in birthdays:
            born = birthday._get_first_date()
            ages[birthday.partner_id.id] = born and occasion_days.find_age(born, at)
        return ages
