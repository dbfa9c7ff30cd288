"""Limits of survival for small groups and few events: the beta product confidence procedure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from components.engine.event_table import Floats


@dataclass(frozen=True)
class BetaProductLimits:
    """Limits of survival of K levels from the start and on each of T days: all (T + 1, K).

    ``lower_after`` is the lower limit from just after the day until the next one: those censored on the day were known
    to be alive on it, but not beyond it. The upper limit is the same on the day and after it.
    """

    lower: Floats
    upper: Floats
    lower_after: Floats


def beta_product_limits(at_risk: ArrayLike, events: ArrayLike, n: ArrayLike, level: float = 0.95) -> BetaProductLimits:
    """Beta product limits of survival from ``at_risk`` and ``events`` (T, K) on each day, and ``n`` (K,) at the start.

    Survival just after d of Y at risk had the event is the previous survival times a Beta(Y - d + 1, d) variable. The
    upper limit is the 1 - alpha/2 quantile of the product so far; the lower one is the alpha/2 quantile of that product
    times Beta(Y+, 1), as though the next event were due at once. On the day itself Y+ are those at risk on it who did
    not have the event; after it, those at risk on the next day. The product is taken as the beta variable with its mean
    and variance (method of moments).

    Without censoring these are the limits of Clopper and Pearson; with no event yet the lower limit is
    (alpha/2)^(1 / Y+) and the upper 1; with nobody left at risk the lower limit is 0. An empty level has nan. The
    numbers at risk need not be whole.
    Source: Fay, Brittain and Proschan, Biostatistics 2013. R: ``bpcp::bpcp(time, status)``, between two days.
    Raises ValueError unless 0 < level < 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    risk, had, size = (np.asarray(counts, dtype=np.float64) for counts in (at_risk, events, n))
    tail = (1 - level) / 2
    start = np.zeros((1, len(size)))
    y = np.maximum(risk, had)
    log_mean = np.concatenate([start, np.cumsum(np.log1p(-had / (y + 1)), axis=0)])
    log_excess = np.concatenate([start, np.cumsum(np.log1p(had / ((y - had + 1) * (y + 2))), axis=0)])
    on = np.concatenate([size[None], y - had])
    after = np.concatenate([risk, start])

    def lower(left: Floats) -> Floats:
        some = np.where(left > 0, left, 1.0)
        mean, excess = log_mean + np.log(some / (some + 1)), log_excess + np.log1p(1 / (some * (some + 2)))
        return np.where(left > 0, _quantile(mean, excess, tail), 0.0)

    found = BetaProductLimits(lower(on), _quantile(log_mean, log_excess, 1 - tail), lower(after))
    for limit in (found.lower, found.upper, found.lower_after):
        limit[:, size == 0] = np.nan
    return found


def _quantile(log_mean: Floats, log_excess: Floats, probability: float) -> Floats:
    """Quantile of the beta variable with mean m and squared coefficient of variation r, both from logarithms.

    ``log_mean`` is log m and ``log_excess`` log(1 + r): the latter adds over the factors of a product as the former
    does, without the cancellation of second moments. The parameters are (1 - m) / r - m and (1 - m) / m times that.
    """
    mean, lost, excess = np.exp(log_mean), -np.expm1(log_mean), np.expm1(log_excess)
    random = excess > 0
    a = np.where(random, lost / np.where(random, excess, 1) - mean, 1.0)
    b = np.where(random, a * lost / mean, 1.0)
    quantile: Floats = np.where(random, betaincinv(a, b, probability), 1.0)
    return quantile
