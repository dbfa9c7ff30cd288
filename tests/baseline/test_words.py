"""Table 1 in print, for the nine patients written out by hand."""

from __future__ import annotations

import pytest

from components.baseline import words
from components.baseline.analysis import baseline
from components.core.table import Table
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]
PM, CADM, _ = SUBTYPE.levels


@pytest.fixture
def table(cohort: Cohort) -> Table:
    found = baseline(cohort, SUBTYPE, ("sex", "age", "anti_mda5", "cyclophosphamide", "kl6"))
    return words.baseline_table(found, words.Display(compared=(PM, CADM)))


def row(table: Table, label: str) -> tuple[str, ...]:
    return next(cells[1:] for cells in table.rows if cells[0] == label)


def test_columns_stand_in_the_order_of_the_paper(table: Table) -> None:
    difference = "Difference, PM vs CADM"
    assert table.columns == ("Characteristic", "All patients", "PM", "Overall DM", "CADM", "Classic DM", difference)
    assert table.rows[0] == ("Patients, n (%)", "7 (100.0)", "2 (28.6)", "5 (71.4)", "3 (60.0)", "2 (40.0)", "")


def test_antibody_results_are_out_of_the_tested_and_nobody_has_no_percentage(table: Table) -> None:
    assert row(table, "Performed") == ("5 (71.4)", "1 (50.0)", "4 (80.0)", "3 (100.0)", "1 (50.0)", "")
    assert row(table, "Positive") == ("3 (60.0)", "0", "3 (75.0)", "2 (66.7)", "1 (100.0)", "")
    assert row(table, "Not performed") == ("2 (28.6)", "1 (50.0)", "1 (20.0)", "0", "1 (50.0)", "")


def test_numbers_with_units_and_missing_ones_counted(table: Table) -> None:
    age = ("55.4 ± 10.9", "65.0 ± 7.1", "51.6 ± 10.0", "45.0 ± 5.0", "61.5 ± 4.9", "3.27")
    assert row(table, "Age, years, mean ± SD") == age
    assert row(table, "KL-6, U/mL, mean ± SD")[0] == "1\u202f166.7 ± 531.7"
    assert row(table, "Not measured")[:2] == ("1 (14.3)", "0")


def test_a_finding_that_is_there_or_not_takes_one_line(table: Table) -> None:
    labels = [cells[0] for cells in table.rows]
    at = labels.index("Cyclophosphamide, n (%)")
    assert row(table, "Cyclophosphamide, n (%)") == ("0", "0", "0", "0", "0", "no patients")
    assert labels[at + 1] == "Not recorded"
    assert row(table, "Not recorded")[0] == "7 (100.0)"


def test_sections_head_their_rows_and_levels_are_indented(table: Table) -> None:
    heads = [table.rows[i][0] for i in sorted(table.strong)]
    assert heads == ["Patient", "Antibodies", "Treatment at baseline", "Laboratory values on day 0"]
    assert [table.rows[i][0] for i in sorted(table.inner)][:3] == ["Male", "Female", "Performed"]


def test_median_and_quartiles(cohort: Cohort) -> None:
    table = words.baseline_table(baseline(cohort, None, ("age",)), words.Display("median"))
    assert row(table, "Age, years, median (quartiles)") == ("58.0 (45.0–65.0)",)


def test_one_patient_has_no_spread(cohort: Cohort) -> None:
    one = cohort.where((cohort.patients["patient"] == "P1").to_numpy())
    table = words.baseline_table(baseline(one, None, ("age",)), words.Display())
    assert row(table, "Age, years, mean ± SD") == ("70.0",)


def test_the_note_says_out_of_whom(cohort: Cohort) -> None:
    note = words.baseline_note(baseline(cohort, SUBTYPE), words.Display("median", (PM, CADM)))
    assert note.startswith("CADM and Classic DM in the first row: percentage of Overall DM.")
    assert "percentages of the patients tested" in note
    assert "definition 5" in note
    assert "Standardized difference" in note


def test_patients_without_a_level_and_levels_known_later_are_announced(cohort: Cohort) -> None:
    ars, trough = DICTIONARY.factor["anti_ars"], DICTIONARY.factor["trough_range"]
    assert words.unknown_notice(baseline(cohort, ars).columns, ars) == (
        "Not tested (anti-ARS antibody): 1 patient, counted only in the column of all patients."
    )
    assert "only at month 3" in words.unknown_notice(baseline(cohort, trough).columns, trough)
    assert words.unknown_notice(baseline(cohort, SUBTYPE).columns, SUBTYPE) == ""
