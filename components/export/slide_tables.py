"""Native tables for slides: no grid, exact columns and rows, every cell editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from components.export.charts import INCH, TEXT, Frame
from components.export.rich_text import inches, lines
from components.wording.marks import bold
from components.wording.tables import Table

NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
STRIPE, RULE = "EFF2F4", "1F2D3A"
SIDES = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ROW, HEAD, BODY = 0.3, 0.52, 13
SIDE = 0.04
"""Inches between a cell's edges and its text."""

SMALLEST = 6.0
KEPT = 8
"""A block of at most so many rows is not parted; of a longer one the first two rows stay together."""

APART = 0.22
"""Inches between the widest texts of two columns; they leave room for typefaces that measure a little wider."""


@dataclass(frozen=True)
class Grid:
    """A table's place: left and top, the widths of its columns and the height of its rows, in inches.

    The first cell of a striped row reaches ``over`` so many columns.
    """

    left: float
    top: float
    columns: tuple[float, ...]
    row: float
    over: int = 1

    def frame(self, rows: int) -> Frame:
        """The rectangle that ``rows`` rows fill."""
        return Frame(self.left, self.top, sum(self.columns), self.row * rows)


def native_table(
    slide: Slide, grid: Grid, rows: Sequence[Sequence[str]], sides: Sequence[str], size: float, alt: str,
    striped: frozenset[int] = frozenset(), ruled: frozenset[int] = frozenset(),
) -> GraphicFrame:  # fmt: skip
    """``rows`` of texts (bold, italic and colour marks are kept) in ``grid``; ``ruled`` rows have a line below."""
    shape = slide.shapes.add_table(len(rows), len(grid.columns), *grid.frame(len(rows)).emu)
    table = shape.table
    properties = table._tbl.tblPr  # noqa: SLF001 - python-pptx does not choose a table's style
    properties.find(qn("a:tableStyleId")).text = NO_GRID
    table.first_row = table.horz_banding = False
    for column, wide in zip(table.columns, grid.columns, strict=True):
        column.width = round(wide * INCH)
    for r, row in enumerate(rows):
        table.rows[r].height = round(grid.row * INCH)
        for c, text in enumerate(row):
            cell = table.cell(r, c)
            _write(cell, text, sides[c], size)
            if r in striped:
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string(STRIPE)
            if r in ruled:
                _rule(cell)
        if r in striped and grid.over > 1:
            table.cell(r, 0).merge(table.cell(r, grid.over - 1))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt)  # noqa: SLF001 - python-pptx has no alternative text
    return shape


def on_one_line(rows: Sequence[Sequence[str]], columns: Sequence[float], size: float) -> float:
    """The size, at most ``size``, at which no text needs a second line in its column.

    A row that grew would part the table from the chart beside or above it.
    """
    shares = [
        (wide - 2 * SIDE) / needed
        for row in rows for text, wide in zip(row, columns, strict=True) if (needed := inches(text, size)) > 0
    ]  # fmt: skip
    return max(floor(10 * size * min([1.0, *shares])) / 10, SMALLEST)


def _write(cell: _Cell, text: str, side: str, size: float) -> None:
    cell.margin_left = cell.margin_right = round(SIDE * INCH)
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.word_wrap = True
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = SIDES[side]
    end = parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{round(size * 100)}"/>')
    paragraph._p.append(end)  # noqa: SLF001 - an empty cell would be as high as the theme's type
    for run in lines(text)[0]:
        added = paragraph.add_run()
        added.text = run.text
        added.font.size, added.font.bold, added.font.italic = Pt(size), run.bold, run.italic
        added.font.color.rgb = RGBColor.from_string((run.colour or TEXT).removeprefix("#").upper())


def _rule(cell: _Cell) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx has no borders
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:lnB>'
    )  # fmt: skip
    properties.insert(0, line)


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


def table_on(slide: Slide, table: Table, shown: Sequence[int], frame: Frame) -> GraphicFrame:
    """The rows ``shown`` of a table of words, as wide as they need up to the frame's width, headings above."""
    every = [tuple(_marked(table, i, c) for c in range(len(table.columns))) for i in range(len(table.rows))]
    heads = tuple(bold(column) for column in table.columns)
    needed = [max([inches(row[c], BODY) for row in every] + [_least(column)]) for c, column in enumerate(table.columns)]
    free = frame.wide - APART * len(needed)
    scale = min(free / sum(needed), 1.0)
    size = max(floor(10 * BODY * scale) / 10, SMALLEST)
    sides = ("left", *("right" for _ in table.columns[1:]))
    grid = Grid(frame.left, frame.top, tuple(wide * scale + APART for wide in needed), ROW)
    striped = frozenset(r + 1 for r, i in enumerate(shown) if i in table.strong)
    body = [every[i] for i in shown]
    shape = native_table(slide, grid, [heads, *body], sides, size, table.caption, striped, frozenset({0}))
    shape.table.rows[0].height = round(HEAD * INCH)
    for cell in shape.table.rows[0].cells:
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
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
