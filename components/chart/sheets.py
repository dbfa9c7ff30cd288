"""A chart that is too high for a window, on several sheets: by lines of plots, or by rows of one plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from components.chart.chart import Chart, Plot
from components.chart.marks import Bars, Intervals, Mark, Points, Region, Texts
from components.chart.resized import least_height, row_height_of, rows_of

One = TypeVar("One")


def sheets(chart: Chart, height: float) -> list[Chart]:
    """The chart in parts that can be read at ``height``; whole where it has no lines of plots and no rows to part at.

    Plots that share an axis stay together.
    """
    if any(plot.follows for plot in chart.plots):
        return [chart]
    lines = sorted({plot.place.top for plot in chart.plots})
    if len(lines) > 1:
        return _by_lines(chart, lines, height)
    return _by_rows(chart, height) if all(rows_of(plot) for plot in chart.plots) else [chart]


def _by_lines(chart: Chart, lines: list[float], height: float) -> list[Chart]:
    found: list[list[float]] = [[]]
    for line in lines:
        if found[-1] and least_height(_lines(chart, lines, [*found[-1], line])) > height:
            found.append([])
        found[-1].append(line)
    return [_lines(chart, lines, own) for own in found]


def _lines(chart: Chart, lines: list[float], own: Sequence[float]) -> Chart:
    """The lines of plots that begin at ``own``, moved to the top."""
    after = lines.index(own[-1]) + 1
    end = lines[after] if after < len(lines) else chart.inner + lines[0]
    up = own[0] - lines[0]
    plots = tuple(
        replace(plot, place=replace(plot.place, top=plot.place.top - up, bottom=plot.place.bottom - up))
        for plot in chart.plots
        if plot.place.top in own
    )
    return replace(chart, plots=plots, height=chart.height - chart.inner + end - own[0])


def _by_rows(chart: Chart, height: float) -> list[Chart]:
    around = chart.height - max(plot.place.bottom - plot.place.top for plot in chart.plots)
    n = max(_count(plot) for plot in chart.plots)
    most = max(int((height - around) / max(row_height_of(plot) for plot in chart.plots)) - 1, 1)
    wanted = -(-n // -(-n // most))  # as many on each sheet
    begins = {int(-region.y[1]) + 1 for plot in chart.plots for region in plot.ground
              if isinstance(region, Region) and region.y[1] is not None}  # fmt: skip
    found, first = [], 0
    while first < n:
        last = min(first + wanted, n)
        if last < n:  # a sheet begins with a heading where there is one near
            last = next((row for row in range(last, first + wanted // 2, -1) if row in begins), last)
        found.append(_rows(chart, first, last - 1))
        first = last
    return found


def _count(plot: Plot) -> int:
    return max(len(plot.y.ticks), *(len(column.texts) for column in plot.columns), 0)


def _rows(chart: Chart, first: int, last: int) -> Chart:
    """The rows ``first`` to ``last`` of every plot, which stand at 0, -1, -2 and so on."""
    plots = tuple(_of_rows(plot, first, last) for plot in chart.plots)
    change = [after.place.bottom - before.place.bottom for before, after in zip(chart.plots, plots, strict=True)]
    return replace(chart, plots=plots, height=chart.height + max(change))


def _of_rows(plot: Plot, first: int, last: int) -> Plot:
    each = (plot.place.bottom - plot.place.top) / (plot.y.high - plot.y.low)
    under = plot.y.low + _count(plot) - 1
    y = replace(plot.y, low=under - last, high=plot.y.high - first,
                ticks=tuple(tick for tick in plot.y.ticks if first <= -tick.at <= last))  # fmt: skip
    columns = tuple(
        replace(column, texts=tuple(text if first <= i <= last else "" for i, text in enumerate(column.texts)))
        for column in plot.columns
    )
    return replace(
        plot, y=y, columns=columns, marks=tuple(_of_mark(mark, first, last) for mark in plot.marks),
        ground=tuple(part for part in plot.ground if not isinstance(part, Region) or _within(part, first, last)),
        place=replace(plot.place, bottom=plot.place.top + each * (y.high - y.low)),
    )  # fmt: skip


def _within(region: Region, first: int, last: int) -> bool:
    low, high = region.y
    return low is None or high is None or first - 0.5 <= -(low + high) / 2 <= last + 0.5


def _of_mark(mark: Mark, first: int, last: int) -> Mark:
    if isinstance(mark, Bars):
        return replace(mark, bars=tuple(bar for bar in mark.bars if first <= -bar.at <= last))
    if not isinstance(mark, Points | Intervals | Texts):
        return mark
    keep = [y is not None and first - 0.5 <= -y < last + 0.5 for y in mark.y]

    def kept(values: Sequence[One]) -> tuple[One, ...]:
        """Of what is given for each point, or once for all of them."""
        if len(values) != len(keep):
            return tuple(values)
        return tuple(value for value, stays in zip(values, keep, strict=True) if stays)

    if isinstance(mark, Intervals):
        return replace(mark, y=kept(mark.y), low=kept(mark.low), high=kept(mark.high))
    if isinstance(mark, Texts):
        return replace(mark, x=kept(mark.x), y=kept(mark.y), texts=kept(mark.texts), answers=kept(mark.answers))
    return replace(
        mark, x=kept(mark.x), y=kept(mark.y), colours=kept(mark.colours) or mark.colours,
        symbols=kept(mark.symbols) or mark.symbols, sizes=kept(mark.sizes) or mark.sizes, hover=kept(mark.hover),
        answers=kept(mark.answers),
    )  # fmt: skip
