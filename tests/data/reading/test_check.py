from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.cohort import Tables
from data.entries import Factor, Measure
from data.reading.check import issues
from data.reading.check_values import resembling, unknown_variables
from data.reading.issue import Issue
from data.variables import DICTIONARY, NO, PERSON


@pytest.fixture
def clean(tables: Tables) -> Tables:
    """The four patients without what the check has to say about them."""
    rows = tables.measurements
    return replace(tables, measurements=rows[(rows["day"] >= 0) & (rows["day"] <= 730) & (rows["variable"] != "kl6")])


def found(tables: Tables, column: str, table: str | None = None) -> list[Issue]:
    return [entry for entry in issues(tables) if entry.column == column and table in (None, entry.table)]


def with_patients(clean: Tables, **columns: Any) -> Tables:
    patients = clean.patients.copy()
    for name, values in columns.items():
        patients[name] = values
    return replace(clean, patients=patients)


def measured(clean: Tables, *rows: tuple[object, ...]) -> Tables:
    table = pd.DataFrame(rows, columns=["patient", "day", "variable", "value"], dtype=object)
    return replace(clean, measurements=table)


def test_a_sound_cohort_only_has_patients_without_follow_up_to_mention(clean: Tables) -> None:
    (only,) = issues(clean)
    assert (only.severity, only.table, only.column, only.rows, only.count) == (
        "warning",
        "patients",
        "last_day",
        (5,),
        1,
    )


def test_tables_that_are_empty_are_no_finding(clean: Tables) -> None:
    nothing = pd.DataFrame()
    assert issues(Tables(clean.patients, nothing, nothing, nothing)) == issues(clean)


@pytest.mark.parametrize(
    ("table", "severity"), [("measurements", "understood"), ("treatments", "understood"), ("reactions", "error")]
)
def test_only_what_can_happen_before_the_start_may_have_a_negative_day(
    clean: Tables, table: str, severity: str
) -> None:
    rows = getattr(clean, table)
    early = rows.assign(day=[-1, *rows["day"].iloc[1:]])
    (told,) = [entry for entry in found(replace(clean, **{table: early}), "day", table) if "before" in entry.wrong]
    assert (told.severity, told.rows) == (severity, (2,))


def test_errors_come_first_and_all_at_once(clean: Tables) -> None:
    wrong = with_patients(clean, sex=["Mal", "Female", "x", None], age=["old", 65, 14, 200], height=1)
    every = issues(wrong)
    assert [entry.severity for entry in every] == ["error", "error", "warning", "warning", "warning"]
    assert [entry.column for entry in every] == ["sex", "age", "height", "last_day", "age"]


def test_a_missing_column_names_the_one_that_may_be_meant(clean: Tables) -> None:
    wrong = replace(clean, patients=clean.patients.rename(columns={"death_day": "deathdy"}))
    missing, unknown = found(wrong, "death_day")[0], found(wrong, "deathdy")[0]
    assert missing.severity == "error"
    assert missing.sentence == (
        "patients, column death_day: The column “death_day” is missing. "
        "Rename the column “deathdy” to “death_day”, if it holds this."
    )
    assert unknown.severity == "warning"


def test_columns_that_may_be_absent_are_not_missed(clean: Tables) -> None:
    fewer = Tables(
        clean.patients.drop(columns="population").query("patient != 'P4'"),
        clean.measurements,
        clean.reactions.drop(columns="outcome"),
        clean.treatments.drop(columns="reason"),
    )
    assert issues(fewer) == ()


def test_patients_in_two_rows(clean: Tables) -> None:
    twice = replace(clean, patients=clean.patients.assign(patient=["P1", "P2", "P2", "P4"]))
    (entry,) = found(twice, "patient", "patients")
    assert (entry.severity, entry.rows, entry.count) == ("error", (3, 4), 2)
    assert "“P2”" in entry.wrong


def test_patients_nobody_knows_and_the_zeros_a_spreadsheet_drops(clean: Tables) -> None:
    patients = clean.patients.assign(patient=["001", "002", "003", "004"])
    rows = pd.DataFrame({"patient": ["1", "002", "9"], "day": 0, "variable": "fvc", "value": 80})
    nothing = pd.DataFrame()
    (entry,) = found(Tables(patients, rows, nothing, nothing), "patient")
    assert (entry.table, entry.rows) == ("measurements", (2, 4))
    assert entry.wrong == "Patients are not in the table patients: “1” and “9”."
    assert entry.remedy.endswith("Perhaps “001” for “1”?")


def test_empty_cells_that_must_be_filled(clean: Tables) -> None:
    entries = issues(measured(clean, (None, 0, "fvc", 80), ("P1", None, "fvc", 80), ("P1", 0, None, 80)))
    assert [(e.column, e.rows) for e in entries if e.wrong == "Cells are empty."] == [
        ("patient", (2,)), ("day", (3,)), ("variable", (4,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "severity", "wrong"),
    [
        ("2019-03-04", "error", "calendar dates"),
        ("4/3/2019", "error", "calendar dates"),
        ("2019年3月4日", "error", "calendar dates"),
        ("soon", "error", "not hold a number"),
        (12.5, "error", "not whole numbers"),
        (-4, "understood", "before day 0"),
        (43521, "error", "spreadsheet dates"),
    ],
)
def test_days_that_are_none(clean: Tables, cell: object, severity: str, wrong: str) -> None:
    wrong_days = measured(clean, ("P1", 0, "fvc", 80), ("P1", cell, "fvc", 81))
    entry = found(wrong_days, "day")[0]
    assert (entry.table, entry.rows, entry.severity) == ("measurements", (3,), severity)
    assert wrong in entry.wrong


def test_a_serial_date_is_quoted_as_it_stands_in_the_file(clean: Tables) -> None:
    """A column with gaps is held as numbers with a point, which nobody wrote."""
    (entry,) = (
        one for one in found(with_patients(clean, death_day=[43831.0, None, None, None]), "death_day")
        if "spreadsheet dates" in one.wrong
    )  # fmt: skip
    assert "“43831”" in entry.wrong


def test_nobody_is_followed_to_a_day_before_the_start(clean: Tables) -> None:
    (entry,) = found(with_patients(clean, last_day=[-1, 100, 400, 10]), "last_day")
    assert (entry.severity, entry.rows) == ("error", (2,))


@pytest.mark.parametrize(
    ("column", "dead", "alive"),
    [
        ("vital_status", "Deceased", "alive"),
        ("Status at last visit", "DEAD", "lost"),
        ("転帰", "死亡", "生存"),
        ("died", "Yes", "No"),
        ("Dead", "1", "0"),
    ],
)
def test_who_is_dead_by_another_column_has_a_day_of_death(clean: Tables, column: str, dead: str, alive: str) -> None:
    died = clean.patients["death_day"].notna().to_numpy()
    assert 0 < died.sum() < len(died) - 1
    right = np.where(died, dead, alive).astype(object)
    told = with_patients(clean, **{column: right})
    assert {entry.severity for entry in found(told, column)} == {"warning"}  # only that it is left out
    wrong = right.copy()
    at = int(np.flatnonzero(~died)[0])
    wrong[at] = dead
    (entry,) = [one for one in found(with_patients(clean, **{column: wrong}), column) if one.severity == "error"]
    patient = clean.patients["patient"].iloc[at]
    assert entry.wrong == f"By the column “{column}” 1 patient is dead and has no day of death: “{patient}”."
    assert entry.rows == (at + 2,)


def test_who_is_alive_by_another_column_has_no_day_of_death(clean: Tables) -> None:
    status = np.full(len(clean.patients), "Alive", dtype=object)
    died = clean.patients["death_day"].notna()
    told = [entry for entry in found(with_patients(clean, status=status), "status") if "day of death" in entry.wrong]
    assert [entry.severity for entry in told] == ["warning"]
    assert told[0].count == died.sum()
    assert told[0].wrong.endswith("The day counts.")


def test_words_elsewhere_and_other_columns_tell_nothing_of_death(clean: Tables) -> None:
    for column, word in (("mother", "dead"), ("fall", "Yes"), ("cardiac_outcome", "good"), ("death_notice", "yes")):
        told = with_patients(clean, **{column: [word] * len(clean.patients)})
        assert [entry.severity for entry in found(told, column)] == ["warning"]


def test_codes_of_a_status_that_do_not_go_with_the_days_of_death_are_told(clean: Tables) -> None:
    died = clean.patients["death_day"].notna().to_numpy()
    for codes in (np.where(died, "2", "1"), np.where(died, "0", "1")):
        assert [entry.severity for entry in found(with_patients(clean, status=codes), "status")] == ["warning"]
    codes = np.where(died, "1", "0").astype(object)
    codes[int(np.flatnonzero(~died)[0])] = "1"
    told = [entry for entry in found(with_patients(clean, status=codes), "status") if entry.severity == "understood"]
    assert len(told) == 1
    assert f"{died.sum()} of {died.sum() + 1} with “1”" in told[0].wrong
    assert f"0 of {len(died) - died.sum() - 1} with “0”" in told[0].wrong


def test_nothing_is_measured_after_death_and_follow_up_lasts_as_long_as_anything_is_known(clean: Tables) -> None:
    late = measured(
        clean, ("P2", 100, "fvc", 80), ("P2", 101, "fvc", 80), ("P3", 401, "fvc", 80), ("P1", 730, "fvc", 80)
    )
    after_death, after_last = found(late, "day")
    assert (after_death.severity, after_death.rows) == ("error", (3,))
    assert (after_last.severity, after_last.rows) == ("warning", (4,))


@pytest.mark.parametrize(
    ("columns", "column", "rows"),
    [
        ({"death_day": [None, 101, None, None]}, "death_day", (3,)),
        ({"last_day": [730, 120, 400, 1]}, "last_day", (3,)),
        ({"progression_day": [731, None, None, None]}, "progression_day", (2,)),
    ],
)
def test_days_of_a_patient_that_contradict_each_other(
    clean: Tables, columns: dict[str, object], column: str, rows: tuple[int, ...]
) -> None:
    entries = [entry for entry in found(with_patients(clean, **columns), column) if entry.severity == "error"]
    assert [entry.rows for entry in entries] == [rows]


def test_a_missing_last_day_matters_in_the_outcome_population(clean: Tables) -> None:
    entries = found(with_patients(clean, last_day=[730, None, None, None]), "last_day")
    assert [(entry.severity, entry.rows) for entry in entries] == [("error", (3,)), ("warning", (4, 5))]


def test_levels_are_listed_with_what_is_allowed_and_what_may_be_meant(clean: Tables) -> None:
    (entry,) = found(with_patients(clean, subtype=["PM", "CDAM", "Clasic DM", "DM?"]), "subtype")
    assert (entry.severity, entry.rows) == ("error", (3, 4, 5))
    assert entry.wrong == "“CDAM”, “Clasic DM” and “DM?” are not among the words this column knows."
    assert entry.remedy.startswith(
        "Allowed are “PM”, “CADM”, “Classic DM”; leave the cell empty where it is not known."
    )
    assert "“CADM” for “CDAM”, “Classic DM” for “Clasic DM”" in entry.remedy


@pytest.mark.parametrize(
    ("table", "column", "severity"),
    [
        ("reactions", "serious", "error"),
        ("reactions", "category", "error"),
        ("reactions", "outcome", "error"),
        ("treatments", "action", "error"),
        ("treatments", "reason", "warning"),
    ],
)
def test_coded_columns_know_their_words(clean: Tables, table: str, column: str, severity: str) -> None:
    rows = getattr(clean, table)
    wrong = replace(clean, **{table: rows.assign(**{column: "maybe"})})
    (entry,) = found(wrong, column, table)
    assert (entry.severity, entry.count) == (severity, len(rows))


@pytest.mark.parametrize(
    ("variable", "values", "hint"),
    [
        ("pao2", (9.3, 10.1), "kPa"),
        ("fvc", (0.85, 0.9), "a fraction (0.85 for 85 %)"),
        ("trough", (5200,), "pg/mL"),
        ("prednisolone", (40000,), "µg/day"),
        ("kl6", (0.8,), "kU/mL"),
        ("pao2", (9.3, 3000), ""),
        ("ferritin", (2e8,), ""),
        ("fvc", (-3,), ""),
    ],
)
def test_a_unit_is_blamed_only_when_it_explains_every_value(
    clean: Tables, variable: str, values: tuple[float, ...], hint: str
) -> None:
    rows = [("P1", day, variable, value) for day, value in enumerate(values)]
    (entry,) = found(measured(clean, *rows), "value")
    assert entry.severity == "warning"
    assert entry.count == len(values)
    assert (f"Perhaps these were written in {hint}?" in entry.remedy) == bool(hint)
    assert f"The unit here is {DICTIONARY.measure[variable].unit}." in entry.remedy


def test_plausible_limits_belong_to_the_plausible(clean: Tables) -> None:
    assert found(measured(clean, ("P1", 0, "fvc", 5), ("P1", 1, "fvc", 200)), "value") == []
    assert found(measured(clean, ("P1", 0, "fvc", 4.9), ("P1", 1, "fvc", 200.1)), "value")[0].rows == (2, 3)


def test_ages_that_are_years_of_birth_are_not_repeated(clean: Tables) -> None:
    (entry,) = found(with_patients(clean, age=[1950, 65, 14, None]), "age")
    assert (entry.severity, entry.rows) == ("error", (2,))
    assert "1950" not in entry.sentence


def test_ages_are_years_of_birth_from_1900_on(clean: Tables) -> None:
    entries = found(with_patients(clean, age=[1900, 1949, 1899, 2100]), "age")
    years = [entry.rows for entry in entries if "birth" in entry.wrong]
    assert years == [(2, 3, 5)]


def test_ages_in_months_are_recognised(clean: Tables) -> None:
    (entry,) = found(with_patients(clean, age=[180, 65, 14, None]), "age")
    assert "months" in entry.remedy


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("<5", "limit of the assay"),
        ("3,5", "a point for the decimals"),
        ("=B2*2", "paste it as values"),
        ("12 mg", "the number alone"),
    ],
)
def test_numbers_that_are_none_say_what_to_do(clean: Tables, cell: str, remedy: str) -> None:
    entry = found(measured(clean, ("P1", 0, "fvc", cell)), "value")[0]
    assert (entry.severity, entry.rows) == ("error", (2,))
    assert f"“{cell}”" in entry.wrong
    assert remedy in entry.remedy


def test_measured_variables_that_are_unknown_or_belong_elsewhere(clean: Tables) -> None:
    rows = measured(
        clean, ("P1", 0, "CK", 1), ("P1", 0, "weight", 50), ("P1", 0, "tacrolimus_per_kg", 1), ("P1", 0, "kl6", 90)
    )
    unknown, misplaced = found(rows, "variable")
    assert (unknown.severity, unknown.rows) == ("warning", (2,))
    assert (misplaced.severity, misplaced.rows) == ("warning", (3, 4))
    assert unknown_variables(rows.measurements, DICTIONARY) == ("CK",)


def test_names_that_nearly_are_a_measured_variable() -> None:
    assert resembling(["kl 6x", "CK", "feritin"]) == {"kl 6x": "kl6", "feritin": "ferritin"}


def test_two_values_on_one_day_and_none(clean: Tables) -> None:
    rows = measured(clean, ("P1", 0, "fvc", 80), ("P1", 0, "fvc", 82), ("P2", 0, "fvc", 82), ("P1", 5, "fvc", None))
    repeated, empty = sorted(found(rows, "value"), key=lambda entry: entry.rows)
    assert (repeated.severity, repeated.rows) == ("warning", (3,))
    assert (empty.severity, empty.rows) == ("warning", (5,))


@pytest.mark.parametrize(
    "column",
    ["Patient name", "name", "initials", "氏名", "MRN", "medical_record_no", "カルテ番号", "Date of birth", "DOB",
     "生年月日", "e-mail", "telephone", "住所"],
)  # fmt: skip
def test_columns_that_identify_a_patient(clean: Tables, column: str) -> None:
    (entry,) = found(with_patients(clean, **{column: "x"}), column)
    assert entry.severity == "warning"
    assert "looks like" in entry.wrong
    assert "left out" in entry.wrong


@pytest.mark.parametrize("column", ["height", "surgery", "hla_type", "rename_this", "naming"])
def test_other_columns_do_not_identify(clean: Tables, column: str) -> None:
    (entry,) = found(with_patients(clean, **{column: "x"}), column)
    assert "not in the dictionary" in entry.wrong


def test_calendar_dates_and_addresses_in_cells(clean: Tables) -> None:
    dated = found(with_patients(clean, seen=[None, "2019-03-04", None, None]), "seen")
    assert [(entry.severity, entry.rows) for entry in dated] == [("warning", (3,))]
    assert "Calendar dates" in dated[0].wrong
    written = with_patients(clean, institution=["I01", "ask someone@example.org", "I01", "I02"])
    (entry,) = found(written, "institution")
    assert "e-mail" in entry.wrong
    assert "someone" not in entry.sentence


def test_text_that_a_spreadsheet_would_compute(clean: Tables) -> None:
    rows = clean.reactions.assign(term=["=HYPERLINK(1)", "-itis"])
    (entry,) = found(replace(clean, reactions=rows), "term")
    assert (entry.severity, entry.rows) == ("warning", (2,))


def test_a_column_that_is_worked_out_is_not_read(clean: Tables) -> None:
    (entry,) = found(with_patients(clean, age_group="≥ 65 years"), "age_group")
    assert entry.severity == "warning"
    assert entry.remedy == "Give “age”."


def test_no_patient_at_all(clean: Tables) -> None:
    nothing = pd.DataFrame()
    (entry,) = issues(Tables(clean.patients[:0], nothing, nothing, nothing))
    assert (entry.severity, entry.wrong) == ("error", "There is no patient in the table.")
    missing = {entry.column for entry in issues(Tables(nothing, nothing, nothing, nothing))}
    assert missing == {"patient", "last_day", "death_day"}


def test_many_of_a_kind_are_one_finding_with_a_count(clean: Tables) -> None:
    rows = [("P1", day, "fvc", 900) for day in range(1200)]
    entries = found(measured(clean, *rows), "value")
    assert [(entry.rows, entry.count) for entry in entries] == [((2, 3, 4, 5, 6), 1200)]
    assert entries[0].place == "measurements, column value, lines 2, 3, 4, 5, 6 and 1\N{THIN SPACE}195 more"


def test_lines_are_those_of_the_file(clean: Tables) -> None:
    index = pd.Index([3, 5, 8, 13], name="line")
    wrong = with_patients(clean, sex=["Male", "?", "Female", "?"])
    (entry,) = found(replace(wrong, patients=wrong.patients.set_axis(index)), "sex")
    assert entry.rows == (5, 13)


def test_nothing_is_changed(clean: Tables) -> None:
    wrong = with_patients(clean, sex=["male", " Female", "x", None], age=["６４", "65", "x", np.nan])
    before = wrong.patients.copy()
    issues(wrong)
    pd.testing.assert_frame_equal(wrong.patients, before)


def test_one_line_brings_a_laboratory_value_into_the_check(clean: Tables) -> None:
    ck = Measure("ck", "Creatine kinase", "U/L", "laboratory", (1, 100000))
    marital = Factor("dependent", "Needs help", NO, "no", PERSON)
    dictionary = replace(DICTIONARY.with_measures([ck]), factors=(*DICTIONARY.factors, marital))
    rows = with_patients(measured(clean, ("P1", 0, "ck", 0.5)), dependent=["No", "x", None, None])
    entries = {entry.column: entry for entry in issues(rows, dictionary)}
    assert "Creatine kinase outside 1 to 100000 U/L: 0.5." in entries["value"].wrong
    assert entries["dependent"].rows == (3,)
    assert "variable" not in entries
