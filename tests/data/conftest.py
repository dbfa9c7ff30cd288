"""Four patients that cover what can happen: an event, a censored one, values on the edge, and nothing recorded."""

from __future__ import annotations

import pandas as pd
import pytest

from data.cohort import Cohort, Provenance, Tables, cohort_from

PROVENANCE = Provenance("imported", "Four patients", "0123456789ab")


@pytest.fixture
def tables() -> Tables:
    patients = pd.DataFrame(
        {
            "patient": ["P1", "P2", "P3", "P4"],
            "population": ["Outcome", "Outcome", "Safety only", "Enrolled only"],
            "subtype": ["PM", "CADM", "Classic DM", None],
            "sex": ["Male", "Female", "Female", None],
            "anti_mda5": ["Negative", "Positive", None, None],
            "age": [64.9, 65, 14, None],
            "weight": [50, 49.9, None, None],
            "disease_duration": [364, 365, 1825, None],
            "sao2": [95, 94.9, 84.9, None],
            "death_day": [None, 100, None, None],
            "last_day": [730, 100, 400, None],
            "progression_day": [None, 40, None, None],
        }
    )
    values = [
        ("P1", 0, "ferritin", 500),
        ("P2", 0, "ferritin", 499.9),
        ("P3", 5, "ferritin", 10),
        ("P1", 102, "fvc", 75),
        ("P1", 80, "fvc", 70),
        ("P2", 61, "fvc", 60),
        ("P2", 95, "fvc", 62),
        ("P1", 0, "tacrolimus", 2.5),
        ("P1", 91, "tacrolimus", 2.4),
        ("P3", 0, "tacrolimus", 3),
        ("P1", 91, "trough", 10),
        ("P2", 91, "trough", 10.1),
        ("P1", 60, "kl6", 1),
        ("P1", 136, "kl6", 2),
        ("P1", 137, "kl6", 3),
        ("P1", -3, "kl6", 4),
        ("P1", 821, "kl6", 5),
    ]
    reactions = [("P2", 5, "Infections", "Pneumonia", "Yes", "Fatal"), ("P3", 9, "Other", "Tremor", "No", "Recovered")]
    treatments = [
        ("P1", 0, "tacrolimus", "start", None),
        ("P1", 350, "tacrolimus", "stop", "Adverse event"),
        ("P1", 300, "tacrolimus", "stop", "Inadequate response"),
        ("P2", 10, "cyclophosphamide", "stop", None),
    ]
    return Tables(
        patients,
        pd.DataFrame(values, columns=["patient", "day", "variable", "value"]),
        pd.DataFrame(reactions, columns=["patient", "day", "category", "term", "serious", "outcome"]),
        pd.DataFrame(treatments, columns=["patient", "day", "drug", "action", "reason"]),
    )


@pytest.fixture
def cohort(tables: Tables) -> Cohort:
    return cohort_from(tables, PROVENANCE)
