"""Workbooks and other archives, opened within bounds: what they expand to is counted before it is expanded."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import openpyxl
from openpyxl.utils import range_boundaries

from data.reading.cells import as_text

ENTRIES = 500
"""More parts than this no workbook or archive of tables has."""

SUFFIXES = frozenset(
    {
        *(".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".zip"),
        *(".xpt", ".sas7bdat", ".sas7bcat", ".sav", ".zsav", ".por", ".dta"),
    }
)
"""Which files of an archive are opened; their content decides what they are."""

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_FORMULA = re.compile(rb"<f[ >/]")
_UNCOMPUTED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)

_MERGED = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_ROW = re.compile(rb"<row\b[^>]*>")
_COLUMN = re.compile(rb"<col\b[^>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


class TooLargeError(ValueError):
    """The archive would expand beyond what is accepted."""


class TooManyCellsError(ValueError):
    """A workbook holds more cells than are read."""


@dataclass(frozen=True)
class Merged:
    """Cells merged into one, which holds its value in the first: rows and columns counted from 1, the last included."""

    ref: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Layout:
    """What a sheet shows otherwise than its cells hold it: merged cells, hidden rows and columns, or all of it hidden.

    Rows and columns are counted from 1. Rows that a filter leaves out are hidden.
    """

    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Worksheet:
    """One sheet: its title and rows of text; how many formulas it has, and those whose result is not stored."""

    title: str
    rows: list[list[str]]
    formulas: int
    uncomputed: tuple[str, ...]
    layout: Layout = Layout()


@dataclass(frozen=True)
class Beside:
    """What a sheet holds beside the values of its cells: errors by row and column from 0, formulas, and its layout.

    ``cells`` is how many values it unfolds to, where its format writes repeated ones once.
    """

    errors: Mapping[tuple[int, int], str]
    formulas: int
    uncomputed: tuple[str, ...]
    layout: Layout = Layout()
    cells: int = 0


def kind_of_workbook(archive: zipfile.ZipFile) -> str:
    """Which workbook an archive is: ``xlsx``, ``xlsb`` (Excel's binary form), ``ods``; empty when it is none."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "ods" if "mimetype" in names and archive.open("mimetype").read(64).startswith(_OPEN_DOCUMENT) else ""


def checked(archive: zipfile.ZipFile, most_bytes: int) -> None:
    """Raises TooLargeError where the parts of an archive are too many or, by their own account, too large together.

    The account can be relied on: Python reads no part beyond the size that it states.
    """
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > most_bytes:
        raise TooLargeError


def files_of_tables(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of an archive that may hold tables, by their suffix, and the names of its other files.

    macOS puts hidden companions beside every file, which are neither.
    """
    seen = [name for name in archive.namelist() if not name.endswith("/") and PurePath(name).name[:1] != "."]
    tables = [name for name in seen if PurePath(name.lower()).suffix in SUFFIXES and not name.startswith("__MACOSX")]
    others = tuple(PurePath(name).name for name in seen if name not in tables and not name.startswith("__MACOSX"))
    return {name: archive.read(name) for name in tables}, others


def worksheets(content: bytes, most_rows: int, most_columns: int, most_cells: int) -> Iterator[Worksheet]:
    """The sheets of a workbook with results in the place of formulas.

    Raises TooManyCellsError, and whatever its reader raises for a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validation, which are not read
        for part in archive.namelist():
            if part.endswith(".xml") and b"<!DOCTYPE" in archive.open(part).read(1024):
                raise zipfile.BadZipFile
            if part.startswith("xl/worksheets/sheet") and archive.read(part).count(b"<c") > most_cells:
                raise TooManyCellsError
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=True)
        left = most_cells
        for sheet in book.worksheets:
            rows: list[list[str]] = []
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_row=most_rows + 2, values_only=True):
                left -= len(row)
                if left < 0:
                    raise TooManyCellsError
                rows.append([as_text(cell) for cell in row[: most_columns + 1]])
            while rows and not any(rows[-1]):
                rows.pop()
            path = str(getattr(sheet, "_worksheet_path", ""))
            text = archive.read(path) if path in archive.namelist() else b""
            layout = _layout(text, hidden=sheet.sheet_state != "visible")
            yield Worksheet(sheet.title, rows, *_formulas(text), layout)
        book.close()


def _layout(text: bytes, *, hidden: bool) -> Layout:
    merged = []
    for ref in (found.decode() for found in _MERGED.findall(text)):
        left, top, right, bottom = range_boundaries(ref)
        merged.append(Merged(ref, top, bottom, left, right))
    rows = (_attribute(tag, b"r") for tag in _ROW.findall(text) if _HIDDEN.search(tag))
    columns = (
        (_attribute(tag, b"min"), _attribute(tag, b"max")) for tag in _COLUMN.findall(text) if _HIDDEN.search(tag)
    )
    return Layout(tuple(merged), frozenset(rows), tuple(columns), hidden)


def _attribute(tag: bytes, name: bytes) -> int:
    """A number that an element gives; 0 where it does not."""
    found = re.search(rb'\b%s="([0-9]+)"' % name, tag)
    return int(found.group(1)) if found else 0


def _formulas(text: bytes) -> tuple[int, tuple[str, ...]]:
    found = sum(1 for _ in _FORMULA.finditer(text))
    return found, tuple(match.decode() for match in _UNCOMPUTED.findall(text)) if found else ()
