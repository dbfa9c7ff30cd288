"""The course of a measurement over the visits: what it is like among those measured, and how many those are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set, measured_to, no_level
from components.core.columns import Share, positions
from components.core.groups import Groups, OfGroup, groups
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.core.summary import DESCRIPTION, Summary, summaries
from components.courses.attendance import followed_to
from data.cohort import Cohort
from data.entries import Factor, Measure, Visit

Scale = Literal["absolute", "change", "percent change"]
Band = tuple[float | None, float | None]
"""Lower and upper limit, both inclusive; None leaves a side open."""


@dataclass(frozen=True)
class Point:
    """One visit of one series.

    ``values`` describes those measured. Everybody of the series is ``followed`` (into the visit's window), ``died`` or
    ``left`` before it. ``below``, ``within`` and ``above`` the band are out of those measured; None without a band.
    ``before`` describes the same patients on day 0, where only pairs are shown. ``few_left``: more than a third fewer
    are measured than at the first visit that has a value.
    """

    visit: Visit
    values: Summary
    followed: int
    died: int
    left: int
    below: Share | None
    within: Share | None
    above: Share | None
    before: Summary | None
    few_left: bool

    @property
    def measured(self) -> int:
        """Patients with a value at the visit."""
        return self.values.n

    @property
    def described(self) -> bool:
        """Whether there are numbers of their values, which of too few are withheld where small counts are hidden."""
        return self.values.median.known


@dataclass(frozen=True)
class Series(OfGroup):
    """The points of ``n`` patients, one a visit of the dictionary."""

    n: int
    points: tuple[Point, ...]

    @property
    def few_left(self) -> bool:
        """Whether so many fewer are measured at any later visit that its numbers speak of those who remain."""
        return any(point.few_left for point in self.points)


@dataclass(frozen=True, eq=False)
class Lines:
    """Every single value, by patient and day: whose, the position of the group, the day and the value, (m,) each."""

    patients: tuple[str, ...]
    codes: NDArray[np.int64]
    days: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Course:
    """One series a group; the same apart for those who ``stayed`` (followed into the last visit) and who ``departed``.

    Nothing is carried forward: every point is about those measured in its window. ``lines`` are single patients' values
    and never leave the memory.
    """

    measure: Measure
    scale: Scale
    only_pairs: bool
    receiving_only: bool
    band: Band | None
    groups: Groups
    series: tuple[Series, ...]
    stayed: tuple[Series, ...]
    departed: tuple[Series, ...]
    lines: Lines
    method: Method
    analysed: AnalysisSet

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the points were made with."""
        measured = any(point.measured for series in self.series for point in series.points)
        return listed((DESCRIPTION, measured))

    def point(self, visit: str, group: str) -> Point:
        """The point of a group, by id, at the visit so labelled. Raises KeyError where there is none."""
        for series in self.series:
            for point in series.points:
                if (series.group.id, point.visit.key) == (group, visit):
                    return point
        raise KeyError((visit, group))


def course(  # noqa: PLR0913 - each is a choice on a page
    cohort: Cohort,
    measure: Measure,
    by: Factor | None = None,
    scale: Scale = "absolute",
    *,
    only_pairs: bool = False,
    receiving_only: bool = False,
    band: Band | None = None,
    apart: bool = True,
    method: Method = PAPER,
) -> Course:
    """The course of ``measure`` by the levels of ``by``, one point a visit of the dictionary.

    ``scale`` "change" and "percent change" are against the patient's own value on day 0 and leave out who has none (or
    0, for percent). ``only_pairs`` keeps at each visit the patients who also have a value on day 0. ``receiving_only``
    keeps values above 0, the doses of those who receive the drug. ``band``, on the chosen scale, gives the shares.
    Without ``apart`` those who stayed and departed are not described.
    """
    grouped = groups(cohort, by)
    raw = visit_values(cohort, measure, receiving_only=receiving_only)
    start = raw[:, :1]
    values = scaled(np.where(np.isnan(start), np.nan, raw) if only_pairs else raw, start, scale)
    before = np.where(np.isnan(values), np.nan, start) if only_pairs else None
    table = _Table(cohort.dictionary.visits, values, before, followed_to(cohort), _died(cohort))
    stayed = table.followed[:, -1]

    def series(chosen: NDArray[np.bool_]) -> tuple[Series, ...]:
        members = [chosen & (grouped.codes == k) for k in range(len(grouped.present))]
        return tuple(
            Series(group, int(own.sum()), _points(table.of(own), band, method))
            for group, own in zip(grouped.present, members, strict=True)
        )

    lines = _lines(cohort, measure, grouped, start[:, 0], scale, receiving_only=receiving_only, only_pairs=only_pairs)
    return Course(
        measure=measure,
        scale=scale,
        only_pairs=only_pairs,
        receiving_only=receiving_only,
        band=band,
        groups=grouped,
        series=series(np.ones(cohort.n, dtype=bool)),
        stayed=series(stayed) if apart else (),
        departed=series(~stayed) if apart else (),
        lines=lines,
        method=method,
        analysed=_analysed(cohort, measure, grouped, values, lines),
    )


def _analysed(
    cohort: Cohort, measure: Measure, grouped: Groups, values: NDArray[np.float64], lines: Lines
) -> AnalysisSet:
    drawn = cohort.names.isin(set(lines.patients)).to_numpy(dtype=bool) | ~np.isnan(values).all(axis=1)
    analysed = analysis_set(cohort, (no_level(grouped), (~drawn, Exclusion(Why.NOT_MEASURED, measure.label))))
    return measured_to(analysed, int(np.max(lines.days, initial=0)))


def _died(cohort: Cohort) -> NDArray[np.bool_]:
    return ~np.isnan(cohort.numbers("death_day"))


def visit_values(cohort: Cohort, measure: Measure, *, receiving_only: bool = False) -> NDArray[np.float64]:
    """Each patient's value of ``measure`` at each visit, (n, V); not a number where none counts."""
    slots = {visit.key: v for v, visit in enumerate(cohort.dictionary.visits)}
    rows = cohort.measured_by_visit(measure.key)
    patient = positions(cohort, rows["patient"])
    visit = rows["visit"].map(slots).to_numpy(dtype=np.int64)
    value = rows["value"].to_numpy(dtype=float)
    kept = (patient >= 0) & ((value > 0) | (not receiving_only))
    values = np.full((cohort.n, len(slots)), np.nan)
    values[patient[kept], visit[kept]] = value[kept]
    return values


def scaled(values: NDArray[np.float64], start: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """``values`` on the chosen scale, against ``start`` of a shape that fits; not a number where there is no answer."""
    if scale == "absolute":
        return values
    change: NDArray[np.float64] = values - start
    if scale == "change":
        return change
    percent: NDArray[np.float64] = np.divide(100 * change, start, out=np.full(change.shape, np.nan), where=start != 0)
    return percent


@dataclass(frozen=True, eq=False)
class _Table:
    """What points are made of: ``values``, ``before`` (those patients on day 0), ``followed`` (n, V); ``died`` (n,)."""

    visits: tuple[Visit, ...]
    values: NDArray[np.float64]
    before: NDArray[np.float64] | None
    followed: NDArray[np.bool_]
    died: NDArray[np.bool_]

    def of(self, own: NDArray[np.bool_]) -> _Table:
        """The rows of some patients."""
        before = None if self.before is None else self.before[own]
        return _Table(self.visits, self.values[own], before, self.followed[own], self.died[own])


def _points(table: _Table, band: Band | None, method: Method) -> tuple[Point, ...]:
    values, gone = table.values, ~table.followed
    measured = (~np.isnan(values)).sum(axis=0)
    first = next((int(n) for n in measured if n), 0)
    described = summaries(values, method)
    before = None if table.before is None else summaries(table.before, method)
    points = []
    for v, visit in enumerate(table.visits):
        below, within, above = _shares(values[:, v], band)
        point = Point(
            visit=visit,
            values=described[v],
            followed=int(table.followed[:, v].sum()),
            died=int((table.died & gone[:, v]).sum()),
            left=int((~table.died & gone[:, v]).sum()),
            below=below,
            within=within,
            above=above,
            before=None if before is None else before[v],
            few_left=bool(0 < 3 * measured[v] < 2 * first),
        )
        points.append(point)
    return tuple(points)


def _shares(values: NDArray[np.float64], band: Band | None) -> tuple[Share | None, Share | None, Share | None]:
    if band is None:
        return None, None, None
    low, high = (side if side is not None else end for side, end in zip(band, (-np.inf, np.inf), strict=True))
    n, below, above = int((~np.isnan(values)).sum()), int((values < low).sum()), int((values > high).sum())
    return Share(below, n), Share(n - below - above, n), Share(above, n)


def _lines(
    cohort: Cohort,
    measure: Measure,
    grouped: Groups,
    start: NDArray[np.float64],
    scale: Scale,
    *,
    receiving_only: bool,
    only_pairs: bool,
) -> Lines:
    rows = cohort.measured(measure.key)
    patient = positions(cohort, rows["patient"])
    raw = rows["value"].to_numpy(dtype=float)
    began = np.append(start, np.nan)[patient]
    values = scaled(raw, began, scale)
    group = np.append(grouped.codes, -1)[patient]
    kept = (group >= 0) & ~np.isnan(values) & ((raw > 0) | (not receiving_only)) & (~np.isnan(began) | (not only_pairs))
    order = np.flatnonzero(kept)
    order = order[np.lexsort((rows["day"].to_numpy()[order], patient[order]))]
    names = cohort.names.to_numpy()
    return Lines(
        patients=tuple(str(name) for name in names[patient[order]]),
        codes=group[order],
        days=rows["day"].to_numpy(dtype=np.int64)[order],
        values=values[order],
    )
