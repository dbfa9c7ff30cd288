"""Courses of doses, troughs and laboratory values as plots with their numbers of patients under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from components.figures.cells import Cell, Grid, Row, Stroke, Values, cells_figure
from components.figures.theme import Figure, places
from components.wording import courses as words
from components.wording.numbers import count

if TYPE_CHECKING:
    from components.analysis.courses import Course, Point, Series
    from components.analysis.extent import Extent
    from components.analysis.mixed_course import MixedCourse
    from data.dictionary import Visit

DODGE, SPREAD = 0.1, 0.5
"""How far the groups' points stand apart at a visit, and how far all of them together, in units of the axis."""

MOST_BARS = 3
"""More groups than this have no bars in a small plot: they would hide each other."""

MARKED = 6
"""The palette's grey, which no group of a figure is likely to have: the patient who is followed over all pages."""


@dataclass(frozen=True)
class CourseView:
    """How courses are drawn: ``form`` of the numbers, axis, limits, and the patient who is ``marked``.

    ``gap`` is the longest time in days that a single patient's line bridges.
    """

    form: words.Form = "Mean ± SD"
    logarithmic: bool = False
    apart: bool = False
    limits: bool = True
    gap: int = 400
    marked: str = ""


def course_figure(result: Course, extent: Extent, view: CourseView, model: MixedCourse | None = None) -> Figure:
    """One measure, large."""
    cell = course_cell(result, extent, view, model)
    right = _right(extent, view)
    labels = words.ticks(extent.visits)
    return cells_figure((cell,), Grid(tuple(range(len(labels))), labels, "", -0.4, right))


def small_multiples(
    results: Sequence[Course], extents: Sequence[Extent], view: CourseView, models: Sequence[MixedCourse | None]
) -> Figure:
    """Every measure, small, with the visits that any of them has."""
    visits = tuple(dict.fromkeys(visit for extent in extents for visit in extent.visits))
    visits = tuple(sorted(visits, key=lambda visit: visit.day))
    cells = [
        course_cell(result, extent, view, model, visits)
        for result, extent, model in zip(results, extents, models, strict=True)
    ]
    labels = tuple(words.short_tick(visit) for visit in visits)
    groups = results[0].groups
    place = places(groups.levels)
    legend = tuple((label, place[label]) for label in groups.labels) if len(groups.labels) > 1 else ()
    right = max(_right(extent, view, visits) for extent in extents)
    grid = Grid(tuple(range(len(labels))), labels, "", -0.45, right, 3, 170, 16, legend, names=False)
    return cells_figure(cells, grid)


def course_cell(
    result: Course,
    extent: Extent,
    view: CourseView,
    model: MixedCourse | None = None,
    visits: tuple[Visit, ...] = (),
) -> Cell:
    """One measure as a plot: its groups' points or its patients' lines, and the numbers measured under each visit.

    Small plots share ``visits`` and leave out what would not fit: the names of groups and of limits.
    """
    large = not visits
    visits = visits or extent.visits
    drawn = _drawn(result, view)
    alone = len(result.groups.labels) == 1
    place = places(result.groups.levels)
    several = len(drawn) > 1 and large
    single = view.form == words.FORMS[2]
    strokes: list[Stroke] = []
    if single:
        strokes += _patients(result, visits, view, place)
    if model:
        strokes += [stroke for stroke in _modelled(model, visits, place) if stroke.y]
    for i, (series, departed) in enumerate(drawn):
        shift = 0.0 if single else (i - (len(drawn) - 1) / 2) * min(DODGE, SPREAD / len(drawn))
        bare = single or model or (not large and len(drawn) > MOST_BARS)
        label = words.kept_or_left(series, departed=departed, alone=alone) if view.apart else series.label
        runs = _runs(series, visits, view, result, departed=departed)
        last = max((points.x[-1] for points in runs), default=0)
        for points in runs:
            named = label if several and points.x[-1] == last else ""
            run = replace(points, x=[x + shift for x in points.x], place=place[series.label], label=named)
            if bare:
                run = replace(run, above=(), below=(), joined=points.joined and (single or not model))
            strokes.append(run)
    if view.marked:
        strokes += _patients(result, visits, view, place, only=view.marked)
    rows = tuple(
        Row(
            words.measured_row(departed=departed) if view.apart else words.MEASURED,
            place[series.label],
            tuple(count(point.measured) for point in _at(series, visits)),
            "" if departed or (view.apart and alone) else series.label,
        )
        for series, departed in drawn
    )
    limits = tuple((value, name if large else "") for value, name in _limits(result, view))
    target = result.band if result.scale == "absolute" else None
    title = words.measure_title(result.measure, result.scale)
    span = _span(extent, strokes, view)
    return Cell(title, tuple(strokes), rows, span, view.logarithmic, target, limits, zero=result.scale != "absolute")


def _drawn(result: Course, view: CourseView) -> list[tuple[Series, bool]]:
    if not view.apart:
        return [(series, False) for series in result.series]
    pairs = zip(result.stayed, result.departed, strict=True)
    return [drawn for stayed, departed in pairs for drawn in ((stayed, False), (departed, True))]


def _at(series: Series, visits: tuple[Visit, ...]) -> list:
    by_label = {point.visit.label: point for point in series.points}
    return [by_label[visit.label] for visit in visits]


def _runs(
    series: Series, visits: tuple[Visit, ...], view: CourseView, result: Course, *, departed: bool
) -> list[Stroke]:
    """The points of a series: joined as long as enough are measured, those of so few that they are no course alone."""
    known = [(i, point) for i, point in enumerate(_at(series, visits)) if point.measured]
    parts = [
        list(part) for few, part in groupby(known, key=lambda one: one[1].measured < words.FEWEST_JOINED) if not few
    ]
    alone = [one for one in known if one[1].measured < words.FEWEST_JOINED]
    runs = [_points(series, part, view, result, departed=departed, joined=True) for part in parts]
    runs += [_points(series, alone, view, result, departed=departed, joined=False)] if alone else []
    return [replace(run, name=f"{run.name}, part {r + 1}") if r else run for r, run in enumerate(runs)]


def _points(
    series: Series,
    known: Sequence[tuple[int, Point]],
    view: CourseView,
    result: Course,
    *,
    departed: bool,
    joined: bool,
) -> Stroke:
    mean = view.form == words.FORMS[0]
    middle, above, below = [], [], []
    for _, point in known:
        found = point.values.distribution
        centre, spread = (found.mean, found.sd if found.n > 1 else 0.0) if mean else (found.median, 0.0)
        low, high = (centre - spread, centre + spread) if mean else (found.q1, found.q3)
        middle.append(centre)
        above.append(high - centre)
        below.append(centre - low)
    places_ = words.places_of(result.measure, result.scale)
    label = f"{series.label}, {words.DEPARTED}" if departed else series.label
    return Stroke(
        name=label, place=0, x=[i for i, _ in known], y=middle,
        text=[words.point_hover(series, point, view.form, places_) for _, point in known],
        above=above, below=below, faded=departed, strong=view.form == words.FORMS[2], joined=joined,
    )  # fmt: skip


def _patients(
    result: Course, visits: tuple[Visit, ...], view: CourseView, place: dict[str, int], only: str = ""
) -> list[Stroke]:
    """Single patients' lines, one stroke a group; with ``only``, that patient's line alone, strong."""
    lines = result.lines
    names = np.array(lines.patients, dtype=object)
    at = positions_of(lines.days, visits)
    places_ = words.places_of(result.measure, result.scale)
    unit = "%" if result.scale == "percent change" else result.measure.unit
    strokes = []
    for k, label in enumerate(result.groups.labels):
        rows = np.flatnonzero((lines.codes == k) & ((names == only) if only else True))
        x: list[float | None] = []
        y: list[float | None] = []
        text: list[str] = []
        keys: list[str | None] = []
        before = -1
        for row in rows.tolist():
            broken = before < 0 or names[row] != names[before] or lines.days[row] - lines.days[before] > view.gap
            if broken and before >= 0:
                x, y, text, keys = [*x, None], [*y, None], [*text, ""], [*keys, None]
            x.append(float(at[row]))
            y.append(float(lines.values[row]))
            text.append(words.line_hover(names[row], int(lines.days[row]), float(lines.values[row]), places_, unit))
            keys.append(str(names[row]))
            before = row
        if rows.size:
            mark = {"place": MARKED, "strong": True, "label": only} if only else {"place": place[label], "thin": True}
            strokes.append(Stroke(name=f"{only or label} patients", x=x, y=y, text=text, keys=keys, **mark))
    return strokes


def _modelled(model: MixedCourse, visits: tuple[Visit, ...], place: dict[str, int]) -> list[Stroke]:
    strokes = []
    for series in model.series:
        by_label = dict(zip((visit.label for visit in series.visits), series.means, strict=True))
        found = [by_label[visit.label] for visit in visits]
        edges = [(e.value, e.upper, e.lower) for e in found]
        above: Values = [u - v if v is not None and u is not None else None for v, u, _ in edges]
        below: Values = [v - w if v is not None and w is not None else None for v, _, w in edges]
        if any(value is not None for value, _, _ in edges):
            strokes.append(Stroke(name=f"{series.label} model", place=place[series.label], x=list(range(len(visits))),
                                  y=[value for value, _, _ in edges], above=above, below=below, band=True))  # fmt: skip
    return strokes


def positions_of(days: np.ndarray, visits: tuple[Visit, ...]) -> np.ndarray:
    """Days as places on the axis of equally spaced visits: in proportion between two, and beyond the last as before."""
    nominal = np.array([visit.day for visit in visits], dtype=float)
    if len(nominal) < 2:
        return np.zeros(len(days))
    place = np.interp(days, nominal, np.arange(len(nominal)))
    beyond = (days - nominal[-1]) / (nominal[-1] - nominal[-2])
    return np.where(days > nominal[-1], len(nominal) - 1 + beyond, place)


def _right(extent: Extent, view: CourseView, visits: tuple[Visit, ...] = ()) -> float:
    last = len(visits or extent.visits) - 1
    if view.form != words.FORMS[2]:
        return last + 0.4
    return max(last, float(positions_of(np.array([extent.last_day]), visits or extent.visits)[0])) + 0.4


def _span(extent: Extent, strokes: list[Stroke], view: CourseView) -> tuple[float, float]:
    """The axis' range: that of the whole population, widened only by what would not fit in."""
    low, high = (extent.least, extent.most) if view.form == words.FORMS[2] else (extent.low, extent.high)
    edges = [value + side for stroke in strokes for value, side in _edges(stroke)]
    if view.logarithmic:
        floor = max(extent.least, extent.most * 1e-5, 1e-6)
        low, high = max(low, floor), max([high, *edges])
        return low / 1.25, high * 1.25
    low, high = min([low, *edges]), max([high, *edges])
    floor = 0.0 if extent.least >= 0 else low
    room = 0.05 * ((high - low) or abs(high) or 1.0)
    return max(low - room, floor), high + room


def _edges(stroke: Stroke) -> list[tuple[float, float]]:
    up = stroke.above or [0.0] * len(stroke.y)
    down = stroke.below or [0.0] * len(stroke.y)
    sides = [(y, side) for y, a, b in zip(stroke.y, up, down, strict=True) for side in (a, None if b is None else -b)]
    return [(value, side) for value, side in sides if value is not None and side is not None]


def _limits(result: Course, view: CourseView) -> tuple[tuple[float, str], ...]:
    if not view.limits or result.scale != "absolute" or result.band:
        return ()
    named = zip(result.measure.normal, (words.LOWER_LIMIT, words.UPPER_LIMIT), strict=True)
    return tuple((value, f"{name} {value:g}") for value, name in named if value is not None)
