"""The numbers a chart shows, as rows: which plot, whose, what is measured where, the value, its limits and the unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.chart.chart import Chart, Plot, Scale
from components.chart.marks import Band, Bars, Intervals, Line, Points, Rule, Squares, Texts, Value
from components.core.markup import LINE, plain
from components.core.numbers import PATIENTS, PROPORTION
from data.language import say

COLUMNS = (
    "plot", "group", "shown_as", "category", "at", "at_what", "at_unit", "value", "lower", "upper", "what", "unit",
    "note",
)  # fmt: skip
"""``category`` is the full name of the thing a number belongs to, such as a visit or a level; ``at`` the place on a
level axis of values, in ``at_unit``; ``value`` the number."""

WITHIN = 0.5
"""How far from the tick of a thing its marks may stand: groups stand side by side there."""

Cell = str | float | None


@dataclass(frozen=True)
class Where:
    """What a number belongs to: a ``category``, or a place ``at`` on a scale of values."""

    category: str = ""
    at: Value = None
    what: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Shown:
    """One number of a chart; the order is that of ``COLUMNS``."""

    plot: str
    group: str
    shown_as: str
    category: str
    at: Value
    at_what: str
    at_unit: str
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
    name = plain(plot.title or plot.y.title or plot.y.quantity or plot.x.quantity)
    for mark in plot.marks:
        group = chart.groups.get(getattr(mark, "series", ""), getattr(mark, "series", ""))
        yield from OF[type(mark)](mark, plot, name, group)
    for ground in plot.ground:
        if isinstance(ground, Rule):
            scale = plot.x if ground.upright else plot.y
            yield _row(name, "", say("line"), Where(), (ground.at, None, None), (scale.quantity, unit_of(scale)),
                       plain(ground.text) or ground.what)  # fmt: skip
    for row in plot.rows:
        for tick, text, number in zip(plot.x.ticks, row.texts, row.numbers, strict=True):
            yield _row(name, row.group, say("number"), _where(plot.x, tick.at), (number, None, None),
                       (plain(row.name), PATIENTS), "" if number is not None else text)  # fmt: skip


def unit_of(scale: Scale) -> str:
    """The unit of the values of a scale; those that are printed as percentages are shares of 1."""
    return PROPORTION if scale.form == "percent" else scale.unit


def _row(
    plot: str, group: str, kind: str, where: Where, numbers: tuple[Value, Value, Value], measured: tuple[str, str],
    note: str = "",
) -> Shown:  # fmt: skip
    return Shown(
        plot, group, kind, where.category, where.at, where.what, where.unit, *numbers, *measured, note
    )  # fmt: skip


def _where(scale: Scale, at: Value) -> Where:
    """The thing that stands at ``at`` on a scale of things, or the place on one of values."""
    if at is None:
        return Where()
    if not scale.names:
        return Where("", at, scale.quantity, unit_of(scale))
    place = min(scale.names, key=lambda tick: abs(tick - at))
    return Where(scale.names[place] if abs(place - at) < WITHIN else "")


def _line(mark: Line, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    kind = mark.what or (say("step") if mark.step else say("point") if mark.symbol else say("line"))
    limits = list(zip(mark.lower, mark.upper, strict=True)) if len(mark.lower) else [(None, None)] * len(mark.x)
    what = f"{plot.y.quantity}{f' ({mark.spread})' if mark.spread else ''}"
    part = 1
    for i, (x, y, (low, high)) in enumerate(zip(mark.x, mark.y, limits, strict=True)):
        if x is None or y is None:
            part += 1
            continue
        where = Where("", mark.days[i], say("Day"), say("days")) if len(mark.days) else _where(plot.x, x)
        note = say("part {n} of the line", n=part) if None in mark.x else ""
        yield _row(name, group, kind, where, (y, low, high), (what, unit_of(plot.y)), note)


def _band(mark: Band, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    what = say("{quantity}, {part}", quantity=plot.y.quantity, part=mark.what) if mark.what else plot.y.quantity
    for i, (x, low, high) in enumerate(zip(mark.x, mark.lower, mark.upper, strict=True)):
        if i not in mark.bridged and (low is not None or high is not None):
            yield _row(name, group, say("band"), _where(plot.x, x), (None, low, high), (what, unit_of(plot.y)))


def _points(mark: Points, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    """The value is upright, or level where the upright scale is one of things, or only keeps points apart."""
    level = bool(plot.y.names) or not plot.y.shown
    for x, y in zip(mark.x, mark.y, strict=True):
        if x is not None and y is not None:
            where, value, scale = (
                (_where(plot.y, y) if plot.y.names else Where(), x, plot.x) if level else (_where(plot.x, x), y, plot.y)
            )
            yield _row(name, group, mark.what or say("point"), where, (value, None, None),
                       (scale.quantity, unit_of(scale)))  # fmt: skip


def _intervals(mark: Intervals, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for y, low, high in zip(mark.y, mark.low, mark.high, strict=True):
        yield _row(name, group, mark.what or say("interval"), _where(plot.y, y), (None, low, high),
                   (plot.x.quantity, unit_of(plot.x)))  # fmt: skip


def _bars(mark: Bars, plot: Plot, name: str, _group: str) -> Iterator[Shown]:
    scale = plot.y if mark.upright else plot.x
    for bar in mark.bars:
        for part in bar.parts:
            group, what = (bar.owner, say("{quantity}, {part}", quantity=scale.quantity, part=part.group)) if (
                bar.owner) else (part.group, scale.quantity)  # fmt: skip
            yield _row(name, group, say("bar"), Where(plain(bar.name)), (part.size, None, None),
                       (what, unit_of(scale)), plain(bar.number))  # fmt: skip


def _texts(mark: Texts, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    """The numbers that no other mark shows; where a text stands, and what else it says, is no number."""
    for x, number in zip(mark.x, mark.numbers, strict=False):
        if number is not None:
            yield _row(name, group, say("number"), _where(plot.x, x), (number, None, None), (mark.what, mark.unit))


def _squares(mark: Squares, plot: Plot, name: str, group: str) -> Iterator[Shown]:
    for line in mark.hover:
        for said in line:
            yield _row(name, group, say("square"), Where(), (None, None, None), (plot.x.quantity, ""),
                       plain(said.replace(LINE, "; ")))  # fmt: skip


OF: Mapping[type, Callable[[Any, Plot, str, str], Iterator[Shown]]] = {
    Line: _line, Band: _band, Points: _points, Intervals: _intervals, Bars: _bars, Texts: _texts, Squares: _squares,
}  # fmt: skip
