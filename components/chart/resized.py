"""A chart as high as there is room: what its plots need to be read, and the rest of the height shared among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from components.chart.chart import Chart, Plot
from components.chart.label_positions import LINE
from components.chart.lettering import wrapped
from components.chart.marks import Bars, Mark, Texts
from components.core.markup import LINE as LINE_END

READABLE = 18
"""The smallest type, in pixels, that is read from the back of a room."""

FEWEST_LINES = (8, 3)
"""How many lines of type a plot is high at least, alone and where it shares its axis with others."""

ROWS_OF_TYPE, ROWS_OF_BARS, ROWS_OF_POINTS = 1.3, 2.5, 3.0
"""The least height of a row, as a multiple of its type: of texts alone, of a bar or of points under a name."""


def resized(chart: Chart, height: float) -> Chart:
    """The chart ``height`` pixels high, if it can be: the plots are resized, rows and type keep their size.

    No plot becomes lower than can be read, and rows of names are not drawn apart to more than twice their height.
    """
    lines = sorted({plot.place.top for plot in chart.plots})
    gain = max((height - chart.height) / len(lines), -min(_spare(plot) for plot in chart.plots))
    if gain > 0 and any(rows_of(plot) for plot in chart.plots):
        gain = min(gain, max(plot.place.bottom - plot.place.top for plot in chart.plots))
    plots = []
    for plot in chart.plots:
        before = lines.index(plot.place.top)
        until = sum(line < plot.place.bottom for line in lines)
        place = replace(plot.place, top=plot.place.top + gain * before, bottom=plot.place.bottom + gain * until)
        plots.append(replace(plot, place=place, y=replace(plot.y, title=_title(plot, place.bottom - place.top))))
    return replace(chart, height=chart.height + gain * len(lines), plots=tuple(plots))


def _title(plot: Plot, high: float) -> str:
    """The title along the y scale in lines that are no longer than the plot is ``high``."""
    lines = [part for line in plot.y.title.split(LINE_END) for part in wrapped(line, plot.y.title_size, high)]
    return LINE_END.join(lines)


def least_height(chart: Chart) -> float:
    """The least height at which everything in the chart can be read."""
    lines = len({plot.place.top for plot in chart.plots})
    return chart.height - lines * min(_spare(plot) for plot in chart.plots)


def _spare(plot: Plot) -> float:
    """By how many pixels the plot may become lower and still be read."""
    high = plot.place.bottom - plot.place.top
    return max(high - _least(plot), 0.0)


def _least(plot: Plot) -> float:
    if rows := rows_of(plot):
        return rows * row_height_of(plot)
    shares = sorted(plot.y.share(tick.at) for tick in plot.y.ticks if tick.text) if plot.y.shown else []
    apart = min((after - before for before, after in pairwise(shares)), default=1.0)
    followed = FEWEST_LINES[1 if plot.follows else 0] * READABLE
    return max(LINE * plot.y.size / apart if apart > 0 else 0.0, LINE * plot.end_size * len(plot.ends), followed)


def rows_of(plot: Plot) -> float:
    """How many rows with a name each the plot has, in units of its y scale; 0 where it has none."""
    named = bool(plot.columns) or (not plot.y.shown and len(plot.y.ticks) > 0)
    return plot.y.high - plot.y.low if named else 0.0


def row_height_of(plot: Plot) -> float:
    """The least pixels of a row: of a line of type, of a bar under its name, or of several points under theirs."""
    size = max((_size_of(mark) for mark in plot.marks), default=0.0)
    if plot.columns:
        return ROWS_OF_TYPE * max(size, READABLE)
    return (ROWS_OF_BARS if any(isinstance(mark, Bars) for mark in plot.marks) else ROWS_OF_POINTS) * max(
        size, READABLE
    )


def _size_of(mark: Mark) -> float:
    return mark.size if isinstance(mark, Bars | Texts) else 0.0
