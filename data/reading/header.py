"""The line of a table that holds the names of its columns, where titles or remarks stand above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from data.reading.cells import folded_name

MOST_ABOVE = 15
"""Among so many lines with anything in them the header is looked for."""

FEWEST = 2
"""A line with so many known names of columns is a header, if the first line holds none."""


def header_line(rows: Sequence[Sequence[str]], names: Collection[str]) -> int:
    """Which of the rows, none of them empty, is the header; 0 unless another holds names of columns and the first none.

    ``names`` are the known names of columns, folded.
    """
    held = [sum(folded_name(cell) in names for cell in row if cell) for row in rows[:MOST_ABOVE]]
    if not held or held[0]:
        return 0
    best = max(range(len(held)), key=lambda at: held[at])
    return best if held[best] >= FEWEST else 0
