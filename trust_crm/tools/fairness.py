# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Whether those who stand far from us are served worse than those who stand near."""

PATIENCE = 1.5
ENOUGH = 3


def waits_longer(far, near, factor=PATIENCE, enough=ENOUGH):
    """Tell whether outsiders wait unfairly long.

    :param far, near: (how many, average hours) of outsiders and of everybody else
    :return: True, False, or None when one side is too few to say

    >>> waits_longer((5, 16.0), (5, 10.0)), waits_longer((5, 15.0), (5, 10.0))
    (True, False)
    >>> waits_longer((2, 99.0), (5, 10.0)) is None
    True
    """
    if min(far[0], near[0]) < enough:
        return None
    return far[1] > factor * near[1]


def together(rows):
    """Return (how many, average) of rows (how many, average), or (0, None).

    >>> together([(1, 4.0), (3, 8.0)])
    (4, 7.0)
    >>> together([(0, None)])
    (0, None)
    """
    known = [(count, mean) for count, mean in rows if count]
    total = sum(count for count, _mean in known)
    if not total:
        return 0, None
    return total, sum(count * mean for count, mean in known) / total
