from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from components.reconstruct.coherence import RULES, incoherences
from data.cohort import Cohort, Tables

CohortOf = Callable[[Tables], Cohort]


def changed(column: str, patient: str, value: Any) -> Callable[[Tables], Tables]:
    """The tables with one cell of a patient's row changed."""

    def made(tables: Tables) -> Tables:
        people = tables.patients.astype(object)
        people.loc[people["patient"] == patient, column] = value
        return replace(tables, patients=people)

    return made


def added(table: str, *row: object) -> Callable[[Tables], Tables]:
    """The tables with one row more."""

    def made(tables: Tables) -> Tables:
        old: pd.DataFrame = getattr(tables, table)
        new = pd.DataFrame([row], columns=old.columns)
        return replace(tables, **{table: pd.concat([old.astype(object), new.astype(object)]).infer_objects()})

    return made


def without(table: str, column: str, value: object, patient: str) -> Callable[[Tables], Tables]:
    """The tables without the patient's rows that hold a value."""

    def made(tables: Tables) -> Tables:
        old: pd.DataFrame = getattr(tables, table)
        return replace(tables, **{table: old[(old[column] != value) | (old["patient"] != patient)]})

    return made


def moved(table: str, patient: str, day: int, to: int) -> Callable[[Tables], Tables]:
    """The tables with the patient's rows of one day put on another."""

    def made(tables: Tables) -> Tables:
        rows: pd.DataFrame = getattr(tables, table).copy()
        rows.loc[(rows["patient"] == patient) & (rows["day"] == day), "day"] = to
        return replace(tables, **{table: rows})

    return made


def new_relapse(tables: Tables) -> Tables:
    """P2 relapses after twelve days of disease."""
    return changed("disease_duration", "P2", 12.0)(changed("presentation", "P2", "Relapse")(tables))


BREAKS = {
    "jo1": ("P2", changed("anti_ars", "P2", "Negative")),
    "damage": ("P2", changed("ct_pattern", "P2", "DAD")),
    "pulse": ("P1", changed("cyclophosphamide", "P1", "No")),
    "relapse": ("P2", new_relapse),
    "death": ("P1", changed("last_day", "P1", 130)),
    "cause": ("P2", changed("cause_of_death", "P2", "Lung cancer")),
    "progression": ("P2", changed("progression_day", "P2", 701)),
    "start": ("P1", changed("progression_day", "P1", -1)),
    "stop": ("P2", changed("last_day", "P2", 199)),
    "one stop": ("P2", added("treatments", "P2", 210, "tacrolimus", "stop", "Inadequate response")),
    "stop by death": ("P2", added("treatments", "P2", 200, "tacrolimus", "stop", "Patient death")),
    "stop by event": ("P2", moved("reactions", "P2", 195, 201)),
    "baseline drugs": ("P1", without("treatments", "drug", "cyclophosphamide", "P1")),
    "first dose": ("P2", without("treatments", "action", "start", "P2")),
    "untreated": ("P3", changed("subtype", "P3", "PM")),
    "last measurement": ("P2", added("measurements", "P2", 701, "kl6", 500)),
    "measured dead": ("P1", added("measurements", "P1", 101, "kl6", 500)),
    "one value": ("P2", added("measurements", "P2", 91, "fvc", 91)),
    "fall": ("P2", added("measurements", "P2", 400, "fvc", 72.0)),
    "rise": ("P2", added("measurements", "P2", 400, "aado2", 25.0)),
    "gases": ("P2", added("measurements", "P2", 91, "pao2", 106.0)),
    "saturation": ("P1", changed("sao2", "P1", 91.0)),
    "maximum": ("P2", added("measurements", "P2", 91, "tacrolimus", 18.5)),
    "taken": ("P2", added("measurements", "P2", 365, "trough", 6.0)),
    "finding": ("P2", added("measurements", "P2", 365, "ct_improved", 2)),
    "prednisolone": ("P2", without("measurements", "variable", "prednisolone", "P2")),
    "last reaction": ("P1", moved("reactions", "P1", 20, 101)),
    "first reaction": ("P1", moved("reactions", "P1", 20, -1)),
    "late reaction": ("P2", moved("reactions", "P2", 195, 231)),
    "pooled terms": ("P2", added("reactions", "P2", 50, "Other", "Steroid diabetes", "No", "Recovered")),
    "category": ("P2", added("reactions", "P2", 50, "Sundry", "Rash", "No", "Recovered")),
    "fatal": ("P2", added("reactions", "P2", 50, "Infections", "Pneumonia", "Yes", "Fatal")),
}


def test_the_tiny_cohort_breaks_no_rule(tiny: Tables, cohort_of: CohortOf) -> None:
    assert incoherences(cohort_of(tiny)) == ()


def test_every_rule_is_broken_below() -> None:
    assert [rule.name for rule in RULES] == list(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_names_the_patient(name: str, tiny: Tables, cohort_of: CohortOf) -> None:
    patient, broken = BREAKS[name]
    found = [i for i in incoherences(cohort_of(broken(tiny))) if i.rule.name == name]
    assert {i.patient for i in found} == {patient}
    assert all(i.wrong for i in found)


@pytest.mark.parametrize(
    ("column", "day", "value"),
    [("fvc", 400, 72.1), ("aado2", 400, 24.9), ("pao2", 91, 105.0), ("tacrolimus", 91, 18.0)],
)
def test_the_edge_of_a_rule_is_allowed(column: str, day: int, value: float, tiny: Tables, cohort_of: CohortOf) -> None:
    names = {"fvc": "fall", "aado2": "rise", "pao2": "gases", "tacrolimus": "maximum"}
    found = incoherences(cohort_of(added("measurements", "P2", day, column, value)(tiny)))
    assert not [i for i in found if i.rule.name == names[column]]


def test_an_incoherence_reads_as_a_sentence(tiny: Tables, cohort_of: CohortOf) -> None:
    found = incoherences(cohort_of(changed("ct_pattern", "P2", "DAD")(tiny)))
    assert [str(i) for i in found] == [
        "P2: diffuse alveolar damage outside CADM (Diffuse alveolar damage was found only in CADM.)"
    ]


def test_missing_columns_of_an_import_break_nothing(tiny: Tables, cohort_of: CohortOf) -> None:
    few = tiny.patients[["patient", "population", "last_day", "death_day"]]
    general = tuple(rule for rule in RULES if rule.general)
    assert incoherences(cohort_of(replace(tiny, patients=few)), general) == ()


def test_the_committed_cohort_is_coherent(committed: Cohort) -> None:
    assert [str(i) for i in incoherences(committed)] == []
