# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import trust_equation as te
from .common import worked_examples

masses = st.dictionaries(
    st.tuples(st.sampled_from(te.COMPONENTS), st.sampled_from(te.GROUPS)),
    st.floats(0, 1e9),
)
ages = st.floats(0, 1e5)


@tagged("post_install", "-at_install")
class TestTrustEquation(BaseCase):
    """The pure arithmetic: vectors and properties of SCORING section 3."""

    def test_doctests(self):
        self.assertEqual(doctest.testmod(te).failed, 0)

    def test_borrow_surprise_circle(self):
        """C4: the function vectors hold."""
        examples = worked_examples()
        for r, s, expected in examples["borrow"]["cases"]:
            self.assertAlmostEqual(te.borrow(r, s), expected, 9)
        for k, n, a, b, expected in examples["surprise"]["cases"]:
            self.assertAlmostEqual(te.surprise(k, n, a, b), expected, 9)
        for old, low, expected in examples["circle"]["cases"]:
            self.assertEqual(te.circle(old, low), expected)

    def test_neutral_at_any_age(self):
        """C4: neutral_age365, and neutral is 50 at every age (M6)."""
        expected = worked_examples()["neutral_age365"]["expect"]
        score = te.score({}, 365)
        for name, value in expected.items():
            self.assertAlmostEqual(getattr(score, name), value, 6, name)
        for age in (0, 10, 1000, 1e6):
            self.assertAlmostEqual(te.score({}, age).index, 50, 9)

    @settings(max_examples=300, deadline=None)
    @given(masses, ages)
    def test_bounded(self, mass, age):
        """M5: with a neutral prior the index stays within 12.22 .. 82.66."""
        score = te.score(mass, age)
        self.assertTrue(12.2 < score.index < 82.7)
        self.assertTrue(all(1 <= x <= 10 for x in score[:4]))
        self.assertTrue(math.isfinite(score.sd) and 0 <= score.confidence < 1)

    @settings(max_examples=300, deadline=None)
    @given(masses, ages, st.sampled_from(te.COMPONENTS), st.floats(0.01, 10))
    def test_monotone(self, mass, age, component, more):
        """M4: positive mass never lowers, negative never raises the index."""
        base = te.score(mass, age).index
        for group, sign in (("pos", 1), ("staff", 1), ("neg", -1)):
            key = (component, group)
            index = te.score({**mass, key: mass.get(key, 0) + more}, age).index
            self.assertGreaterEqual(sign * (index - base), -1e-9)

    @settings(max_examples=300, deadline=None)
    @given(
        st.dictionaries(
            st.tuples(st.sampled_from(te.COMPONENTS), st.just("staff")),
            st.floats(0, 1e12),
        ),
        ages,
    )
    def test_gaming_is_bounded(self, mass, age):
        """M7: staff's word alone keeps index < 62.2 and low < 53."""
        score = te.score(mass, age)
        self.assertLess(score.index, 62.2)
        self.assertLess(score.low, 53)

    def test_asymmetry(self):
        """M8: a broken promise costs more than a kept one gives."""
        self.assertAlmostEqual(te.score({("R", "pos"): 1}, 0).index - 50, 1.08, 2)
        self.assertAlmostEqual(te.score({("R", "neg"): 2}, 0).index - 50, -1.96, 2)

    @given(st.integers(0, 3), st.floats(0, 100))
    def test_clamp_is_idempotent(self, old, low):
        """M10: clamp(clamp(c, l), l) == clamp(c, l)."""
        once = te.circle(old, low)
        self.assertEqual(te.circle(once, low), once)
