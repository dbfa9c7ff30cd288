"""Counts per time and level: the seam from which every survival statistic is computed.

Kaplan-Meier, log-rank and the Cox model for categorical factors depend on the patients only through these counts,
so one pass over the patients (here a bincount, elsewhere one SQL ``GROUP BY``) is all that ever touches a row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EventTable:
    """Patients counted by observed day and level.

    ``times`` (T,) holds the distinct observed days in ascending order; ``events`` and ``censored`` (T, K) hold how many
    patients of each level had the event, or were censored, on that day.
    """

    times: Counts
    events: Counts
    censored: Counts

    @property
    def at_risk(self) -> Counts:
        """Patients of each level followed to each time or later, (T, K); the convention of R and SAS."""
        leaving = self.events + self.censored
        remaining: Counts = np.cumsum(leaving[::-1], axis=0)[::-1]
        return remaining

    @property
    def n(self) -> Counts:
        """Patients in each level, (K,)."""
        patients: Counts = (self.events + self.censored).sum(axis=0)
        return patients

    @property
    def pooled(self) -> EventTable:
        """The same patients as one level."""
        return EventTable(self.times, self.events.sum(axis=1, keepdims=True), self.censored.sum(axis=1, keepdims=True))

    def censored_at(self, day: int) -> EventTable:
        """The same patients with all follow-up ended on ``day``: an event on it counts, later ones do not.

        R: ``Surv(pmin(time, day), event & time <= day)``.
        """
        inside = self.times <= day
        later = (self.events + self.censored)[~inside].sum(axis=0)
        if not later.any():
            return self
        times, events, censored = self.times[inside], self.events[inside], self.censored[inside]
        if not len(times) or times[-1] != day:
            nobody = np.zeros((1, len(later)), dtype=np.int64)
            times = np.append(times, day)
            events, censored = np.vstack([events, nobody]), np.vstack([censored, nobody])
        censored = censored.copy()
        censored[-1] += later
        return EventTable(times, events, censored)

    def level(self, k: int) -> EventTable:
        """Level ``k`` alone, at its own distinct times."""
        there = (self.events[:, k] + self.censored[:, k]) > 0
        return EventTable(self.times[there], self.events[there, k : k + 1], self.censored[there, k : k + 1])


def event_table(days: ArrayLike, event: ArrayLike, codes: ArrayLike | None = None, levels: int = 1) -> EventTable:
    """Count patients by observed day and level.

    ``days`` are whole numbers; ``event`` is true where the day ends in an event, false where it ends in censoring;
    ``codes`` runs from 0 to ``levels - 1``, and a negative code (level not known) leaves the patient out.

    Raises ValueError when the arrays differ in length, a day is not a whole number, or a code is out of range.
    """
    day, had = np.asarray(days), np.asarray(event, dtype=bool)
    code = np.zeros(len(day), dtype=np.int64) if codes is None else np.asarray(codes, dtype=np.int64)
    if not len(day) == len(had) == len(code):
        raise ValueError(f"days, event and codes differ in length: {len(day)}, {len(had)}, {len(code)}")
    if code.size and code.max() >= levels:
        raise ValueError(f"code {code.max()} is outside the {levels} levels")
    known = code >= 0
    observed = day[known]
    if not (np.isfinite(observed).all() and np.array_equal(np.rint(observed), observed)):
        raise ValueError("days must be whole numbers")
    whole = observed.astype(np.int64)
    times, row = np.unique(whole, return_inverse=True)
    cell = row * levels + code[known]
    size, shape = len(times) * levels, (len(times), levels)
    events = np.bincount(cell[had[known]], minlength=size).reshape(shape)
    censored = np.bincount(cell[~had[known]], minlength=size).reshape(shape)
    return EventTable(times, events, censored)
