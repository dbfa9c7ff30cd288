"""The table and the sentence of what equally faithful reconstructions give for a course."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.envelope import Ranged
from components.core.envelope_words import (
    RangesSaid,
    Verdict,
    explained,
    heading,
    n_percent_spread,
    spread,
    verdict,
)
from components.core.numbers import EN_DASH, inside
from components.core.table import Table
from components.courses.words import MEASURED, measure_title, measured_visits, places_of, under_each_other
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.core.across import SharesAcross
    from components.core.envelope import Envelope
    from components.courses.analysis import Course
    from components.courses.reconstructions import CourseAcross, SeriesAcross

MEAN, MEDIAN = say("mean"), say("median")


def ranged(series: SeriesAcross, shown: Course) -> tuple[tuple[str, tuple[Ranged, ...]], ...]:
    """The rows of one series, by name: at each visit measured its range of patients, of their mean and median."""
    at, places = measured_visits(shown), places_of(shown.measure, shown.scale)
    visits = [shown.series[0].points[v].visit.label for v in at]
    of = f", {series.label}" if shown.groups.title else ""

    def row(name: str, found: tuple[Envelope, ...], decimals: int) -> tuple[str, tuple[Ranged, ...]]:
        cells = [
            Ranged(say("{name} at {visit}{of}", name=inside(name), visit=inside(visit), of=of), found[v], decimals)
            for v, visit in zip(at, visits, strict=True)
        ]
        return name, tuple(cells)

    return row(MEASURED, series.measured, 0), row(MEAN, series.means, places), row(MEDIAN, series.medians, places)


Rows = tuple[tuple[str, tuple[Ranged, ...]], ...]
"""The rows of one series by name, a number each visit."""


def across_table(found: CourseAcross, shown: Course, listed: Sequence[Rows] = ()) -> Table:
    """One block a group; at each visit the range of the patients measured, of their mean and of their median.

    ``listed`` are the rows of each series, where they are known already.
    """
    at = measured_visits(shown)
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    blocks = listed or [ranged(series, shown) for series in found.series]
    for series, block in zip(found.series, blocks, strict=True):
        strong.add(len(rows))
        rows.append((series.label, *("" for _ in at)))
        for name, cells in block:
            rows.append((name, *(spread(one) if one.found.known else EN_DASH for one in cells)))
        for part, shares in zip(_sides(shown), series.parts, strict=False):
            rows.append((part, *(_share(shares, v) for v in at)))
    inner = frozenset(range(len(rows))) - strong
    visits = [shown.series[0].points[v].visit.label for v in at]
    caption = explained(found.members)
    return Table((heading(found.members), *visits), tuple(rows), caption, frozenset(strong), inner, light=True)


def courses_said(found: Sequence[CourseAcross], shown: Sequence[Course]) -> RangesSaid:
    """The tables of several measurements under one another, and the verdict on all of them."""
    measured = [(one, of) for one, of in zip(found, shown, strict=True) if one.series and measured_visits(of)]
    if not measured:
        return (), verdict((), 0)
    members = measured[0][0].members
    titles = [measure_title(of.measure, of.scale) for _, of in measured]
    listed = [[ranged(series, of) for series in one.series] for one, of in measured]
    tables = [
        replace(across_table(*pair, rows), caption=title)
        for pair, title, rows in zip(measured, titles, listed, strict=True)
    ]
    joined = under_each_other(tables, [of for _, of in measured], heading(members))
    numbers = [
        replace(one, what=f"{inside(title)}, {one.what}")
        for blocks, title in zip(listed, titles, strict=True)
        for block in blocks
        for _, cells in block
        for one in cells
    ]
    return (replace(joined, caption=explained(members), light=True),), verdict(numbers, members)


def _sides(shown: Course) -> tuple[str, ...]:
    if shown.band is None:
        return ()
    low, high = (f"{end:g}" if end is not None else "" for end in shown.band)
    return (
        say("below {low}, n (%)", low=low),
        say("{low} to {high}, n (%)", low=low, high=high),
        say("above {high}, n (%)", high=high),
    )


def _share(shares: SharesAcross, v: int) -> str:
    percent = Ranged("", shares.percent[v], 1)
    return n_percent_spread(Ranged("", shares.n[v]), percent) if percent.found.known else EN_DASH


def across_verdict(found: CourseAcross | None, shown: Course) -> Verdict:
    """Whether the paper fixes what is shown; nothing where there are no ranges."""
    if found is None:
        return verdict((), 0)
    numbers = [one for series in found.series for _, cells in ranged(series, shown) for one in cells]
    return verdict(numbers, found.members)
