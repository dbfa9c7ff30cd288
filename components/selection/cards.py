"""What the cohort page shows of each variable: a card whose patients stand as small codes, without an id or a value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.filters import Choice, Filter, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.entries import Factor, Number
    from data.levels import Level

NOT_RECORDED = 255
"""The code of a patient without a number."""

MOST_LEVELS, BARS = 255, 30
"""The levels that codes of one byte can tell apart, and about how many bars a histogram has."""

NICE = (1.0, 2.0, 2.5, 5.0)
"""Steps of a histogram, times a power of ten."""

NICE_RATIOS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
"""Edges of a histogram of ratios, times a power of ten."""

CROWDED = 0.25
"""Where half of the patients lie below this share of the range, bars widen with the value."""


@dataclass(frozen=True, eq=False)
class LevelCard:
    """A factor: the ``levels`` that somebody has, not recorded last, and of each patient, (n,), which one.

    ``chosen`` are the ids of the levels that the filter keeps; without any it keeps all.
    """

    factor: Factor
    levels: tuple[Level, ...]
    codes: NDArray[np.uint8]
    chosen: tuple[str, ...] = ()

    @property
    def entry(self) -> Factor:
        """The variable."""
        return self.factor


@dataclass(frozen=True, eq=False)
class NumberCard:
    """A number: a bar between each two values of ``grid``, and of each patient, (n,), where he lies among ``edges``.

    Code ``2i`` is the i-th edge itself and ``2i + 1`` what lies before the next one, so that a range between edges,
    inclusive as the filter's, is a range of codes. The edges are those of the grid and the ends of ``chosen``.
    """

    number: Number
    grid: tuple[float, ...]
    edges: tuple[float, ...]
    codes: NDArray[np.uint8]
    chosen: Range | None = None

    @property
    def entry(self) -> Number:
        """The variable."""
        return self.number

    @property
    def bars(self) -> tuple[int, ...]:
        """For each code the position of its bar; the last edge belongs to the last bar."""
        last = len(self.grid) - 2
        at = [min(bisect_right(self.grid, edge) - 1, last) for edge in self.edges]
        return tuple(bar for edge in at for bar in (edge, edge))[:-1]


Card = LevelCard | NumberCard


def level_card(cohort: Cohort, factor: Factor, levels: Sequence[Level], chosen: Filter) -> LevelCard:
    """The card of a factor of which these levels are there; the one of no level may be among them."""
    place = {level.id: k for k, level in enumerate(levels)}
    code = [place.get(level.id, 0) for level in (*factor.levels, factor.missing)]
    kept = [part.levels for part in chosen.parts if isinstance(part, Choice) and part.key == factor.key]
    codes = np.array(code, dtype=np.uint8)[cohort.codes(factor)]  # -1 is the last: not recorded
    return LevelCard(factor, tuple(levels), codes, kept[0] if kept else ())


def number_card(cohort: Cohort, number: Number, ends: tuple[float, float], chosen: Filter) -> NumberCard:
    """The card of a number whose values lie between ``ends``."""
    values = cohort.numbers(number.column)
    part = next((one for one in chosen.parts if isinstance(one, Range) and one.key == number.key), None)
    grid = grid_of(values[~np.isnan(values)], *ends)
    edges = sorted({*grid, part.low, part.high}) if part else list(grid)
    position = np.searchsorted(edges, values, side="right") - 1
    between = values > np.array(edges)[position]
    codes = np.where(np.isnan(values), NOT_RECORDED, 2 * position + between).astype(np.uint8)
    return NumberCard(number, grid, tuple(edges), codes, part)


def grid_of(values: NDArray[np.float64], low: float, high: float) -> tuple[float, ...]:
    """Round edges from ``low`` to ``high``, about ``BARS`` of them; in steps of ratios where most values are small."""
    above = values[values > max(low, 0)]
    if low >= 0 and len(above) and np.median(values) - low < CROWDED * (high - low):
        ratios = _ratios(float(np.quantile(above, 0.01)), high)
        if len(ratios) > BARS // 3:
            return (low, *(edge for edge in ratios[:: -(-len(ratios) // BARS)] if edge > low), high)
    least = (high - low) / BARS
    power = 10.0 ** np.floor(np.log10(least))
    step = next(float(nice * power) for nice in (*NICE, 10.0) if nice * power >= least * (1 - 1e-9))
    first = int(np.floor(low / step)) + 1
    inner = [float(f"{k * step:.12g}") for k in range(first, int(np.ceil(high / step)))]
    return (low, *(edge for edge in inner if low < edge < high), high)


def _ratios(low: float, high: float) -> list[float]:
    powers = range(int(np.floor(np.log10(low))), int(np.floor(np.log10(high))) + 1)
    every = [float(f"{ratio * 10.0**power:.12g}") for power in powers for ratio in NICE_RATIOS]
    return every[bisect_left(every, low) : bisect_left(every, high)]
