"""Courses of doses, troughs and laboratory values as plots with their numbers of patients under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from components.chart.chart import Chart, Entry, Row
from components.chart.colours import FAINT, QUIET, colour, dash, places
from components.chart.grid import Cell, Grid, Limit, cells_chart, last_value
from components.chart.marks import Band, Line, Mark, Stroke
from components.core.envelope_words import LEAST
from components.core.markup import bold, coloured
from components.core.numbers import count, number_printed
from components.core.pale_words import pale_of
from components.core.short_names import short_names
from components.courses import words
from components.courses.ranges_chart import outlines
from components.survival.chart import outline_entry

if TYPE_CHECKING:
    from components.core.groups import Groups
    from components.courses.analysis import Course, Point, Series
    from components.courses.axis_range import AxisRange
    from components.courses.before_after import CourseBeforeAfter
    from components.courses.mixed_course import MixedCourse
    from components.courses.reconstructions import CourseAcross
    from data.entries import Visit
    from data.levels import Level

T = TypeVar("T")

DODGE, SPREAD = 0.1, 0.5
"""How far the groups' points stand apart at a visit, and how far all of them together, in units of the axis."""

MOST_BARS = 3
"""More groups than this have no bars in a small plot: they would hide each other."""

BEHIND, FOLLOWED = "behind", "followed"
"""The ids of the pale line of the patients without the filter, and of the line of the patient who is marked."""

MARKED = 6
"""The palette's grey, which no group of a figure is likely to have: the patient who is followed over all pages."""


@dataclass(frozen=True)
class CourseView:
    """How courses are drawn: ``form`` of the numbers, axis, limits, and the patient who is ``marked``.

    ``gap`` is the longest time in days that a single patient's line bridges.
    """

    form: words.Form = "mean"
    logarithmic: bool = False
    apart: bool = False
    limits: bool = True
    gap: int = 400
    marked: str = ""


def course_chart(
    result: Course,
    axis_range: AxisRange,
    view: CourseView,
    model: MixedCourse | None = None,
    change: CourseBeforeAfter | None = None,
    found: CourseAcross | None = None,
) -> Chart:
    """One measure, large; who is set before those shown by ``change`` is drawn pale behind.

    With ``found`` dotted lines show the least and the most of other reconstructions.
    """
    cell = course_cell(result, axis_range, view, model, change=change, found=found)
    labels = words.ticks(axis_range.visits)
    named = (*_series_names(result.groups), *(((BEHIND, change.pale.name),) if change else ()))
    grid = Grid(
        tuple(range(len(labels))), labels, words.VISIT, "", -0.4, _right(axis_range, view),
        series=(*named, *_marked_name(view)), beside=_key_of_ranges((cell,), found),
        whole=tuple(visit.label for visit in axis_range.visits),
    )  # fmt: skip
    return cells_chart((cell,), grid)


def small_multiples(
    results: Sequence[Course],
    extents: Sequence[AxisRange],
    view: CourseView,
    models: Sequence[MixedCourse | None],
    changes: Sequence[CourseBeforeAfter | None] = (),
    found: Sequence[CourseAcross | None] = (),
) -> Chart:
    """Every measure, small, with the visits that any of them has; behind them whom ``changes`` set before, pale.

    With ``found`` dotted lines show the least and the most of other reconstructions.
    """
    visits = tuple(dict.fromkeys(visit for axis_range in extents for visit in axis_range.visits))
    visits = tuple(sorted(visits, key=lambda visit: visit.day))
    cells = [
        course_cell(result, axis_range, view, model, visits, change, across)
        for result, axis_range, model, change, across in zip(
            results, extents, models, changes or [None] * len(results), found or [None] * len(results), strict=True
        )
    ]
    labels = tuple(words.short_tick(visit) for visit in visits)
    groups = results[0].groups
    place = places(groups.levels)
    key = tuple((group, place[group.id]) for group in groups.present) if len(groups.present) > 1 else ()
    right = max(_right(axis_range, view, visits) for axis_range in extents)
    grid = Grid(
        tuple(range(len(labels))), labels, words.VISIT, "", -0.45, right, 3, 170, 16, key, names=False,
        series=(*_series_names(groups), *((BEHIND, one.pale.name) for one in changes[:1] if one), *_marked_name(view)),
        beside=_key_of_ranges(cells, next(iter(found), None)), whole=tuple(visit.label for visit in visits),
    )  # fmt: skip
    return cells_chart(cells, grid)


def _key_of_ranges(cells: Sequence[Cell], found: CourseAcross | None) -> tuple[Entry, ...]:
    """The dotted lines in the key, where any are drawn."""
    drawn = any(isinstance(mark, Line) and mark.what == LEAST for cell in cells for mark in cell.marks)
    return (outline_entry(found.members),) if found is not None and drawn else ()


def _series_names(groups: Groups) -> tuple[tuple[str, str], ...]:
    """The names of the series of each group: all of it, or those who stayed, and those who died or left."""
    return tuple(
        (key, name)
        for group in groups.present
        for key, name in ((group.id, group.label), (_departed(group), f"{group.label}, {words.DEPARTED}"))
    )


def _marked_name(view: CourseView) -> tuple[tuple[str, str], ...]:
    return ((FOLLOWED, view.marked),) if view.marked else ()


def _departed(group: Level) -> str:
    return f"{group.id} departed"


def course_cell(
    result: Course,
    axis_range: AxisRange,
    view: CourseView,
    model: MixedCourse | None = None,
    visits: tuple[Visit, ...] = (),
    change: CourseBeforeAfter | None = None,
    found: CourseAcross | None = None,
) -> Cell:
    """One measure as a plot: its groups' points or its patients' lines, and the numbers measured under each visit.

    Whom ``change`` sets before them lies pale behind, without bars; ``found`` is not drawn beside a model or those who
    left.

    Small plots share ``visits`` and leave out what would not fit: the names of groups and of limits.
    """
    large, before = not visits, change.before if change else None
    visits = visits or axis_range.visits
    drawn = _drawn(result, view)
    alone = len(result.groups.present) == 1
    place = places(result.groups.levels)
    several = len(drawn) > 1 and large
    single = view.form == "single"
    marks: list[Mark] = list(_patients(result, visits, view, place)) if single else []
    if model:
        marks += _modelled(model, visits, place)
    pale = [] if before is None else _behind(before, visits, view, result)
    marks += pale
    names: list[tuple[float, str, str]] = []
    short = dict(zip((one.id for one in result.groups.present), short_names(result.groups.labels), strict=True))
    ranges = outlines(None if model or view.apart else found, result, visits, view.form, place)
    for i, (series, departed) in enumerate(drawn):
        shift = 0.0 if single else (i - (len(drawn) - 1) / 2) * min(DODGE, SPREAD / len(drawn))
        bare = bool(single or model or (not large and len(drawn) > MOST_BARS))
        runs = _runs(series, visits, view, result, place[series.group.id], departed=departed)
        for line in runs:
            moved = _moved(line, shift)
            if bare:
                moved = replace(moved, lower=(), upper=(), joined=line.joined and (single or not model))
            marks.append(moved)
        marks += (_moved(line, shift) for line in ranges.get(series.group.id, ()))
        if several and runs:
            last = max(runs, key=lambda line: line.x[-1] or 0)
            name = words.kept_or_left(series, departed=departed, alone=alone) if view.apart else short[series.group.id]
            names.append((last_value(last) or 0.0, name, colour(place[series.group.id])))
    if view.marked:
        for line in _patients(result, visits, view, place, only=view.marked):
            marks.append(line)
            if (end := last_value(line)) is not None:
                names.append((end, view.marked, colour(MARKED)))
    if large and change is not None and before is not None and pale:
        last = max(pale, key=lambda line: line.x[-1] or 0)
        names.append((last_value(last) or 0.0, pale_of(change.pale, before.n), QUIET))
    span = _span(axis_range, marks, view)
    limits = _limits(result, view)
    inside = [name for value, name in limits if span[0] < value < span[1]]
    return Cell(
        words.with_limits(words.measure_title(result.measure, result.scale), inside if large else ()),
        words.quantity(result.measure, result.scale),
        words.unit(result.measure, result.scale),
        tuple(marks),
        tuple(
            _row(
                series,
                short[series.group.id],
                visits,
                place[series.group.id],
                departed=departed,
                apart=view.apart,
                alone=alone,
            )
            for series, departed in drawn
        ),
        span,
        view.logarithmic,
        result.band if result.scale == "absolute" else None,
        words.TARGET,
        tuple(Limit(value, "", name) for value, name in limits),
        tuple(names),
        zero=result.scale != "absolute",
    )


def _moved(line: Line, shift: float) -> Line:
    return replace(line, x=[x + shift for x in line.x if x is not None])


def _row(
    series: Series, short: str, visits: tuple[Visit, ...], place: int, *, departed: bool, apart: bool, alone: bool
) -> Row:
    """The numbers measured; ``short`` is what the group is called beside them."""
    measured = [point.measured for point in _at(series, visits)]
    texts, numbers = tuple(map(count, measured)), tuple(map(number_printed, measured))
    name, shade = (words.measured_row(departed=departed) if apart else words.MEASURED), colour(place)
    owner = "" if departed or (apart and alone) else bold(coloured(short, shade))
    return Row(f"{series.group.id} {name}", name, texts, numbers, series.label, owner, shade)


def _drawn(result: Course, view: CourseView) -> list[tuple[Series, bool]]:
    if not view.apart:
        return [(series, False) for series in result.series]
    pairs = zip(result.stayed, result.departed, strict=True)
    return [drawn for stayed, departed in pairs for drawn in ((stayed, False), (departed, True))]


def _at(series: Series, visits: tuple[Visit, ...]) -> list[Point]:
    by_key = {point.visit.key: point for point in series.points}
    return [by_key[visit.key] for visit in visits]


def _runs(
    series: Series, visits: tuple[Visit, ...], view: CourseView, result: Course, place: int, *, departed: bool
) -> list[Line]:
    """The points of a series: joined as long as enough are measured, those of so few that they are no course alone."""
    known = [(i, point) for i, point in enumerate(_at(series, visits)) if point.described]
    return joined_runs(
        known,
        lambda one: one[1].measured,
        lambda part: _points(series, part, view, result, place, departed=departed),
    )


def joined_runs(known: Sequence[T], patients: Callable[[T], int], drawn: Callable[[list[T]], Line]) -> list[Line]:
    """What is known by visit as lines: joined as long as it is of enough ``patients``, points where it is of few."""

    def few(one: T) -> bool:
        return patients(one) < words.FEWEST_JOINED

    parts = [(list(part), True) for is_few, part in groupby(known, key=few) if not is_few]
    rest = [one for one in known if few(one)]
    lines = [replace(drawn(part), joined=joined) for part, joined in [*parts, *([(rest, False)] if rest else [])]]
    return [replace(line, key=f"{line.key}, part {i + 1}") if i else line for i, line in enumerate(lines)]


def _points(
    series: Series, known: Sequence[tuple[int, Point]], view: CourseView, result: Course, place: int, *, departed: bool
) -> Line:
    mean = view.form == "mean"
    middle, low, high = [], [], []
    for _, point in known:
        found = point.values.distribution
        spread = found.sd if found.n > 1 else 0.0
        centre, ends = (found.mean, (found.mean - spread, found.mean + spread)) if mean else (
            found.median, (found.q1, found.q3))  # fmt: skip
        middle.append(centre)
        low.append(ends[0])
        high.append(ends[1])
    decimals = words.places_of(result.measure, result.scale)
    strong = view.form == "single"
    stroke = Stroke(colour(place), 3.2 if strong else 2.4, "dot" if departed else dash(place), 0.85 if departed else 1)
    name = _departed(series.group) if departed else series.group.id
    return Line(
        f"{result.measure.key} {name}", [float(i) for i, _ in known], middle, stroke, name,
        symbol="circle-open" if departed else "circle", lower=low, upper=high, spread=words.spread_name(view.form),
        hover=[words.point_hover(series, point, view.form, decimals) for _, point in known],
    )  # fmt: skip


def _behind(before: Series, visits: tuple[Visit, ...], view: CourseView, result: Course) -> list[Line]:
    """The points of the patients without the filter, pale and without bars."""
    return [
        replace(
            line, key=line.key.replace(before.group.id, BEHIND), series=BEHIND, stroke=Stroke(QUIET, 1.8, "solid", 0.6),
            symbol=None if line.joined else "circle-open", lower=(), upper=(), spread="",
        )
        for line in _runs(before, visits, view, result, 0, departed=False)
    ]  # fmt: skip


def _patients(
    result: Course, visits: tuple[Visit, ...], view: CourseView, place: dict[str, int], only: str = ""
) -> list[Line]:
    """Single patients' lines, one mark a group; with ``only``, that patient's line alone, strong."""
    rows = result.lines
    names = np.array(rows.patients, dtype=object)
    at = positions_of(rows.days, visits)
    decimals = words.places_of(result.measure, result.scale)
    unit = words.unit(result.measure, result.scale)
    found = []
    for k, group in enumerate(result.groups.present):
        own = np.flatnonzero((rows.codes == k) & ((names == only) if only else True))
        x: list[float | None] = []
        y: list[float | None] = []
        days: list[float | None] = []
        said: list[str] = []
        keys: list[str | None] = []
        before = -1
        for row in own.tolist():
            broken = before < 0 or names[row] != names[before] or rows.days[row] - rows.days[before] > view.gap
            if broken and before >= 0:
                x, y, days, said, keys = [*x, None], [*y, None], [*days, None], [*said, ""], [*keys, None]
            x.append(float(at[row]))
            days.append(float(rows.days[row]))
            y.append(float(rows.values[row]))
            said.append(words.line_hover(names[row], int(rows.days[row]), float(rows.values[row]), decimals, unit))
            keys.append(str(names[row]))
            before = row
        if own.size:
            shade, wide = (colour(MARKED), 3.2) if only else (colour(place[group.id]), 1.0)
            stroke = Stroke(shade, wide, dash(MARKED) if only else "solid", 1.0 if only else 0.42)
            key = f"{result.measure.key} {only or group.id} patients"
            found.append(Line(key, x, y, stroke, FOLLOWED if only else group.id, symbol="circle", days=days,
                              size=8 if only else 4, hover=said, answers=keys))  # fmt: skip
    return found


def _modelled(model: MixedCourse, visits: tuple[Visit, ...], place: dict[str, int]) -> list[Mark]:
    marks: list[Mark] = []
    x = [float(i) for i in range(len(visits))]
    for series in model.series:
        by_key = dict(zip((visit.key for visit in series.visits), series.means, strict=True))
        found = [by_key[visit.key] for visit in visits]
        if any(one.value is not None for one in found):
            group = series.group.id
            shade, key = colour(place[group]), f"{model.measure.key} {group} model"
            lower, upper = [one.lower for one in found], [one.upper for one in found]
            marks += [
                Band(f"{key} limits", x, lower, upper, shade, group, opacity=FAINT, what=words.MODEL_LIMITS),
                Line(key, x, [one.value for one in found], Stroke(shade, 2.6, dash(place[group])), group),
            ]
    return marks


def positions_of(days: np.ndarray, visits: tuple[Visit, ...]) -> np.ndarray:
    """Days as places on the axis of equally spaced visits: in proportion between two, and beyond the last as before."""
    nominal = np.array([visit.day for visit in visits], dtype=float)
    if len(nominal) < 2:
        return np.zeros(len(days))
    place = np.interp(days, nominal, np.arange(len(nominal)))
    beyond = (days - nominal[-1]) / (nominal[-1] - nominal[-2])
    placed: np.ndarray = np.where(days > nominal[-1], len(nominal) - 1 + beyond, place)
    return placed


def _right(axis_range: AxisRange, view: CourseView, visits: tuple[Visit, ...] = ()) -> float:
    last = len(visits or axis_range.visits) - 1
    if view.form != "single":
        return last + 0.4
    return max(last, float(positions_of(np.array([axis_range.last_day]), visits or axis_range.visits)[0])) + 0.4


def _span(axis_range: AxisRange, marks: list[Mark], view: CourseView) -> tuple[float, float]:
    """The axis' range: that of the whole population, widened only by what would not fit in."""
    low, high = (axis_range.least, axis_range.most) if view.form == "single" else (axis_range.low, axis_range.high)
    edges = [value for mark in marks for value in _edges(mark) if value is not None]
    if view.logarithmic:
        floor = max(axis_range.least, axis_range.most * 1e-5, 1e-6)
        low, high = max(low, floor), max([high, *edges])
        return low / 1.25, high * 1.25
    low, high = min([low, *edges]), max([high, *edges])
    floor = 0.0 if axis_range.least >= 0 else low
    room = 0.05 * ((high - low) or abs(high) or 1.0)
    return max(low - room, floor), high + room


def _edges(mark: Mark) -> list[float | None]:
    if isinstance(mark, Line):
        return [*(mark.lower if len(mark.lower) else mark.y), *(mark.upper if len(mark.upper) else ())]
    return [*mark.lower, *mark.upper] if isinstance(mark, Band) else []


def _limits(result: Course, view: CourseView) -> tuple[tuple[float, str], ...]:
    if not view.limits or result.scale != "absolute" or result.band:
        return ()
    named = zip(result.measure.normal, (words.LOWER_LIMIT, words.UPPER_LIMIT), strict=True)
    return tuple((value, f"{name} {value:g}") for value, name in named if value is not None)
