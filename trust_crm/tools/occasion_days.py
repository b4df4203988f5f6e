# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""On which day an occasion falls, by the solar and by the Chinese lunar calendar.

An occasion is ``(calendar, day, month, leap)``: what comes back every year. Where a
year has no such day it falls on the day before: 29 February on the 28th, the 30th of a
lunar month on the 29th. The day of a leap month falls in the month of that number in
years without it. The lunar calendar is known from 1900 to 2100.
"""

from calendar import monthrange
from datetime import date

from borax.calendars.lunardate import LCalendars, LunarDate

FIRST, LAST = 1900, 2100
NEAR_YEARS = (-1, 0, 1, 2)


def find_problem(calendar, day, month, leap=False, year=None):
    """Return why there is no such day: month, leap, year, day, or None for a good one.

    >>> find_problem("solar", 29, 2), find_problem("solar", 29, 2, year=2023)
    (None, 'day')
    >>> find_problem("solar", 31, 4), find_problem("solar", 1, 13)
    ('day', 'month')
    >>> find_problem("lunar", 30, 6, leap=True, year=2025)
    'day'
    >>> find_problem("lunar", 15, 6, leap=True, year=2024)
    'leap'
    >>> find_problem("solar", 3, 6, leap=True), find_problem("lunar", 1, 1, year=1850)
    ('leap', 'year')
    """
    lunar = calendar == "lunar"
    if not 1 <= month <= 12:
        return "month"
    if leap and not lunar:
        return "leap"
    if year and not (FIRST <= year <= LAST if lunar else date.min.year <= year):
        return "year"
    if leap and year and month != LCalendars.leap_month(year):
        return "leap"
    return None if 1 <= day <= _most_days(lunar, month, leap, year) else "day"


def _most_days(lunar, month, leap, year):
    """Return how many days that month has, or has at most when no year is known."""
    if lunar:
        return LCalendars.ndays(year, month, leap) if year else 30
    return monthrange(year or 2000, month)[1]


def fall_in(calendar, day, month, leap, year):
    """Return the date of an occasion in one year of its calendar, None if unknown.

    >>> fall_in("solar", 29, 2, False, 2023), fall_in("solar", 29, 2, False, 2024)
    (datetime.date(2023, 2, 28), datetime.date(2024, 2, 29))
    >>> fall_in("lunar", 1, 1, False, 2026)  # the Spring Festival
    datetime.date(2026, 2, 17)
    >>> fall_in("lunar", 15, 6, True, 2025)  # 2025 has a leap month 6
    datetime.date(2025, 8, 8)
    >>> fall_in("lunar", 15, 6, True, 2026) == fall_in("lunar", 15, 6, False, 2026)
    True
    >>> fall_in("lunar", 1, 1, False, 2101)
    """
    if calendar != "lunar":
        if not date.min.year <= year <= date.max.year:
            return None
        return date(year, month, min(day, monthrange(year, month)[1]))
    if not FIRST <= year <= LAST:
        return None
    leap = leap and LCalendars.leap_month(year) == month
    day = min(day, LCalendars.ndays(year, month, leap))
    return LunarDate(year, month, day, leap).to_solar_date()


def find_near(calendar, day, month, leap, today):
    """Return the dates of an occasion around a day, in order.

    A lunar year begins up to seven weeks after the solar one of its number.
    """
    found = (
        fall_in(calendar, day, month, leap, today.year + more) for more in NEAR_YEARS
    )
    return [one for one in found if one]


def find_next(calendar, day, month, leap, today):
    """Return the next date of an occasion, that day included; None if unknown.

    >>> find_next("solar", 4, 3, False, date(2026, 3, 4))
    datetime.date(2026, 3, 4)
    >>> find_next("solar", 4, 3, False, date(2026, 3, 5))
    datetime.date(2027, 3, 4)
    >>> find_next("lunar", 29, 12, False, date(2026, 1, 20))  # still lunar 2025
    datetime.date(2026, 2, 16)
    """
    later = [d for d in find_near(calendar, day, month, leap, today) if d >= today]
    return later[0] if later else None


def find_closest(calendar, day, month, leap, today):
    """Return the date of an occasion that is nearest to a day; None if unknown.

    >>> find_closest("solar", 31, 12, False, date(2026, 1, 2))
    datetime.date(2025, 12, 31)
    """
    near = find_near(calendar, day, month, leap, today)
    return min(near, key=lambda d: abs(d - today)) if near else None


def find_age(born, at):
    """Return the completed years of somebody on a day, None before they were born.

    Who was born on 29 February has a birthday on the 28th of other years.

    >>> find_age(date(2000, 2, 29), date(2023, 2, 27))
    22
    >>> find_age(date(2000, 2, 29), date(2023, 2, 28))
    23
    >>> find_age(date(2000, 2, 29), date(1999, 1, 1))
    """
    if at < born:
        return None
    birthday = fall_in("solar", born.day, born.month, False, at.year)
    return at.year - born.year - (at < birthday)


def name_lunar(day):
    """Return (day, month, leap, year) of a date in the lunar calendar.

    >>> name_lunar(date(2025, 8, 8)), name_lunar(date(2026, 2, 16))
    ((15, 6, True, 2025), (29, 12, False, 2025))
    """
    lunar = LunarDate.from_solar(day)
    return lunar.day, lunar.month, bool(lunar.leap), lunar.year
