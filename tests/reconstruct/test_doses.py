from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from components.reconstruct.course_rules import HIGHEST_PER_KG
from components.reconstruct.doses import doses
from components.reconstruct.moments import UnreachableMomentsError
from components.reconstruct.schedule import visit_days
from components.reconstruct.targets import Targets, published_targets
from data.cohort import Cohort
from data.paper.published import agrees

TargetsOf = Callable[..., Targets]
ROWS = (
    ("tacrolimus_per_kg", "", "mean", "Day 0", "0.058"),
    ("tacrolimus_per_kg", "", "sd", "Day 0", "0.024"),
    ("tacrolimus_per_kg", "", "mean", "Week 1", "0.067"),
    ("tacrolimus_per_kg", "", "sd", "Week 1", "0.032"),
    ("trough", "", "lowest_mean", "", "6"),
    ("trough", "", "highest_mean", "", "8"),
    ("prednisolone", "", "n", "Day 0", "38"),
    ("prednisolone", "", "mean", "Day 0", "32.4"),
    ("prednisolone", "", "sd", "Day 0", "21.6"),
    ("prednisolone_above_30", "", "n", "Day 0", "20"),
    ("prednisolone", "", "n", "Month 6", "35"),
    ("prednisolone", "", "mean", "Month 6", "13.6"),
    ("prednisolone", "", "sd", "Month 6", "5.8"),
)


def at(rows: pd.DataFrame, key: str, visit_day: int) -> pd.Series:
    """Values by patient of one variable near a day."""
    near = rows[(rows["variable"] == key) & ((rows["day"] - visit_day).abs() <= max(3, visit_day // 4))]
    return near.set_index("patient")["value"]


@pytest.fixture
def made(group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf) -> pd.DataFrame:
    targets, rng = targets_of(*ROWS), np.random.default_rng(2)
    return doses(group, group_plan, visit_days(group, group_plan, targets, rng), targets, rng)


def test_tacrolimus_comes_in_capsules_with_the_printed_means(made: pd.DataFrame, group: pd.DataFrame) -> None:
    weight = group.set_index("patient")["weight"]
    for day, mean, sd in ((0, "0.058", "0.024"), (7, "0.067", "0.032")):
        mg = at(made, "tacrolimus", day)
        per_kg = (mg / weight).dropna()
        assert len(per_kg) == 39
        assert agrees(mean, 3, per_kg.mean())
        assert agrees(sd, 3, per_kg.std())
        assert (mg % 0.5 == 0).all()
        assert mg.min() >= 0.5
        assert per_kg.max() <= HIGHEST_PER_KG


def test_nothing_of_tacrolimus_after_the_stop(made: pd.DataFrame) -> None:
    for patient, stop in (("P000", 20), ("P001", 400)):
        rows = made[(made["patient"] == patient) & made["variable"].isin(["tacrolimus", "trough"])]
        assert rows["day"].max() < stop
    assert made.loc[made["patient"] == "P000", "day"].max() > 600


def test_prednisolone_of_the_plan_and_the_paper(made: pd.DataFrame, group_plan: pd.DataFrame) -> None:
    first = at(made, "prednisolone", 0)
    assert first.index[first == 0].tolist() == ["P000", "P001"]
    assert set(first.index[first >= 40]) == set(group_plan.loc[group_plan["high_dose_steroids"] == "Yes", "patient"])
    assert (first > 30).sum() == 20
    receiving = first[first > 0]
    assert agrees("32.4", 1, receiving.mean())
    assert agrees("21.6", 1, receiving.std())
    later = at(made, "prednisolone", 182)
    assert (len(later), (later > 0).sum()) == (40, 35)
    assert agrees("13.6", 1, later[later > 0].mean())
    assert agrees("5.8", 1, later[later > 0].std())


def test_prednisolone_rises_only_after_a_progression(made: pd.DataFrame, group: pd.DataFrame) -> None:
    rows = made[made["variable"] == "prednisolone"].pivot_table(index="patient", columns="day", values="value")
    stable = group.loc[group["progression_day"].isna(), "patient"]
    steps = rows.loc[stable].apply(lambda row: row.dropna().diff().max(), axis=1)
    assert (steps <= 0).all()


def test_more_receiving_than_seen_cannot_be(
    group: pd.DataFrame, group_plan: pd.DataFrame, targets_of: TargetsOf
) -> None:
    rows = [("prednisolone", "", "n", "Month 6", "39") if row[2:4] == ("n", "Month 6") else row for row in ROWS]
    targets, rng = targets_of(*rows), np.random.default_rng(2)
    with pytest.raises(UnreachableMomentsError, match="39 receive prednisolone but only 38 could"):
        doses(group, group_plan, visit_days(group, group_plan, targets, rng), targets, rng)


def values(committed: Cohort, key: str, visit: str) -> pd.Series:
    rows = committed.of_population("safety").by_visit
    return rows.loc[(rows["variable"] == key) & (rows["visit"] == visit), "value"]


@pytest.mark.parametrize("key", ["tacrolimus_per_kg", "prednisolone"])
def test_the_committed_doses_are_the_printed_ones(key: str, committed: Cohort) -> None:
    numbers = [n for n in published_targets().chosen(variable=key, population="safety") if n.visit]
    assert {n.statistic for n in numbers} >= {"mean", "sd"}
    for number in numbers:
        taken = values(committed, key, number.visit)
        taken = taken[taken > 0]
        found = {"n": float(len(taken)), "mean": taken.mean(), "sd": taken.std()}[number.statistic]
        assert agrees(number.printed, number.digits, found), (number, found)


def test_the_committed_doses_above_30(committed: Cohort) -> None:
    first = values(committed, "prednisolone", "Day 0")
    assert (first > 30).sum() == published_targets().count("prednisolone_above_30", visit="Day 0")


def test_the_committed_troughs_lie_between_the_printed_extremes(committed: Cohort) -> None:
    visits = [visit.label for visit in committed.dictionary.visits[1:]]
    troughs = {visit: values(committed, "trough", visit) for visit in visits}
    means = [taken.mean() for taken in troughs.values()]
    targets = published_targets()
    low, high = (targets.printed("trough", name).value for name in ("lowest_mean", "highest_mean"))
    assert low <= min(means) < low + 0.5
    assert high - 0.5 <= max(means) <= high
    assert all(2.5 <= taken.std() <= 3.5 for taken in troughs.values())
    assert len(values(committed, "trough", "Day 0")) == 0


def test_the_committed_troughs_follow_the_dose(committed: Cohort) -> None:
    rows = committed.by_visit[committed.by_visit["visit"] == "Month 1"]
    wide = rows.pivot_table(index="patient", columns="variable", values="value")
    assert wide["trough"].corr(wide["tacrolimus_per_kg"]) > 0.3
