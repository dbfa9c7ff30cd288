from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import beta, norm

from components.engine.event_table import EventTable, event_table
from components.engine.restricted_mean import restricted_mean, restricted_mean_difference

Grouped = Callable[[str, str], tuple[EventTable, list[str]]]
REFERENCE = Path(__file__).parents[1] / "reference"
# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
TIED = event_table([9, 3, 5, 3, 8, 5, 5, 12], [0, 1, 1, 1, 1, 0, 1, 0])
patients = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=40)


def rows(name: str) -> pd.DataFrame:
    found = pd.read_csv(REFERENCE / name, dtype={"group": str, "group_var": str, "arm1": str, "arm0": str})
    found["group_var"] = found["group_var"].fillna("ALL")
    return found


def keys(name: str) -> list[tuple[str, str, float]]:
    found = rows(name)[["dataset", "group_var", "tau"]].drop_duplicates()
    return list(found.itertuples(index=False, name=None))


def test_area_and_variance_by_hand() -> None:
    # S is 1 to day 3, 3/4 to day 5, 1/2 to day 8 and 1/3 to day 12.
    found = restricted_mean(TIED, 12)
    assert_allclose(found.mean, [3 + 2 * 3 / 4 + 3 / 2 + 4 / 3], rtol=1e-15)
    areas = (2 * 3 / 4 + 3 / 2 + 4 / 3, 3 / 2 + 4 / 3, 4 / 3)
    variance = areas[0] ** 2 * 2 / (8 * 6) + areas[1] ** 2 * 2 / (6 * 4) + areas[2] ** 2 * 1 / (3 * 2)
    assert_allclose(found.std_err, [sqrt(variance)], rtol=1e-14)
    odds = found.mean / (12 - found.mean) * np.exp(1.959963984540054 * sqrt(variance) * np.array([-1, 1]) * 12
                                                   / (found.mean * (12 - found.mean)))  # fmt: skip
    assert_allclose(np.append(found.lower, found.upper), 12 * odds / (1 + odds), rtol=1e-13)
    assert found.beta_product.tolist() == [False]


def test_between_two_days_only_the_area_grows() -> None:
    assert_allclose(restricted_mean(TIED, 6.5).mean, [3 + 1.5 + 0.75], rtol=1e-15)
    assert_allclose(restricted_mean(TIED, 2).mean, [2], rtol=1e-15)
    assert restricted_mean(TIED, 2).std_err.tolist() == [0]


def test_beyond_follow_up_it_is_not_estimable_unless_all_have_died() -> None:
    table = event_table([2, 4, 3, 4, 9], [1, 0, 1, 1, 0], [0, 0, 1, 1, 2], 4)
    found = restricted_mean(table, 5)
    assert_allclose(found.mean, [np.nan, 3.5, 5, np.nan])
    assert_allclose(found.std_err, [np.nan, 0.5 / sqrt(2), 0, np.nan])
    difference = restricted_mean_difference(table, found, 0, 2)
    assert np.isnan([difference.estimate, difference.lower, difference.upper, difference.std_err, difference.p]).all()


def test_few_events_have_the_areas_under_the_limits_of_the_beta_product() -> None:
    # One of ten dies on day 4, the others are followed to day 10: Clopper and Pearson, 10 of 10 and 9 of 10.
    table = event_table([4] + [10] * 9, [1] + [0] * 9)
    found = restricted_mean(table, 10)
    assert found.beta_product.tolist() == [True]
    assert_allclose(found.mean, [9.4])
    assert_allclose(found.lower, [4 * 0.025**0.1 + 6 * beta.ppf(0.025, 9, 2)], rtol=1e-12)
    assert_allclose(found.upper, [4 + 6 * beta.ppf(0.975, 10, 1)], rtol=1e-12)


def test_all_on_one_day_leave_no_interval_of_width_zero() -> None:
    found = restricted_mean(event_table([5] * 8, [1] * 8), 10)
    assert_allclose((found.mean, found.std_err), [[5], [0]])
    assert 0 < found.lower[0] < 5 < found.upper[0] < 10


def test_difference_by_hand() -> None:
    # Two of four die on days 2 and 4 in one level, nobody of four in the other; all others are followed to day 8.
    table = event_table([2, 4, 8, 8, 8, 8, 8, 8], [1, 1, 0, 0, 0, 0, 0, 0], [0] * 4 + [1] * 4, 2)
    means = restricted_mean(table, 8)
    found = restricted_mean_difference(table, means, 0, 1)
    assert found.estimate == pytest.approx(2 + 2 * 0.75 + 4 * 0.5 - 8)
    # Pooled: S is 7/8 from day 2 and 3/4 from day 4; hazards over those staying 1/7 and 1/6.
    after_2, after_4 = 2 * 7 / 8 + 4 * 3 / 4, 4 * 3 / 4
    variance = after_2**2 / 7 * (1 / 4 + 1 / 4) + after_4**2 / 6 * (1 / 3 + 1 / 4)
    assert found.std_err == pytest.approx(sqrt(variance))
    assert found.p == pytest.approx(2 * norm.sf(abs(found.estimate) / sqrt(variance)))
    assert found.lower == pytest.approx(
        found.estimate - np.hypot(means.mean[0] - means.lower[0], means.upper[1] - means.mean[1])
    )
    assert found.upper == pytest.approx(
        found.estimate + np.hypot(means.upper[0] - means.mean[0], means.mean[1] - means.lower[1])
    )
    back = restricted_mean_difference(table, means, 1, 0)
    assert_allclose((back.estimate, back.lower, back.upper, back.p),
                    (-found.estimate, -found.upper, -found.lower, found.p))  # fmt: skip


def test_two_levels_without_an_event_have_limits_and_no_p() -> None:
    table = event_table([9, 9], [0, 0], [0, 1], 2)
    difference = restricted_mean_difference(table, restricted_mean(table, 5), 0, 1)
    assert difference.estimate == 0
    assert (difference.lower, difference.upper) == pytest.approx((-5 * 0.975, 5 * 0.975))
    assert np.isnan(difference.p)


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 1)), min_size=1, max_size=40),
       st.integers(1, 12))  # fmt: skip
def test_limits_stay_within_nothing_and_tau(people: list[tuple[int, bool, int]], tau: int) -> None:
    day, event, code = zip(*people, strict=True)
    table = event_table(day, event, code, 2)
    found = restricted_mean(table, tau)
    known = ~np.isnan(found.mean)
    assert not np.isnan([found.lower[known], found.upper[known]]).any()
    assert (found.lower[known] >= 0).all()
    assert (found.lower[known] <= found.mean[known] + 1e-9).all()
    assert (found.mean[known] <= found.upper[known] + 1e-9).all()
    assert (found.upper[known] <= tau + 1e-9).all()
    difference = restricted_mean_difference(table, found, 0, 1)
    if known.all():
        assert -tau - 1e-9 <= difference.lower <= difference.estimate + 1e-9
        assert difference.estimate - 1e-9 <= difference.upper <= tau + 1e-9


@pytest.mark.parametrize("tau", [0, -1, np.nan])
def test_tau_is_positive(tau: float) -> None:
    with pytest.raises(ValueError, match="tau must be positive"):
        restricted_mean(TIED, tau)


@pytest.mark.parametrize(("dataset", "variable", "tau"), keys("rmst.csv"))
def test_means_agree_with_survrm2(dataset: str, variable: str, tau: float, grouped: Grouped) -> None:
    table, levels = grouped(dataset, variable)
    found = restricted_mean(table, tau)
    expected = rows("rmst.csv")
    expected = expected[
        (expected["dataset"] == dataset) & (expected["group_var"] == variable) & (expected["tau"] == tau)
    ]
    row: Any
    for row in expected.itertuples():
        k = levels.index(row.group)
        complete = row.max_followup_ge_tau == 1 or (table.level(k).events[-1, 0] and not table.level(k).censored[-1, 0])
        assert np.isnan(found.mean[k]) == (not complete)
        if complete:
            assert_allclose((found.mean[k], found.std_err[k]), (row.rmst, row.se), rtol=1e-10)


@pytest.mark.parametrize(("dataset", "variable", "tau"), keys("rmst_compare.csv"))
def test_differences_agree_with_survrm2(dataset: str, variable: str, tau: float, grouped: Grouped) -> None:
    table, levels = grouped(dataset, variable)
    means = restricted_mean(table, tau)
    expected = rows("rmst_compare.csv")
    expected = expected[
        (expected["dataset"] == dataset) & (expected["group_var"] == variable) & (expected["tau"] == tau)
    ]
    row: Any
    for row in expected[expected["measure"] == "difference"].itertuples():
        a, b = levels.index(row.arm1), levels.index(row.arm0)
        found = restricted_mean_difference(table, means, a, b)
        assert found.estimate == pytest.approx(row.estimate, rel=1e-10)
        half = (row.upper - row.lower) / 2 / 1.959963984540054
        assert np.hypot(means.std_err[a], means.std_err[b]) == pytest.approx(half, rel=1e-10)
        # With many events our limits come near theirs, which are normal on the mean itself.
        if min(table.events[table.times <= tau][:, [a, b]].sum(axis=0)) >= 30:
            assert_allclose((found.lower, found.upper), (row.lower, row.upper), atol=0.35 * half)
            assert found.p == pytest.approx(row.p, abs=0.02)


def test_agrees_with_survfit(grouped: Grouped) -> None:
    expected = pd.read_csv(REFERENCE / "rmean_survfit.csv")
    veteran, levels = grouped("veteran", "celltype")
    row: Any
    for row in expected.itertuples():
        found = restricted_mean(TIED if row.dataset == "tied" else veteran, row.tau)
        k = 0 if row.dataset == "tied" else levels.index(str(row.group))
        assert_allclose((found.mean[k], found.std_err[k]), (row.rmean, row.se), rtol=1e-12)


def test_agrees_with_the_published_output_of_sas() -> None:
    data = pd.read_csv(REFERENCE / "camis_lung_trt.csv")
    means = restricted_mean(event_table(data["time"], data["event"], data["trt"] - 1, 2), 350)
    assert means.mean.round(4).tolist() == [248.2156, 272.9520]
    assert means.std_err.round(4).tolist() == [9.2343, 11.9889]
    assert round(means.mean[0] - means.mean[1], 4) == -24.7364
    std_err = np.hypot(*means.std_err)
    assert round(std_err, 4) == 15.1330
    assert round(((means.mean[0] - means.mean[1]) / std_err) ** 2, 4) == 2.6719


@given(patients, st.integers(1, 12))
def test_without_censoring_it_is_the_mean_of_the_shorter_of_life_and_tau(
    people: list[tuple[int, bool]], tau: int
) -> None:
    lived = np.minimum([day for day, _ in people], tau)
    found = restricted_mean(event_table([day for day, _ in people], [True] * len(people)), tau)
    assert_allclose(found.mean, [lived.mean()], rtol=1e-12)
    assert_allclose(found.std_err, [lived.std() / sqrt(len(people))], atol=1e-12)


@given(patients, st.integers(1, 12), st.integers(2, 4))
def test_every_patient_copied_m_times(people: list[tuple[int, bool]], tau: int, m: int) -> None:
    once, often = (
        restricted_mean(event_table([day for day, _ in rows], [event for _, event in rows]), tau)
        for rows in (people, people * m)
    )
    assert_allclose(often.mean, once.mean, rtol=1e-12)
    assert_allclose(often.std_err, once.std_err / sqrt(m), atol=1e-12)
