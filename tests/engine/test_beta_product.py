from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import beta

from components.engine.beta_product import beta_product_limits
from components.engine.event_table import EventTable, event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.engine.proportions import proportion


def limits(table: EventTable, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    return beta_product_limits(table.at_risk, table.events, table.n, level)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=60), st.sampled_from([0.9, 0.95, 0.99]))
def test_without_censoring_it_is_clopper_and_pearson(days: list[int], level: float) -> None:
    table = event_table(days, [True] * len(days))
    lower, upper = limits(table, level)
    alive = [sum(d > t for d in days) for t in [0, *table.times]]
    exact = proportion(alive, len(days), "Clopper-Pearson", level)
    assert_allclose(lower[:, 0], exact.lower, rtol=1e-9, atol=1e-12)
    assert_allclose(upper[:, 0], exact.upper, rtol=1e-9, atol=1e-12)


def test_without_an_event_the_lower_limit_depends_on_the_number_at_risk() -> None:
    lower, upper = limits(event_table([4, 4, 6] + [9] * 55, [False] * 58))
    assert_allclose(lower[:, 0], [0.025 ** (1 / n) for n in (58, 56, 55)] + [0], rtol=1e-12)
    assert upper[:, 0].tolist() == [1, 1, 1, 1]
    assert round(lower[0, 0], 3) == 0.938


def test_moments_of_the_product_by_hand() -> None:
    # Four at risk: event, censoring, event among two. Upper: Beta(4, 1) Beta(2, 1); lower: that times Beta(1, 1).
    lower, upper = limits(event_table([1, 2, 3, 5], [True, False, True, False]))

    def matched(mean: float, square: float) -> tuple[float, float]:
        size = mean * (1 - mean) / (square - mean**2) - 1
        return mean * size, (1 - mean) * size

    mean, square = 4 / 5 * 2 / 3, 4 / 6 * 2 / 4
    assert upper[3, 0] == pytest.approx(beta.ppf(0.975, *matched(mean, square)), rel=1e-10)
    assert lower[3, 0] == pytest.approx(beta.ppf(0.025, *matched(mean / 2, square / 3)), rel=1e-10)


def test_many_patients_lose_no_digits() -> None:
    n = 1_000_000
    table = EventTable(np.array([1, 2]), np.array([[1000], [0]]), np.array([[0], [n - 1000]]))
    lower, upper = limits(table)
    exact = proportion(n - 1000, n, "Clopper-Pearson")
    assert lower[1, 0] == pytest.approx(float(exact.lower), abs=1e-13)
    assert upper[1, 0] == pytest.approx(float(exact.upper), abs=1e-13)


def test_coverage_where_the_log_log_interval_fails() -> None:
    # 20 patients, true survival 0.98 at day 365, uniform censoring on (200, 1000).
    generator, covered, runs = np.random.default_rng(7), {"beta product": 0, "log-log": 0}, 400
    for _ in range(runs):
        death = np.ceil(generator.exponential(-365 / np.log(0.98), 20))
        lost = generator.integers(200, 1000, 20)
        table = event_table(np.minimum(death, lost), death <= lost)
        for interval in covered:
            at = survival_at(kaplan_meier(table, interval), 365)  # type: ignore[arg-type]
            covered[interval] += bool(at.lower[0, 0] <= 0.98 <= at.upper[0, 0])
    assert covered["beta product"] / runs >= 0.95
    assert covered["log-log"] / runs < 0.6


def test_as_an_interval_of_kaplan_meier() -> None:
    table = event_table([2, 4, 3, 9], [True, False, False, False], [0, 0, 1, 1], 3)
    km = kaplan_meier(table, "beta product")
    at = survival_at(km, [0, 2, 4, 9, 10])
    assert_allclose(at.lower[0], [0.025**0.5, 0.025**0.5, np.nan], rtol=1e-12)
    assert_array_equal(at.upper[0], [1, 1, np.nan])
    assert_allclose(at.upper[1, 0], 0.975**0.5, rtol=1e-12)  # Beta(2, 1)
    assert_array_equal(np.isnan(at.lower), [[False, False, True]] * 3 + [[True, False, True], [True, True, True]])
    assert at.lower[3, 1] == 0


def test_a_level_is_a_probability() -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1, not 1"):
        limits(event_table([1], [True]), 1)
