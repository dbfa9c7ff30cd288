from __future__ import annotations

from math import log

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from components.engine.limits import chisquare_p, normal_p, normal_quantile, probability_limits


def test_normal_quantile_and_tails() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054, rel=1e-14)
    assert normal_quantile(0.9) == pytest.approx(1.6448536269514722, rel=1e-14)
    assert normal_p(0) == 1
    assert normal_p(-1.959963984540054) == pytest.approx(0.05, rel=1e-13)
    assert normal_p(20) == pytest.approx(5.507248237212467e-89, rel=1e-12)
    assert chisquare_p(2 * log(20), 2) == pytest.approx(0.05, rel=1e-13)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_probability(level: float) -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        normal_quantile(level)


def test_log_log_limits_are_complements_of_the_transformation() -> None:
    p, se = np.array([0.2, 0.9]), np.array([0.1, 0.05])
    lower, upper = probability_limits(p, se, "log-log", 0.95)
    centre = np.log(-np.log(p))
    half = normal_quantile(0.95) * se / (p * -np.log(p))
    assert_allclose(np.log(-np.log(lower)), centre + half, rtol=1e-13)
    assert_allclose(np.log(-np.log(upper)), centre - half, rtol=1e-13)


@pytest.mark.parametrize("interval", ["log-log", "log", "plain"])
def test_there_are_no_limits_at_zero_and_one(interval: str) -> None:
    """With a standard error of 0 they would claim that nothing else can be."""
    p, se = np.array([1.0, 0.0, np.nan]), np.array([0.0, np.nan, np.nan])
    for limit in probability_limits(p, se, interval, 0.95):  # type: ignore[arg-type]
        assert_array_equal(limit, [np.nan, np.nan, np.nan])


def test_limits_stay_probabilities() -> None:
    p, se = np.array([0.05, 0.95]), np.array([0.2, 0.2])
    assert_array_equal(probability_limits(p, se, "plain", 0.95)[0] >= 0, [True, True])
    assert probability_limits(p, se, "plain", 0.95)[0][0] == 0
    assert probability_limits(p, se, "log", 0.95)[1][1] == 1
