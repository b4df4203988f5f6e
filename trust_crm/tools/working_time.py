# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Deadlines in working hours. Pure: imports no Odoo.

Moments are naive datetimes in UTC, as Odoo stores them; intervals are half-open
``[start, stop)``, so that a day ending at midnight and the next one beginning there
leave no gap of a microsecond between them, and a deadline that falls on closing time
*is* closing time.

Wall-clock hours are placed in UTC offset by offset: where a clock change skips half an
hour nobody works in it, where one is repeated it is worked twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytz

from .promise_days import zone

Interval = tuple[datetime, datetime]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
# A deadline that lies further off is none: the calendar does not work.
HORIZON = timedelta(days=3660)


@dataclass(frozen=True)
class WorkingHours:
    """The hours of one calendar.

    ``attendances`` are (weekday, from, to, week): Monday is 0, from and to are minutes
    of the day up to 1440, week is None, or 0 or 1 in a two-week calendar. Without any
    the calendar works around the clock. ``leaves`` are UTC intervals.
    """

    tz: str = "UTC"
    attendances: tuple[tuple[int, int, int, int | None], ...] = ()
    leaves: tuple[Interval, ...] = ()

    def on(self, day: date) -> list[tuple[int, int]]:
        """Minutes of that day that are worked, in order.

        >>> WorkingHours(attendances=((0, 480, 720, None),)).on(date(2026, 1, 5))
        [(480, 720)]
        """
        if not self.attendances:
            return [(0, 1440)]
        week = (day.toordinal() - 1) // 7 % 2
        return sorted(
            (start, stop)
            for weekday, start, stop, which in self.attendances
            if weekday == day.weekday() and which in (None, week) and stop > start
        )


def plan(
    hours: WorkingHours,
    start: datetime,
    seconds: float,
    pauses: Iterable[Interval] = (),
) -> datetime | None:
    """The moment at which that many seconds have been worked since ``start``.

    None when the calendar does not work that much in ten years.

    >>> office = WorkingHours(attendances=tuple(
    ...     (day, *half, None) for day in range(5) for half in ((480, 720), (780, 1020))
    ... ), leaves=((datetime(2026, 1, 12), datetime(2026, 1, 13)),))
    >>> friday = datetime(2026, 1, 9, 16)
    >>> plan(office, friday, 8 * 3600)
    datetime.datetime(2026, 1, 13, 16, 0)

    A pause of two working days moves it by two working days:

    >>> two_days = ((datetime(2026, 1, 13, 8), datetime(2026, 1, 15, 8)),)
    >>> plan(office, friday, 8 * 3600, two_days)
    datetime.datetime(2026, 1, 15, 16, 0)
    """
    if seconds <= 0:
        return start
    left = timedelta(seconds=seconds)
    for begin, end in _worked(hours, start, start + HORIZON, pauses):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def spent(
    hours: WorkingHours,
    start: datetime,
    stop: datetime,
    pauses: Iterable[Interval] = (),
) -> float:
    """Seconds worked between two moments.

    >>> spent(WorkingHours(), datetime(2026, 1, 5, 12), datetime(2026, 1, 6))
    43200.0
    """
    worked = _worked(hours, start, stop, pauses)
    return sum(((end - begin).total_seconds() for begin, end in worked), 0.0)


def _worked(hours, start, stop, pauses) -> Iterator[Interval]:
    """Half-open intervals of work between two moments, in order and disjoint."""
    holes = _union([*hours.leaves, *pauses], start, stop)
    at = start
    for begin, end in _opening(hours, start, stop):
        begin = max(begin, at)
        while holes and holes[0][1] <= begin:
            holes.pop(0)
        for gap_start, gap_stop in holes:
            if gap_start >= end:
                break
            if gap_start > begin:
                yield begin, gap_start
            begin = max(begin, gap_stop)
        if end > begin:
            yield begin, end
        at = max(at, end)


def _union(intervals, start, stop):
    """Sorted, disjoint intervals that touch the time between two moments."""
    result = []
    for begin, end in sorted(i for i in intervals if i[0] < i[1]):
        if end <= start or begin >= stop:
            continue
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


def _opening(hours, start, stop) -> Iterator[Interval]:
    """Opening hours in UTC between two moments; they may touch, never overlap much."""
    tz = zone(hours.tz)
    day = datetime.combine(start.date(), datetime.min.time())
    while day < stop:
        for begin, end, offset in _same_offset(tz, day, day + DAY):
            for opens, closes in _on_clock(hours, begin + offset, end + offset):
                opens, closes = max(opens - offset, start), min(closes - offset, stop)
                if opens < closes:
                    yield opens, closes
        day += DAY


def _same_offset(tz, begin, end):
    """Split an interval where the clock changes: (begin, end, offset to local)."""
    first, last = _offset(tz, begin), _offset(tz, end - SECOND)
    if first == last:
        return [(begin, end, first)]
    before, after = begin, end
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(tz, middle) == first:
            before = middle
        else:
            after = middle
    return [(begin, after, first), (after, end, last)]


def _offset(tz, moment):
    return pytz.utc.localize(moment).astimezone(tz).utcoffset()


def _on_clock(hours, begin, end):
    """Opening hours on the wall clock between two local moments."""
    midnight = datetime.combine(begin.date(), datetime.min.time())
    while midnight < end:
        for start, stop in hours.on(midnight.date()):
            opens = max(midnight + timedelta(minutes=start), begin)
            closes = min(midnight + timedelta(minutes=stop), end)
            if opens < closes:
                yield opens, closes
        midnight += DAY
