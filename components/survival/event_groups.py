"""A cohort divided for a survival comparison: its groups, counted by day, from the day on which the clock starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from components.core.analysis_set import AnalysisSet, analysis_set, no_level
from components.core.groups import Groups, groups
from components.engine.event_table import EventTable, coded_days, event_table
from components.survival.landmark import Landmark, landmark
from data.counted import Counted, RowsElsewhereError

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.entries import Endpoint, Factor


@dataclass(frozen=True, eq=False)
class GroupedEvents:
    """The patients who are compared, their ``groups`` and event ``table``; days count from the ``landmark``.

    In ``table`` follow-up ends where that of ``analysed`` does; ``followed`` is the same without that end. ``counted``
    are the patients, as rows or as counts.
    """

    counted: Cohort | Counted
    groups: Groups
    table: EventTable
    followed: EventTable
    landmark: Landmark[Any] | None
    analysed: AnalysisSet

    @property
    def cohort(self) -> Cohort:
        """The patients by their rows. Raises RowsElsewhereError where there are only counts."""
        if isinstance(self.counted, Counted):
            raise RowsElsewhereError
        return self.counted


def grouped_events(
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor | None = None,
    landmark_day: int | None = None,
    until: int | None = None,
) -> GroupedEvents:
    """``cohort`` by the levels of ``factor``. A factor that becomes known after the start needs ``landmark_day``.

    With ``until``, a day since the start of treatment, only events up to and on it count.

    Raises ValueError without one, or with one before the factor is known or not before ``until``.
    """
    start = None
    counted, everybody = cohort.counted_by(factor, endpoint), cohort.counted_by(factor, cohort.dictionary.leading)
    if factor is not None and factor.post_baseline:
        if landmark_day is None:
            raise ValueError(f"{factor.label} becomes known after the start of treatment: choose a landmark day")
        everybody = cohort.counted_by(factor, endpoint, cohort.dictionary.leading)
        start = landmark(everybody, endpoint, factor, landmark_day)
        counted = start.cohort
    found = groups(counted, factor)
    days, had = counted.time_to(endpoint)
    begin = start.day if start else 0
    if until is not None and until <= begin:
        raise ValueError(f"follow-up until day {until} leaves nothing after day {begin}")
    followed = event_table(days - begin, had, found.codes, max(len(found.present), 1), counted.weights)
    table = followed if until is None else followed.censored_at(until - begin)
    left = start.left if start else (no_level(found if everybody is counted else groups(everybody, factor)),)
    analysed = analysis_set(everybody, left, start=begin, until=until)
    return GroupedEvents(counted, found, table, followed, start, analysed)


def event_tables(
    cohort: Cohort, endpoint: Endpoint, factors: Sequence[Factor], until: int | None = None
) -> tuple[EventTable, ...]:
    """The event table of each of the factors, from one pass over the patients or from the counts of their database.

    With ``until`` only events up to and on that day count, and nobody is followed beyond it.
    """
    counted = cohort.counted_each(endpoint, factors)
    found = []
    if cohort.rows_at_hand:
        days, had = cohort.time_to(endpoint)
        if until is not None:
            days, had = np.minimum(days, until), had & (days <= until)
        return coded_days(days, had).tables((cohort.codes(factor), len(factor.levels)) for factor in factors)
    for factor, rows in zip(factors, counted, strict=True):
        table = event_table(*rows.time_to(endpoint), rows.codes(factor), len(factor.levels), rows.weights)
        found.append(table if until is None else table.censored_at(until))
    return tuple(found)
