from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from components.engine.event_table import EventTable, event_table
from components.engine.restricted_mean import restricted_mean, restricted_mean_comparison

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
    assert_allclose(found.upper - found.mean, 1.959963984540054 * found.std_err, rtol=1e-13)
    assert_allclose(found.lower + found.upper, 2 * found.mean, rtol=1e-14)


def test_between_two_days_only_the_area_grows() -> None:
    assert_allclose(restricted_mean(TIED, 6.5).mean, [3 + 1.5 + 0.75], rtol=1e-15)
    assert_allclose(restricted_mean(TIED, 2).mean, [2], rtol=1e-15)
    assert restricted_mean(TIED, 2).std_err.tolist() == [0]


def test_beyond_follow_up_it_is_not_estimable_unless_all_have_died() -> None:
    table = event_table([2, 4, 3, 4, 9], [1, 0, 1, 1, 0], [0, 0, 1, 1, 2], 4)
    found = restricted_mean(table, 5)
    assert_allclose(found.mean, [np.nan, 3.5, 5, np.nan])
    assert_allclose(found.std_err, [np.nan, 0.5 / sqrt(2), 0, np.nan])
    comparison = restricted_mean_comparison(found, 0, 2)
    assert np.isnan([comparison.difference.estimate, comparison.difference.p, comparison.ratio.estimate]).all()


def test_two_levels_without_an_event_have_no_p() -> None:
    comparison = restricted_mean_comparison(restricted_mean(event_table([9, 9], [0, 0], [0, 1], 2), 5), 0, 1)
    assert comparison.difference.estimate == 0
    assert np.isnan([comparison.difference.lower, comparison.difference.p, comparison.ratio_lost.estimate]).all()


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
    for row in expected.itertuples():
        k = levels.index(row.group)
        complete = row.max_followup_ge_tau == 1 or (table.level(k).events[-1, 0] and not table.level(k).censored[-1, 0])
        assert np.isnan(found.mean[k]) == (not complete)
        if complete:
            mine = (found.mean[k], found.std_err[k], found.lower[k], found.upper[k])
            assert_allclose(mine, (row.rmst, row.se, row.lower, row.upper), rtol=1e-10)


@pytest.mark.parametrize(("dataset", "variable", "tau"), keys("rmst_compare.csv"))
def test_comparisons_agree_with_survrm2(dataset: str, variable: str, tau: float, grouped: Grouped) -> None:
    table, levels = grouped(dataset, variable)
    means = restricted_mean(table, tau)
    expected = rows("rmst_compare.csv")
    expected = expected[
        (expected["dataset"] == dataset) & (expected["group_var"] == variable) & (expected["tau"] == tau)
    ]
    for row in expected.itertuples():
        found = restricted_mean_comparison(means, levels.index(row.arm1), levels.index(row.arm0))
        name = {"difference": "difference", "ratio_rmst": "ratio", "ratio_rmtl": "ratio_lost"}[str(row.measure)]
        mine = getattr(found, name)
        assert_allclose((mine.estimate, mine.lower, mine.upper), (row.estimate, row.lower, row.upper), rtol=1e-10)
        assert mine.p == pytest.approx(row.p, rel=1e-8)


def test_agrees_with_survfit(grouped: Grouped) -> None:
    expected = pd.read_csv(REFERENCE / "rmean_survfit.csv")
    veteran, levels = grouped("veteran", "celltype")
    for row in expected.itertuples():
        found = restricted_mean(TIED if row.dataset == "tied" else veteran, row.tau)
        k = 0 if row.dataset == "tied" else levels.index(str(row.group))
        assert_allclose((found.mean[k], found.std_err[k]), (row.rmean, row.se), rtol=1e-12)


def test_agrees_with_the_published_output_of_sas() -> None:
    data = pd.read_csv(REFERENCE / "camis_lung_trt.csv")
    means = restricted_mean(event_table(data["time"], data["event"], data["trt"] - 1, 2), 350)
    comparison = restricted_mean_comparison(means, 0, 1)
    assert means.mean.round(4).tolist() == [248.2156, 272.9520]
    assert means.std_err.round(4).tolist() == [9.2343, 11.9889]
    assert round(comparison.difference.estimate, 4) == -24.7364
    assert round(comparison.difference.std_err, 4) == 15.1330
    assert round((comparison.difference.estimate / comparison.difference.std_err) ** 2, 4) == 2.6719
    assert round(comparison.difference.p, 4) == 0.1021


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
    once = restricted_mean(event_table(*zip(*people, strict=True)), tau)
    often = restricted_mean(event_table(*zip(*people * m, strict=True)), tau)
    assert_allclose(often.mean, once.mean, rtol=1e-12)
    assert_allclose(often.std_err, once.std_err / sqrt(m), atol=1e-12)
