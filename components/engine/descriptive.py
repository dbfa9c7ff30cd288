"""One group described, and two groups set side by side: moments, quantiles, standardized differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from components.engine.event_table import Counts, Floats


@dataclass(frozen=True)
class Distribution:
    """A group's numbers: how many known and missing, and their moments and quartiles (nan where there are too few)."""

    n: int
    missing: int
    mean: float
    sd: float
    minimum: float
    q1: float
    median: float
    q3: float
    maximum: float


def distribution(values: ArrayLike) -> Distribution:
    """The ``Distribution`` of ``values``; nan is missing. ``sd`` divides by n - 1 and needs two values.

    R: ``mean``, ``sd``, ``range`` and ``quantile(type = 2)`` without the missing values.
    """
    return distributions(np.asarray(values, dtype=np.float64)[:, None])[0]


def distributions(table: ArrayLike) -> tuple[Distribution, ...]:
    """The ``Distribution`` of every column of ``table`` (n, C), whatever the order of its rows."""
    x = np.asarray(table, dtype=np.float64).T
    n, numbers = described(x)
    return tuple(
        Distribution(size, x.shape[1] - size, *one) for size, one in zip(n.tolist(), numbers.T.tolist(), strict=True)
    )


def described(rows: Floats) -> tuple[Counts, Floats]:
    """How many numbers are known in each of ``rows`` (C, m), (C,), and what they are like, (7, C).

    Mean, standard deviation, minimum, first quartile, median, third quartile and maximum, as in ``Distribution``.
    """
    x = np.sort(rows, axis=1)
    known = ~np.isnan(x)
    n = known.sum(axis=1)
    points = _fourths(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, x, 0.0).sum(axis=1) / n
        deviation = np.where(known, x - mean[:, None], 0.0)
        sd = np.where(n > 1, np.sqrt((deviation**2).sum(axis=1) / (n - 1)), np.nan)
    constant = points[0] == points[4]  # exactly 0, which rounding in the mean would miss
    mean, sd = np.where(constant, points[0], mean), np.where(constant & (n > 1), 0.0, sd)
    return n, np.stack([mean, sd, *points])


def mean_limits(group: Distribution, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper limit of the mean by Student's t with n - 1 degrees of freedom; nan with fewer than two values.

    R: ``t.test(x, conf.level = level)$conf.int``.
    """
    if group.n < 2:
        return np.nan, np.nan
    half = float(stdtrit(group.n - 1, (1 + level) / 2)) * group.sd / group.n**0.5
    return group.mean - half, group.mean + half


def mean_difference(a: Distribution, b: Distribution, level: float = 0.95) -> tuple[float, float, float]:
    """Mean of ``a`` minus that of ``b`` with Welch's limits; nan for what the values do not give.

    Without spread in either group the limits are nan. Source: Welch 1947; Satterthwaite 1946.
    R: ``t.test(a, b, conf.level = level)``.
    """
    difference = a.mean - b.mean
    if a.n < 2 or b.n < 2:
        return difference, np.nan, np.nan
    one, other = a.sd**2 / a.n, b.sd**2 / b.n
    if not one + other:
        return difference, np.nan, np.nan
    freedom = (one + other) ** 2 / (one**2 / (a.n - 1) + other**2 / (b.n - 1))
    half = float(stdtrit(freedom, (1 + level) / 2)) * float(np.sqrt(one + other))
    return difference, difference - half, difference + half


def _fourths(x: Floats, n: Counts) -> Floats:
    """Minimum, quartiles and maximum of every row of ``x`` (C, m), sorted, the first ``n`` (C,) of each known, (5, C).

    The empirical distribution inverted, averaged where it is flat. Source: SAS PROC UNIVARIATE, PCTLDEF=5; Hyndman and
    Fan 1996, definition 2. R: ``quantile(x, type = 2)``; numpy: ``quantile(method="averaged_inverted_cdf")``.
    """
    if not x.shape[1]:
        return np.full((5, len(x)), np.nan)
    fourths = n * np.arange(5)[:, None]
    whole = fourths % 4 == 0
    below = -(-fourths // 4) - 1
    above = np.where(whole, below + 1, below)
    row, last = np.arange(len(x)), np.maximum(n, 1) - 1
    found: Floats = (x[row, np.clip(below, 0, last)] + x[row, np.clip(above, 0, last)]) / 2
    return found


def standardized_difference(a: Distribution, b: Distribution) -> float:
    """Difference of the means of two groups of numbers in units of their pooled standard deviation.

    (mean a - mean b) / sqrt((var a + var b) / 2): 0 when both are constant and equal, infinite when constant and
    different, nan when a group has fewer than two values.
    Source: Austin, Statistics in Medicine 2009. R: stddiff ``stddiff.numeric``; tableone ``ExtractSmd``.
    """
    difference, variance = a.mean - b.mean, (a.sd**2 + b.sd**2) / 2
    if variance == 0:
        return 0.0 if difference == 0 else float(np.copysign(np.inf, difference))
    return float(difference / np.sqrt(variance))


def standardized_difference_levels(counts_a: ArrayLike, counts_b: ArrayLike) -> float:
    """Distance of two groups' shares over K levels, never negative; nan when a group is empty.

    sqrt(D' S^-1 D) with D the difference of the shares and S the mean of the two groups' multinomial covariances. No
    level is left out as reference, since the generalised inverse gives the same; levels absent from both groups do not
    matter. Infinite when the groups share no level that could be confused.
    Source: Yang and Dalton, SAS Global Forum 2012, paper 335. R: stddiff ``stddiff.category``; tableone ``ExtractSmd``.
    Raises ValueError when the groups differ in the number of levels.
    """
    x, y = np.asarray(counts_a, dtype=np.float64), np.asarray(counts_b, dtype=np.float64)
    if x.shape != y.shape:
        raise ValueError(f"{x.size} levels against {y.size}")
    if not (x.sum() and y.sum()):
        return np.nan
    p, q = x / x.sum(), y / y.sum()
    covariance = (np.diag(p) - np.outer(p, p) + np.diag(q) - np.outer(q, q)) / 2
    values, vectors = np.linalg.eigh(covariance)
    along = vectors.T @ (p - q)
    spread = values > 1e-10
    if (np.abs(along[~spread]) > 1e-9).any():
        return np.inf
    return float(np.sqrt((along[spread] ** 2 / values[spread]).sum()))
