# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""What counts to a yearly limit. Pure: imports no Odoo.

A year is any 365 days in a row, not a calendar year: a limit that begins anew on
1 January is spent twice within a week.
"""

from datetime import date, timedelta

YEAR = 365


def heaviest_year(gifts, day: date, amount: float = 0.0) -> float:
    """Largest sum of any 365 days that hold ``day``, with ``amount`` given on it.

    Gifts noted later for an earlier day count like all others, so the order in which
    they are written down changes nothing.

    :param gifts: other gifts as (day, amount), in any order

    >>> heaviest_year([(date(2026, 1, 1), 30.0)], date(2026, 12, 31), 20.0)
    50.0
    >>> heaviest_year([(date(2025, 12, 31), 30.0)], date(2026, 12, 31), 20.0)
    20.0

    Noted afterwards for an earlier day, both still fall into one year:

    >>> heaviest_year([(date(2026, 3, 1), 30.0)], date(2026, 2, 1), 20.0)
    50.0
    """
    span = timedelta(days=YEAR - 1)
    gifts = list(gifts)
    ends = {day, *(end for end, _amount in gifts if day <= end <= day + span)}
    sums = (
        sum(value for given, value in gifts if end - span <= given <= end)
        for end in ends
    )
    return amount + max(sums)


def reach(day: date) -> tuple[date, date]:
    """First and last day on which another gift may share a year with ``day``.

    >>> reach(date(2026, 12, 31))
    (datetime.date(2026, 1, 1), datetime.date(2027, 12, 30))
    """
    span = timedelta(days=YEAR - 1)
    return day - span, day + span
