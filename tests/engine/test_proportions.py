from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from components.engine.proportions import proportion, risk_difference

REFERENCE = Path(__file__).parents[1] / "reference"


def test_agrees_with_r() -> None:
    rows = pd.read_csv(REFERENCE / "proportions.csv")
    wilson, exact = (proportion(rows["x1"], rows["n1"], i) for i in ("Wilson", "Clopper-Pearson"))
    assert_allclose(wilson.lower, rows["wilson_lower"], atol=1e-14)
    assert_allclose(wilson.upper, rows["wilson_upper"], atol=1e-14)
    assert_allclose(exact.lower, rows["exact_lower"], atol=1e-12)
    assert_allclose(exact.upper, rows["exact_upper"], atol=1e-12)
    found = risk_difference(rows["x1"], rows["n1"], rows["x0"], rows["n0"])
    assert_allclose(found.estimate, rows["difference"], atol=1e-15)
    assert_allclose(found.lower, rows["newcombe_lower"], atol=1e-14)
    assert_allclose(found.upper, rows["newcombe_upper"], atol=1e-14)


@pytest.mark.parametrize(
    ("a", "b", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_examples_newcombe_printed(a: tuple[int, int], b: tuple[int, int], lower: float, upper: float) -> None:
    found = risk_difference(*a, *b)
    assert (round(float(found.lower), 4), round(float(found.upper), 4)) == (lower, upper)


def test_none_and_all_of_n() -> None:
    exact = proportion([0, 20], 20, "Clopper-Pearson")
    assert exact.lower.tolist()[0] == 0
    assert exact.upper.tolist()[1] == 1
    assert_allclose(exact.upper[0], 1 - 0.025 ** (1 / 20), rtol=1e-12)
    assert_allclose(exact.lower[1], 0.025 ** (1 / 20), rtol=1e-12)
    wilson = proportion([0, 20], 20)
    assert (wilson.lower[0], wilson.upper[1]) == (0, 1)


@pytest.mark.parametrize("interval", ["Wilson", "Clopper-Pearson"])
def test_nobody_has_no_proportion(interval: str) -> None:
    found = proportion([0, 1], [0, 2], interval)  # type: ignore[arg-type]
    for values in (found.estimate, found.lower, found.upper):
        assert_array_equal(np.isnan(values), [True, False])
    assert np.isnan(risk_difference(0, 0, 1, 2).upper)


def test_refused() -> None:
    for count, n in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="count must lie between 0 and n"):
            proportion(count, n)
    with pytest.raises(ValueError, match="unknown interval 'Wald'"):
        proportion(1, 2, "Wald")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="level must lie between 0 and 1, not 95"):
        proportion(1, 2, "Clopper-Pearson", 95)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_limits_mirror_when_success_and_failure_change_places(counts: tuple[int, int]) -> None:
    x, n = counts
    for interval in ("Wilson", "Clopper-Pearson"):
        found, mirrored = (proportion(c, n, interval) for c in (x, n - x))
        assert_allclose(found.lower, 1 - mirrored.upper, atol=1e-12)
        assert found.lower <= found.estimate <= found.upper
    difference, opposite = risk_difference(x, n, 1, 3), risk_difference(1, 3, x, n)
    assert_allclose(difference.lower, -opposite.upper, atol=1e-15)
