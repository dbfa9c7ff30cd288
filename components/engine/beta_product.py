"""Limits of survival for small groups and few events: the beta product confidence procedure."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from components.engine.event_table import Counts, Floats


def beta_product_limits(at_risk: Counts, events: Counts, n: Counts, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper limits of survival from the start and after each of T days, both (T + 1, K).

    Survival just after d of Y at risk had the event is the previous survival times a Beta(Y - d + 1, d) variable. The
    upper limit is the 1 - alpha/2 quantile of the product so far; the lower one is the alpha/2 quantile of that product
    times Beta(Y+, 1) with Y+ at risk just after the day, as though the next event were due at once. The product is
    taken as the beta variable with its mean and variance (method of moments).

    Without censoring these are the limits of Clopper and Pearson; with no event yet the lower limit is
    (alpha/2)^(1 / Y+) and the upper 1; with nobody left at risk the lower limit is 0. An empty level has nan.
    Source: Fay, Brittain and Proschan, Biostatistics 2013. R: ``bpcp::bpcp(time, status)``.
    Raises ValueError unless 0 < level < 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    tail = (1 - level) / 2
    start = np.zeros((1, len(n)))
    y = np.maximum(at_risk, events)
    log_mean = np.concatenate([start, np.cumsum(np.log1p(-events / (y + 1)), axis=0)])
    log_excess = np.concatenate([start, np.cumsum(np.log1p(events / ((y - events + 1) * (y + 2))), axis=0)])
    after = np.concatenate([at_risk, np.zeros((1, len(n)), dtype=np.int64)])
    upper = _quantile(log_mean, log_excess, 1 - tail)
    next_mean = np.log(np.maximum(after, 1) / (np.maximum(after, 1) + 1))
    next_excess = np.log1p(1 / (np.maximum(after, 1) * (after + 2)))
    lower = np.where(after > 0, _quantile(log_mean + next_mean, log_excess + next_excess, tail), 0.0)
    lower[:, n == 0], upper[:, n == 0] = np.nan, np.nan
    return lower, upper


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
