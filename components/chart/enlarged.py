"""A chart made larger for a room: larger type, thicker lines, and the height there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.chart.chart import FONT_SIZE, Chart, Margins, Plot, Scale
from components.chart.marks import Bars, Ground, Intervals, Line, Mark, Points, Rule, Stroke, Texts

READABLE = 18
"""The smallest type, in pixels, that is read from the back of a room."""

NARROWEST = 900
"""Width in pixels, at its own scale, below which a chart is not squeezed to gain height."""


def fitting(chart: Chart, width: int, height: int) -> Chart:
    """The chart for a window's free ``width`` and ``height``: all type readable, and as high as there is room.

    A chart that is readable only when it is higher than that stays higher, to be scrolled.
    """
    factor = max(READABLE / smallest_type(chart), min(height / chart.height, width / NARROWEST))
    return stretched(enlarged(chart, factor), height)


def smallest_type(chart: Chart) -> float:
    """The size of the smallest type in the chart, in pixels."""
    large = chart.magnified
    sizes = [large * FONT_SIZE, *([chart.key.size] if chart.key else [])]
    for plot in chart.plots:
        sizes += [scale.size for scale in (plot.x, plot.y) if scale.shown and scale.ticks]
        sizes += [size for part in (*plot.marks, *plot.ground) for size in _types(part, large)]
        sizes += [large * (13.0 if plot.row_names else 12.0)] if plot.rows else []
    return min(sizes)


def _types(part: Mark | Ground, large: float) -> list[float]:
    if isinstance(part, Bars):
        return [large * 11.5, part.size] if part.named_above else []
    if isinstance(part, Texts):
        return [part.size]
    return [part.size] if isinstance(part, Rule) and part.text else []


def stretched(chart: Chart, height: float) -> Chart:
    """The chart at least ``height`` pixels high: what is gained goes to the plots, rows keep their height."""
    gain = height - chart.height
    if gain <= 0:
        return chart
    lines = sorted({plot.place.top for plot in chart.plots})
    each = gain / len(lines)
    plots = []
    for plot in chart.plots:
        before = lines.index(plot.place.top)
        until = sum(line < plot.place.bottom for line in lines)
        place = replace(plot.place, top=plot.place.top + each * before, bottom=plot.place.bottom + each * until)
        plots.append(replace(plot, place=place))
    return replace(chart, height=height, plots=tuple(plots))


def enlarged(chart: Chart, factor: float) -> Chart:
    """The chart with everything that is measured in pixels ``factor`` times as large."""
    margins = Margins(*(factor * side for side in (
        chart.margins.left, chart.margins.right, chart.margins.top, chart.margins.bottom)))  # fmt: skip
    key = replace(chart.key, size=chart.key.size * factor) if chart.key else None
    plots = tuple(_plot(plot, factor) for plot in chart.plots)
    return replace(chart, height=chart.height * factor, margins=margins, key=key, plots=plots,
                   magnified=chart.magnified * factor)  # fmt: skip


def _plot(plot: Plot, factor: float) -> Plot:
    return replace(
        plot, x=_scale(plot.x, factor), y=_scale(plot.y, factor), marks=tuple(_mark(m, factor) for m in plot.marks),
        ground=tuple(_ground(g, factor) for g in plot.ground), end_size=plot.end_size * factor,
        place=replace(plot.place, top=plot.place.top * factor, bottom=plot.place.bottom * factor),
        rows_from=plot.rows_from * factor, row_height=plot.row_height * factor,
    )  # fmt: skip


def _scale(scale: Scale, factor: float) -> Scale:
    return replace(scale, size=scale.size * factor, title_size=scale.title_size * factor)


def _stroke(stroke: Stroke, factor: float) -> Stroke:
    return replace(stroke, width=stroke.width * factor)


def _mark(mark: Mark, factor: float) -> Any:
    if isinstance(mark, Line):
        return replace(mark, stroke=_stroke(mark.stroke, factor), size=mark.size * factor)
    if isinstance(mark, Points):
        return replace(mark, sizes=tuple(size * factor for size in mark.sizes), edge=mark.edge * factor)
    if isinstance(mark, Intervals):
        return replace(mark, stroke=_stroke(mark.stroke, factor))
    if isinstance(mark, Bars | Texts):
        return replace(mark, size=mark.size * factor)
    return mark


def _ground(ground: Ground, factor: float) -> Ground:
    if isinstance(ground, Rule):
        return replace(ground, stroke=_stroke(ground.stroke, factor), size=ground.size * factor,
                       lift=ground.lift * factor)  # fmt: skip
    return ground
