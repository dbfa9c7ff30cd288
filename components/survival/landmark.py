"""Patients compared by what became known only after the start: from a landmark day on, the clock restarted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from components.core.analysis_set import Exclusion, Why
from components.core.groups import patients_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from components.core.analysis_set import Left
    from data.cohort import Cohort
    from data.counted import Counted
    from data.entries import Endpoint, Factor


Who = TypeVar("Who", bound="Cohort | Counted")


@dataclass(frozen=True, eq=False)
class Landmark(Generic[Who]):
    """The patients who can be compared from day ``day`` on, and why the others cannot.

    ``cohort`` are they, as rows or as counts; with ``weights`` a row of ``left`` stands for so many patients.
    Of ``n_before`` patients, each of those excluded is in one of ``left``, in the order event, follow-up, measurement.
    """

    day: int
    cohort: Who
    n_before: int
    left: tuple[Left, Left, Left]
    weights: NDArray[np.int64] | None = None

    @property
    def excluded_event(self) -> int:
        """Patients who had the event by the landmark."""
        return patients_of(self.left[0][0], self.weights)

    @property
    def excluded_follow_up(self) -> int:
        """Patients without the event who were not followed beyond the landmark."""
        return patients_of(self.left[1][0], self.weights)

    @property
    def excluded_unmeasured(self) -> int:
        """Patients still followed whose level is not known."""
        return patients_of(self.left[2][0], self.weights)


def earliest_landmark(cohort: Cohort | Counted, factor: Factor) -> int:
    """The first day on which all that ``factor`` is made of is known: its own, or the end of its visit's window."""
    return factor.known_day or cohort.dictionary.visit[factor.visit].last


def landmark(cohort: Who, endpoint: Endpoint, factor: Factor, day: int) -> Landmark[Who]:
    """The patients free of the event after ``day``, followed beyond it and with a level of ``factor``.

    A patient whose event or last day falls on the landmark itself is excluded: the clock restarts after it. The same
    restriction as ``subset(d, time > day)`` in R, before ``Surv(time - day, event)``.

    Raises ValueError when ``day`` lies before the factor is known.
    """
    if day < (first := earliest_landmark(cohort, factor)):
        raise ValueError(f"{factor.label} is known from day {first} only, not on day {day}")
    observed, had = cohort.time_to(endpoint)
    gone = observed <= day
    unmeasured = cohort.codes(factor) < 0
    kept = ~gone & ~unmeasured
    return Landmark(
        day=day,
        cohort=cast("Who", cohort.where(kept)),
        n_before=cohort.n,
        left=(
            (gone & had, Exclusion(Why.EVENT_BY_LANDMARK, day=day)),
            (gone & ~had, Exclusion(Why.NOT_FOLLOWED_TO_LANDMARK, day=day)),
            (~gone & unmeasured, Exclusion(Why.NOT_MEASURED, factor.label)),
        ),
        weights=cohort.weights,
    )
