from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from components.engine.event_table import event_table
from components.engine.follow_up import follow_up
from components.engine.kaplan_meier import median, quantiles, survival_at

REFERENCE = Path(__file__).parents[1] / "reference"
# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
TIED = event_table([9, 3, 5, 3, 8, 5, 5, 12], [0, 1, 1, 1, 1, 0, 1, 0])


def test_by_hand_in_both_orders_of_a_tied_day() -> None:
    # Day 5: one of the 6 still followed leaves; with the deaths first, one of 4. Day 9: one of 2. Day 12: the last.
    r, prodlim = follow_up(TIED), follow_up(TIED, "prodlim")
    assert_allclose(r.survival[:, 0], [1, 5 / 6, 5 / 6, 5 / 12, 0], rtol=1e-15)
    assert_allclose(prodlim.survival[:, 0], [1, 3 / 4, 3 / 4, 3 / 8, 0], rtol=1e-15)
    assert r.events[:, 0].tolist() == [0, 1, 0, 1, 1]
    assert r.censored[:, 0].tolist() == [2, 2, 1, 0, 0]


def test_not_reached_when_most_died_under_observation() -> None:
    assert_array_equal(median(follow_up(event_table([3, 4, 5], [1, 1, 1]))).estimate, [[np.nan]])


def test_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown convention 'SAS'"):
        follow_up(TIED, "SAS")  # type: ignore[arg-type]


@pytest.mark.parametrize("dataset", ["tied", "mgus2"])
def test_agrees_with_survfit_and_prodlim(dataset: str) -> None:
    if dataset == "mgus2":
        data = pd.read_csv(REFERENCE / "mgus2.csv")
        table = event_table(data["day"], data["event"])
    else:
        table = TIED
    rows = pd.read_csv(REFERENCE / "follow_up.csv")
    rows = rows[rows["dataset"] == dataset]
    found = quantiles(follow_up(table), (0.25, 0.5, 0.75), "R")
    for kind, mine in (("quantile", found.estimate), ("lower", found.lower), ("upper", found.upper)):
        assert_array_equal(mine[:, 0], rows[rows["kind"] == kind]["value"])
    curve = rows[rows["kind"] == "curve"]
    found_curve = survival_at(follow_up(table, "prodlim"), curve["at"]).survival[:, 0]
    assert_allclose(found_curve, curve["value"], rtol=0, atol=1e-12)


def test_the_order_of_tied_days_changes_the_median() -> None:
    data = pd.read_csv(REFERENCE / "mgus2.csv")
    table = event_table(data["day"], data["event"])
    assert median(follow_up(table)).estimate.tolist() == [[185]]
    assert median(follow_up(table, "prodlim")).estimate.tolist() == [[184]]


def test_median_follow_up_of_lung() -> None:
    data = pd.read_csv(REFERENCE / "lung.csv")
    found = median(follow_up(event_table(data["time"], data["status"] == 2)))
    rows = pd.read_csv(REFERENCE / "median_followup.csv")
    expected = rows[(rows["dataset"] == "lung") & (rows["method"] == "survfit(1-event)")].iloc[0]
    assert (found.estimate[0, 0], found.lower[0, 0], found.upper[0, 0]) == tuple(expected[["median", "lower", "upper"]])


@given(st.lists(st.integers(1, 12), min_size=1, max_size=40))
def test_without_deaths_it_is_the_empirical_follow_up(days: list[int]) -> None:
    for ties in ("R", "prodlim"):
        km = follow_up(event_table(days, [False] * len(days)), ties)
        assert_allclose(km.survival[:, 0], [np.mean(np.array(days) > t) for t in km.times], atol=1e-14)
