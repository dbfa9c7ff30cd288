"""Every kind of published number, counted off the nine patients of conftest.py by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from math import exp, sqrt

import pandas as pd
import pytest

from components.evidence.answers import Question, Results, answer
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.paper.published import PublishedNumber, published_numbers

DM = "subtype=CADM&subtype=Classic DM"
INSTITUTIONS = ("I1", "I1", "I2", "I2", "I3", "I3", None, "I4", "I5")
DEPARTMENTS = ("Rheumatology",) * 4 + ("Pulmonology",) * 4 + (None,)
SCANS = pd.DataFrame(
    [("P1", 30, 1), ("P2", 28, 0), ("P4", 30, 1), ("P7", 30, 1)], columns=["patient", "day", "value"]
).assign(variable="ct_improved")
STANDARD_ERROR = 1 / sqrt(2 * sqrt(2) / (1 + sqrt(2)) ** 2)
"""Of the log hazard ratio of anti-MDA5: each of its two deaths adds √2 / (1 + √2)² to the information."""


@pytest.fixture(scope="module")
def results(written: Tables) -> Results:
    """The nine patients with hospitals and scans; P4 followed to day 760, so that P5's death finds him at risk."""
    patients = written.patients.copy()
    patients["institution"], patients["department"] = INSTITUTIONS, DEPARTMENTS
    patients.loc[patients["patient"] == "P4", "last_day"] = 760
    measurements = pd.concat([written.measurements, SCANS], ignore_index=True)
    cohort = cohort_from(replace(written, patients=patients, measurements=measurements), Provenance("imported", "", ""))
    return Results(cohort)


ROWS = (
    ("enrolled", "", "", "patients", "", "n", "", 9, "flow"),
    ("forms", "", "", "patients", "", "n", "", 8, "flow"),
    ("safety", "", "", "patients", "", "n", "", 7, "flow"),
    ("outcome", "", "", "patients", "", "n", "", 6, "flow"),
    ("safety", "", "", "patients", "", "percent", "", 100, "filter"),
    ("safety", DM, "", "patients", "", "n", "", 5, "filter"),
    ("safety", DM, "all", "patients", "", "percent", "", 500 / 7, "filter"),
    ("safety", "subtype=CADM", DM, "patients", "", "percent", "", 60, "filter"),
    ("safety", "high_dose_steroids=Yes&sex=Female", "all", "patients", "", "percent", "", 100 / 7, "filter"),
    ("enrolled", "", "", "institution", "", "institutions", "", 5, "institutions"),
    ("safety", "", "", "institution", "", "institutions", "", 3, "institutions"),
    ("enrolled", "", "", "department", "Pulmonology", "institutions", "", 2, "institutions"),
    ("enrolled", "", "", "department", "Dermatology", "institutions", "", 0, "institutions"),
    ("safety", DM, "", "subtype", "CADM", "percent", "", 60, "baseline"),
    ("safety", "", "", "sex", "Female", "n", "", 4, "baseline"),
    ("safety", "", "", "sex", "Female", "percent", "", 400 / 7, "baseline"),
    ("safety", "", "", "anti_mda5", "Performed", "percent", "", 500 / 7, "baseline"),
    ("safety", "", "", "anti_mda5", "Positive", "n", "", 3, "baseline"),
    ("safety", "", "", "anti_mda5", "Positive", "percent", "", 60, "baseline"),
    ("safety", "", "", "anti_mda5", "Not performed", "percent", "", 200 / 7, "baseline"),
    ("safety", "", "", "steroids", "Yes", "n", "", 6, "baseline"),
    ("safety", "", "", "high_dose_steroids", "Yes", "n", "", 2, "baseline"),
    ("safety", "", "", "weight", "", "n", "", 6, "baseline"),
    ("safety", "", "", "weight", "", "mean", "", 350 / 6, "baseline"),
    ("safety", "", "", "weight", "", "sd", "", sqrt(6500 / 6 / 5), "baseline"),
    ("safety", "", "", "weight", "", "median", "", 55, "baseline"),
    ("safety", "", "", "weight", "", "minimum", "", 40, "baseline"),
    ("safety", "", "", "weight", "", "maximum", "", 80, "baseline"),
    ("safety", "subtype=PM&sex=Female", "", "weight", "", "sd", "", None, "baseline"),
    ("safety", "", "", "disease_duration", "", "median", "", None, "baseline"),
    ("outcome", "", "", "kl6", "", "n", "Day 0", 5, "course"),
    ("outcome", "", "", "kl6", "", "mean", "Day 0", 1160, "course"),
    ("outcome", "", "", "kl6", "", "sd", "Month 24", sqrt(5000), "course"),
    ("safety", "", "", "trough", "", "lowest_mean", "", 14 / 3, "course"),
    ("safety", "", "", "trough", "", "highest_mean", "", 9.5, "course"),
    ("safety", "", "", "prednisolone", "", "n", "Day 0", 6, "course"),
    ("safety", "", "", "prednisolone", "", "mean", "Day 0", 32.5, "course"),
    ("safety", "", "", "prednisolone", "", "mean", "Month 12", 7.5, "course"),
    ("safety", "", "", "prednisolone", "", "n", "Month 24", 0, "course"),
    ("safety", "", "", "prednisolone", "", "mean", "Month 24", None, "course"),
    ("safety", "ct_pattern=DAD", "", "kl6", "", "n", "Day 0", 0, "course"),
    ("safety", "ct_pattern=DAD", "", "kl6", "", "mean", "Day 0", None, "course"),
    ("safety", "", "", "prednisolone_above_30", "", "n", "Day 0", 3, "shares"),
    ("safety", "", "", "prednisolone_above_30", "", "assessed", "Day 0", 6, "shares"),
    ("safety", "", "", "prednisolone_above_30", "", "percent", "Day 0", 50, "shares"),
    ("outcome", "", "", "ct_improved", "", "n", "Month 1", 2, "shares"),
    ("outcome", "", "", "ct_improved", "", "assessed", "Month 1", 3, "shares"),
    ("outcome", "", "", "ct_improved", "", "percent", "Month 1", 200 / 3, "shares"),
    ("outcome", "ct_pattern=DAD", "", "ct_improved", "", "percent", "Month 1", None, "shares"),
    ("outcome", "", "", "seen", "", "n", "Day 0", 6, "patients_seen"),
    ("outcome", "", "", "seen", "", "n", "Month 24", 2, "patients_seen"),
    ("outcome", "", "", "overall_survival", "", "survival", "Month 24", 250 / 3, "survival"),
    ("outcome", "subtype=CADM", "", "overall_survival", "", "survival", "Month 24", 200 / 3, "survival"),
    ("outcome", "", "", "progression_free", "", "survival", "Month 24", 50, "survival"),
    ("outcome", "subtype=PM&sex=Female", "", "overall_survival", "", "survival", "Month 24", None, "survival"),
    ("outcome", "ct_pattern=DAD", "", "overall_survival", "", "survival", "Month 24", None, "survival"),
    ("outcome", "", "", "anti_mda5", "Positive", "hazard_ratio", "", sqrt(2), "prognosis"),
    ("outcome", "", "", "anti_mda5", "Positive", "lower", "", sqrt(2) * exp(-1.959963984540054 * STANDARD_ERROR),
     "prognosis"),
    ("outcome", "", "", "anti_mda5", "Positive", "upper", "", sqrt(2) * exp(1.959963984540054 * STANDARD_ERROR),
     "prognosis"),
    ("outcome", "", "", "subtype", "CADM", "hazard_ratio", "", None, "prognosis"),
    ("outcome", "", "", "subtype", "CADM", "lower", "", None, "prognosis"),
    ("outcome", "", "", "department", "Pulmonology", "hazard_ratio", "", 2.0, "prognosis"),
    ("safety", "", "", "death", "", "n", "", 2, "deaths"),
    ("safety", "", "", "death", "", "percent", "", 200 / 7, "deaths"),
    ("safety", "", "", "cause_of_death", "ILD", "n", "", 2, "deaths"),
    ("safety", "", "", "cause_of_death", "Suicide", "percent", "", 100 / 7, "deaths"),
    ("safety", "subtype=PM", "", "cause_of_death", "Myocarditis", "n", "", 0, "deaths"),
    ("safety", "", "", "tacrolimus_stop", "", "n", "", 3, "discontinuation"),
    ("safety", "", "", "tacrolimus_stop", "", "percent", "", 300 / 7, "discontinuation"),
    ("safety", "", "", "tacrolimus_stop_reason", "Adverse event", "percent", "", 100 / 7, "discontinuation"),
    ("safety", "", "", "tacrolimus_stop_reason", "Hospital visits stopped", "n", "", 0, "discontinuation"),
    ("safety", "", "", "tacrolimus_duration", "", "median", "", 90, "discontinuation"),
    ("safety", "", "", "tacrolimus_duration", "", "minimum", "", 50, "discontinuation"),
    ("safety", "", "", "tacrolimus_duration", "", "maximum", "", 200, "discontinuation"),
    ("safety", "", "", "reactions", "", "reactions", "", 8, "reactions"),
    ("safety", "anti_mda5=Positive", "", "reactions", "", "reactions", "", 3, "reactions"),
    ("safety", "", "", "reactions", "", "n", "", 5, "reactions"),
    ("safety", "", "", "reactions", "", "percent", "", 500 / 7, "reactions"),
    ("safety", "", "", "reaction_category", "Infections", "n", "", 3, "reactions"),
    ("safety", "", "", "reaction_category", "Lymphoma", "n", "", 0, "reactions"),
    ("safety", "", "", "reaction_category", "Infections", "percent", "", 300 / 7, "reactions"),
    ("safety", "", "", "serious_reaction_category", "Infections", "n", "", 2, "reactions"),
    ("safety", "", "", "serious_reaction_category", "Infections", "percent", "", 200 / 7, "reactions"),
    ("safety", "", "", "reaction_term", "Cytomegalovirus infection", "n", "", 1, "reactions"),
    ("safety", "", "", "reaction_term", "Pneumonia", "n", "", 2, "reactions"),
    ("safety", "", "", "serious_reaction_term", "Pneumonia", "n", "", 1, "reactions"),
    ("safety", "", "", "serious_reaction_term", "Nasopharyngitis", "n", "", 0, "reactions"),
)  # fmt: skip
"""The columns of a question, then its value and the analysis that gives it."""


@pytest.mark.parametrize(("asked", "value", "origin"), [(Question(*row[:7]), row[7], row[8]) for row in ROWS], ids=str)
def test_answer(asked: Question, value: float | None, origin: str, results: Results) -> None:
    found = answer(asked, results)
    assert found.value == (None if value is None else pytest.approx(value, rel=1e-9))
    assert found.origin == origin


def test_a_question_does_not_hold_what_was_printed() -> None:
    said = {field.name for field in fields(PublishedNumber)} - {field.name for field in fields(Question)}
    assert said == {"id", "place", "printed", "digits", "reason", "remark"}


def test_each_analysis_runs_once_for_a_group(cohort: Cohort) -> None:
    runs: list[tuple[int, str]] = []

    def counted(patients: Cohort, what: str) -> int:
        runs.append((patients.n, what))
        return patients.n

    results = Results(cohort)
    everybody = Question("safety", "", "", "sex", "Male", "n", "")
    women = replace(everybody, group="sex=Female")
    asked = [(everybody, "a"), (women, "a"), (everybody, "b"), (replace(everybody, level="Female"), "a")]
    assert [results.of(question, counted, what) for question, what in asked] == [7, 4, 7, 7]
    assert runs == [(7, "a"), (4, "a"), (7, "b")]


def test_an_unknown_group_is_refused(results: Results) -> None:
    with pytest.raises(ValueError, match="subtype=IBM"):
        answer(Question("safety", "subtype=IBM", "", "patients", "", "n", ""), results)


def test_an_unknown_variable_is_refused(results: Results) -> None:
    with pytest.raises(KeyError, match="shoe_size"):
        answer(Question("safety", "", "", "shoe_size", "", "mean", ""), results)


def test_every_kind_of_published_number_is_covered_above() -> None:
    """No variable with a rule of its own and no statistic of the file is missing from the hand-counted table."""
    covered = {(row[3], row[5]) for row in ROWS}
    special = {(n.variable, n.statistic) for n in published_numbers() if n.answerable and n.variable in RULES}
    assert special <= covered
    assert {n.statistic for n in published_numbers() if n.answerable} <= {statistic for _, statistic in covered}


RULES = {
    "patients", "institution", "seen", "death", "cause_of_death", "tacrolimus_stop", "tacrolimus_stop_reason",
    "tacrolimus_duration", "reactions", "reaction_category", "prednisolone_above_30", "ct_improved",
    "serious_reaction_category",
}  # fmt: skip
