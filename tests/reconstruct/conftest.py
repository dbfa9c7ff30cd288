"""The committed cohort, and a tiny coherent one to break."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from components.reconstruct.targets import Targets
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.paper.published import PublishedNumber
from data.reading.read import reconstructed_cohort


@pytest.fixture(scope="session")
def committed() -> Cohort:
    return reconstructed_cohort()


@pytest.fixture
def tiny() -> Tables:
    """P1: CADM, progressed on day 60, died on day 100. P2: PM, stopped on day 200 for an event. P3: enrolled only."""
    patients = pd.DataFrame(
        {
            "patient": ["P1", "P2", "P3"],
            "population": ["Outcome", "Outcome", "Enrolled only"],
            "department": ["Rheumatology"] * 3,
            "subtype": ["CADM", "PM", None],
            "ct_pattern": ["DAD", "NSIP", None],
            "oxygen": ["Absent", "Absent", None],
            "anti_jo1": ["Negative", "Positive", None],
            "anti_ars": ["Negative", "Positive", None],
            "cyclophosphamide": ["Yes", "No", None],
            "pulse_cyc": ["Yes", "No", None],
            "weight": [50.0, 60.0, None],
            "sao2": [95.0, 97.0, None],
            "cause_of_death": ["Interstitial lung disease", None, None],
            "death_day": [100.0, None, None],
            "last_day": [100.0, 700.0, None],
            "progression_day": [60.0, None, None],
        }
    )
    taken = [("P1", 0, 80), ("P1", 90, 60), ("P2", 0, 80), ("P2", 91, 90), ("P2", 365, 92)]
    rows: list[tuple[str, int, str, float]] = [(patient, day, "fvc", value) for patient, day, value in taken]
    rows += [(patient, day, "prednisolone", 20.0) for patient, day, _ in taken]
    rows += [("P1", 0, "pao2", 80.0), ("P1", 0, "aado2", 20.0), ("P2", 0, "pao2", 90.0), ("P2", 0, "aado2", 10.0)]
    rows += [
        ("P1", 90, "pao2", 60.0),
        ("P1", 90, "aado2", 70.0),
        ("P2", 91, "aado2", 20.0),
        ("P2", 91, "ct_improved", 1),
    ]
    rows += [("P1", 0, "tacrolimus", 4.0), ("P2", 0, "tacrolimus", 4.5), ("P2", 91, "trough", 7.5)]
    reactions = [
        ("P1", 20, "Infections", "Pneumonia", "Yes", "Recovered"),
        ("P2", 195, "Renal impairment", "Renal disorder", "No", "Recovered"),
    ]
    treatments = [
        ("P1", 0, "tacrolimus", "start", None),
        ("P1", 0, "cyclophosphamide", "start", None),
        ("P1", 0, "methylprednisolone pulse", "pulse", None),
        ("P1", 100, "tacrolimus", "stop", "Patient death"),
        ("P2", 0, "tacrolimus", "start", None),
        ("P2", 200, "tacrolimus", "stop", "Adverse event"),
    ]
    return Tables(
        patients,
        pd.DataFrame(rows, columns=["patient", "day", "variable", "value"]),
        pd.DataFrame(reactions, columns=["patient", "day", "category", "term", "serious", "outcome"]),
        pd.DataFrame(treatments, columns=["patient", "day", "drug", "action", "reason"]),
    )


@pytest.fixture
def cohort_of() -> Callable[[Tables], Cohort]:
    return lambda tables: cohort_from(tables, Provenance("imported", "tiny", "0"))


@pytest.fixture
def group() -> pd.DataFrame:
    """Forty patients of the outcome population followed for 730 days or longer; every fourth progressed on day 50."""
    n = 40
    return pd.DataFrame(
        {
            "patient": [f"P{i:03d}" for i in range(n)],
            "population": "Outcome",
            "subtype": ["CADM", "PM"] * (n // 2),
            "oxygen": ["Present"] + ["Absent"] * (n - 1),
            "anti_mda5": ["Positive"] * 10 + ["Negative"] * 30,
            "cyclophosphamide": ["Yes"] * 5 + ["No"] * 35,
            "pulse_cyc": ["Yes"] * 2 + ["No"] * 38,
            "weight": [45.0 + i for i in range(n - 1)] + [None],
            "sao2": [96.0, 97.0, 98.0, None] * (n // 4),
            "death_day": None,
            "last_day": [730 + i for i in range(n)],
            "progression_day": [50.0, None, None, None] * (n // 4),
        }
    )


@pytest.fixture
def group_plan(group: pd.DataFrame) -> pd.DataFrame:
    n = len(group)
    return pd.DataFrame(
        {
            "patient": group["patient"],
            "ferritin_group": ["< 500 ng/mL"] * 12 + ["500 to < 1500 ng/mL"] * 8 + [""] * (n - 20),
            "steroids": ["No"] * 2 + ["Yes"] * (n - 2),
            "high_dose_steroids": ["No"] * (n - 6) + ["Yes"] * 6,
            "stop_day": ["20", "400"] + [""] * (n - 2),
            "stop_reasons": ["Adverse event", "Inadequate response; Uncontrolled trough level"] + [""] * (n - 2),
        }
    )


Row = tuple[str, str, str, str, str]


@pytest.fixture
def targets_of() -> Callable[..., Targets]:
    """Targets of rows (variable, level, statistic, visit, printed) about everybody, or about ``group``."""

    def made(*rows: Row, place: str = "Table 1", group: str = "") -> Targets:
        numbers = []
        for i, (variable, level, statistic, visit, printed) in enumerate(rows):
            digits = len(printed.partition(".")[2])
            cells = ("outcome", group, "", variable, level, statistic, visit, printed, digits, "", "")
            numbers.append(PublishedNumber(f"T1-{i:03d}", place, *cells))
        return Targets(tuple(numbers))

    return made
