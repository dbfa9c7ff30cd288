"""Small plots side by side, each with its numbers of patients in rows under the axis it shares with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any

from components.figures.theme import (
    ACCENT,
    FAINT,
    FONT_SIZE,
    ON_COLOUR,
    QUIET,
    Figure,
    axis,
    colour,
    dash,
    layout,
    pale,
    spread,
)
from components.wording.marks import bold, coloured

Values = Sequence[float | None]


@dataclass(frozen=True, eq=False)
class Stroke:
    """One line with markers: ``place`` gives it colour and dash, ``faded`` draws it as the lesser of a pair.

    ``above`` and ``below`` are lengths of bars, with ``band`` the distances of its edges; ``keys`` the answers to a
    click; ``label`` stands at its end; points are ``joined`` or stand alone. ``thin`` is for single patients' lines.
    """

    name: str
    place: int
    x: Values
    y: Values
    text: Sequence[str] = ()
    above: Values = ()
    below: Values = ()
    band: bool = False
    faded: bool = False
    thin: bool = False
    strong: bool = False
    keys: Sequence[str | None] = ()
    label: str = ""
    joined: bool = True


@dataclass(frozen=True)
class Row:
    """A row of numbers under a plot: its name, whose colour it has, and a text at each tick."""

    name: str
    place: int
    texts: tuple[str, ...]
    owner: str = ""


@dataclass(frozen=True, eq=False)
class Cell:
    """One plot: strokes in a range, numbers under it, a band that is aimed at and limits of the normal."""

    title: str
    strokes: tuple[Stroke, ...]
    rows: tuple[Row, ...]
    span: tuple[float, float]
    logarithmic: bool = False
    target: tuple[float | None, float | None] | None = None
    limits: tuple[tuple[float, str], ...] = ()
    suffix: str = ""
    zero: bool = False


@dataclass(frozen=True)
class Grid:
    """How cells stand: ``columns`` abreast, plots ``height`` high; ticks at ``ticks``, x from ``left`` to ``right``."""

    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    title: str
    left: float
    right: float
    columns: int = 1
    height: int = 360
    row: int = 20
    legend: tuple[tuple[str, int], ...] = ()
    names: bool = True
    between: float = field(default=0.055)


CHARACTER = 7.2
MARGIN_TOP, TICK_ROOM, TITLE_ROOM, GAP = 10, 34, 26, 26


def cells_figure(cells: Sequence[Cell], grid: Grid) -> Figure:
    """All cells as one figure of fixed height; every axis keeps its range whatever the data do."""
    rows = max((len(cell.rows) for cell in cells), default=0)
    multiple = grid.columns > 1
    head = TITLE_ROOM if multiple else 0
    foot = TICK_ROOM + (FONT_SIZE + 8 if grid.title else 0) + grid.row * rows + (12 if rows else 0)
    each = head + grid.height + foot
    lines = ceil(len(cells) / grid.columns)
    top = MARGIN_TOP + (26 if grid.legend else 0)
    height = top + lines * each + (lines - 1) * GAP + 8
    names = max((len(f"{row.owner}  {row.name}") for cell in cells for row in cell.rows), default=0)
    left = max(72, 20 + CHARACTER * names) if grid.names else 58
    right = max((8 + CHARACTER * 1.1 * len(s.label) for c in cells for s in c.strokes if s.label), default=16)
    width = (1 - grid.between * (grid.columns - 1)) / grid.columns
    usable = height - top - 8
    parts: dict[str, Any] = {}
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for i, cell in enumerate(cells):
        line, column = divmod(i, grid.columns)
        x0 = column * (width + grid.between)
        above = (line * (each + GAP) + head) / usable
        y1, y0 = 1 - above, 1 - above - grid.height / usable
        under = y0 - (foot - grid.row * rows - 12) / usable
        at = _Place(i, x0, x0 + width, y0, y1, under, under - (grid.row * rows + 12) / usable)
        parts |= _axes(cell, grid, at, rows)
        traces += _traces(cell, at)
        shapes += _shapes(cell, grid, at)
        notes += _notes(cell, at, multiple=multiple)
        if rows:
            traces.append(_numbers(cell, grid, at))
    traces += [_legend_entry(name, place) for name, place in grid.legend]
    return {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": left, "r": min(right, 220), "t": top, "b": 8},
            showlegend=bool(grid.legend),
            legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1 + 8 / usable, "yanchor": "bottom",
                    "font": {"size": 13}, "itemclick": False, "itemdoubleclick": False},
            shapes=shapes,
            annotations=notes,
            **parts,
        ),
    }  # fmt: skip


@dataclass(frozen=True)
class _Place:
    """Where a cell stands on the paper: its plot, and from ``under`` down to ``end`` its rows of numbers."""

    i: int
    x0: float
    x1: float
    y0: float
    y1: float
    under: float
    end: float

    def axis(self, letter: str, *, numbers: bool = False) -> str:
        """The name of its axis as traces call it: x, x2, ... and y, y2, ...; numbers have y axes of their own."""
        number = self.i + 1 if letter == "x" else 2 * self.i + 1 + numbers
        return letter if number == 1 else f"{letter}{number}"


def log_ticks(low: float, high: float) -> dict[str, Any]:
    """Ticks of a logarithmic axis from ``low`` to ``high``: few over decades, more within one."""
    steps = (1, 2, 5) if high / low > 8 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    ticks = [step * 10.0**decade for decade in decades for step in steps if low <= step * 10.0**decade <= high]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" if tick < 1e5 else f"{tick:.0f}" for tick in ticks]}


def _key(name: str) -> str:
    return f"{name[0]}axis{name[1:]}"


def _axes(cell: Cell, grid: Grid, at: _Place, rows: int) -> dict[str, Any]:
    x, y, y2 = at.axis("x"), at.axis("y"), at.axis("y", numbers=True)
    span = [log10(edge) for edge in cell.span] if cell.logarithmic else list(cell.span)
    small = {} if grid.columns == 1 else {"tickfont": {"size": 12}, "tickangle": 0}
    kind = {"type": "log", **log_ticks(*cell.span)} if cell.logarithmic else {"nticks": 6}
    found = {
        _key(x): axis(
            grid.title, range=[grid.left, grid.right], domain=[at.x0, at.x1], anchor=y, tickvals=list(grid.ticks),
            ticktext=list(grid.labels), showgrid=False, fixedrange=True,
        ) | {"tickfont": {"size": 12}, "tickangle": 0},
        _key(y): axis(
            "" if grid.columns > 1 else cell.title, range=span, domain=[at.y0, at.y1], anchor=x,
            fixedrange=True, ticksuffix=cell.suffix, zeroline=cell.zero, **kind,
        ) | small,
    }  # fmt: skip
    if rows:
        owner = {
            i: f"{bold(coloured(row.owner, colour(row.place)))}   " if row.owner else ""
            for i, row in enumerate(cell.rows)
        }
        names = [f"{owner[i]}{row.name}" for i, row in enumerate(cell.rows)] if grid.names else []
        found[_key(y2)] = axis(
            range=[-rows + 0.5, 0.6], domain=[max(at.end, 0), at.under], anchor=x, showgrid=False, showline=False,
            ticks="", fixedrange=True, tickvals=[-i for i in range(len(names))], ticktext=names,
        )  # fmt: skip
    return found


def _numbers(cell: Cell, grid: Grid, at: _Place) -> dict[str, Any]:
    ticks = list(enumerate(grid.ticks))
    cells = [(tick, -r, row.texts[t], row.place) for r, row in enumerate(cell.rows) for t, tick in ticks]
    return {
        "uid": f"{cell.title} numbers", "mode": "text", "showlegend": False, "hoverinfo": "skip", "cliponaxis": False,
        "x": [x for x, _, _, _ in cells], "y": [y for _, y, _, _ in cells], "text": [text for _, _, text, _ in cells],
        "xaxis": at.axis("x"), "yaxis": at.axis("y", numbers=True),
        "textfont": {"size": 13 if grid.names else 12} | ({} if grid.names else
                     {"color": [colour(place) for _, _, _, place in cells]}),
    }  # fmt: skip


def _traces(cell: Cell, at: _Place) -> list[dict[str, Any]]:
    traces: list[dict[str, Any]] = []
    for stroke in cell.strokes:
        shared = {"xaxis": at.axis("x"), "yaxis": at.axis("y"), "showlegend": False, "legendgroup": stroke.name}
        traces += _band(cell, stroke, shared) if stroke.band else [_line(cell, stroke, shared)]
    return traces


def _line(cell: Cell, stroke: Stroke, shared: dict[str, Any]) -> dict[str, Any]:
    line = colour(stroke.place)
    pattern = "dot" if stroke.faded else "solid" if stroke.thin else dash(stroke.place)
    symbol = "circle-open" if stroke.faded else "circle"
    width = 1 if stroke.thin else 3.2 if stroke.strong else 2.4
    trace: dict[str, Any] = {
        **shared,
        "uid": f"{cell.title} {stroke.name}",
        "mode": "lines+markers" if stroke.joined else "markers",
        "x": list(stroke.x),
        "y": list(stroke.y),
        "line": {"color": line, "width": width, "dash": pattern},
        "marker": {"size": 4 if stroke.thin else 8, "color": line, "symbol": symbol},
        "opacity": 0.42 if stroke.thin else 0.85 if stroke.faded else 1,
        "hoverinfo": "text",
        "text": list(stroke.text),
    }  # fmt: skip
    if stroke.keys:
        trace["customdata"] = list(stroke.keys)
    if len(stroke.above):
        trace["error_y"] = {
            "type": "data", "symmetric": False, "array": list(stroke.above), "arrayminus": list(stroke.below),
            "color": line, "thickness": 1.3, "width": 4,
        }  # fmt: skip
    return trace


def _band(cell: Cell, stroke: Stroke, shared: dict[str, Any]) -> list[dict[str, Any]]:
    line = colour(stroke.place)
    known = [(x, y, a, b) for x, y, a, b in zip(stroke.x, stroke.y, stroke.above, stroke.below, strict=True)
             if y is not None and a is not None and b is not None]  # fmt: skip
    x = [point[0] for point in known]
    edge = {**shared, "mode": "lines", "hoverinfo": "skip", "line": {"width": 0, "color": line}, "x": x}
    middle = {"mode": "lines", "line": {"color": line, "width": 2.6, "dash": dash(stroke.place)}}
    return [
        {**edge, "uid": f"{cell.title} {stroke.name} lower", "y": [y - b for _, y, _, b in known]},
        {**edge, "uid": f"{cell.title} {stroke.name} upper", "y": [y + a for _, y, a, _ in known],
         "fill": "tonexty", "fillcolor": pale(line, FAINT)},
        {**_line(cell, stroke, shared), "error_y": {"visible": False}} | middle,
    ]  # fmt: skip


def _shapes(cell: Cell, grid: Grid, at: _Place) -> list[dict[str, Any]]:
    shared = {"xref": f"{at.axis('x')}", "yref": at.axis("y"), "x0": grid.left, "x1": grid.right, "layer": "below"}
    shapes: list[dict[str, Any]] = []
    if cell.target:
        low, high = (end if end is not None else edge for end, edge in zip(cell.target, cell.span, strict=True))
        shapes.append({**shared, "type": "rect", "y0": low, "y1": high, "fillcolor": pale(ACCENT, FAINT),
                       "line": {"width": 0}})  # fmt: skip
    inside = [value for value, _ in cell.limits if cell.span[0] < value < cell.span[1]]
    line = {"color": QUIET, "width": 1, "dash": "dash"}
    return shapes + [{**shared, "type": "line", "y0": value, "y1": value, "line": line} for value in inside]


def _notes(cell: Cell, at: _Place, *, multiple: bool) -> list[dict[str, Any]]:
    shared = {"showarrow": False, "align": "left"}
    title = {
        **shared, "x": at.x0, "y": at.y1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "yshift": 4, "text": cell.title, "font": {"size": 14},
    }  # fmt: skip
    limits = [
        {**shared, "x": at.x1, "xref": "paper", "yref": at.axis("y"), "xanchor": "right", "yanchor": "bottom",
         "y": log10(value) if cell.logarithmic else value, "text": text, "bgcolor": ON_COLOUR,
         "font": {"size": 11.5, "color": QUIET}}
        for value, text in cell.limits if text and cell.span[0] < value < cell.span[1]
    ]  # fmt: skip
    return [*([title] if multiple else []), *limits, *_labels(cell, at)]


def _labels(cell: Cell, at: _Place) -> list[dict[str, Any]]:
    """The names of strokes at the right, beside their last points and clear of each other."""
    named = [(s, [y for y in s.y if y is not None]) for s in cell.strokes if s.label]
    named = [(stroke, known) for stroke, known in named if known]
    low, high = (log10(edge) if cell.logarithmic else edge for edge in cell.span)
    ends = [min(max(log10(ys[-1]) if cell.logarithmic else ys[-1], low), high) for _, ys in named]
    return [
        {"x": at.x1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": y, "yref": at.axis("y"), "showarrow": False,
         "text": bold(stroke.label), "font": {"color": colour(stroke.place), "size": 14}, "align": "left"}
        for (stroke, _), y in zip(named, spread(ends, 0.056 * (high - low), low, high), strict=True)
    ]  # fmt: skip


def _legend_entry(name: str, place: int) -> dict[str, Any]:
    return {
        "uid": f"{name} legend", "name": name, "mode": "lines+markers", "x": [None], "y": [None], "showlegend": True,
        "legendgroup": name, "line": {"color": colour(place), "width": 2.4, "dash": dash(place)},
        "marker": {"size": 8, "color": colour(place)},
    }  # fmt: skip
