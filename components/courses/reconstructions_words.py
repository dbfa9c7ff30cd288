"""The table and the sentence of what equally faithful reconstructions give for a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope_words import explained, spread, verdict
from components.core.numbers import EN_DASH, count
from components.core.table import Table
from components.courses.words import MEASURED, measured_visits, places_of
from data.language import say

if TYPE_CHECKING:
    from components.core.envelope import Envelope
    from components.courses.analysis import Course
    from components.courses.reconstructions import CourseAcross


def across_table(found: CourseAcross, shown: Course) -> Table:
    """One block a group; at each visit the range of the patients measured, of their mean and of their median."""
    at, places = measured_visits(shown), places_of(shown.measure, shown.scale)
    rows: list[tuple[str, ...]] = []

    def row(name: str, ranges: tuple[Envelope, ...], decimals: int) -> None:
        rows.append((name, *(spread(ranges[v], decimals) if ranges[v].known else EN_DASH for v in at)))

    for series in found.series:
        rows.append((series.label, *("" for _ in at)))
        row(MEASURED, series.measured, 0)
        row(say("mean"), series.means, places)
        row(say("median"), series.medians, places)
    strong = frozenset(range(0, len(rows), 4))
    inner = frozenset(range(len(rows))) - strong
    visits = [shown.series[0].points[v].visit.label for v in at]
    head = say("Across {n} reconstructions", n=count(found.members))
    return Table((head, *visits), tuple(rows), explained(found.members), strong, inner)


def across_sentence(found: CourseAcross, shown: Course) -> str:
    """Whether the paper fixes what is shown."""
    return verdict(found.openness(places_of(shown.measure, shown.scale)), found.members)
