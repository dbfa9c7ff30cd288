"""The warning that later visits speak of far fewer patients than the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import count, joined, patients
from components.courses.words import ALL_VALUES
from data.language import say

if TYPE_CHECKING:
    from components.courses.analysis import Course

NAMED = 3
"""So many measurements are named one by one."""


def few_left_notice(results: tuple[Course, ...]) -> str:
    """A warning where later visits speak of far fewer patients than the first; blank where they do not."""
    thin = [result.measure.label for result in results if any(series.few_left for series in result.series)]
    if not thin:
        return ""
    named = joined(thin) if len(thin) <= NAMED else ALL_VALUES if len(thin) == len(results) else say("Most values")
    return say(
        "{named}: the number measured falls by more than a third, {worst}. Later values are those of "
        "patients who survived, stayed and were measured; they are not the course of everybody who "
        "started.",
        named=named,
        worst=_worst(results),
    )


def _worst(results: tuple[Course, ...]) -> str:
    """Where the number measured falls the furthest: ``most for AaDO₂ in CADM, from 18 patients to 2``."""
    falls = []
    for result in results:
        for series in result.series:
            at = [point.measured for point in series.points if point.measured]
            if series.few_left:
                measure = result.measure.label if len(results) > 1 else ""
                falls.append((min(at) / at[0], measure, series.label if result.groups.title else "", at))
    _, measure, group, at = min(falls, key=lambda fall: fall[0])
    first, last = patients(at[0]), count(min(at))
    if measure and group:
        return say(
            "most for {measure} in {group}, from {first} to {last}",
            measure=measure,
            group=group,
            first=first,
            last=last,
        )
    if measure:
        return say("most for {measure}, from {first} to {last}", measure=measure, first=first, last=last)
    if group:
        return say("most in {group}, from {first} to {last}", group=group, first=first, last=last)
    return say("from {first} to {last}", first=first, last=last)
