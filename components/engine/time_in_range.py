"""Time that a quantity spends within a range, interpolated between consecutive measurements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.engine.event_table import Counts, Floats


@dataclass(frozen=True)
class TimeInRange:
    """Days of each of n subjects: ``below``, ``within`` and ``above``, (n,), which add up to the days interpolated.

    ``gaps`` (n,) counts the intervals that were too long to interpolate.
    """

    below: Floats
    within: Floats
    above: Floats
    gaps: Counts

    @property
    def days(self) -> Floats:
        """Days interpolated, (n,)."""
        return self.below + self.within + self.above


def time_in_range(
    subject: ArrayLike,
    day: ArrayLike,
    value: ArrayLike,
    low: float,
    high: float,
    longest_gap: float,
    n: int,
    start: float = -np.inf,
) -> TimeInRange:
    """Days each of n subjects spends below, within and above ``low`` to ``high`` (inclusive; limits may be infinite).

    The value moves in a straight line from one measurement to the next; an interval of more than ``longest_gap`` days
    is left out. ``subject`` (m,) runs from 0 to n - 1 and rows stand in any order; of several values on one day the
    lowest ends the interval before and the highest begins the next. Days before ``start`` do not count: the line is
    followed from there on.
    Source: Rosendaal et al., Thrombosis and Haemostasis 1993; 69: 236-239, in continuous time.
    Raises ValueError when low exceeds high or a value is not a number.
    """
    who, when, what = np.asarray(subject, dtype=np.int64), np.asarray(day, dtype=float), np.asarray(value, dtype=float)
    if low > high:
        raise ValueError(f"the range {low} to {high} is empty")
    if np.isnan(what).any() or np.isnan(when).any():
        raise ValueError("every measurement needs a day and a value")
    order = np.lexsort((what, when, who))
    who, when, what = who[order], when[order], what[order]
    same = who[1:] == who[:-1]
    owner, length = who[1:][same], np.diff(when)[same]
    first, last, ends = what[:-1][same], what[1:][same], when[1:][same]
    counted = ends > start
    used = (length <= longest_gap) & counted
    gaps = np.bincount(owner[~used & counted], minlength=n)
    remaining = np.minimum(length, np.maximum(ends - start, 0.0))
    share = np.divide(remaining, length, out=np.ones_like(length), where=length > 0)
    first = np.where(share < 1, last - (last - first) * share, first)
    bottom, top = np.sort(np.stack([first, last]), axis=0)
    length = remaining
    owner, length, bottom, top = owner[used], length[used], bottom[used], top[used]
    rise = np.where(top > bottom, top - bottom, 1.0)
    flat = top == bottom
    below = np.where(flat, bottom < low, np.clip(np.minimum(top, low) - bottom, 0, None) / rise)
    above = np.where(flat, bottom > high, np.clip(top - np.maximum(bottom, high), 0, None) / rise)
    parts = (below, 1 - below - above, above)
    days = [np.bincount(owner, weights=length * part, minlength=n).astype(np.float64) for part in parts]
    return TimeInRange(days[0], np.maximum(days[1], 0.0), days[2], gaps)
