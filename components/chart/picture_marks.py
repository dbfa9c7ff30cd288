"""The marks of a chart as artists of matplotlib, with colours, dashes and symbols as pictures show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from components.chart.chart import Plot
from components.chart.colours import QUIET
from components.chart.lettering import PIXEL, Style, placed
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
Rgba = tuple[float, float, float, float]

DASHES: dict[str, tuple[float, ...]] = {
    "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1), "longdashdot": (5, 2, 1, 2),
    "longdashdotdot": (5, 2, 1, 2, 1, 2),
}  # fmt: skip
"""Lengths drawn and left out, in widths of the line, as on the screen."""

MARKERS = {
    "circle": "o", "square": "s", "diamond": "D", "cross": "P", "x": "X", "triangle-up": "^", "triangle-left": "<",
    "triangle-right": ">", "pentagon": "p", "hexagon": "h", "star": "*", "tick": "|",
}  # fmt: skip

DIAMOND = 0.78
"""The screen measures a diamond from corner to corner, matplotlib along its side."""

ACROSS = {"left": "right", "centre": "center", "right": "left"}
"""A text at the right of its point begins there."""

UPRIGHT = {"above": "bottom", "middle": "middle", "below": "top"}


def draw_mark(axes: Axes, plot: Plot, mark: Mark) -> None:
    """Put the mark on the axes of its plot."""
    DRAW[type(mark)](axes, plot, mark)


def rgba(colour: str, opacity: float = 1.0) -> Rgba:
    """``#0b6677`` or ``rgba(11,102,119,0.4)`` as red, green, blue and opacity from 0 to 1."""
    if colour.startswith("rgb"):
        parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
        red, green, blue = (part / 255 for part in parts[:3])
        return red, green, blue, (parts[3] if len(parts) > 3 else 1.0) * opacity
    red, green, blue, alpha = to_rgba(colour)
    return red, green, blue, alpha * opacity


def dashes(stroke: Stroke) -> Any:
    """The dash pattern as matplotlib wants it: thin lines keep the dashes of one three pixels wide."""
    if stroke.dash == "solid":
        return "solid"
    return 0.0, tuple(part * max(stroke.width, 3) / max(stroke.width, 0.1) for part in DASHES[stroke.dash])


def numbers(values: Values) -> NDArray[np.float64]:
    """Numbers with gaps as not-a-number."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _line(axes: Axes, _plot: Plot, mark: Line) -> None:
    x, y = numbers(mark.x), numbers(mark.y)
    if mark.joined:
        axes.add_line(Line2D(
            x, y, color=rgba(mark.stroke.colour, mark.stroke.opacity), linewidth=mark.stroke.width * PIXEL,
            linestyle=dashes(mark.stroke), drawstyle="steps-post" if mark.step else "default", dash_capstyle="butt",
            solid_capstyle="butt", solid_joinstyle="miter", gid=mark.key, zorder=3,
        ))  # fmt: skip
    if len(mark.lower):
        low, high = numbers(mark.lower), numbers(mark.upper)
        axes.errorbar(
            x, y, yerr=(np.nan_to_num(y - low), np.nan_to_num(high - y)), fmt="none", elinewidth=1.3 * PIXEL,
            ecolor=rgba(mark.stroke.colour, mark.stroke.opacity), capsize=4 * PIXEL, capthick=1.3 * PIXEL, zorder=2.5,
        )  # fmt: skip
    if mark.symbol is not None:
        colours = (mark.stroke.colour,)
        _markers(axes, mark.key, (x, y), (colours, (mark.symbol,), (mark.size,)), 0.0, mark.stroke.opacity)


def _band(axes: Axes, plot: Plot, mark: Band) -> None:
    lower, upper = (np.clip(numbers(edge), plot.y.low, plot.y.high) for edge in (mark.lower, mark.upper))
    axes.fill_between(numbers(mark.x), lower, upper, step="post" if mark.step else None,
                      facecolor=rgba(mark.colour, mark.opacity), linewidth=0, gid=mark.key, zorder=2)  # fmt: skip


def _points(axes: Axes, _plot: Plot, mark: Points) -> None:
    look = (mark.colours, mark.symbols, mark.sizes)
    _markers(axes, mark.key, (numbers(mark.x), numbers(mark.y)), look, mark.edge, clipped=mark.clipped)


def _markers(
    axes: Axes, key: str, at: tuple[NDArray[np.float64], NDArray[np.float64]],
    look: tuple[Sequence[str], Sequence[str], Sequence[float]], edge: float, opacity: float = 1.0, *,
    clipped: bool = True,
) -> None:  # fmt: skip
    x, y = at
    colours, symbols, sizes = _each(look[0], len(x)), _each(look[1], len(x)), _each(look[2], len(x))
    for symbol in dict.fromkeys(symbols):
        own = [i for i, one in enumerate(symbols) if one == symbol]
        shape, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
        shades = [rgba(colours[i], opacity) for i in own]
        scale = PIXEL * (DIAMOND if shape == "diamond" else 1)
        fill: dict[str, Any] = {"facecolors": "none" if is_open else shades, "edgecolors": shades}
        axes.scatter(
            x[own], y[own], s=[(sizes[i] * scale) ** 2 for i in own], marker=MARKERS[shape], gid=key, zorder=4,
            clip_on=clipped, linewidths=(edge or (1.5 if is_open else 0)) * PIXEL,
            **({"c": shades} if shape == "tick" else fill),
        )  # fmt: skip


def _intervals(axes: Axes, plot: Plot, mark: Intervals) -> None:
    for y, low, high in zip(mark.y, mark.low, mark.high, strict=True):
        if y is None or low is None or high is None:
            continue
        ends = max(low, plot.x.low), min(high, plot.x.high)
        axes.add_line(Line2D(ends, (y, y), color=rgba(mark.stroke.colour, mark.stroke.opacity),
                             linewidth=mark.stroke.width * PIXEL, linestyle=dashes(mark.stroke), solid_capstyle="butt",
                             dash_capstyle="butt", zorder=3, gid=mark.key))  # fmt: skip
        cut = [(plot.x.low, "<")] * (low < plot.x.low) + [(plot.x.high, ">")] * (high > plot.x.high)
        for x, head in cut if mark.arrows else ():
            axes.scatter([x], [y], s=[(10 * PIXEL) ** 2], marker=head, color=[rgba(mark.stroke.colour)], linewidths=0,
                         clip_on=False, zorder=4)  # fmt: skip


def _bars(axes: Axes, plot: Plot, mark: Bars) -> None:
    whole = (plot.y if mark.upright else plot.x).high
    for bar in mark.bars:
        start = 0.0
        for part in bar.parts:
            size = max(part.size - mark.gap * whole, 0)
            edge = rgba(part.edge or part.colour) if mark.named_above else "none"
            kind: dict[str, Any] = {"color": rgba(part.colour), "edgecolor": edge, "zorder": 3, "gid": mark.key,
                                    "linewidth": PIXEL if mark.named_above else 0}  # fmt: skip
            if part.size:
                if mark.upright:
                    axes.bar(bar.at, size, mark.thickness, start, **kind)
                else:
                    axes.barh(bar.at, size, mark.thickness, start, **kind)
                middle = start + size / 2
                spot = (bar.at, middle) if mark.upright else (middle, bar.at)
                placed(axes, part.inside, spot, axes.transData, Style(11.5, part.ink))
            start += part.size
        if mark.named_above:
            y = bar.at + mark.named_above
            placed(axes, bar.name, (0, y), axes.transData, Style(mark.size, "", ("left", "middle")))
            placed(axes, bar.number, (whole, y), axes.transData, Style(mark.size, QUIET, ("right", "middle")))


def _texts(axes: Axes, plot: Plot, mark: Texts) -> None:
    style = Style(mark.size, "", (ACROSS[mark.side], UPRIGHT[mark.height]))
    for x, y, text in zip(mark.x, mark.y, mark.texts, strict=True):
        if x is not None and y is not None and plot.x.low <= x <= plot.x.high:
            placed(axes, text, (x, y), axes.transData, style)


def _squares(axes: Axes, _plot: Plot, mark: Squares) -> None:
    for j, line in enumerate(mark.kinds):
        for i, kind in enumerate(line):
            if kind is not None:
                axes.add_patch(Rectangle((i - 0.42, -j - 0.42), 0.84, 0.84, facecolor=rgba(mark.colours[kind]),
                                         edgecolor="none", zorder=2))  # fmt: skip
    spots = sorted(mark.crossed)
    axes.scatter([x for x, _ in spots], [-y for _, y in spots], s=14, marker="x", c="white", zorder=3)


def _each(given: Sequence[One], n: int) -> list[One]:
    return list(given) * n if len(given) == 1 else list(given)


DRAW: Mapping[type, Callable[[Axes, Plot, Any], None]] = {
    Line: _line, Band: _band, Points: _points, Intervals: _intervals, Bars: _bars, Texts: _texts, Squares: _squares,
}  # fmt: skip
