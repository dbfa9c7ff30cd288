from __future__ import annotations

import pandas as pd
import pytest

from data.reading.column_units import column_units, converted, renamed
from data.reading.read import Opened, opened
from data.variables import DICTIONARY


@pytest.mark.parametrize(
    ("written", "key", "unit"),
    [
        ("last_day (months)", "last_day", "months"),
        ("last_day_weeks", "last_day", "weeks"),
        ("follow_up_years", "last_day", "years"),
        ("months to death", "death_day", "months"),
        ("観察期間（月数）", "last_day", "months"),
        ("age (months)", "age", "months"),
        ("disease_duration_years", "disease_duration", "years"),
        ("last_day in yrs", "last_day", "years"),
    ],
)
def test_the_unit_that_a_name_tells(written: str, key: str, unit: str) -> None:
    (found,) = column_units("patients", [written, "patient"], DICTIONARY)
    assert (found.written, found.key, found.unit) == (written, key, unit)


@pytest.mark.parametrize(
    "written", ["last_day", "last_day (days)", "age (years)", "months", "month", "year", "admission years"]
)
def test_no_other_unit_is_told(written: str) -> None:
    assert column_units("patients", [written], DICTIONARY) == ()


def test_a_column_that_is_there_anyway_is_not_read_twice() -> None:
    assert column_units("patients", ["last_day", "last_day (months)"], DICTIONARY) == ()
    assert [one.written for one in column_units("patients", ["last_day_months", "last_day_years"], DICTIONARY)] == [
        "last_day_months"
    ]


def test_days_are_whole_and_ages_are_not() -> None:
    cells = pd.DataFrame({"last_day (months)": [12.4, None], "age (months)": [780.0, 6.0]})
    units = column_units("patients", cells.columns, DICTIONARY)
    read, notes = converted("patients", renamed(cells, units), units)
    assert read["last_day"].tolist()[0] == 377
    assert read["age"].tolist() == [65, 0.5]
    assert [entry.wrong for entry in notes] == [
        "The name gives months; 1 number became days (a month is 30.4375 days): 12.4 is 377.",
        "The name gives months; 2 numbers became years: 780 is 65, 6 is 0.5.",
    ]


def months(last: str) -> Opened:
    text = f"patient,last_day (months),death_day (months)\nP1,{last},\nP2,24,24\n"
    return opened({"patients.csv": text.encode()})


def test_months_are_read_as_days_and_told() -> None:
    found = months("12.4")
    assert found.cohort is not None
    assert found.cohort.patients["last_day"].tolist() == [377, 730]
    assert sum("The name gives months" in entry.wrong for entry in found.notes) == 2


def test_such_columns_tell_which_table_a_file_is() -> None:
    found = opened({"p.csv": b"patient,last_day (months),death_day (months)\nA,12.5,\n"})
    assert found.cohort is not None
    assert found.cohort.patients["last_day"].tolist() == [380]


def test_what_is_no_number_is_refused_with_its_line_alone() -> None:
    (problem,) = [entry for entry in months("long").issues if entry.severity == "error"]
    assert problem.place == "patients, column last_day, line 2"
    assert "“long”" in problem.wrong
