"""The course of a measurement in every cohort of an ensemble: how many are measured, their means and medians."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from components.core.across import ACROSS, SharesAcross, group_cells, shares_across
from components.core.envelope import Envelope, envelopes
from components.core.groups import OfGroup
from components.courses.analysis import scaled, visit_values
from components.engine.stacked_values import stacked_distributions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from components.core.procedure import Procedure
    from components.courses.analysis import Band, Course
    from data.ensemble import Ensemble
    from data.entries import Factor, Measure
    from data.filters import Filter


@dataclass(frozen=True)
class SeriesAcross(OfGroup):
    """One series over all cohorts, a range each visit of the dictionary: patients measured, their mean and median.

    ``parts`` are the patients below, within and above the band of the course, out of those measured; none without one.
    """

    measured: tuple[Envelope, ...]
    means: tuple[Envelope, ...]
    medians: tuple[Envelope, ...]
    parts: tuple[SharesAcross, ...] = ()


@dataclass(frozen=True)
class CourseAcross:
    """The ``series`` of a course over ``members`` cohorts."""

    members: int
    series: tuple[SeriesAcross, ...]

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,) if self.series else ()


def course_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Course) -> CourseAcross:
    """What ``shown``, the course by ``by`` of those whom ``chosen`` keeps, is in every cohort of ``ensemble``.

    Groups, scale and choice of values are those of ``shown``.
    """
    return courses_across(ensemble, chosen, by, (shown,))[0]


def courses_across(
    ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Sequence[Course]
) -> tuple[CourseAcross, ...]:
    """As ``course_across`` of several measurements of the same patients in the same groups, described together."""
    m, present = ensemble.n, shown[0].groups.present
    cell, cells = group_cells(ensemble, chosen, by, present)
    if not shown[0].series or not (cell >= 0).any():
        return tuple(CourseAcross(m, ()) for _ in shown)
    values = _together(ensemble, shown)
    found = stacked_distributions(values, cell, cells)
    numbers = np.stack([found.n.astype(np.float64), found.mean, found.median]).reshape(3, m, len(present), -1)
    # One envelope for each number, group and visit of every measurement, in that order, all looked for at once.
    ranges = iter(envelopes(numbers.transpose(1, 0, 2, 3).reshape(m, -1)))
    sizes, means, medians = [[tuple(islice(ranges, numbers.shape[3])) for _ in present] for _ in numbers]
    each = values.shape[1] // len(shown)
    across = []
    for i, one in enumerate(shown):
        visits = slice(i * each, (i + 1) * each)
        parts = _parts(values[:, visits], cell, (m, len(present)), one.band)
        series = (
            SeriesAcross(group, sizes[k][visits], means[k][visits], medians[k][visits], parts[k])
            for k, group in enumerate(present)
        )
        across.append(CourseAcross(m, tuple(series)))
    return tuple(across)


def _together(ensemble: Ensemble, shown: Sequence[Course]) -> NDArray[np.float64]:
    """The values of all that is shown beside one another, (n, V) for V visits of each; as measured they are kept."""

    def beside() -> NDArray[np.float64]:
        return np.concatenate([_values(ensemble, one) for one in shown], axis=1)

    if len(shown) == 1 or any(one.only_pairs or one.scale != "absolute" for one in shown):
        return beside()
    keys = (f"{one.measure.key} {one.receiving_only}" for one in shown)
    return ensemble.once(("visits beside one another", *keys), beside)


def _values(ensemble: Ensemble, shown: Course) -> NDArray[np.float64]:
    """The value at each visit of each patient of all cohorts, on the scale and by the choice of what is shown."""
    raw = values_across(ensemble, shown.measure, receiving_only=shown.receiving_only)
    start = raw[:, :1]
    return scaled(np.where(np.isnan(start), np.nan, raw) if shown.only_pairs else raw, start, shown.scale)


def values_across(ensemble: Ensemble, measure: Measure, *, receiving_only: bool = False) -> NDArray[np.float64]:
    """The value at each visit of each patient of all cohorts, (n, V), as ``visit_values`` gives them."""
    return ensemble.once(
        ("visits", measure.key, str(receiving_only)),
        lambda: visit_values(ensemble.stack, measure, receiving_only=receiving_only),
    )


def counted_across(marked: NDArray[np.bool_], cell: NDArray[np.int64], shape: tuple[int, int]) -> NDArray[np.int64]:
    """How many patients of each cell are ``marked`` (n, V) at each visit, (M, K, V) for M cohorts and K groups."""
    columns = marked.shape[1]
    row, visit = np.nonzero(marked & (cell >= 0)[:, None])
    found = np.bincount(cell[row] * columns + visit, minlength=shape[0] * shape[1] * columns)
    counted: NDArray[np.int64] = found.reshape(*shape, columns)
    return counted


def _parts(
    values: NDArray[np.float64], cell: NDArray[np.int64], shape: tuple[int, int], band: Band | None
) -> list[tuple[SharesAcross, ...]]:
    if band is None:
        return [()] * shape[1]
    low, high = (side if side is not None else end for side, end in zip(band, (-np.inf, np.inf), strict=True))
    measured = counted_across(~np.isnan(values), cell, shape)
    below, above = counted_across(values < low, cell, shape), counted_across(values > high, cell, shape)
    sides = (below, measured - below - above, above)
    return [tuple(shares_across(part[:, k], measured[:, k]) for part in sides) for k in range(shape[1])]
