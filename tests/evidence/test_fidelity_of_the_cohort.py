"""The committed cohort gives back every published number, because it is made so and for no other reason."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from components.evidence.fidelity import Fidelity, fidelity
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.filters import filter_from_query
from data.paper.published import PublishedNumber, published_numbers
from data.reading.read import COHORT_FOLDER, reconstructed_cohort, tables_in

PUBLISHED = published_numbers()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return tables_in(COHORT_FOLDER)


@pytest.fixture(scope="module")
def faithful() -> Fidelity:
    return fidelity(reconstructed_cohort(), PUBLISHED)


def test_every_published_number_is_reproduced(faithful: Fidelity) -> None:
    missed = {row.number.id: (row.number.printed, row.value) for row in faithful.missed}
    assert missed == {}
    assert faithful.reproduced == faithful.answerable == sum(number.answerable for number in PUBLISHED)


def test_the_command_says_so() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "components.evidence.fidelity"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    answerable = sum(number.answerable for number in PUBLISHED)
    assert ran.stdout.splitlines()[-1] == f"fidelity: {answerable}/{answerable} published numbers reproduced"


def changed(tables: Tables, name: str, row: Callable[[pd.DataFrame], pd.Series], column: str, value: Any) -> Tables:
    """The tables with one cell, in the first row for which ``row`` is true, given another value."""
    rows: pd.DataFrame = getattr(tables, name).astype({column: object})
    place = rows.index[row(rows)][0]
    assert rows.loc[place, column] != value
    rows.loc[place, column] = value
    return replace(tables, **{name: rows.infer_objects()})


def moved(before: Fidelity, tables: Tables) -> tuple[set[str], Cohort]:
    """The numbers that differ, by id, in the cohort of the changed tables; and that cohort."""
    cohort = cohort_from(tables, Provenance("reconstructed", "one cell changed", ""))
    after = fidelity(cohort, PUBLISHED)
    pairs = zip(before.rows, after.rows, strict=True)
    return {one.number.id for one, other in pairs if one.value != other.value}, cohort


def about(patient: str, cohort: Cohort) -> Callable[[PublishedNumber], bool]:
    """Whether a published number counts that patient."""

    def counts(number: PublishedNumber) -> bool:
        inside = filter_from_query(number.group).filter.of(cohort.of_population(number.population))
        return patient in set(inside.patients["patient"])

    return counts


def test_another_sex_changes_the_numbers_of_sex_and_no_others(tables: Tables, faithful: Fidelity) -> None:
    women = (tables.patients["population"] == "Outcome") & (tables.patients["sex"] == "Female")
    patient = tables.patients.loc[women, "patient"].iloc[0]
    ids, cohort = moved(faithful, changed(tables, "patients", lambda rows: rows["patient"] == patient, "sex", "Male"))
    counts = about(patient, cohort)
    assert ids == {number.id for number in PUBLISHED if number.variable == "sex" and counts(number)}


def test_a_survivor_more_changes_deaths_and_survival_and_no_others(tables: Tables, faithful: Fidelity) -> None:
    early = (tables.patients["population"] == "Outcome") & (tables.patients["death_day"] < 730)
    patient = tables.patients.loc[early, "patient"].iloc[0]
    alive = changed(tables, "patients", lambda rows: rows["patient"] == patient, "death_day", None)
    ids, _ = moved(faithful, alive)
    by_id = {number.id: number for number in PUBLISHED}
    kinds = {"death", "cause_of_death", "overall_survival", "progression_free"}
    assert all(by_id[i].variable in kinds or by_id[i].statistic in {"hazard_ratio", "lower", "upper"} for i in ids)
    assert {n.id for n in PUBLISHED if n.variable in {"death", "overall_survival"} and not n.group} <= ids
    assert {n.id for n in PUBLISHED if (n.variable, n.statistic) == ("subtype", "hazard_ratio")} & ids


def test_one_laboratory_value_changes_its_own_visit_and_no_other(tables: Tables, faithful: Fidelity) -> None:
    outcome = set(tables.patients.loc[tables.patients["population"] == "Outcome", "patient"])

    def row(rows: pd.DataFrame) -> pd.Series:
        return (rows["variable"] == "fvc") & (rows["day"] == 0) & rows["patient"].isin(outcome)

    ids, _ = moved(faithful, changed(tables, "measurements", row, "value", 199.0))
    wanted = {("fvc", "mean", "Day 0"), ("fvc", "sd", "Day 0")}
    assert ids == {n.id for n in PUBLISHED if (n.variable, n.statistic, n.visit) in wanted}


def test_one_reaction_more_serious_changes_only_the_serious(tables: Tables, faithful: Fidelity) -> None:
    def row(rows: pd.DataFrame) -> pd.Series:
        return (rows["term"] == "Tremor") & (rows["serious"] == "No")

    ids, _ = moved(faithful, changed(tables, "reactions", row, "serious", "Yes"))
    wanted = {"Psychiatric and nervous system disorders", "Tremor"}
    assert ids == {n.id for n in PUBLISHED if n.variable.startswith("serious_") and n.level in wanted}
