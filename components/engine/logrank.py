"""Log-rank tests of K levels: weighted, stratified, for trend, and of every pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import chisquare_p, normal_p
from components.engine.partial_likelihood import Bools, closure

Weighting = Literal["fleming-harrington", "gehan", "tarone-ware"]
Reason = Literal["", "fewer than two levels", "no events", "nothing to compare"]


@dataclass(frozen=True)
class LogRank:
    """Observed and expected events of each level (K,), and the test that they agree.

    ``observed`` and ``expected`` are weighted sums when the test is weighted; ``variance`` (K, K) is the covariance of
    their difference. Where there is nothing to test, ``chisq`` and ``p`` are nan, ``df`` is 0 and ``reason`` says why.
    """

    observed: Floats
    expected: Floats
    variance: Floats
    chisq: float
    df: int
    p: float
    reason: Reason = ""


@dataclass(frozen=True)
class Trend:
    """Test for trend over the levels' scores; ``z`` is positive when events grow with the score."""

    z: float
    chisq: float
    p: float
    reason: Reason = ""


@dataclass(frozen=True)
class Pair:
    """The log-rank test of level ``a`` against level ``b`` among their patients only."""

    a: int
    b: int
    test: LogRank


def logrank(
    *strata: EventTable, weighting: Weighting = "fleming-harrington", rho: float = 0, gamma: float = 0
) -> LogRank:
    """Log-rank test of K levels, stratified when several tables (one a stratum, all with the same K) are given.

    Each event day weighs S(t-)^rho (1 - S(t-))^gamma with S the Kaplan-Meier estimate of the stratum's pooled patients
    (rho = gamma = 0 is the log-rank test, rho = 1 the Peto-Prentice form of Wilcoxon's); "gehan" weighs by the number
    at risk and "tarone-ware" by its square root. Levels at risk at no event day drop out; df is the rank of the
    variance, one less than the levels that can be compared.
    Source: Mantel 1966; Fleming and Harrington, Counting Processes and Survival Analysis, chapter 7.
    R: ``survdiff(Surv(day, event) ~ level + strata(stratum), rho = rho)``; gamma, Gehan and Tarone-Ware as in survMisc
    ``comp``. Raises ValueError without a table, or when rho or gamma is negative.
    """
    observed, expected, variance = _sums(strata, weighting, rho, gamma)
    reason = _reason(strata)
    if reason:
        return LogRank(observed, expected, variance, np.nan, 0, np.nan, reason)
    chisq, df = chisquares((observed - expected)[None], variance[None])
    if df[0] == 0:
        return LogRank(observed, expected, variance, np.nan, 0, np.nan, "nothing to compare")
    return LogRank(observed, expected, variance, float(chisq[0]), int(df[0]), chisquare_p(chisq[0], df[0]))


def trend(
    *strata: EventTable,
    scores: ArrayLike | None = None,
    weighting: Weighting = "fleming-harrington",
    rho: float = 0,
    gamma: float = 0,
) -> Trend:
    """Test for trend over the levels: z = a'U / sqrt(a'V a), U = observed - expected, V its covariance, a the scores.

    ``scores`` (K,) are 1, 2, ..., K unless given; adding a constant to them changes nothing.
    Source: Tarone 1975; Klein and Moeschberger, section 7.4. R: survMisc ``comp`` ("tft"); the score test of
    ``coxph(Surv(day, event) ~ score)`` but for ties. Raises ValueError when there are not K scores.
    """
    observed, expected, variance = _sums(strata, weighting, rho, gamma)
    a = np.arange(1.0, len(observed) + 1) if scores is None else np.asarray(scores, dtype=np.float64)
    if a.shape != observed.shape:
        raise ValueError(f"{a.size} scores for {observed.size} levels")
    reason = _reason(strata)
    if reason:
        return Trend(np.nan, np.nan, np.nan, reason)
    a = a - a.mean()
    spread = float(a @ variance @ a)
    if not spread > 1e-12 * float(a @ a) * float(np.trace(variance)):
        return Trend(np.nan, np.nan, np.nan, "nothing to compare")
    z = float(a @ (observed - expected)) / float(np.sqrt(spread))
    return Trend(z, z * z, normal_p(z))


def pairwise_logrank(
    *strata: EventTable, weighting: Weighting = "fleming-harrington", rho: float = 0, gamma: float = 0
) -> tuple[Pair, ...]:
    """The log-rank test of every pair of levels, unadjusted, in the order (0, 1), (0, 2), ..., (K - 2, K - 1).

    Each test sees the two levels' patients only, so weights and risk sets are the pair's own.
    R: survminer ``pairwise_survdiff(..., p.adjust.method = "none")``; adjust with ``multiplicity.adjusted``.
    """
    return tuple(
        Pair(a, b, logrank(*(_levels(t, a, b) for t in strata), weighting=weighting, rho=rho, gamma=gamma))
        for a, b in combinations(range(strata[0].events.shape[1] if strata else 0), 2)
    )


def comparable(*strata: EventTable) -> Bools:
    """Whether two levels can be compared at all, (K, K), directly or through others; a level always with itself.

    Two levels compete on a day when an event happens while both are at risk and not everybody has it: a day on which
    all die holds no information, because every distribution of its events is the same one. The log-rank covariance of
    two levels is 0 exactly when they never compete.
    """
    levels = strata[0].events.shape[1]
    joined = np.eye(levels, dtype=np.bool_)
    for table in strata:
        joined |= comparable_in_counts(table.events, table.at_risk)
    together: Bools = closure(joined[None])[0]
    return together


def comparable_in_counts(events: Counts | Floats, at_risk: Counts | Floats) -> Bools:
    """The same from counts per time and level, (D, K) both; patients may change their level between times."""
    died = events.sum(axis=1)
    there = (at_risk[(died > 0) & (died < at_risk.sum(axis=1))] > 0).astype(np.float64)
    joined = ((there.T @ there) > 0) | np.eye(events.shape[1], dtype=np.bool_)
    together: Bools = closure(joined[None])[0]
    return together


def chisquares(difference: Floats, variance: Floats) -> tuple[Floats, Counts]:
    """U' V^- U and the rank of V for B tests at once: ``difference`` (B, K), ``variance`` (B, K, K), results (B,).

    V^- is the generalised inverse, so no level has to be left out and a level without information adds no degree of
    freedom.
    """
    values, vectors = np.linalg.eigh(variance)
    informative = values > 1e-10 * np.maximum(values[:, -1:], 1e-300)
    along = np.einsum("bkj,bk->bj", vectors, difference)
    parts = np.where(informative, along**2 / np.where(informative, values, 1), 0.0)
    return parts.sum(axis=1), informative.sum(axis=1)


def logranks(events: Floats, at_risk: Floats) -> tuple[Floats, Counts, Floats]:
    """Chi-square, degrees of freedom and p of B unweighted log-rank tests at once, of counts (B, D, K) each.

    The same numbers as ``logrank`` gives of each; days without an event count for nothing, and where nothing can be
    compared the degrees of freedom are 0 and p is nan.
    """
    y, d = at_risk.sum(axis=2), events.sum(axis=2)
    share = at_risk / np.maximum(y, 1)[:, :, None]
    difference = events.sum(axis=1) - np.einsum("bd,bdk->bk", d, share)
    spread = d * (y - d) / np.maximum(y - 1, 1)
    variance = -np.einsum("bd,bdj,bdk->bjk", spread, share, share, optimize=True)
    diagonal = np.arange(events.shape[2])
    variance[:, diagonal, diagonal] += np.einsum("bd,bdk->bk", spread, share)
    chisq, df = chisquares(difference, variance)
    return chisq, df, np.where(df > 0, chdtrc(np.maximum(df, 1), chisq), np.nan)


def _levels(table: EventTable, a: int, b: int) -> EventTable:
    return EventTable(table.times, table.events[:, [a, b]], table.censored[:, [a, b]])


def _reason(strata: Sequence[EventTable]) -> Reason:
    events = np.sum([t.events.sum(axis=0) for t in strata], axis=0)
    n = np.sum([t.n for t in strata], axis=0)
    if (n > 0).sum() < 2:
        return "fewer than two levels"
    return "" if events.sum() else "no events"


def _sums(
    strata: Sequence[EventTable], weighting: Weighting, rho: float, gamma: float
) -> tuple[Floats, Floats, Floats]:
    """Weighted observed (K,), expected (K,) and covariance (K, K), summed over the strata."""
    if not strata:
        raise ValueError("no table to test")
    if rho < 0 or gamma < 0:
        raise ValueError(f"rho and gamma must not be negative: {rho}, {gamma}")
    observed, expected, variance = zip(*_stratum_sums(strata, weighting, rho, gamma), strict=True)
    return np.sum(observed, axis=0), np.sum(expected, axis=0), np.sum(variance, axis=0)


def _stratum_sums(
    strata: Sequence[EventTable], weighting: Weighting, rho: float, gamma: float
) -> Iterator[tuple[Floats, Floats, Floats]]:
    for table in strata:
        died = table.events.sum(axis=1) > 0
        at_risk, events = table.at_risk[died], table.events[died]
        y, d = at_risk.sum(axis=1), events.sum(axis=1)
        w = _weights(y, d, weighting, rho, gamma)
        share = at_risk / y[:, None]
        spread = w * w * d * (y - d) / np.maximum(y - 1, 1)
        covariance = np.diag(spread @ share) - (share * spread[:, None]).T @ share
        yield w @ events, (w * d) @ share, covariance


def _weights(y: Counts, d: Counts, weighting: Weighting, rho: float, gamma: float) -> Floats:
    if weighting == "gehan":
        return y.astype(np.float64)
    if weighting == "tarone-ware":
        return np.sqrt(y)
    if weighting != "fleming-harrington":
        raise ValueError(f"unknown weighting {weighting!r}")
    before = np.concatenate([[1.0], np.cumprod(1 - d / y)[:-1]]) if len(y) else np.ones(0)
    return before**rho * (1 - before) ** gamma
