"""Tables as files: what a spreadsheet and a word processor read from them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook

from components.core.table import Table
from components.export.table_files import csv_file, docx_file, plain_text, xlsx_file

TABLE = Table(
    ("Group", "Patients", "Change"),
    (
        ("Section", "", ""),
        ("=1+2", "1\u202f234", "−5.20"),
        ("@home", "61 (49.2)", "+cmd"),
        ("-5", "0", "-note"),
    ),
    strong=frozenset({0}),
    inner=frozenset({1}),
)
FOOTER = ("Subtype: CADM; 61 patients.", "=HYPERLINK(1)")


def test_csv_keeps_numbers_and_disarms_formulas() -> None:
    text = csv_file(TABLE, FOOTER).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [
        ["Group", "Patients", "Change"],
        ["Section", "", ""],
        ["'  =1+2", "1234", "-5.20"],
        ["'@home", "61 (49.2)", "'+cmd"],
        ["-5", "0", "'-note"],
        [],
        ["Subtype: CADM; 61 patients."],
        ["'=HYPERLINK(1)"],
    ]


@pytest.mark.parametrize("first", ["\t", "\r"])
def test_csv_disarms_what_begins_with_a_control_character(first: str) -> None:
    text = csv_file(Table(("A",), ((f"{first}=1",),)), ()).decode("utf-8-sig")
    assert next(row for row in list(csv.reader(StringIO(text, newline="")))[1:])[0].startswith("'")


def test_excel_holds_numbers_as_numbers_and_every_text_as_text() -> None:
    sheet = load_workbook(BytesIO(xlsx_file(TABLE, FOOTER, "Title"))).active
    assert sheet["A1"].value == "Title"
    assert [cell.value for cell in sheet[3]] == ["Group", "Patients", "Change"]
    assert [cell.value for cell in sheet[5]] == ["=1+2", 1234, -5.2]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert sheet["A5"].quotePrefix
    assert sheet["A5"].alignment.indent == 1
    assert sheet["A4"].font.bold
    assert [sheet.cell(9 + i, 1).value for i in range(2)] == list(FOOTER)
    assert sheet.cell(9, 1).font.size == 8


def test_word_holds_title_table_and_footer() -> None:
    document = Document(BytesIO(docx_file(TABLE, FOOTER, "Title")))
    assert document.paragraphs[0].text == "Title"
    assert [paragraph.text for paragraph in document.paragraphs[1:]] == list(FOOTER)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(TABLE.columns), *map(list, TABLE.rows)]
    assert table.rows[1].cells[0].paragraphs[0].runs[0].bold
    assert document.core_properties.author == "Myoscope"


def test_a_wide_table_lies_on_its_side() -> None:
    wide = Table(tuple("ABCDEFG"), (tuple("1234567"),))
    page = Document(BytesIO(docx_file(wide, (), "Wide"))).sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert page.page_width > page.page_height
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (29.7, 21.0)


def test_the_first_column_is_the_widest() -> None:
    (table,) = Document(BytesIO(docx_file(TABLE, (), "Title"))).tables
    widths = [cell.width for cell in table.rows[1].cells]
    assert widths[0] > widths[1] == widths[2]


def test_the_clipboard_gets_lines_between_tabs() -> None:
    lines = plain_text(TABLE, ("=1+1", "Imported cohort")).split("\n")
    assert lines[-3:] == ["", "'=1+1", "Imported cohort"]
    assert lines[2:4] == ["'  =1+2\t1\u202f234\t−5.20", "'@home\t61 (49.2)\t'+cmd"]
