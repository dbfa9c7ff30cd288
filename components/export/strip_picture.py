"""The result strip over a figure in a picture: a small table, as wide as the figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from components.chart.colours import INK
from components.chart.lettering import PIXEL, Style, placed, width, wrapped
from components.chart.picture import AXIS_LINE, EDGE, INCH, Drawing
from components.core.markup import bold

if TYPE_CHECKING:
    from components.core.table import Table

SIZE, SMALLEST, LEADING, GAP = 13.0, 8.0, 1.5, 16.0
"""Pixels of the type, and at least; the height of a line as a multiple of it; pixels between two columns."""


@dataclass(frozen=True)
class Strip:
    """A table set ``wide`` pixels across: its type, its headings in lines, and the right edge of each column."""

    table: Table
    wide: float
    size: float
    heads: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...]

    @property
    def line(self) -> float:
        """Pixels from one line to the next."""
        return self.size * LEADING

    @property
    def height(self) -> float:
        """Pixels that it is high, the space under it included."""
        above = (1 if self.table.caption else 0) + max(map(len, self.heads))
        return self.line * (above + len(self.table.rows) + 1)

    def draw(self, drawing: Drawing, top: float) -> None:
        """Write it on the sheet, its upper edge ``top`` pixels over the sheet's lower one."""
        y = top
        if self.table.caption:
            _write(drawing, self.table.caption, (0.0, y), self.size, "left")
            y -= self.line
        for r in range(deep := max(map(len, self.heads))):
            for c, head in enumerate(self.heads):
                if (own := r - deep + len(head)) >= 0:
                    self._cell(drawing, c, y, bold(head[own]))
            y -= self.line
        sheet = drawing.sheet
        rule = (y + 0.2 * self.line) / INCH / sheet.get_figheight()
        ends = [EDGE / INCH / sheet.get_figwidth(), (EDGE + self.edges[-1]) / INCH / sheet.get_figwidth()]
        drawing.paper.add_artist(
            Line2D(ends, [rule, rule], color=AXIS_LINE, linewidth=PIXEL, transform=sheet.transFigure, clip_on=False)
        )
        for row in self.table.rows:
            for c, cell in enumerate(row):
                self._cell(drawing, c, y, cell)
            y -= self.line

    def _cell(self, drawing: Drawing, c: int, y: float, text: str) -> None:
        _write(drawing, text, (0.0 if c == 0 else self.edges[c], y), self.size, "left" if c == 0 else "right")


def strip_of(table: Table, wide: float) -> Strip:
    """The table set on a sheet ``wide`` pixels across, with smaller type where it has no room otherwise."""
    room = wide - 2 * EDGE
    natural = _columns(table, SIZE)
    size = max(SIZE * min(1.0, room / sum(natural)), SMALLEST)
    columns = [each * size / SIZE for each in natural]
    spare = max(room - sum(columns), 0.0) / len(columns)
    heads = tuple(
        tuple(wrapped(head, size * 1.1, own - GAP * size / SIZE))
        for head, own in zip(table.columns, columns, strict=True)
    )
    ends = [sum(columns[: c + 1]) + spare * (c + 1) for c in range(len(columns))]
    return Strip(table, wide, size, heads, tuple(ends))


def _columns(table: Table, size: float) -> list[float]:
    """The widths of the columns: of their cells, and of headings on two lines."""
    found = []
    for c, head in enumerate(table.columns):
        words = max(width(bold(word), size) for word in head.split(" "))
        cells = max((width(row[c], size) for row in table.rows), default=0.0)
        found.append(max(words * 1.1, width(bold(head), size) / 1.7, cells) + GAP)
    return found


def _write(drawing: Drawing, text: str, at: tuple[float, float], size: float, side: str) -> None:
    whole = drawing.sheet.dpi_scale_trans
    placed(drawing.paper, text, ((EDGE + at[0]) / INCH, at[1] / INCH), whole, Style(size, INK, (side, "top")))
