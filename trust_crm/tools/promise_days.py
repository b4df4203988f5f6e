# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Days of a promise in the promiser's time zone. Pure: imports no Odoo.

A promise is due on a *day*; the day ends at midnight where the promiser lives.
Moments are naive datetimes in UTC, as Odoo stores them; days are dates.
"""

from datetime import date, datetime, time, timedelta

import pytz

MORNING = time(8)


def zone(name: str | None) -> pytz.BaseTzInfo:
    """The time zone of that name; UTC for none, or for one nobody knows.

    >>> zone("Pacific/Auckland").zone, zone(None).zone, zone("Mars/Olympus").zone
    ('Pacific/Auckland', 'UTC', 'UTC')
    """
    try:
        return pytz.timezone(name or "UTC")
    except pytz.UnknownTimeZoneError:
        return pytz.utc


def to_utc(day: date, at: time, tz: str | None) -> datetime:
    """Naive UTC moment of a local wall-clock time on a day.

    >>> to_utc(date(2026, 1, 5), time(8), "America/Los_Angeles")
    datetime.datetime(2026, 1, 5, 16, 0)
    """
    local = zone(tz).localize(datetime.combine(day, at))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def local_day(moment: datetime, tz: str | None) -> date:
    """The day on the promiser's calendar at a naive UTC moment.

    >>> local_day(datetime(2026, 1, 5, 12), "Pacific/Auckland")
    datetime.date(2026, 1, 6)
    """
    return pytz.utc.localize(moment).astimezone(zone(tz)).date()


def end_of_day(day: date, tz: str | None) -> datetime:
    """First moment (UTC) at which a promise due that day is late.

    >>> end_of_day(date(2026, 1, 5), "Pacific/Auckland")
    datetime.datetime(2026, 1, 5, 11, 0)
    >>> end_of_day(date(2026, 1, 5), "America/Los_Angeles")
    datetime.datetime(2026, 1, 6, 8, 0)
    """
    return to_utc(day + timedelta(days=1), time(0), tz)


def reminder_moment(
    due: date, days_before: int, tz: str | None, now: datetime
) -> datetime | None:
    """When to remind (UTC): 08:00 that many days before the due day.

    When that has passed already (promised today for tomorrow, say), 08:00 of the
    due day itself; when that has passed too, nobody needs to be reminded.

    >>> reminder_moment(date(2026, 1, 9), 1, "UTC", datetime(2026, 1, 5))
    datetime.datetime(2026, 1, 8, 8, 0)
    >>> reminder_moment(date(2026, 1, 9), 1, "UTC", datetime(2026, 1, 8, 9))
    datetime.datetime(2026, 1, 9, 8, 0)
    >>> reminder_moment(date(2026, 1, 9), 1, "UTC", datetime(2026, 1, 9, 9))
    """
    mornings = (
        to_utc(due - timedelta(days=days), MORNING, tz) for days in (days_before, 0)
    )
    return next((moment for moment in mornings if moment > now), None)


def days_late(missed: datetime, done: datetime, tz: str | None) -> int:
    """Whole days between the due day and the day it was done; at least 1.

    ``missed`` is the end of the due day, so the same local day counts as 1.

    >>> days_late(datetime(2026, 1, 6, 8), datetime(2026, 1, 6, 18),
    ...           "America/Los_Angeles")
    1
    >>> days_late(datetime(2026, 1, 6), datetime(2026, 1, 9, 1), None)
    4
    """
    return max((local_day(done, tz) - local_day(missed, tz)).days + 1, 1)
