from __future__ import annotations

import numpy as np
import pytest

from components.engine.rates import poisson_limits


def test_limits_are_half_the_chi_square_quantiles() -> None:
    # qchisq(0.025, 2 x) / 2 and qchisq(0.975, 2 x + 2) / 2, Garwood's own form of the interval
    lower, upper = poisson_limits([0, 1, 10, 121])
    assert lower == pytest.approx([0.0, 0.02531780798428991, 4.795388696132434, 100.40259156274138], rel=1e-12)
    expected = [3.688879454113936, 5.571643390938898, 18.390356042017775, 144.57955985143417]
    assert upper == pytest.approx(expected, rel=1e-12)


def test_without_an_event_the_upper_limit_is_minus_the_logarithm_of_the_tail() -> None:
    assert poisson_limits(0, 0.9)[1] == pytest.approx(-np.log(0.05), rel=1e-12)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        poisson_limits([-1])
    with pytest.raises(ValueError, match="level"):
        poisson_limits([1], 1.0)
