"""A table of text as it stands in a file, with what the file itself says of it; made of the file's lines."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.paper import remarks
from data.reading import text_messages, workbook_messages
from data.reading.cells import LINE, unmarked
from data.reading.header import header_cells, header_line
from data.reading.issue import Issue
from data.reading.no_records import records
from data.reading.workbook import Layout


class TooManyError(ValueError):
    """There are more rows, columns or cells than are read."""


@dataclass(frozen=True)
class Limits:
    """The most that is read: of all files together, of what an archive expands to, and of one table.

    A workbook is read several times as slowly as text: larger tables come as CSV.
    """

    megabytes: int = 20
    expanded_megabytes: int = 64
    rows: int = 150_000
    columns: int = 300
    cells: int = 600_000
    workbook_cells: int = 400_000

    def too_many(self, file: str) -> Issue:
        """What is said of a file with more rows, columns or cells."""
        return remarks.too_many(file, self.rows, self.columns, self.cells)


LIMITS = Limits()


@dataclass(frozen=True)
class Sheet:
    """One table of text as its file means it: names of columns, cells as text, blank cells missing.

    Codes that the file explains are words, codes that it calls missing are blank, dates are ISO 8601. The index, named
    ``line``, holds each row's line, or the number of its record where the file has no lines. ``decimal_comma`` says
    that the comma does not separate cells, ``issues`` what is wrong with the shape of the sheet or was understood,
    which matters only if it is one of the tables, ``labels`` what the file says of its columns, by their names.
    """

    name: str
    cells: pd.DataFrame
    workbook: bool
    decimal_comma: bool = False
    issues: tuple[Issue, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GuessedText:
    """A file whose encoding is not stated: the guess (blank without one), and how its first words read in each one.

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


def sheet_of_columns(
    name: str, columns: Mapping[str, Sequence[str]], labels: Mapping[str, str], issues: tuple[Issue, ...]
) -> Sheet:
    """The sheet that named columns of a file make, with its labels; records are counted from 1."""
    cells: dict[str, list[str | float]] = {}
    told = list(issues)
    for written, texts in columns.items():
        column = unmarked(written).strip()
        if column in cells:
            told.append(remarks.repeated_column(name, column))
        cells[column] = [unmarked(cell) or math.nan for cell in texts]
    rows = max((len(texts) for texts in cells.values()), default=0)
    table = pd.DataFrame(cells, index=pd.RangeIndex(1, rows + 1, name=LINE), dtype=object)
    said = {unmarked(column).strip(): unmarked(label) for column, label in labels.items()}
    return Sheet(name, table, workbook=False, issues=tuple(told), labels=said)


def sheet_of_lines(
    name: str,
    rows: list[list[str]],
    known: Known,
    limits: Limits,
    *,
    workbook: bool,
    decimal_comma: bool = False,
    told: Iterable[Issue] = (),
    layout: Layout | None = None,
) -> Iterator[Part]:
    """The sheet that lines of cells make, one of which holds the names of the columns; or why they make none."""
    rows = [[unmarked(cell) for cell in row] for row in rows]
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        yield remarks.empty_file(name)
        return
    filled = [row for _, row in numbered]
    at = header_line(filled, known.names)
    above, header = numbered[:at], _trimmed(header_cells(filled, at, known.names))
    body, width = numbered[at + 1 :], max((len(_trimmed(row)) for _, row in numbered), default=0)
    if len(body) > limits.rows or width > limits.columns:
        yield limits.too_many(name)
        return
    found = records(name, header, body, known.names)
    header, body = found.header, found.rows
    cells = [_filled(row, len(header)) for _, row in body]
    index = pd.Index([line for line, _ in body], name=LINE, dtype="int64")
    table = pd.DataFrame(cells, index=index, columns=range(len(header)), dtype=object)
    names = _told_apart(header)
    kept = [at for at, column in enumerate(names) if column]
    named = table[kept].set_axis([names[at] for at in kept], axis=1)
    again = {names[at]: column for at, column in enumerate(header) if column and names[at] != column}
    same = [one for one, first in again.items() if named[one].equals(named[first].rename(one))]
    named = named.drop(columns=same)
    titles = [" ".join(filter(None, row)) for _, row in above]
    over = (
        (text_messages.lines_above_header(name, [line for line, _ in above], titles, numbered[at][0]),) if above else ()
    )
    shown = () if layout is None else _layout_issues(name, layout, header, numbered[at:])
    twice = [text_messages.column_again(name, column, again[column], same=column in same) for column in again]
    issues = (*told, *over, *found.issues, *shown, *_shape_issues(name, header, body, workbook=workbook), *twice)
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


def _told_apart(header: Sequence[str]) -> list[str]:
    """The names of the columns, with their place behind those that stand there once more: ``id (column 2)``."""
    return [
        f"{column} (column {at + 1})" if column and column in header[:at] else column
        for at, column in enumerate(header)
    ]


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
