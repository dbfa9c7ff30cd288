"""The axes a course is drawn in: taken from the whole population, so that a filter does not move them."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from components.core.columns import positions
from components.courses.analysis import Scale, scaled, visit_values
from data.cohort import Cohort
from data.entries import Measure, Visit

TAIL = 0.025
"""Share of the values at each end that the axis of means and medians may leave out."""


@dataclass(frozen=True)
class AxisRange:
    """``visits`` are those with any value; ``low`` to ``high`` hold the middle 95 %, ``least`` to ``most`` all values.

    ``last_day`` is the last day with a value. Without any value the range is 0 to 1.
    """

    visits: tuple[Visit, ...]
    low: float
    high: float
    least: float
    most: float
    last_day: int


_found: WeakKeyDictionary[Cohort, dict[tuple[str, Scale, bool], AxisRange]] = WeakKeyDictionary()
"""What was answered for a population, for as long as the population itself is kept."""


def axis_range(
    cohort: Cohort, measure: Measure, scale: Scale = "absolute", *, receiving_only: bool = False
) -> AxisRange:
    """Visits and values of ``measure`` in ``cohort``; with ``receiving_only`` values above 0 alone."""
    known = _found.setdefault(cohort, {})
    asked = (measure.key, scale, receiving_only)
    if asked not in known:
        known[asked] = _extent(cohort, measure, scale, receiving_only=receiving_only)
    return known[asked]


def highest(cohort: Cohort, measure: Measure) -> float:
    """A round number that no value of ``measure`` in ``cohort`` exceeds, 1, 2 or 5 times a power of ten."""
    most = axis_range(cohort, measure).most
    power = 10.0 ** np.floor(np.log10(most)) if most > 0 else 1.0
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= most))


def _extent(cohort: Cohort, measure: Measure, scale: Scale, *, receiving_only: bool) -> AxisRange:
    raw = visit_values(cohort, measure, receiving_only=receiving_only)
    measured = (~np.isnan(raw)).sum(axis=0).tolist()
    visits = tuple(visit for visit, some in zip(cohort.dictionary.visits, measured, strict=True) if some)
    values = scaled(raw, raw[:, :1], scale)
    known = values[~np.isnan(values)]
    if not len(known):
        return AxisRange(visits, 0.0, 1.0, 0.0, 1.0, 0)
    every = _all_values(cohort, measure, scale, raw[:, 0])
    low, high = np.quantile(known, [TAIL, 1 - TAIL])
    days = cohort.measured(measure.key)["day"].to_numpy()
    return AxisRange(
        visits, float(low), float(high), float(np.min(every, initial=low)), float(np.max(every, initial=high)),
        int(days.max()),
    )  # fmt: skip


def _all_values(cohort: Cohort, measure: Measure, scale: Scale, start: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = cohort.measured(measure.key)
    values = scaled(rows["value"].to_numpy(dtype=float), start[positions(cohort, rows["patient"])], scale)
    known: NDArray[np.float64] = values[~np.isnan(values)]
    return known
