# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""What the scores must be, computed from plain rows by the pure equation alone."""

from collections import defaultdict
from typing import NamedTuple

from ..models.trust_score_sql import COMPONENT_SUMS
from ..tools import trust_equation as te

KEYS = {c: (c.split("_")[1].upper(), c.split("_")[2]) for c in COMPONENT_SUMS}
DAY = 86400


class Fact(NamedTuple):
    """One live fact about ``partner``, told by the test itself."""

    partner: int
    signal: str
    date: object
    magnitude: float
    voice: str
    user: int | None = None


def weights_of(policy):
    """Return ``{code: [(component, weight)]}`` of a policy."""
    result = defaultdict(list)
    for line in policy.line_ids:
        if line.part in te.COMPONENTS and line.weight:
            result[line.signal_id.code].append((line.part, line.weight))
    return result


def fold(facts, at, weights, policy=te.DEFAULTS):
    """Return (masses, age in days) of ``facts`` at ``at``."""
    masses, first = defaultdict(float), None
    for fact in facts:
        if fact.date > at:
            continue
        days = (at - fact.date).total_seconds() / DAY
        for part, weight in weights[fact.signal]:
            key = part, te.group_of(weight, fact.voice)
            masses[key] += te.mass(weight, fact.magnitude, days, policy)
            first = min(first or fact.date, fact.date)
    return masses, (at - first).total_seconds() / DAY if first else 0.0


def rest(total, own):
    """Return the masses that are left to lend without one's own."""
    return {key: max(0.0, mass - own.get(key, 0.0)) for key, mass in total.items()}


def differences(row, masses, score, neutral=None, close=1e-9):
    """Return what a relationship or bond has other than it must have.

    :param neutral: the score with the neutral prior, on which circles stand
    """
    expected = {
        "trust_index": score.index,
        "index_sd": score.sd,
        "index_low": score.low,
        "confidence": score.confidence,
        "mass": score.N,
    }
    expected |= {column: masses.get(key, 0.0) for column, key in KEYS.items()}
    if neutral:
        expected |= {
            "credibility": score.C,
            "reliability": score.R,
            "intimacy": score.I,
            "self_orientation": score.S,
            "trust_ratio": score.T,
        }
    wrong = {
        name: (row[name], value)
        for name, value in expected.items()
        if abs(row[name] - value) > close
    }
    if neutral and abs(row["circle_low"] - neutral.low) > 6e-7:
        wrong["circle_low"] = row["circle_low"], neutral.low
    return wrong
