"""Restricted mean survival time: the mean days lived within the first tau days, and its comparison between levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from components.engine.beta_product import beta_product_limits
from components.engine.event_table import EventTable, Floats
from components.engine.kaplan_meier import FEW_EVENTS, Bools, SurvivalCurves, kaplan_meier
from components.engine.limits import normal_p, normal_quantile


@dataclass(frozen=True)
class RestrictedMean:
    """Mean days lived up to ``tau`` in each of K levels: arrays (K,), nan where follow-up ends before ``tau``.

    ``beta_product`` says whose limits are areas under the limits of the beta product.
    """

    tau: float
    mean: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    beta_product: Bools
    level: float


@dataclass(frozen=True)
class MeanDifference:
    """Mean of one level minus that of another, its limits and the two-sided p; nan where it cannot be computed.

    ``std_err`` is the one the test uses, as it would be if both levels had the same survival.
    """

    estimate: float
    std_err: float
    lower: float
    upper: float
    p: float


def restricted_mean(table: EventTable, tau: float, level: float = 0.95) -> RestrictedMean:
    """Area under each level's Kaplan-Meier curve from day 0 to ``tau``, its standard error and limits within 0 and tau.

    The variance is the sum over event days s <= tau of A(s)^2 d / (Y (Y - d)), where A(s) is the area from s to tau
    and the term is 0 where the last patient has the event. Limits are normal on the logit of mean / tau. With fewer
    than ``FEW_EVENTS`` events by tau, or a standard error of 0, they are the areas under the beta product's limits.
    A level followed for fewer than ``tau`` days is not estimable (nan) unless its curve has reached 0: the curve is not
    carried forward.
    Source: Klein and Moeschberger, Survival Analysis, section 4.5 (mean and variance).
    R: ``print(survfit(...), rmean = tau)``; survRM2 ``rmst2(time, status, arm, tau)``, whose limits are normal on the
    mean itself. SAS: ``LIFETEST RMST(TAU=)``.
    Raises ValueError unless tau > 0.
    """
    if not tau > 0:
        raise ValueError(f"tau must be positive, not {tau}")
    km = kaplan_meier(table, "plain", level)
    within = km.times <= tau
    mean, remaining = _areas(km, tau, np.ones(len(km.n)), np.nan_to_num(km.survival))
    d, y = km.events[within], km.at_risk[within]
    staying = y - d
    terms = np.where(staying > 0, d / np.maximum(y * staying, 1), 0.0)
    estimable = _estimable(km, tau)
    std_err = np.sqrt((remaining**2 * terms).sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, spread = logit(mean / tau), normal_quantile(level) * std_err * tau / (mean * (tau - mean))
    exact = beta_product_limits(km.at_risk, km.events, km.n, level)
    few = (d.sum(axis=0) < FEW_EVENTS) | ~(std_err > 0) | ~np.isfinite(spread)
    lower = np.where(few, _areas(km, tau, exact.lower[0], exact.lower_after[1:])[0], tau * expit(middle - spread))
    upper = np.where(few, _areas(km, tau, exact.upper[0], exact.upper[1:])[0], tau * expit(middle + spread))
    mean, std_err, lower, upper = (np.where(estimable, value, np.nan) for value in (mean, std_err, lower, upper))
    return RestrictedMean(float(tau), mean, std_err, lower, upper, few, level)


def mean_within(km: SurvivalCurves, tau: float) -> Floats:
    """The mean alone of ``restricted_mean``, (K,), of curves that are there already."""
    mean, _ = _areas(km, tau, np.ones(len(km.n)), np.nan_to_num(km.survival))
    return np.where(_estimable(km, tau), mean, np.nan)


def _estimable(km: SurvivalCurves, tau: float) -> Bools:
    estimable: Bools = (km.last >= tau) | (km.survival == 0).any(axis=0)
    return estimable


def restricted_mean_difference(table: EventTable, means: RestrictedMean, a: int, b: int) -> MeanDifference:
    """Restricted mean of level ``a`` minus that of level ``b``, whose means come from ``table``.

    The limits are put together from those of the two means (square-and-add), so that they stay between -tau and tau
    and hold for a level without events. The test takes the standard error of the difference with the hazard of both
    levels pooled: the sum over their event days of A(s)^2 d / (Y - d) (1 / Y_a + 1 / Y_b), where A, d and Y are those
    of the pooled levels; p is nan where it is 0.
    Source: Zou and Donner, Statistics in Medicine 2008 (limits); Pepe and Fleming, Biometrics 1989 (test).
    """
    of_a, of_b = (float(means.mean[k]) for k in (a, b))
    estimate = of_a - of_b
    if np.isnan(estimate):
        return MeanDifference(np.nan, np.nan, np.nan, np.nan, np.nan)
    lower = estimate - np.hypot(of_a - means.lower[a], means.upper[b] - of_b)
    upper = estimate + np.hypot(means.upper[a] - of_a, of_b - means.lower[b])
    both = EventTable(table.times, table.events[:, [a, b]], table.censored[:, [a, b]])
    km = kaplan_meier(both.pooled, "plain", means.level)
    within = km.times <= means.tau
    _, remaining = _areas(km, means.tau, np.ones(1), np.nan_to_num(km.survival))
    d, y, each = km.events[within, 0], km.at_risk[within, 0], both.at_risk[within]
    hazard = np.where(y > d, d / np.maximum(y - d, 1), 0.0)  # where nobody is left no area is left either
    shares = np.where(each > 0, 1 / np.maximum(each, 1), 0.0).sum(axis=1)
    std_err = float(np.sqrt((remaining[:, 0] ** 2 * hazard * shares).sum()))
    p = normal_p(estimate / std_err) if std_err > 0 else np.nan
    return MeanDifference(estimate, std_err, float(lower), float(upper), p)


def _areas(km: SurvivalCurves, tau: float, start: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """Area to ``tau`` under the step function ``start`` (K,), ``steps`` (T, K), and that from each day within on."""
    within = km.times <= tau
    edges = np.concatenate([[0.0], km.times[within], [tau]])
    areas = np.diff(edges)[:, None] * np.concatenate([start[None], steps[within]])
    return areas.sum(axis=0), np.cumsum(areas[:0:-1], axis=0)[::-1]
