from __future__ import annotations

import pytest

from components.patient.history import Change, history
from data.cohort import Cohort
from data.levels import START, STOP, level_of
from data.variables import DICTIONARY
from tests.written import of_patients


def test_all_that_is_known_of_a_patient(cohort: Cohort) -> None:
    found = history(cohort, "P1")
    assert (found.number("age"), found.number("weight"), found.number("sao2")) == (70, 60, None)
    assert [level and level.label for level in map(found.level, ("subtype", "anti_jo1", "age_group"))] == [
        "PM",
        None,
        "≥ 65 years",
    ]
    assert [course.measure.key for course in found.courses] == ["trough", "prednisolone", "kl6"]
    assert found.courses[0].days.tolist() == [7, 17, 27, 365]
    assert found.courses[0].values.tolist() == [4, 8, 12, 6]
    assert [(report.day, report.term) for report in found.reports] == [
        (10, "Herpes zoster"),
        (100, "Cytomegalovirus infection"),
        (120, "Cytomegalovirus viremia"),
    ]
    assert found.changes == (Change(0, DICTIONARY.study_drug, START, ()),)
    assert (found.progression_day, found.stop_day, found.death_day, found.last_day) == (None, None, None, 800)


def test_death_progression_and_several_reasons(cohort: Cohort) -> None:
    died = history(cohort, "P3")
    assert (died.progression_day, died.stop_day, died.death_day, died.last_day) == (20, 50, 50, 50)
    assert [cause.label for cause in died.causes] == ["ILD", "Suicide"]
    reasons = tuple(level_of(word, DICTIONARY.stop_reasons) for word in ("Adverse event", "Inadequate response"))
    assert Change(200, DICTIONARY.study_drug, STOP, reasons) in history(cohort, "P6").changes


def test_post_baseline_levels_stand_nowhere(cohort: Cohort) -> None:
    assert all(not factor.post_baseline for factor, _ in history(cohort, "P1").levels)


def test_a_dose_a_kilogram_takes_the_place_of_the_dose_it_is_made_of() -> None:
    """P1 weighs 50 kg; of P2 the weight is not known, so the dose stands as it is."""
    people = {"patient": ["P1", "P2"], "weight": [50, None], "last_day": 100}
    doses = {"patient": ["P1", "P2"], "day": 0, "variable": "tacrolimus", "value": [2.5, 3.0]}
    made = of_patients(people, measurements=doses)
    drawn = {name: [(c.measure.key, c.values.tolist()) for c in history(made, name).courses] for name in ("P1", "P2")}
    assert drawn == {"P1": [("tacrolimus_per_kg", [0.05])], "P2": [("tacrolimus", [3.0])]}


def test_somebody_else(cohort: Cohort) -> None:
    with pytest.raises(KeyError):
        history(cohort, "P9")
