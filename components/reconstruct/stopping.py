"""When and why tacrolimus was stopped: days and kinds that fit how each follow-up ended and what is printed of them."""

from __future__ import annotations

import numpy as np

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.follow_up import (
    COMPLETED,
    DEATH,
    DIED,
    DIED_LATE,
    DIED_OF_LUNGS,
    DIED_OTHERWISE,
    KIND,
    LAST,
    LUNGS,
    MOVE,
    MOVED,
    NEVER,
    NO_VISITS,
    PLANNED_END,
    STAYED,
    STOPPED,
    TWO_YEARS,
    VISITS_ENDED,
    stop_days,
)
from components.reconstruct.labels import Deaths
from components.reconstruct.targets import Ints, Targets

LONGEST_LAG = 28
"""Days at most between the stop and the last contact of a patient who was lost."""


def ends_of(deaths: Deaths, subtypes: list[str], targets: Targets, rng: np.random.Generator) -> Ints:
    """Day of death, last day, stop day and kind of every patient (n, 4), in the order of ``deaths``.

    With the patient outside the outcome population, who stopped before the printed median, the stop days have the
    printed number, minimum, median and maximum. Raises NotFoundError when the follow-up does not allow it.
    """
    ends = np.full((len(deaths.last), 4), NEVER)
    ends[:, LAST], ends[:, KIND] = deaths.last, COMPLETED
    ends[deaths.died, DIED] = ends[deaths.died, STOPPED] = deaths.last[deaths.died]
    ends[deaths.died, KIND] = _kinds(deaths, subtypes, targets)
    wanted = stop_days(targets)
    reasons = targets.counts("tacrolimus_stop_reason", population="safety", group="")
    lost = reasons[MOVE] + reasons[NO_VISITS] - 1
    stayed = wanted.n - 1 - reasons[DEATH] - lost
    leavers = np.flatnonzero(~deaths.died & (deaths.last < PLANNED_END - LONGEST_LAG))
    leavers = leavers[np.argsort(deaths.last[leavers], kind="stable")]
    longest = leavers[deaths.last[leavers] >= wanted.most]
    between = leavers[(deaths.last[leavers] > wanted.median) & (deaths.last[leavers] < TWO_YEARS - LONGEST_LAG)]
    early = leavers[deaths.last[leavers] < wanted.median]
    died_early = int((ends[deaths.died, STOPPED] < wanted.median).sum())
    below = wanted.n // 2 - 1 - died_early
    stayed_below = min(stayed, below - len(early))
    more = below - len(early) - stayed_below
    if stayed_below < 1 or more < 0 or not len(longest) or len(between) < more + 1:
        raise NotFoundError("stopping: the printed median does not fit those who left early")
    _place(ends, early, _before(ends[early, LAST], wanted.least + 1, wanted.median - 1, rng))
    _place(ends, between[:1], np.array([wanted.median]))
    _place(ends, between[1 : 1 + more], rng.integers(wanted.least + 1, wanted.median, more))
    later = [*between[1 + more :], *longest[:-1], *leavers[deaths.last[leavers] > TWO_YEARS]]
    later = [p for p in dict.fromkeys(later) if p != longest[-1]][: lost - len(early) - 1 - more - 1]
    _place(ends, np.array(later, dtype=np.int64), _before(ends[later, LAST], wanted.median + 1, wanted.most, rng))
    _place(ends, longest[-1:], np.array([wanted.most]))
    kinds = rng.permutation([MOVED] * (reasons[MOVE] - 1) + [VISITS_ENDED] * reasons[NO_VISITS])
    gone = np.flatnonzero((ends[:, STOPPED] != NEVER) & ~deaths.died)
    if len(gone) != lost:
        raise NotFoundError("stopping: too few patients were lost")
    ends[gone, KIND] = kinds
    whole = rng.permutation(np.flatnonzero((ends[:, STOPPED] == NEVER) & (deaths.last > TWO_YEARS)))[:stayed]
    days = [wanted.least, *rng.integers(wanted.least + 1, wanted.median, stayed_below - 1)]
    days += list(rng.integers(wanted.median + 1, TWO_YEARS, stayed - stayed_below))
    _place(ends, whole, np.array(days))
    ends[whole, KIND] = STAYED
    return ends


def _place(ends: Ints, patients: Ints, days: Ints) -> None:
    ends[patients, STOPPED] = days


def _before(last: Ints, least: int, most: int, rng: np.random.Generator) -> Ints:
    """Stop days (n,) at most some weeks before each last day, from ``least`` to ``most`` where the last day allows."""
    lag = np.where(rng.random(len(last)) < 0.5, 0, rng.integers(1, LONGEST_LAG, len(last)))
    return np.minimum(np.clip(last - lag, least, most), last)


def _kinds(deaths: Deaths, subtypes: list[str], targets: Targets) -> Ints:
    """Deaths late, of the lungs in the subtypes whose deaths were mostly that, or otherwise."""
    lungs = {n.group: int(n.printed) for n in targets.chosen(variable="cause_of_death", level=LUNGS, statistic="n")}
    kinds = [
        DIED_LATE
        if deaths.last[i] > TWO_YEARS
        else DIED_OF_LUNGS
        if lungs.get(f"subtype={subtypes[i]}")
        else DIED_OTHERWISE
        for i in np.flatnonzero(deaths.died)
    ]
    return np.array(kinds)
