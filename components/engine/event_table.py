"""Counts per time and level: the seam from which every survival statistic is computed.

Kaplan-Meier, log-rank and the Cox model for categorical factors depend on the patients only through these counts,
so one pass over the patients (here a bincount, elsewhere one SQL ``GROUP BY``) is all that ever touches a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

CELLS_AT_ONCE = 1 << 16
"""Counts of so many combinations of day and levels lie close enough together in memory to be added to fast."""

DAYS_LOOKED_UP = 1 << 20
"""Days that lie no further apart are looked up in a table; others are sorted."""


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


@dataclass(frozen=True)
class CodedDays:
    """Patients' observed days as positions, shared by all the event tables that are made of the same days.

    ``times`` (T,) holds the distinct observed days in ascending order; ``cell`` (n,) is the position of each patient's
    day among them, and T more where the day ends in an event.
    """

    times: Counts
    cell: Counts

    def tables(
        self, factors: Iterable[tuple[ArrayLike, int]], weights: ArrayLike | None = None
    ) -> tuple[EventTable, ...]:
        """The event table of each factor, given as the patients' codes (n,) and the number of levels.

        With ``weights`` (n,) a row stands for so many patients.

        Codes are those of ``event_table``. Factors with few levels are counted together, by the combinations of their
        levels, and parted afterwards: what takes time are the passes over the patients.

        Raises ValueError when codes differ in length from the days, or a code is out of range.
        """
        found: list[EventTable] = []
        width, sizes, joint = 1, list[int](), None
        for codes, levels in factors:
            code = self._shifted(codes, levels)
            if sizes and width * (levels + 1) * 2 * len(self.times) > CELLS_AT_ONCE:
                found += self._parted(joint, sizes, weights)
                width, sizes, joint = 1, [], None
            joint = code if joint is None else joint * (levels + 1) + code
            width *= levels + 1
            sizes.append(levels + 1)
        return (*found, *self._parted(joint, sizes, weights)) if joint is not None else tuple(found)

    def _shifted(self, codes: ArrayLike, levels: int) -> NDArray[np.int32]:
        """The codes plus 1: what is not known is 0."""
        code = np.asarray(codes)
        if len(code) != len(self.cell):
            raise ValueError(f"codes and days differ in length: {len(code)}, {len(self.cell)}")
        if code.size and code.max() >= levels:
            raise ValueError(f"code {code.max()} is outside the {levels} levels")
        shifted: NDArray[np.int32] = np.maximum(code, -1).astype(np.int32) + np.int32(1)
        return shifted

    def _parted(
        self, joint: NDArray[np.int32] | None, sizes: Sequence[int], weights: ArrayLike | None
    ) -> Iterator[EventTable]:
        if joint is None:
            return
        days, width = len(self.times), int(np.prod(sizes))
        cell = self.cell * width + joint
        counts = np.bincount(cell, weights, 2 * days * width).astype(np.int64, copy=False)
        block = counts.reshape(2, days, *sizes)
        for axis in range(2, block.ndim):
            others = tuple(other for other in range(2, block.ndim) if other != axis)
            known = (block.sum(axis=others) if others else block)[:, :, 1:]
            there = known.any(axis=2).any(axis=0)
            yield EventTable(self.times[there], known[1, there], known[0, there])


def coded_days(days: ArrayLike, event: ArrayLike) -> CodedDays:
    """The positions of the ``days`` among all that are observed, and which of them end in an event.

    Raises ValueError when the arrays differ in length or a day is not a whole number.
    """
    day, had = np.asarray(days), np.asarray(event, dtype=bool)
    if len(day) != len(had):
        raise ValueError(f"days and event differ in length: {len(day)}, {len(had)}")
    if not (np.isfinite(day).all() and np.array_equal(np.rint(day), day)):
        raise ValueError("days must be whole numbers")
    whole = day.astype(np.int64)
    first = int(whole.min()) if len(whole) else 0
    if len(whole) and int(whole.max()) - first <= DAYS_LOOKED_UP:
        there = np.bincount(whole - first) > 0
        times = np.flatnonzero(there) + first
        row = (np.cumsum(there) - 1)[whole - first]
    else:
        times, row = np.unique(whole, return_inverse=True)
    return CodedDays(times, row + len(times) * had)


def event_table(
    days: ArrayLike,
    event: ArrayLike,
    codes: ArrayLike | None = None,
    levels: int = 1,
    weights: ArrayLike | None = None,
) -> EventTable:
    """Count patients by observed day and level.

    ``days`` are whole numbers; ``event`` is true where the day ends in an event, false where it ends in censoring;
    ``codes`` runs from 0 to ``levels - 1``, and a negative code (level not known) leaves the patient out. With
    ``weights`` a row stands for so many patients, as rows of a SQL ``GROUP BY`` do.

    Raises ValueError when the arrays differ in length, a day is not a whole number, or a code is out of range.
    """
    day, had = np.asarray(days), np.asarray(event, dtype=bool)
    code = np.zeros(len(day), dtype=np.int64) if codes is None else np.asarray(codes, dtype=np.int64)
    if not len(day) == len(had) == len(code):
        raise ValueError(f"days, event and codes differ in length: {len(day)}, {len(had)}, {len(code)}")
    times = None if weights is None else np.asarray(weights, dtype=np.int64)
    known = code >= 0
    if not known.all():
        day, had, code = day[known], had[known], code[known]
        times = None if times is None else times[known]
    return coded_days(day, had).tables([(code, levels)], times)[0]
