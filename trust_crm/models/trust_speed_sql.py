# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""How fast a score may move as its evidence fades: the index's speed and its bounds.

Symbols and proof: ``trust_stillness_sql.py`` and docs/decisions/0015-still-scores.md.
"""

import math

from odoo.tools import SQL

from . import trust_score_sql as score_sql
from .trust_score_sql import COMPONENTS, layer, name, number

POINTS = 50 / math.log(10)  # index points per unit of a logarithm
SLOWEST = 0.5  # the largest k * tau
_NOTHING = "1e-30::float8"  # moves nothing, and its square would underflow


class Speeds:
    """How fast a score may move under one policy, as SQL; per unit of tau."""

    COLUMNS = ("g0", "g2", "g_low", "g_affective")

    def __init__(self, levels, lending):
        """:param levels: :class:`LevelPlan`"""
        self.levels, self.policy, self.lending = levels, levels.policy, lending
        self.neutral = "_n" if lending else ""
        policy, eta = levels.policy, levels.policy.transfer_share
        self.ageing = policy.half_life / policy.newness_half_life
        newness = 2 * policy.newness_strength * self.ageing
        self.newness = newness / (1 - policy.newness_strength)
        # How fast w or S may change, relatively; then what a term adds to that.
        slope = 0.52 + (3.375 * eta / (1 + 1.6875 * eta) if lending else 0)
        self.k_base = slope + 2 * self.newness + self.ageing
        self.k = (5 if lending else 3) + self.k_base
        low = 5.1 + 4 * self.newness + self.ageing
        self.growth_low = math.exp(SLOWEST * low / self.k)

    def speeds(self, source):
        """Return scored ``source`` with COLUMNS."""
        sql = layer(self._fading(), source)
        sql = layer(self._component_speeds(), sql)
        return layer(self._speeds(), sql)

    def _fading(self):
        """Return how fast each part's evidence fades, and the masses it rests on."""
        columns = {
            "dq": SQL(
                "%s * (s.q + %s)",
                number(self.ageing),
                number(self.policy.newness_strength),
            )
        }
        for part in (*COMPONENTS, *score_sql.QUALITY):
            columns |= self._fade("", part)
        for c in COMPONENTS:
            columns[f"n_{c}"] = SQL("s.a_%s + s.b_%s", SQL(c), SQL(c))
            if self.lending:
                columns |= self._fade("l", c)
                n = SQL("(s.lr_%s + s.ls_%s)", SQL(c), SQL(c))
                columns[f"lu_{c}"] = SQL("1 / (%s + %s)", n, self._mass("transfer"))
                columns[f"lv_{c}"] = SQL("1 / (%s + %s)", n, self._mass("prior"))
        return columns

    def _mass(self, kind):
        return number(getattr(self.policy, f"{kind}_mass"))

    def _fade(self, prefix, part):
        """Return ``dr`` and ``ds`` of a part; our staff's share saturates by itself."""
        policy, r, s = self.policy, f"{prefix}r_{part}", f"{prefix}s_{part}"
        staff = score_sql.saturated(
            name("s", f"{prefix}x_{part}_staff"), policy.saturation_staff
        )
        return {
            f"{prefix}dr_{part}": SQL(
                "(s.%(r)s - %(staff)s) * (1 - (s.%(r)s - %(staff)s) / %(positive)s)"
                " + %(staff)s * (1 - %(staff)s / %(most)s)",
                r=name(r),
                staff=staff,
                positive=number(policy.saturation_positive),
                most=number(policy.saturation_staff),
            ),
            f"{prefix}ds_{part}": SQL(
                "s.%(s)s * (1 - s.%(s)s / %(negative)s)",
                s=name(s),
                negative=number(policy.saturation_negative),
            ),
        }

    def _component_speeds(self):
        """Return per component the speed of its mean, signed and gross."""
        columns = {}
        for c in COMPONENTS:
            given = {"c": SQL(c)}
            up = SQL("s.ds_%(c)s * s.a_%(c)s / (s.n_%(c)s * s.n_%(c)s)", **given)
            down = SQL("s.dr_%(c)s * s.b_%(c)s / (s.n_%(c)s * s.n_%(c)s)", **given)
            net, gross = SQL("%s - %s", up, down), SQL("%s + %s", up, down)
            if self.lending:
                lent, lent_gross = self._prior_speeds(c)
                net, gross = (
                    SQL("%s + %s", net, lent),
                    SQL("%s + %s", gross, lent_gross),
                )
            fading = SQL("(s.dr_%(c)s + s.ds_%(c)s) / s.n_%(c)s", **given)
            columns |= {f"v1_{c}": net, f"g_{c}": gross, f"f_{c}": fading}
        r, s = (
            SQL("(s.%s_affective + %s)", SQL(side), number(self.policy.prior_mass / 2))
            for side in ("r", "s")
        )
        columns["g_affective"] = SQL(
            "(s.ds_affective * %(r)s + s.dr_affective * %(s)s)"
            " / ((%(r)s + %(s)s) * (%(r)s + %(s)s))",
            r=r,
            s=s,
        )
        return columns

    def _prior_speeds(self, c):
        """Return the speed of the borrowed prior within the mean, signed and gross.

        The gross one counts 5/3: these terms change by up to 5 where others do by 3.
        """
        given = {
            "c": SQL(c),
            "nothing": SQL(_NOTHING),
            "scale": number(self.policy.transfer_share * self.policy.prior_mass),
            "half": number(self.policy.prior_mass / 2),
            "ref": self._mass("transfer"),
        }
        signed = SQL(
            """CASE WHEN s.lr_%(c)s + s.ls_%(c)s < %(nothing)s THEN 0::float8 ELSE
            %(scale)s / s.n_%(c)s * s.lv_%(c)s * s.lu_%(c)s * (
                (s.lr_%(c)s + s.ls_%(c)s) * s.lv_%(c)s
                * (s.lds_%(c)s * (s.lr_%(c)s + %(half)s)
                   - s.ldr_%(c)s * (s.ls_%(c)s + %(half)s))
                - (s.ldr_%(c)s + s.lds_%(c)s) * %(ref)s * s.lu_%(c)s
                * (s.lr_%(c)s - s.ls_%(c)s) / 2) END""",
            **given,
        )
        gross = SQL(
            """%(scale)s * 5 / 3 / s.n_%(c)s * (s.ldr_%(c)s + s.lds_%(c)s) * s.lu_%(c)s
            * (%(ref)s * s.lu_%(c)s / 2 + (s.lr_%(c)s + s.ls_%(c)s) * s.lv_%(c)s)""",
            **given,
        )
        return signed, gross

    def _speeds(self):
        """Return the index's speed, the size of its change, and circle_low's speed."""
        shape = (
            "9 * ((1 + s.q) * s.{0}_c + s.{0}_r + (1 - s.q) * s.{0}_i) / s.w{1}"
            " + 9 * s.{0}_o / s.so{1}"
        )
        ageing = "s.dq * 9 * (s.p_c{0} - s.p_i{0}) / s.w{0}"
        g0 = SQL("(%s - %s)", SQL(shape.format("v1", "")), SQL(ageing.format("")))
        share = SQL("s.dq / %s", number(1 - self.policy.newness_strength))
        return {
            "g0": SQL(
                "CASE WHEN abs(%(g)s) < %(n)s THEN 0 ELSE %(g)s END",
                g=g0,
                n=SQL(_NOTHING),
            ),
            "g2": SQL(
                "%s * %s * ((%s) * (1 + %s / %s) + abs(%s))",
                number(math.exp(SLOWEST) / 2),
                self._change(),
                SQL(shape.format("g", "")),
                share,
                number(self.k_base),
                SQL(ageing.format("")),
            ),
            "g_low": self._low_speed(
                SQL(shape.format("f", self.neutral)),
                SQL(ageing.format(self.neutral)),
                share,
            ),
        }

    def _change(self):
        """Return ``k`` of this row: less where evidence is small beside the prior."""
        heaviest = SQL("greatest(s.n_c, s.n_r, s.n_i, s.n_o)")
        filled = SQL("2 * (1 - %s / %s)", self._mass("prior"), heaviest)
        if self.lending:
            return SQL("(greatest(3, 2 + %s) + %s)", filled, number(self.k_base))
        return SQL("(1 + %s + %s)", filled, number(self.k_base))

    def _low_speed(self, gross, ageing, share):
        """Return a bound of circle_low's speed: the neutral index's and its range's."""
        whole = SQL(
            "((%s) * (1 + %s * %s) + abs(%s))",
            gross,
            share,
            number(SLOWEST / self.k),
            ageing,
        )
        fading = (SQL("s.dr_%s + s.ds_%s", SQL(c), SQL(c)) for c in COMPONENTS)
        return SQL(
            "%(grow)s * (%(points)s * %(w)s + s.%(dev)s * (%(w)s + %(share)s"
            " + least(1::float8, %(unrest)s * greatest(%(fading)s))))",
            grow=number(self.growth_low),
            points=number(POINTS),
            w=whole,
            dev=name(f"dev{self.neutral}"),
            share=share,
            unrest=number(1.5 / self.policy.prior_mass),
            fading=score_sql.comma(fading),
        )
