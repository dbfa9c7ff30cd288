"""One patient on one axis of time: drugs, trough, laboratory values, reactions, progression, the end of follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from components.figures.theme import ACCENT, FAINT, INK, QUIET, Figure, axis, colour, layout, pale
from components.wording import patient as words
from components.wording.controls import month
from components.wording.marks import bold

if TYPE_CHECKING:
    from components.analysis.extent import Extent
    from components.analysis.history import History, Measured

ROW, LANE, GAP, TOP, BOTTOM = 92, 24, 16, 64, 46
NUMBERS, CHARACTER = 52, 7.2
"""Room for the numbers of an axis, and for a character, in pixels."""

TICKS = (0, 91, 183, 274, 365, 456, 548, 639, 730, 913, 1095, 1278, 1461, 1644, 1826)
PLACES = {"treatment": 0, "laboratory": 2, "finding": 3}
SERIOUS, MILD, DRUG = 1, 6, 0
"""Palette places of serious and other reactions, and of drugs."""


def history_figure(result: History, extents: Mapping[str, Extent]) -> Figure:
    """Rows of curves, then a lane for every reaction, drug and finding, with lines where something ended."""
    curves = [course for course in result.courses if course.measure.kind != "finding"]
    lanes = _lanes(result)
    lane_height = LANE * len(lanes) + (GAP if lanes else 0)
    height = TOP + BOTTOM + len(curves) * (ROW + GAP) + lane_height
    usable = height - TOP - BOTTOM
    until = max(730, result.last_day, *(int(course.days[-1]) for course in result.courses), 0)
    data: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for i, course in enumerate(curves):
        name = "y" if i == 0 else f"y{i + 1}"
        top = 1 - i * (ROW + GAP) / usable
        span = _span(course, extents.get(course.measure.key))
        axes[f"yaxis{'' if i == 0 else i + 1}"] = axis(
            "", domain=[top - ROW / usable, top], range=list(span), nticks=4, fixedrange=True, anchor="x"
        )
        data.append(_curve(course, name))
        shapes += _limits(course, name, span, until)
        notes.append(_title(course, top - ROW / usable / 2))
    if lanes:
        name = f"y{len(curves) + 1}" if curves else "y"
        axes[f"yaxis{name[1:]}"] = axis(
            "", domain=[0, LANE * len(lanes) / usable], range=[-len(lanes) + 0.4, 0.6], anchor="x", fixedrange=True,
            tickvals=[-i for i in range(len(lanes))], ticktext=list(lanes), showline=False, ticks="",
        )  # fmt: skip
        data += _marks(result, lanes, name)
    lines, labels = _endings(result)
    ticks = [day for day in TICKS if day <= until * 1.01]
    longest = max((len(lane) for lane in lanes), default=0)
    title = max((len(course.measure.label) for course in curves), default=0)
    left = min(max(24 + 6.9 * longest, NUMBERS + 8 + CHARACTER * title), 330)
    return {
        "data": data or [{"x": [0], "y": [0], "mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip"}],
        "layout": layout(
            height if data else TOP + BOTTOM + ROW,
            margin={"l": left, "r": 24, "t": TOP, "b": BOTTOM},
            hovermode="closest",
            xaxis=axis(words.AXIS, range=[-0.02 * until, 1.02 * until], tickvals=ticks,
                       ticktext=[month(day) for day in ticks], showgrid=False, anchor="free", position=0),
            **axes,
            shapes=[*shapes, *lines],
            annotations=[*notes, *labels],
        ),
    }  # fmt: skip


def _span(course: Measured, extent: Extent | None) -> tuple[float, float]:
    known = [float(value) for value in course.values]
    edges = [edge for edge in course.measure.normal if edge is not None]
    low = min([*known, extent.low] if extent else [*known, *edges])
    high = max([*known, extent.high] if extent else [*known, *edges])
    room = 0.08 * ((high - low) or abs(high) or 1.0)
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def _curve(course: Measured, name: str) -> dict[str, Any]:
    line = colour(PLACES[course.measure.kind])
    pairs = list(zip(course.days.tolist(), course.values.tolist(), strict=True))
    return {
        "uid": course.measure.key, "name": course.measure.label, "mode": "lines+markers", "yaxis": name, "xaxis": "x",
        "x": [day for day, _ in pairs], "y": [value for _, value in pairs],
        "text": [words.value_hover(course.measure, day, value) for day, value in pairs], "hoverinfo": "text",
        "line": {"color": line, "width": 2.2}, "marker": {"color": line, "size": 8},
    }  # fmt: skip


def _limits(course: Measured, name: str, span: tuple[float, float], until: int) -> list[dict[str, Any]]:
    shared = {"xref": "x", "yref": name, "x0": -0.02 * until, "x1": 1.02 * until, "layer": "below"}
    low, high = course.measure.normal
    if course.measure.kind == "treatment" and low is not None and high is not None:
        return [{**shared, "type": "rect", "y0": max(low, span[0]), "y1": min(high, span[1]),
                 "fillcolor": pale(ACCENT, FAINT), "line": {"width": 0}}]  # fmt: skip
    line = {"color": QUIET, "width": 1, "dash": "dash"}
    inside = [edge for edge in (low, high) if edge is not None and span[0] < edge < span[1]]
    return [{**shared, "type": "line", "y0": edge, "y1": edge, "line": line} for edge in inside]


def _title(course: Measured, middle: float) -> dict[str, Any]:
    """The name of a row at its left, where no line crosses it."""
    return {
        "x": 0, "xref": "paper", "xanchor": "right", "xshift": -NUMBERS, "y": middle, "yref": "paper",
        "yanchor": "middle", "showarrow": False, "align": "right", "font": {"size": 13},
        "text": words.course_name(course.measure),
    }  # fmt: skip


def _lanes(result: History) -> tuple[str, ...]:
    """The names of the lanes: reactions by their first day, other drugs, findings."""
    reactions = [report.term for report in result.reports if report.day is not None]
    drugs = [words.change_row(change) for change in result.changes]
    findings = [course.measure.label for course in result.courses if course.measure.kind == "finding"]
    return tuple(dict.fromkeys((*reactions, *drugs, *findings)))


def _marks(result: History, lanes: tuple[str, ...], name: str) -> list[dict[str, Any]]:
    at = {lane: -i for i, lane in enumerate(lanes)}
    marks: list[tuple[int, str, str, int, str]] = []
    for report in result.reports:
        if report.day is not None:
            symbol, place = ("diamond", SERIOUS) if report.serious else ("circle", MILD)
            marks.append((report.day, report.term, words.report_hover(report), place, symbol))
    shapes = {"start": "triangle-right", "stop": "x", "pulse": "star"}
    for change in result.changes:
        symbol = shapes.get(change.action, "square")
        marks.append((change.day, words.change_row(change), words.change_hover(change), DRUG, symbol))
    for course in result.courses:
        if course.measure.kind == "finding":
            for day, value in zip(course.days.tolist(), course.values.tolist(), strict=True):
                symbol = "square" if value else "square-open"
                text = words.finding_hover(course.measure, day, value)
                marks.append((day, course.measure.label, text, PLACES["finding"], symbol))
    colours = [colour(place) for *_, place, _ in marks]
    return [{
        "uid": "marks", "mode": "markers", "xaxis": "x", "yaxis": name, "hoverinfo": "text",
        "x": [day for day, *_ in marks], "y": [at[lane] for _, lane, *_ in marks], "text": [mark[2] for mark in marks],
        "marker": {"size": 11, "color": colours, "symbol": [mark[4] for mark in marks],
                   "line": {"width": 1.5, "color": colours}},
    }]  # fmt: skip


def _endings(result: History) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines over all rows, with their names in steps above so that they stay apart."""
    ends = [
        (result.progression_day, words.PROGRESSION, colour(3), "dash"),
        (result.stop_day, words.STOP, colour(0), "dot"),
    ]
    last = (result.death_day, words.DEATH, colour(1), "solid")
    ends.append(last if result.death_day is not None else (result.last_day, words.LAST, QUIET, "dot"))
    known = sorted((day, text, line, dashes) for day, text, line, dashes in ends if day is not None)
    shared = {"xref": "x", "yref": "paper"}
    lines = [
        {**shared, "type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1,
         "line": {"color": line, "width": 1.6, "dash": dashes}}
        for day, _, line, dashes in known
    ]  # fmt: skip
    labels = [
        {**shared, "x": day, "y": 1, "yanchor": "bottom", "yshift": 14 + 15 * i, "showarrow": False,
         "xanchor": "left" if day < 365 else "right", "text": f"{bold(text)}, day {day}",
         "font": {"size": 12.5, "color": INK if line == QUIET else line}}
        for i, (day, text, line, _) in enumerate(known)
    ]  # fmt: skip
    return lines, labels
