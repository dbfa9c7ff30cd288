"""The cut-point that separates survival best, with the p-value that the search for it has earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from components.engine.event_table import Floats

ROUNDING = 1e-9
Reason = Literal["", "no events", "no cut", "nothing to compare"]


@dataclass(frozen=True)
class MaximallySelected:
    """The standardized log-rank ``statistics`` (C,) of dividing at or below each of ``cuts`` (C,), and the largest one.

    ``p_permutation`` and ``p_lausen`` allow for the search over all cuts; nan, with empty arrays, where ``reason`` says
    why: nobody had the event, no cut leaves enough patients on both sides, or all scores are 0, because nobody at risk
    ever outlived a day with an event.
    """

    cuts: Floats
    statistics: Floats
    cut: float
    statistic: float
    p_permutation: float
    p_lausen: float
    permutations: int
    seed: int
    reason: Reason = ""


def logrank_scores(days: ArrayLike, event: ArrayLike) -> Floats:
    """Event minus the Nelson-Aalen cumulative hazard on the patient's own day, (n,); they add up to 0.

    Source: Hothorn and Lausen, Computational Statistics and Data Analysis 2003; 43: 121-137. R: residuals of type
    "martingale" of ``survival::coxph(Surv(days, event) ~ 1, ties = "breslow")``.
    """
    day, had = np.asarray(days, dtype=np.float64), np.asarray(event, dtype=bool)
    times, row = np.unique(day, return_inverse=True)
    leaving = np.bincount(row, minlength=len(times))
    at_risk = np.cumsum(leaving[::-1])[::-1]
    hazard = np.cumsum(np.bincount(row[had], minlength=len(times)) / np.maximum(at_risk, 1))
    scores: Floats = had - hazard[row]
    return scores


def maximally_selected(
    days: ArrayLike, event: ArrayLike, value: ArrayLike, least: float = 0.1, permutations: int = 5000, seed: int = 0
) -> MaximallySelected:
    """The best cut of ``value`` (n,) among those that leave a share of at least ``least`` on both sides.

    For a group of m of n patients the sum of its log-rank scores a has, over all ways to choose it, mean m mean(a) and
    variance m (n - m) / (n (n - 1)) sum (a - mean)^2; the statistic is the distance from the mean in standard
    deviations. ``p_permutation`` = (1 + permuted maxima at least as large) / (1 + permutations).
    Source: Lausen and Schumacher, Biometrics 1992; 48: 73-85. R: ``maxstat::maxstat.test(Surv(days, event) ~ value,
    smethod = "LogRank", pmethod = "Lau92")``. Raises ValueError when ``least`` is not between 0 and 0.5.
    """
    if not 0 < least < 0.5:
        raise ValueError(f"the least share of a group must lie between 0 and 0.5, not {least}")
    x = np.asarray(value, dtype=np.float64)
    order = np.argsort(x, kind="stable")
    scores = logrank_scores(days, event)[order]
    below = _allowed(x[order], least)
    if reason := _reason(scores, below, events=int(np.sum(np.asarray(event, dtype=bool)))):
        none = np.empty(0)
        return MaximallySelected(none, none, np.nan, np.nan, np.nan, np.nan, permutations, seed, reason)
    found = _standardized(scores[None, :], below)[0]
    best = int(found.argmax())
    generator = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, permutations, 1000):
        size = min(1000, permutations - start)
        shuffled = generator.permuted(np.broadcast_to(scores, (size, len(scores))), axis=1)
        as_large += int((_standardized(shuffled, below).max(axis=1) >= found[best] * (1 - ROUNDING)).sum())
    return MaximallySelected(
        cuts=x[order][below - 1],
        statistics=found,
        cut=float(x[order][below[best] - 1]),
        statistic=float(found[best]),
        p_permutation=(1 + as_large) / (1 + permutations),
        p_lausen=lausen_p(float(found[best]), least, 1 - least),
        permutations=permutations,
        seed=seed,
    )


def _reason(scores: Floats, below: np.ndarray, events: int) -> Reason:
    if not events:
        return "no events"
    if not np.ptp(scores) > ROUNDING:
        return "nothing to compare"
    return "" if len(below) else "no cut"


def lausen_p(statistic: float, low: float, high: float) -> float:
    """Probability that the largest statistic over cuts between the shares ``low`` and ``high`` exceeds ``statistic``.

    phi(b) (b - 1/b) log(high (1 - low) / ((1 - high) low)) + 4 phi(b) / b for b above 1, at most 1.
    Source: Lausen and Schumacher 1992, formula 6, after Miller and Siegmund 1982. R: ``maxstat::pLausen92``.
    """
    if statistic <= 1:
        return 1.0
    density = np.exp(-(statistic**2) / 2) / np.sqrt(2 * np.pi)
    spread = np.log(high * (1 - low) / ((1 - high) * low))
    return float(min(1.0, density * (statistic - 1 / statistic) * spread + 4 * density / statistic))


def bootstrap_cuts(
    days: ArrayLike, event: ArrayLike, value: ArrayLike, least: float = 0.1, resamples: int = 1000, seed: int = 0
) -> Floats:
    """The best cut of each of ``resamples`` samples drawn with replacement; a sample without one is left out."""
    day, had, x = np.asarray(days), np.asarray(event, dtype=bool), np.asarray(value, dtype=np.float64)
    generator = np.random.default_rng(seed)
    cuts = []
    for _ in range(resamples):
        drawn = generator.integers(0, len(x), len(x))
        drawn = drawn[np.argsort(x[drawn], kind="stable")]
        below = _allowed(x[drawn], least)
        scores = logrank_scores(day[drawn], had[drawn])
        if not _reason(scores, below, int(had[drawn].sum())):
            found = _standardized(scores[None, :], below)[0]
            cuts.append(x[drawn][below[int(found.argmax())] - 1])
    return np.array(cuts)


def _allowed(ordered: Floats, least: float) -> np.ndarray:
    """How many of the ``ordered`` (n,) values lie at or below each cut that divides them well enough, (C,)."""
    n = len(ordered)
    ends = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    kept: np.ndarray = ends[(ends >= least * n - ROUNDING) & (n - ends >= least * n - ROUNDING)]
    return kept


def _standardized(scores: Floats, below: np.ndarray) -> Floats:
    """The statistic of each row of ``scores`` (B, n) at each number of patients ``below``, (B, C)."""
    n = scores.shape[1]
    mean = scores.mean(axis=1, keepdims=True)
    spread = ((scores - mean) ** 2).sum(axis=1, keepdims=True)
    sums = np.cumsum(scores, axis=1)[:, below - 1]
    variance = below * (n - below) / (n * (n - 1)) * spread
    statistics: Floats = np.abs(sums - below * mean) / np.sqrt(np.where(variance > 0, variance, np.inf))
    return statistics
