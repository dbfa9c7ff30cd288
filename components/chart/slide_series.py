"""The series of a native chart, from the marks of a plot: lines, limits, points, bars of spread, lines across it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from components.chart.chart import Chart, Plot, Scale
from components.chart.colours import ACCENT, QUIET
from components.chart.marks import Band, Intervals, Line, Mark, Points, Rule, Texts, Values
from components.chart.native import Points as Spots
from components.chart.native import Series, steps
from components.core.markup import plain
from data.language import say

One = TypeVar("One")

LIMITS, RANGE = say("limits"), say("Range")

MOST_BANDS = 3
"""Limits of more groups than this cannot be told apart as lines."""

POINTS = 0.75
"""Points in a pixel of the screen."""


def series_of(chart: Chart, plot: Plot, factor: float = 1.0) -> list[Series]:
    """The plot's lines, limits and points as series; x times ``factor`` are the numbers of the axis.

    What lies beyond the end of the axis of x is cut there; values keep their size, and the axis of the chart hides what
    lies beyond it. Only what has no logarithm stands at the low end of a logarithmic axis.
    """
    many = sum(isinstance(mark, Band) for mark in plot.marks) > MOST_BANDS
    found: list[Series] = []
    for mark in plot.marks:
        group, what = chart.groups.get(_series(mark), _series(mark)), getattr(mark, "what", "")
        name = ", ".join(part for part in (group, what) if part) or _quantity(plot)
        if isinstance(mark, Band) and not many:
            for side, values in ((say("lower"), mark.lower), (say("upper"), mark.upper)):
                parts = _parts(mark.x, values, plot, factor, step=mark.step)
                found += [Series(_numbered(f"{name}, {side}", i), part, mark.colour, 1.0, opacity=0.45)
                          for i, part in enumerate(parts) if len(part) > 1]  # fmt: skip
        elif isinstance(mark, Line):
            found += _line_series(mark, name, plot, factor)
        elif isinstance(mark, Points):
            found += _point_series(mark, name, plot, factor)
        elif isinstance(mark, Intervals):
            found += [Series(_numbered(f"{name}, {LIMITS}", i), ((a, y), (b, y)), mark.stroke.colour, 1.25)
                      for i, (y, a, b) in enumerate(zip(mark.y, mark.low, mark.high, strict=True))
                      if y is not None and a is not None and b is not None]  # fmt: skip
        elif isinstance(mark, Texts):
            found += _text_series(mark, plot, factor)
    return _named_apart([*found, *_ground(plot, factor)])


def each(given: Sequence[One], n: int) -> list[One]:
    """One for each of ``n`` points: ``given`` holds one for all, or one each."""
    return list(given) * n if len(given) == 1 else list(given)


def line_at(value: float) -> str:
    """The name of a line across a plot that has no text of its own."""
    return say("Line at {value}", value=f"{value:g}")


def _series(mark: Mark) -> str:
    return getattr(mark, "series", "")


def _quantity(plot: Plot) -> str:
    """What is drawn, of a mark that belongs to no group and says nothing of itself."""
    return plain(plot.y.title or plot.y.quantity or plot.x.quantity or plot.title)


def _numbered(name: str, i: int) -> str:
    return say("{name}, part {number}", name=name, number=i + 1) if i else name


def _named_apart(found: Sequence[Series]) -> list[Series]:
    """The series, each with a name of its own: those of several marks of one group are numbered as its parts."""
    taken: set[str] = set()
    apart = []
    for series in found:
        name = next(name for i in count() if (name := _numbered(series.name, i)) not in taken)
        taken.add(name)
        apart.append(replace(series, name=name))
    return apart


def _parts(x: Values, y: Values, plot: Plot, factor: float, *, step: bool) -> tuple[Spots, ...]:
    """Stretches without gaps, cut at the end of the x scale."""
    placed = [None if value is None else _placed(value, plot.y) for value in y]
    pairs = [(a, b) for a, b in zip(x, placed, strict=True) if a is not None or b is None]
    if step:
        known = [(a, b) for a, b in pairs if a is not None]
        found = steps(known, plot.x.high)
        return tuple(tuple((a * factor, b) for a, b in part) for part in found)
    parts: list[list[tuple[float, float]]] = [[]]
    for a, b in pairs:
        if a is None or b is None:
            parts.append([])
        elif plot.x.low <= a <= plot.x.high:
            parts[-1].append((a * factor, b))
    return tuple(tuple(part) for part in parts if part)


def _placed(value: float, scale: Scale) -> float:
    """The value itself; a bar to zero or below would vanish from a logarithmic axis and ends at its low end."""
    return scale.low if scale.logarithmic and value <= 0 else value


def _line_series(mark: Line, name: str, plot: Plot, factor: float) -> list[Series]:
    width = max(mark.stroke.width, 1) if mark.joined else 0.0
    size = max(round(mark.size * POINTS), 2)
    found = [
        Series(_numbered(name, i), part, mark.stroke.colour, width, mark.stroke.dash, mark.symbol or "", size,
               opacity=mark.stroke.opacity)
        for i, part in enumerate(_parts(mark.x, mark.y, plot, factor, step=mark.step))
    ]  # fmt: skip
    if not len(mark.lower):
        return found
    bars = [
        Series(f"{name}, {mark.spread or LIMITS} {i + 1}",
               ((x * factor, _placed(a, plot.y)), (x * factor, _placed(b, plot.y))), mark.stroke.colour, 1.25)
        for i, (x, a, b) in enumerate(zip(mark.x, mark.lower, mark.upper, strict=True))
        if x is not None and a is not None and b is not None and plot.x.low <= x <= plot.x.high
    ]  # fmt: skip
    return [*bars, *found]


def _point_series(mark: Points, name: str, plot: Plot, factor: float) -> list[Series]:
    n = len(mark.x)
    symbols, colours = each(mark.symbols, n), each(mark.colours, n)
    looks = list(dict.fromkeys(zip(symbols, colours, strict=True)))
    found = []
    for i, (symbol, colour) in enumerate(looks):
        own = tuple(
            (x * factor, y) for k, (x, y) in enumerate(zip(mark.x, mark.y, strict=True))
            if (symbols[k], colours[k]) == (symbol, colour) and x is not None and y is not None
            and plot.x.low <= x <= plot.x.high
        )  # fmt: skip
        if own:
            size = max(round(mark.sizes[0] * POINTS), 2)
            found.append(Series(_numbered(name, i), own, colour, marker=symbol, mark=size))
    return found


def _text_series(mark: Texts, plot: Plot, factor: float) -> list[Series]:
    known = [(x * factor, y, plain(text)) for x, y, text in zip(mark.x, mark.y, mark.texts, strict=True)
             if x is not None and y is not None and text and plot.x.low <= x <= plot.x.high]  # fmt: skip
    if not known:
        return []
    points = tuple((x, y) for x, y, _ in known)
    return [
        Series(
            say("Numbers written beside"), points, QUIET, labels=tuple((i, text) for i, (*_, text) in enumerate(known))
        )
    ]


def _ground(plot: Plot, factor: float) -> list[Series]:
    """Lines across the plot, such as the upper limit of normal, and the edges of a range that is aimed at."""
    (left, right), (low, high) = (plot.x.low * factor, plot.x.high * factor), (plot.y.low, plot.y.high)
    found: list[Series] = []
    for ground in plot.ground:
        if isinstance(ground, Rule):
            name = plain(ground.text) or ground.what or line_at(ground.at)
            at = ground.at * factor if ground.upright else ground.at
            ends = ((at, low), (at, high)) if ground.upright else ((left, at), (right, at))
            found.append(Series(name, ends, ground.stroke.colour, 1.0, "dash"))
        elif not ground.whole:
            found += [Series(f"{ground.what or RANGE}, {end:g}", ((left, end), (right, end)), ACCENT, 1.0, "dash")
                      for end in ground.y if end is not None]  # fmt: skip
            found += [Series(f"{ground.what or RANGE}, {end:g}", ((end * factor, low), (end * factor, high)), ACCENT,
                             1.0, "dash") for end in ground.x if end is not None]  # fmt: skip
    return found
