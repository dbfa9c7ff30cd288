"""Intervals of a proportion and of the difference of two, for counts too small for the normal approximation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from components.engine.event_table import Floats
from components.engine.limits import normal_quantile

ProportionInterval = Literal["Wilson", "Clopper-Pearson"]


@dataclass(frozen=True)
class Proportion:
    """Proportions with their limits, all of one shape; nan where there are no patients."""

    estimate: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class RiskDifference:
    """Differences of two proportions with their limits, all of one shape; nan where either has no patients."""

    estimate: Floats
    lower: Floats
    upper: Floats


def proportion(
    count: ArrayLike, n: ArrayLike, interval: ProportionInterval = "Wilson", level: float = 0.95
) -> Proportion:
    """``count`` of ``n`` as a proportion, element by element, with its score or exact interval.

    Source: Wilson 1927; Clopper and Pearson 1934.
    R: ``prop.test(count, n, correct = FALSE)$conf.int``; ``binom.test(count, n)$conf.int``.
    Raises ValueError unless 0 <= count <= n, or for another interval.
    """
    x, size = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(count, n))
    if not ((x >= 0) & (x <= size)).all():
        raise ValueError("count must lie between 0 and n")
    some = size > 0
    whole = np.where(some, size, 1)
    p = np.where(some, x / whole, np.nan)
    if interval == "Wilson":
        z = normal_quantile(level)
        centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
        half = z / (1 + z * z / whole) * np.sqrt(p * (1 - p) / whole + (z / (2 * whole)) ** 2)
        lower, upper = np.where(x > 0, centre - half, 0 * p), np.where(x < size, centre + half, 1 + 0 * p)
    elif interval == "Clopper-Pearson":
        normal_quantile(level)
        tail = (1 - level) / 2
        lower = np.where(x > 0, betaincinv(np.maximum(x, 1), size - x + 1, tail), 0.0) + 0 * p
        upper = np.where(x < size, betaincinv(x + 1, np.maximum(size - x, 1), 1 - tail), 1.0) + 0 * p
    else:
        raise ValueError(f"unknown interval {interval!r}")
    return Proportion(p, lower, upper)


def risk_difference(
    count_a: ArrayLike, n_a: ArrayLike, count_b: ArrayLike, n_b: ArrayLike, level: float = 0.95
) -> RiskDifference:
    """``count_a / n_a - count_b / n_b`` with Newcombe's hybrid score interval (his method 10), element by element.

    Source: Newcombe, Statistics in Medicine 1998; 17: 873-890. R: DescTools ``BinomDiffCI(method = "score")``.
    Raises ValueError unless 0 <= count <= n.
    """
    a, b = proportion(count_a, n_a, "Wilson", level), proportion(count_b, n_b, "Wilson", level)
    difference = a.estimate - b.estimate
    down = np.hypot(a.estimate - a.lower, b.upper - b.estimate)
    up = np.hypot(a.upper - a.estimate, b.estimate - b.lower)
    return RiskDifference(difference, difference - down, difference + up)
