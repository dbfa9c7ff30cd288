"""A repeated header and a row of units are no patients: left out and told, or refused in one sentence."""

from __future__ import annotations

import math

import pytest

from data.reading.no_records import records, unit, unit_told
from data.reading.read import Opened, opened

HEAD = "patient,sex,age,weight,last_day,death_day"
ONE, TWO = "P1,Male,50,60,400,", "P2,Female,61,70,300,300"


def read(*rows: str, **tables: str) -> Opened:
    files = {"patients": "\n".join(rows)} | tables
    return opened({f"{name}.csv": f"{text}\n".encode() for name, text in files.items()})


def understood(found: Opened) -> list[str]:
    return [f"{entry.place}: {entry.wrong}" for entry in found.notes if entry.severity == "understood"]


def refusals(found: Opened) -> list[str]:
    assert found.cohort is None
    return [f"{entry.place}: {entry.wrong}" for entry in found.issues if entry.severity == "error"]


def column(found: Opened, name: str) -> list[object]:
    assert found.cohort is not None, [entry.sentence for entry in found.issues]
    return [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in found.cohort.patients[name]]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("years", "years"), ("(yrs)", "years"), ("［月］", "months"), ("ヶ月", "months"), ("(y)", "years"),
        ("kg", "kg"),
        ("[ng/mL]", "ng/mL"), ("U/mL", "U/mL"), ("mg/日", "mg/日"), ("%", "%"), ("μg/L", "μg/L"), ("/µL", "/µL"),
        ("y", ""), ("m", ""), ("d", ""), ("l", ""), ("M/F", ""), ("Male", ""), ("12", ""), ("", ""), ("()", ""),
        ("mg x", ""),
    ],
)  # fmt: skip
def test_the_unit_that_a_cell_holds(cell: str, meant: str) -> None:
    assert unit(cell) == meant


@pytest.mark.parametrize(
    ("name", "told"),
    [("last_day", ""), ("day", ""), ("last_day (months)", "months"), ("last_day_months", "months"),
     ("age [yr]", "years"), ("last_day_days", "days"), ("weight (lb)", "lb"), ("last_day (day)", "days"),
     ("anti_mda5", "")],
)  # fmt: skip
def test_the_unit_that_a_name_tells(name: str, told: str) -> None:
    assert unit_told(name) == told


@pytest.mark.parametrize("again", [HEAD, HEAD.upper(), "Patient,Sex,,Weight,Last day,Death-day"])
def test_a_repeated_header_is_left_out_wherever_it_stands(again: str) -> None:
    for rows in ([HEAD, again, ONE, TWO], [HEAD, ONE, again, TWO], [HEAD, ONE, TWO, again]):
        found = read(*rows)
        line = rows.index(again, 1) + 1
        assert column(found, "patient") == ["P1", "P2"]
        said = "1 line repeats the header and is left out: it holds no record."
        assert understood(found) == [f"patients.csv, line {line}: {said}"]


def test_names_in_another_order_are_refused_once() -> None:
    found = read(HEAD, ONE, "patient,age,sex,weight,last_day,death_day", "P2,61,Female,70,300,300")
    said = "The line names the columns in another order than the header; nothing from there on was read."
    assert refusals(found) == [f"patients.csv, line 3: {said}"]


def test_units_that_are_read_anyway_change_nothing() -> None:
    found = read(HEAD, ",-,years,kg,(days),日", ONE, TWO)
    assert column(found, "last_day") == [400, 300]
    assert column(found, "age") == [50, 61]
    said = (
        "“age: years”, “weight: kg”, “last_day: (days)” and “death_day: 日”. They count as if they stood in the header."
    )
    assert understood(found) == [f"patients.csv, line 2: The line below the header holds units and no record: {said}"]


def test_other_units_count_as_if_the_header_told_them() -> None:
    below = read(HEAD, "unit,,months,kg,months,months", "P1,Male,600,60,12,", "P2,Female,732,70,10,10")
    beside = read(
        "patient,sex,age (months),weight,last_day (months),death_day (months)",
        "P1,Male,600,60,12,",
        "P2,Female,732,70,10,10",
    )
    for name in ("age", "weight", "last_day", "death_day"):
        assert column(below, name) == column(beside, name)
    assert column(below, "last_day") == [365, 304]
    assert column(below, "age") == [50, 61]


def test_units_that_are_not_converted_leave_their_column_out_and_tell_it() -> None:
    found = read(HEAD, ",,years,lb,days,days", ONE, TWO)
    assert column(found, "weight") == [None, None]
    (entry,) = found.issues
    assert (entry.severity, entry.column) == ("warning", "weight (lb)")
    assert entry.remedy == "If it holds this, convert it to kg and rename it to “weight”."


def test_units_beside_other_words_are_refused_once() -> None:
    found = read(HEAD, ",M/F,years,kg,days,days", ONE, TWO)
    assert [said.split(":")[0] for said in refusals(found)] == ["patients.csv, line 2"]
    assert "“M/F”, “years”, “kg” and “days”" in refusals(found)[0]


def test_units_that_contradict_the_header_are_refused() -> None:
    found = read("patient,last_day (months),death_day (months)", ",days,days", "P1,365,")
    assert len(refusals(found)) == 1
    assert understood(read("patient,last_day (months),death_day", ",months,days", "P1,12,"))[0].startswith(
        "patients.csv, line 2: The line below the header holds units"
    )


def test_units_stand_below_every_header_and_nowhere_else() -> None:
    units = ",,years,kg,days,days"
    assert column(read(HEAD, units, ONE, HEAD, units, TWO), "patient") == ["P1", "P2"]
    assert len(refusals(read(HEAD, units, ONE, HEAD, ",,years,kg,months,months", TWO))) == 1
    assert len(refusals(read(HEAD, ONE, HEAD, units, TWO))) == 1
    assert refusals(read(HEAD, ONE, units, TWO))[0].startswith("patients, column patient, line 3")


def test_a_record_with_columns_of_units_is_a_record() -> None:
    header = ["patient", "value", "unit", "dose", "dose unit", "weight unit"]
    body = [(2, ["P1", "5", "ng/mL", "3", "mg", "kg"])]
    assert records("f", header, body, ()).rows == body


def test_codes_of_one_letter_are_no_units() -> None:
    found = read("patient,sex,fever,last_day,death_day", "P1,m,y,400,", "P2,f,y,300,")
    assert column(found, "sex") == ["Male", "Female"]


def test_a_column_of_units_makes_no_row_of_units() -> None:
    found = records("f", ["patient", "value", "unit"], [(2, ["", "", "ng/mL"]), (3, ["P1", "5", "kg"])], ())
    assert ([line for line, _ in found.rows], found.issues) == ([2, 3], ())


@pytest.mark.parametrize("name", ["last_day (days)", "last_day_days", "follow_up_days", "last_day [days]"])
def test_days_told_by_the_name_of_a_column_of_days_are_days(name: str) -> None:
    assert column(read(f"patient,{name},death_day (days)", "P1,400,", "P2,300,300"), "last_day") == [400, 300]
