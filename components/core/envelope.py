"""What equally faithful cohorts give for one number: the least and the most, and whether the paper fixes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEARLY = 10
"""Cohorts that differ by no more than so many units of the last printed digit nearly agree."""


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

    def openness(self, places: int, scale: float = 1.0) -> Openness:
        """Whether the numbers are the same when printed with ``places`` decimals, nearly the same, or neither.

        A number that cannot be estimated in some of the cohorts, but in others, is open.
        """
        if self.known < self.members:
            return Openness.OPEN if self.known else Openness.FIXED
        width = _printed(scale * self.most, places) - _printed(scale * self.least, places)
        if not width:
            return Openness.FIXED
        return Openness.NEARLY if width <= NEARLY else Openness.OPEN


def _printed(value: float, places: int) -> int:
    """The value as printed, in units of its last digit: rounded half up."""
    return floor(float(f"{value * 10**places:.14g}") + 0.5)


def envelope(values: NDArray[np.float64]) -> Envelope:
    """The envelope of the numbers of all members, (M,); not a number where one has none, infinite ones as well."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Envelope(float("nan"), float("nan"), 0, len(values))
    return Envelope(float(known.min()), float(known.max()), len(known), len(values))
