"""Pages of text and tables for a PDF, drawn like the figures: paragraphs that wrap, tables that go on overleaf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from matplotlib.figure import Figure as Sheet
from matplotlib.lines import Line2D

from components.chart.colours import INK, QUIET
from components.chart.lettering import PIXEL, Style, placed, width, wrapped
from components.chart.picture import INCH
from components.core import markup as marks
from components.core.table import Table

EDGE, LEADING, RATIO, ENDLESS = 70, 1.45, 297 / 210, 1000.0
A4 = 210 / 25.4
"""The width of A4 paper, in inches."""

SIZES = {"title": 28, "heading": 21, "text": 17, "first": 17, "cell": 16, "small": 13}
"""Sizes in pixels; on A4 paper a text of 17 pixels is as large as type of 9 points."""

BEFORE = {"title": 0, "heading": 18, "text": 5, "first": 8}
CELL_GAP = 18
SMALLEST = 0.55
RULE = "#8a97a3"


@dataclass(frozen=True)
class Paragraph:
    """A text, set as a title, a heading, plain text, or what must be read first."""

    text: str
    kind: Literal["title", "heading", "text", "first"] = "text"


@dataclass
class Page:
    """A page being written: ``at`` is how far down it is filled, in pixels, of which ``scale`` are one on its sheet."""

    wide: float
    ratio: float = RATIO
    scale: float = 1.0
    sheet: Sheet = field(init=False)
    at: float = EDGE

    def __post_init__(self) -> None:
        size = (self.scale * self.wide / INCH, self.scale * self.high / INCH)
        self.sheet = Sheet(figsize=size, dpi=INCH, facecolor="white")
        self.axes = self.sheet.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[])

    @property
    def high(self) -> float:
        """Its height in pixels."""
        return self.wide * self.ratio

    def overleaf(self) -> Page:
        """The next page, of the same size."""
        return Page(self.wide, self.ratio, self.scale)

    def has_room(self, high: float) -> bool:
        """Whether so many pixels are left before its foot."""
        return self.at + high <= self.high - EDGE - 20

    def write(
        self, text: str, x: float, size: float, ink: str = INK, side: str = "left", *, bold: bool = False
    ) -> None:
        """A text at the place that it is filled down to, ``x`` pixels from the left."""
        at = (self.scale * x / INCH, self.scale * (self.high - self.at) / INCH)
        marked = marks.bold(text) if bold else text
        placed(self.axes, marked, at, self.sheet.dpi_scale_trans, Style(self.scale * size, ink, (side, "top")))

    def rule(self, x0: float, x1: float) -> None:
        """A level line at the place that it is filled down to."""
        y = 1 - self.at / self.high
        line = Line2D([x0 / self.wide, x1 / self.wide], [y, y], color=RULE, linewidth=self.scale * PIXEL)
        line.set_transform(self.sheet.transFigure)
        self.axes.add_artist(line)


def text_pages(parts: Sequence[Paragraph | Table], wide: float) -> list[Page]:
    """Pages of A4 paper, set as if they were ``wide`` pixels across."""
    pages = [Page(wide, scale=A4 * INCH / wide)]
    _fill(pages, parts)
    return pages


def with_foot(page: Page, foot: str, number: str) -> Sheet:
    """The sheet of the page with ``foot`` in small type at its end, and ``number`` at the right of it."""
    small = SIZES["small"]
    lines = wrapped(foot, small, page.wide - 2 * EDGE - width(number, small) - CELL_GAP)
    page.at = page.high - EDGE - small * LEADING * (len(lines) - 1)
    for i, line in enumerate(lines):
        page.write(line, EDGE, small, QUIET)
        if i == len(lines) - 1:
            page.write(number, page.wide - EDGE, small, QUIET, "right")
        page.at += small * LEADING
    return page.sheet


def one_sheet(parts: Sequence[Paragraph | Table], wide: float, small: Sequence[str]) -> Sheet:
    """All parts, and ``small`` in small type under them, on one sheet that is as high as they need."""
    notes = [line for text in small for line in wrapped(text, SIZES["small"], wide - 2 * EDGE)]

    def written(ratio: float) -> Page:
        pages = [Page(wide, ratio)]
        _fill(pages, parts)
        (page,) = pages
        page.at += SIZES["small"] * LEADING
        for line in notes:
            page.write(line, EDGE, SIZES["small"], QUIET)
            page.at += SIZES["small"] * LEADING
        return page

    return written((written(ENDLESS).at + EDGE) / wide).sheet


def _fill(pages: list[Page], parts: Sequence[Paragraph | Table]) -> None:
    for part in parts:
        if isinstance(part, Table):
            _table(pages, part)
        else:
            _paragraph(pages, part)


def _turn(pages: list[Page], high: float) -> Page:
    if not pages[-1].has_room(high):
        pages.append(pages[-1].overleaf())
    return pages[-1]


def _paragraph(pages: list[Page], part: Paragraph) -> None:
    size = SIZES[part.kind]
    bold = part.kind in {"title", "heading"}
    most = (pages[-1].wide - 2 * EDGE) * (0.92 if bold else 1)
    lines = wrapped(part.text, size, most)
    page = _turn(pages, size * LEADING * min(len(lines), 2) + (60 if part.kind == "heading" else 0))
    page.at += BEFORE[part.kind]
    for line in lines:
        page = _turn(pages, size * LEADING)
        page.write(line, EDGE, size, bold=bold or part.kind == "first")
        page.at += size * LEADING


def _table(pages: list[Page], table: Table) -> None:
    if not table.rows:
        return
    if table.caption:
        _paragraph(pages, Paragraph(table.caption))
    room = pages[-1].wide - 2 * EDGE
    longest = [max(width(row[c], SIZES["cell"]) for row in table.rows) for c in range(len(table.columns))]
    heads = [_least(column) for column in table.columns]
    columns = [max(pair) + CELL_GAP for pair in zip(longest, heads, strict=True)]
    scale = max(min(room / sum(columns), 1.0), SMALLEST)
    size, columns = SIZES["cell"] * scale, [each * scale for each in columns]
    edges = [EDGE + sum(columns[:c]) for c in range(len(columns) + 1)]
    text = all(len(cell) > 0 and not cell[0].isdigit() for row in table.rows for cell in row[-1:])
    pages[-1].at += 10
    head = [wrapped(column, size, columns[c] - CELL_GAP * scale) for c, column in enumerate(table.columns)]
    _header(_turn(pages, size * LEADING * 5), head, edges, size, text=text)
    for i, row in enumerate(table.rows):
        if not pages[-1].has_room(size * LEADING):
            pages.append(pages[-1].overleaf())
            _header(pages[-1], head, edges, size, text=text)
        cells = [f"    {row[0]}" if i in table.inner else row[0], *row[1:]]
        _line(pages[-1], cells, edges, size, text=text, bold=i in table.strong)
    pages[-1].at += 8


def _least(heading: str) -> float:
    """The narrowest a heading may be set: on two lines, and no word broken."""
    longest = max(width(word, SIZES["cell"]) for word in heading.split(" "))
    return max(longest, width(heading, SIZES["cell"]) / 1.7) * 1.12


def _header(page: Page, head: list[list[str]], edges: list[float], size: float, *, text: bool) -> None:
    most = max(len(lines) for lines in head)
    for r in range(most):
        cells = [lines[r - most + len(lines)] if r - most + len(lines) >= 0 else "" for lines in head]
        _line(page, cells, edges, size, text=text, bold=True)
    page.rule(edges[0], edges[-1])
    page.at += 6


def _line(page: Page, cells: Iterable[str], edges: list[float], size: float, *, text: bool, bold: bool) -> None:
    for c, cell in enumerate(cells):
        left = c == 0 or text
        x = edges[c] if left else edges[c + 1] - 4
        page.write(cell, x, size, side="left" if left else "right", bold=bold)
    page.at += size * LEADING
