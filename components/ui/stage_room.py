"""How much of a window the texts and tables of the stage take, and how many rows of a table fit into the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from components.chart.lettering import width, wrapped
from components.core.table import Table

TITLE, TEXT, LINE = 30, 18, 1.35
"""The size of the title and of all other type, in pixels, and the height of a line as a multiple of it."""

ABOVE, BESIDE, GAP, SLACK = 16, 51, 8, 6
"""Pixels over the title, at either side, between two parts, and left over because type is measured, not set."""

SMALLEST = 11.0
"""The smallest type of a table."""

CELL, BORDER = (10, 1), 1
"""Pixels at the sides of a cell and over and under its text; the line under a row."""

WIDER, BOLD = 1.04, 1.08
"""The screen's letters are set on whole pixels; bold ones run wider."""


@dataclass(frozen=True)
class Room:
    """A window, and the texts over and under what is shown in it."""

    wide: int
    high: int
    title: str
    lines: tuple[str, ...]
    foot: tuple[str, str]

    @property
    def across(self) -> float:
        """Pixels from the left edge of a part to its right one."""
        return self.wide - 2 * BESIDE

    @property
    def free(self) -> float:
        """Pixels between the last line over what is shown and the foot."""
        head = TITLE * LINE * len(_wrapped(self.title, BOLD * TITLE, self.across))
        text = sum(TEXT * LINE * len(_wrapped(line, TEXT, self.across)) + 3 for line in self.lines)
        return self.high - ABOVE - head - text - self._foot - 3 * GAP - SLACK

    @property
    def _foot(self) -> float:
        told, keys = self.foot
        beside = WIDER * width(keys, TEXT) + 2 * TEXT
        return TEXT * LINE * len(_wrapped(told, TEXT, max(self.across - beside, 200))) + 2 * GAP


def table_height(table: Table, across: float, largest: float = TEXT) -> float:
    """Pixels that the table is high where it is ``across`` pixels wide, in type no larger than ``largest``."""
    heads, rows = _heights(table, across, largest)
    return heads + sum(rows)


def pages(table: Table, across: float, high: float) -> tuple[Table, ...]:
    """The table in parts that are not higher than ``high``, each with the headings; a block begins with its own."""
    found: list[Table] = []
    first, n = 0, len(table.rows)
    heads, heights = _heights(table, across)
    while first < n or not found:
        last, used = first, heads
        while last < n and used + heights[last] <= high:
            used, last = used + heights[last], last + 1
        last = max(last, first + 1)
        while last - first > 1 and (
            (last < n and last - 1 in table.strong)
            or table_height(_part(table, range(first, last)), across) > high  # columns are as wide as its own cells ask
        ):
            last -= 1
        found.append(_part(table, range(first, min(last, n))))
        first = last
    return tuple(found)


def _part(table: Table, own: range) -> Table:
    strong, inner = (frozenset(i - own.start for i in marked if i in own) for marked in (table.strong, table.inner))
    rows, caption = table.rows[own.start : own.stop], "" if own.start else table.caption
    return replace(table, rows=rows, caption=caption, strong=strong, inner=inner)


def _heights(table: Table, across: float, largest: float = TEXT) -> tuple[float, list[float]]:
    """Of the caption with the headings, and of every row; columns share the room as a browser gives it to them."""
    size, sides = type_size(table, across, largest), 2 * CELL[0]
    least, most = _widths(table, size)
    spare, wish = across - sum(least), sum(most) - sum(least)
    share = 1.0 if wish <= 0 else min(max(spare / wish, 0.0), 1.0)
    wide = [low + share * (high - low) for low, high in zip(least, most, strict=True)]
    line, around = size * LINE, 2 * CELL[1] + BORDER

    def high(cells: tuple[str, ...], weight: float = 1.0) -> float:
        lines = (len(_wrapped(cell, weight * size, room - sides)) for cell, room in zip(cells, wide, strict=True))
        return line * max(lines) + around

    caption = line * len(_wrapped(table.caption, size, across)) + around if table.caption else 0.0
    return caption + high(table.columns, BOLD), [high(row) for row in table.rows]


def type_size(table: Table, across: float, largest: float = TEXT) -> float:
    """The size of the table's type: smaller than ``largest`` only where its columns have no room otherwise."""
    least = sum(_widths(table, largest)[0])
    return largest if least <= across else max(largest * across / least, SMALLEST)


def _widths(table: Table, size: float) -> tuple[list[float], list[float]]:
    """The least and the widest that each column can use: numbers stand in one line, words break."""
    least, most = [], []
    for c, head in enumerate(table.columns):
        breaks = c == 0 or c in table.texts
        cells = [row[c] for row in table.rows]
        words = [word for cell in cells for word in cell.split(" ")] if breaks else cells
        wide_head = _widest([head], BOLD * size)
        least.append(max(_widest(head.split(" "), BOLD * size), _widest(words, size)) + 2 * CELL[0])
        most.append(max(wide_head, _widest(cells, size)) + 2 * CELL[0])
    return least, most


def _widest(texts: list[str], size: float) -> float:
    return max((_width(text, size) for text in texts), default=0.0)


@lru_cache(4096)
def _width(text: str, size: float) -> float:
    return WIDER * width(text, size)


def _wrapped(text: str, size: float, across: float) -> list[str]:
    return [text] if _width(text, size) <= across else wrapped(text, WIDER * size, across)
