# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

import pytz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.base.tests.common import BaseCommon

MINUTE = timedelta(minutes=1)
# Three weeks over the clock change of Europe (31 March 2024).
BEGIN = datetime(2024, 3, 20)
DAYS = 21
# No boundary between 1 and 4: there a clock change makes an hour twice, or never.
HOURS = (0, 0.5, 5, 7.75, 8, 9.5, 12, 12.5, 13, 17.25, 18, 22, 24)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
)

attendances = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.lists(st.sampled_from(HOURS), min_size=2, max_size=4, unique=True),
        st.sampled_from((None, "0", "1")),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda line: (line[0], line[2]),
)
minutes = st.integers(0, DAYS * 24 * 60)
leaves = st.lists(st.tuples(minutes, st.integers(1, 4000)), max_size=3)
pairs = st.lists(st.tuples(minutes, minutes), min_size=5, max_size=20)


@tagged("post_install", "-at_install")
class TestTrustWorktime(BaseCommon):
    """C8: working hours of the company's calendar, computed in sets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Ours", "tz": "UTC"}
        )
        cls.company = cls.env["res.company"].create({"name": "Worktime"})
        cls.company.resource_calendar_id = cls.calendar

    # HELPERS

    def _set_calendar(self, tz, lines, two_weeks=False):
        """`lines`: (day, [from, to, ...], week); weeks only in two-week calendars."""
        self.calendar.attendance_ids.unlink()
        self.calendar.write({"tz": tz, "two_weeks_calendar": two_weeks})
        self.env["resource.calendar.attendance"].create(
            [
                {
                    "name": "work",
                    "calendar_id": self.calendar.id,
                    "dayofweek": str(day),
                    "hour_from": start,
                    "hour_to": stop,
                    "week_type": week if two_weeks else False,
                }
                for day, hours, week in lines
                for start, stop in _spans(hours)
            ]
        )

    def _set_leaves(self, spans):
        self.env["resource.calendar.leaves"].search([]).unlink()
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "off",
                    "calendar_id": self.calendar.id,
                    "company_id": self.company.id,
                    "date_from": start,
                    "date_to": stop,
                }
                for start, stop in spans
            ]
        )

    def _seconds(self, spans, company=None, since=BEGIN):
        worktime = self.env["trust.worktime"]
        worktime._make(since, BEGIN + timedelta(days=DAYS))
        seconds = worktime._seconds_sql(
            SQL("%s", (company or self.company).id), SQL("x.a"), SQL("x.b")
        )
        rows = SQL(", ").join(
            SQL("(%s, %s::timestamp, %s::timestamp)", index, *span)
            for index, span in enumerate(spans)
        )
        query = SQL(
            "SELECT %s FROM (VALUES %s) AS x(i, a, b) ORDER BY i", seconds, rows
        )
        return [row[0] for row in self.env.execute_query(query)]

    # TESTS

    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.sampled_from(ZONES), attendances, st.booleans(), leaves, pairs)
    def test_minute_by_minute(self, tz, lines, two_weeks, off, spans):
        """C8: no pair of instants differs from an oracle that asks every minute."""
        if two_weeks:
            lines = [(day, hours, week or "0") for day, hours, week in lines]
            lines = list({(d, w): (d, h, w) for d, h, w in lines}.values())
        else:
            lines = list({d: (d, h, None) for d, h, _week in lines}.values())
        off = [_shift(start, length) for start, length in off]
        self._set_calendar(tz, lines, two_weeks)
        self._set_leaves(off)
        worked = _oracle(pytz.timezone(tz), lines, two_weeks, off)
        spans = [(min(pair), max(pair)) for pair in spans]
        found = self._seconds(
            [(BEGIN + a * MINUTE, BEGIN + b * MINUTE) for a, b in spans]
        )
        self.assertEqual(found, [60 * (worked[b] - worked[a]) for a, b in spans])

    def test_weekend_and_lunch(self):
        """C8: Friday 16:00 to Monday 13:30 is five and a half hours of work."""
        self._set_calendar("UTC", [(day, [8, 12, 13, 17], None) for day in range(5)])
        friday, monday = datetime(2024, 3, 22, 16), datetime(2024, 3, 25, 13, 30)
        self.assertEqual(self._seconds([(friday, monday)]), [5.5 * 3600])

    def test_clock_change(self):
        """C8: the night of the clock change has one hour less."""
        self._set_calendar("Europe/Berlin", [(6, [0, 24], None)])
        sunday = datetime(2024, 3, 30, 23)
        self.assertEqual(
            self._seconds([(sunday, sunday + timedelta(days=1))]), [23 * 3600]
        )

    def test_break_lines_are_no_work(self):
        """C8: a line that says "break" is not working time."""
        self._set_calendar("UTC", [(0, [8, 12, 13, 17], None)])
        self.calendar.attendance_ids[0].day_period = "lunch"
        monday = datetime(2024, 3, 25)
        span = (monday, monday + timedelta(days=1))
        self.assertEqual(self._seconds([span]), [4 * 3600])

    def test_leaves_of_one_person(self):
        """C8: a colleague's holiday does not close the company."""
        self._set_calendar("UTC", [(0, [8, 17], None)])
        monday = datetime(2024, 3, 25)
        self._set_leaves([(monday, monday + timedelta(days=1))])
        resource = self.env["resource.resource"].create(
            {"name": "Someone", "calendar_id": self.calendar.id}
        )
        leave = self.env["resource.calendar.leaves"].search([])
        span = (monday, monday + timedelta(days=1))
        self.assertEqual(self._seconds([span]), [0])
        leave.resource_id = resource
        self.assertEqual(self._seconds([span]), [9 * 3600])

    def test_two_companies(self):
        """C8, C9: each company has its calendar and its days off."""
        self._set_calendar("UTC", [(0, [8, 17], None)])
        other = self.env["res.company"].create({"name": "Elsewhere"})
        other.resource_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Short",
                "tz": "UTC",
                "company_id": other.id,
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "name": "am",
                            "dayofweek": "0",
                            "hour_from": 9,
                            "hour_to": 11,
                        }
                    ),
                ],
            }
        )
        monday = datetime(2024, 3, 25)
        span = (monday, monday + timedelta(days=1))
        self._set_leaves([])
        self.env["resource.calendar.leaves"].create(
            {
                "name": "only there",
                "calendar_id": False,
                "company_id": other.id,
                "date_from": monday + timedelta(hours=10),
                "date_to": monday + timedelta(hours=20),
            }
        ).company_id = other
        self.assertEqual(self._seconds([span]), [9 * 3600])
        self.assertEqual(self._seconds([span], other), [3600])

    def test_without_attendances(self):
        """C8: a calendar without hours works around the clock."""
        self.calendar.attendance_ids.unlink()
        self._set_leaves([])
        span = (BEGIN, BEGIN + timedelta(days=2))
        self.assertEqual(self._seconds([span]), [2 * 86400])

    def test_within(self):
        """C8: within eight hours of work, also when the clock says three days."""
        self._set_calendar("UTC", [(day, [8, 12, 13, 17], None) for day in range(5)])
        self._set_leaves([])
        worktime = self.env["trust.worktime"]
        worktime._make(BEGIN, BEGIN + timedelta(days=DAYS))
        friday = datetime(2024, 3, 22, 16)
        for hours, expected in ((7.75, False), (8, True), (80, True)):
            query = worktime._within_sql(
                SQL("%s", self.company.id),
                SQL("%s::timestamp", friday),
                SQL("%s::timestamp", datetime(2024, 3, 25, 16)),
                hours,
            )
            found = self.env.execute_query(SQL("SELECT %s", query))[0][0]
            self.assertEqual(found, expected, hours)


def _spans(hours):
    hours = sorted(hours)
    return list(zip(hours[::2], hours[1::2], strict=False))


def _shift(start, length):
    return BEGIN + start * MINUTE, BEGIN + (start + length) * MINUTE


def _oracle(zone, lines, two_weeks, off):
    """Return how many minutes were worked before each minute since BEGIN."""
    spans = {(day, week or ""): _spans(hours) for day, hours, week in lines}
    worked, total = [0], 0
    for index in range(DAYS * 24 * 60):
        instant = BEGIN + index * MINUTE
        local = pytz.utc.localize(instant).astimezone(zone)
        week = str((local.toordinal() - 1) // 7 % 2) if two_weeks else ""
        hour = local.hour + local.minute / 60
        at_work = any(
            start <= hour < stop
            for start, stop in spans.get((local.weekday(), week), ())
        )
        away = any(start <= instant < stop for start, stop in off)
        total += at_work and not away
        worked.append(total)
    return worked
