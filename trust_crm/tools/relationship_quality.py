# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Relationship quality (S15) and commercial friendship (S16) as pure arithmetic.

Each part is a Beta posterior mean on 0..100 of its own policy lines, with the prior
mean 1/2: nothing is borrowed. ``models/trust_quality_sql.py`` says the same in SQL and
a test proves both equal. Friendship after Price & Arnould (1999), commitment in three
after Morgan & Hunt (1994). This file imports nothing of Odoo.
"""

from . import trust_equation as equation

FRIENDSHIP = ("utilitarian", "sociable", "reciprocal")
COMMITMENT = ("affective", "continuance", "normative")
PARTS = ("satisfaction", *COMMITMENT, *FRIENDSHIP)

# Bound without warmth (S13): from here on a customer stays because he must.
CAPTIVE_BOUND, CAPTIVE_WARMTH = 60.0, 50.0


def part(masses, name, policy=equation.DEFAULTS):
    """Return a part on 0..100 of ``{(part, group): mass}``.

    >>> part({}, "satisfaction")
    50.0
    >>> round(part({("sociable", "pos"): 12, ("sociable", "staff"): 2}, "sociable"), 6)
    81.818182
    """
    return equation.quality(*equation.evidence(masses, name, policy), policy.prior_mass)


def mass(masses, name, policy=equation.DEFAULTS):
    """Return the evidence, after saturation, that a part rests on.

    >>> mass({("affective", "neg"): 24.0}, "affective")
    12.0
    """
    return sum(equation.evidence(masses, name, policy))


def is_judged(masses, names, policy=equation.DEFAULTS):
    """Tell whether there is enough evidence to say something of these parts.

    A part is one thing where the score is four: it asks for a quarter of the mass below
    which a score is "little evidence".

    >>> is_judged({("sociable", "staff"): 0.5}, ["sociable"])
    False
    >>> is_judged({("sociable", "pos"): 0.5}, ["sociable"])
    True
    """
    return sum(mass(masses, name, policy) for name in names) >= least_mass(policy)


def least_mass(policy=equation.DEFAULTS):
    """Return the mass from which a part is judged.

    >>> round(least_mass(), 6)
    0.444444
    """
    return policy.transfer_mass * policy.thin / (1 - policy.thin) / 4


def friendship(utilitarian, sociable, reciprocal):
    """Return commercial friendship, the geometric mean of its three parts (0..100).

    >>> round(friendship(80, 70, 40), 6)
    60.731779
    """
    return (utilitarian * sociable * reciprocal) ** (1 / 3)


def index(satisfaction, trust_index, affective, friendly):
    """Return relationship quality: the mean of its four parts, all on 0..100.

    >>> index(80, 60, 70, 50)
    65.0
    """
    return (satisfaction + trust_index + affective + friendly) / 4


def is_captive(continuance, affective):
    """Tell whether a customer stays because he must and not because he wants to.

    >>> is_captive(60, 49.9), is_captive(60, 50), is_captive(59.9, 10)
    (True, False, False)
    """
    return continuance >= CAPTIVE_BOUND and affective < CAPTIVE_WARMTH
