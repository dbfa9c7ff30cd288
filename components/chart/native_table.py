"""Native tables of PowerPoint: no grid, exact columns and rows, every cell editable."""

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

from components.chart.lettering import inches, lines
from components.chart.native import INCH, TEXT, Frame

NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
STRIPE, RULE = "EFF2F4", "1F2D3A"
SIDES = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
SIDE = 0.04
"""Inches between a cell's edges and its text."""

SMALLEST = 6.0


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
