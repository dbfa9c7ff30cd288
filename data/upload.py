"""Uploaded bytes to sheets of text: CSV in Excel's encodings and separators (also zipped), or a workbook.

Nothing goes to disk.
"""

from __future__ import annotations

import csv
import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath

import openpyxl
import pandas as pd

from data import remarks
from data.cells import LINE
from data.issue import Issue
from data.layout import GUIDES

MEGABYTES = 20
EXPANDED_MEGABYTES = 200
ROWS = 500_000
COLUMNS = 300

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAS_TRANSPORT = b"HEADER RECORD*******"
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<html", b"<!doc", b"<?xml", b"{\\rtf")
_LATIN_WORD = re.compile(r"[A-Za-z][^\x00-\x7f｡-ﾟ](?![^\x00-\x7f])|[\ue000-\uf8ff]")
"""How Western European text looks when it is read as Japanese: one kanji inside a word, or a private character."""


@dataclass(frozen=True)
class Sheet:
    """One table of text as it stands in a file: column names from the first line, blank cells missing.

    The index, named ``line``, holds each row's line. ``decimal_comma`` tells that the comma does not separate cells,
    ``issues`` what is wrong with the shape of the sheet, which matters only if it is one of the tables.
    """

    name: str
    cells: pd.DataFrame
    workbook: bool
    decimal_comma: bool = False
    issues: tuple[Issue, ...] = ()


def sheets_in(files: Mapping[str, bytes]) -> tuple[tuple[Sheet, ...], tuple[Issue, ...]]:
    """Every sheet of the files (name: content), and what could not be read; its content tells the kind of a file."""
    if sum(len(content) for content in files.values()) > MEGABYTES * 2**20:
        return (), (remarks.too_large("", MEGABYTES),)
    found: list[Sheet] = []
    issues: list[Issue] = []
    for path, content in files.items():
        name = PurePath(path).name
        for part in _parts(name, content):
            if isinstance(part, Sheet):
                found.append(part)
            else:
                issues.append(part)
    return tuple(found), tuple(issues)


def _parts(name: str, content: bytes) -> Iterator[Sheet | Issue]:
    start = content[:512].lstrip().lower()
    if not content.strip():
        yield remarks.empty_file(name)
    elif content.startswith(_OLD_EXCEL):
        yield remarks.old_or_locked_workbook(name)
    elif content.startswith(b"PK"):
        yield from _of_archive(name, content)
    elif content.startswith(_SAS_TRANSPORT):
        yield remarks.sas_transport(name)
    elif start.startswith(tuple(other.lower() for other in _OTHER_FILES)) or _binary(content):
        yield remarks.not_a_table(name)
    else:
        yield from _of_text(name, content)


def _binary(content: bytes) -> bool:
    return b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")


def _of_archive(name: str, content: bytes) -> Iterator[Sheet | Issue]:
    """The sheets of a workbook, which is an archive itself, or the CSV files of any other archive."""
    texts: dict[str, bytes] = {}
    tables: list[tuple[str, list[list[str]]]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            workbook = any(entry.filename == "xl/workbook.xml" for entry in entries)
            if sum(entry.file_size for entry in entries) > EXPANDED_MEGABYTES * 2**20:
                yield remarks.too_large(name, EXPANDED_MEGABYTES)
                return
            if not workbook:
                texts = {entry.filename: archive.read(entry) for entry in entries if _is_csv(entry.filename)}
        if workbook:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and validation, which are not read
                tables = list(_worksheets(content))
    except Exception:  # noqa: BLE001 - a damaged workbook can fail anywhere in its reader
        yield remarks.broken_workbook(name)
        return
    if not workbook and not texts:
        yield remarks.not_a_table(name)
    for path, text in texts.items():
        inner = PurePath(path).name
        yield from (remarks.not_a_table(inner),) if text.startswith(b"PK") else _parts(inner, text)
    for title, rows in tables:
        if rows and title not in GUIDES:
            yield from _sheet(title, rows, workbook=True)


def _is_csv(path: str) -> bool:
    """Whether an entry of an archive is a CSV file; macOS puts hidden companions beside every file."""
    return path.lower().endswith(".csv") and not PurePath(path).name.startswith("._")


def _worksheets(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=ROWS + 2, values_only=True)
        rows = [[_as_text(cell) for cell in row[: COLUMNS + 1]] for row in cells]
        while rows and not any(rows[-1]):
            rows.pop()
        yield sheet.title, rows


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _of_text(name: str, content: bytes) -> Iterator[Sheet | Issue]:
    text, remark = _decoded(name, content)
    if remark is not None:
        yield remark
    separator = _separator(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([cell.strip() for cell in row])
            if len(rows) > ROWS + 1:
                break
    except csv.Error:
        yield remarks.broken_text(name, len(rows) + 1)
        return
    yield from _sheet(name, rows, workbook=False, decimal_comma=separator != ",")


def _decoded(name: str, content: bytes) -> tuple[str, Issue | None]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), None
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    if text and not _LATIN_WORD.search(text):
        return text, remarks.read_as_japanese(name)
    return content.decode("cp1252", errors="replace"), remarks.read_as_western(name)


def _separator(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", header)
    return max((",", ";", "\t"), key=bare.count)


def _sheet(name: str, rows: list[list[str]], *, workbook: bool, decimal_comma: bool = False) -> Iterator[Sheet | Issue]:
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        yield remarks.empty_file(name)
        return
    header = numbered[0][1]
    while header and not header[-1]:
        header = header[:-1]
    body, width = numbered[1:], max((len(_trimmed(row)) for _, row in numbered), default=0)
    if len(body) > ROWS or width > COLUMNS:
        yield remarks.too_many(name, ROWS, COLUMNS)
        return
    cells = [_filled(row, len(header)) for _, row in body]
    index = pd.Index([line for line, _ in body], name=LINE, dtype="int64")
    table = pd.DataFrame(cells, index=index, columns=range(len(header)), dtype=object)
    first = {column: at for at, column in reversed(list(enumerate(header))) if column}
    kept = sorted(first.items(), key=lambda item: item[1])
    named = table[[at for _, at in kept]].set_axis([column for column, _ in kept], axis=1)
    issues = tuple(_shape_issues(name, header, body, workbook=workbook))
    yield Sheet(name, named, workbook, decimal_comma, issues)


def _shape_issues(
    name: str, header: list[str], body: list[tuple[int, list[str]]], *, workbook: bool
) -> Iterator[Issue]:
    long = [line for line, row in body if len(_trimmed(row)) > len(header)]
    if long:
        yield (remarks.nameless_column if workbook else remarks.long_rows)(name, long)
    unnamed = [at for at, column in enumerate(header) if not column]
    nameless = [line for line, row in body if any(row[at] for at in unnamed if at < len(row))]
    if nameless:
        yield remarks.nameless_column(name, nameless)
    for column in sorted({column for column in header if column and header.count(column) > 1}):
        yield remarks.repeated_column(name, column)


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _filled(row: Iterable[str], width: int) -> list[str | float]:
    cells = [cell or math.nan for cell in row][:width]
    return cells + [math.nan] * (width - len(cells))
