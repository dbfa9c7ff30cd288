"""The numbers a chart shows, as rows: which plot, whose, what is measured where, the value, its limits and the unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.chart.chart import Chart, Plot, Scale
from components.chart.marks import Band, Bars, Intervals, Line, Points, Rule, Squares, Texts, Value
from components.core.markup import LINE, plain

COLUMNS = ("plot", "group", "shown_as", "category", "at", "at_what", "value", "lower", "upper", "what", "unit", "note")
"""``at`` is the place on the level axis, ``category`` its name where the axis has one there; ``value`` the number."""

Cell = str | float | None


@dataclass(frozen=True)
class Shown:
    """One number of a chart; the order is that of ``COLUMNS``."""

    plot: str
    group: str
    shown_as: str
    category: str
    at: Value
    at_what: str
    value: Value
    lower: Value
    upper: Value
    what: str
    unit: str
    note: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The row as it is written."""
        found = (getattr(self, column) for column in COLUMNS)
        return tuple(plain(cell) if isinstance(cell, str) else cell for cell in found)


def shown(chart: Chart) -> tuple[Shown, ...]:
    """Every number of every plot: marks in their order, rules across a plot, then the rows of numbers under it."""
    return tuple(row for plot in chart.plots for row in _of_plot(chart, plot))


def _of_plot(chart: Chart, plot: Plot) -> Iterator[Shown]:
    name = plain(plot.title or plot.y.title or plot.y.quantity)
    for mark in plot.marks:
        group = chart.groups.get(getattr(mark, "series", ""), getattr(mark, "series", ""))
        yield from OF[type(mark)](mark, plot, name, group)
    for ground in plot.ground:
        if isinstance(ground, Rule):
            scale = plot.x if ground.upright else plot.y
            yield Shown(name, "", "line", "", ground.at if ground.upright else None, plot.x.quantity,
                        None if ground.upright else ground.at, None, None, plain(ground.text) or scale.quantity,
                        scale.unit)  # fmt: skip
    names = _names(plot.x)
    for row in plot.rows:
        for tick, text in zip(plot.x.ticks, row.texts, strict=True):
            count = _number(text)
            yield Shown(name, row.group, "number", names.get(tick.at, ""), tick.at, plot.x.quantity, count, None, None,
                        plain(row.name), "patients", "" if count is not None else text)  # fmt: skip


def _number(text: str) -> Value:
    digits = text.replace("\u2009", "").replace("\u202f", "").replace(",", "")
    return float(digits) if digits.isdecimal() else None


def _names(scale: Scale) -> dict[float, str]:
    return {tick.at: plain(tick.text) for tick in scale.ticks if tick.text}


def _category(scale: Scale, at: Value) -> str:
    if at is None:
        return ""
    near = [(abs(tick - at), name) for tick, name in _names(scale).items()]
    return min(near)[1] if near and min(near)[0] < 0.5 and scale.unit == "" else ""


def _line(mark: Line, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    kind = mark.what or ("step" if mark.step else "point" if mark.symbol else "line")
    limits = list(zip(mark.lower, mark.upper, strict=True)) if len(mark.lower) else [(None, None)] * len(mark.x)
    for x, y, (low, high) in zip(mark.x, mark.y, limits, strict=True):
        if x is not None and y is not None:
            yield Shown(name, group, kind, _category(plot.x, x), x, plot.x.quantity, y, low, high,
                        f"{plot.y.quantity}{f' ({mark.spread})' if mark.spread else ''}", plot.y.unit)  # fmt: skip


def _band(mark: Band, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for x, low, high in zip(mark.x, mark.lower, mark.upper, strict=True):
        yield Shown(name, group, "band", _category(plot.x, x), x, plot.x.quantity, None, low, high,
                    f"{plot.y.quantity}, {mark.what}" if mark.what else plot.y.quantity, plot.y.unit)  # fmt: skip


def _points(mark: Points, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for x, y in zip(mark.x, mark.y, strict=True):
        if x is not None:
            value = y if plot.y.shown else None
            yield Shown(name, group, mark.what or "point", _category(plot.y, y), x, plot.x.quantity, value, None, None,
                        plot.y.quantity, plot.y.unit)  # fmt: skip


def _intervals(mark: Intervals, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for y, low, high in zip(mark.y, mark.low, mark.high, strict=True):
        yield Shown(name, group, mark.what or "interval", _category(plot.y, y), None, "", None, low, high,
                    plot.x.quantity, plot.x.unit)  # fmt: skip


def _bars(mark: Bars, plot: Plot, name: str, _group: str) -> Iterator[Shown]:
    scale = plot.y if mark.upright else plot.x
    for bar in mark.bars:
        for part in bar.parts:
            yield Shown(name, part.group, "bar", plain(bar.name), None, "", part.size, None, None, scale.quantity,
                        scale.unit, plain(bar.number))  # fmt: skip


def _texts(mark: Texts, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for x, text in zip(mark.x, mark.texts, strict=True):
        if text:
            # where a text stands is no value
            yield Shown(
                name, group, "text", _category(plot.x, x), x, plot.x.quantity, None, None, None, "", "", plain(text)
            )


def _squares(mark: Squares, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for line in mark.hover:
        for said in line:
            yield Shown(name, group, "square", "", None, "", None, None, None, plot.x.quantity, "",
                        plain(said.replace(LINE, "; ")))  # fmt: skip


OF: Mapping[type, Callable[[Any, Plot, str, str], Iterator[Shown]]] = {
    Line: _line, Band: _band, Points: _points, Intervals: _intervals, Bars: _bars, Texts: _texts, Squares: _squares,
}  # fmt: skip
