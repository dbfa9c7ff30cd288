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
from lifelines.statistics import multivariate_logrank_test
from numpy.testing import assert_allclose, assert_array_equal
from sksurv.compare import compare_survival

from components.engine.event_table import EventTable, event_table
from components.engine.limits import chisquare_p
from components.engine.logrank import comparable, logrank, pairwise_logrank, trend
from components.engine.multiplicity import adjusted

Grouped = Callable[[str, str], tuple[EventTable, list[str]]]
Frame = Callable[[str], pd.DataFrame]
REFERENCE = Path(__file__).parents[1] / "reference"
LOGRANK = pd.read_csv(REFERENCE / "logrank.csv")
# Unsorted: two deaths on day 3, two deaths and a censoring on day 5, a death alone on day 8, a censoring on day 9.
TIED = event_table([9, 3, 5, 3, 8, 5, 5, 12], [0, 1, 1, 1, 1, 0, 1, 0], [0, 1, 0, 0, 1, 1, 0, 1], 2)
Patient = tuple[int, bool, int]
patients = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 2)), min_size=2, max_size=40)


def counted(rows: list[Patient]) -> EventTable:
    day, event, code = zip(*rows, strict=True)
    return event_table(day, event, code, 3)


# By hand.


def test_sums_by_hand() -> None:
    # Day 3: 4 of the 8 at risk are of level 0; day 5: 3 of 6; day 8: 1 of 3.
    found = logrank(TIED)
    expected = 2 * 4 / 8 + 2 * 3 / 6 + 1 / 3
    variance = 2 * (1 / 4) * 6 / 7 + 2 * (1 / 4) * 4 / 5 + (1 / 3) * (2 / 3)
    assert found.observed.tolist() == [3, 2]
    assert_allclose(found.expected, [expected, 5 - expected], rtol=1e-15)
    assert_allclose(found.variance, [[variance, -variance], [-variance, variance]], rtol=1e-14)
    assert found.chisq == pytest.approx(140 / 331, rel=1e-13)
    assert found.df == 1
    assert found.p == pytest.approx(0.5154633850128229, rel=1e-12)
    assert found.reason == ""


def test_weights_by_hand() -> None:
    # Pooled survival just before the three days: 1, 3/4, 1/2.
    u, v = np.array([0, 1, -1 / 3]), np.array([3 / 7, 2 / 5, 2 / 9])
    before = np.array([1, 3 / 4, 1 / 2])
    for test, w in (
        (logrank(TIED, rho=1), before),
        (logrank(TIED, gamma=1), 1 - before),
        (logrank(TIED, rho=0.5, gamma=2), before**0.5 * (1 - before) ** 2),
        (logrank(TIED, weighting="gehan"), np.array([8, 6, 3])),
        (logrank(TIED, weighting="tarone-ware"), np.sqrt([8, 6, 3])),
    ):
        assert test.chisq == pytest.approx((w @ u) ** 2 / (w**2 @ v), rel=1e-12)


def test_strata_add_up_by_hand() -> None:
    # The second stratum: a death of level 1 on day 2 among three, two of them of level 1; then nobody to compare with.
    second = event_table([2, 4, 6], [1, 0, 1], [1, 0, 1], 2)
    found = logrank(TIED, second)
    assert found.chisq == pytest.approx((2 / 3 - 1 / 3) ** 2 / (331 / 315 + 2 / 9), rel=1e-12)
    assert_allclose(found.observed, [3, 4])


def test_trend_of_two_levels_is_the_logrank_test() -> None:
    found = trend(TIED)
    assert found.chisq == pytest.approx(140 / 331, rel=1e-13)
    assert found.z == pytest.approx(-sqrt(140 / 331), rel=1e-13)  # level 1 died less than expected
    assert found.p == pytest.approx(logrank(TIED).p, rel=1e-12)


# Nothing to test is a value.


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (event_table([], [], [], 2), "fewer than two levels"),
        (event_table([3, 5], [1, 0], [1, 1], 2), "fewer than two levels"),
        (event_table([3, 5], [0, 0], [0, 1], 2), "no events"),
        (event_table([3, 3], [1, 1], [0, 1], 2), "nothing to compare"),
        (event_table([3, 5], [0, 1], [0, 1], 2), "nothing to compare"),
    ],
)
def test_nothing_to_test_has_a_reason(table: EventTable, reason: str) -> None:
    for found in (
        logrank(table),
        logrank(table, rho=1),
        logrank(table, weighting="gehan"),
        pairwise_logrank(table)[0].test,
    ):
        assert np.isnan([found.chisq, found.p]).all()
        assert (found.df, found.reason) == (0, reason)
    assert np.isnan([trend(table).z, trend(table).chisq, trend(table).p]).all()
    assert trend(table).reason == reason


def test_a_level_gone_before_the_first_event_drops_out() -> None:
    with_leaver = event_table(
        [9, 3, 5, 3, 8, 5, 5, 12, 1, 2], [0, 1, 1, 1, 1, 0, 1, 0, 0, 0], [0, 1, 0, 0, 1, 1, 0, 1, 2, 2], 4
    )
    found = logrank(with_leaver)
    assert found.df == 1
    assert found.chisq == pytest.approx(140 / 331, rel=1e-12)
    assert_array_equal(found.expected[2:], [0, 0])


def test_levels_that_never_meet_lose_a_degree_of_freedom() -> None:
    a = event_table([1, 2, 3, 4], [1, 1, 1, 0], [0, 1, 0, 1], 4)
    b = event_table([1, 2, 3, 4], [1, 1, 1, 0], [2, 3, 2, 3], 4)
    found = logrank(a, b)
    assert found.df == 2
    assert found.chisq == pytest.approx(logrank(a).chisq + logrank(b).chisq, rel=1e-12)


def test_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        logrank()
    with pytest.raises(ValueError, match="unknown weighting 'peto'"):
        logrank(TIED, weighting="peto")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="must not be negative"):
        logrank(TIED, gamma=-1)
    with pytest.raises(ValueError, match="3 scores for 2 levels"):
        trend(TIED, scores=[1, 2, 3])


# Against R.

WEIGHTS: dict[str, dict[str, Any]] = {
    "logrank": {},
    "peto_rho1_survdiff": {"rho": 1},
    "fh_1_0": {"rho": 1},
    "fh_0_1": {"gamma": 1},
    "fh_1_1": {"rho": 1, "gamma": 1},
    "gehan_wilcoxon": {"weighting": "gehan"},
    "tarone_ware": {"weighting": "tarone-ware"},
}


@pytest.mark.parametrize("row", list(LOGRANK.itertuples()), ids=lambda r: f"{r.dataset} {r.group_var} {r.test}")
def test_agrees_with_r(row: Any, grouped: Grouped, frame: Frame) -> None:
    table, levels = grouped(row.dataset, row.group_var)
    if row.test == "stratified_logrank":
        data = frame(row.dataset)
        codes = pd.Categorical(data[row.group_var], levels).codes
        parts = [data[row.strata] == s for s in data[row.strata].dropna().unique()]
        found = logrank(*(event_table(data["time"][m], data["event"][m], codes[m], len(levels)) for m in parts))
    elif row.test == "trend_scores_1..k":
        # R scores the levels in the order of its factor, which for celltype is that of the trial's coding.
        order = ["squamous", "smallcell", "adeno", "large"] if row.group_var == "celltype" else levels
        of_trend = trend(table, scores=[1 + order.index(level) for level in levels])
        assert of_trend.chisq == pytest.approx(row.chisq, rel=1e-10)
        assert of_trend.p == pytest.approx(row.p, rel=1e-8)
        return
    else:
        found = logrank(table, **WEIGHTS[row.test])
    assert found.chisq == pytest.approx(row.chisq, rel=1e-10)
    assert found.df == row.df
    assert found.p == pytest.approx(row.p, rel=1e-8)


def test_observed_and_expected_agree_with_r(grouped: Grouped) -> None:
    rows = pd.read_csv(REFERENCE / "logrank_oe.csv", dtype={"group": str})
    for (dataset, variable), part in rows.groupby(["dataset", "group_var"]):
        table, levels = grouped(str(dataset), str(variable))
        found = logrank(table)
        k = [levels.index(label) for label in part["group"]]
        assert_array_equal(table.n[k], part["n"])
        assert_array_equal(found.observed[k], part["observed"])
        assert_allclose(found.expected[k], part["expected"], rtol=1e-12)


def test_many_patients_and_strata_agree_with_r() -> None:
    data = pd.read_csv(REFERENCE / "mgus2.csv")
    codes = (data["sex"] == "M").astype(int)

    def table(rows: pd.Series) -> EventTable:
        return event_table(data["day"][rows], data["event"][rows], codes[rows], 2)

    everyone, strata = table(data["day"] >= 0), [table(data["old"] == old) for old in (0, 1)]
    found = {
        "rho=0": logrank(everyone),
        "rho=0.5": logrank(everyone, rho=0.5),
        "strata old": logrank(*strata),
        "strata old rho=1": logrank(*strata, rho=1),
        "early leaver": logrank(TIED),
    }
    rows = pd.read_csv(REFERENCE / "survdiff.csv").set_index("test")
    assert set(rows.index) == set(found)
    for name, test in found.items():
        assert test.chisq == pytest.approx(rows.loc[name, "chisq"], rel=1e-10)
        assert test.df == rows.loc[name, "df"]
        assert test.p == pytest.approx(rows.loc[name, "p"], rel=1e-8)


def test_pairs_agree_with_r(grouped: Grouped) -> None:
    rows = pd.read_csv(REFERENCE / "pairwise_logrank.csv", dtype={"a": str, "b": str})
    for (dataset, variable), part in rows.groupby(["dataset", "group_var"]):
        table, levels = grouped(str(dataset), str(variable))
        pairs = pairwise_logrank(table)
        assert len(pairs) == len(levels) * (len(levels) - 1) // 2
        p = {frozenset((levels[pair.a], levels[pair.b])): pair.test.p for pair in pairs}
        mine = np.array([p[frozenset((a, b))] for a, b in zip(part["a"], part["b"], strict=True)])
        assert_allclose(mine, part["p"], rtol=1e-8)
        assert_allclose(adjusted(mine, "holm"), part["p_holm"], rtol=1e-8)
        assert_allclose(adjusted(mine, "benjamini-hochberg"), part["p_bh"], rtol=1e-8)
        assert_allclose(adjusted(mine, "bonferroni"), part["p_bonf"], rtol=1e-8)


def test_small_tails_agree_with_r() -> None:
    assert chisquare_p(51.0421313263037, 2) == pytest.approx(8.2478738565643e-12, rel=1e-8)


# Against other libraries, and properties.


@pytest.mark.parametrize(("dataset", "variable"), [("lung", "sex"), ("lung", "ph.ecog"), ("veteran", "celltype")])
def test_agrees_with_lifelines_and_scikit_survival(dataset: str, variable: str, grouped: Grouped, frame: Frame) -> None:
    table, levels = grouped(dataset, variable)
    data = frame(dataset).dropna(subset=[variable])
    found = logrank(table)
    theirs = multivariate_logrank_test(data["time"], data[variable], data["event"])
    assert found.chisq == pytest.approx(theirs.test_statistic, rel=1e-10)
    outcome = np.array(list(zip(data["event"], data["time"], strict=True)), dtype=[("e", bool), ("t", float)])
    codes = pd.Categorical(data[variable], levels).codes
    chisq, _, stats, variance = compare_survival(outcome, codes, return_stats=True)
    assert found.chisq == pytest.approx(chisq, rel=1e-10)
    assert_allclose(found.observed - found.expected, stats["statistic"], rtol=1e-9)
    assert_allclose(found.variance, variance, rtol=1e-9, atol=1e-12)


@given(patients)
def test_observed_and_expected_have_the_same_sum(rows: list[Patient]) -> None:
    found = logrank(counted(rows))
    assert found.expected.sum() == pytest.approx(sum(event for _, event, _ in rows))
    assert_allclose(found.variance.sum(axis=0), 0, atol=1e-12)


@given(patients, st.permutations(range(3)))
def test_the_names_of_the_levels_do_not_matter(rows: list[Patient], names: list[int]) -> None:
    once, renamed = logrank(counted(rows)), logrank(counted([(d, e, names[c]) for d, e, c in rows]))
    assert (once.df, once.reason) == (renamed.df, renamed.reason)
    assert_allclose(renamed.chisq, once.chisq, rtol=1e-8, atol=1e-10)
    assert_allclose(renamed.expected[names], once.expected, rtol=1e-12)


@given(patients)
def test_only_the_order_of_the_days_matters(rows: list[Patient]) -> None:
    once, stretched = logrank(counted(rows), rho=1), logrank(counted([(d**3, e, c) for d, e, c in rows]), rho=1)
    assert_allclose(stretched.chisq, once.chisq, rtol=1e-12)


@given(patients)
def test_a_stratum_that_compares_nobody_changes_nothing(rows: list[Patient]) -> None:
    alone, with_other = logrank(counted(rows)), logrank(counted(rows), event_table([3, 4], [1, 1], [1, 1], 3))
    if not alone.reason:
        assert_allclose(with_other.chisq, alone.chisq, rtol=1e-9, atol=1e-12)
        assert with_other.df == alone.df


@given(patients, st.floats(-50, 50), st.floats(0.1, 10))
def test_trend_does_not_depend_on_origin_and_unit_of_the_scores(rows: list[Patient], shift: float, unit: float) -> None:
    scores = np.array([1.0, 2, 4])
    once, moved = trend(counted(rows), scores=scores), trend(counted(rows), scores=shift + unit * scores)
    assert_allclose(moved.z, once.z, rtol=1e-7, atol=1e-7)


def test_levels_are_comparable_exactly_where_their_covariance_is_not_0() -> None:
    """Random small tables with ties: the connected parts of the covariance, and its rank as degrees of freedom."""
    rng = np.random.default_rng(4)
    seen = set()
    for _ in range(400):
        levels = int(rng.integers(2, 5))
        n = int(rng.integers(2, 9))
        table = event_table(rng.integers(0, 5, n), rng.random(n) < 0.7, rng.integers(0, levels, n), levels)
        together, test = comparable(table), logrank(table)
        reached = np.linalg.matrix_power((np.abs(test.variance) > 1e-12) | np.eye(levels, dtype=bool), levels) > 0
        assert (together == reached).all()
        parts = len(np.unique(together, axis=0))
        assert test.df == levels - parts
        assert (test.reason == "") == (parts < levels)
        seen.add((parts, test.reason))
    assert len(seen) > 5
