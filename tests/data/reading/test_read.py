from __future__ import annotations

import math
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cohort import Cohort, Tables
from data.entries import STOP_DAY
from data.reading.issue import Issue
from data.reading.layout import COLUMNS
from data.reading.read import (
    Opened,
    Unread,
    fingerprint,
    imported_cohort,
    opened,
    reconstructed_cohort,
    tables_in,
)
from data.recorded import with_recorded_variables
from data.variables import DICTIONARY

PATIENTS = b"""patient,population,sex,anti_mda5,age,last_day,death_day
P1,Outcome,Male,Negative,64,730,
P2,Outcome,Female,,65,100,100
"""
MEASUREMENTS = b"patient,day,variable,value\nP1,0,fvc,80\nP1,0,CK,812.5\n"
REACTIONS = b"patient,day,category,term,serious,outcome\nP2,5,Infections,Pneumonia,Yes,Fatal\n"
TREATMENTS = b"patient,day,drug,action,reason\nP1,300,tacrolimus,stop,Adverse event\n"
FILES = {"p.csv": PATIENTS, "m.csv": MEASUREMENTS, "r.csv": REACTIONS, "t.csv": TREATMENTS}


def understood(files: dict[str, bytes]) -> tuple[Cohort, tuple[Issue, ...]]:
    """The cohort, and what was understood or noted on the way to it."""
    result = opened(files)
    return cohort_of(result), result.notes


def cohort_of(result: Opened) -> Cohort:
    assert result.cohort is not None
    return result.cohort


def test_four_files_are_a_cohort_whatever_their_names() -> None:
    result = opened(FILES, "Our hospital")
    cohort = cohort_of(result)
    assert (cohort.n, cohort.provenance.kind, cohort.provenance.name) == (2, "imported", "Our hospital")
    assert cohort.measurements["variable"].tolist() == ["fvc"]
    assert cohort.patients[STOP_DAY].tolist()[0] == 300
    assert cohort.reactions["term"].tolist() == ["Pneumonia"]
    assert result.notes == ()
    assert [entry.column for entry in result.issues] == ["variable"]
    assert result.variables == ("CK",)


def test_unknown_variables_come_along_when_they_are_wanted() -> None:
    cohort = cohort_of(opened(FILES, added=("CK", "nothing")))
    measure = cohort.dictionary.measure["CK"]
    assert (measure.label, measure.kind, measure.plausible, measure.decimals) == (
        "CK",
        "laboratory",
        (-math.inf, math.inf),
        1,
    )
    assert cohort.patients["CK"].tolist()[0] == 812.5
    assert opened(FILES, added=("CK",)).issues == ()
    assert "CK" not in DICTIONARY.measure


def test_only_unknown_variables_of_the_file_are_added() -> None:
    cohort = cohort_of(opened(FILES, added=("CK", "fvc", "other")))
    assert [key for key in cohort.dictionary.measure if key not in DICTIONARY.measure] == ["CK"]


def test_patients_alone_are_enough() -> None:
    cohort, notes = understood({"p.csv": PATIENTS})
    assert [list(getattr(cohort, name).columns) for name in ("measurements", "reactions", "treatments")] == [
        list(COLUMNS[name]) for name in ("measurements", "reactions", "treatments")
    ]
    assert [entry.table for entry in notes] == ["measurements", "reactions", "treatments"]
    assert cohort.n == 2


def test_without_patients_there_is_no_cohort() -> None:
    without = opened({"m.csv": MEASUREMENTS})
    assert without.cohort is None
    assert [entry.wrong for entry in without.issues] == ["The table patients is missing."]
    assert opened({}).cohort is None
    assert [entry.severity for entry in opened({}).issues] == ["error"]


def test_errors_leave_no_cohort_and_keep_all_findings() -> None:
    result = opened({**FILES, "p.csv": PATIENTS.replace(b"730", b"2021-01-01")})
    assert result.cohort is None
    assert [entry.severity for entry in result.issues] == ["error", "warning"]
    assert "calendar dates" in result.issues[0].wrong


def test_a_population_that_is_not_told_is_the_outcome_population() -> None:
    text = PATIENTS.replace(b",Outcome", b"").replace(b",population", b"")
    cohort, notes = understood({"p.csv": text})
    assert cohort.patients["population"].tolist() == ["Outcome", "Outcome"]
    assert "2 patients all count as “Outcome”" in notes[0].wrong


def test_other_names_of_columns_are_understood_and_told() -> None:
    text = "Patient ID,Gender,MDA5,SpO2,Last day,Death_Day,最終観察日\n1,Male,Negative,97,10,,3\n".encode()
    cohort, notes = understood({"p.csv": text})
    assert cohort.patients[["patient", "sex", "anti_mda5", "sao2", "last_day"]].to_numpy().tolist() == [
        ["1", "Male", "Negative", 97, 10]
    ]
    assert opened({"p.csv": text}).unread == (Unread("patients", "最終観察日"),)
    assert "“Gender” as “sex”" in notes[0].wrong
    assert (notes[0].severity, notes[0].table) == ("understood", "patients")


def test_other_spellings_of_levels_are_understood_and_told() -> None:
    text = "patient,sex,anti_mda5,anti_ars,dysphagia,subtype,last_day,death_day\n"
    text += "a,M,+,NA,-,cadm,9,\nb,女性,陽性,-,Present,PM,9,NA\nc,female,Not tested,1,0,classic DM,9,-\n"
    cohort, notes = understood({"p.csv": text.encode()})
    patients = cohort.patients
    assert patients["sex"].tolist() == ["Male", "Female", "Female"]
    assert patients["anti_mda5"].astype(object).fillna("").tolist() == ["Positive", "Positive", ""]
    assert patients["anti_ars"].astype(object).fillna("").tolist() == ["", "Negative", "Positive"]
    assert patients["dysphagia"].tolist() == ["Absent", "Present", "Absent"]
    assert patients["subtype"].tolist() == ["CADM", "PM", "Classic DM"]
    assert np.isnan(patients["death_day"].to_numpy(dtype=float)).all()
    (misspelt,) = opened({"p.csv": text.replace("classic", "Clasic").encode()}).issues
    assert (misspelt.severity, misspelt.rows, "“Clasic DM” is not among" in misspelt.wrong) == ("error", (4,), True)
    told = {(entry.column, entry.rows): entry.wrong for entry in notes}
    assert told["sex", (2, 3, 4)] == "Read “M” as “Male” (1), “女性” as “Female” (1), “female” as “Female” (1)."
    assert told["anti_ars", (2,)] == "Read as not recorded: “NA” (1)."
    assert told["death_day", (3, 4)] == "Read as not recorded: “NA” (1), “-” (1)."


def test_measured_variables_are_found_by_label_and_alias() -> None:
    rows = "patient,day,variable,value\n" + "".join(
        f"P1,0,{name},90\n" for name in ("KL-6", "%FVC", "SP-D", "C0", "FVC")
    )
    cohort, notes = understood({"p.csv": PATIENTS, "m.csv": rows.encode()})
    assert cohort.measurements["variable"].tolist() == ["kl6", "fvc", "spd", "trough", "fvc"]
    assert notes[0].rows == (2, 3, 4, 5, 6)


def test_decimal_commas_count_where_the_comma_does_not_separate() -> None:
    text = b"patient;age;weight;last_day;death_day\nP1;64;50,5;730;\n"
    cohort, notes = understood({"p.csv": text})
    assert cohort.patients["weight"].tolist() == [50.5]
    assert notes[0].wrong == "The comma was read as the decimal sign in 1 cell: 50,5 is 50.5."
    quoted = b'patient,age,weight,last_day,death_day\nP1,64,"50,5",730,\n'
    result = opened({"p.csv": quoted})
    assert result.cohort is None
    assert "a point for the decimals" in result.issues[0].remedy


def test_full_width_digits_are_read_and_told() -> None:
    text = "patient,age,last_day,death_day\nP1,６４,７３０,\n".encode("cp932")
    cohort, notes = understood({"p.csv": text})
    assert (cohort.patients["age"].tolist(), cohort.patients["last_day"].tolist()) == ([64], [730])
    assert [entry.column for entry in notes if "Full-width" in entry.wrong] == ["last_day", "age"]


def test_leading_zeros_of_patients_stay() -> None:
    cohort, _ = understood({"p.csv": b"patient,last_day,death_day\n007,1,\n"})
    assert cohort.patients["patient"].tolist() == ["007"]


def test_cells_that_cannot_be_read_stay_as_they_are() -> None:
    result = opened({"p.csv": PATIENTS.replace(b",64,", b",<64,")})
    assert result.cohort is None
    assert [(entry.column, entry.rows, "“<64”" in entry.wrong) for entry in result.issues] == [("age", (2,), True)]


def test_one_table_in_two_files_and_a_table_nobody_knows() -> None:
    result = opened({**FILES, "again.csv": PATIENTS, "odd.csv": b"colour,taste\nred,sour\n"})
    assert result.cohort is None
    assert {entry.table for entry in result.issues if entry.severity == "error"} == {"patients", "odd.csv"}


def test_the_name_of_a_file_decides_when_its_columns_do_not() -> None:
    result = opened({"Patients 2024.csv": b"who,what\na,b\n"})
    assert result.unread == (Unread("patients", "who"), Unread("patients", "what"))
    assert {entry.table for entry in result.issues} == {"patients"}


def test_columns_that_nobody_asked_for_are_not_kept() -> None:
    text = b"patient,last_day,death_day,name,e-mail\nP1,1,,Somebody,a@example.org\n"
    result = opened({"p.csv": text})
    assert {"name", "e-mail"}.isdisjoint(cohort_of(result).patients.columns)
    assert [entry.column for entry in result.issues] == ["name", "e-mail"]


def test_columns_that_are_left_out_are_listed_with_what_they_tell_of_a_person() -> None:
    header, *rows = PATIENTS.decode().splitlines()
    text = "\n".join([f"{header},ward,Full name", *(f"{row},A,Jane Doe" for row in rows)])
    result = opened({"p.csv": text.encode()})
    assert result.unread == (Unread("patients", "ward"), Unread("patients", "Full name", "a person's name"))
    assert "Jane Doe" not in cohort_of(result).patients.to_csv()


def test_an_opened_cohort_only_offers_factors_that_are_recorded() -> None:
    cohort = cohort_of(opened(FILES))
    kept = with_recorded_variables(cohort)
    assert [entry.key for entry in kept.dictionary.factors] == ["anti_mda5", "sex", "age_group"]
    assert kept.dictionary.measures == cohort.dictionary.measures
    assert kept.patients is cohort.patients


def test_the_fingerprint_follows_the_content_that_is_kept() -> None:
    first = cohort_of(opened(FILES)).provenance.fingerprint
    assert len(first) == 12
    assert first == cohort_of(opened(dict(reversed(FILES.items())))).provenance.fingerprint
    assert first != cohort_of(opened({**FILES, "p.csv": PATIENTS.replace(b"64", b"63")})).provenance.fingerprint


def test_the_fingerprint_changes_with_any_cell(tables: Tables) -> None:
    rows = tables.measurements
    last = rows.assign(value=[*rows["value"].iloc[:-1], -1.0])
    prints = [fingerprint(one) for one in (tables, replace(tables, measurements=last), replace(tables))]
    assert prints[0] == prints[2] != prints[1]


def test_an_import_without_findings_equals_the_tables_it_came_from(tables: Tables, tmp_path: Path) -> None:
    for name in COLUMNS:
        getattr(tables, name).to_csv(tmp_path / f"{name}.csv", index=False)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    direct = imported_cohort(tables_in(tmp_path), "Direct")
    uploaded, _ = understood(files)
    for name in ("measurements", "reactions", "treatments"):
        pd.testing.assert_frame_equal(getattr(uploaded, name), getattr(direct, name), check_dtype=False)
    pd.testing.assert_frame_equal(uploaded.by_visit, direct.by_visit, check_dtype=False)
    pd.testing.assert_frame_equal(uploaded.patients, direct.patients[uploaded.patients.columns], check_dtype=False)


def test_tables_in_a_folder_keep_text_and_need_all_files(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tables_in(tmp_path)
    tables.patients["previous_drug"] = "None"
    for name in COLUMNS:
        getattr(tables, name).to_csv(tmp_path / f"{name}.csv", index=False)
    read = tables_in(tmp_path)
    assert read.patients["previous_drug"].tolist() == ["None"] * 4
    cohort = reconstructed_cohort(tmp_path)
    assert (cohort.n, cohort.provenance.kind, cohort.provenance.fingerprint) == (4, "reconstructed", fingerprint(read))


CELLS = st.sampled_from(
    ["", "P1", "0", "-3", "1.5", "2019-01-01", "x", "Yes", "fvc", "=1", "１", "NA", '"', "a,b", "é", "男"]
)
HEADERS = st.sampled_from(
    ["patient", "day", "variable", "value", "sex", "age", "last_day", "death_day", "drug", "action", "term", "USUBJID",
     "PARAMCD", "CNSR", "AVAL", "TRTSDT", "ADT", "AETERM", ""]
)  # fmt: skip
GRIDS = st.lists(HEADERS, min_size=1, max_size=6).flatmap(
    lambda header: st.lists(st.lists(CELLS, max_size=7), max_size=4).map(
        lambda rows: "\n".join(",".join(row) for row in [header, *rows]).encode()
    )
)


@given(st.lists(st.one_of(GRIDS, st.binary(max_size=40)), min_size=1, max_size=3))
def test_no_file_makes_it_fail(contents: list[bytes]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = opened({f"{at}.csv": content for at, content in enumerate(contents)})
    assert (result.cohort is None) == any(entry.severity == "error" for entry in result.issues)


def test_days_of_survival_and_a_flag_of_death_are_an_outcome_to_be_asked_about() -> None:
    found = opened({"patients.csv": b"id,survival_days,death\n1,124,1\n2,100,0\n3,300,1\n"})
    assert found.outcome is not None
    assert (found.outcome.time, found.outcome.status, found.outcome.unit) == ("survival_days", "death", "days")
    assert [entry.column for entry in found.issues if entry.severity == "error"] == ["survival_days, death"]
