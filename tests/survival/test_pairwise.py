"""Pairs of groups against R on veteran, by hand on six patients, and where there is nothing to test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.engine.event_table import event_table
from components.engine.logrank import logrank, trend
from components.survival.analysis import survival
from components.survival.pairwise import WEIGHTS, pairs
from components.survival.pairwise_panel import pairs_panel
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.variables import DICTIONARY

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH = DICTIONARY.endpoint["overall_survival"]
CT = DICTIONARY.factor["ct_pattern"]
CELLS = ("adeno", "large", "smallcell", "squamous")
AS_LEVEL = dict(zip(CELLS, CT.words[:4], strict=True))


def cohort_of(days: list[int], died: list[bool], levels: Sequence[object], column: str = "ct_pattern") -> Cohort:
    people = pd.DataFrame({"patient": [f"V{i}" for i in range(len(days))], column: levels, "last_day": days})
    people["death_day"] = np.where(died, people["last_day"], np.nan)
    people["population"] = "Outcome"
    return cohort_from(Tables(people, pd.DataFrame(), pd.DataFrame(), pd.DataFrame()), Provenance("imported", "m", "0"))


@pytest.fixture
def veteran() -> Cohort:
    table = pd.read_csv(REFERENCE / "veteran.csv")
    levels = [AS_LEVEL[cell] for cell in table["celltype"]]
    return cohort_of(table["time"].tolist(), (table["status"] == 1).tolist(), levels)


def test_pairs_are_those_of_r(veteran: Cohort) -> None:
    reference = pd.read_csv(REFERENCE / "pairwise_logrank.csv")
    rows = reference[(reference["dataset"] == "veteran") & (reference["group_var"] == "celltype")]
    found = {pair.labels: pair for pair in pairs(veteran, DEATH, CT, permutations=1).pairs}
    assert len(found) == 6
    checked = 0
    row: Any
    for row in rows.itertuples(index=False):
        one, other = (AS_LEVEL[level] for level in (row.a, row.b))
        pair = found.get((one, other)) or found[other, one]
        assert pair.p == pytest.approx(row.p, rel=1e-8)
        assert pair.adjusted == pytest.approx(row.p_holm, rel=1e-8)
        checked += 1
    assert checked == 6


def test_weighted_tests_are_those_of_r(veteran: Cohort) -> None:
    """Over survdiff's risk sets; and survMisc's, where it weighs alike."""
    r = pd.read_csv(REFERENCE / "weighted_logrank.csv").set_index("weight")["chisq"]
    result = pairs(veteran, DEATH, CT, permutations=1)
    found = {test.name: test for test in result.weighted}
    assert list(found) == ["peto-prentice", "gehan", "tarone-ware", "late"]
    for name, test in found.items():
        assert test.statistic == pytest.approx(r[name.replace("-", "_")], rel=1e-10)
        assert test.df == 3
    assert result.statistic == pytest.approx(r["even"], rel=1e-10)
    table = pairs_panel(result).tables[1]
    assert [row[2] for row in table.rows] == ["25.40", "19.71", "19.43", "22.57", "25.79"]
    assert "decided before looking" in pairs_panel(result).note


def test_weights_and_strata_are_those_of_r() -> None:
    r = pd.read_csv(REFERENCE / "weighted_logrank.csv").set_index("weight")["stratified"]
    table = pd.read_csv(REFERENCE / "veteran.csv")
    code, good = table["celltype"].astype("category").cat.codes.to_numpy(), (table["karno"] >= 60).to_numpy()
    strata = [event_table(table["time"][good == one], table["status"][good == one] == 1, code[good == one], 4)
              for one in (False, True)]  # fmt: skip
    for name, (by, rho, gamma) in WEIGHTS:
        chisq = logrank(*strata, weighting=by, rho=rho, gamma=gamma).chisq
        assert chisq == pytest.approx(r[name.replace("-", "_")], rel=1e-10)


def test_one_day_with_events_has_no_late_test() -> None:
    """Before the first event nobody has died, so that its late weight is 0."""
    result = pairs(cohort_of([5, 5, 9, 9], [True, False, False, False], [*CT.words[:2]] * 2), DEATH, CT, permutations=1)
    assert [test.name for test in result.weighted] == ["peto-prentice", "gehan", "tarone-ware"]


def test_all_together_is_the_page_s_own_test(veteran: Cohort) -> None:
    result = pairs(veteran, DEATH, CT, permutations=200)
    assert result.overall.p == survival(veteran, DEATH, CT).log_rank.p
    assert (result.overall.n, result.overall.events) == (137, 128)
    assert result.overall.permuted == pytest.approx(1 / 201)  # the approximate p is 1e-5
    assert result.overall.adjusted is None
    assert result.trend is None  # patterns have no order


def test_permutations_by_hand() -> None:
    """Two against two, deaths on days 1, 2, 3, 4: two of the six ways to deal separate them as much."""
    cohort = cohort_of([1, 2, 3, 4], [True] * 4, ["NSIP", "NSIP", "UIP", "UIP"])
    found = pairs(cohort, DEATH, CT, permutations=6000).pairs[0]
    assert found.permuted == pytest.approx(2 / 6, abs=0.02)
    assert found.n == 4
    assert found.events == 4


def test_a_pair_without_events_counts_for_no_correction() -> None:
    cohort = cohort_of(
        [5, 9, 12, 30, 40, 50, 60, 70, 80],
        [True, True, True, True, False, False, False, False, False],
        ["NSIP"] * 3 + ["UIP"] * 2 + ["OP"] * 2 + ["DAD"] * 2,
    )
    found = {pair.labels: pair for pair in pairs(cohort, DEATH, CT, permutations=50).pairs}
    empty = found["OP", "DAD"]
    assert (empty.p, empty.adjusted, empty.permuted, empty.reason) == (None, None, None, Reason.NO_EVENTS)
    smallest = min((pair for pair in found.values() if pair.p is not None), key=lambda pair: pair.p or 1)
    assert smallest.adjusted == pytest.approx(5 * (smallest.p or 0))


def test_trend_over_levels_with_an_order() -> None:
    """The log-rank trend does not care where the scores start, only that they are the levels' positions."""
    factor = DICTIONARY.factor["age_group"]
    rng = np.random.default_rng(2)
    ages = rng.integers(40, 79, 60)
    days = np.maximum(1, 900 - 10 * ages + rng.integers(0, 80, 60))
    cohort = cohort_of(days.tolist(), [True] * 60, ages.tolist(), "age")
    result = pairs(cohort, DEATH, factor, permutations=10)
    codes = np.searchsorted([50, 65], ages, side="right")
    z = trend(event_table(days, np.ones(60, dtype=bool), codes, 3), scores=(1, 2, 3))
    assert result.trend is not None
    assert result.trend.statistic == pytest.approx(z.chisq)
    assert result.trend.p == pytest.approx(z.p)
    assert z.chisq > 20
    assert len(result.pairs) == 3


def test_two_groups_have_no_trend_beside_their_difference() -> None:
    cohort = cohort_of([1, 2, 3, 4], [True] * 4, [30, 30, 70, 70], "age")
    result = pairs(cohort, DEATH, DICTIONARY.factor["age_group"], permutations=9)
    assert (len(result.pairs), result.trend) == (1, None)


def test_nothing_to_compare() -> None:
    nobody = cohort_of([], [], [])
    assert pairs(nobody, DEATH, CT).overall.reason is Reason.NO_PATIENTS
    one = pairs(cohort_of([3, 4], [True, True], ["NSIP", "NSIP"]), DEATH, CT)
    assert (one.pairs, one.overall.reason, one.overall.p) == ((), Reason.ONE_LEVEL, None)


def test_all_on_one_day_is_nothing_to_compare_and_never_p_1() -> None:
    """Eight deaths on one day, in two groups: R's survdiff has 0 degrees of freedom."""
    cohort = cohort_of([100] * 8, [True] * 8, ["NSIP", "UIP"] * 4)
    found = pairs(cohort, DEATH, CT, permutations=20)
    for compared in (found.overall, *found.pairs):
        assert (compared.p, compared.adjusted, compared.permuted) == (None, None, None)
        assert compared.reason is Reason.NOTHING_TO_COMPARE
    result = survival(cohort, DEATH, CT)
    assert result.log_rank.reason is Reason.NOTHING_TO_COMPARE
    assert [level.ratio.reason for level in result.comparison.levels if not level.reference] == [
        Reason.NOTHING_TO_COMPARE
    ]
    assert result.comparison.p is None
    assert result.sensitivity is not None
    assert result.sensitivity.proportional_p is None
    for level in result.sensitivity.levels:
        assert (level.profile_p, level.firth_p) == (None, None)
        assert level.profile.reason is level.firth.reason is Reason.NOTHING_TO_COMPARE


def test_groups_never_at_risk_together_are_nothing_to_compare() -> None:
    """One group leaves on day 5, the other's deaths come later; a third group was there all the time."""
    days = [5, 5, 5, 20, 30, 40, 50, 60]
    died = [False, False, False, True, True, True, False, True]
    cohort = cohort_of(days, died, ["NSIP"] * 3 + ["UIP"] * 2 + ["OP"] * 3)
    found = {pair.labels: pair for pair in pairs(cohort, DEATH, CT, permutations=20).pairs}
    assert found["NSIP", "UIP"].reason is found["NSIP", "OP"].reason is Reason.NOTHING_TO_COMPARE
    assert found["UIP", "OP"].p is not None
    assert found["UIP", "OP"].adjusted == found["UIP", "OP"].p  # the only pair that could be tested
    looked = survival(cohort, DEATH, CT).sensitivity
    assert looked is not None
    silent = [level for level in looked.levels if "NSIP" in (level.label, looked.reference.label)]
    assert silent
    assert all(level.profile.reason is level.firth.reason is Reason.NOTHING_TO_COMPARE for level in silent)


def test_a_trend_of_nothing_to_compare() -> None:
    factor = DICTIONARY.factor["age_group"]
    result = pairs(cohort_of([9] * 6, [True] * 6, [45, 45, 55, 55, 70, 70], "age"), DEATH, factor, permutations=5)
    assert result.trend is not None
    assert (result.trend.p, result.trend.reason) == (None, Reason.NOTHING_TO_COMPARE)
