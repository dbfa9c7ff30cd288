"""Lines, points, bars, bands and texts of pictures: each trace as artists that show the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from components.export.canvas import Canvas
from components.export.rich_text import PIXEL, Style, placed
from components.figures.theme import FONT_SIZE, PALETTE

Rgba = tuple[float, float, float, float]

DASHES: dict[str, tuple[float, ...]] = {
    "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1), "longdashdot": (5, 2, 1, 2),
}  # fmt: skip
"""Lengths drawn and left out, in widths of the line, as on the screen."""

MARKERS = {
    "circle": "o", "square": "s", "diamond": "D", "cross": "P", "x": "X", "triangle-up": "^", "triangle-down": "v",
    "triangle-left": "<", "triangle-right": ">", "pentagon": "p", "hexagon": "h", "star": "*", "line-ns": "|",
    "line-ew": "_", "x-thin": "x",
}  # fmt: skip
STEPS: dict[str, Any] = {"hv": "steps-post", "vh": "steps-pre", "linear": "default"}
OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
"""A label to the right of its point is aligned at its own left."""

DIAMOND = 0.78
"""The screen measures a diamond from corner to corner, matplotlib along its side."""


@dataclass(frozen=True, eq=False)
class Place:
    """Where a trace is drawn, after which others: a band reaches back to the last, bars stand on those before."""

    axes: Axes
    before: tuple[dict[str, Any], ...]
    layout: dict[str, Any]


def draw_traces(sheet: Canvas) -> None:
    """Draws every visible trace of the figure on its plot, in order.

    Raises ValueError for a kind of trace, marker or bar this renderer does not know: a figure must not lose a part.
    """
    before: dict[Axes, tuple[dict[str, Any], ...]] = {}
    for trace in sheet.traces:
        if trace.get("visible", True) is not True:
            continue
        axes = sheet.plot(trace.get("xaxis", "x"), trace.get("yaxis", "y"))
        kind = trace.get("type", "scatter")
        if kind not in KINDS:
            raise ValueError(f"no picture of a trace of type {kind!r}")
        earlier = before.get(axes, ())
        KINDS[kind](trace, Place(axes, earlier, sheet.layout))
        before[axes] = (*earlier, trace)


def rgba(colour: str, opacity: float = 1.0) -> Rgba:
    """``#0b6677`` or ``rgba(11,102,119,0.4)`` as red, green, blue and opacity from 0 to 1."""
    if colour.startswith("rgb"):
        parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
        red, green, blue = (part / 255 for part in parts[:3])
        return red, green, blue, (parts[3] if len(parts) > 3 else 1.0) * opacity
    red, green, blue, alpha = to_rgba(colour)
    return red, green, blue, alpha * opacity


def dashes(line: dict[str, Any]) -> Any:
    """The line's dash pattern as matplotlib wants it: thin lines keep the dashes of one three pixels wide."""
    pattern = line.get("dash", "solid")
    if pattern == "solid":
        return "solid"
    wide = line.get("width", 2)
    return 0.0, tuple(part * max(wide, 3) / max(wide, 0.1) for part in DASHES[pattern])


def numbers(values: Sequence[Any]) -> Any:
    """Numbers with gaps as not-a-number; names of categories stay names."""
    if any(isinstance(value, str) for value in values):
        return list(values)
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _scatter(trace: dict[str, Any], place: Place) -> None:
    mode = trace.get("mode", "lines")
    x, y = numbers(trace["x"]), numbers(trace["y"])
    if trace.get("fill", "none") != "none":
        _fill(trace, place, x, y)
    if "lines" in mode and trace.get("line", {}).get("width", 2):
        place.axes.add_line(line_of(trace, x, y))
        place.axes.update_datalim([(a, b) for a, b in zip(x, y, strict=True) if a == a and b == b])  # noqa: PLR0124
    if "error_x" in trace or "error_y" in trace:
        _error_bars(trace, place, x, y)
    if "markers" in mode:
        _points(trace, place, x, y)
    if "text" in mode:
        _texts(trace, place)


def line_of(trace: dict[str, Any], x: Any, y: Any) -> Line2D:
    """The line of a trace, or its likeness for a legend."""
    line = trace.get("line", {})
    return Line2D(
        x, y, color=rgba(line.get("color", PALETTE[0]), trace.get("opacity", 1)),
        linewidth=line.get("width", 2) * PIXEL, linestyle=dashes(line), drawstyle=STEPS[line.get("shape", "linear")],
        dash_capstyle="butt", solid_capstyle="butt", solid_joinstyle="miter", gid=trace.get("uid"), zorder=3,
        clip_on=trace.get("cliponaxis", True),
    )  # fmt: skip


def _fill(trace: dict[str, Any], place: Place, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    style: dict[str, Any] = {
        "facecolor": rgba(trace["fillcolor"]),
        "linewidth": 0,
        "gid": trace.get("uid"),
        "zorder": 2,
    }
    step: Any = {"hv": "post", "vh": "pre"}.get(trace.get("line", {}).get("shape", "linear"))
    if trace["fill"] == "tozeroy":
        place.axes.fill_between(x, 0, y, step=step, **style)
    elif trace["fill"] == "tonexty" and place.before:
        lower = numbers(place.before[-1]["y"])
        if not np.array_equal(x, numbers(place.before[-1]["x"])):
            raise ValueError("a band needs the same x at both of its edges")
        place.axes.fill_between(x, lower, y, step=step, **style)
    elif trace["fill"] == "toself":
        place.axes.fill(x, y, **style)
    else:
        raise ValueError(f"no picture of the fill {trace['fill']!r}")


def _error_bars(trace: dict[str, Any], place: Place, x: Any, y: Any) -> None:
    for letter in "xy":
        bars = trace.get(f"error_{letter}", {})
        if not bars.get("visible", True) or "array" not in bars:
            continue
        above = numbers(bars["array"])
        below = numbers(bars.get("arrayminus", bars["array"]))
        sizes: dict[str, Any] = {f"{letter}err": (below, above)}
        place.axes.errorbar(
            x, y, **sizes, fmt="none", ecolor=rgba(bars["color"], trace.get("opacity", 1)),
            elinewidth=bars.get("thickness", 2) * PIXEL, capsize=bars.get("width", 4) * PIXEL,
            capthick=bars.get("thickness", 2) * PIXEL, zorder=2.5,
        )  # fmt: skip


def _points(trace: dict[str, Any], place: Place, x: Any, y: Any) -> None:
    marker = trace.get("marker", {})
    each = {part: _repeated(marker.get(part, start), len(x)) for part, start in
            (("symbol", "circle"), ("size", 6), ("color", PALETTE[0]), ("opacity", 1))}  # fmt: skip
    edge = marker.get("line", {})
    edges = _repeated(edge.get("color", ""), len(x))
    opacity = trace.get("opacity", 1)
    for symbol in dict.fromkeys(each["symbol"]):
        at = [i for i, own in enumerate(each["symbol"]) if own == symbol]
        shape, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
        stroke = shape.startswith("line") or shape.endswith("thin")
        shades = [rgba(each["color"][i], opacity * each["opacity"][i]) for i in at]
        rims = [rgba(edges[i] or each["color"][i], opacity * each["opacity"][i]) for i in at]
        scale = PIXEL * (DIAMOND if shape == "diamond" else 1)
        place.axes.scatter(
            [x[i] for i in at], [y[i] for i in at], s=[(each["size"][i] * scale) ** 2 for i in at],
            marker=MARKERS[shape], gid=trace.get("uid"), zorder=4, clip_on=trace.get("cliponaxis", True),
            linewidths=edge.get("width", 1.5 if is_open else 0) * PIXEL,
            **({"c": rims} if stroke else {"facecolors": "none" if is_open else shades, "edgecolors": rims}),
        )  # fmt: skip


def _repeated(value: Any, n: int) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | np.ndarray) else [value] * n


def _texts(trace: dict[str, Any], place: Place) -> None:
    """Labels at points; ``middle right`` stands to the right of its point."""
    font = trace.get("textfont", {})
    n = len(trace["x"])
    sides = [side.split(" ") for side in _repeated(trace.get("textposition", "middle center"), n)]
    shades, sizes = _repeated(font.get("color"), n), _repeated(font.get("size", FONT_SIZE), n)
    low, high = sorted(place.axes.get_xlim())
    beside = 3.0 if "markers" in trace.get("mode", "") else 0.0
    for i, (x, y, text) in enumerate(zip(trace["x"], trace["y"], _repeated(trace["text"], n), strict=True)):
        if text and x is not None and y is not None and (isinstance(x, str) or low <= x <= high):
            upright, across = sides[i]
            align = (OPPOSITE.get(across, "center"), OPPOSITE.get(upright, "middle"))
            shift = {"left": (beside, 0.0), "right": (-beside, 0.0)}.get(align[0], (0.0, 0.0))
            placed(place.axes, str(text), (x, y), place.axes.transData, Style(sizes[i], shades[i], align, shift))


def _bars(trace: dict[str, Any], place: Place) -> None:
    flat = trace.get("orientation", "v") == "h"
    sizes, spots = numbers(trace["x" if flat else "y"]), numbers(trace["y" if flat else "x"])
    n = len(spots)
    marker = trace.get("marker", {})
    shades = [rgba(shade, trace.get("opacity", 1)) for shade in _repeated(marker.get("color", PALETTE[0]), n)]
    thick = trace.get("width", 1 - place.layout.get("bargap", 0.2))
    starts = numbers(_repeated(trace.get("base", 0), n)) + _stacked(place, list(spots), flat=flat)
    draw: Callable[..., Any] = place.axes.barh if flat else place.axes.bar
    edge = marker.get("line", {})
    rims = [rgba(shade) for shade in _repeated(edge["color"], n)] if "color" in edge else None
    wide = edge.get("width", 1) * PIXEL if rims else 0
    draw(spots, sizes, thick, starts, color=shades, edgecolor=rims, linewidth=wide, gid=trace.get("uid"), zorder=3)
    inside = trace.get("textposition", "inside") != "none"
    font = trace.get("insidetextfont", trace.get("textfont", {}))
    inks = _repeated(font.get("color"), n)
    for i, text in enumerate(_repeated(trace.get("text", ""), n)):
        if text and inside:
            middle = starts[i] + sizes[i] / 2
            ink = inks[i] or ("#ffffff" if _dark(shades[i]) else None)
            at = (middle, spots[i]) if flat else (spots[i], middle)
            placed(place.axes, str(text), at, place.axes.transData, Style(font.get("size", 12), ink))


def _stacked(place: Place, spots: list[Any], *, flat: bool) -> NDArray[np.float64]:
    """Where bars at ``spots`` begin on those drawn before; 0 unless the layout stacks them."""
    tops = dict.fromkeys(spots, 0.0)
    if place.layout.get("barmode") == "stack":
        for trace in place.before:
            for spot, size in zip(trace["y" if flat else "x"], trace["x" if flat else "y"], strict=True):
                if trace.get("type") == "bar" and spot in tops:
                    tops[spot] += size or 0.0
    return np.array([tops[spot] for spot in spots])


def _dark(shade: Rgba) -> bool:
    red, green, blue = (1 - shade[3] * (1 - part) for part in shade[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.6


def _heatmap(trace: dict[str, Any], place: Place) -> None:
    """Squares around whole numbers, with white gaps; a cell without a number stays empty."""
    values = np.array([[np.nan if value is None else value for value in row] for row in trace["z"]], dtype=float)
    x, y = (np.append(np.array(trace[key], dtype=float) - 0.5, trace[key][-1] + 0.5) for key in "xy")
    if len(trace["y"]) > 1 and trace["y"][0] > trace["y"][-1]:
        y = np.append(np.array(trace["y"], dtype=float) + 0.5, trace["y"][-1] - 0.5)
    shades = LinearSegmentedColormap.from_list("scale", [(at, rgba(shade)) for at, shade in trace["colorscale"]])
    place.axes.pcolormesh(
        x, y, np.ma.masked_invalid(values), cmap=shades, vmin=trace.get("zmin"), vmax=trace.get("zmax"),
        edgecolors="white", linewidth=trace.get("xgap", 0) * PIXEL, gid=trace.get("uid"), zorder=2,
    )  # fmt: skip


KINDS: dict[str, Callable[[dict[str, Any], Place], None]] = {
    "scatter": _scatter,
    "scattergl": _scatter,
    "bar": _bars,
    "heatmap": _heatmap,
}
