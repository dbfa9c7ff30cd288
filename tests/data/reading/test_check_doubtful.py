from __future__ import annotations

import pytest

from data.entries import STOP_DAY
from data.reading.check_doubtful import bare_code
from data.reading.issue import Issue
from data.reading.read import Opened, opened


def read(
    last: tuple[int, ...] = (400, 700, 900),
    ages: tuple[str, ...] = ("50", "61", "72"),
    names: str = "A1 B2 C3",
    **other: str,
) -> Opened:
    rows = "\n".join(f"{name},{age},{day}," for name, age, day in zip(names.split(), ages, last, strict=True))
    files = {"patients.csv": f"patient,age,last_day,death_day\n{rows}\n"} | {
        f"{key}.csv": text for key, text in other.items()
    }
    found = opened({name: text.encode() for name, text in files.items()})
    assert found.cohort is not None
    return found


def told(found: Opened) -> list[Issue]:
    return [entry for entry in (*found.issues, *found.notes) if entry.severity != "note"]


def test_of_an_ordinary_cohort_nothing_is_said() -> None:
    assert told(read()) == []


@pytest.mark.parametrize(
    ("last", "longest"), [((12, 24, 36), "36 days"), ((1, 1, 1), "1 day"), ((60, 120, 180), "180 days")]
)
def test_a_follow_up_that_may_be_months(last: tuple[int, ...], longest: str) -> None:
    (entry,) = told(read(last))
    assert (entry.severity, entry.column) == ("understood", "last_day")
    assert entry.wrong == f"The longest follow-up is {longest}. Are these months?"
    assert "“last_day (months)”" in entry.remedy


def test_half_a_year_and_a_day_are_days() -> None:
    assert told(read((12, 24, 181))) == []


def values(*days: int) -> str:
    return "patient,day,variable,value\n" + "".join(f"A1,{day},fvc,{70 + at}\n" for at, day in enumerate(days))


def test_visits_that_may_be_months() -> None:
    (entry,) = told(read(measurements=values(0, 1, 3, 6, 12)))
    assert entry.place == "measurements, column day"
    assert entry.wrong.startswith("Nothing is recorded after day 12, while patients are followed to day 900.")
    assert told(read(measurements=values(0, 30, 91, 182))) == []
    assert told(read(measurements=values(0, 14, 28))) == []  # two days tell nothing


@pytest.mark.parametrize(
    ("ages", "lines"),
    [(("50", "99", "99"), (3, 4)), (("50", "91", "99"), ()), (("98", "50", "97"), ()), (("99", "99", "99"), ())],
)
def test_an_age_that_may_be_not_recorded(ages: tuple[str, ...], lines: tuple[int, ...]) -> None:
    found = told(read(ages=ages))
    assert [entry.rows for entry in found] == ([lines] if lines else [])
    assert all("99 years, well above all others" in entry.wrong for entry in found)


def test_a_measured_value_and_a_day_that_may_be_not_recorded() -> None:
    text = "patient,day,variable,value\nA1,0,ferritin,812\nB2,0,ferritin,9999\nC3,0,fvc,99\n"
    (entry,) = told(read(measurements=text))
    assert entry.wrong == "Ferritin: 1 cell is taken as 9999 ng/mL, well above all others."
    (day,) = told(read(last=(400, 700, 9999)))
    assert (day.column, day.rows) == ("last_day", (4,))


def test_an_age_outside_what_is_plausible_may_be_not_recorded() -> None:
    (entry,) = told(read(ages=("50", "61", "999")))
    assert entry.severity == "warning"
    assert entry.remedy.endswith("If 999 stands for “not recorded”, leave the cell empty.")


@pytest.mark.parametrize(
    ("one", "other"), [("P1", "p1"), ("001", "1"), ("P-01", "p1"), ("A.3", "a3"), ("7", "7.0"), ("P 4", "P4")]
)
def test_codes_that_may_be_the_same_patient(one: str, other: str) -> None:
    assert bare_code(one) == bare_code(other)


@pytest.mark.parametrize(("one", "other"), [("P1-1", "P11"), ("P10", "P1"), ("100", "1"), ("A1", "B1"), ("1.5", "15")])
def test_codes_of_different_patients(one: str, other: str) -> None:
    assert bare_code(one) != bare_code(other)


def test_patients_that_may_be_the_same_are_counted_twice_and_told() -> None:
    found = read(names="P1 p01 C3")
    assert found.cohort is not None
    assert found.cohort.n == 3
    (entry,) = told(found)
    assert entry.place == "patients, column patient, lines 2 and 3"
    assert entry.wrong == "The codes may be those of the same patient: “P1” and “p01”."


def drug(*changes: str) -> str:
    return "patient,day,drug,action,reason\n" + "".join(f"{change},\n" for change in changes)


def test_a_drug_started_on_day_0_and_stopped_once_is_as_expected() -> None:
    usual = drug("A1,0,tacrolimus,start", "A1,90,tacrolimus,stop", "B2,50,tacrolimus,stop", "A1,5,mPSL,pulse")
    assert told(read(treatments=usual)) == []
    assert (
        told(read(treatments=drug("A1,0,tacrolimus,start", "A1,40,ciclosporin,start", "A1,50,ciclosporin,stop"))) == []
    )


def test_a_first_start_on_another_day_is_told() -> None:
    (entry,) = told(read(treatments=drug("A1,40,tacrolimus,start", "B2,0,tacrolimus,start", "A1,30,tacrolimus,stop")))[
        :1
    ]
    assert (entry.severity, entry.rows) == ("warning", (2,))
    assert entry.wrong == "Day 0 is the first day of tacrolimus, but 1 patient starts it on another day: “A1”."


def test_a_drug_taken_again_is_told_and_its_first_stop_counts() -> None:
    found = read(
        treatments=drug("A1,40,Prograf,stop", "A1,60,tacrolimus,start", "A1,90,tacrolimus,stop", "B2,9,tacrolimus,stop")
    )
    assert found.cohort is not None
    assert found.cohort.patients[STOP_DAY].dropna().tolist() == [40, 9]
    (entry,) = [one for one in told(found) if one.column == "action"]
    assert (entry.severity, entry.rows, entry.count) == ("understood", (3, 4), 2)
    assert entry.wrong.startswith("1 patient starts or stops tacrolimus again after a stop: “A1”. The first stop")


def test_measured_variables_that_capitals_alone_tell_apart() -> None:
    rows = "patient,day,variable,value\nA1,0,CK,800\nA1,1,ck,700\nA1,2,LDH,3\nA1,3,C-K,1\n"
    (entry,) = [one for one in told(read(measurements=rows)) if "may be the same" in one.wrong]
    assert (entry.severity, entry.rows) == ("warning", (2, 3, 5))
    assert entry.wrong.startswith("“CK”, “ck” and “C-K” may be the same measured variable")
