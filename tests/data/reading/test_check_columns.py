"""What is said of a column that is not there depends on what stands in its place."""

from __future__ import annotations

import pytest

from data.reading.issue import Issue
from data.reading.read import opened

PATIENTS = "patient,sex,last_day,death_day\nP1,Male,400,\nP2,Female,500,\n"


def told(**files: str) -> list[Issue]:
    found = opened({f"{name}.csv": text.encode() for name, text in ({"patients": PATIENTS} | files).items()})
    assert found.cohort is None
    return list(found.issues)


@pytest.mark.parametrize("name", ["value (mg/L)", "Result [mg/L]", "値（mg/L）"])
def test_a_unit_behind_the_name_of_the_values_goes_into_a_column_of_units(name: str) -> None:
    (entry,) = told(measurements=f"patient,day,variable,{name}\nP1,0,ferritin,0.8\n")
    assert entry.column == "value"
    assert f"Rename the column “{name}” to “value”, and add a column “unit” that says “mg/L”" in entry.remedy


def test_values_side_by_side_are_told_once_with_the_form_that_is_read() -> None:
    (entry,) = told(measurements="patient,day,ferritin,KL-6\nP1,0,800,500\n")
    assert entry.wrong == "“ferritin” and “KL-6” are columns of their own; here every value has a row of its own."
    assert "patient, day, variable, value: “ferritin” under variable" in entry.remedy


@pytest.mark.parametrize(("name", "unit"), [("week", "weeks"), ("Months", "months"), ("週", "weeks")])
def test_weeks_in_the_place_of_days(name: str, unit: str) -> None:
    (entry,) = told(measurements=f"patient,{name},variable,value\nP1,2,ferritin,800\n")
    assert (entry.column, entry.severity) == ("day", "error")
    assert f"call it “day ({unit})”" in entry.remedy


def test_a_column_that_is_simply_missing_is_to_be_added() -> None:
    (entry,) = told(measurements="patient,variable,value\nP1,ferritin,800\n")
    assert entry.remedy == "Add a column “day”."


@pytest.mark.parametrize("remark", ["days from the registry", "ward 4"])
def test_a_remark_under_the_patients_is_told_as_one(remark: str) -> None:
    (entry,) = told(patients=f"{PATIENTS}\n{remark},,,\n")
    assert entry.wrong == f"The row holds nothing but “{remark}” in the place of a patient."
    assert entry.rows == (5,)


def test_who_was_only_enrolled_may_have_nothing_else() -> None:
    rows = "patient,population,sex,last_day,death_day\nP1,Outcome,Male,400,\nP2,Enrolled only,,,\n"
    found = opened({"patients.csv": rows.encode()})
    assert found.cohort is not None
    assert [entry.severity for entry in found.issues] == ["warning"]


def test_values_without_a_unit_beside_others_with_one_are_told() -> None:
    rows = "patient,day,variable,value,unit\nP1,0,ferritin,800,ng/mL\nP2,0,ferritin,900,\nP2,1,ferritin,950,\n"
    found = opened({"patients.csv": PATIENTS.encode(), "measurements.csv": rows.encode()})
    (entry,) = [entry for entry in found.notes if entry.column == "unit"]
    assert entry.wrong.endswith("agree. 2 values have no unit and are read in that of the dictionary.")
