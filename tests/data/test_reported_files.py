"""Files of the kinds that were once read wrongly, each with what is right: the values, or the words of the refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import numpy as np
import pytest

from components.core.method import PAPER
from components.survival.analysis import survival
from data.cohort import Cohort
from data.reading.mapping import DEATH
from data.reading.read import Opened, opened
from data.reading.time_status import TimeStatus
from data.variables import DICTIONARY

HEAD = "patient,subtype,sex,age,last_day,death_day"
TWELVE = [
    f"S{i:02d},{('PM', 'CADM', 'Classic DM')[i % 3]},{'Female' if i % 2 else 'Male'},{40 + i},{300 + 10 * i},"
    for i in range(12)
]
ADSL = "USUBJID,SEX,AGE,AGEU,SAFFL,TRT01A,TRTSDT,TRTEDT,EOSSTT,EOSDT,LSTALVDT,DTHFL,DTHDT"


def table(header: str, rows: Sequence[str]) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def small(*rows: str, extra: str = "") -> bytes:
    return table(f"patient{extra},last_day,death_day", rows or ("P1,400,",))


def cohort(found: Opened) -> Cohort:
    assert found.cohort is not None, [entry.sentence for entry in found.issues]
    return found.cohort


def refusals(found: Opened) -> list[str]:
    assert found.cohort is None
    return [f"{entry.place}: {entry.wrong}" for entry in found.issues if entry.severity == "error"]


def understood(found: Opened) -> list[str]:
    return [entry.wrong for entry in found.notes if entry.severity == "understood"]


def outcome(found: Opened, endpoint: str = "overall_survival") -> list[list[float]]:
    days, had = cohort(found).time_to(DICTIONARY.endpoint[endpoint])
    return [days.tolist(), had.tolist()]


def test_a_cause_of_death_without_its_day() -> None:
    rows = [f"{row},{'Respiratory failure' if i == 1 else ''}" for i, row in enumerate(TWELVE)]
    found = opened({"patients.csv": table(f"{HEAD},cause_of_death", rows)})
    said = "1 patient has a cause of death and no day of death: “S01”."
    assert refusals(found) == [f"patients, column cause_of_death, line 3: {said}"]


def test_a_fatal_reaction_without_the_day_of_death() -> None:
    reactions = b"patient,day,category,term,serious,outcome\nS01,50,Infections,Sepsis,Yes,Fatal\n"
    found = opened({"patients.csv": table(HEAD, TWELVE), "reactions.csv": reactions})
    said = "1 patient has a fatal reaction and no day of death: “S01”."
    assert refusals(found) == [f"reactions, column outcome, line 2: {said}"]


@pytest.mark.parametrize(("yes", "no"), [("1.0", "0.0"), ("Checked", "Unchecked")])
def test_flags_of_other_programs(yes: str, no: str) -> None:
    rows = [f"{row},{('', yes, no)[i % 3]}" for i, row in enumerate(TWELVE)]
    found = opened({"patients.csv": table(f"{HEAD},fever", rows)})
    assert cohort(found).patients["fever"].astype(str).replace("nan", "").tolist() == ["", "Present", "Absent"] * 4
    assert understood(found) == [f"Read “{yes}” as “Present” (4), “{no}” as “Absent” (4)."]


def subjects(*rows: str) -> dict[str, bytes]:
    return {"adsl.csv": table(ADSL, rows)}


def test_a_subject_that_died_on_no_day() -> None:
    found = opened(
        subjects(
            "X1,F,51,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,2021-01-01,,",
            "X2,M,52,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,2021-01-01,Y,2020-05-01",
            "X3,F,53,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,2021-01-01,Y,",
        )
    )
    assert refusals(found) == ["adsl.csv, column DTHDT, line 4: 1 subject has DTHFL = Y and no day of death: “X3”."]


def test_a_year_alone_is_no_date_and_makes_no_other_date_a_number() -> None:
    found = opened(
        subjects(
            "X1,F,51,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,,,",
            "X2,M,52,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,,Y,2020",
        )
    )
    assert refusals(found) == ["adsl.csv, column DTHDT, line 3: 1 date is without a day: “2020”."]


def test_dates_of_sas() -> None:
    found = opened(
        subjects(
            "X1,F,51,YEARS,Y,Tacrolimus,01JAN2020,,,01JAN2021,01JAN2021,,",
            "X2,M,52,YEARS,Y,Tacrolimus,01JAN2020,,,,,Y,01MAY2020",
        )
    )
    assert outcome(found) == [[366, 121], [False, True]]
    assert "2 dates were read: “01JAN2020” is 2020-01-01." in understood(found)


def test_dates_without_hyphens() -> None:
    found = opened(subjects("X1,F,51,YEARS,Y,Tacrolimus,20200101,20200601,COMPLETED,20201231,,,"))
    assert outcome(found) == [[365], [False]]


def test_the_later_of_two_last_dates_counts_and_is_told() -> None:
    found = opened(subjects("X1,F,51,YEARS,Y,Tacrolimus,2020-01-01,,,2020-12-31,2019-12-20,,"))
    assert outcome(found) == [[365], [False]]
    assert "1 subject has two different last dates; the later one counts." in understood(found)


def test_one_parameter_in_two_units() -> None:
    rows = [f"X{i},CREAT,Creatinine,{value}" for i, value in enumerate(["71,umol/L", "72,umol/L", "0.8,mg/dL"])]
    files = subjects(*(f"X{i},F,51,YEARS,Y,Tacrolimus,2020-01-01,,,2021-01-01,,," for i in range(3)))
    files["adlb.csv"] = table("USUBJID,PARAMCD,PARAM,AVAL,AVALU,ADT", [f"{row},2020-01-01" for row in rows])
    (said,) = refusals(opened(files))
    assert said.endswith(
        "CREAT comes in several units: umol/L in 2 rows (first line 2); mg/dL in 1 row (first line 4)."
    )


def test_progression_free_survival_has_its_own_censoring() -> None:
    """R's survfit on these rows: S(200) = 2/3, S(300) = 1/3, two events."""
    rows = ["1,OS,500,0,", "2,OS,700,1,", "3,OS,700,1,", "4,OS,300,0,", "5,OS,700,1,"]
    rows += ["1,PFS,100,1,", "2,PFS,200,0,PROGRESSION", "3,PFS,150,1,", "4,PFS,300,0,DEATH", "5,PFS,700,1,"]
    adtte = table("USUBJID,PARAMCD,AVAL,CNSR,EVNTDESC,PARAM,AVALU", [f"{row},,DAYS" for row in rows])
    found = opened({"adsl.csv": b"USUBJID,ARM\n1,A\n2,A\n3,A\n4,A\n5,A\n", "adtte.csv": adtte})
    assert outcome(found) == [[499, 699, 699, 299, 699], [True, False, False, True, False]]
    assert outcome(found, "progression_free") == [[99, 199, 149, 299, 699], [False, True, False, True, False]]
    endpoint = DICTIONARY.endpoint["progression_free"]
    (curve,) = survival(cohort(found), endpoint, None, (200, 300), (0,), 730, None, PAPER).curves
    assert [share.value for share in curve.at] == pytest.approx([2 / 3, 1 / 3])
    assert curve.events == 2


def test_months_that_only_the_label_tells() -> None:
    rows = [f"{i},OS,Overall survival (months),{code},{value}" for i, code, value in ((1, 0, 12.4), (2, 1, 24.9))]
    adtte = table("USUBJID,PARAMCD,PARAM,CNSR,AVAL", rows)
    found = opened({"adsl.csv": b"USUBJID,ARM\n1,A\n2,A\n", "adtte.csv": adtte})
    assert outcome(found) == [[376, 757], [True, False]]  # the 377th day is day 376, for day 0 is the first
    assert "OS: AVAL has no unit of its own; PARAM says months, read so in 2 rows." in understood(found)
    assert refusals(opened({"adsl.csv": b"USUBJID,ARM\n1,A\n2,A\n", "adtte.csv": adtte.replace(b" (months)", b"")}))


def test_a_subject_that_only_the_times_know() -> None:
    adtte = b"USUBJID,PARAMCD,PARAM,CNSR,AVAL,AVALU\n1,OS,,0,12,DAYS\n9,OS,,1,24,DAYS\n"
    found = opened({"adsl.csv": b"USUBJID,ARM\n1,A\n", "adtte.csv": adtte})
    assert refusals(found) == ["adtte.csv, column USUBJID, line 3: 1 subject is not in adsl.csv: “9”."]


def test_a_dead_patient_without_a_last_day() -> None:
    found = opened({"patients.csv": small("A,400,", "B,,200")})
    assert outcome(found) == [[400, 200], [False, True]]
    assert "1 dead patient has no last day; the day of death was taken." in understood(found)


STATUS = table("patient,time,status", [f"L{i},{100 + 30 * i},{i % 2}" for i in range(10)])


def answered(files: dict[str, bytes], status: str, code: str) -> Opened:
    """The files with one code of a status told to be death."""
    mapping = opened(files).mapping
    assert mapping is not None
    return opened(files, mapping=mapping.with_event("patients.csv", status, DEATH, (code,)))


def test_what_a_status_means_is_asked() -> None:
    found = opened({"patients.csv": STATUS})
    assert found.outcome == TimeStatus("time", "status", {"0": 5, "1": 5})
    (said,) = refusals(found)
    assert said.endswith("but neither the unit nor which code is death: 0 (5) and 1 (5).")
    one = answered({"patients.csv": STATUS}, "status", "1")
    assert outcome(one) == [[100 + 30 * i for i in range(10)], [bool(i % 2) for i in range(10)]]
    other = answered({"patients.csv": STATUS}, "status", "0")
    assert outcome(other)[1] == [not i % 2 for i in range(10)]
    assert "“0” is the event (death): 5 of 10 patients; all others are censored." in understood(other)


def test_a_time_in_months() -> None:
    months = table("patient,OS_months,dead", ["A,12.5,yes", "B,3,no"])
    found = opened({"patients.csv": months})
    assert found.outcome is not None
    assert found.outcome.unit == "months"
    assert outcome(answered({"patients.csv": months}, "dead", "yes")) == [[380, 91], [True, False]]


def test_a_value_two_days_before_the_start_is_the_baseline() -> None:
    values = b"patient,day,variable,value\nZ0,-2,ferritin,800\nZ1,1,ferritin,700\nZ2,0,ferritin,600\n"
    found = opened({"patients.csv": small("Z0,400,", "Z1,400,", "Z2,400,"), "measurements.csv": values})
    np.testing.assert_array_equal(cohort(found).patients["ferritin"], [800, np.nan, 600])
    said = understood(found)
    assert "1 baseline value is from before day 0." in said
    assert "1 first value is from days 1 to 7 and no baseline value." in said


@pytest.mark.parametrize(("mark", "number"), [("\t", "1,234"), (";", "1.234"), (";", "1,234"), ("\t", "1.234")])
def test_a_number_that_can_be_read_in_two_ways(mark: str, number: str) -> None:
    rows = f"patient,day,variable,value\nP1,0,ferritin,{number}\n"
    quoted = rows.replace(number, "NUMBER").replace(",", mark).replace("NUMBER", number)
    found = opened({"patients.csv": small(), "measurements.tsv": quoted.encode()})
    (said,) = refusals(found)
    assert f"“{number}” (1 cell) can be read in two ways: “{number}” as 1234 or as 1.234." in said


def test_the_drug_of_the_study_under_other_names() -> None:
    for name in ("Tacrolimus", "タクロリムス", "プログラフ", "Prograf"):
        rows = f"patient,day,drug,action,reason\nP1,0,{name},start,\nP1,50,{name},stop,Adverse event\n"
        found = opened({"patients.csv": small(), "treatments.csv": rows.encode()})
        assert outcome(found, "tacrolimus_persistence") == [[50], [True]]
        assert f"Read “{name}” as “tacrolimus” (2)." in understood(found)


def test_an_ointment_is_not_the_drug_of_the_study() -> None:
    rows = b"patient,day,drug,action\nP1,0,Tacrolimus ointment,start\nP1,50,Tacrolimus ointment,stop\n"
    found = opened({"patients.csv": small(), "treatments.csv": rows})
    assert outcome(found, "tacrolimus_persistence")[1] == [False]
    assert "“Tacrolimus ointment” is not read as tacrolimus." in [entry.wrong for entry in found.issues]


def test_a_japanese_column_behind_latin_letters() -> None:
    found = opened({"patients.csv": "patient,sex,CRP値,last_day,death_day\nP1,男,1,400,\n".encode("cp932")})
    assert cohort(found).patients["sex"].tolist() == ["Male"]
    assert [entry.column for entry in found.unread] == ["CRP値"]
    assert understood(found)[0].endswith("(Shift JIS, code page 932): “CRP値” and “男”.")


def test_a_laboratory_value_among_the_patients_is_said_and_how_to_bring_it_in() -> None:
    found = opened({"patients.csv": small("P1,812,400,", extra=",ferritin")})
    (entry,) = found.issues
    assert entry.wrong == "“ferritin” (Ferritin): 1 value stands in the table of patients and is left out."
    assert entry.remedy.endswith("day 0 for the baseline in ng/mL, for example P1,0,ferritin,812.")


def test_a_sign_in_brackets() -> None:
    found = opened({"patients.csv": small("P1,(+),400,", "P2,（－）,400,", extra=",anti_mda5")})
    assert cohort(found).patients["anti_mda5"].tolist() == ["Positive", "Negative"]
    assert understood(found) == ["Read “(+)” as “Positive” (1), “（－）” as “Negative” (1)."]


def test_a_small_workbook_that_unfolds_is_refused_at_once() -> None:
    sheet = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 3_000_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert len(out.getvalue()) < 400_000
    (said,) = refusals(opened({"cohort.xlsx": out.getvalue()}))
    assert said == "cohort.xlsx: The workbook would expand to more than 64 MB."


def test_marked_text_in_a_name_stays_text() -> None:
    link = '<a href="http://example.org">click</a>'
    values = f'patient,day,variable,value\nP1,0,"{link.replace(chr(34), chr(34) * 2)}",5\n'
    found = opened({"patients.csv": small(), "measurements.csv": values.encode()}, added=(link,))
    assert cohort(found).dictionary.measure[link].label == link


@pytest.mark.parametrize("death", ["", "100"])
def test_eight_patients_with_one_day(death: str) -> None:
    found = opened({"patients.csv": small(*(f"Z{i},100,{death}" for i in range(8)))})
    assert outcome(found) == [[100] * 8, [bool(death)] * 8]
