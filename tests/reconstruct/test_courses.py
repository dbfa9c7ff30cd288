from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from components.reconstruct import courses as module
from components.reconstruct.courses import courses
from components.reconstruct.schedule import visit_days
from components.reconstruct.targets import Targets, published_targets
from data.cohort import Cohort
from data.entries import Measure
from data.paper.published import PublishedNumber, agrees
from data.variables import DICTIONARY

TargetsOf = Callable[..., Targets]
Printed = tuple[str, str, str, str, str]


def table(key: str, visit: str, n: int, mean: str, sd: str) -> tuple[Printed, ...]:
    return (key, "", "n", visit, str(n)), (key, "", "mean", visit, mean), (key, "", "sd", visit, sd)


ROWS = (
    ("seen", "", "n", "Month 3", "37"),
    *table("fvc", "Day 0", 30, "78.0", "19.2"),
    *table("fvc", "Month 3", 16, "81.3", "17.2"),
    *table("fvc", "Month 6", 20, "85.0", "15.9"),
    *table("pao2", "Day 0", 28, "83.5", "12.5"),
    *table("aado2", "Day 0", 15, "22.0", "14.7"),
    *table("ferritin", "Day 0", 20, "470.0", "340.5"),
    ("ct_improved", "", "n", "Month 3", "12"),
    ("ct_improved", "", "assessed", "Month 3", "20"),
)


def made(group: pd.DataFrame, plan: pd.DataFrame, targets: Targets, seed: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    days = visit_days(group, plan, targets, rng)
    return days, courses(group, plan, days, targets, rng)


@pytest.fixture
def drawn(group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf) -> tuple[pd.DataFrame, pd.DataFrame]:
    return made(group, group_plan, targets_of(*ROWS))


def by_visit(days: pd.DataFrame, rows: pd.DataFrame, key: str, visit: str) -> pd.Series:
    at = days[days["visit"] == visit]
    return rows[rows["variable"] == key].merge(at, on=["patient", "day"]).set_index("patient")["value"]


def test_as_many_are_seen_as_printed_within_the_window(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    days, _ = drawn
    assert (days["visit"] == "Month 3").sum() == 37
    assert (days["visit"] == "Month 6").sum() == 40
    for visit in DICTIONARY.visits:
        assert days.loc[days["visit"] == visit.label, "day"].between(visit.first, visit.last).all()


def test_values_have_the_printed_moments(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    days, rows = drawn
    moments = [row for row in ROWS if row[0] not in ("seen", "ct_improved")]
    for key, _, statistic, visit, printed in moments:
        values = by_visit(days, rows, key, visit)
        found = {"n": float(len(values)), "mean": values.mean(), "sd": values.std()}[statistic]
        assert agrees(printed, len(printed.partition(".")[2]), found)


def test_findings_are_counted_as_printed(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    values = by_visit(*drawn, "ct_improved", "Month 3")
    assert (len(values), values.sum()) == (20, 12)


def test_baseline_values_lie_in_their_planned_group(
    drawn: tuple[pd.DataFrame, pd.DataFrame], group_plan: pd.DataFrame
) -> None:
    values = by_visit(*drawn, "ferritin", "Day 0")
    group = group_plan.set_index("patient")["ferritin_group"]
    assert set(values.index) == set(group.index[group != ""])
    assert (values[group[values.index] == "< 500 ng/mL"] < 500).all()
    assert values[group[values.index] == "500 to < 1500 ng/mL"].between(500, 1499.9).all()


def test_no_fall_before_a_progression(drawn: tuple[pd.DataFrame, pd.DataFrame], group: pd.DataFrame) -> None:
    baseline = by_visit(*drawn, "fvc", "Day 0")
    stable = group.loc[group["progression_day"].isna(), "patient"]
    for visit in ("Month 3", "Month 6"):
        later = by_visit(*drawn, "fvc", visit)
        both = baseline.index.intersection(later.index).intersection(stable.tolist())
        assert len(both) > 5
        assert (later[both] > 0.9 * baseline[both]).all()


def test_a_gradient_only_where_the_gas_was_analysed(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    gradient, pressure = (by_visit(*drawn, key, "Day 0") for key in ("aado2", "pao2"))
    assert set(gradient.index) <= set(pressure.index)
    total = gradient + pressure[gradient.index]
    assert total.drop("P000", errors="ignore").between(82, 125).all()


def test_a_further_laboratory_value_is_a_line_and_rows(
    group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    crp = Measure("crp", "CRP", "mg/dL", "laboratory", (0, 50), 2, normal=(None, 0.3))
    monkeypatch.setattr(module, "DICTIONARY", DICTIONARY.with_measures([crp]))
    targets = targets_of(*table("crp", "Day 0", 33, "2.41", "3.05"), *table("crp", "Month 12", 21, "0.38", "0.61"))
    days, rows = made(group, group_plan, targets)
    assert set(rows["variable"]) == {"crp"}
    for visit, n, mean, sd in (("Day 0", 33, "2.41", "3.05"), ("Month 12", 21, "0.38", "0.61")):
        values = by_visit(days, rows, "crp", visit)
        assert (len(values), agrees(mean, 2, values.mean()), agrees(sd, 2, values.std())) == (n, True, True)
        assert values.between(0, 50).all()


def test_the_same_seed_gives_the_same_courses(
    group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf
) -> None:
    one, other = (made(group, group_plan, targets_of(*ROWS))[1] for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("seen", "", "n", "Month 3", "41"), "Month 3: 41 patients were seen but only 40 are still followed"),
        (("dlco", "", "n", "Day 0", "41"), "%DLCO, Day 0: 41 measured but only 40 could be"),
    ],
)
def test_more_than_there_are_is_refused(
    row: Printed, message: str, group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf
) -> None:
    with pytest.raises(ValueError, match=message):
        made(group, group_plan, targets_of(row))


TABLE_3 = [n for n in published_targets().numbers if n.place == "Table 3"]


@pytest.mark.parametrize("number", TABLE_3, ids=lambda number: number.id)
def test_the_committed_cohort_gives_table_3_back(number: PublishedNumber, committed: Cohort) -> None:
    rows = committed.of_population("outcome").by_visit
    rows = rows[rows["visit"] == number.visit]
    if number.variable == "seen":
        assert rows["patient"].nunique() == int(number.printed)
        return
    values = rows.loc[rows["variable"] == number.variable, "value"]
    found = {"n": float(len(values)), "mean": values.mean(), "sd": values.std()}[number.statistic]
    assert agrees(number.printed, number.digits, found), found


def test_the_committed_ct_findings(committed: Cohort) -> None:
    rows = committed.of_population("outcome").by_visit
    for number in published_targets().chosen(variable="ct_improved"):
        values = rows.loc[(rows["variable"] == "ct_improved") & (rows["visit"] == number.visit), "value"]
        found = {"n": values.sum(), "assessed": len(values), "percent": 100 * values.mean()}[number.statistic]
        assert agrees(number.printed, number.digits, float(found))


@pytest.mark.parametrize("key", ["fvc", "kl6", "ferritin", "spd"])
def test_committed_courses_keep_their_rank(key: str, committed: Cohort) -> None:
    rows = committed.by_visit[committed.by_visit["variable"] == key]
    wide = rows.pivot_table(index="patient", columns="visit", values="value")
    assert wide["Day 0"].corr(wide["Month 6"], method="spearman") > 0.5
