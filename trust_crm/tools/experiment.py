# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Does it delight? How many it takes, who gets it, and what came of it (S18).

Two arms, drawn by lot; the size is fixed before, the comparison is made once. This file
imports nothing of Odoo; Student's t comes from SciPy, loaded when first needed.
"""

import hashlib
import math
from statistics import NormalDist, fmean, stdev, variance
from typing import NamedTuple

CERTAINTY = 0.95
POWER = 0.80
# Fewer than that do not tell how far customers lie apart.
FEWEST_KNOWN = 30
# A mean of fewer employees would say something of one of them.
FEWEST_EMPLOYEES = 5
FEWEST = 2
TREATED, CONTROL = "treated", "control"
TONES = {"good": 1, "mixed": 0, "bad": -1}


class Comparison(NamedTuple):
    """The one comparison: treated less control, with its interval (Welch 1947)."""

    mean_treated: float
    mean_control: float
    difference: float
    low: float
    high: float
    t: float
    df: float
    p: float


def size(difference, spread, fewest=FEWEST):
    """Return how many each arm needs to find ``difference`` in four of five cases.

    :param difference: the smallest one worth finding, in units of the measure
    :param spread: standard deviation of the measure between units

    >>> size(5, 9), size(3, 9)
    (51, 142)
    >>> size(100, 9), size(100, 9, FEWEST_EMPLOYEES)
    (2, 5)
    """
    normal = NormalDist()
    z = normal.inv_cdf((1 + CERTAINTY) / 2) + normal.inv_cdf(POWER)
    return max(fewest, math.ceil(2 * (z * spread / difference) ** 2))


def lot(experiment, unit):
    """Return the number that chance gave to a unit in an experiment: 32 bytes.

    >>> lot(1, 7) == lot(1, 7), lot(1, 7) == lot(2, 7), len(lot(1, 7))
    (True, False, 32)
    """
    return hashlib.sha256(f"{experiment}/{unit}".encode()).digest()


def arm(experiment, unit):
    """Return the arm of a unit: one bit of its lot.

    >>> {arm(1, unit) for unit in range(9)} == {TREATED, CONTROL}
    True
    """
    return TREATED if lot(experiment, unit)[-1] & 1 else CONTROL


def assign(experiment, units, count):
    """Return ``{unit: arm}`` of the first in the order of lots until both arms hold
    ``count``; who comes when the own arm is full goes to the other.

    >>> drawn = assign(1, range(100), 10)
    >>> sorted(drawn.values()) == [CONTROL] * 10 + [TREATED] * 10
    True
    """
    drawn, room = {}, {TREATED: count, CONTROL: count}
    for unit in sorted(units, key=lambda one: lot(experiment, one))[: 2 * count]:
        own = arm(experiment, unit)
        if not room[own]:
            own = CONTROL if own == TREATED else TREATED
        room[own] -= 1
        drawn[unit] = own
    return drawn


def compare(treated, control):
    """Return the :class:`Comparison` of two lists of at least two values each.

    Where neither arm varies at all, the interval has no width.

    >>> compare([3, 3], [1, 1])[2:5]
    (2.0, 2.0, 2.0)
    """
    means = fmean(treated), fmean(control)
    parts = [variance(values) / len(values) for values in (treated, control)]
    difference, error = means[0] - means[1], math.sqrt(sum(parts))
    if not error:
        p = 0.0 if difference else 1.0
        t = math.copysign(math.inf, difference) if difference else 0.0
        df = len(treated) + len(control) - 2.0
        return Comparison(*means, difference, difference, difference, t, df, p)
    df = sum(parts) ** 2 / sum(
        part**2 / (len(values) - 1)
        for part, values in zip(parts, (treated, control), strict=True)
    )
    t = difference / error
    p, reach = _student(t, df)
    low, high = difference - reach * error, difference + reach * error
    return Comparison(*means, difference, low, high, t, df, p)


def _student(t, df):
    """Return (two-sided p of ``t``, quantile of the interval) of Student's t."""
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415  20 MB, seldom needed

    return 2 * float(stdtr(df, -abs(t))), float(stdtrit(df, (1 + CERTAINTY) / 2))


def verdict(low, high):
    """Return what an interval of a difference says.

    >>> verdict(0.1, 2), verdict(-2, -0.1), verdict(-1, 2)
    ('better', 'worse', 'none')
    """
    if low > 0:
        return "better"
    return "worse" if high < 0 else "none"


def largest(low, high):
    """Return the largest difference, either way, that an interval leaves open.

    >>> largest(-1.5, 1)
    1.5
    """
    return max(abs(low), abs(high))


def known_spread(values):
    """Return how far values lie apart, None when too few are known or all are equal.

    >>> known_spread([1] * 29) is None, round(known_spread([1, 3] * 20), 3)
    (True, 1.013)
    """
    return (stdev(values) or None) if len(values) >= FEWEST_KNOWN else None


def felt(strengths):
    """Return how pleasant it was on average, -5 to 5; None when nothing was felt.

    :param strengths: ``{tone: (sum of strengths, count)}``

    >>> felt({"good": (8, 2), "bad": (2, 1), "mixed": (5, 1)})
    1.5
    """
    count = sum(count for _total, count in strengths.values())
    total = sum(TONES[tone] * total for tone, (total, _count) in strengths.items())
    return total / count if count else None
