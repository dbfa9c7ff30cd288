"""The course of a measurement in every cohort of an ensemble: how many are measured, their means and medians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.envelope import Envelope, Openness, envelope
from components.core.groups import OfGroup
from components.core.procedure import Procedure
from components.core.summary import summaries
from components.courses.analysis import scaled, visit_values
from components.survival.reconstructions import ACROSS, group_codes
from data.ensemble import positions

if TYPE_CHECKING:
    from components.courses.analysis import Course
    from data.dictionary import Factor
    from data.ensemble import Ensemble
    from data.filters import Filter


@dataclass(frozen=True)
class SeriesAcross(OfGroup):
    """One series over all cohorts, a range each visit of the dictionary: patients measured, their mean and median."""

    measured: tuple[Envelope, ...]
    means: tuple[Envelope, ...]
    medians: tuple[Envelope, ...]


@dataclass(frozen=True)
class CourseAcross:
    """The ``series`` of a course over ``members`` cohorts."""

    members: int
    series: tuple[SeriesAcross, ...]

    def openness(self, places: int) -> tuple[Openness, ...]:
        """How open each number is that some cohort gives, means and medians printed with ``places`` decimals."""
        found = []
        for one in self.series:
            found += [n.openness(0) for n in one.measured if n.most]
            found += [value.openness(places) for value in (*one.means, *one.medians) if value.known]
        return tuple(found)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,) if self.series else ()


def course_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Course) -> CourseAcross:
    """What ``shown``, the course by ``by`` of those whom ``chosen`` keeps, is in every cohort of ``ensemble``.

    Groups, scale and choice of values are those of ``shown``.
    """
    cohort, m = chosen.of(ensemble.stack), ensemble.n
    if not shown.series or not cohort.n:
        return CourseAcross(m, ())
    raw = visit_values(cohort, shown.measure, receiving_only=shown.receiving_only)
    start = raw[:, :1]
    values = scaled(np.where(np.isnan(start), np.nan, raw) if shown.only_pairs else raw, start, shown.scale)
    codes, member = group_codes(cohort, by, shown.groups.present), positions(cohort)
    series = []
    for k, group in enumerate(shown.groups.present):
        each = [summaries(values[(codes == k) & (member == place)], shown.method) for place in range(m)]
        ranges = [
            tuple(envelope(column) for column in np.array(rows, dtype=np.float64).T)
            for rows in (
                [[one.n for one in visits] for visits in each],
                [[_number(one.distribution.mean) for one in visits] for visits in each],
                [[_number(one.distribution.median) for one in visits] for visits in each],
            )
        ]
        series.append(SeriesAcross(group, *ranges))
    return CourseAcross(m, tuple(series))


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)
