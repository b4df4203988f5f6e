# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""What an answer of 1 to 5 says. Pure: imports no Odoo.

0 stands for "not answered", as Odoo stores an empty integer.
"""

from collections.abc import Sequence
from statistics import fmean

GOOD, BAD, BEST = 4, 2, 5
HABIT = 2  # so many earlier answers make a habit


def spoken(score: int) -> tuple[str, float] | None:
    """("good" or "bad", magnitude in (0, 1]) of an answer; None if it says nothing.

    >>> [spoken(score) for score in (0, 1, 2, 3, 4, 5)]
    [None, ('bad', 1.0), ('bad', 0.5), None, ('good', 0.5), ('good', 1.0)]
    """
    if score >= GOOD:
        return "good", (score - 3) / 2
    if 1 <= score <= BAD:
        return "bad", (3 - score) / 2
    return None


def relative(score: int, earlier: Sequence[int]) -> float | None:
    """Points above (+) or below what this person usually gives; None: no habit yet.

    >>> relative(3, [5, 4]), relative(3, [5]), relative(4, [4, 0, 0])
    (-1.5, None, None)
    """
    given = [value for value in earlier if value]
    return score - fmean(given) if score and len(given) >= HABIT else None
