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


def thinned_notice(results: tuple[Course, ...]) -> str:
    """A warning where later visits speak of far fewer patients than the first; blank where they do not."""
    thin = [result.measure.label for result in results if any(series.thinned for series in result.series)]
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
            if series.thinned:
                which = say(" for {label}", label=result.measure.label) if len(results) > 1 else ""
                falls.append(
                    (
                        min(at) / at[0],
                        f"{which}{(say(' in {label}', label=series.label) if result.groups.title else '')}",
                        at,
                    )
                )
    _, where, at = min(falls, key=lambda fall: fall[0])
    return (
        say("most{where}, from {patients} to {at}", where=where, patients=patients(at[0]), at=count(min(at)))
        if where
        else say("from {patients} to {at}", patients=patients(at[0]), at=count(min(at)))
    )
