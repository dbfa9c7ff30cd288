"""A cohort divided for a survival comparison: its groups, counted by day, from the day on which the clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.analysis.groups import Groups, groups
from components.analysis.landmark import Landmark, landmark
from components.engine.event_table import EventTable, event_table

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.dictionary import Endpoint, Factor


@dataclass(frozen=True, eq=False)
class Divided:
    """The ``cohort`` that is compared, its ``groups`` and their event ``table``; days count from the ``landmark``."""

    cohort: Cohort
    groups: Groups
    table: EventTable
    landmark: Landmark | None


def divided(
    cohort: Cohort, endpoint: Endpoint, factor: Factor | None = None, landmark_day: int | None = None
) -> Divided:
    """``cohort`` by the levels of ``factor``. A factor that becomes known after the start needs ``landmark_day``.

    Raises ValueError without one, or with one before the factor is known.
    """
    start = None
    if factor is not None and factor.post_baseline:
        if landmark_day is None:
            raise ValueError(f"{factor.label} becomes known after the start of treatment: choose a landmark day")
        start = landmark(cohort, endpoint, factor, landmark_day)
        cohort = start.cohort
    found = groups(cohort, factor)
    days, had = cohort.time_to(endpoint)
    table = event_table(days - (start.day if start else 0), had, found.codes, max(len(found.labels), 1))
    return Divided(cohort, found, table, start)
