"""A chart as a picture: drawn with matplotlib from the chart itself, for documents and slides, in light colours.

Here its sheet, axes, ground, texts and key; the marks stand in ``picture_marks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator
from matplotlib.transforms import Transform, blended_transform_factory

from components.chart.chart import Chart, Entry, Key, Plot, Scale, Tick
from components.chart.colours import INK, QUIET
from components.chart.label_positions import end_spots
from components.chart.lettering import PIXEL, Run, Style, placed, plain_lines, width
from components.chart.marks import Region, Rule, Stroke
from components.chart.picture_marks import MARKERS, dashes, draw_mark, rgba
from components.core.markup import plain

INCH = 96
"""Pixels in an inch."""

EDGE = 14
"""Pixels kept free at the edges of a picture."""

AXIS_LINE, GRID = "#8a97a3", "#e2e7eb"
TICK, GAP, STANDOFF, APART = 5, 4, 8, 2
NAME_GAP, LABEL_ROOM = 12, 14


@dataclass(eq=False)
class Drawing:
    """A chart on a sheet: its axes by the key of the plot, and ``paper`` over all of them (0 to 1 each way)."""

    chart: Chart
    sheet: Sheet
    paper: Axes
    area: tuple[float, float, float, float]
    pixels: tuple[float, float]
    axes: dict[str, Axes] = field(default_factory=dict)


def drawing(chart: Chart, wide: float, head: float = 0.0, foot: float = 0.0) -> Drawing:
    """The chart on a sheet ``wide`` pixels across, with ``head`` and ``foot`` pixels free above and below it."""
    margins = chart.margins
    left = max(margins.left, EDGE, *(_names_width(plot) for plot in chart.plots))
    right = max(margins.right, EDGE, *(_ends_width(plot) for plot in chart.plots))
    high = chart.height + head + foot
    sheet = Sheet(figsize=(wide / INCH, high / INCH), dpi=INCH, facecolor="white")
    area = (left / wide, (margins.bottom + foot) / high, (wide - left - right) / wide, chart.inner / high)
    paper = sheet.add_axes(area, label="paper", frameon=False, xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1), zorder=2)
    found = Drawing(chart, sheet, paper, area, (wide - left - right, chart.inner))
    for plot in chart.plots:
        _draw_plot(found, plot)
    if chart.key and chart.key.entries:
        _draw_key(found, chart.key)
    return found


def _names_width(plot: Plot) -> float:
    """Pixels that the names at the left of a plot need: of its rows, or its ticks."""
    if plot.place.left > 0:
        return 0.0
    rows = [width(f"{row.owner}   {row.name}", 13) for row in plot.rows] if plot.row_names else []
    ticks = [width(tick.text, plot.y.size) for tick in plot.y.ticks] if plot.y.shown else []
    title = plot.y.title_size * 1.4 if plot.y.title and plot.y.shown else 0.0
    own = width(plot.title, 13) + 52 if plot.title_at == "left" else 0.0
    longest = max([*ticks, 0.0])
    return max(max([*rows, 0.0]) + NAME_GAP, longest + title + LABEL_ROOM if longest else 0.0, own) + EDGE / 2


def _ends_width(plot: Plot) -> float:
    return max((width(end.name, plot.end_size) + EDGE for end in plot.ends), default=0.0)


def _draw_plot(drawing_: Drawing, plot: Plot) -> None:
    left, bottom, wide, high = drawing_.area
    inner = drawing_.chart.inner
    at = (
        left + plot.place.left * wide,
        bottom + (1 - plot.place.bottom / inner) * high,
        (plot.place.right - plot.place.left) * wide,
        (plot.place.bottom - plot.place.top) / inner * high,
    )
    axes = drawing_.sheet.add_axes(at, label=plot.key, frameon=False)
    axes.set_zorder(1)
    drawing_.axes[plot.key] = axes
    for letter, scale in (("x", plot.x), ("y", plot.y)):
        if scale.logarithmic:
            getattr(axes, f"set_{letter}scale")("log")
        getattr(axes, f"set_{letter}lim")(scale.low, scale.high)
        own = getattr(axes, f"{letter}axis")
        own.set_minor_locator(NullLocator())
        own.set_major_locator(NullLocator())
        if scale.shown:
            _draw_axis(axes, letter, scale)
    for ground in plot.ground:
        if isinstance(ground, Region):
            _draw_region(drawing_, axes, plot, ground)
        else:
            _draw_rule(drawing_, axes, plot, ground)
    for mark in plot.marks:
        draw_mark(axes, plot, mark)
    _draw_texts_beside(axes, plot)
    _draw_rows(axes, plot)
    _draw_columns(drawing_, axes, plot)


# Axes


def _draw_axis(axes: Axes, letter: str, scale: Scale) -> None:
    own = getattr(axes, f"{letter}axis")
    own.set_major_locator(FixedLocator([tick.at for tick in scale.ticks]))
    own.set_major_formatter(NullFormatter())
    length = TICK if scale.line else 0
    own.set_tick_params(length=length * PIXEL, color=AXIS_LINE, width=PIXEL)
    if scale.grid:
        own.grid(visible=True, color=GRID, linewidth=PIXEL)
        axes.set_axisbelow(True)
    if scale.line:
        axes.set_frame_on(True)
        axes.patch.set_visible(False)
        edge = "bottom" if letter == "x" else "left"
        drawn = getattr(axes, "drawn_edges", set()) | {edge}
        axes.drawn_edges = drawn  # type: ignore[attr-defined]
        for side, spine in axes.spines.items():
            spine.set_visible(side in drawn)
            spine.set_color(AXIS_LINE)
            spine.set_linewidth(PIXEL)
    if scale.zero and scale.low < 0 < scale.high:
        (axes.axhline if letter == "y" else axes.axvline)(0, color=AXIS_LINE, linewidth=PIXEL, zorder=1)
    _draw_labels(axes, letter, scale, length + GAP)
    _draw_title(axes, letter, scale, length)


def _draw_labels(axes: Axes, letter: str, scale: Scale, away: float) -> None:
    if letter == "x":
        style = Style(scale.size, "", ("center", "top"), (0, -away))
        for tick in _apart(axes, scale):
            placed(axes, tick.text, (tick.at, 0), axes.get_xaxis_transform(), style)
    else:
        style = Style(scale.size, "", ("right", "middle"), (-away, 0))
        for tick in scale.ticks:
            placed(axes, tick.text, (0, tick.at), axes.get_yaxis_transform(), style)


def _apart(axes: Axes, scale: Scale) -> list[Tick]:
    """The ticks from left to right whose labels do not touch the one before."""
    kept: list[Tick] = []
    free = float("-inf")
    for tick in scale.ticks:
        middle = axes.transData.transform((tick.at, axes.get_ylim()[0]))[0]
        half = width(tick.text, scale.size) / 2
        if middle - half >= free:
            kept.append(tick)
            free = middle + half + APART
    return kept


def _draw_title(axes: Axes, letter: str, scale: Scale, length: float) -> None:
    if not scale.title:
        return
    title = "\n".join(plain_lines(scale.title))
    kind: dict[str, Any] = {"fontproperties": Run("").font(scale.title_size), "color": INK, "parse_math": False}
    if letter == "x":
        most = max((len(plain_lines(tick.text)) for tick in scale.ticks), default=1)
        axes.set_xlabel(title, labelpad=(GAP + scale.size * most + STANDOFF) * PIXEL, **kind)
    else:
        longest = max((width(tick.text, scale.size) for tick in scale.ticks), default=0.0)
        axes.set_ylabel(title, labelpad=(GAP + longest + 2 + 0 * length) * PIXEL, **kind)


# Behind the marks


def _draw_region(drawing_: Drawing, axes: Axes, plot: Plot, region: Region) -> None:
    y0, y1 = _ends(region.y, (plot.y.low, plot.y.high))
    transform: Transform
    if region.whole:
        x0, x1 = 0.0, 1.0
        transform = blended_transform_factory(drawing_.paper.transAxes, axes.transData)
    else:
        x0, x1 = _ends(region.x, (plot.x.low, plot.x.high))
        transform = axes.transData
    axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, transform=transform, clip_on=False, zorder=0,
                             facecolor=rgba(region.colour, region.opacity), edgecolor="none"))  # fmt: skip


def _draw_rule(drawing_: Drawing, axes: Axes, plot: Plot, rule: Rule) -> None:
    line = {
        "color": rgba(rule.stroke.colour, rule.stroke.opacity), "linewidth": rule.stroke.width * PIXEL,
        "linestyle": dashes(rule.stroke), "clip_on": False, "zorder": 6 if rule.before else 0.5,
    }  # fmt: skip
    up = drawing_.paper.transAxes if rule.through else axes.transAxes
    if rule.upright:
        transform = blended_transform_factory(axes.transData, up)
        axes.add_line(Line2D([rule.at] * 2, [0, 1], transform=transform, **line))
        side = "left" if plot.x.share(rule.at) < 0.5 else "right"
        style = Style(rule.size, rule.ink or QUIET, (side, "bottom"), (0, rule.lift))
        placed(axes, rule.text, (rule.at, 1), transform, style)
    else:
        axes.add_line(Line2D([0, 1], [rule.at] * 2, transform=axes.get_yaxis_transform(), **line))
        style = Style(rule.size, rule.ink or QUIET, ("right", "bottom"), (0, 1))
        placed(axes, rule.text, (1, rule.at), axes.get_yaxis_transform(), style)


def _ends(asked: tuple[float | None, float | None], whole: tuple[float, float]) -> tuple[float, float]:
    low, high = (edge if end is None else end for end, edge in zip(asked, whole, strict=True))
    return low, high


# Beside the marks


def _draw_texts_beside(axes: Axes, plot: Plot) -> None:
    if plot.title and plot.title_at == "left":
        placed(axes, plot.title, (0, 0.5), axes.transAxes, Style(13, "", ("right", "middle"), (-52, 0)))
    elif plot.title_at == "centre":
        up = 26 if plot.x.above else 8
        placed(axes, plot.title, (0.5, 1), axes.transAxes, Style(14, "", ("center", "bottom"), (0, up)))
    elif plot.title:
        placed(axes, plot.title, (0, 1), axes.transAxes, Style(14, "", ("left", "bottom"), (0, 4)))
    size, spots = end_spots(plot)
    for end, at in zip(plot.ends, spots, strict=True):
        placed(axes, end.name, (1, at), axes.transAxes, Style(size, end.colour, ("left", "middle"), (6, 0)))
    for tick in _apart(axes, plot.x) if plot.x.above else ():
        style = Style(plot.x.size, QUIET, ("center", "bottom"), (0, 3))
        placed(axes, tick.text, (tick.at, 1), axes.get_xaxis_transform(), style)
    if plot.caption_at is not None:
        for text, side, shift in zip(plot.captions, ("right", "left"), (-12, 12), strict=True):
            style = Style(12, QUIET, (side, "top"), (shift, -24))
            placed(axes, text, (plot.x.share(plot.caption_at), 0), axes.transAxes, style)


def _draw_rows(axes: Axes, plot: Plot) -> None:
    high = plot.place.bottom - plot.place.top
    for r, row in enumerate(plot.rows):
        y = -(plot.rows_from + plot.row_height * (r + 0.5)) / high
        if plot.row_names:
            text = f"{row.owner}   {row.name}" if row.owner else row.name
            placed(axes, text, (0, y), axes.transAxes, Style(13, "", ("right", "middle"), (-NAME_GAP, 0)))
        style = Style(13, "") if plot.row_names else Style(12, row.colour)
        for tick, number in zip(plot.x.ticks, row.texts, strict=True):
            placed(axes, number, (tick.at, y), axes.get_xaxis_transform(), style)


def _draw_columns(drawing_: Drawing, axes: Axes, plot: Plot) -> None:
    for column in plot.columns:
        room = (plot.room[0], plot.place.left) if column.side == "left" else (plot.place.right, plot.room[1])
        x = room[0] + column.at * (room[1] - room[0])
        align = {"left": "left", "centre": "center", "right": "right"}[column.align]
        transform = blended_transform_factory(drawing_.paper.transAxes, axes.transData)
        for i, text in enumerate(column.texts):
            placed(axes, text, (x, -i), transform, Style(13.5, "", (align, "middle")))
        heading = blended_transform_factory(drawing_.paper.transAxes, axes.transAxes)
        placed(axes, column.heading, (x, 1), heading, Style(14, "", (align, "bottom"), (0, 8)))


def _draw_key(drawing_: Drawing, key: Key) -> None:
    """The key, without the series whose names stand beside their lines."""
    direct = {plain(end.name) for plot in drawing_.chart.plots for end in plot.ends}
    entries = [entry for entry in key.entries if entry.name not in direct]
    if not entries:
        return
    inside, low = key.at != "top", key.at == "lower left"
    _, high = drawing_.pixels
    top = 1 + (drawing_.chart.margins.top - 4) / high
    first = drawing_.chart.plots[0].place
    spot = (0.01, 1 - (first.bottom - 12 if low else first.top) / high) if inside else (0.0, top)
    legend = Legend(
        drawing_.paper, [_likeness(entry) for entry in entries], [entry.name for entry in entries],
        loc="lower left" if low else "upper left", bbox_to_anchor=spot, bbox_transform=drawing_.paper.transAxes,
        frameon=False, prop=Run("").font(key.size), borderpad=0, borderaxespad=0, handlelength=2.2, columnspacing=1.6,
        ncols=1 if inside else _abreast(entries, key, drawing_.pixels[0]), labelcolor=INK,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)
    legend.set_zorder(7)
    drawing_.paper.add_artist(legend)


def _abreast(entries: Sequence[Entry], key: Key, room: float) -> int:
    """How many columns of entries, each as wide as its longest name, fit side by side; matplotlib fills them so."""
    widths = np.array([width(entry.name, key.size) + 60 for entry in entries])
    return next(
        (n for n in range(len(entries), 1, -1) if sum(column.max() for column in np.array_split(widths, n)) <= room), 1
    )


def _likeness(entry: Entry) -> Line2D:
    marker = (entry.symbol or "").removesuffix("-open")
    return Line2D(
        [], [], color=rgba(entry.colour), linewidth=2.4 * PIXEL, marker=MARKERS.get(marker, ""), markersize=7,
        linestyle=dashes(Stroke(entry.colour, 2.4, entry.dash)) if entry.line else "none",
        markerfacecolor="none" if (entry.symbol or "").endswith("-open") else rgba(entry.colour),
    )  # fmt: skip
