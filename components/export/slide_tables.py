"""Native tables for slides: no grid, exact columns and rows, every cell editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from components.export.charts import INCH, TEXT, Frame
from components.export.rich_text import lines
from components.wording.tables import Table

NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
STRIPE, RULE = "EFF2F4", "1F2D3A"
SIDES = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ROW, HEAD, BODY = 0.3, 0.52, 13
MOST_ROWS = 16
NARROW = 0.078
"""Inches a character of 12 points takes, for the first guess of a column's width."""


@dataclass(frozen=True)
class Grid:
    """A table's place: left and top, the widths of its columns and the height of its rows, in inches."""

    left: float
    top: float
    columns: tuple[float, ...]
    row: float

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
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt)  # noqa: SLF001 - python-pptx has no alternative text
    return shape


def _write(cell: _Cell, text: str, side: str, size: float) -> None:
    cell.margin_left = cell.margin_right = round(0.04 * INCH)
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


def pages_of(table: Table) -> list[tuple[int, ...]]:
    """The rows of each slide, at most ``MOST_ROWS``; a heading of a block is not parted from its first row."""
    pages: list[list[int]] = [[]]
    for i in range(len(table.rows)):
        full = len(pages[-1]) >= MOST_ROWS or (i in table.strong and len(pages[-1]) == MOST_ROWS - 1)
        if full:
            pages.append([])
        pages[-1].append(i)
    return [tuple(page) for page in pages]


def table_on(slide: Slide, table: Table, shown: Sequence[int], frame: Frame) -> GraphicFrame:
    """The rows ``shown`` of a table of words, as wide as they need up to the frame's width, headings above."""
    body = [tuple(_marked(table, i, c) for c in range(len(table.columns))) for i in shown]
    heads = tuple(f"<b>{_safe(column)}</b>" for column in table.columns)
    longest = [max([len(row[c]) for row in table.rows] + [_least(column)]) for c, column in enumerate(table.columns)]
    wanted = [0.3 + NARROW * BODY / 12 * 1.12 * n for n in longest]
    scale = min(frame.wide / sum(wanted), 1.0)
    size = max(BODY * min(scale, 1.0), 8.0)
    sides = ("left", *("right" for _ in table.columns[1:]))
    grid = Grid(frame.left, frame.top, tuple(wide * scale for wide in wanted), ROW)
    striped = frozenset(r + 1 for r, i in enumerate(shown) if i in table.strong)
    shape = native_table(slide, grid, [heads, *body], sides, size, table.caption, striped, frozenset({0}))
    shape.table.rows[0].height = round(HEAD * INCH)
    for cell in shape.table.rows[0].cells:
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
    return shape


def _least(heading: str) -> float:
    """Characters a heading takes across when it is set on two lines."""
    return max([len(word) for word in heading.split(" ")] + [len(heading) / 1.7])


def _marked(table: Table, i: int, c: int) -> str:
    text = _safe(table.rows[i][c])
    if i in table.strong:
        return f"<b>{text}</b>"
    return f"    {text}" if i in table.inner and c == 0 else text


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
