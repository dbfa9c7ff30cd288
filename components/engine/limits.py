"""Confidence limits of a probability estimated with a standard error, and the normal and chi-square tails.

Shared by Kaplan-Meier and Aalen-Johansen, so that both read "log-log" the same way.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri

from components.engine.event_table import Floats

Interval = Literal["log-log", "log", "plain"]


def normal_quantile(level: float) -> float:
    """Half-width, in standard errors, of a two-sided normal interval: 1.96 for ``level`` 0.95.

    R: ``qnorm(1 - (1 - level) / 2)``. Raises ValueError unless 0 < level < 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return float(ndtri((1 + level) / 2))


def normal_p(z: float) -> float:
    """Two-sided p-value of a standard normal statistic; R: ``2 * pnorm(-abs(z))``."""
    return float(2 * ndtr(-abs(z)))


def chisquare_p(chisq: float, df: int) -> float:
    """Upper tail of the chi-square distribution; R: ``pchisq(chisq, df, lower.tail = FALSE)``."""
    return float(chdtrc(df, chisq))


def probability_limits(probability: Floats, std_err: Floats, interval: Interval, level: float) -> tuple[Floats, Floats]:
    """Lower and upper confidence limits of a probability, of the probability's shape.

    The normal interval is taken on log(-log p), on log p, or on p itself, and mapped back; "log" and "plain" are
    clipped to [0, 1]. nan where the standard error is nan, and where the probability is 0 or 1: log-log has no value
    there, and the other two would have no width although the data leave much open.

    Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, section 1.4.
    R: ``survfit(conf.type = "log-log" | "log" | "plain")``, which prints limits of 1 for log and plain where S = 1.
    Raises ValueError for another interval, or unless 0 < level < 1.
    """
    z = normal_quantile(level)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        inside = np.where((probability > 0) & (probability < 1), probability, np.nan)
        if interval == "log-log":
            spread = z * std_err / (inside * np.abs(np.log(inside)))
            return inside ** np.exp(spread), inside ** np.exp(-spread)
        if interval == "log":
            ratio = np.exp(z * std_err / inside)
            return inside / ratio, np.minimum(inside * ratio, 1)
        if interval == "plain":
            return np.maximum(inside - z * std_err, 0), np.minimum(inside + z * std_err, 1)
    raise ValueError(f"unknown interval {interval!r}")
