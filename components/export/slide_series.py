"""The series of a native chart, from the traces of a figure: lines, limits, points, bars; the numbers under it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from components.export.charts import MARK, Points, Series, steps
from components.figures.theme import QUIET, Figure
from components.wording.marks import BOLD

Trace = dict[str, Any]

MOST_LIMITS = 3
"""Limits of more groups than this cannot be told apart as lines."""

POINTS = 0.75
"""Points in a pixel of the screen."""


@dataclass(frozen=True)
class Count:
    """A row of numbers: its name with its marks, and the number at each tick."""

    name: str
    texts: tuple[str, ...]
    first: bool


def native(figure: Figure | None) -> bool:
    """Whether the figure is one plot of lines and points over chosen ticks, with at most numbers under it."""
    if figure is None:
        return False
    layout = figure["layout"]
    axes = {key for key in layout if key[:5] in {"xaxis", "yaxis"}}
    single = axes <= {"xaxis", "yaxis", "yaxis2"} and layout.get("xaxis", {}).get("visible", True)
    plotted = [trace for trace in figure["data"] if not counts_trace(trace)]
    drawn = all(trace.get("type", "scatter") == "scatter" and "text" not in trace.get("mode", "") for trace in plotted)
    return bool(single and drawn and plotted and {"tickvals", "range"} <= layout["xaxis"].keys())


def series_of(figure: Figure, factor: float = 1.0) -> list[Series]:
    """The figure's lines, limits and points as series; days times ``factor`` are the months of the axis."""
    until = figure["layout"]["xaxis"]["range"][1]
    plotted = [trace for trace in figure["data"] if not counts_trace(trace) and trace.get("visible", True) is True]
    filled = {id(pair[part]) for pair in pairwise(plotted) for part in (0, 1) if "fill" in pair[1]}
    many = len(filled) > 2 * MOST_LIMITS
    found: list[Series] = []
    for trace in plotted:
        if id(trace) in filled and many:
            continue
        found += _limits(trace, plotted, until, factor) if id(trace) in filled else _drawn(trace, until, factor)
    return found + _marks(figure["layout"])


def _marks(layout: Trace) -> list[Series]:
    """Lines across the plot, such as the upper limit of normal, and the edges of a range that is aimed at."""
    (low, high), found = layout["xaxis"]["range"], []
    for shape in layout.get("shapes", ()):
        if shape.get("xref", "x") == "x" and shape.get("yref", "y") == "y":
            ends = {"line": (shape["y0"],), "rect": (shape["y0"], shape["y1"])}[shape["type"]]
            found += [Series(f"Line at {end:g}", ((low, end), (high, end)), QUIET, 1.0, "dash") for end in ends]
    return found


def count_rows(figure: Figure) -> tuple[Count, ...]:
    """The rows of numbers under the plot, in order from the top; a name in colour begins a new group."""
    spec = figure["layout"].get("yaxis2", {})
    ticks = figure["layout"]["xaxis"]["tickvals"]
    texts = {
        (x, y): text
        for trace in figure["data"] if counts_trace(trace)
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }  # fmt: skip
    return tuple(
        Count(name, tuple(texts.get((tick, at), "") for tick in ticks), BOLD in name)
        for at, name in zip(spec.get("tickvals", ()), spec.get("ticktext", ()), strict=True)
    )


def counts_trace(trace: Trace) -> bool:
    """Whether a trace is the numbers under the plot."""
    return trace.get("mode") == "text" and trace.get("yaxis") == "y2"


def _points(trace: Trace, until: float, factor: float) -> tuple[Points, ...]:
    pairs = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]
    if trace.get("line", {}).get("shape") == "hv":
        parts = steps(pairs, until)
    else:
        parts = tuple(part for part in _unbroken(pairs, until) if part)
    return tuple(tuple((x * factor, y) for x, y in part) for part in parts)


def _unbroken(pairs: list[tuple[float, float | None]], until: float) -> list[Points]:
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in pairs:
        if y is None:
            parts.append([])
        elif x <= until:
            parts[-1].append((x, y))
    return [tuple(part) for part in parts]


def _limits(trace: Trace, plotted: list[Trace], until: float, factor: float) -> list[Series]:
    """The edge of a band as a thin pale line in the colour of its group: a chart cannot fill between two curves."""
    group = [other for other in plotted if other.get("legendgroup") == trace.get("legendgroup")]
    colour = next(t["line"]["color"] for t in group if t.get("line", {}).get("width") and "color" in t["line"])
    parts = _points(trace, until, factor)
    return [Series(_named(trace, i), part, colour, 1.0, opacity=0.45) for i, part in enumerate(parts) if len(part) > 1]


def _drawn(trace: Trace, until: float, factor: float) -> list[Series]:
    line, marker, mode = trace.get("line", {}), trace.get("marker", {}), trace.get("mode", "lines")
    colour = line.get("color") if "lines" in mode else None
    shade = colour or marker.get("line", {}).get("color") or marker.get("color")
    symbol = marker.get("symbol", "circle") if "markers" in mode else ""
    wide = max(line.get("width", 2), 1) if "lines" in mode else 0.0
    opacity = trace.get("opacity", 1.0)
    found = [
        Series(_named(trace, i), part, shade, wide, line.get("dash", "solid"), symbol, _mark(marker), opacity=opacity)
        for i, part in enumerate(_points(trace, until, factor))
    ]
    return [*_bars(trace, until, factor, shade), *found]


def _mark(marker: Trace) -> int:
    """The size of the markers in points; where they differ in size, the usual one."""
    size = marker.get("size")
    return max(round(size * POINTS), 2) if isinstance(size, int | float) else MARK


def _bars(trace: Trace, until: float, factor: float, shade: str) -> list[Series]:
    """Each error bar as a line of two points: not every program draws the bars of a chart itself."""
    bars = trace.get("error_y", {})
    if not bars.get("visible", True) or "array" not in bars:
        return []
    ends = zip(trace["x"], trace["y"], bars["arrayminus"], bars["array"], strict=True)
    return [
        Series(f"{_named(trace, 0)}, bar {i + 1}", ((x * factor, y - below), (x * factor, y + above)), shade, 1.25)
        for i, (x, y, below, above) in enumerate(ends)
        if x is not None and y is not None and x <= until
    ]


def _named(trace: Trace, part: int) -> str:
    name = str(trace.get("uid") or trace.get("name", ""))
    return f"{name}, part {part + 1}" if part else name
