"""A cohort divided for a survival comparison: its groups, counted by day, from the day on which the clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.analysis_set import AnalysisSet, analysis_set, no_level
from components.core.groups import Groups, groups
from components.engine.event_table import EventTable, event_table
from components.survival.landmark import Landmark, landmark

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.dictionary import Endpoint, Factor


@dataclass(frozen=True, eq=False)
class GroupedEvents:
    """The ``cohort`` that is compared, its ``groups`` and their event ``table``; days count from the ``landmark``.

    In ``table`` follow-up ends where that of ``analysed`` does; ``followed`` is the same without that end.
    """

    cohort: Cohort
    groups: Groups
    table: EventTable
    followed: EventTable
    landmark: Landmark | None
    analysed: AnalysisSet


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
    start, whole = None, cohort
    if factor is not None and factor.post_baseline:
        if landmark_day is None:
            raise ValueError(f"{factor.label} becomes known after the start of treatment: choose a landmark day")
        start = landmark(cohort, endpoint, factor, landmark_day)
        cohort = start.cohort
    found = groups(cohort, factor)
    days, had = cohort.time_to(endpoint)
    begin = start.day if start else 0
    if until is not None and until <= begin:
        raise ValueError(f"follow-up until day {until} leaves nothing after day {begin}")
    followed = event_table(days - begin, had, found.codes, max(len(found.present), 1))
    table = followed if until is None else followed.censored_at(until - begin)
    left = start.left if start else (no_level(found),)
    return GroupedEvents(cohort, found, table, followed, start, analysis_set(whole, left, start=begin, until=until))
