from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from data.reading import upload
from data.reading.issue import Issue
from data.reading.sheet import LIMITS, Sheet
from data.reading.upload import sheets_in

CSV = "patient,last_day,term\nP1,10,none\n"


def sheet(content: bytes, name: str = "a.csv") -> Sheet:
    (only,), issues, _ = sheets_in({name: content})
    assert all(entry.severity in ("note", "understood") for entry in issues)
    return only


def refusal(content: bytes, name: str = "a.csv") -> Issue:
    sheets, (only,), _ = sheets_in({name: content})
    assert sheets == ()
    assert only.severity == "error"
    return only


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows_of(read: Sheet) -> list[list[str | None]]:
    return [[cell if isinstance(cell, str) else None for cell in row] for row in read.cells.to_numpy().tolist()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_japanese_text_in_every_encoding_of_excel(encoding: str) -> None:
    read = sheet("patient,性別\nP1,女性\n".encode(encoding))
    assert list(read.cells.columns) == ["patient", "性別"]
    assert rows_of(read) == [["P1", "女性"]]


def test_the_encoding_that_had_to_be_guessed_is_told() -> None:
    _, (japanese,), _ = sheets_in({"a.csv": "patient,性別\nP1,女性\n".encode("cp932")})
    (western,), (note,), _ = sheets_in({"b.csv": "patient,term\nP1,Sjögren\nP2,fièvre\n".encode("cp1252")})
    assert "932" in japanese.wrong
    assert "1252" in note.wrong
    assert rows_of(western) == [["P1", "Sjögren"], ["P2", "fièvre"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(separator: str) -> None:
    text = f'patient{separator}"a, b; c"{separator}last_day\nP1{separator}"x{separator}""y"""{separator}3\n'
    read = sheet(text.encode())
    assert list(read.cells.columns) == ["patient", "a, b; c", "last_day"]
    inside = " " if separator == "\t" else separator  # a label is one line
    assert rows_of(read) == [["P1", f'x{inside}"y"', "3"]]
    assert read.decimal_comma == (separator != ",")


def test_lines_are_kept_over_blank_ones_and_cells_are_trimmed() -> None:
    read = sheet(b"\npatient,last_day\n\n P1 , 10\n,\nP2,\n")
    assert read.cells.index.tolist() == [4, 6]
    assert read.cells.index.name == "line"
    assert rows_of(read) == [["P1", "10"], ["P2", None]]


def test_short_rows_end_in_blank_cells_and_long_ones_are_refused() -> None:
    (read,), issues, _ = sheets_in({"a.csv": b"patient,day,value\nP1\nP2,1,3,5\nP3,1,2,,\n"})
    assert rows_of(read)[0] == ["P1", None, None]
    assert issues == ()
    assert [(entry.severity, entry.rows) for entry in read.issues] == [("error", (3,))]


def test_columns_that_are_there_twice_or_have_no_name() -> None:
    (read,), _, _ = sheets_in({"a.csv": b"patient,age,,age\nP1,3,x,4\n"})
    assert list(read.cells.columns) == ["patient", "age", "age (column 4)"]
    assert rows_of(read) == [["P1", "3", "4"]]
    assert [(entry.severity, entry.column) for entry in read.issues] == [("warning", ""), ("warning", "age")]


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    assert refusal(b'patient,term\nP1,x\nP2,"y\n').rows == (3,)


def test_the_content_tells_the_kind_not_the_name() -> None:
    book = workbook(patients=[["patient", "last_day"], ["P1", 10]])
    assert sheet(book, "patients.csv").workbook
    assert not sheet(CSV.encode(), "patients.xlsx").workbook


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "damaged"),
        (b"%PDF-1.7", "not a table"),
        (b"<HTML><table>", "not a table"),
        (b"\x89PNG\r\n\x1a\n", "not a table"),
        (b"abc\x00def", "not a table"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_table(content: bytes, wrong: str) -> None:
    assert wrong in refusal(content).wrong


def zipped(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


def test_other_archives_and_damaged_workbooks() -> None:
    assert refusal(zipped(letter=b"x")).wrong == "There is no table in the archive. It holds “letter”."
    damaged = zipped(**{"xl__workbook.xml": b"<broken"})
    assert "damaged" in refusal(damaged).wrong


def test_an_archive_of_csv_files_is_read_like_the_files() -> None:
    archive = zipped(**{"export__patients.csv": CSV.encode(), "__MACOSX__._patients.csv": b"\x00", "read me.txt": b"x"})
    found, issues, _ = sheets_in({"cohort.zip": archive})
    assert [entry.name for entry in found] == ["patients.csv"]
    assert [entry.wrong for entry in issues] == ["Only the tables of the archive were read; left out: “read me.txt”."]
    assert rows_of(found[0]) == rows_of(sheet(CSV.encode()))
    assert "inside an archive" in refusal(zipped(**{"inner.csv": zipped(**{"patients.csv": CSV.encode()})})).wrong


def test_a_small_workbook_may_not_unfold_into_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LIMITS", replace(LIMITS, expanded_megabytes=1))
    bomb = zipped(**{"xl__workbook.xml": b"x", "xl__sheet.xml": b"0" * 2 * 2**20})
    assert len(bomb) < 2**14
    assert "expand to more than 1 MB" in refusal(bomb).wrong


def test_caps_on_size_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LIMITS", replace(LIMITS, rows=2, columns=3))
    assert len(rows_of(sheet(b"patient\nP1\nP2\n"))) == 2
    assert "more than 2 rows" in refusal(b"patient\nP1\nP2\nP3\n").wrong
    assert "3 columns" in refusal(b"a,b,c,d\n1,2,3,4\n").wrong
    assert "3 columns" in refusal(workbook(patients=[["a", "b", "c", "d"], [1, 2, 3, 4]])).wrong
    monkeypatch.setattr(upload, "LIMITS", replace(LIMITS, megabytes=0))
    assert "larger than" in refusal(CSV.encode()).wrong


def test_cells_of_a_workbook_become_the_text_they_show() -> None:
    read = sheet(
        workbook(
            patients=[
                ["patient", "whole", "fraction", "sum", "date", "time", "formula", "text"],
                [7, 12.0, 3.25, 0.1 + 0.2, date(2019, 3, 4), datetime(2019, 3, 4, 12, 30), "=1+1", " x "],  # noqa: DTZ001
            ]
        )
    )
    assert rows_of(read) == [["7", "12", "3.25", "0.3", "2019-03-04", "2019-03-04 12:30:00", None, "x"]]


def test_a_workbook_has_a_sheet_a_table_and_keeps_the_lines() -> None:
    book = workbook(
        patients=[["patient", "last_day"], [], ["P1", 10]], measurements=[["patient", "value"], ["P1", 1]], notes=[]
    )
    (patients, measurements), issues, _ = sheets_in({"a.xlsx": book})
    assert (patients.name, measurements.name) == ("patients", "measurements")
    assert patients.cells.index.tolist() == [3]
    assert issues == ()


def test_no_name_column_or_cell_of_a_file_holds_the_marks_of_our_own_texts() -> None:
    mark = "\ufdd0"
    (sheet,), _, _ = sheets_in({f"pa{mark}tients.csv": f"patient,wa{mark}rd\nA{mark}1,\uffffB\n".encode()})
    assert sheet.name == "pa\ufffdtients.csv"
    assert [*sheet.cells.columns, *sheet.cells.iloc[0]] == ["patient", "wa\ufffdrd", "A\ufffd1", "\ufffdB"]
