"""The analysis set: who of the patients asked for stands in a result, who does not and why, and until when they count.

One value that every result carries and that screen, stage, slide, picture and report print, so that none of them can
name other patients or another follow-up than the numbers beside it. The term is that of ICH E9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Literal

import numpy as np

from components.core.groups import patients_of
from data.counted import Bands

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.core.groups import Groups
    from data.cohort import Cohort
    from data.counted import Counted
    from data.entries import Population


class Why(Enum):
    """Why a patient is left out of a result; the sentences stand in ``components/core/analysis_set_words.py``."""

    LEVEL_UNKNOWN = "level not known"
    EVENT_BY_LANDMARK = "event by the landmark"
    NOT_FOLLOWED_TO_LANDMARK = "not followed beyond the landmark"
    NOT_MEASURED = "not measured"
    NO_INTERVAL = "no two values close enough"
    NOT_CHOSEN = "not chosen"
    OTHER_GROUP = "in another group"


@dataclass(frozen=True)
class Exclusion:
    """A reason to be left out: ``of`` is the label of what is not known or not measured, ``level`` what that is called.

    ``day`` is the landmark, where there is one.
    """

    why: Why
    of: str = ""
    level: str = ""
    day: int = 0


@dataclass(frozen=True)
class LeftOut:
    """``n`` patients who are left out for one reason."""

    n: int
    exclusion: Exclusion


@dataclass(frozen=True)
class FollowUp:
    """The follow-up that counts, in days since the start of treatment, from ``start`` (a landmark, or 0) to ``end``.

    ``whole``: nobody's follow-up is cut, and ``end`` is the last day on which anyone was followed. Otherwise whoever
    was followed beyond ``end`` is censored on it, and an event on it counts (administrative censoring). ``counts`` says
    what is counted in it: where those are measurements ``end`` is the day of the last one, and where it is nothing but
    what was known on day 0 there is no follow-up to report.
    """

    start: int
    end: int
    whole: bool = True
    counts: Literal["events", "measurements", "nothing"] = "events"

    @property
    def length(self) -> int:
        """Days from ``start`` to ``end``."""
        return self.end - self.start


@dataclass(frozen=True, eq=False)
class AnalysisSet:
    """The patients of ``population`` whom the filter keeps, each analysed or left out for one of ``exclusions``.

    ``left_out_by`` (of,) is the position of a patient's exclusion, -1 for those analysed. ``ungrouped`` are analysed,
    but have no level of the factor by which a table is divided, and stand only in its column of all patients.
    ``days`` and ``died`` (of,) are the last day on which each was followed and whether that ended in death. ``drug`` is
    the label of the one that is studied, blank without any, ``day_0`` what happened on day 0. With ``weights`` a row of
    these arrays stands for so many patients; ``bands`` is how a database has counted days together.
    """

    population: Population
    left_out_by: NDArray[np.int64]
    exclusions: tuple[Exclusion, ...]
    follow_up: FollowUp
    days: NDArray[np.int64]
    died: NDArray[np.bool_]
    ungrouped: LeftOut | None = None
    drug: str = ""
    day_0: str = ""
    weights: NDArray[np.int64] | None = None
    bands: Bands = field(default_factory=Bands)

    @property
    def rounded(self) -> bool:
        """Whether its counts are rounded down, because small ones are hidden."""
        return False

    @property
    def of(self) -> int:
        """Patients of the population whom the filter keeps."""
        return len(self.left_out_by) if self.weights is None else int(self.weights.sum())

    @property
    def members(self) -> NDArray[np.bool_]:
        """Which of them are analysed, (of,)."""
        analysed: NDArray[np.bool_] = self.left_out_by < 0
        return analysed

    @property
    def n(self) -> int:
        """Patients analysed."""
        return patients_of(self.members, self.weights)

    @property
    def last_day(self) -> int:
        """The last day on which an analysed patient was followed, whatever of it counts."""
        return int(np.max(self.days[self.members], initial=0))

    @property
    def deaths(self) -> int:
        """Deaths among them, on any day."""
        return patients_of(self.died & self.members, self.weights)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Patients left out by reason; every patient counts once, and reasons without a patient are not listed."""
        counts = (patients_of(self.left_out_by == k, self.weights) for k in range(len(self.exclusions)))
        return tuple(LeftOut(n, exclusion) for n, exclusion in zip(counts, self.exclusions, strict=True) if n)


def measured_to(analysed: AnalysisSet, day: float) -> AnalysisSet:
    """The same patients where no events but measurements are shown, the last of them on ``day``."""
    return replace(analysed, follow_up=FollowUp(0, max(int(day), 0), counts="measurements"))


def at_start(analysed: AnalysisSet) -> AnalysisSet:
    """The same patients where nothing is shown but what was known of them on day 0."""
    return replace(analysed, follow_up=FollowUp(0, 0, counts="nothing"))


def counted_in(analysed: AnalysisSet, bands: Bands) -> AnalysisSet:
    """The same patients where days have been counted together like this as well."""
    return replace(analysed, bands=analysed.bands.with_(bands))


Left = tuple["NDArray[np.bool_]", Exclusion]
"""Which patients, (of,), an exclusion concerns."""


def analysis_set(
    cohort: Cohort | Counted,
    left: Sequence[Left] = (),
    *,
    start: int = 0,
    until: int | None = None,
    ungrouped: LeftOut | None = None,
) -> AnalysisSet:
    """``cohort`` without those whom ``left`` concerns; whom several concern is left out by the first.

    Follow-up runs from ``start`` to the last day on which an analysed patient was followed, or to ``until`` where that
    cuts it.
    """
    cohort = cohort.counted_by(cohort.dictionary.leading)
    by = np.full(cohort.rows, -1, dtype=np.int64)
    for position, (concerned, _) in enumerate(left):
        by[concerned & (by < 0)] = position
    last = int(np.max(cohort.last_days[by < 0], initial=start))
    days, died = cohort.time_to(cohort.dictionary.leading)
    end = FollowUp(start, last) if until is None or last <= until else FollowUp(start, until, whole=False)
    population = cohort.population or cohort.dictionary.populations[0]
    excluded = tuple(exclusion for _, exclusion in left)
    words, bands = cohort.dictionary, cohort.bands
    drug, day_0 = words.study_drug.label, words.day_0
    return AnalysisSet(population, by, excluded, end, days, died, ungrouped, drug, day_0, cohort.weights, bands)


def no_level(grouped: Groups) -> Left:
    """The patients without a level of the factor that groups are made by."""
    return grouped.codes < 0, Exclusion(Why.LEVEL_UNKNOWN, grouped.title, grouped.missing_label)


def together(sets: Sequence[AnalysisSet]) -> AnalysisSet:
    """The analysis set of several results of the same patients shown as one: whoever is in any of them is in it.

    Whoever is in none has the reason that the first gives, without the name of its measurement. Raises ValueError
    without any.
    """
    if not sets:
        raise ValueError("nothing to put together")
    first = sets[0]
    analysed = np.any([one.members for one in sets], axis=0)
    exclusions = tuple(
        Exclusion(e.why) if e.why is Why.NOT_MEASURED else e for e in first.exclusions
    )  # each result misses another measurement
    end = max((one.follow_up for one in sets), key=lambda follow_up: follow_up.end)
    by = np.where(analysed, -1, first.left_out_by)
    return replace(first, left_out_by=by, exclusions=exclusions, follow_up=end)
