# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Where a customer stands on the circle map, as numbers a drawing can use as they are.

A place is a ring's number, outermost 0, plus how far through that ring towards the
centre: 2.25 lies in the third ring, a quarter inwards. Below 0 is little evidence.
This file imports nothing of Odoo.
"""

import math

TINY = 1e-9
ALMOST = 0.999  # the inner edge of a ring still belongs to it
OUTER, INNER = 2.0, 2.0  # how wide the open rings are, in widths of their neighbours


def bounds(rises, falls):
    """Return ``[(from, to)]`` of the careful index per ring, outermost first.

    A ring begins where one falls out of it and ends where one rises out of it. The
    outermost has no beginning and the innermost no end: they get a width.

    >>> bounds((42.5, 46.0, 53.0), (41.0, 44.0, 49.0))
    [(35.5, 42.5), (41.0, 46.0), (44.0, 53.0), (49.0, 67.0)]
    """
    outer = rises[0] - OUTER * (rises[1] - rises[0])
    inner = rises[-1] + INNER * (rises[-1] - rises[-2])
    return list(zip((outer, *falls), (*rises, inner), strict=True))


def place(ring, value, lower, upper, moved=0.0):
    """Return the place of a value in its ring; outside the ring's bounds, its edge.

    :param moved: points gained since the moment that is asked for

    >>> place(1, 43.5, 41.0, 46.0)
    1.5
    >>> place(1, 43.5, 41.0, 46.0, moved=1.5)
    1.2
    >>> place(1, 99.0, 41.0, 46.0), place(1, 0.0, 41.0, 46.0)
    (1.999, 1.0)
    """
    through = (value - moved - lower) / max(upper - lower, TINY)
    return round(ring + min(max(through, 0.0), ALMOST), 3)


def thin_place(confidence, enough):
    """Return the place of somebody with little evidence: the more, the nearer.

    >>> thin_place(0.0, 0.1), thin_place(0.05, 0.1)
    (-1.0, -0.5)
    """
    return place(-1, confidence, 0.0, enough)


def shares(values):
    """Return each value's share of the way from the smallest to the largest.

    >>> shares([1, 3, 5])
    [0.0, 0.5, 1.0]
    >>> shares([4, 4])
    [0.5, 0.5]
    >>> shares([])
    []
    """
    least, most = min(values, default=0.0), max(values, default=0.0)
    if math.isclose(least, most):
        return [0.5 for _value in values]
    return [round((value - least) / (most - least), 3) for value in values]
