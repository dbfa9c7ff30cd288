from __future__ import annotations

import io

import openpyxl
import pytest

from data.reading.layout import COLUMNS, columns_of
from data.reading.read import COHORT_FOLDER, opened, reconstructed_cohort, tables_in
from data.reading.template import csv_template, template
from data.reading.upload import sheets_in
from data.variables import DICTIONARY


def test_the_template_is_read_without_a_remark_but_for_its_patients() -> None:
    result = opened({"template.xlsx": template()})
    assert [entry.wrong for entry in result.issues] == ["There is no patient in the table."]
    assert [entry.wrong for entry in result.notes if entry.table != "patients"] == []


def test_a_filled_template_is_a_cohort() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    columns = [cell.value for cell in book["patients"][1]]
    row = {"patient": "P1", "population": "Outcome", "subtype": "CADM", "age": 61, "last_day": 365}
    book["patients"].append([row.get(str(column)) for column in columns])
    book["measurements"].append(["P1", 0, "kl6", 800])
    content = io.BytesIO()
    book.save(content)
    result = opened({"cohort.xlsx": content.getvalue()})
    assert (result.issues, result.notes) == ((), ())
    assert result.cohort is not None
    patient = result.cohort.patients.iloc[0]
    assert (patient["subtype"], patient["age_group"], patient["kl6_group"]) == (
        "CADM",
        "50 to < 65 years",
        "< 1000 U/mL",
    )


def test_the_template_filled_with_the_reconstructed_cohort_gives_it_back() -> None:
    tables = tables_in(COHORT_FOLDER)
    result = opened({"example.xlsx": template(rows=tables)})
    assert result.cohort is not None
    assert [entry.severity for entry in result.issues] == ["warning"]
    own, filled = reconstructed_cohort(), result.cohort
    assert filled.patients["subtype"].tolist() == own.patients["subtype"].tolist()
    assert filled.patients["kl6"].tolist() == pytest.approx(own.patients["kl6"].tolist(), nan_ok=True)
    assert len(filled.measurements) == len(own.measurements)
    assert filled.reactions["term"].tolist() == own.reactions["term"].tolist()


def test_the_csv_files_of_the_template_hold_the_headings() -> None:
    sheets, issues, _ = sheets_in({"template.zip": csv_template()})
    assert issues == ()
    assert {entry.name: tuple(entry.cells.columns) for entry in sheets} == {
        f"{table}.csv": columns_of(table, DICTIONARY) for table in COLUMNS
    }


def test_the_template_offers_every_column_and_every_allowed_word() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    assert book.sheetnames == ["patients", "measurements", "reactions", "treatments", "How to fill in", "Allowed words"]
    columns = {cell.value for cell in book["patients"][1]}
    assert {entry.key for entry in DICTIONARY.factors if not entry.derived} < columns
    assert {entry.key for entry in DICTIONARY.numbers} < columns
    listed = {
        column[0]: [word for word in column[1:] if word] for column in book["Allowed words"].iter_cols(values_only=True)
    }
    assert listed["patients: subtype"] == ["PM", "CADM", "Classic DM"]
    assert listed["reactions: category"] == [level.word for level in DICTIONARY.reaction_categories]
    assert "kl6" in listed["measurements: variable"]
    rules = {str(rule.sqref): rule.formula1 for rule in book["reactions"].data_validations.dataValidation}
    assert set(rules) == {"C2:C5000", "E2:E5000", "F2:F5000"}
