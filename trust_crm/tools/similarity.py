# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""How much two people have in common, and who is a good one to bring along."""


def jaccard(one, other):
    """Return the shared part of two sets of interests, 0..1 (Jaccard 1901).

    >>> jaccard({"sailing", "chess"}, {"chess", "opera"})
    0.3333333333333333
    >>> jaccard({"chess"}, {"chess"})
    1.0
    >>> jaccard(set(), set())
    0.0
    """
    together = one | other
    return len(one & other) / len(together) if together else 0.0


def fit(similarity, share):
    """Return how well a colleague suits an introduction, 0..2: in common, and known.

    Both count alike: who is trusted already needs no introduction to be liked, and who
    shares an interest is soon trusted. Nothing of both is no reason at all.

    >>> fit(0.25, 0.1) > fit(0.3, 0.0)
    True
    >>> fit(0.0, 0.0)
    0.0
    """
    return similarity + share
