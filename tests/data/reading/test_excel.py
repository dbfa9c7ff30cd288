from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from data.reading import excel, spreadsheet
from data.reading.upload import sheets_in
from data.reading.workbook import TooManyCellsError
from tests.data.odd.study import saved


def edited(content: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as other:
        for name in archive.namelist():
            other.writestr(name, change(archive.read(name)) if name == part else archive.read(name))
    return out.getvalue()


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def rows(content: bytes) -> list[list[str]]:
    return next(spreadsheet.worksheets(content, excel.beside, 100, 50, 1000)).rows


LONG = b"1234567890123456789", b"1234567890123456788"
READ = [["patient", "n"], [LONG[0].decode(), "#DIV/0!"], [LONG[1].decode(), "2.5"]]


def with_long_numbers() -> bytes:
    """A workbook whose patients have numbers of 19 digits, which openpyxl itself would round."""
    content = workbook(["patient", "n"], [71, "#DIV/0!"], [72, 2.5])
    return edited(content, lambda text: text.replace(b">71<", b">%s<" % LONG[0]).replace(b">72<", b">%s<" % LONG[1]))


def test_long_numbers_are_not_rounded_and_errors_are_seen() -> None:
    assert rows(with_long_numbers()) == READ


def test_marks_with_a_prefix_and_cells_without_their_place_are_the_same() -> None:
    prefixed = edited(
        with_long_numbers(),
        lambda text: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", text).replace(b"xmlns=", b"xmlns:x="),
    )
    assert rows(prefixed) == READ
    assert rows(edited(with_long_numbers(), lambda text: re.sub(rb' r="[A-Z]*[0-9]+"', b"", text))) == READ


def test_how_a_name_is_read_aloud_is_no_part_of_it() -> None:
    word = "<si><r><t>患</t></r><r><t>者</t></r><rPh sb='0' eb='2'><t>カンジャ</t></rPh></si>"
    texts = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>{word}</sst>".encode()
    related = (
        b"<Relationship Id='texts' Target='sharedStrings.xml' "
        b"Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings'/></Relationships>"
    )
    shared = edited(workbook(["x"]), lambda text: re.sub(rb"<c .*</c>", b'<c r="A1" t="s"><v>0</v></c>', text))
    content = io.BytesIO(
        edited(shared, lambda text: text.replace(b"</Relationships>", related), "xl/_rels/workbook.xml.rels")
    )
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    assert rows(content.getvalue()) == [["患者"]]


def test_a_value_far_away_is_not_unfolded() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    with pytest.raises(TooManyCellsError):
        rows(saved(book))


def test_sheets_of_charts_hold_no_cells() -> None:
    book = openpyxl.Workbook()
    book.active.append(["first"])
    book.create_chartsheet("figure")
    book.create_sheet("last").append(["last"])
    assert [sheet.title for sheet in spreadsheet.worksheets(saved(book), excel.beside, 9, 9, 99)] == ["Sheet", "last"]


def test_a_part_that_is_not_what_it_was_is_damage() -> None:
    content = bytearray(workbook(["patient"], ["P1"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml")
    content[at.header_offset + 60] ^= 255
    _, (only,), _ = sheets_in({"f": bytes(content)})
    assert "damaged" in only.wrong
