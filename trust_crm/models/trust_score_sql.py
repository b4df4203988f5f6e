# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""The SQL twin of ``tools/trust_equation.py``, built once, used by fold and ageing.

Layers of sub-selects, each fenced by ``OFFSET 0``: without the fence PostgreSQL copies
an expression into every place that names it and computes ``exp()`` hundreds of times a
row. All numbers are float8; ``date_part`` is used because ``extract`` is numeric.
"""

import math

from odoo.tools import SQL

COMPONENTS = ("c", "r", "i", "o")
GROUPS = ("pos", "staff", "neg")
QUALITY = ("affective",)
COMPONENT_SUMS = tuple(f"x_{c}_{g}" for c in COMPONENTS for g in GROUPS)
QUALITY_SUMS = tuple(f"x_{q}_{g}" for q in QUALITY for g in GROUPS)
SUMS = COMPONENT_SUMS + QUALITY_SUMS
LENT = tuple("l" + name for name in COMPONENT_SUMS)
SCORES = (
    "credibility",
    "reliability",
    "intimacy",
    "self_orientation",
    "trust_ratio",
    "trust_index",
    "index_sd",
    "index_low",
    "circle_low",
    "confidence",
    "mass",
)

# What remains after so long counts as nothing; PostgreSQL raises on float8 underflow.
_FLOOR = 1e-200
EXPONENT = -460.0


def number(value):
    """Return a float8 literal, so that a plan sees a constant."""
    return SQL("%s::float8", float(value))


def name(*parts):
    return SQL.identifier(*parts)


def comma(terms):
    return SQL(", ").join(terms)


def layer(columns, source):
    """Return one fenced sub-select adding ``{column: SQL}`` to ``source``."""
    added = comma(SQL("%s AS %s", sql, name(col)) for col, sql in columns.items())
    return SQL("(SELECT s.*, %s FROM %s s OFFSET 0)", added, source)


def age_days(at, date):
    """Return the days between two timestamps, never negative."""
    return SQL(
        "greatest(0::float8, date_part('epoch', %s::timestamp - %s) / 86400)", at, date
    )


def remaining(days, half_life):
    """Return the share left after ``days``; may exceed 1 for negative days."""
    return SQL(
        "exp(greatest(%s, (%s) * %s))",
        number(EXPONENT),
        days,
        number(-math.log(2) / half_life),
    )


def decayed(column, factor):
    """Return a stored sum times its decay, or 0 when next to nothing is left."""
    return SQL(
        "CASE WHEN %(x)s < %(floor)s THEN 0::float8 ELSE %(x)s * %(factor)s END",
        x=column,
        floor=number(_FLOOR),
        factor=factor,
    )


def saturated(column, bound):
    return SQL("%(k)s * %(x)s / (%(k)s + %(x)s)", k=number(bound), x=column)


def _evidence(policy, prefix, parts):
    """Return ``{r_c, s_c, ...}`` from the sums named ``<prefix>x_<part>_<group>``."""
    columns = {}
    for part in parts:
        x = {g: name("s", f"{prefix}x_{part}_{g}") for g in GROUPS}
        columns[f"{prefix}r_{part}"] = SQL(
            "%s + %s",
            saturated(x["pos"], policy.saturation_positive),
            saturated(x["staff"], policy.saturation_staff),
        )
        columns[f"{prefix}s_{part}"] = saturated(x["neg"], policy.saturation_negative)
    return columns


def _borrowed(policy):
    """Return ``{mu_c ...}``: the prior mean lent by the lender's evidence."""
    columns = {}
    for c in COMPONENTS:
        columns[f"mu_{c}"] = SQL(
            "0.5::float8 + %(eta)s * %(n)s / (%(n)s + %(ref)s)"
            " * ((%(r)s + %(half)s) / (%(n)s + %(n0)s) - 0.5::float8)",
            eta=number(policy.transfer_share),
            ref=number(policy.transfer_mass),
            half=number(policy.prior_mass / 2),
            n0=number(policy.prior_mass),
            r=name("s", f"lr_{c}"),
            n=SQL("(%s + %s)", name("s", f"lr_{c}"), name("s", f"ls_{c}")),
        )
    return columns


def _posterior(policy, mean, suffix=""):
    """Return two layers ``{a, b}`` and ``{p, v}`` of the Beta posterior."""
    ab, pv = {}, {}
    for c in COMPONENTS:
        mu = mean(c)
        ab[f"a_{c}{suffix}"] = SQL(
            "s.%s + %s * %s", name(f"r_{c}"), number(policy.prior_mass), mu
        )
        ab[f"b_{c}{suffix}"] = SQL(
            "s.%s + %s * (1 - %s)", name(f"s_{c}"), number(policy.prior_mass), mu
        )
        a, b = name("s", f"a_{c}{suffix}"), name("s", f"b_{c}{suffix}")
        pv[f"p_{c}{suffix}"] = SQL("%(a)s / (%(a)s + %(b)s)", a=a, b=b)
        pv[f"v_{c}{suffix}"] = SQL(
            "%(a)s * %(b)s / ((%(a)s + %(b)s) * (%(a)s + %(b)s) * (%(a)s + %(b)s + 1))",
            a=a,
            b=b,
        )
    return ab, pv


def _ratio(suffix=""):
    """Return three layers: the weighted sum and S, the index, its deviation."""
    p = {c: name("s", f"p_{c}{suffix}") for c in COMPONENTS}
    v = {c: name("s", f"v_{c}{suffix}") for c in COMPONENTS}
    weighted, below = name("s", f"w{suffix}"), name("s", f"so{suffix}")
    first = {
        f"w{suffix}": SQL(
            "(1 + s.q) * (1 + 9 * %s) + (1 + 9 * %s) + (1 - s.q) * (1 + 9 * %s)",
            p["c"],
            p["r"],
            p["i"],
        ),
        f"so{suffix}": SQL("10 - 9 * %s", p["o"]),
    }
    second = {
        f"idx{suffix}": SQL("50 * log((%s / %s) / 0.3::float8)", weighted, below),
        f"dev{suffix}": SQL(
            "%(k)s * sqrt(81 * ((1 + s.q) * (1 + s.q) * %(vc)s + %(vr)s"
            " + (1 - s.q) * (1 - s.q) * %(vi)s) / (%(w)s * %(w)s)"
            " + 81 * %(vo)s / (%(so)s * %(so)s))",
            k=number(50 / math.log(10)),
            w=weighted,
            so=below,
            **{f"v{c}": v[c] for c in COMPONENTS},
        ),
    }
    return first, second


def _total():
    terms = (name("s", f"{side}_{c}") for c in COMPONENTS for side in ("r", "s"))
    return SQL(" + ").join(terms)


def _newness(policy):
    share = remaining(SQL("s.age"), policy.newness_half_life)
    return SQL(
        "%s * (2 * %s - 1)",
        number(policy.newness_strength),
        share,
    )


def weight_lines(weights, policy):
    """Return the rows (signal, part, negative, weight) of a policy's lines, for VALUES.

    :param weights: (signal id, part, weight); negative ones count by their multiple
    :param policy: :class:`trust_equation.Policy`
    """
    factor = policy.negative_multiplier
    return SQL(", ").join(
        SQL(
            "(%s::int, %s, %s, %s::float8)",
            signal,
            part,
            weight < 0,
            abs(weight) * (factor if weight < 0 else 1),
        )
        for signal, part, weight in weights
    )


def scored(source, policy, lending=False, quality=True):
    """Return a sub-select adding the SCORES columns to ``source``.

    :param source: SQL relation with the SUMS decayed to the time of evaluation, ``age``
        (days) and, when ``lending``, the LENT sums (lender's, decayed, own subtracted)
    :param policy: :class:`trust_equation.Policy`
    """
    evidence = _evidence(policy, "", COMPONENTS + (QUALITY if quality else ()))
    evidence["q"] = _newness(policy)
    if lending:
        evidence |= _evidence(policy, "l", COMPONENTS)
    sql = layer(evidence, source)
    sql = layer({"mass": _total(), **(_borrowed(policy) if lending else {})}, sql)
    half = number(0.5)
    neutral = _posterior(policy, lambda c: half, "_n" if lending else "")
    layers = [neutral]
    if lending:
        layers.append(_posterior(policy, lambda c: name("s", f"mu_{c}")))
    for step in zip(*layers, strict=True):
        sql = layer({k: v for part in step for k, v in part.items()}, sql)
    ratios = [_ratio("_n"), _ratio()] if lending else [_ratio()]
    for step in zip(*ratios, strict=True):
        sql = layer({k: v for part in step for k, v in part.items()}, sql)
    return layer(_result(policy, "_n" if lending else "", quality), sql)


def _result(policy, neutral, quality):
    columns = {
        "credibility": SQL("1 + 9 * s.p_c"),
        "reliability": SQL("1 + 9 * s.p_r"),
        "intimacy": SQL("1 + 9 * s.p_i"),
        "self_orientation": SQL("s.so"),
        "trust_ratio": SQL("s.w / s.so"),
        "trust_index": SQL("s.idx"),
        "index_sd": SQL("s.dev"),
        "index_low": SQL("s.idx - s.dev"),
        "circle_low": SQL(
            "round((s.%s - s.%s) * 1e6) / 1e6",
            name(f"idx{neutral}"),
            name(f"dev{neutral}"),
        ),
        "confidence": SQL("s.mass / (s.mass + %s)", number(policy.transfer_mass)),
    }
    if quality:
        columns["commitment_affective"] = SQL(
            "100 * (s.r_affective + %s) / (s.r_affective + s.s_affective + %s)",
            number(policy.prior_mass / 2),
            number(policy.prior_mass),
        )
    return columns


def reached(value, thresholds):
    """Return how many of the thresholds ``value`` reaches."""
    terms = (SQL("(%s >= %s)::int", value, number(t)) for t in thresholds)
    return SQL("(%s)", SQL(" + ").join(terms))


def clamp(old, value, up, down):
    """SQL twin of :func:`trust_equation.clamp`."""
    return SQL(
        "least(greatest(%s, %s), %s)", old, reached(value, up), reached(value, down)
    )
