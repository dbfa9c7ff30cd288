"""Readings found by visit, against a plain search through every row, on rows made at random."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from data.cohort import Provenance, Tables, cohort_from
from data.variables import DICTIONARY

PROVENANCE = Provenance("imported", "Nobody", "0")
COLUMNS = ["patient", "visit", "variable", "day", "value"]


def made(seed: int, *, halves: bool) -> Tables:
    """Few days and few patients, so that ties are many; strangers and gaps among them."""
    rng = np.random.default_rng(seed)
    patients = pd.DataFrame({"patient": ["P3", "P1", "P2"], "last_day": 900, "weight": [50.0, np.nan, 0.1]})
    rows = pd.DataFrame(
        {
            "patient": rng.choice(["P1", "P2", "P3", "P9"], 300),
            "day": rng.integers(-40, 130, 300) / (2 if halves else 1),
            "variable": rng.choice(["trough", "tacrolimus", "ferritin"], 300),
            "value": np.round(rng.gamma(2, 3, 300), 1),
        }
    )
    rows.loc[rng.integers(0, 300, 5), "value"] = np.nan
    return Tables(patients, rows, pd.DataFrame(), pd.DataFrame())


Row = tuple[str, float, str, float]


def searched(tables: Tables) -> list[list[str | float]]:
    """The readings that count, found row by row."""
    weight = dict(zip(tables.patients["patient"].tolist(), tables.patients["weight"].tolist(), strict=True))
    columns = (tables.measurements[key].tolist() for key in ("patient", "day", "variable", "value"))
    rows: list[Row] = [row for row in zip(*columns, strict=True) if row[3] == row[3] and row[0] in weight]
    rows += [
        (name, day, "tacrolimus_per_kg", value / weight[name])
        for name, day, variable, value in rows
        if variable == "tacrolimus" and weight[name] > 0
    ]
    best: dict[tuple[str, str, str], tuple[float, float, int, list[str | float]]] = {}
    for place, (name, day, variable, value) in enumerate(rows):
        for visit in DICTIONARY.visits:
            if visit.first <= day <= visit.last:
                row: list[str | float] = [name, visit.key, variable, day, value]
                rank = (abs(day - visit.day), day, place, row)
                key = (name, visit.key, variable)
                best[key] = min(best.get(key, rank), rank)
    return [rank[3] for rank in sorted(best.values(), key=lambda one: one[2])]


@pytest.mark.parametrize("halves", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_what_counts_for_a_visit_is_what_a_search_through_the_rows_finds(seed: int, halves: bool) -> None:  # noqa: FBT001 - a parameter
    tables = made(seed, halves=halves)
    cohort, expected = cohort_from(tables, PROVENANCE), searched(tables)
    assert cohort.by_visit[COLUMNS].to_numpy().tolist() == expected
    for variable in ("trough", "tacrolimus_per_kg", "kl6"):
        own = cohort.measured_by_visit(variable)
        assert own[COLUMNS].to_numpy().tolist() == [row for row in expected if row[2] == variable]
        every = cohort.measurements
        assert cohort.measured(variable).to_numpy().tolist() == every[every["variable"] == variable].to_numpy().tolist()
    value = {(row[0], row[2]): row[4] for row in expected if row[1] == "Day 0"}
    for variable in ("trough", "ferritin", "tacrolimus_per_kg"):
        np.testing.assert_array_equal(
            cohort.numbers(variable), [value.get((name, variable), np.nan) for name in ("P3", "P1", "P2")]
        )


def test_some_patients_have_their_own_readings_alone() -> None:
    cohort = cohort_from(made(1, halves=False), PROVENANCE)
    some = cohort.where(np.array([True, False, True]))
    for whole, own in ((cohort.by_visit, some.by_visit), (cohort.measurements, some.measurements)):
        pd.testing.assert_frame_equal(own, whole[whole["patient"] != "P1"].reset_index(drop=True))
    assert some.where(np.array([False, True])).names.tolist() == ["P2"]


def test_a_cohort_of_which_nothing_was_asked_yet_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(cohort_from(made(2, halves=False), PROVENANCE)))  # noqa: S301 - written here
    pd.testing.assert_frame_equal(sent.patients, cohort_from(made(2, halves=False), PROVENANCE).patients)


def test_another_table_of_patients_keeps_what_was_measured() -> None:
    cohort = cohort_from(made(3, halves=False), PROVENANCE)
    turned = cohort.with_patients(cohort.patients.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(turned.by_visit, cohort.by_visit)
    pd.testing.assert_frame_equal(turned.measured("trough"), cohort.measured("trough"))
    assert turned.records.readings.has("trough")
    assert not turned.records.readings.has("kl6")
