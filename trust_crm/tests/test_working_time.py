# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import TransactionCase, tagged

from ..tools import working_time
from ..tools.working_time import WorkingHours, plan, spent

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
CALENDARS = {
    "office": [(d, *h, None) for d in range(5) for h in ((480, 720), (780, 1020))],
    "round the clock": [],
    "overnight": [(d, *h, None) for d in range(7) for h in ((0, 360), (1320, 1440))],
    "two weeks": [(d, 540, 900, d % 2) for d in range(6)] + [(2, 90, 150, None)],
}
# Both clock changes of each of the zones lie in one of these.
WINDOWS = (datetime(2025, 3, 1), datetime(2025, 9, 20))
DAYS = 70
MINUTE = timedelta(minutes=1)
CASES = 5000


class Oracle:
    """Walks minute by minute: is it working time on the wall clock there?"""

    def __init__(self, zone, begin):
        self.begin = begin
        utc, tz = ZoneInfo("UTC"), ZoneInfo(zone)
        at = begin.replace(tzinfo=utc)
        self.local = []
        for _minute in range(DAYS * 1440):
            local = at.astimezone(tz)
            weeks = (local.toordinal() - 1) // 7 % 2
            self.local.append((local.weekday(), local.hour * 60 + local.minute, weeks))
            at += MINUTE
        self.known = {}

    def working(self, name):
        if name not in self.known:
            lines = CALENDARS[name]
            works = {
                (day, minute, week)
                for day, start, stop, which in lines
                for week in ((0, 1) if which is None else (which,))
                for minute in range(start, stop)
            }
            self.known[name] = [not lines or moment in works for moment in self.local]
        return self.known[name]

    def plan(self, name, start, seconds, holes):
        """The first moment at which so many seconds are worked, or None."""
        works = self.working(name)
        closed = bytearray(len(works))
        for begin, end in holes:
            low, high = self.index(begin), self.index(end)
            closed[low:high] = b"\x01" * (high - low)
        at = start
        while (minute := (at - self.begin) // MINUTE) < len(works):
            until = self.begin + (minute + 1) * MINUTE
            if works[minute] and not closed[minute]:
                if (until - at).total_seconds() >= seconds:
                    return at + timedelta(seconds=seconds)
                seconds -= (until - at).total_seconds()
            at = until
        return None

    def index(self, moment):
        return min(max((moment - self.begin) // MINUTE, 0), len(self.local))


@tagged("post_install", "-at_install")
class TestWorkingTime(TransactionCase):
    def test_doctests(self):
        """K3: Friday 16:00, eight hours, Monday off: Tuesday 16:00; and pauses."""
        self.assertEqual(doctest.testmod(working_time).failed, 0)

    def test_oracle(self):
        """K3, T11: 5,000 random cases equal a minute-by-minute walk to the second."""
        dice = random.Random(20260112)
        oracles = [(zone, Oracle(zone, begin)) for zone in ZONES for begin in WINDOWS]
        checked = 0
        while checked < CASES:
            zone, oracle = dice.choice(oracles)
            name = dice.choice(list(CALENDARS))
            start = oracle.begin + timedelta(seconds=dice.randrange(35 * 86400))
            seconds = dice.choice(
                (dice.randrange(1, 40 * 3600), dice.randrange(1, 17) * 3600)
            )
            leaves, pauses = self.holes(dice, start), self.holes(dice, start)
            expected = oracle.plan(name, start, seconds, [*leaves, *pauses])
            if expected is None:
                continue
            hours = WorkingHours(zone, tuple(CALENDARS[name]), tuple(leaves))
            found = plan(hours, start, seconds, pauses)
            case = (zone, name, start, seconds, leaves, pauses)
            self.assertLessEqual(abs((found - expected).total_seconds()), 1, case)
            worked = spent(hours, start, found, pauses)
            self.assertAlmostEqual(worked, seconds, places=3, msg=case)
            checked += 1

    @staticmethod
    def holes(dice, start):
        """Up to three days off or pauses around a moment, on whole minutes."""
        holes = []
        for _hole in range(dice.randrange(4)):
            begin = start.replace(second=0) + timedelta(
                minutes=dice.randrange(-2880, 14400)
            )
            holes.append((begin, begin + timedelta(minutes=dice.randrange(1, 4320))))
        return holes

    def test_longer_is_later(self):
        """T11: a longer target never ends earlier."""
        hours = WorkingHours("Australia/Lord_Howe", tuple(CALENDARS["overnight"]))
        start = datetime(2025, 4, 5, 9, 30)
        ends = [plan(hours, start, seconds) for seconds in range(0, 86400, 977)]
        self.assertEqual(ends, sorted(ends))

    def test_midnight(self):
        """T11: what ends at midnight ends there, not when the next night begins."""
        hours = WorkingHours("UTC", tuple(CALENDARS["overnight"]))
        start = datetime(2025, 5, 5, 22)
        self.assertEqual(plan(hours, start, 2 * 3600), datetime(2025, 5, 6))
        self.assertEqual(plan(hours, start, 8 * 3600), datetime(2025, 5, 6, 6))

    def test_never_open(self):
        """T11: a calendar that never works has no deadline, and says so soon."""
        away = ((datetime(2000, 1, 1), datetime(2100, 1, 1)),)
        hours = WorkingHours("UTC", tuple(CALENDARS["office"]), away)
        self.assertIsNone(plan(hours, datetime(2026, 1, 1), 60))

    def test_weeks(self):
        """T11: both weeks of a two-week calendar."""
        hours = WorkingHours("UTC", tuple(CALENDARS["two weeks"]))
        monday, next_monday = date(2026, 1, 5), date(2026, 1, 12)
        self.assertNotEqual(hours.on(monday), hours.on(next_monday))
