"""One patient on one axis of time: drugs, trough, laboratory values, reactions, progression, the end of follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.chart.chart import Chart, Margins, Place, Plot, Scale, Tick, even_ticks, named_ticks, numbered_ticks
from components.chart.colours import ACCENT, FAINT, INK, QUIET, colour
from components.chart.dashes import Dash
from components.chart.marks import Background, Line, Points, Region, Rule, Stroke, Symbol
from components.core.control_words import month
from components.core.markup import bold
from components.courses.words import LOWER_LIMIT, UPPER_LIMIT
from components.patient import words
from data.language import say

if TYPE_CHECKING:
    from components.courses.axis_range import AxisRange
    from components.patient.history import History, Measured

ROW, LANE, GAP, TOP, BOTTOM = 92, 24, 16, 64, 46
NUMBERS, CHARACTER = 52, 7.2
"""Room for the numbers of an axis, and for a character, in pixels."""

TICKS = (0, 91, 183, 274, 365, 456, 548, 639, 730, 913, 1095, 1278, 1461, 1644, 1826)
PLACES = {"treatment": 0, "laboratory": 2, "finding": 3}
SERIOUS, MILD, DRUG = 1, 6, 0
"""Palette places of serious and other reactions, and of drugs."""

LABEL_STEP = 15
SHAPES: Mapping[str, Symbol] = {"start": "triangle-right", "stop": "x", "pulse": "star"}


def history_chart(result: History, extents: Mapping[str, AxisRange]) -> Chart:
    """Rows of curves, then a lane for every reaction, drug and finding, with lines where something ended."""
    curves = [course for course in result.courses if course.measure.kind != "finding"]
    lanes = _lanes(result)
    until = max(730, result.last_day, *(int(course.days[-1]) for course in result.courses), 0)
    days = Scale(-0.02 * until, 1.02 * until, say("Day"), say("days"), words.axis(result), _ticks(until), padded=True)
    bare = Scale(days.low, days.high, say("Day"), say("days"), shown=False)
    plots: list[Plot] = []
    top = 0.0
    for course in curves:
        low, high = _span(course, extents.get(course.measure.key))
        y = Scale(low, high, course.measure.label, course.measure.unit, "", even_ticks(low, high, 4), grid=True)
        place = Place(0, 1, top, top + ROW)
        title = words.course_name(course.measure)
        plots.append(Plot(course.measure.key, bare, y, (_curve(course),), place, tuple(_limits(course)), title, "left",
                          follows=plots[0].key if plots else ""))  # fmt: skip
        top += ROW + GAP
    if lanes:
        y = Scale(-len(lanes) + 0.4, 0.6, words.LANES, "", "", named_ticks([-i for i in range(len(lanes))], lanes),
                  line=False)  # fmt: skip
        place = Place(0, 1, top, top + LANE * len(lanes))
        plots.append(Plot("lanes", bare, y, (_marks(result, lanes),), place, follows=plots[0].key if plots else ""))
        top = place.bottom + GAP
    bottom = (top - GAP) if plots else ROW
    plots = plots or [Plot("empty", bare, Scale(0, 1, "", shown=False), (), Place(0, 1, 0, ROW))]
    plots[-1] = _with_axis(plots[-1], days)
    first = plots[0]
    plots[0] = Plot(first.key, days if len(plots) == 1 else first.x, first.y, first.marks, first.place,
                    (*first.ground, *_endings(result)), first.title, first.title_at)  # fmt: skip
    longest = max((len(lane) for lane in lanes), default=0)
    title_length = max((len(course.measure.label) for course in curves), default=0)
    left = min(max(24 + 6.9 * longest, NUMBERS + 8 + CHARACTER * title_length), 330)
    return Chart(bottom + TOP + BOTTOM, Margins(left, 24, TOP, BOTTOM), tuple(plots))


def _with_axis(plot: Plot, days: Scale) -> Plot:
    """The lowest plot carries the axis of time."""
    return Plot(plot.key, days, plot.y, plot.marks, plot.place, plot.ground, plot.title, plot.title_at,
                follows=plot.follows)  # fmt: skip


def _ticks(until: int) -> tuple[Tick, ...]:
    shown = [day for day in TICKS if day <= until * 1.01]
    return numbered_ticks(shown, [month(day) for day in shown])


def _span(course: Measured, axis_range: AxisRange | None) -> tuple[float, float]:
    known = [float(value) for value in course.values]
    edges = [edge for edge in course.measure.normal if edge is not None]
    low = min([*known, axis_range.low] if axis_range else [*known, *edges])
    high = max([*known, axis_range.high] if axis_range else [*known, *edges])
    room = 0.08 * ((high - low) or abs(high) or 1.0)
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def _curve(course: Measured) -> Line:
    pairs = list(zip(course.days.tolist(), course.values.tolist(), strict=True))
    return Line(
        course.measure.key, [day for day, _ in pairs], [value for _, value in pairs],
        Stroke(colour(PLACES[course.measure.kind]), 2.2), symbol="circle",
        hover=[words.value_hover(course.measure, day, value) for day, value in pairs],
    )  # fmt: skip


def _limits(course: Measured) -> list[Background]:
    key, (low, high) = course.measure.key, course.measure.normal
    if course.measure.kind == "treatment" and low is not None and high is not None:
        return [Region(f"{key} target", (None, None), (low, high), ACCENT, FAINT, what=words.TARGET)]
    line = Stroke(QUIET, 1, "dash")
    ends = ((low, LOWER_LIMIT), (high, UPPER_LIMIT))
    return [Rule(f"{key} limit {edge:g}", edge, upright=False, stroke=line, what=name) for edge, name in ends
            if edge is not None]  # fmt: skip


def _lanes(result: History) -> tuple[str, ...]:
    """The names of the lanes: reactions by their first day, other drugs, findings."""
    reactions = [report.term for report in result.reports if report.day is not None]
    drugs = [words.change_row(change) for change in result.changes]
    findings = [course.measure.label for course in result.courses if course.measure.kind == "finding"]
    return tuple(dict.fromkeys((*reactions, *drugs, *findings)))


def _marks(result: History, lanes: tuple[str, ...]) -> Points:
    at = {lane: float(-i) for i, lane in enumerate(lanes)}
    marks: list[tuple[int, str, str, int, Symbol]] = []
    for report in result.reports:
        if report.day is not None:
            symbol: Symbol = "diamond" if report.serious else "circle"
            marks.append(
                (report.day, report.term, words.report_hover(report), SERIOUS if report.serious else MILD, symbol)
            )
    for change in result.changes:
        symbol = SHAPES.get(change.action.id, "square")
        marks.append((change.day, words.change_row(change), words.change_hover(change), DRUG, symbol))
    for course in result.courses:
        if course.measure.kind == "finding":
            for day, value in zip(course.days.tolist(), course.values.tolist(), strict=True):
                symbol = "square" if value else "square-open"
                said = words.finding_hover(course.measure, day, value)
                marks.append((day, course.measure.label, said, PLACES["finding"], symbol))
    return Points(
        "marks", [float(day) for day, *_ in marks], [at[lane] for _, lane, *_ in marks],
        tuple(colour(place) for *_, place, _ in marks), tuple(symbol for *_, symbol in marks), (11.0,), edge=1.5,
        hover=[said for _, _, said, _, _ in marks],
    )  # fmt: skip


def _endings(result: History) -> list[Rule]:
    """Lines over all rows, with their names in steps above so that they stay apart."""
    ends: list[tuple[int | None, str, str, Dash]] = [
        (result.progression_day, words.PROGRESSION, colour(3), "dash"),
        (result.stop_day, words.stopped(result), colour(0), "dot"),
    ]
    last: tuple[int | None, str, str, Dash] = (result.death_day, words.DEATH, colour(1), "solid")
    ends.append(last if result.death_day is not None else (result.last_day, words.LAST, QUIET, "dot"))
    known = sorted((day, text, shade, dashes) for day, text, shade, dashes in ends if day is not None)
    return [
        Rule(text, float(day), upright=True, stroke=Stroke(shade, 1.6, dashes), text=_ending(text, day), size=12.5,
             ink=INK if shade == QUIET else shade, lift=14 + LABEL_STEP * i, before=True, through=True)
        for i, (day, text, shade, dashes) in enumerate(known)
    ]  # fmt: skip


def _ending(text: str, day: int) -> str:
    return say("{text}, day {day}", text=bold(text), day=day)
