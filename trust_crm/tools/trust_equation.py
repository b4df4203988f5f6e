# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""The trust equation T = (C + R + I) / S as pure arithmetic.

Lineage: the fraction is Maister, Green & Galford (2000); the Beta posterior mean is
Josang & Ismail's reputation rating (2002), with a prior mass of 4, saturation and
forgetting by age. ``models/trust_score_sql.py`` says the same in SQL and a test proves
both equal. This file imports nothing of Odoo.

Components: C credibility, R reliability, I intimacy, O customer orientation. The
self-orientation S is shown, never fed: S = 10 - 9 * p[O].
Groups of evidence mass: ``pos``, ``staff`` (positive, said by our own staff), ``neg``.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

COMPONENTS = ("C", "R", "I", "O")
GROUPS = ("pos", "staff", "neg")


@dataclass(frozen=True)
class Policy:
    """Parameters of one published policy; days, evidence units, index points."""

    half_life: float = 120.0
    negative_multiplier: float = 2.0
    prior_mass: float = 4.0
    saturation_positive: float = 12.0
    saturation_staff: float = 2.0
    saturation_negative: float = 24.0
    newness_strength: float = 0.25
    newness_half_life: float = 365.0
    transfer_share: float = 0.25
    transfer_mass: float = 16.0
    circle_up: tuple = (42.5, 46.0, 53.0)
    circle_down: tuple = (41.0, 44.0, 49.0)
    bands: tuple = (42.0, 47.0, 53.0, 58.0)
    band_margin: float = 0.5
    thin: float = 0.10

    def saturation(self, group):
        """Return the bound K of a group, in evidence units."""
        return {
            "pos": self.saturation_positive,
            "staff": self.saturation_staff,
            "neg": self.saturation_negative,
        }[group]


DEFAULTS = Policy()


class Score(NamedTuple):
    """Result of :func:`score`: C R I S on 1..10, index on 0..100."""

    C: float
    R: float
    I: float  # noqa: E741  the component's name in the literature
    S: float
    T: float
    index: float
    sd: float
    low: float
    confidence: float
    N: float


def decay(days, half_life=DEFAULTS.half_life):
    """Return what is left of one unit after ``days``.

    >>> decay(120)
    0.5
    >>> decay(0)
    1.0
    """
    return 2.0 ** max(-1000.0, -days / half_life)


def group_of(weight, voice):
    """Return the mass group of an evidence row on one component.

    >>> group_of(-1, "staff"), group_of(1, "staff"), group_of(1, "customer")
    ('neg', 'staff', 'pos')
    """
    if weight < 0:
        return "neg"
    return "staff" if voice == "staff" else "pos"


def mass(weight, magnitude, days, policy=DEFAULTS):
    """Return the decayed mass that one row adds to its group (>= 0).

    >>> mass(-1, 1, 120)
    1.0
    """
    factor = policy.negative_multiplier if weight < 0 else 1.0
    return abs(weight) * factor * magnitude * decay(days, policy.half_life)


def saturate(x, bound):
    """Return ``bound * x / (bound + x)``: slope 1 at 0, bounded, increasing.

    >>> saturate(12, 12)
    6.0
    """
    return bound * x / (bound + x)


def evidence(masses, component, policy=DEFAULTS):
    """Return (r, s): saturated positive and negative evidence of a component.

    >>> evidence({("R", "pos"): 12.0, ("R", "staff"): 2.0}, "R")
    (7.0, 0.0)
    """
    r = sum(
        saturate(masses.get((component, group), 0.0), policy.saturation(group))
        for group in ("pos", "staff")
    )
    s = saturate(masses.get((component, "neg"), 0.0), policy.saturation_negative)
    return r, s


def borrow(r, s, policy=DEFAULTS):
    """Return the prior mean lent by somebody with evidence (r, s), one component.

    >>> round(borrow(4, 2), 12)
    0.506818181818
    >>> borrow(0, 0)
    0.5
    """
    n = r + s
    mean = (r + policy.prior_mass / 2) / (n + policy.prior_mass)
    return 0.5 + policy.transfer_share * n / (n + policy.transfer_mass) * (mean - 0.5)


def lend(masses, policy=DEFAULTS):
    """Return the borrowed prior ``{component: mean}`` of a lender's masses."""
    return {c: borrow(*evidence(masses, c, policy), policy) for c in COMPONENTS}


def newness(age_days, policy=DEFAULTS):
    """Return q: ability counts more early, character later (S8).

    >>> newness(0), newness(365)
    (0.25, 0.0)
    """
    power = decay(max(0.0, age_days), policy.newness_half_life)
    return policy.newness_strength * (2 * power - 1)


def score(masses, age_days, prior=None, policy=DEFAULTS):
    """Return the :class:`Score` of evidence masses.

    :param masses: ``{(component, group): float}``, decayed to the time of evaluation
    :param age_days: days since the first weighted row (0 when there is none)
    :param prior: borrowed means ``{component: float}``; neutral 1/2 when missing

    >>> round(score({}, 0).index, 9)
    50.0
    >>> round(score({("R", "pos"): 1.0}, 0).index, 9)
    51.082953029
    """
    n0, q = policy.prior_mass, newness(age_days, policy)
    mean, var, total = {}, {}, 0.0
    for c in COMPONENTS:
        r, s = evidence(masses, c, policy)
        mu = (prior or {}).get(c, 0.5)
        a, b = r + n0 * mu, s + n0 * (1 - mu)
        mean[c] = a / (a + b)
        var[c] = a * b / ((a + b) ** 2 * (a + b + 1))
        total += r + s
    weights = {"C": 1 + q, "R": 1.0, "I": 1 - q}
    parts = {c: 1 + 9 * mean[c] for c in weights}
    self_orientation = 10 - 9 * mean["O"]
    weighted = sum(weights[c] * parts[c] for c in weights)
    ratio = weighted / self_orientation
    index = 50 * math.log10(ratio / 0.3)
    relative = 81 * (
        sum(weights[c] ** 2 * var[c] for c in weights) / weighted**2
        + var["O"] / self_orientation**2
    )
    sd = 50 / math.log(10) * math.sqrt(relative)
    return Score(
        *(parts[c] for c in weights),
        S=self_orientation,
        T=ratio,
        index=index,
        sd=sd,
        low=index - sd,
        confidence=total / (total + policy.transfer_mass),
        N=total,
    )


def quality(r, s, prior_mass=DEFAULTS.prior_mass):
    """Return a part of relationship quality on 0..100.

    >>> quality(0, 0)
    50.0
    """
    return 100 * (r + prior_mass / 2) / (r + s + prior_mass)


def clamp(old, value, up, down):
    """Return the level after hysteresis: rises at ``up``, falls below ``down``.

    >>> [clamp(o, v, (42.5, 46, 53), (41, 44, 49)) for o, v in ((0, 42.4), (1, 41))]
    [0, 1]
    """
    reached = sum(value >= threshold for threshold in up)
    kept = sum(value >= threshold for threshold in down)
    return min(max(old, reached), kept)


def circle(old, circle_low, policy=DEFAULTS):
    """Return the ungated circle 0..3 (outsider .. family).

    >>> circle(0, 80), circle(3, 48.9)
    (3, 2)
    """
    low = round(circle_low, 6)
    return clamp(old, low, policy.circle_up, policy.circle_down)


def band(old, index, policy=DEFAULTS):
    """Return the band 0..4 of an index; without an old one no margin applies.

    >>> band(None, 53.2), band(2, 53.2), band(3, 52.6), band(3, 52.4)
    (3, 2, 3, 2)
    """
    if old is None:
        return sum(index >= threshold for threshold in policy.bands)
    up = [threshold + policy.band_margin for threshold in policy.bands]
    down = [threshold - policy.band_margin for threshold in policy.bands]
    return clamp(old, index, up, down)


def surprise(k, n, a, b):
    """Return P(K >= k) for K ~ BetaBinomial(n, a, b): how unexpected k negatives are.

    >>> round(surprise(3, 4, 1, 9), 12)
    0.013986013986
    """
    p = math.prod((b + j) / (a + b + j) for j in range(n))
    below = 0.0
    for j in range(k):
        below += p
        p *= (n - j) * (a + j) / ((j + 1) * (b + n - j - 1))
    return 1.0 - below


def check_thresholds(values):
    """Tell whether thresholds rise strictly.

    >>> check_thresholds((1, 2, 3)), check_thresholds((1, 1))
    (True, False)
    """
    return all(low < high for low, high in pairwise(values))
