"""Cox fits of thousands of candidates for one factor: the same deaths, and a few other patients at risk.

``close_fits(events, at_risk, reference, near)`` gives the log hazard ratios and standard errors of ``cox.fitted``
without its tests. The arrays lie fit by fit within each count, the order in which processors go through them fastest,
and the iteration starts near the answer. Fits that do not end there, above all those without a finite ratio, go to
``cox.fitted``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.cox import fitted
from components.engine.event_table import Counts, Floats
from components.engine.limits import normal_quantile
from components.engine.partial_likelihood import DECREMENT, Bools

STEPS = 12
"""Newton steps after which a fit that has not ended is handed on."""
FAR = 30.0
"""A log hazard ratio beyond this is on its way to infinity."""


@dataclass(frozen=True)
class CloseFits:
    """``coef`` and ``standard_error`` (B, K) as in ``CoxFits``: nan for the error where a ratio is 0 or infinite."""

    coef: Floats
    standard_error: Floats

    def wald_limits(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper hazard ratio exp(coef -+ z se), (B, K) each; nan where the ratio is 0 or infinite."""
        half = normal_quantile(level) * self.standard_error
        return np.exp(self.coef - half), np.exp(self.coef + half)


def close_fits(events: Floats, at_risk: Floats, reference: int, near: Floats | None = None) -> CloseFits:
    """Breslow fits of the events (D, K) with B sets of patients at risk (B, D, K), which do not increase with time.

    ``near`` (K,) are log hazard ratios close to most of the answers, 0 where not given or not finite.
    R: ``coxph(Surv(day, event) ~ factor, ties = "breslow")``, fit by fit.
    """
    size, _, levels = at_risk.shape
    free = np.array([k for k in range(levels) if k != reference and events[:, k].any()], dtype=np.int64)
    start = np.zeros(levels) if near is None else np.where(np.isfinite(near), near, 0.0)
    weights = np.ascontiguousarray(at_risk.transpose(2, 1, 0))
    beta = np.repeat((start - start[reference])[free][:, None], size, axis=1)
    ended, lost = np.zeros((2, size), dtype=np.bool_)
    rows = np.flatnonzero(_finite(events, weights, reference, free))
    here = weights if len(rows) == size else weights[:, :, rows]
    for _ in range(STEPS):
        if not len(rows):
            break
        score, information = _derivatives(events, here, reference, free, beta[:, rows])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = _step(information, score)
        ended[rows] = (step * score).sum(axis=0) < DECREMENT
        beta[:, rows] += step
        lost[rows] |= ~(np.abs(beta[:, rows]) < FAR).all(axis=0)
        beta[:, lost] = 0.0
        going = ~(ended | lost)[rows]
        if not going.any():
            break
        if 2 * going.sum() < len(rows):
            rows, here = rows[going], here[:, :, going]
    good = np.flatnonzero(ended & ~lost)
    here = weights if len(good) == size else weights[:, :, good]
    information = _derivatives(events, here, reference, free, beta[:, good])[1]
    return _whole(events, at_risk, reference, free, beta, information, good)


def _finite(events: Floats, weights: Floats, reference: int, free: Counts) -> Bools:
    """Fits in which all levels with events are at risk at the reference's first, and the reference at theirs, (B,)."""
    if not (events[:, reference].any() and len(free)):
        return np.zeros(weights.shape[2], dtype=np.bool_)
    first = (events > 0).argmax(axis=0)
    known: Bools = (weights[free, first[reference]] > 0).all(axis=0) & (weights[reference, first[free]] > 0).all(axis=0)
    return known


def _derivatives(events: Floats, weights: Floats, reference: int, free: Counts, beta: Floats) -> tuple[Floats, Floats]:
    """Score (F, B) and information (F, F, B) of the free levels; ``weights`` (K, D, B), ``beta`` (F, B)."""
    hazard = [weights[k] * np.exp(beta[f]) for f, k in enumerate(free)]
    total = weights[reference] + sum(hazard)
    times = events.sum(axis=1)
    one_by_one = bool((times == 1.0).all())
    score = np.empty_like(beta)
    information = np.empty((len(free), len(free), beta.shape[1]))
    for f, k in enumerate(free):
        hazard[f] /= total
        counted = hazard[f] if one_by_one else hazard[f] * times[:, None]
        expected = counted.sum(axis=0)
        score[f] = events[:, k].sum() - expected
        for g in range(f + 1):
            crossed = (counted * hazard[g]).sum(axis=0)
            information[f, g] = information[g, f] = expected - crossed if f == g else -crossed
    return score, information


def _step(information: Floats, score: Floats) -> Floats:
    """Newton step (F, B): elimination without exchanging rows, the information being positive definite."""
    left, step = information.copy(), score.copy()
    size = len(step)
    for f in range(size):
        for g in range(f + 1, size):
            share = left[g, f] / left[f, f]
            left[g, f:] -= share * left[f, f:]
            step[g] -= share * step[f]
    for f in reversed(range(size)):
        for g in range(f + 1, size):
            step[f] -= left[f, g] * step[g]
        step[f] /= left[f, f]
    return step


def _whole(
    events: Floats,
    at_risk: Floats,
    reference: int,
    free: Counts,
    beta: Floats,
    information: Floats,
    good: Counts,
) -> CloseFits:
    """``information`` (F, F, G) of the fits ``good``; all others are fitted one by one."""
    coef, error = np.zeros((2, len(at_risk), at_risk.shape[2]))
    coef[np.ix_(good, free)] = beta[:, good].T
    inverse = np.linalg.inv(information.transpose(2, 0, 1))
    error[np.ix_(good, free)] = np.sqrt(np.diagonal(inverse, axis1=1, axis2=2))
    never = np.flatnonzero(~events.any(axis=0))
    competing = at_risk[good][:, int(events.any(axis=1).argmax()), never] > 0
    coef[np.ix_(good, never)] = np.where(competing, -np.inf, np.nan)
    error[np.ix_(good, never)] = np.nan
    others = np.delete(np.arange(len(at_risk)), good)
    if len(others):
        rest = fitted(np.broadcast_to(events, at_risk[others].shape), at_risk[others], reference)
        coef[others], error[others] = rest.coef, rest.standard_error
    return CloseFits(coef, error)
