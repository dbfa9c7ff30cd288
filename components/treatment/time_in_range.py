"""Time that each patient's trough (or other measurement) spent within a range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set, measured_to, no_level
from components.core.columns import positions
from components.core.estimate import Estimate, Reason, missing
from components.core.groups import Groups, OfGroup, groups
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.core.summary import DESCRIPTION, Summary, summary
from components.engine.time_in_range import time_in_range as interpolated
from data.cohort import Cohort
from data.entries import Factor, Measure
from data.language import say

LONGEST_GAP = 120
"""Days between two measurements beyond which nobody knows what happened in between."""


TIME_IN_RANGE = Procedure(
    "time-in-range",
    say("Time in range"),
    say("Time in range is by linear interpolation between consecutive values, not across long gaps."),
    say("Rosendaal 1993"),
    formula="linear interpolation between consecutive values no more than the longest gap apart",
    section="Courses",
    position=390,
)


@dataclass(frozen=True)
class PatientTime(OfGroup):
    """One patient's days below, within and above the range, out of the ``days`` that could be interpolated."""

    patient: str
    days: float
    below: float
    within: float
    above: float

    @property
    def percent(self) -> float:
        """Percentage of the interpolated days spent within the range."""
        return 100 * self.within / self.days


@dataclass(frozen=True)
class GroupTime(OfGroup):
    """A group's patients together: ``percent`` describes one percentage a patient, ``pooled`` is of all their days.

    ``unknown`` patients have no two measurements close enough; ``gaps`` intervals were too long to interpolate.
    """

    n: int
    unknown: int
    gaps: int
    days: float
    percent: Summary
    pooled: Estimate


@dataclass(frozen=True, eq=False)
class TimeInRange:
    """Time within ``low`` to ``high``; intervals of more than ``longest_gap`` days are not interpolated."""

    measure: Measure
    low: float
    high: float
    longest_gap: int
    groups: Groups
    series: tuple[GroupTime, ...]
    patients: tuple[PatientTime, ...]
    method: Method
    analysed: AnalysisSet

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the times were made with."""
        return listed((TIME_IN_RANGE, self.patients), (DESCRIPTION, self.patients))


def time_in_range(
    cohort: Cohort,
    measure: Measure,
    low: float,
    high: float,
    by: Factor | None = None,
    longest_gap: int = LONGEST_GAP,
    method: Method = PAPER,
) -> TimeInRange:
    """Time within ``low`` to ``high`` (inclusive) by linear interpolation between consecutive measurements.

    Days before day 0 do not count, although a value taken then shows where the line comes from.
    Source: Rosendaal 1993. Raises ValueError when low exceeds high.
    """
    grouped = groups(cohort, by)
    rows = cohort.measured(measure.key)
    rows = rows[rows["value"].notna().to_numpy()]
    patient = positions(cohort, rows["patient"])
    there = patient >= 0
    day, value = (rows[key].to_numpy(dtype=float)[there] for key in ("day", "value"))
    found = interpolated(patient[there], day, value, low, high, longest_gap, cohort.n, start=0)
    known = found.days > 0
    percent = np.divide(100 * found.within, found.days, out=np.full(cohort.n, np.nan), where=known)
    series = []
    for k, group in enumerate(grouped.present):
        own = grouped.codes == k
        days, within, inside = (
            float(found.days[own].sum()),
            float(found.within[own].sum()),
            summary(percent[own], method),
        )
        pooled = Estimate(100 * within / days) if days else missing(Reason.NOT_MEASURED)
        series.append(
            GroupTime(group, int(own.sum()), inside.missing, int(found.gaps[own].sum()), days, inside, pooled)
        )
    names = cohort.names.tolist()
    patients = tuple(
        PatientTime(
            patient=str(names[i]),
            group=grouped.present[grouped.codes[i]],
            days=float(found.days[i]),
            below=float(found.below[i]),
            within=float(found.within[i]),
            above=float(found.above[i]),
        )
        for i in np.flatnonzero(known & (grouped.codes >= 0))
    )
    analysed = measured_to(
        analysis_set(cohort, (no_level(grouped), (~known, Exclusion(Why.NO_INTERVAL, measure.label)))),
        np.max(day[(known & (grouped.codes >= 0))[patient[there]]], initial=0),
    )
    return TimeInRange(measure, low, high, longest_gap, grouped, tuple(series), patients, method, analysed)
