# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Periods of a trust review: calendar quarters, and what came before a period."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = 3


def quarter(day):
    """Return the first and the last day of the calendar quarter of ``day``.

    >>> quarter(date(2026, 11, 26))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    >>> quarter(date(2024, 2, 29))
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    """
    first = date(day.year, day.month - (day.month - 1) % MONTHS, 1)
    return first, first + relativedelta(months=MONTHS, days=-1)


def last_quarter(day):
    """Return the quarter that ended before the one of ``day``.

    >>> last_quarter(date(2026, 1, 1))
    (datetime.date(2025, 10, 1), datetime.date(2025, 12, 31))
    """
    return quarter(quarter(day)[0] - timedelta(days=1))


def is_quarter(first, last):
    """Is that exactly one calendar quarter?

    >>> is_quarter(date(2026, 7, 1), date(2026, 9, 30))
    True
    >>> is_quarter(date(2026, 7, 1), date(2026, 9, 29))
    False
    """
    return (first, last) == quarter(first)


def number(first):
    """Return the number of a quarter in its year.

    >>> [number(date(2026, month, 1)) for month in (1, 4, 7, 10)]
    [1, 2, 3, 4]
    """
    return (first.month - 1) // MONTHS + 1


def before(first, last):
    """Return the first day of what a period is compared with.

    Of a quarter the quarter before, else as many days as the period has.

    >>> before(date(2026, 7, 1), date(2026, 9, 30))
    datetime.date(2026, 4, 1)
    >>> before(date(2026, 7, 1), date(2026, 7, 10))
    datetime.date(2026, 6, 21)
    """
    if is_quarter(first, last):
        return first - relativedelta(months=MONTHS)
    return first - (last - first) - timedelta(days=1)
