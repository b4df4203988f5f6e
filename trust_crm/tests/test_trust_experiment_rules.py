# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import experiment as rules

CONTROL = [2.1, -1, 0.5, 3.2, 0, 1.1, -0.4, 2]
TREATED = [4, 1.5, 3.3, 2.8, 5.1, 0.9, 2.2, 3.7]
values = st.lists(
    st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=2, max_size=20
)
# Where an arm hardly varies, rounding is all there is.
varied = values.filter(lambda found: max(found) - min(found) > 1e-2)


@tagged("post_install", "-at_install")
class TestExperimentRules(BaseCase):
    """The mathematics of an experiment, apart from Odoo."""

    def test_doctests(self):
        """I6: the arithmetic is pure, and doctests prove it."""
        self.assertEqual(doctest.testmod(rules).failed, 0)

    def test_worked_example(self):
        """I6: Welch's comparison of the specification's example."""
        found = rules.compare(TREATED, CONTROL)
        self.assertAlmostEqual(found.mean_control, 0.9375, 9)
        self.assertAlmostEqual(found.mean_treated, 2.9375, 9)
        self.assertAlmostEqual(found.t, 2.8520803343, 9)
        self.assertAlmostEqual(found.df, 13.983705953, 8)
        self.assertAlmostEqual(found.p, 0.012809357682, 11)
        self.assertAlmostEqual(found.low, 0.495820, 6)
        self.assertAlmostEqual(found.high, 3.504180, 6)

    def test_size(self):
        """I6: 51 an arm for 5 points, 142 for 3, fixed before."""
        self.assertEqual(rules.size(5, 9), 51)
        self.assertEqual(rules.size(3, 9), 142)

    @settings(deadline=None)
    @given(varied, varied)
    def test_swapping_the_arms_turns_the_sign(self, one, other):
        """I6: who is called treated changes nothing but the sign."""
        there, back = rules.compare(one, other), rules.compare(other, one)
        self.assertAlmostEqual(there.difference, -back.difference, 9)
        self.assertAlmostEqual(there.low, -back.high, 6)
        self.assertAlmostEqual(there.p, back.p, 9)

    @settings(deadline=None)
    @given(varied, varied, st.floats(-50, 50))
    def test_a_shift_of_both_changes_nothing(self, one, other, shift):
        """I6: only differences count."""
        plain = rules.compare(one, other)
        moved = rules.compare([x + shift for x in one], [x + shift for x in other])
        self.assertAlmostEqual(plain.difference, moved.difference, 6)
        self.assertAlmostEqual(plain.low, moved.low, 4)
        self.assertAlmostEqual(plain.high, moved.high, 4)

    @settings(deadline=None)
    @given(varied, varied)
    def test_the_interval_says_what_p_says(self, one, other):
        """I6: zero lies outside the interval exactly when p is below .05."""
        found = rules.compare(one, other)
        self.assertLessEqual(found.low, found.difference)
        self.assertGreaterEqual(found.high, found.difference)
        if abs(found.p - 0.05) > 1e-6:
            outside = rules.verdict(found.low, found.high) != "none"
            self.assertEqual(outside, found.p < 0.05)

    @settings(deadline=None)
    @given(st.integers(1, 10**6))
    def test_the_lot_is_fair_and_stays(self, experiment):
        """I6: near one half in each arm (6 sigma), the same when drawn again."""
        drawn = [rules.arm(experiment, unit) for unit in range(2000)]
        treated = drawn.count(rules.TREATED)
        self.assertLess(abs(treated - 1000), 6 * math.sqrt(500))
        self.assertEqual(drawn[:50], [rules.arm(experiment, u) for u in range(50)])

    @settings(deadline=None)
    @given(st.integers(1, 10**6), st.sets(st.integers(1, 10**6), max_size=60))
    def test_both_arms_hold_the_size(self, experiment, units):
        """I6: both arms hold the size, whatever order the units come in."""
        count = len(units) // 2
        drawn = rules.assign(experiment, units, count)
        self.assertEqual(drawn, rules.assign(experiment, sorted(units), count))
        held = list(drawn.values())
        self.assertEqual(held.count(rules.TREATED), count)
        self.assertEqual(held.count(rules.CONTROL), count)

    def test_no_variance(self):
        """I6: two arms without any variance are compared, not divided by zero."""
        self.assertEqual(rules.compare([1, 1], [1, 1])[2:], (0, 0, 0, 0, 2, 1))
