"""Text with separators to rows of cells, in time and memory that grow with its length."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection

from data.reading.header import MOST_ABOVE, header_line
from data.reading.sheet import TooManyError

SEPARATORS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"[^"]*"')
_LINE_END = re.compile(r"[\r\n]|\Z")
_TOLD = re.compile(r"sep=(.)\s*", re.IGNORECASE)

_LONGEST_TOP = 20_000
"""In so many characters the line of the header is looked for."""

csv.field_size_limit(2**20)


class UnclosedError(ValueError):
    """A quotation mark is opened on line ``args[0]`` or before, and not closed."""


def told_separator(text: str) -> str:
    """The separator that a first line ``sep=;`` gives, as Excel writes it; empty where there is none."""
    told = _TOLD.fullmatch(_first_line(text))
    return told.group(1) if told else ""


def separator(text: str, names: Collection[str] = ()) -> str:
    """The separator of a text: what a line ``sep=`` gives, or the one most frequent in the line of the header.

    That is the first line with anything in it, or the one among the first lines that holds most of ``names`` (folded).
    """
    told = told_separator(text)
    if told:
        return told
    first = [line for line in text[:_LONGEST_TOP].splitlines() if line.strip()] if names else []
    cut = {mark: [line.split(mark) for line in first[:MOST_ABOVE]] for mark in SEPARATORS}
    at = {mark: header_line([[cell.strip('" ') for cell in row] for row in rows], names) for mark, rows in cut.items()}
    below = [mark for mark in SEPARATORS if at[mark]]
    if below:
        return max(below, key=lambda mark: len(cut[mark][at[mark]]))
    bare = _QUOTED.sub("", _first_line(text))
    return max(SEPARATORS, key=bare.count)


def _first_line(text: str) -> str:
    """The first line with anything in it, with the space before it: a tab there separates an empty cell."""
    at = len(text) - len(text.lstrip())
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = _LINE_END.search(text, at)
    return text[start : found.start()] if found else ""


def rows_of(text: str, mark: str, most_rows: int, most_columns: int, most_cells: int) -> list[list[str]]:
    """The rows of a text, cells without space around them. Raises UnclosedError and TooManyError."""
    rows: list[list[str]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for row in reader:
            if len(row) > most_columns and any(map(str.strip, row[most_columns:])):
                raise TooManyError
            if len(rows) > most_rows:
                raise TooManyError
            kept = [cell.strip() for cell in row[: most_columns + 1]]
            cells += len(kept)
            if cells > most_cells:
                raise TooManyError
            rows.append(kept)
    except csv.Error as failure:
        raise UnclosedError(len(rows) + 1) from failure
    if told_separator(text):
        first = next(at for at, row in enumerate(rows) if any(row))
        rows[first] = []
    return rows
