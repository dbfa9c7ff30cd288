"""Workbooks and other archives, opened within bounds: what they expand to is counted before it is expanded."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

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

    ``errors`` also gives cells whose text says more than the value that is read of them. ``cells`` is how many values
    the sheet unfolds to, where its format writes repeated ones once, or leaves out those that are empty.
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
