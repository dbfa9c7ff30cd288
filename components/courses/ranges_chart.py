"""The least and the most of a course over reconstructions, as dotted lines beside its points."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from components.chart.colours import colour
from components.chart.marks import Line, Stroke
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import LEAST, MOST
from components.courses import words
from components.courses.reconstructions_words import ranged

if TYPE_CHECKING:
    from components.courses.analysis import Course
    from components.courses.reconstructions import CourseAcross
    from data.entries import Visit

MOST_OUTLINED = 3
"""The lines of more groups than this would hide each other; their ranges stand in the table."""


def outlines(
    found: CourseAcross | None, shown: Course, visits: tuple[Visit, ...], form: words.Form, places: dict[str, int]
) -> dict[str, list[Line]]:
    """By the id of each group two dotted lines, at the ``visits``; none of one that the paper fixes at each.

    They are those of the means, or of the medians where ``form`` draws these, from visit to visit as long as enough
    patients are measured to join its points.
    """
    if found is None or len(found.series) > MOST_OUTLINED:
        return {}
    measured = words.measured_visits(shown)
    at = {visit.key: i for i, visit in enumerate(visits)}
    lines: dict[str, list[Line]] = {}
    for across, series in zip(found.series, shown.series, strict=True):
        _, means, medians = (cells for _, cells in ranged(across, shown))
        points = [
            (series.points[v], one) for v, one in zip(measured, means if form == "mean" else medians, strict=True)
        ]
        if all(one.openness is Openness.FIXED for _, one in points):
            continue
        many = [(point.measured >= words.FEWEST_JOINED and one.found.known > 0, at[point.visit.key], one)
                for point, one in points if point.visit.key in at]  # fmt: skip
        runs = [
            [(float(x), one) for _, x, one in run] for joined, run in groupby(many, key=lambda one: one[0]) if joined
        ]
        lines[across.group.id] = [
            line
            for i, run in enumerate(runs)
            for line in _pair(run, shown, across.group.id, places[across.group.id], i)
        ]
    return lines


def _pair(run: list[tuple[float, Ranged]], shown: Course, group: str, place: int, part: int) -> list[Line]:
    stroke, again = Stroke(colour(place), 1.5, "dot", 0.9), f", part {part + 1}" if part else ""
    sides = (("least", LEAST, [one.found.least for _, one in run]), ("most", MOST, [one.found.most for _, one in run]))
    return [
        Line(f"{shown.measure.key} {group} {side}{again}", [x for x, _ in run], values, stroke, group, what=what)
        for side, what, values in sides
    ]
