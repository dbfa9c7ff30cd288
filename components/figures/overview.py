"""The small figures of the overview: composition, flow, survival and steroid course, all of one height."""

from __future__ import annotations

from typing import Any

from components.analysis.baseline import Baseline, FactorRows
from components.analysis.columns import Share
from components.analysis.courses import Course, Point
from components.analysis.flow import Flow
from components.analysis.reactions import Reactions
from components.analysis.survival import TWO_YEARS, Survival
from components.figures.bars import Line, Part, bars_figure
from components.figures.reactions import reaction_bars
from components.figures.survival import CHARACTER, View, curve_traces, end_labels, ends_of
from components.figures.theme import ACCENT, QUIET, UNKNOWN, Figure, axis, colour, dash, layout, places
from components.wording import overview as words
from components.wording.numbers import count
from components.wording.survival import axis_title

HEIGHT = 300
ROWS = 6
GONE = "#8a1c1c"
TICKS = (0, 183, 365, 548, TWO_YEARS)
TICK_LABELS = ("0", "6", "12", "18", "24")
SMALL, SMALL_GAP = 12, 0.075
FIRST_LABELLED = 60
"""Visits between day 0 and this day stand too close to be labelled."""

FIRST_COUNTED = 180
"""Numbers of patients need more room than means."""


def composition_figure(table: Baseline) -> Figure:
    """A full bar for each factor, divided by level; patients without a level stand last, in grey."""
    lines = [_composed(row) for row in table.rows if isinstance(row, FactorRows)]
    return _tall(bars_figure(tuple(lines), 1.0, 4, SMALL))


def _composed(row: FactorRows) -> Line:
    place = places(row.variable.levels)
    everybody = sum(line.shares[0].n for line in row.levels if line.role != "performed")
    parts = []
    for line in row.levels:
        share = Share(line.shares[0].n, everybody)
        if line.role != "performed" and share.n:
            shade, edge = (colour(place[line.level]), "") if line.role == "level" else (UNKNOWN, QUIET)
            text, hover = words.part_inside(line.level, share), words.part_hover(row.variable.label, line.level, share)
            parts.append(Part(share.n / everybody, shade, text, hover, edge=edge))
    tested = next((line.shares[0] for line in row.levels if line.role == "performed"), None)
    positive = next(line for line in row.levels if line.role == "level")
    number = words.known(tested, positive.level, positive.shares[0].n) if tested else ""
    return Line(row.variable.label, number, tuple(parts))


def frequent_figure(result: Reactions) -> Figure:
    """The most frequent categories, in type small enough for their names."""
    return _tall(reaction_bars(result, ROWS, SMALL))


def flow_figure(result: Flow, visits: tuple[str, ...]) -> Figure:
    """A bar a step: everybody enrolled fills the width; who is followed, who left alive, who died."""
    enrolled = max(result.populations[0].n, 1)
    lines = [
        Line(words.population_name(step), words.population_number(step), (Part(step.n, ACCENT, "", ""),))
        for step in result.populations
        if step.left_out or step is result.populations[0]
    ]
    died = left = 0
    for step in result.visits:
        died, left = died + step.died, left + step.left
        if step.visit.label in visits:
            hover = words.visit_hover(step)
            parts = (
                Part(step.followed, ACCENT, "", hover),
                Part(left, UNKNOWN, "", hover, edge=QUIET),
                Part(died, GONE, "", hover),
            )
            lines.append(Line(step.visit.label, words.visit_number(step, died, left, (QUIET, GONE)), parts))
    return _tall(bars_figure(tuple(lines), enrolled, ROWS, SMALL))


def small_survival_figure(result: Survival) -> Figure:
    """The curves to two years without bands or counts, the groups named at their ends."""
    view = View(TWO_YEARS, TICKS, TICK_LABELS, (), band=False)
    place = places(result.groups.levels)
    traces: list[dict[str, Any]] = []
    for curve in result.curves:
        drawn = curve_traces(curve, colour(place[curve.label]), dash(place[curve.label]), view)
        traces += [trace for trace in drawn if trace["mode"] == "lines"]
    longest = max((len(label) for label in result.groups.labels), default=0)
    names = end_labels(result.groups.labels, ends_of(result, TWO_YEARS), place, SMALL_GAP)
    return {
        "data": [{**trace, "showlegend": False} for trace in traces],
        "layout": layout(
            HEIGHT,
            margin={"l": 44, "r": min(14 + CHARACTER * longest, 130), "t": 10, "b": 42},
            xaxis=_small_axis(axis_title(0), range=[-10, 740], tickvals=list(TICKS), ticktext=list(TICK_LABELS),
                              showgrid=False),
            yaxis=_small_axis("", range=[-0.01, 1.03], tickformat=".0%", dtick=0.25),
            annotations=[{**name, "font": {**name["font"], "size": 13}} for name in names],
        ),
    }  # fmt: skip


def taper_figure(result: Course) -> Figure:
    """The mean at each visit, with its value above and the number of patients below."""
    points = [point for point in result.series[0].points if point.values.mean.value is not None]
    x = [point.visit.day for point in points]
    y = [point.values.mean.value for point in points]
    spaced = [point for i, point in enumerate(points) if not i or point.visit.day >= FIRST_LABELLED]
    top = max([40.0, *(1.2 * value for value in y if value is not None)])
    line = {
        "uid": "means", "mode": "lines+markers", "x": x, "y": y, "line": {"color": ACCENT, "width": 2.4},
        "marker": {"size": 8, "color": ACCENT}, "hoverinfo": "text", "text": [words.taper_hover(p) for p in points],
    }  # fmt: skip
    means = [point.values.mean.value for point in spaced]
    values = _words("values", [p.visit.day for p in spaced], means, [f"\u2009{words.mean_of(p)}" for p in spaced])
    return {
        "data": [line, {**values, "textposition": "top right"}, _counts(spaced, 0.045 * top)],
        "layout": layout(
            HEIGHT,
            margin={"l": 44, "r": 24, "t": 10, "b": 42},
            xaxis=_small_axis(words.taper_axis(), range=[-22, 790], tickvals=list(TICKS), ticktext=list(TICK_LABELS),
                              showgrid=False),
            yaxis=_small_axis("", range=[0, top], dtick=10 if top < 80 else 50),
        ),
    }  # fmt: skip


def _counts(spaced: list[Point], y: float) -> dict[str, Any]:
    """How many each mean speaks of; the first number says what it counts, and all stand clear of the axis."""
    counted = [point for point in spaced if not point.visit.day or point.visit.day >= FIRST_COUNTED]
    numbers = [words.taper_counts(p) if p is counted[0] else count(p.values.n) for p in counted]
    found = _words("counts", [point.visit.day for point in counted], [y] * len(counted), numbers)
    return {**found, "textposition": "middle right", "textfont": {"size": 11, "color": QUIET}}


def _words(uid: str, x: list[int], y: list[float | None] | list[float], text: list[str]) -> dict[str, Any]:
    return {"uid": uid, "mode": "text", "x": x, "y": y, "text": text, "textfont": {"size": SMALL}, "hoverinfo": "skip",
            "cliponaxis": False}  # fmt: skip


def _small_axis(title: str, **parts: object) -> dict[str, Any]:
    quiet = {"tickfont": {"size": SMALL}, "title": {"text": title, "font": {"size": SMALL}, "standoff": 6}}
    return axis(title, fixedrange=True, **parts) | quiet


def _tall(figure: Figure) -> Figure:
    return {**figure, "layout": {**figure["layout"], "height": HEIGHT}}
