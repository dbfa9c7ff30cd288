"""Small plots side by side, each with its numbers of patients in rows under the axis it shares with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from components.chart.chart import (
    FONT_SIZE,
    Chart,
    End,
    Entry,
    Key,
    Margins,
    Place,
    Plot,
    Row,
    Scale,
    even_ticks,
    log_ticks,
    named_ticks,
)
from components.chart.colours import ACCENT, FAINT, QUIET, colour, dash
from components.chart.marks import Background, Line, Mark, Region, Rule, Stroke
from components.core.markup import bold, plain
from data.levels import Level


@dataclass(frozen=True)
class Limit:
    """A level line such as the upper limit of normal, with the text at its end; ``what`` names it in lists."""

    value: float
    text: str
    what: str = ""


@dataclass(frozen=True, eq=False)
class Cell:
    """One plot: marks in a range, numbers under it, a range that is aimed at and limits of the normal.

    ``names`` stand at the ends of lines: the value, the name and its colour.
    """

    title: str
    quantity: str
    unit: str
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    span: tuple[float, float]
    logarithmic: bool = False
    target: tuple[float | None, float | None] | None = None
    target_name: str = ""
    limits: tuple[Limit, ...] = ()
    names: tuple[tuple[float, str, str], ...] = ()
    suffix: str = ""
    zero: bool = False


@dataclass(frozen=True)
class Grid:
    """How cells stand: ``columns`` abreast, plots ``height`` high; ticks at ``ticks``, x from ``left`` to ``right``.

    ``key`` lists the groups with their palette places, and ``beside`` what else stands in the key; ``series`` are the
    names of all series; ``names`` are written before the rows of numbers, ``whole`` are the labels in full.
    """

    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    quantity: str
    title: str
    left: float
    right: float
    columns: int = 1
    height: int = 330
    row: int = 20
    key: tuple[tuple[Level, int], ...] = ()
    names: bool = True
    series: tuple[tuple[str, str], ...] = ()
    beside: tuple[Entry, ...] = ()
    whole: tuple[str, ...] = ()
    between: float = field(default=0.055)


CHARACTER = 7.2
MARGIN_TOP, TICK_ROOM, TITLE_ROOM, GAP, FOOT = 10, 34, 26, 26, 8
MOST_RIGHT = 220


def cells_chart(cells: Sequence[Cell], grid: Grid) -> Chart:
    """All cells as one chart of fixed height; every axis keeps its range whatever the data do."""
    rows = max((len(cell.rows) for cell in cells), default=0)
    multiple = grid.columns > 1
    head = TITLE_ROOM if multiple else 0
    foot = TICK_ROOM + (FONT_SIZE + 8 if grid.title else 0) + grid.row * rows + (12 if rows else 0)
    each = head + grid.height + foot
    lines = ceil(len(cells) / grid.columns)
    top = MARGIN_TOP + (26 if grid.key or grid.beside else 0)
    width = (1 - grid.between * (grid.columns - 1)) / grid.columns
    plots = []
    for i, cell in enumerate(cells):
        line, column = divmod(i, grid.columns)
        left, start = column * (width + grid.between), line * (each + GAP) + head
        place = Place(left, left + width, start, start + grid.height)
        plots.append(_plot(f"plot {i + 1}", cell, grid, place, multiple=multiple))
    groups = (Entry(group.id, group.label, colour(place), dash(place), "circle") for group, place in grid.key)
    entries = (*groups, *grid.beside)
    height = top + lines * each + (lines - 1) * GAP + FOOT
    key = Key(entries) if entries else None
    return Chart(height, _margins(cells, grid, top), tuple(plots), key, names=grid.series)


def _margins(cells: Sequence[Cell], grid: Grid, top: float) -> Margins:
    named = max((len(f"{plain(row.owner)}  {plain(row.name)}") for cell in cells for row in cell.rows), default=0)
    left = max(72, 20 + CHARACTER * named) if grid.names else 58
    right = max((8 + CHARACTER * 1.1 * len(name) for cell in cells for _, name, _ in cell.names), default=16)
    return Margins(left, min(right, MOST_RIGHT), top, FOOT)


def _plot(key: str, cell: Cell, grid: Grid, place: Place, *, multiple: bool) -> Plot:
    x = Scale(grid.left, grid.right, grid.quantity, "", grid.title, named_ticks(grid.ticks, grid.labels, grid.whole),
              size=12)  # fmt: skip
    ticks = log_ticks(*cell.span) if cell.logarithmic else even_ticks(*cell.span, suffix=cell.suffix)
    y = Scale(
        *cell.span, cell.quantity, cell.unit, "" if multiple else cell.title, ticks, logarithmic=cell.logarithmic,
        grid=True, suffix=cell.suffix, zero=cell.zero, size=12 if multiple else 13,
    )  # fmt: skip
    return Plot(
        key, x, y, cell.marks, place, tuple(_ground(key, cell)), cell.title if multiple else "",
        ends=tuple(End(value, bold(name), shade) for value, name, shade in cell.names), rows=cell.rows,
        rows_from=TICK_ROOM + (FONT_SIZE + 8 if grid.title else 0),
        row_height=grid.row, row_names=grid.names,
    )  # fmt: skip


def _ground(key: str, cell: Cell) -> list[Background]:
    found: list[Background] = []
    if cell.target:
        found.append(Region(f"{key} target", (None, None), cell.target, ACCENT, FAINT, what=cell.target_name))
    inside = [limit for limit in cell.limits if cell.span[0] < limit.value < cell.span[1]]
    line = Stroke(QUIET, 1, "dash")
    return found + [Rule(f"{key} {limit.text or limit.value}", limit.value, upright=False, stroke=line,
                         text=limit.text, what=limit.what) for limit in inside]  # fmt: skip


def last_value(line: Line) -> float | None:
    """The value at which a line ends; None for one without any."""
    return next((y for y in reversed(line.y) if y is not None), None)
