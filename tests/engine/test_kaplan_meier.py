from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from numpy.testing import assert_allclose, assert_array_equal
from sksurv.nonparametric import kaplan_meier_estimator

from components.engine.event_table import EventTable, event_table
from components.engine.kaplan_meier import (
    KaplanMeier,
    QuantileRule,
    SurvivalInterval,
    kaplan_meier,
    median,
    numbers_at_risk,
    quantiles,
    survival_at,
)

Grouped = Callable[[str, str], tuple[EventTable, list[str]]]
REFERENCE = Path(__file__).parents[1] / "reference"
INTERVALS: tuple[Literal["log-log", "log", "plain"], ...] = ("log-log", "log", "plain")
# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
TIED = event_table([9, 3, 5, 3, 8, 5, 5, 12], [0, 1, 1, 1, 1, 0, 1, 0])
patients = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 2)), min_size=1, max_size=40)


def reference(name: str) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / name, dtype={"group": str, "group_var": str})
    rows["group_var"] = rows["group_var"].fillna("ALL")
    return rows[rows["conf_type"].isin(INTERVALS)]


def groups(name: str) -> list[tuple[str, str, str]]:
    keys = reference(name)[["dataset", "group_var", "conf_type"]].drop_duplicates()
    return list(keys.itertuples(index=False, name=None))


# By hand.


def test_survival_and_greenwood_by_hand() -> None:
    km = kaplan_meier(TIED)
    assert km.times.tolist() == [3, 5, 8, 9, 12]
    assert_allclose(km.survival[:, 0], [3 / 4, 1 / 2, 1 / 3, 1 / 3, 1 / 3], rtol=1e-15)
    assert_allclose(km.std_err[:, 0] ** 2, [3 / 128, 1 / 32, 7 / 216, 7 / 216, 7 / 216], rtol=1e-14)
    assert km.n.tolist() == [8]
    assert km.last.tolist() == [12]


def test_limits_by_hand() -> None:
    z, se = 1.959963984540054, sqrt(1 / 32)
    at = {interval: survival_at(kaplan_meier(TIED, interval), 5) for interval in INTERVALS}
    spread = z * se / (0.5 * log(2))
    assert_allclose(at["log-log"].lower, [[0.5 ** exp(spread)]], rtol=1e-14)
    assert_allclose(at["log-log"].upper, [[0.5 ** exp(-spread)]], rtol=1e-14)
    assert_allclose(at["log"].lower, [[0.5 * exp(-z * se / 0.5)]], rtol=1e-14)
    assert_allclose(at["log"].upper, [[0.5 * exp(z * se / 0.5)]], rtol=1e-14)
    assert_allclose(at["plain"].lower, [[0.5 - z * se]], rtol=1e-14)
    assert_allclose(at["plain"].upper, [[0.5 + z * se]], rtol=1e-14)


def test_survival_between_and_before_the_days() -> None:
    at = survival_at(kaplan_meier(TIED), [0, 2.9, 3, 4, 5, 7, 8, 12])
    assert_allclose(at.survival[:, 0], [1, 1, 0.75, 0.75, 0.5, 0.5, 1 / 3, 1 / 3], rtol=1e-15)
    assert at.std_err[:2, 0].tolist() == [0, 0]


def test_nothing_is_carried_beyond_a_levels_follow_up() -> None:
    table = event_table([2, 4, 3, 9], [1, 0, 1, 0], [0, 0, 1, 1], 2)
    km = kaplan_meier(table)
    assert km.last.tolist() == [4, 9]
    assert_array_equal(km.survival[:, 0], [0.5, 0.5, 0.5, np.nan])
    at = survival_at(km, [4, 4.5, 9, 10])
    assert_array_equal(at.survival, [[0.5, 0.5], [np.nan, 0.5], [np.nan, 0.5], [np.nan, np.nan]])
    assert np.isnan([at.std_err[1, 0], at.lower[1, 0], at.upper[1, 0]]).all()
    assert not np.isnan([at.lower[0, 0], at.lower[2, 1]]).any()


def test_a_curve_that_reached_zero_stays_there() -> None:
    km = kaplan_meier(event_table([2, 4, 9], [1, 1, 0], [0, 0, 1], 2))
    at = survival_at(km, [4, 8, 100])
    assert at.survival[:, 0].tolist() == [0, 0, 0]
    assert np.isnan(at.std_err[:, 0]).all()
    assert np.isnan(at.lower[:, 0]).all()


@pytest.mark.parametrize("interval", INTERVALS)
def test_no_interval_without_an_event(interval: str) -> None:
    """As in SAS. R prints 1 to 1 for log and plain, which would say that survival is certain."""
    km = kaplan_meier(event_table([5, 7], [0, 0]), interval)  # type: ignore[arg-type]
    assert km.survival[:, 0].tolist() == [1, 1]
    for found in (km.lower, km.upper, survival_at(km, [0, 5]).lower, survival_at(km, [0, 5]).upper):
        assert np.isnan(found).all()


def test_an_empty_level_has_no_survival() -> None:
    km = kaplan_meier(event_table([5, 7], [1, 0], [0, 0], 2))
    assert np.isnan(km.survival[:, 1]).all()
    assert np.isnan(survival_at(km, [0, 5]).survival[:, 1]).all()
    assert np.isnan(median(km).estimate[0, 1])


def test_nobody() -> None:
    km = kaplan_meier(event_table([], [], [], 2))
    assert survival_at(km, [0, 5]).survival.shape == (2, 2)
    assert np.isnan(survival_at(km, [0, 5]).survival).all()
    assert_array_equal(median(km).estimate, [[np.nan, np.nan]])
    assert numbers_at_risk(event_table([], [], [], 2), [0, 5]).at_risk.tolist() == [[0, 0], [0, 0]]


def test_quantiles_by_hand() -> None:
    both: tuple[QuantileRule, QuantileRule] = ("SAS", "R")
    for rule in both:
        found = quantiles(kaplan_meier(TIED), (0.2, 0.25, 0.5, 0.6, 0.7), rule)
        assert_array_equal(found.estimate[:, 0], [3, (3 + 5) / 2, (5 + 8) / 2, 8, np.nan])


def test_a_curve_that_ends_on_the_quantile() -> None:
    km = kaplan_meier(TIED)  # ends on 1/3, followed to day 12
    assert_array_equal(quantiles(km, (2 / 3,), "SAS").estimate, [[np.nan]])
    assert_array_equal(quantiles(km, (2 / 3,), "R").estimate, [[(8 + 12) / 2]])


@pytest.mark.parametrize(("n", "half"), [(24, 0.5000000000000001), (12, 0.4999999999999999)])
def test_half_missed_by_rounding_is_still_half(n: int, half: float) -> None:
    km = kaplan_meier(event_table(range(1, n + 1), [True] * n))
    assert km.survival[n // 2 - 1, 0] == half
    assert median(km).estimate.tolist() == [[n / 2 + 0.5]]


def test_camis_example_where_sas_and_r_differ() -> None:
    km = kaplan_meier(event_table([54, 61, 67, 81, 87, 88, 95, 100, 110, 118], [1] * 5 + [0] * 5))
    assert_array_equal(median(km).estimate, [[np.nan]])
    assert_array_equal(median(km, "R").estimate, [[102.5]])
    assert_array_equal(survival_at(km, [118, 120]).survival[:, 0] > 0.49, [True, False])


@pytest.mark.parametrize("p", [0, 1, -0.1])
def test_a_quantile_outside_the_curve_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        quantiles(kaplan_meier(TIED), (p,))


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown interval 'logit'"):
        kaplan_meier(TIED, "logit")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown convention 'SAS'"):
        numbers_at_risk(TIED, [0], "SAS")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="level must lie between 0 and 1, not 95"):
        kaplan_meier(TIED, level=95)


def test_numbers_at_risk_by_hand() -> None:
    days = [0, 3, 5, 8.5, 12, 20]
    found = numbers_at_risk(TIED, days)
    assert found.at_risk[:, 0].tolist() == [8, 8, 6, 2, 1, 0]
    assert found.events[:, 0].tolist() == [0, 2, 4, 5, 5, 5]
    assert found.censored[:, 0].tolist() == [0, 0, 1, 1, 3, 3]
    assert found.interval_events[:, 0].tolist() == [0, 2, 2, 1, 0, 0]
    assert found.interval_censored[:, 0].tolist() == [0, 0, 1, 0, 2, 0]
    after = numbers_at_risk(TIED, days, "KMunicate")
    assert after.at_risk[:, 0].tolist() == [8, 6, 3, 2, 0, 0]
    assert after.events.tolist() == found.events.tolist()


def test_days_of_the_table_must_ascend() -> None:
    with pytest.raises(ValueError, match="days must ascend"):
        numbers_at_risk(TIED, [5, 5])


# Against R.


@pytest.mark.parametrize("dataset", ["tied", "veteran"])
@pytest.mark.parametrize("interval", INTERVALS)
def test_every_step_agrees_with_r(dataset: str, interval: str, grouped: Grouped) -> None:
    table, levels = (TIED, ["ALL"]) if dataset == "tied" else grouped("veteran", "celltype")
    km = kaplan_meier(table, interval)  # type: ignore[arg-type]
    rows = pd.read_csv(REFERENCE / "km_steps.csv")
    rows = rows[(rows["dataset"] == dataset) & (rows["interval"] == interval)]
    t, k = np.searchsorted(km.times, rows["day"]), rows["group"].map(levels.index).to_numpy()
    assert len(rows) == (table.events + table.censored > 0).sum()
    for name in ("survival", "std_err", "lower", "upper"):
        expected = rows[{"survival": "surv"}.get(name, name)]
        assert_allclose(getattr(km, name)[t, k], expected, rtol=0, atol=1e-12, err_msg=name)
    for name, column in (("at_risk", "n_risk"), ("events", "n_event"), ("censored", "n_censor")):
        assert_array_equal(getattr(km, name)[t, k], rows[column])


@pytest.mark.parametrize(("dataset", "variable", "interval"), groups("km_times.csv"))
def test_survival_at_fixed_times_agrees_with_r(dataset: str, variable: str, interval: str, grouped: Grouped) -> None:
    table, levels = grouped(dataset, variable)
    km = kaplan_meier(table, interval)  # type: ignore[arg-type]
    rows = reference("km_times.csv")
    rows = rows[(rows["dataset"] == dataset) & (rows["group_var"] == variable) & (rows["conf_type"] == interval)]
    for label, part in rows.groupby("group"):
        k = levels.index(str(label))
        at = survival_at(km, part["time"])
        counted = numbers_at_risk(table, part["time"])
        assert_array_equal(counted.at_risk[:, k], part["n_risk"])
        assert_array_equal(counted.events[:, k], part["cum_event"])
        assert_array_equal(counted.censored[:, k], part["cum_censor"])
        estimable = part["sas_not_estimable"].to_numpy() == 0
        assert_array_equal(np.isnan(at.survival[:, k]), ~estimable)
        inside = estimable & (part["surv"] > 0).to_numpy() & (part["surv"] < 1).to_numpy()
        assert_allclose(at.survival[estimable, k], part["surv"][estimable], rtol=0, atol=1e-12)
        for name in ("std_err", "lower", "upper"):
            assert_allclose(getattr(at, name)[inside, k], part[name][inside], rtol=0, atol=1e-10)


@pytest.mark.parametrize(("dataset", "variable", "interval"), groups("km_quantiles.csv"))
def test_quantiles_agree_with_r_and_sas(dataset: str, variable: str, interval: str, grouped: Grouped) -> None:
    table, levels = grouped(dataset, variable)
    km = kaplan_meier(table, interval)  # type: ignore[arg-type]
    rows = reference("km_quantiles.csv")
    rows = rows[(rows["dataset"] == dataset) & (rows["group_var"] == variable) & (rows["conf_type"] == interval)]
    for label, part in rows.groupby("group"):
        k = levels.index(str(label))
        r, sas = quantiles(km, tuple(part["prob"]), "R"), quantiles(km, tuple(part["prob"]), "SAS")
        assert_array_equal(r.estimate[:, k], part["estimate"])
        assert_array_equal(sas.estimate[:, k], part["sas_estimate"])
        assert_array_equal(r.lower[:, k], part["lower"])
        assert_array_equal(r.upper[:, k], part["upper"])


# Against other libraries, and properties.


@pytest.mark.parametrize("variable", ["sex", "ph.ecog"])
def test_limits_agree_with_lifelines_and_scikit_survival(
    variable: str, frame: Callable[[str], pd.DataFrame], grouped: Grouped
) -> None:
    data = frame("lung")
    table, levels = grouped("lung", variable)
    km = kaplan_meier(table)
    for k, label in enumerate(levels):
        mine = data[data[variable] == label]
        times, survival = kaplan_meier_estimator(mine["event"].to_numpy(), mine["time"].to_numpy())
        found = survival_at(km, times)
        assert_allclose(found.survival[:, k], survival, atol=1e-12)
        limits = KaplanMeierFitter().fit(mine["time"], mine["event"]).confidence_interval_survival_function_
        inside = (survival > 0) & (survival < 1)
        assert_allclose(found.lower[inside, k], limits.loc[times].to_numpy()[inside, 0], atol=1e-12)
        assert_allclose(found.upper[inside, k], limits.loc[times].to_numpy()[inside, 1], atol=1e-12)


def counted(rows: list[tuple[int, bool, int]]) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, 3)


def curves(rows: list[tuple[int, bool, int]]) -> KaplanMeier:
    return kaplan_meier(counted(rows))


@given(patients)
def test_without_censoring_it_is_the_empirical_survival(rows: list[tuple[int, bool, int]]) -> None:
    km = curves([(day, True, code) for day, _, code in rows])
    for k in range(3):
        mine = np.array([day for day, _, code in rows if code == k])
        expected = [np.mean(mine > t) if len(mine) else np.nan for t in km.times]
        assert_allclose(km.survival[:, k], expected, atol=1e-14)
        binomial = np.sqrt(np.array(expected) * (1 - np.array(expected)) / max(len(mine), 1))
        alive = km.survival[:, k] > 0
        assert_allclose(km.std_err[alive, k], binomial[alive], atol=1e-14)


@given(patients, st.integers(2, 5))
def test_every_patient_copied_m_times(rows: list[tuple[int, bool, int]], m: int) -> None:
    once, often = curves(rows), curves(rows * m)
    assert_allclose(often.survival, once.survival, atol=1e-14)
    assert_allclose(often.std_err, once.std_err / sqrt(m), atol=1e-14)


@given(patients)
def test_a_level_does_not_depend_on_the_others(rows: list[tuple[int, bool, int]]) -> None:
    together = curves(rows)
    for k in range(3):
        mine = [(day, event, 0) for day, event, code in rows if code == k]
        if mine:
            alone = curves(mine)
            for name in ("survival", "std_err", "lower", "upper"):
                joint = getattr(survival_at(together, alone.times), name)[:, k]
                assert_allclose(joint, getattr(alone, name)[:, 0], atol=1e-14)
            for mine_found, found in zip(
                (median(alone, "R").estimate, median(alone, "R").lower, median(alone, "R").upper),
                (median(together, "R").estimate, median(together, "R").lower, median(together, "R").upper),
                strict=True,
            ):
                assert_array_equal(found[:, k], mine_found[:, 0])


@given(patients)
def test_estimate_lies_between_its_limits(rows: list[tuple[int, bool, int]]) -> None:
    intervals: tuple[SurvivalInterval, ...] = (*INTERVALS, "beta product")
    for interval in intervals:
        km = kaplan_meier(counted(rows), interval)
        known = ~np.isnan(km.lower)
        assert (km.lower[known] <= km.survival[known] + 1e-12).all()
        assert (km.survival[known] <= km.upper[known] + 1e-12).all()
        assert (km.lower[known] >= 0).all()
        assert (km.upper[known] <= 1).all()


@given(patients)
def test_at_risk_events_and_censored_add_up_to_n(rows: list[tuple[int, bool, int]]) -> None:
    table = counted(rows)
    days = [0, 3, 6.5, 12, 20]
    after = numbers_at_risk(table, days, "KMunicate")
    assert_array_equal(after.at_risk + after.events + after.censored, np.tile(table.n, (5, 1)))
    assert_array_equal(after.interval_events.sum(axis=0), table.events.sum(axis=0))
    at = numbers_at_risk(table, days, "R")
    for i, day in enumerate(days):
        for k in range(3):
            assert at.at_risk[i, k] == sum(d >= day for d, _, code in rows if code == k)
