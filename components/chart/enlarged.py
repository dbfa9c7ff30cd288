"""A chart made larger for a room: larger type, thicker lines, and the height there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.chart.chart import FONT_SIZE, Chart, Margins, Plot, Scale
from components.chart.marks import Background, Bars, Intervals, Line, Mark, Points, Rule, Stroke, Texts
from components.chart.resized import READABLE, least_height, resized
from components.chart.sheets import sheets

NARROWEST = 900
"""Width in pixels, at its own scale, below which a chart is not squeezed to gain height."""

KEY_LINE, MOST_KEY = 1.5, 0.4
"""The height of an entry of the key, as a multiple of its type, and the share of a plot that the key may cover."""


def fitting(chart: Chart, width: int, height: int, readable: float = READABLE) -> tuple[Chart, ...]:
    """The chart for a window's free ``width`` and ``height``, all type readable, on as many sheets as it needs.

    No type is smaller than ``readable`` pixels. Plots are made higher or lower as there is room. What cannot be read
    at that height goes on to the next sheet: lines of small plots, or the rows of a plot that has a row for each name.
    """
    factor = max(readable / smallest_type(chart), min(height / chart.height, width / NARROWEST))
    large = _uncrowded(enlarged(chart, factor), height)
    if least_height(large) <= height:
        return (resized(large, height),)
    return tuple(resized(one, height) for one in sheets(large, height))


def smallest_type(chart: Chart) -> float:
    """The size of the smallest type in the chart, in pixels."""
    large = chart.magnified
    sizes = [large * FONT_SIZE, *([chart.key.size] if chart.key else [])]
    for plot in chart.plots:
        sizes += [scale.size for scale in (plot.x, plot.y) if scale.shown and scale.ticks]
        sizes += [size for part in (*plot.marks, *plot.ground) for size in _types(part, large)]
        sizes += [large * (13.0 if plot.row_names else 12.0)] if plot.rows else []
    return min(sizes)


def _types(part: Mark | Background, large: float) -> list[float]:
    if isinstance(part, Bars):
        return [large * 11.5, part.size] if part.named_above else []
    if isinstance(part, Texts):
        return [part.size]
    return [part.size] if isinstance(part, Rule) and part.text else []


def _uncrowded(chart: Chart, height: float) -> Chart:
    """Without a key inside the plot that would cover the curves, where each curve has its name at its end."""
    key, first = chart.key, chart.plots[0]
    if key is None or key.at == "top" or not first.ends:
        return chart
    high = first.place.bottom - first.place.top + height - chart.height
    return replace(chart, key=None) if len(key.entries) * KEY_LINE * key.size > MOST_KEY * high else chart


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


def _ground(ground: Background, factor: float) -> Background:
    if isinstance(ground, Rule):
        return replace(ground, stroke=_stroke(ground.stroke, factor), size=ground.size * factor,
                       lift=ground.lift * factor)  # fmt: skip
    return ground
