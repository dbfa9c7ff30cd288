from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import beta

from components.engine.beta_product import BetaProductLimits, beta_product_limits
from components.engine.event_table import EventTable, event_table
from components.engine.kaplan_meier import kaplan_meier, median, survival_at
from components.engine.proportions import proportion

rows = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def limits(table: EventTable, level: float = 0.95) -> BetaProductLimits:
    return beta_product_limits(table.at_risk, table.events, table.n, level)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=60), st.sampled_from([0.9, 0.95, 0.99]))
def test_without_censoring_it_is_clopper_and_pearson(days: list[int], level: float) -> None:
    table = event_table(days, [True] * len(days))
    found = limits(table, level)
    alive = [sum(d > t for d in days) for t in [0, *table.times]]
    exact = proportion(alive, len(days), "Clopper-Pearson", level)
    assert_allclose(found.lower[:, 0], exact.lower, rtol=1e-9, atol=1e-12)
    assert_allclose(found.upper[:, 0], exact.upper, rtol=1e-9, atol=1e-12)
    assert_array_equal(found.lower_after, found.lower)


def test_without_an_event_the_lower_limit_depends_on_the_number_at_risk() -> None:
    found = limits(event_table([4, 4, 6] + [9] * 55, [False] * 58))
    # On a day those censored on it are still known to be alive; after it they are not.
    assert_allclose(found.lower[:, 0], [0.025 ** (1 / n) for n in (58, 58, 56, 55)], rtol=1e-12)
    assert_allclose(found.lower_after[:, 0], [0.025 ** (1 / n) for n in (58, 56, 55)] + [0], rtol=1e-12)
    assert found.upper[:, 0].tolist() == [1, 1, 1, 1]
    assert round(found.lower[0, 0], 3) == 0.938


def test_everybody_censored_on_the_day_that_is_asked_for() -> None:
    table = event_table([730] * 28, [False] * 28)
    for interval in ("beta product", "by events"):
        at = survival_at(kaplan_meier(table, interval), [0, 729, 730, 731])
        assert_allclose(at.lower[:, 0], [0.025 ** (1 / 28)] * 3 + [np.nan], rtol=1e-12)
        assert at.beta_product[:3, 0].all()
    # One of them dies on the day: 27 of 28 are known to live on.
    died = survival_at(kaplan_meier(event_table([730] * 28, [True] + [False] * 27), "by events"), 730)
    exact = proportion(27, 28, "Clopper-Pearson")
    assert_allclose([died.lower[0, 0], died.upper[0, 0]], [exact.lower, exact.upper], rtol=1e-9)


def test_between_two_days_the_lower_limit_counts_those_at_risk_after_the_first() -> None:
    at = survival_at(kaplan_meier(event_table([5] * 20 + [9] * 8, [False] * 28), "beta product"), [4, 5, 6, 9])
    assert_allclose(at.lower[:, 0], [0.025 ** (1 / n) for n in (28, 28, 8, 8)], rtol=1e-12)


def test_moments_of_the_product_by_hand() -> None:
    # Four at risk: event, censoring, event among two. Upper: Beta(4, 1) Beta(2, 1); lower: that times Beta(1, 1).
    found = limits(event_table([1, 2, 3, 5], [True, False, True, False]))

    def matched(mean: float, square: float) -> tuple[float, float]:
        size = mean * (1 - mean) / (square - mean**2) - 1
        return mean * size, (1 - mean) * size

    mean, square = 4 / 5 * 2 / 3, 4 / 6 * 2 / 4
    assert found.upper[3, 0] == pytest.approx(beta.ppf(0.975, *matched(mean, square)), rel=1e-10)
    assert (
        found.lower_after[3, 0]
        == found.lower[3, 0]
        == pytest.approx(beta.ppf(0.025, *matched(mean / 2, square / 3)), rel=1e-10)
    )


def test_many_patients_lose_no_digits() -> None:
    n = 1_000_000
    table = EventTable(np.array([1, 2]), np.array([[1000], [0]]), np.array([[0], [n - 1000]]))
    found = limits(table)
    exact = proportion(n - 1000, n, "Clopper-Pearson")
    assert found.lower[1, 0] == pytest.approx(float(exact.lower), abs=1e-13)
    assert found.upper[1, 0] == pytest.approx(float(exact.upper), abs=1e-13)


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
    assert_allclose(at.lower[3, 1], 0.025, rtol=1e-12)  # one at risk on the day


def test_by_events_it_is_the_beta_product_below_five_events_and_where_survival_is_one_or_zero() -> None:
    table = event_table(range(1, 9), [True] * 8)
    km, exact, smooth = (kaplan_meier(table, name) for name in ("by events", "beta product", "log-log"))
    assert km.beta_product[:, 0].tolist() == [True] * 4 + [False] * 3 + [True]
    few = km.beta_product[:, 0]
    assert_array_equal(km.lower[few], exact.lower[few])
    assert_array_equal(km.upper[few], exact.upper[few])
    assert_array_equal(km.lower[~few], smooth.lower[~few])
    assert_array_equal(km.upper[~few], smooth.upper[~few])
    assert km.lower[-1, 0] == 0
    assert km.upper[-1, 0] == pytest.approx(1 - 0.025 ** (1 / 8))
    assert km.beta_product_at_start.tolist() == [True]


@given(rows)
def test_limits_by_events_enclose_survival_and_fall_with_it(people: list[tuple[int, bool]]) -> None:
    day, event = zip(*people, strict=True)
    km = kaplan_meier(event_table(day, event), "by events")
    known = ~np.isnan(km.survival[:, 0])
    assert not np.isnan([km.lower[known], km.upper[known], km.lower_after[known]]).any()
    assert (km.lower_after[known] <= km.lower[known]).all()
    assert (km.lower[known] <= km.survival[known]).all()
    assert (km.survival[known] <= km.upper[known]).all()
    assert (km.upper[known] > km.lower[known]).all()


def test_median_by_events_inverts_the_limits() -> None:
    # Nobody has the event: the lower limit of survival passes one half only after the last day.
    none = median(kaplan_meier(event_table([900] * 28, [False] * 28), "by events"))
    assert (np.isnan(none.estimate[0, 0]), none.lower[0, 0], np.isnan(none.upper[0, 0])) == (True, 900, True)
    assert none.lower_beta_product.tolist() == none.upper_beta_product.tolist() == [[True]]
    # Five patients: 0.025 ** (1 / 5) = 0.48, so not even day 0 is certain.
    assert median(kaplan_meier(event_table([900] * 5, [False] * 5), "by events")).lower.tolist() == [[0]]
    # One of two levels is past five events, the other is not.
    two = event_table([*range(1, 13), 20, 20, 20], [True] * 12 + [True, False, False], [0] * 12 + [1] * 3, 2)
    found = median(kaplan_meier(two, "by events"))
    assert found.upper_beta_product.tolist() == [[False, True]]
    exact = kaplan_meier(two, "beta product")
    assert found.lower[0, 0] == two.times[(exact.lower[:, 0] <= 0.5).argmax()]


def test_a_level_is_a_probability() -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1, not 1"):
        limits(event_table([1], [True]), 1)
