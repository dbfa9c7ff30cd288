"""The marks of a chart as traces of plotly.js."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from components.chart.chart import Plot
from components.chart.colours import INK, QUIET, pale
from components.chart.dashes import Dash
from components.chart.marks import (
    Band,
    Bars,
    Intervals,
    Line,
    Mark,
    Points,
    Squares,
    Stroke,
    Texts,
    Values,
)

One = TypeVar("One")

ALIGNED = {"left": "left", "centre": "center", "right": "right"}
UPRIGHT = {"above": "top", "middle": "middle", "below": "bottom"}
SYMBOLS = {"tick": "line-ns"}
UNNAMED: dict[str, tuple[int, ...]] = {"longdashdotdot": (5, 2, 1, 2, 1, 2)}
"""Patterns for which plotly.js has no name: lengths drawn and left out, in widths of the line."""


@dataclass(frozen=True, eq=False)
class PlotAxes:
    """A plot with the axes, as traces call them, on which its marks are drawn; ``groups`` has the names of series."""

    plot: Plot
    x: str
    y: str
    groups: Mapping[str, str]
    magnified: float

    def px(self, pixels: float) -> float:
        """A size of this renderer's own, raised with the others where the chart is drawn for a room."""
        return self.magnified * pixels

    def shared(self, mark: Mark) -> dict[str, Any]:
        """What every trace of a mark says."""
        series = getattr(mark, "series", "")
        found: dict[str, Any] = {"uid": mark.key, "xaxis": self.x, "yaxis": self.y, "showlegend": False}
        if series:
            found |= {"legendgroup": series, "name": self.groups.get(series, series)}
        return found


def traces(mark: Mark, on: PlotAxes) -> list[dict[str, Any]]:
    """The mark as traces, each with a ``uid`` that begins with the key of the mark."""
    return DRAW[type(mark)](on, mark)


def dash_of(dash: Dash, width: float) -> str:
    """The pattern as plotly.js wants it, which gives thin lines the dashes of one three pixels wide."""
    return ",".join(f"{part * max(width, 3):g}px" for part in UNNAMED[dash]) if dash in UNNAMED else dash


def line_of(stroke: Stroke, *, step: bool = False) -> dict[str, Any]:
    """A line as traces and shapes want it."""
    found: dict[str, Any] = {"color": stroke.colour, "width": stroke.width, "dash": dash_of(stroke.dash, stroke.width)}
    return found | ({"shape": "hv"} if step else {})


def _told(hover: Sequence[str], answers: Sequence[str | None]) -> dict[str, Any]:
    """What is said under the pointer, and what a click answers."""
    found: dict[str, Any] = {"hoverinfo": "skip"}
    if len(hover):
        found = {"hoverinfo": "text", "hovertext": list(hover)}
    return found | ({"customdata": list(answers)} if len(answers) else {})


def _lines(on: PlotAxes, mark: Line) -> list[dict[str, Any]]:
    mode = "+".join(part for part, on in (("lines", mark.joined), ("markers", mark.symbol is not None)) if on)
    trace = {
        **on.shared(mark), "mode": mode or "none", "x": list(mark.x), "y": list(mark.y),
        "line": line_of(mark.stroke, step=mark.step), "opacity": mark.stroke.opacity, **_told(mark.hover, mark.answers),
    }  # fmt: skip
    if mark.symbol is not None:
        symbol = SYMBOLS.get(mark.symbol, mark.symbol)
        trace["marker"] = {"size": mark.size, "color": mark.stroke.colour, "symbol": symbol}
    if len(mark.lower):
        trace["error_y"] = {
            "type": "data", "symmetric": False, "array": _lengths(mark.upper, mark.y),
            "arrayminus": _lengths(mark.y, mark.lower), "color": mark.stroke.colour,
            "thickness": on.px(1.3), "width": on.px(4),
        }  # fmt: skip
    return [trace]


def _lengths(above: Values, below: Values) -> list[float]:
    return [0.0 if a is None or b is None else a - b for a, b in zip(above, below, strict=True)]


def _band(on: PlotAxes, mark: Band) -> list[dict[str, Any]]:
    scale = on.plot.y
    known = [(x, scale.held(low), scale.held(high)) for x, low, high in zip(mark.x, mark.lower, mark.upper, strict=True)
             if low is not None and high is not None]  # fmt: skip
    shape = {"shape": "hv"} if mark.step else {}
    edge = {**on.shared(mark), "mode": "lines", "hoverinfo": "skip", "x": [x for x, *_ in known],
            "line": {"width": 0, "color": mark.colour, **shape}}  # fmt: skip
    return [
        {**edge, "uid": f"{mark.key} lower", "y": [low for _, low, _ in known]},
        {**edge, "uid": f"{mark.key} upper", "y": [high for *_, high in known], "fill": "tonexty",
         "fillcolor": pale(mark.colour, mark.opacity)},
    ]  # fmt: skip


def _points(on: PlotAxes, mark: Points) -> list[dict[str, Any]]:
    n = len(mark.x)
    colours = _each(mark.colours, n)
    marker: dict[str, Any] = {
        "symbol": [SYMBOLS.get(symbol, symbol) for symbol in _each(mark.symbols, n)],
        "size": _each(mark.sizes, n),
        "color": colours,
    }
    if mark.edge:
        marker["line"] = {"width": mark.edge, "color": colours}
    return [{**on.shared(mark), "mode": "markers", "x": list(mark.x), "y": list(mark.y), "marker": marker,
             "cliponaxis": mark.clipped, **_told(mark.hover, mark.answers)}]  # fmt: skip


def _each(given: Sequence[One], n: int) -> list[One]:
    return list(given) * n if len(given) == 1 else list(given)


def _intervals(on: PlotAxes, mark: Intervals) -> list[dict[str, Any]]:
    low_end, high_end = on.plot.x.low, on.plot.x.high
    xs: list[float | None] = []
    ys: list[float | None] = []
    cut: list[tuple[float, float, str]] = []
    for y, low, high in zip(mark.y, mark.low, mark.high, strict=True):
        if y is None or low is None or high is None:
            continue
        xs += [max(low, low_end), min(high, high_end), None]
        ys += [y, y, None]
        cut += [(low_end, y, "triangle-left")] * (low < low_end) + [(high_end, y, "triangle-right")] * (high > high_end)
    found = [{**on.shared(mark), "mode": "lines", "x": xs, "y": ys, "line": line_of(mark.stroke), "hoverinfo": "skip"}]
    if mark.arrows:
        heads = {"symbol": [head for *_, head in cut], "size": on.px(10), "color": mark.stroke.colour}
        found.append({**on.shared(mark), "uid": f"{mark.key} cut", "mode": "markers", "x": [x for x, *_ in cut],
                      "y": [y for _, y, _ in cut], "hoverinfo": "skip", "cliponaxis": False,
                      "marker": heads})  # fmt: skip
    return found


def _bars(on: PlotAxes, mark: Bars) -> list[dict[str, Any]]:
    flat = [(bar, part, sum(p.size for p in bar.parts[:i])) for bar in mark.bars for i, part in enumerate(bar.parts)
            if part.size]  # fmt: skip
    lengths, spots, starts = ("x", "y", "base") if not mark.upright else ("y", "x", "base")
    whole = (on.plot.y if mark.upright else on.plot.x).high
    bars = {
        **on.shared(mark), "type": "bar", "orientation": "v" if mark.upright else "h",
        spots: [bar.at for bar, *_ in flat], lengths: [max(part.size - mark.gap * whole, 0) for _, part, _ in flat],
        starts: [start for *_, start in flat], "width": mark.thickness, "marker": {
            "color": [part.colour for _, part, _ in flat],
            "line": {"width": 1 if mark.named_above else 0, "color": [part.edge or part.colour for _, part, _ in flat]},
        },
        "text": [part.inside or " " for _, part, _ in flat], "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "insidetextfont": {"size": on.px(11.5), "color": [part.ink or INK for _, part, _ in flat]},
        **_told([part.hover for _, part, _ in flat], [part.answer for _, part, _ in flat]),
    }  # fmt: skip
    if not mark.named_above:
        return [bars]
    y = [bar.at + mark.named_above for bar in mark.bars]
    answers = [bar.parts[0].answer if bar.parts else "" for bar in mark.bars]
    shared = {**on.shared(mark), "mode": "text", "y": y, "cliponaxis": False, "hoverinfo": "skip",
              "customdata": answers}  # fmt: skip
    names = {**shared, "uid": f"{mark.key} names", "x": [0] * len(y), "text": [bar.name for bar in mark.bars],
             "textposition": "middle right", "textfont": {"size": mark.size}}  # fmt: skip
    numbers = {**shared, "uid": f"{mark.key} numbers", "x": [whole] * len(y), "textposition": "middle left",
               "text": [bar.number or " " for bar in mark.bars],
               "textfont": {"size": mark.size, "color": QUIET}}  # fmt: skip
    return [bars, names, numbers]


def _texts(on: PlotAxes, mark: Texts) -> list[dict[str, Any]]:
    answers = mark.answers or [None] * len(mark.texts)
    kept = [(x, y, text, answer) for x, y, text, answer in zip(mark.x, mark.y, mark.texts, answers, strict=True)
            if text and x is not None and y is not None]  # fmt: skip
    return [{
        **on.shared(mark), "mode": "text", "x": [x for x, *_ in kept], "y": [y for _, y, *_ in kept],
        "text": [text for *_, text, _ in kept], "textposition": f"{UPRIGHT[mark.height]} {ALIGNED[mark.side]}",
        "textfont": {"size": mark.size}, "cliponaxis": False, "hoverinfo": "skip",
        "customdata": [answer for *_, answer in kept],
    }]  # fmt: skip


def _squares(on: PlotAxes, mark: Squares) -> list[dict[str, Any]]:
    n = len(mark.colours)
    steps = [(at, colour) for i, colour in enumerate(mark.colours) for at in (i / n, (i + 1) / n)]
    wide = max((len(line) for line in mark.kinds), default=0)
    padded = [[*line, *[None] * (wide - len(line))] for line in mark.kinds]
    said = [[*line, *[""] * (wide - len(line))] for line in mark.hover]
    spots = sorted(mark.crossed)
    shared = on.shared(mark)
    return [
        {**shared, "type": "heatmap", "x": list(range(wide)), "y": [-i for i in range(len(padded))], "z": padded,
         "hovertext": said, "zmin": -0.5, "zmax": n - 0.5, "colorscale": steps, "showscale": False, "xgap": 2,
         "ygap": 2, "hoverinfo": "text", "hoverongaps": False},
        {**shared, "uid": f"{mark.key} crosses", "mode": "markers", "x": [x for x, _ in spots],
         "y": [-y for _, y in spots], "hoverinfo": "skip",
         "marker": {"symbol": "x", "size": on.px(5), "color": "#ffffff"}},
    ]  # fmt: skip


DRAW: Mapping[type, Callable[[PlotAxes, Any], list[dict[str, Any]]]] = {
    Line: _lines, Band: _band, Points: _points, Intervals: _intervals, Bars: _bars, Texts: _texts, Squares: _squares,
}  # fmt: skip
