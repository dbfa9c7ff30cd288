"""Univariate Cox models of categorical factors, many factors in one batched Newton iteration.

* ``cox_models(tables, references, ties)`` fits one model per event table and returns a ``CoxModel`` each.
* ``cox_model(table, reference, ties)`` fits one.
* ``fitted(events, at_risk, reference, ties)`` fits counts (B, D, K) directly, e.g. thousands of candidate assignments
  of levels to the same patients, and returns arrays (``CoxFits``).

A level whose ratio to the reference is 0 or infinite (above all a level without events) is marked ``monotone``: its
coefficient is -inf or inf (nan where not even the direction is known), it has no standard error and no Wald number,
and the other levels get the estimates they would have without those patients, which is the limit R and SAS drift to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr

from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import normal_quantile
from components.engine.partial_likelihood import (
    Bools,
    Maximum,
    Ties,
    anchors,
    derivatives,
    maximum,
    present_levels,
    reachable,
    restricted,
    risk_sets,
    solution,
    within_components,
)


@dataclass(frozen=True)
class ChiSquare:
    """A chi-square test; chisq and p are nan when there is nothing to test (df 0)."""

    chisq: float
    df: int
    p: float


@dataclass(frozen=True)
class CoxFits:
    """B fits over K levels as arrays.

    ``coef``, ``standard_error`` and ``monotone`` (B, K); ``covariance`` (B, K, K), 0 at the reference, nan where
    monotone; log-likelihood at 0 and at the estimate (its supremum where monotone), the three chi-squares and their
    degrees of freedom (B,).
    """

    coef: Floats
    standard_error: Floats
    covariance: Floats
    monotone: Bools
    log_likelihood_0: Floats
    log_likelihood: Floats
    score: Floats
    wald: Floats
    df: Counts
    wald_df: Counts
    converged: Bools

    @property
    def likelihood_ratio(self) -> Floats:
        """Likelihood-ratio chi-square 2 (l - l0), (B,); nan where df is 0."""
        twice = 2.0 * np.maximum(self.log_likelihood - self.log_likelihood_0, 0.0)
        return np.where(self.df > 0, twice, np.nan)

    def wald_limits(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper hazard ratio exp(coef -+ z se), (B, K) each; nan where monotone."""
        return _wald_limits(self, level)


def fitted(events: ArrayLike, at_risk: ArrayLike, reference: ArrayLike = 0, ties: Ties = "breslow") -> CoxFits:
    """Cox fits of counts per event time and level, the two arrays (B, D, K); ``reference`` one index, or one per fit.

    Times without an event may be present and count for nothing; levels without patients are ignored, so factors with
    fewer levels or times are padded with 0. ``at_risk`` must not increase with time.

    Raises ValueError when the shapes differ or ties is unknown. R: ``coxph(Surv(day, event) ~ factor, ties = ties)``.
    """
    had, there, base = _checked(events, at_risk, reference)
    null, score, df = _null(had, there, base, ties)
    best, free, coef, monotone = _best(had, there, base, ties)
    known = free & ~monotone
    inverse = np.linalg.inv(restricted(best.at.information, known))
    covariance: Floats = np.where(known[:, :, None] & known[:, None, :], inverse, 0.0)
    covariance[monotone[:, :, None] | monotone[:, None, :]] = np.nan
    finite = np.where(known, coef, 0.0)
    wald = (finite * (best.at.information @ finite[:, :, None])[:, :, 0]).sum(axis=1)
    wald_df = known.sum(axis=1)
    error: Floats = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    wald = np.where(wald_df > 0, wald, np.nan)
    return CoxFits(coef, error, covariance, monotone, null, best.at.value, score, wald, df, wald_df, best.converged)


def coefficients(
    events: ArrayLike, at_risk: ArrayLike, reference: ArrayLike = 0, ties: Ties = "breslow"
) -> tuple[Floats, Bools]:
    """The coefficients of ``fitted`` alone, and which of them are monotone, (B, K) each. Raises as that does."""
    _, _, coef, monotone = _best(*_checked(events, at_risk, reference), ties)
    return coef, monotone


def _checked(events: ArrayLike, at_risk: ArrayLike, reference: ArrayLike) -> tuple[Floats, Floats, Counts]:
    had, there = np.asarray(events, dtype=np.float64), np.asarray(at_risk, dtype=np.float64)
    if had.ndim != 3 or had.shape != there.shape:
        raise ValueError(f"events {had.shape} and at_risk {there.shape} must have one shape (fits, times, levels)")
    return had, there, np.broadcast_to(np.asarray(reference, dtype=np.int64), had.shape[:1])


def _best(had: Floats, there: Floats, base: Counts, ties: Ties) -> tuple[Maximum, Bools, Floats, Bools]:
    """The maximum, its free levels, and the coefficients against the reference with those that are monotone."""
    reach = reachable(had, there)
    sets = risk_sets(had, within_components(had, there, reach), ties)
    free = ~anchors(reach, base)
    best = maximum(sets, free, np.zeros(free.shape))
    return best, free, *_ratios(best.beta, reach, base)


def _null(had: Floats, there: Floats, base: Counts, ties: Ties) -> tuple[Floats, Floats, Counts]:
    """Log-likelihood at 0, score chi-square and its degrees of freedom: one less than the levels ever competing."""
    sets = risk_sets(had, there, ties)
    present = present_levels(had, there)
    fit = np.arange(len(base))
    held = np.where(present[fit, base], base, present.argmax(axis=1))
    free = present.copy()
    free[fit, held] = False
    at = derivatives(sets, np.zeros(present.shape))
    score = (solution(at.information, at.score, free) * np.where(free, at.score, 0.0)).sum(axis=1)
    df = free.sum(axis=1)
    return at.value, np.where(df > 0, score, np.nan), df


def _ratios(beta: Floats, reach: Bools, base: Counts) -> tuple[Floats, Bools]:
    """Coefficients against the reference, infinite or nan where only one or neither level reaches the other."""
    fit = np.arange(len(base))
    below, above = reach[fit, base], reach[fit, :, base]
    infinite = np.where(below, -np.inf, np.where(above, np.inf, np.nan))
    monotone = ~(below & above)
    return np.where(monotone, infinite, beta), monotone


@dataclass(frozen=True)
class CoxModel:
    """Univariate Cox model of one factor with K levels.

    Arrays over the levels, the reference included (coef 0): ``coef`` (log hazard ratio), ``standard_error``,
    ``monotone``, ``events`` and ``n``; ``covariance`` (K, K). Monotone levels: coef -inf, inf or nan, errors nan.
    ``wald`` tests the levels with a finite ratio only, so its df leaves the monotone ones out, where R counts them.
    """

    reference: int
    ties: Ties
    coef: Floats
    standard_error: Floats
    covariance: Floats
    monotone: Bools
    events: Counts
    n: Counts
    log_likelihood_0: float
    log_likelihood: float
    wald: ChiSquare
    score: ChiSquare
    likelihood_ratio: ChiSquare

    @property
    def hazard_ratio(self) -> Floats:
        """exp(coef), (K,): 0 or infinite where monotone, 1 at the reference."""
        return np.exp(self.coef)

    @property
    def p(self) -> Floats:
        """Two-sided Wald p of each level against the reference, (K,); nan at the reference and where monotone."""
        known = self.standard_error > 0
        z = np.divide(self.coef, self.standard_error, out=np.full(len(self.coef), np.nan), where=known)
        two_sided: Floats = 2.0 * ndtr(-np.abs(z))
        return two_sided

    def wald_limits(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper hazard ratio exp(coef -+ z se), (K,) each; nan where monotone. R: ``confint(fit)``."""
        return _wald_limits(self, level)


def _wald_limits(fit: CoxFits | CoxModel, level: float) -> tuple[Floats, Floats]:
    half = normal_quantile(level) * fit.standard_error
    centre = np.where(fit.monotone, np.nan, fit.coef)
    return np.exp(centre - half), np.exp(centre + half)


def counts(tables: Sequence[EventTable]) -> tuple[Floats, Floats]:
    """Events and patients at risk at each table's event times, (F, D, K) each, padded with 0."""
    died = [table.events.any(axis=1) for table in tables]
    shape = (
        len(tables),
        max((int(rows.sum()) for rows in died), default=0),
        max((table.events.shape[1] for table in tables), default=0),
    )
    events, at_risk = np.zeros(shape), np.zeros(shape)
    for f, (table, rows) in enumerate(zip(tables, died, strict=True)):
        had = table.events[rows]
        events[f, : had.shape[0], : had.shape[1]] = had
        at_risk[f, : had.shape[0], : had.shape[1]] = table.at_risk[rows]
    return events, at_risk


def reference_indices(tables: Sequence[EventTable], references: Sequence[int] | int) -> Counts:
    """One reference level per table, (F,).

    Raises ValueError when a reference is not one of its table's levels, or their number differs from the tables'.
    """
    base = [references] * len(tables) if isinstance(references, int) else list(references)
    for table, reference in zip(tables, base, strict=True):
        if not 0 <= reference < table.events.shape[1]:
            raise ValueError(f"reference {reference} is not one of the {table.events.shape[1]} levels")
    return np.asarray(base, dtype=np.int64)


def cox_models(
    tables: Sequence[EventTable], references: Sequence[int] | int = 0, ties: Ties = "breslow"
) -> tuple[CoxModel, ...]:
    """One univariate Cox model per table (each factor with its own patients and levels), fitted together.

    Raises ValueError when a reference is not one of its table's levels. R: ``coxph(Surv(day, event) ~ factor, ties)``.
    """
    if not tables:
        return ()
    base = reference_indices(tables, references)
    fits = fitted(*counts(tables), base, ties)
    tests = [
        (statistic, df, chdtrc(np.maximum(df, 1), statistic))
        for statistic, df in ((fits.wald, fits.wald_df), (fits.score, fits.df), (fits.likelihood_ratio, fits.df))
    ]
    models = []
    for f, table in enumerate(tables):
        k = table.events.shape[1]
        wald, score, likelihood_ratio = (ChiSquare(float(x[f]), int(df[f]), float(p[f])) for x, df, p in tests)
        models.append(
            CoxModel(
                int(base[f]),
                ties,
                fits.coef[f, :k],
                fits.standard_error[f, :k],
                fits.covariance[f, :k, :k],
                fits.monotone[f, :k],
                table.events.sum(axis=0),
                table.n,
                float(fits.log_likelihood_0[f]),
                float(fits.log_likelihood[f]),
                wald,
                score,
                likelihood_ratio,
            )
        )
    return tuple(models)


def cox_model(table: EventTable, reference: int = 0, ties: Ties = "breslow") -> CoxModel:
    """The univariate Cox model of one factor; see ``cox_models``."""
    return cox_models((table,), (reference,), ties)[0]
