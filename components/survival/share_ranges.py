"""Shares of a curve as they are shown where small counts are hidden: the range in which each lies.

A range is as wide as five patients of the group: of the share with the event it says how many fives of patients that
is, rounded down as every count is, and of the share free of it the rest. Without anybody censored it says just what the
rounded numbers of events and patients say. The true share lies in it.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate
from components.core.rounded import WITHHELD, whole_months
from components.core.small_counts import FEWEST, few, rounded_down

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_FOR_SHARE = 20
"""Patients of a group of which a share is given: five of fewer are more than a quarter."""

MOST_WEIGHT = 3.0
"""The most patients of its group for whom one at risk may stand: late in a curve one event would be seen as a step."""

BARELY = 1e-9
"""Shares of whole fives come out a little below them."""


def fives(incidence: float, n: int) -> int:
    """How many fives of the ``n`` patients of a group a share with the event is, rounded down."""
    return floor(incidence * n / FEWEST + BARELY)


def range_of(k: int, n: int) -> tuple[float, float]:
    """The least and the greatest share that ``k`` fives of ``n`` patients stand for, when ``n`` is rounded as well."""
    shown = rounded_down(n)
    return FEWEST * k / (shown + FEWEST - 1), min(FEWEST * (k + 1) / shown, 1.0)


def incidence_range(incidence: float, n: int, at_risk: int) -> Estimate:
    """The range of a share with the event, its middle as value; withheld of few and where few are ``at_risk``."""
    if n < FEWEST_FOR_SHARE or not enough_left(incidence, n, at_risk):
        return WITHHELD
    least, most = range_of(fives(incidence, n), n)
    return Estimate((least + most) / 2, least, most)


def enough_left(incidence: float, n: int, at_risk: int) -> bool:
    """Whether so many are ``at_risk`` that none of them stands for more than ``MOST_WEIGHT`` of the ``n``."""
    return not few(at_risk) and (1 - incidence) * n <= MOST_WEIGHT * at_risk


def in_fives(
    days: NDArray[np.int64], incidence: NDArray[np.float64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The curve of a share with the event (T,) in ranges: whole months on which it reaches another five, from day 0.

    The least and the greatest share from each of them on. Until the first five the share is between none and that.
    """
    reached: dict[int, int] = {0: 0}
    for day, share in zip(days.tolist(), incidence.tolist(), strict=True):
        k = fives(share, n)
        if k > max(reached.values()):
            reached[whole_months(day)] = k
    ends = np.array([range_of(k, n) for k in reached.values()], dtype=np.float64)
    return np.array(list(reached), dtype=np.int64), ends[:, 0], ends[:, 1]
