# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ..tools import occasion_days
from ..tools.occasion_days import fall_in, find_age, find_next, find_problem
from .memory_common import MemoryCase

DAYS = st.dates(date(1902, 1, 1), date(2098, 12, 31))
# Days of festivals, as the observatories publish them: (year, month, day) -> date.
FESTIVALS = {
    (1985, 1, 1): date(1985, 2, 20),
    (2000, 8, 15): date(2000, 9, 12),
    (2012, 5, 5): date(2012, 6, 23),
    (2020, 8, 15): date(2020, 10, 1),
    (2023, 1, 1): date(2023, 1, 22),
    (2024, 5, 5): date(2024, 6, 10),
    (2025, 8, 15): date(2025, 10, 6),
    (2033, 1, 1): date(2033, 1, 31),
    (2034, 1, 1): date(2034, 2, 19),
}
LEAP_MONTHS = {1984: 10, 2004: 2, 2006: 7, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2033: 11}


@tagged("post_install", "-at_install")
class TestOccasionDays(TransactionCase):
    """H3: the arithmetic of days, with no Odoo in it."""

    def test_doctests(self):
        """H3: the examples in the file are true."""
        self.assertFalse(doctest.testmod(occasion_days).failed)

    def test_festivals(self):
        """H3: known days of the lunar calendar fall where they were celebrated."""
        for (year, month, day), expected in FESTIVALS.items():
            self.assertEqual(fall_in("lunar", day, month, False, year), expected)

    def test_leap_months(self):
        """H3: leap months are those of the calendar, and no others."""
        for year, month in LEAP_MONTHS.items():
            for other in range(1, 13):
                problem = find_problem("lunar", 1, other, True, year)
                self.assertEqual(problem, None if other == month else "leap")

    @given(DAYS, DAYS)
    @settings(max_examples=300, deadline=None)
    def test_solar_comes_every_year(self, day, today):
        """H3: the next day is within a year, and is that day (28 for 29 February)."""
        found = find_next("solar", day.day, day.month, False, today)
        self.assertTrue(today <= found <= today + timedelta(days=366))
        self.assertEqual(found.month, day.month)
        shifted = (day.month, day.day) == (2, 29) and not _is_leap(found.year)
        self.assertEqual(found.day, 28 if shifted else day.day)

    @given(st.integers(1, 30), st.integers(1, 12), st.booleans(), DAYS)
    @settings(max_examples=300, deadline=None)
    def test_lunar_comes_every_year(self, day, month, leap, today):
        """H3: the next lunar day is within 13 months, and is the first one to come."""
        found = find_next("lunar", day, month, leap, today)
        self.assertTrue(today <= found <= today + timedelta(days=385))
        self.assertEqual(find_next("lunar", day, month, leap, found), found)
        later = find_next("lunar", day, month, leap, found + timedelta(days=1))
        self.assertTrue(340 <= (later - found).days <= 400)

    @given(DAYS)
    @settings(max_examples=200, deadline=None)
    def test_leap_month_falls_in_the_month(self, today):
        """H3: what was in leap month 6 is in month 6 of years without it."""
        for year in (today.year, today.year + 1):
            plain = fall_in("lunar", 15, 6, False, year)
            leap = fall_in("lunar", 15, 6, True, year)
            has_it = find_problem("lunar", 1, 6, True, year) is None
            self.assertEqual(leap > plain, has_it)
            self.assertTrue(leap == plain or 28 <= (leap - plain).days <= 31)

    @given(DAYS, DAYS)
    @settings(max_examples=300, deadline=None)
    def test_age_grows_on_the_birthday(self, born, at):
        """H3: years are completed on the birthday, 28 February for the 29th."""
        age = find_age(born, at)
        if at < born:
            self.assertIsNone(age)
            return
        birthday = find_next("solar", born.day, born.month, False, at)
        self.assertEqual(find_age(born, birthday), age + (birthday > at))


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@tagged("post_install", "-at_install")
class TestTrustOccasion(MemoryCase):
    """H3: days worth remembering."""

    def test_next_date(self):
        """H3: where the day falls next, in both calendars, and after the night."""
        with freeze_time("2026-02-10 12:00"):
            solar = self.occasion(day=29, month=2)
            lunar = self.occasion(day=1, month=1, calendar="lunar")
            self.assertEqual(solar.next_date, date(2026, 2, 28))
            self.assertEqual(lunar.next_date, date(2026, 2, 17))
        with freeze_time("2026-03-01 12:30"):
            self.env["trust.occasion"]._cron_roll()
            self.assertEqual(solar.next_date, date(2027, 2, 28))
            self.assertEqual(lunar.next_date, date(2027, 2, 6))

    def test_words_of_the_day(self):
        """H3: the day stands as the reader writes it, with its year if known."""
        self.env["res.lang"]._activate_lang("zh_CN")
        known = self.occasion(day=28, month=11, year=1969)
        unknown = self.occasion(self.friend, day=29, month=2)
        self.assertEqual(known.when, "November 28, 1969")
        self.assertEqual(unknown.when, "February 29")
        chinese = {"lang": "zh_CN"}
        self.assertEqual(known.with_context(**chinese).when, "1969年11月28日")
        self.assertEqual(unknown.with_context(**chinese).when, "2月29日")

    def test_impossible_days(self):
        """H3: refused with a message that says what is wrong."""
        for words, values in (
            ("no such day", {"day": 30, "month": 2}),
            ("no such day", {"day": 29, "month": 2, "year": 2023}),
            ("from 1 to 12", {"day": 1, "month": 13}),
            ("no such leap month", {"day": 1, "month": 6, "leap_month": True}),
            (
                "no such leap month",
                {
                    "day": 1,
                    "month": 6,
                    "leap_month": True,
                    "calendar": "lunar",
                    "year": 2024,
                },
            ),
            ("no such day", {"day": 0, "month": 1}),
            ("1900 to 2100", {"day": 1, "month": 1, "calendar": "lunar", "year": 1}),
            ("in the future", {"day": 1, "month": 1, "year": 2999}),
            ("between 0 and", {"day": 1, "month": 1, "reminder_days": -1}),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                self.occasion(**{"kind": "other", **values})

    def test_age(self):
        """H3, H12: completed years, from a birthday with a year, in both calendars."""
        self.occasion(day=29, month=2, year=2000)
        self.occasion(self.friend, day=1, month=1, year=1980, calendar="lunar")
        people = self.person | self.friend | self.customer
        ages = people._trust_age(date(2026, 2, 16))
        self.assertEqual(
            ages, {self.person.id: 25, self.friend.id: 46, self.customer.id: None}
        )
        self.assertEqual(self.person._trust_age(date(2026, 2, 28))[self.person.id], 26)
        before = self.friend._trust_age(date(2026, 2, 15))
        self.assertEqual(before[self.friend.id], 45)
