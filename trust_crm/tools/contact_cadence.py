# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""When to be in touch again. Pure: imports no Odoo.

A circle has a rhythm: be in touch ideally every so many days, at most after so many.
Days are dates on the reader's calendar; 0 or None days mean that nobody says.
"""

from datetime import timedelta

# Nobody plans a contact further ahead; dates stay dates.
LONGEST = 3650


def rhythm(circle, own=(0, 0)):
    """The days (ideal, longest) that apply: a customer's own before the circle's.

    The longest is never below the ideal: a customer who wants to hear from us every
    sixty days is not overdue after the circle's 21.

    >>> rhythm((14, 21)), rhythm((14, 21), (60, 0)), rhythm((14, 21), (7, 0))
    ((14, 21), (60, 60), (7, 21))
    >>> rhythm((14, 21), (0, 30)), rhythm((14, 0)), rhythm((0, 0), (30, 45))
    ((14, 30), (14, None), (30, 45))
    >>> rhythm((0, 21)), rhythm((0, 0), (0, 45))
    ((None, None), (None, None))
    """
    ideal = own[0] or circle[0]
    if not ideal:
        return None, None
    longest = own[1] or circle[1]
    return ideal, max(ideal, longest) if longest else None


def days_since(last, today):
    """Days since the last contact, None when there was none; never below 0.

    >>> from datetime import date
    >>> days_since(date(2026, 1, 1), date(2026, 1, 24)), days_since(None, date.today())
    (23, None)
    """
    return None if last is None else max((today - last).days, 0)


def due_dates(since, days):
    """The days (next contact, latest contact) after the last one, or None each.

    >>> from datetime import date
    >>> day = date(2026, 1, 1) + timedelta(days=12)
    >>> [(d - date(2026, 1, 1)).days for d in due_dates(day, rhythm((14, 21)))]
    [26, 33]
    >>> due_dates(None, (14, 21)), due_dates(day, (None, None))
    ((None, None), (None, None))
    """
    ideal, longest = days
    if since is None or not ideal:
        return None, None
    latest = since + timedelta(days=longest) if longest else None
    return since + timedelta(days=ideal), latest


def urgency(today, following, latest):
    """How a contact stands today: overdue, due, week, later; None without a rhythm.

    >>> from datetime import date
    >>> day = date(2026, 1, 27)
    >>> [urgency(day + timedelta(days=n), day, day + timedelta(days=7))
    ...  for n in (-8, -7, -1, 0, 7, 8)]
    ['later', 'week', 'week', 'due', 'due', 'overdue']
    >>> urgency(day, None, None), urgency(date(2027, 1, 1), day, None)
    (None, 'due')
    """
    if following is None:
        return None
    if latest is not None and today > latest:
        return "overdue"
    if following <= today:
        return "due"
    return "week" if following <= today + timedelta(days=7) else "later"
