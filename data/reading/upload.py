"""Uploaded bytes to sheets of text: CSV in Excel's encodings and separators (also zipped), or a workbook.

Nothing goes to disk.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd

from data.paper import remarks
from data.reading import text_messages, workbook_messages
from data.reading.cells import LINE, unmarked
from data.reading.encoding import decoded
from data.reading.header import header_cells, header_line, is_unseparated
from data.reading.issue import Issue
from data.reading.layout import GUIDES
from data.reading.text_file import TooManyError, UnclosedError, rows_of, separator
from data.reading.workbook import (
    Layout,
    TooLargeError,
    TooManyCellsError,
    Worksheet,
    checked,
    csv_files,
    is_workbook,
    worksheets,
)

MEGABYTES = 20
EXPANDED_MEGABYTES = 64
ROWS = 150_000
COLUMNS = 300
CELLS = 600_000
WORKBOOK_CELLS = 400_000
"""A workbook is read several times as slowly as text: larger tables come as CSV."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAS_TRANSPORT = b"HEADER RECORD*******"
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<html", b"<!doc", b"<?xml", b"{\\rtf")


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


@dataclass(frozen=True)
class GuessedText:
    """A file whose encoding nothing tells: the guess (blank without one), and how its first words read in each one.

    ``readings`` maps every encoding in which the file can be to words of it that are not ASCII.
    """

    file: str
    encoding: str
    readings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Known:
    """What is known before the files are read: names of columns, folded, and encodings that the visitor chose."""

    names: Collection[str] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)


Part = Sheet | Issue | GuessedText


def sheets_in(
    files: Mapping[str, bytes], known: Known | None = None
) -> tuple[tuple[Sheet, ...], tuple[Issue, ...], tuple[GuessedText, ...]]:
    """Every sheet of the files (name: content), what could not be read, and the files whose encoding is a guess.

    Its content tells the kind of a file.
    """
    if sum(len(content) for content in files.values()) > MEGABYTES * 2**20:
        return (), (remarks.too_large("", MEGABYTES),), ()
    found: list[Sheet] = []
    issues: list[Issue] = []
    guessed: list[GuessedText] = []
    cells = 0
    for path, content in files.items():
        name = unmarked(PurePath(path).name)
        for part in _parts(name, content, known or Known()):
            if isinstance(part, Sheet):
                cells += part.cells.size
                if cells > CELLS:
                    return (), (remarks.too_many(name, ROWS, COLUMNS, CELLS),), ()
                found.append(part)
            elif isinstance(part, GuessedText):
                guessed.append(part)
            else:
                issues.append(part)
    return tuple(found), tuple(issues), tuple(guessed)


def _parts(name: str, content: bytes, known: Known) -> Iterator[Part]:
    start = content[:512].lstrip().lower()
    if not content.strip():
        yield remarks.empty_file(name)
    elif content.startswith(_OLD_EXCEL):
        yield remarks.old_or_locked_workbook(name)
    elif content.startswith(b"PK"):
        yield from _of_archive(name, content, known)
    elif content.startswith(_SAS_TRANSPORT):
        yield remarks.sas_transport(name)
    elif start.startswith(tuple(other.lower() for other in _OTHER_FILES)) or _binary(content):
        yield remarks.not_a_table(name)
    else:
        yield from _of_text(name, content, known)


def _binary(content: bytes) -> bool:
    return b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")


def _of_archive(name: str, content: bytes, known: Known) -> Iterator[Part]:
    """The sheets of a workbook, which is an archive itself, or the CSV files of any other archive."""
    workbook = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            workbook = is_workbook(archive)
            checked(archive, EXPANDED_MEGABYTES * 2**20)
            texts, others = ({}, ()) if workbook else csv_files(archive)
        sheets = tuple(worksheets(content, ROWS, COLUMNS, WORKBOOK_CELLS)) if workbook else ()
    except TooLargeError:
        yield (remarks.workbook_too_large if workbook else remarks.expands_too_far)(name, EXPANDED_MEGABYTES)
    except TooManyCellsError:
        yield remarks.too_many_cells(name, WORKBOOK_CELLS)
    except Exception:  # noqa: BLE001 - a damaged workbook can fail anywhere in its reader
        zipped = PurePath(name.lower()).suffix == ".zip" and not workbook
        yield (remarks.broken_archive if zipped else remarks.broken_workbook)(name)
    else:
        yield from _of_workbook(name, sheets, known) if workbook else _of_files(name, texts, others, known)


def _of_workbook(name: str, sheets: tuple[Worksheet, ...], known: Known) -> Iterator[Part]:
    if not any(sheet.rows for sheet in sheets):
        yield remarks.empty_file(name)
    for sheet in sheets:
        title = unmarked(sheet.title)
        if sheet.rows and title not in GUIDES:
            told = list[Issue]()
            if sheet.uncomputed:
                told.append(remarks.uncomputed_formulas(title, sheet.uncomputed))
            elif sheet.formulas:
                told.append(remarks.formulas_read(title, sheet.formulas))
            yield from _sheet(title, sheet.rows, known, workbook=True, told=told, layout=sheet.layout)


def _of_files(name: str, texts: Mapping[str, bytes], others: tuple[str, ...], known: Known) -> Iterator[Part]:
    if not texts:
        yield remarks.archive_without_tables(name, tuple(map(unmarked, others)))
    elif others:
        yield remarks.archive_left_out(name, tuple(map(unmarked, others)))
    for path, text in texts.items():
        inner = unmarked(PurePath(path).name)
        yield from (remarks.not_a_table(inner),) if text.startswith(b"PK") else _parts(inner, text, known)


def _of_text(name: str, content: bytes, known: Known) -> Iterator[Part]:
    read = decoded(content, known.encodings.get(name, ""))
    if read is None:
        yield text_messages.unknown_encoding(name)
        return
    if read.readings:
        yield GuessedText(name, read.encoding, read.readings)
    if not read.encoding:
        yield text_messages.undecided_encoding(name)
        return
    if read.readings:
        yield text_messages.read_as(name, read.encoding, read.examples, chosen=read.chosen)
    mark = separator(read.text, known.names)
    try:
        rows = rows_of(read.text, mark, ROWS, COLUMNS, CELLS)
    except UnclosedError as unclosed:
        yield remarks.broken_text(name, unclosed.args[0])
        return
    except TooManyError:
        yield remarks.too_many(name, ROWS, COLUMNS, CELLS)
        return
    if is_unseparated(rows, known.names):
        yield text_messages.unseparated(name, next(cell for row in rows for cell in row if cell))
        return
    yield from _sheet(name, rows, known, workbook=False, decimal_comma=mark != ",")


def _sheet(
    name: str,
    rows: list[list[str]],
    known: Known,
    *,
    workbook: bool,
    decimal_comma: bool = False,
    told: Iterable[Issue] = (),
    layout: Layout | None = None,
) -> Iterator[Part]:
    rows = [[unmarked(cell) for cell in row] for row in rows]
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        yield remarks.empty_file(name)
        return
    filled = [row for _, row in numbered]
    at = header_line(filled, known.names)
    above, header = numbered[:at], _trimmed(header_cells(filled, at, known.names))
    body, width = numbered[at + 1 :], max((len(_trimmed(row)) for _, row in numbered), default=0)
    if len(body) > ROWS or width > COLUMNS:
        yield remarks.too_many(name, ROWS, COLUMNS, CELLS)
        return
    cells = [_filled(row, len(header)) for _, row in body]
    index = pd.Index([line for line, _ in body], name=LINE, dtype="int64")
    table = pd.DataFrame(cells, index=index, columns=range(len(header)), dtype=object)
    first = {column: at for at, column in reversed(list(enumerate(header))) if column}
    kept = sorted(first.items(), key=lambda item: item[1])
    named = table[[at for _, at in kept]].set_axis([column for column, _ in kept], axis=1)
    titles = [" ".join(filter(None, row)) for _, row in above]
    over = (
        (text_messages.lines_above_header(name, [line for line, _ in above], titles, numbered[at][0]),) if above else ()
    )
    shown = () if layout is None else _layout_issues(name, layout, header, numbered[at:])
    issues = (*told, *over, *shown, *_shape_issues(name, header, body, workbook=workbook))
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


def _layout_issues(
    name: str, layout: Layout, header: list[str], numbered: list[tuple[int, list[str]]]
) -> Iterator[Issue]:
    """What a reader of the sheet sees otherwise than it is read; ``numbered`` are its lines from the header on."""
    last = numbered[-1][0]
    spoilt = [
        entry.ref
        for entry in layout.merged
        if numbered[0][0] < entry.last_row and entry.first_row <= last and entry.first_column <= len(header)
    ]
    if spoilt:
        yield workbook_messages.merged_cells(name, spoilt)
    if layout.hidden:
        yield workbook_messages.hidden_sheet(name)
    rows = [line for line, _ in numbered[1:] if line in layout.hidden_rows]
    if rows:
        yield workbook_messages.hidden_rows(name, rows)
    columns = [
        column
        for place, column in enumerate(header, start=1)
        if column and any(first <= place <= end for first, end in layout.hidden_columns)
    ]
    if columns:
        yield workbook_messages.hidden_columns(name, columns)


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _filled(row: Iterable[str], width: int) -> list[str | float]:
    cells = [cell or math.nan for cell in row][:width]
    return cells + [math.nan] * (width - len(cells))
