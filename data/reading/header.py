"""The line of a table that holds the names of its columns, where titles or remarks stand above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from data.reading.cells import folded_name

MOST_ABOVE = 15
"""Among so many lines with anything in them the header is looked for."""

FEWEST = 2
"""A line with so many known names of columns is a header, if the first line holds none."""

_BETWEEN = re.compile(r"[\s:,;|~^#/]+")


def header_line(rows: Sequence[Sequence[str]], names: Collection[str]) -> int:
    """Which of the rows, none of them empty, is the header; 0 unless another is plainly more of a header.

    ``names`` are the known names of columns, folded. Words above groups of columns ("Follow-up") may be names as well:
    the first line gives way to one that holds more than twice as many.
    """
    held = [
        len({folded_name(cell) for cell in header_cells(rows, at, names) if cell}.intersection(names))
        for at in range(len(rows[:MOST_ABOVE]))
    ]
    best = max(range(len(held)), key=lambda at: held[at], default=0)
    return best if held and held[best] >= FEWEST and held[best] > 2 * held[0] else 0


def header_cells(rows: Sequence[Sequence[str]], at: int, names: Collection[str]) -> list[str]:
    """The cells of one row, an empty one with the known name of a column that stands right above it.

    So stands the name of a column whose cell was merged with the one below, beside groups of columns.
    """
    cells = list(rows[at])
    above = rows[at - 1] if at else ()
    known = [cell if cell and folded_name(cell) in names else "" for cell in above]
    cells += [""] * (len(known) - len(cells))
    return [cell or (known[place] if place < len(known) else "") for place, cell in enumerate(cells)]


def is_unseparated(rows: Sequence[Sequence[str]], names: Collection[str]) -> bool:
    """Whether every row is one cell and the first holds several names of columns: something else separates them."""
    filled = [[cell for cell in row if cell] for row in rows[:MOST_ABOVE] if any(row)]
    if not filled or any(len(row) > 1 for row in filled):
        return False
    return sum(folded_name(piece) in names for piece in _BETWEEN.split(filled[0][0]) if piece) >= FEWEST
