"""What else was given, in print."""

from __future__ import annotations

import pandas as pd

from components.treatment import words
from components.treatment.concomitant import concomitant
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.variables import TREATMENT


def given(*rows: tuple[str, int, str, str]) -> Cohort:
    people = pd.DataFrame({"patient": ["P1", "P2"], "population": "Outcome"})
    drugs = pd.DataFrame(rows, columns=["patient", "day", "drug", "action"])
    return cohort_from(Tables(people, pd.DataFrame(), pd.DataFrame(), drugs), Provenance("imported", "made", "0"))


def later(cohort: Cohort) -> list[tuple[str, ...]]:
    rows = words.concomitant_table(concomitant(cohort, TREATMENT)).rows
    return list(rows[[row[0] for row in rows].index("Given on any day") + 1 :])


def test_a_drug_is_started_and_a_pulse_is_not_named_twice() -> None:
    cohort = given(
        ("P1", 0, "cyclophosphamide", "start"), ("P2", 0, "methylprednisolone pulse", "pulse"),
        ("P2", 4, "rituximab", "pulse"),
    )  # fmt: skip
    assert later(cohort) == [
        ("Cyclophosphamide started", "1 (50.0)"),
        ("Methylprednisolone pulse", "1 (50.0)"),
        ("Rituximab pulse", "1 (50.0)"),
    ]


def test_how_often_is_told_where_it_differs_from_how_many() -> None:
    cohort = given(("P1", 0, "rituximab", "pulse"), ("P1", 180, "rituximab", "pulse"))
    assert later(cohort) == [("Rituximab pulse", "1 (50.0)"), ("Rituximab pulse, times in all", "2")]


def test_where_a_line_breaks() -> None:
    assert words.breaks(120) == "A patient's line breaks where two values lie more than 120 days apart."
