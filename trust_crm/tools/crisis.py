# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""When trust breaks: is what happened in a month more than bad luck?"""

from . import trust_equation

UNLIKELY = 0.01
FEWEST = 2
DROP = -10.0
BACK = 2.0
# A crisis older than that, at an index below that, dissolves a relationship.
DISSOLVING_DAYS, DISSOLVING_INDEX = 30, 45.0
PRIOR_BAD, PRIOR_GOOD = 0.5, 4.5


def chance(bad, total, bad_before, good_before):
    """Return how likely so many bad facts are, given the customer's own past.

    :param bad, total: negative and all facts of the window (counts)
    :param bad_before, good_before: decayed counts of the facts before it

    >>> round(chance(3, 5, 0, 8), 9)
    0.004853143
    """
    return trust_equation.surprise(
        bad, total, PRIOR_BAD + bad_before, PRIOR_GOOD + good_before
    )


def is_unlikely(bad, probability):
    """Tell whether so many bad facts are more than bad luck.

    >>> is_unlikely(2, 0.009), is_unlikely(1, 0.001), is_unlikely(2, 0.01)
    (True, False, False)
    """
    return bad >= FEWEST and probability < UNLIKELY


def is_crisis(bad, probability, moved):
    """Tell whether a proposal is due: unlikely, or a fall of ten points.

    >>> is_crisis(2, 0.009, -1), is_crisis(1, 0.001, -1), is_crisis(1, 0.5, -10)
    (True, False, True)
    >>> is_crisis(2, 0.01, -9.9)
    False
    """
    return is_unlikely(bad, probability) or moved <= DROP


def is_back(index, before):
    """Tell whether trust is back: within two points of what it was without the window.

    >>> is_back(50, 52), is_back(49.9, 52)
    (True, False)
    """
    return index >= before - BACK
