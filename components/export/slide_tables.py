"""Tables of words on slides, divided over as many as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from components.chart.lettering import inches
from components.chart.native import INCH, Frame
from components.chart.native_table import SMALLEST, Grid, native_table
from components.core.markup import bold
from components.core.table import Table

ROW, HEAD, BODY = 0.3, 0.52, 13
KEPT = 8
"""A block of at most so many rows is not parted; of a longer one the first two rows stay together."""

STRIP, STRIP_ROW = 12, 0.25
"""Points of the type of a strip over a figure, and inches from one of its lines to the next."""

APART = 0.22
"""Inches between the widest texts of two columns; they leave room for typefaces that measure a little wider."""


def pages_of(table: Table, high: float) -> list[tuple[int, ...]]:
    """The rows of each slide that has ``high`` inches for them; what belongs together stays so, all about equally full.

    A heading is not parted from its first row, nor a short block from its heading.
    """
    most = max(int((high - HEAD) / ROW + 1e-9), 1)
    parts = _parts(table)
    fewest = len(_filled(parts, most))
    return next(pages for limit in range(1, most + 1) if len(pages := _filled(parts, limit)) == fewest)


def _parts(table: Table) -> list[tuple[int, ...]]:
    """The rows in parts that no slide divides: a heading with the block after it, single rows of a long block."""
    blocks: list[list[int]] = []
    for i in range(len(table.rows)):
        if not blocks or not (i in table.inner or blocks[-1][-1] in table.strong):
            blocks.append([])
        blocks[-1].append(i)
    parts: list[tuple[int, ...]] = []
    for block in blocks:
        parts += [tuple(block)] if len(block) <= KEPT else [tuple(block[:2]), *((i,) for i in block[2:])]
    return parts


def _filled(parts: Sequence[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    pages: list[tuple[int, ...]] = []
    for part in parts:
        if pages and len(pages[-1]) + len(part) <= most:
            pages[-1] += part
        else:
            pages.append(part)
    return pages


@dataclass(frozen=True)
class Columns:
    """A table's cells as they stand on slides, and the inches that each column needs: measured once for all slides."""

    table: Table
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    needed: tuple[float, ...]


def columns_of(table: Table) -> Columns:
    """The columns of a table of words, each as wide as its widest cell or its heading on two lines."""
    rows = tuple(tuple(_marked(table, i, c) for c in range(len(table.columns))) for i in range(len(table.rows)))
    heads = tuple(bold(column) for column in table.columns)
    needed = (max([inches(row[c], BODY) for row in rows] + [_least(column)]) for c, column in enumerate(table.columns))
    return Columns(table, heads, rows, tuple(needed))


def table_on(slide: Slide, columns: Columns, shown: Sequence[int], frame: Frame) -> GraphicFrame:
    """The rows ``shown`` of a table of words, as wide as they need up to the frame's width, headings above."""
    table, needed = columns.table, columns.needed
    free = frame.wide - APART * len(needed)
    scale = min(free / sum(needed), 1.0)
    size = max(floor(10 * BODY * scale) / 10, SMALLEST)
    sides = ("left", *("right" for _ in table.columns[1:]))
    grid = Grid(frame.left, frame.top, tuple(wide * scale + APART for wide in needed), ROW)
    striped = frozenset(r + 1 for r, i in enumerate(shown) if i in table.strong)
    body = [columns.rows[i] for i in shown]
    shape = native_table(slide, grid, [columns.heads, *body], sides, size, table.caption, striped, frozenset({0}))
    shape.table.rows[0].height = round(HEAD * INCH)
    for cell in shape.table.rows[0].cells:
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
    return shape


def strip_height(table: Table) -> float:
    """Inches that the strip over a figure takes, the space under it included."""
    return STRIP_ROW * (len(table.rows) + 2) + (STRIP_ROW if table.caption else 0.0)


def strip_on(slide: Slide, table: Table, frame: Frame) -> GraphicFrame:
    """The strip over a figure, along the upper edge of ``frame``: its caption is its first row, headings under it."""
    heads = tuple(bold(column) for column in table.columns)
    captioned = [(table.caption, *("" for _ in heads[1:]))] if table.caption else []
    needed = [max(inches(row[c], STRIP) for row in (heads, *table.rows)) for c in range(len(heads))]
    spare = (frame.wide - sum(needed)) / len(needed)
    size = STRIP if spare >= APART else max(floor(10 * STRIP * frame.wide / (sum(needed) + APART * len(needed))) / 10,
                                            SMALLEST)  # fmt: skip
    scale = size / STRIP
    columns = tuple(each * scale + (frame.wide - scale * sum(needed)) / len(needed) for each in needed)
    grid = Grid(frame.left, frame.top, columns, STRIP_ROW)
    sides = ("left", *("right" for _ in heads[1:]))
    first = len(captioned)
    shape = native_table(slide, grid, [*captioned, heads, *table.rows], sides, size, table.caption or heads[0],
                         ruled=frozenset({first}))  # fmt: skip
    if captioned:
        shape.table.cell(0, 0).merge(shape.table.cell(0, len(heads) - 1))
    return shape


def _least(heading: str) -> float:
    """Inches a heading takes across when it is set on two lines."""
    words = heading.split(" ")
    halves = ((words[:i], words[i:]) for i in range(1, len(words) + 1))
    return min(max(inches(bold(" ".join(half)), BODY) for half in pair) for pair in halves)


def _marked(table: Table, i: int, c: int) -> str:
    text = table.rows[i][c]
    if i in table.strong:
        return bold(text)
    return f"    {text}" if i in table.inner and c == 0 else text
