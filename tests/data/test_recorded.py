"""What a cohort records of what the dictionary lists."""

from __future__ import annotations

import pytest

from data.cohort import Cohort
from data.reading.read import opened, reconstructed_cohort
from data.recorded import lacks, with_recorded_variables
from data.variables import DICTIONARY

PATIENTS = "patient,last_day,death_day\nP1,400,400\nP2,500,\n"
TREATMENTS = "patient,day,drug,action,reason\n"


def study(patients: str = PATIENTS, **tables: str) -> Cohort:
    files = {"patients.csv": patients, **{f"{name}.csv": text for name, text in tables.items()}}
    found = opened({name: text.encode() for name, text in files.items()})
    assert found.cohort is not None, found.issues
    return found.cohort


@pytest.mark.parametrize(
    ("cohort", "left"),
    [
        (study(), ["death"]),
        (study("patient,last_day,death_day,progression_day\nP1,400,400,\nP2,500,,\n"), ["death"]),
        (study("patient,last_day,death_day,progression_day\nP1,400,400,90\nP2,500,,\n"), ["death", "progression"]),
        # Looked for until day 300, and never found: progression-free survival would be the overall one under its name.
        (study("patient,last_day,death_day,progression_last_day\nP1,400,400,300\nP2,500,,\n"), ["death"]),
        (study(treatments=f"{TREATMENTS}P1,0,prednisolone,start,\n"), ["death"]),
        (study(treatments=f"{TREATMENTS}P1,0,tacrolimus,start,\n"), ["death", "persistence"]),
        (study(treatments=f"{TREATMENTS}P1,50,FK506,stop,\n"), ["death", "persistence"]),
    ],
)
def test_an_endpoint_is_offered_only_with_the_data_that_it_needs(cohort: Cohort, left: list[str]) -> None:
    words = with_recorded_variables(cohort).dictionary
    assert [entry.role for entry in words.endpoints] == left
    drug = cohort.dictionary.study_drug.word  # without one there is no persistence that could be missing
    for role in ("progression", "persistence") if drug else ("progression",):
        assert (words.in_role(role) is None) is (words.missing(role) is not None) is (role not in left)


def test_measurements_numbers_and_reactions_without_a_value_are_missing_and_stay_known() -> None:
    cohort = study(measurements="patient,day,variable,value\nP1,0,ferritin,800\n")
    words = with_recorded_variables(cohort).dictionary
    assert [entry.key for entry in words.of_kind("laboratory")] == ["ferritin"]
    assert words.missing("ferritin") is None
    assert words.missing("kl6") is words.measure["kl6"]
    assert words.missing("age") is words.number["age"]
    assert words.missing("reactions") is words.records[0]


def test_the_reconstructed_cohort_offers_what_it_records_and_no_more() -> None:
    """A line that is new in the dictionary is offered of hospitals' cohorts that have it, not of this one."""
    words = reconstructed_cohort().dictionary
    offered = {*words.factor, *words.endpoint} | {entry.key for entry in words.recorded(words.measures)}
    assert {"subtype", "steroid_tapered", "progression_free", "tacrolimus_persistence", "kl6"} <= offered
    assert not {entry.key for entry in words.not_recorded} & offered
    assert not lacks(reconstructed_cohort(), DICTIONARY.leading)
