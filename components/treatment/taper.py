"""How many of those measured stand above or below a threshold, visit by visit."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set, measured_to, no_level
from components.core.columns import Share
from components.core.groups import Groups, groups
from components.courses.analysis import visit_values
from data.cohort import Cohort
from data.entries import Factor, Measure, Visit

Comparison = Literal["≤", "<", ">", "≥"]
COMPARED = {"≤": operator.le, "<": operator.lt, ">": operator.gt, "≥": operator.ge}


@dataclass(frozen=True)
class Threshold:
    """The values on one side of ``value``, for example at most 7.5 mg/day."""

    comparison: Comparison
    value: float


STEROID_THRESHOLDS = (Threshold("≤", 5), Threshold("≤", 7.5), Threshold("≤", 10), Threshold(">", 30))
"""The doses of prednisolone (mg/day) by which tapering is judged; the paper prints the last at the start."""


@dataclass(frozen=True, eq=False)
class Shares:
    """``rows[t][k][v]``: patients beyond threshold t, out of those of group k with a value at visit v."""

    measure: Measure
    receiving_only: bool
    thresholds: tuple[Threshold, ...]
    groups: Groups
    visits: tuple[Visit, ...]
    rows: tuple[tuple[tuple[Share, ...], ...], ...]
    analysed: AnalysisSet

    def cell(self, threshold: Threshold, visit: str, group: str) -> Share:
        """The share of one group, by id, at the visit so labelled. Raises KeyError where there is none."""
        visits = [entry.key for entry in self.visits]
        ids = [level.id for level in self.groups.present]
        if threshold not in self.thresholds or visit not in visits or group not in ids:
            raise KeyError((threshold, visit, group))
        row = self.rows[self.thresholds.index(threshold)]
        return row[ids.index(group)][visits.index(visit)]


def shares(
    cohort: Cohort,
    measure: Measure,
    thresholds: tuple[Threshold, ...] = STEROID_THRESHOLDS,
    by: Factor | None = None,
    *,
    receiving_only: bool = False,
) -> Shares:
    """The share of the patients measured who stand beyond each threshold, by visit and by the levels of ``by``.

    ``receiving_only`` keeps values above 0, so that the shares are out of those who receive the drug.
    """
    grouped = groups(cohort, by)
    values = visit_values(cohort, measure, receiving_only=receiving_only)
    measured = ~np.isnan(values)
    members = [grouped.codes == k for k in range(len(grouped.present))]
    of = [measured[own].sum(axis=0).tolist() for own in members]
    rows = []
    for threshold in thresholds:
        beyond = COMPARED[threshold.comparison](values, threshold.value)
        counts = [beyond[own].sum(axis=0).tolist() for own in members]
        rows.append(tuple(tuple(map(Share, n, d)) for n, d in zip(counts, of, strict=True)))
    left = (no_level(grouped), (~np.asarray(measured.any(axis=1)), Exclusion(Why.NOT_MEASURED, measure.label)))
    seen = measured[grouped.codes >= 0].any(axis=0)
    last = max((cohort.dictionary.visits[v].day for v in np.flatnonzero(seen)), default=0)
    analysed = measured_to(analysis_set(cohort, left), last)
    return Shares(measure, receiving_only, thresholds, grouped, cohort.dictionary.visits, tuple(rows), analysed)
