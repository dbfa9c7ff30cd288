"""What equally faithful cohorts give for one number: the least and the most, and whether the paper fixes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from math import floor, isfinite
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEARLY, NEARLY_COUNTS = 10, 1
"""Cohorts that differ by no more than so many units of the last printed digit nearly agree; of patients, by so many."""

NEARLY_POINTS = 5.0
"""Numbers of patients nearly agree only where the percentage beside them moves by no more points than this."""


class Openness(Enum):
    """Whether what is printed in a paper decides a number."""

    FIXED = "fixed"
    NEARLY = "nearly fixed"
    OPEN = "open"


@dataclass(frozen=True)
class Envelope:
    """The least and the most that ``known`` of ``members`` cohorts give; in the others it cannot be estimated.

    This is no confidence interval: it tells what the published numbers leave open about these very patients, not how
    other patients would differ from them. ``least`` and ``most`` are not a number where no cohort gives one.
    """

    least: float
    most: float
    known: int
    members: int


@dataclass(frozen=True)
class Ranged:
    """A number as it is printed: ``what`` it is, what the cohorts give, with how many decimals, and its unit.

    It is printed ``scale`` times as large as it is computed; a ``p`` is printed as p-values are. Beside a number of
    patients may stand its ``percent``, with one decimal, and the two are judged together.
    """

    what: str
    found: Envelope
    places: int = 0
    scale: float = 1.0
    unit: str = ""
    p: bool = False
    percent: Envelope | None = None

    @cached_property
    def width(self) -> int:
        """How far the least and the most lie apart as printed, in units of the last digit."""
        if not isfinite(self.found.least):
            return 0
        return self._printed(self.found.most) - self._printed(self.found.least)

    @cached_property
    def openness(self) -> Openness:
        """Whether the numbers are the same in print, nearly the same, or neither.

        A number that cannot be estimated in some of the cohorts, but in others, is open.
        """
        if self.found.known < self.found.members:
            return Openness.OPEN if self.found.known else Openness.FIXED
        points = 0.0
        if self.percent is not None and Ranged("", self.percent, 1).width:
            points = round(self.percent.most - self.percent.least, 9)
        if not self.width and not points:
            return Openness.FIXED
        if points > NEARLY_POINTS:
            return Openness.OPEN
        nearly = NEARLY if self.places or self.p else NEARLY_COUNTS
        return Openness.NEARLY if self.width <= nearly else Openness.OPEN

    def _printed(self, value: float) -> int:
        """The value as printed, in units of its last digit: rounded half up."""
        return floor(float(f"{self.scale * value * 10**self.places:.14g}") + 0.5)


def drawn(found: Envelope, places: int = 0) -> bool:
    """Whether a range is drawn: where cohorts differ in print, at ``places`` decimals."""
    return found.known > 0 and Ranged("", found, places).width > 0


def envelope(values: NDArray[np.float64]) -> Envelope:
    """The envelope of the numbers of all members, (M,); not a number where one has none, infinite ones as well."""
    return envelopes(values[:, None])[0]


def envelopes(values: NDArray[np.float64]) -> tuple[Envelope, ...]:
    """The envelope of each column of the numbers of all members, (M, N)."""
    known = np.isfinite(values)
    n = known.sum(axis=0)
    least = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    most = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    least, most = np.where(n > 0, least, np.nan), np.where(n > 0, most, np.nan)
    rows = zip(least.tolist(), most.tolist(), n.tolist(), strict=True)
    return tuple(Envelope(low, high, count, len(values)) for low, high, count in rows)
