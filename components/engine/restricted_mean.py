"""Restricted mean survival time: the mean days lived within the first tau days, and its comparison between levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.engine.event_table import EventTable, Floats
from components.engine.kaplan_meier import kaplan_meier
from components.engine.limits import normal_p, normal_quantile


@dataclass(frozen=True)
class RestrictedMean:
    """Mean days lived up to ``tau`` in each of K levels: arrays (K,), nan where follow-up ends before ``tau``."""

    tau: float
    mean: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    level: float


@dataclass(frozen=True)
class Contrast:
    """A difference or ratio of two levels, its limits and its two-sided p; nan where it cannot be computed."""

    estimate: float
    std_err: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class RestrictedMeanComparison:
    """Level a against level b up to ``tau``: difference in days, ratio of days lived and ratio of days lost.

    The standard errors of the two ratios are those of their logarithms.
    """

    tau: float
    difference: Contrast
    ratio: Contrast
    ratio_lost: Contrast


def restricted_mean(table: EventTable, tau: float, level: float = 0.95) -> RestrictedMean:
    """Area under each level's Kaplan-Meier curve from day 0 to ``tau``, with its standard error and normal limits.

    The variance is the sum over event days s <= tau of A(s)^2 d / (Y (Y - d)), where A(s) is the area from s to tau
    and the term is 0 where the last patient has the event. A level followed for fewer than ``tau`` days is not
    estimable (nan) unless its curve has reached 0: the curve is not carried forward.
    Source: Klein and Moeschberger, Survival Analysis, section 4.5.
    R: ``print(survfit(...), rmean = tau)``; survRM2 ``rmst2(time, status, arm, tau)``. SAS: ``LIFETEST RMST(TAU=)``.
    Raises ValueError unless tau > 0.
    """
    if not tau > 0:
        raise ValueError(f"tau must be positive, not {tau}")
    km = kaplan_meier(table, "plain", level)
    within = km.times <= tau
    edges = np.concatenate([[0.0], km.times[within], [tau]])
    steps = np.concatenate([np.ones((1, len(km.n))), np.nan_to_num(km.survival[within])])
    areas = np.diff(edges)[:, None] * steps
    remaining = np.cumsum(areas[:0:-1], axis=0)[::-1]
    d, y = km.events[within], km.at_risk[within]
    staying = y - d
    terms = np.where(staying > 0, d / np.maximum(y * staying, 1), 0.0)
    reached_zero = (km.survival == 0).any(axis=0)
    estimable = (km.last >= tau) | reached_zero
    mean = np.where(estimable, areas.sum(axis=0), np.nan)
    std_err = np.where(estimable, np.sqrt((remaining**2 * terms).sum(axis=0)), np.nan)
    z = normal_quantile(level)
    return RestrictedMean(float(tau), mean, std_err, mean - z * std_err, mean + z * std_err, level)


def restricted_mean_comparison(means: RestrictedMean, a: int, b: int) -> RestrictedMeanComparison:
    """Level ``a`` against level ``b``: the difference, and by the delta method on the log scale the two ratios.

    Source: Uno et al., Journal of Clinical Oncology 2014. R: survRM2 ``rmst2(time, status, arm, tau)`` with arm 1 = a.
    """
    mean_a, mean_b = float(means.mean[a]), float(means.mean[b])
    se_a, se_b = float(means.std_err[a]), float(means.std_err[b])
    return RestrictedMeanComparison(
        tau=means.tau,
        difference=_difference(mean_a - mean_b, float(np.hypot(se_a, se_b)), means.level),
        ratio=_ratio(mean_a, se_a, mean_b, se_b, means.level),
        ratio_lost=_ratio(means.tau - mean_a, se_a, means.tau - mean_b, se_b, means.level),
    )


def _difference(estimate: float, std_err: float, level: float) -> Contrast:
    if not std_err > 0:
        return Contrast(estimate, std_err, np.nan, np.nan, np.nan)
    half = normal_quantile(level) * std_err
    return Contrast(estimate, std_err, estimate - half, estimate + half, normal_p(estimate / std_err))


def _ratio(mean_a: float, se_a: float, mean_b: float, se_b: float, level: float) -> Contrast:
    if not (mean_a > 0 and mean_b > 0):
        return Contrast(np.nan, np.nan, np.nan, np.nan, np.nan)
    log = _difference(float(np.log(mean_a / mean_b)), float(np.hypot(se_a / mean_a, se_b / mean_b)), level)
    return Contrast(float(np.exp(log.estimate)), log.std_err, float(np.exp(log.lower)), float(np.exp(log.upper)), log.p)
