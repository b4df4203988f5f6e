# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""How far a talk was about the customer, as somebody who was there says."""


def share(asked, pitched):
    """Return the part of a talk that was asking and listening, in percent.

    :param int asked: how much was asked and listened to, 0 to 5
    :param int pitched: how much was pitched, 0 to 5
    :return: 0 to 100, or None when nobody said

    >>> share(5, 0), share(3, 1), share(0, 4)
    (100.0, 75.0, 0.0)
    >>> share(0, 0) is None
    True
    """
    said = asked + pitched
    return 100.0 * asked / said if said else None
