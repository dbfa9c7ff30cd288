from __future__ import annotations

from math import inf, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import ArrayLike

from components.engine.descriptive import (
    distribution,
    distributions,
    mean_limits,
    standardized_difference,
    standardized_difference_levels,
)

REFERENCE = Path(__file__).parents[1] / "reference"
counts = st.lists(st.integers(0, 20), min_size=3, max_size=3)


@pytest.mark.parametrize("row", list(pd.read_csv(REFERENCE / "descriptives.csv").itertuples()), ids=lambda r: r.var)
def test_agrees_with_r(row: Any) -> None:
    found = distribution(pd.read_csv(REFERENCE / f"{row.dataset}.csv")[row.var])
    assert (found.n, found.missing) == (row.n, row.missing)
    assert_allclose((found.mean, found.sd), (row.mean, row.sd), rtol=1e-13)
    mine = (found.minimum, found.q1, found.median, found.q3, found.maximum)
    assert mine == (row.min, row.q1_type2, row.med_type2, row.q3_type2, row.max)


def fourths(values: ArrayLike) -> tuple[float, float, float, float, float]:
    found = distribution(values)
    return found.minimum, found.q1, found.median, found.q3, found.maximum


def test_quartiles_of_many_values_agree_with_r() -> None:
    rows = pd.read_csv(REFERENCE / "quantiles_type2.csv").set_index("p")
    creatinine = pd.read_csv(REFERENCE / "mgus2.csv")["creat"]
    assert fourths(creatinine) == tuple(rows["quantile"][p] for p in (0, 0.25, 0.5, 0.75, 1))
    assert distribution(creatinine).sd == pytest.approx(rows["sd"][0], rel=1e-13)


def test_quartiles_by_hand() -> None:
    # n p is whole for 4 values: the average of two neighbours; not for 5: the next value.
    assert fourths([4, 1, 3, 2]) == (1, 1.5, 2.5, 3.5, 4)
    assert fourths([5, 4, 1, 3, 2]) == (1, 2, 3, 4, 5)
    assert fourths([6, 5, 4, 1, 3, 2]) == (1, 2, 3.5, 5, 6)


def test_few_values() -> None:
    nobody = distribution([np.nan, np.nan])
    assert (nobody.n, nobody.missing) == (0, 2)
    assert np.isnan([nobody.mean, nobody.sd, nobody.median, nobody.maximum]).all()
    one = distribution([7])
    assert (one.n, one.mean, one.median, one.maximum) == (1, 7, 7, 7)
    assert np.isnan(one.sd)
    assert distribution([0.1, 0.1, 0.1]).sd == 0


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_quartiles_are_those_of_numpy(values: list[int]) -> None:
    expected = np.quantile(values, [0, 0.25, 0.5, 0.75, 1], method="averaged_inverted_cdf")
    assert_array_equal(fourths(values), expected)


def test_standardized_difference_by_hand() -> None:
    # Means 2 and 4, variances 1 and 4.
    assert apart([1, 2, 3, np.nan], [2, 4, 6]) == pytest.approx(-2 / sqrt(2.5), rel=1e-15)
    assert apart([3, 3], [3, 3, 3]) == 0
    assert apart([2, 2], [3, 3]) == -inf
    assert np.isnan(apart([1], [2, 3]))


def apart(one: list[float], other: list[float]) -> float:
    return standardized_difference(distribution(one), distribution(other))


def test_standardized_difference_of_two_levels_by_hand() -> None:
    assert standardized_difference_levels([3, 7], [5, 5]) == pytest.approx(0.2 / sqrt((0.21 + 0.25) / 2), rel=1e-12)
    assert standardized_difference_levels([0, 5], [0, 9]) == 0
    assert standardized_difference_levels([5, 0], [0, 9]) == inf
    assert np.isnan(standardized_difference_levels([0, 0], [1, 8]))


def test_standardized_difference_of_levels_by_hand() -> None:
    # Shares (.2, .3, .5) and (.4, .4, .2); the first two levels' covariance inverted by hand.
    a, b, c = (0.16 + 0.24) / 2, -(0.06 + 0.16) / 2, (0.21 + 0.24) / 2
    d = (-0.2, -0.1)
    square = (d[0] ** 2 * c - 2 * d[0] * d[1] * b + d[1] ** 2 * a) / (a * c - b * b)
    assert standardized_difference_levels([2, 3, 5], [4, 4, 2]) == pytest.approx(sqrt(square), rel=1e-12)


def test_levels_seen_in_neither_group_or_never_in_both() -> None:
    assert standardized_difference_levels([2, 3, 5, 0], [4, 4, 2, 0]) == pytest.approx(
        standardized_difference_levels([2, 3, 5], [4, 4, 2]), rel=1e-12
    )
    assert standardized_difference_levels([5, 0, 0], [0, 3, 3]) == inf
    assert standardized_difference_levels([5, 0], [9, 0]) == 0
    assert np.isnan(standardized_difference_levels([0, 0], [1, 2]))
    with pytest.raises(ValueError, match="2 levels against 3"):
        standardized_difference_levels([1, 2], [1, 2, 3])


@given(st.integers(0, 20), st.integers(1, 20), st.integers(1, 20), st.integers(0, 20))
def test_two_levels_are_the_binary_case(a: int, b: int, c: int, d: int) -> None:
    p, q = a / (a + b), c / (c + d)
    variance = (p * (1 - p) + q * (1 - q)) / 2
    binary = abs(p - q) / sqrt(variance) if variance else (0 if p == q else inf)
    assert standardized_difference_levels([a, b], [c, d]) == pytest.approx(binary, rel=1e-9, abs=1e-9)


@given(counts, counts, st.permutations(range(3)))
def test_names_of_levels_groups_and_sizes_do_not_matter(a: list[int], b: list[int], names: list[int]) -> None:
    found = standardized_difference_levels(a, b)
    renamed = standardized_difference_levels([b[i] for i in names], [3 * a[i] for i in names])
    assert_allclose(renamed, found, rtol=1e-8, atol=1e-8)


@given(st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(np.nan), min_size=4, max_size=4), min_size=1, max_size=9))
def test_many_columns_are_each_described_as_if_alone_in_any_order(rows: list[list[float]]) -> None:
    table = np.array(rows)
    together = distributions(table)
    assert repr(together) == repr(distributions(table[::-1]))
    for column, found in zip(table.T, together, strict=True):
        known = column[~np.isnan(column)]
        assert (found.n, found.missing) == (len(known), len(column) - len(known))
        if len(known):
            assert found.mean == pytest.approx(known.mean(), rel=1e-9, abs=1e-6)
            assert (found.minimum, found.maximum) == (known.min(), known.max())
            expected = np.quantile(known, (0.25, 0.5, 0.75), method="averaged_inverted_cdf")
            assert_allclose((found.q1, found.median, found.q3), expected, rtol=1e-12, atol=1e-9)
        if len(known) > 1:
            assert found.sd == pytest.approx(known.std(ddof=1), rel=1e-6, abs=1e-6)


def test_no_columns_and_no_rows() -> None:
    assert distributions(np.empty((3, 0))) == ()
    assert [found.n for found in distributions(np.empty((0, 2)))] == [0, 0]


@pytest.mark.parametrize("row", list(pd.read_csv(REFERENCE / "descriptives.csv").itertuples()), ids=lambda r: r.var)
def test_limits_of_the_mean_agree_with_r(row: pd.Series) -> None:
    found = mean_limits(distribution(pd.read_csv(REFERENCE / f"{row.dataset}.csv")[row.var]))
    assert_allclose(found, (row.ci_lo, row.ci_hi), rtol=1e-12)


def test_limits_of_the_mean_need_two_values() -> None:
    assert np.isnan(mean_limits(distribution([4.0]))).all()
    assert mean_limits(distribution([4.0, 4.0])) == (4, 4)
