"""Exact limits of a Poisson count, for incidences per person-time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from components.engine.event_table import Floats
from components.engine.limits import normal_quantile


def poisson_limits(count: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper limit of the expected number of events when ``count`` were seen, element by element.

    Lower: the Poisson mean under which ``count`` or more have probability (1 - level) / 2, 0 when none was seen; upper:
    the one under which ``count`` or fewer have it. Divided by the person-time they are the limits of the incidence.
    Source: Garwood, Biometrika 1936; 28: 437-442. R: ``poisson.test(count, conf.level = level)$conf.int``.
    Raises ValueError for a negative count, or unless 0 < level < 1.
    """
    normal_quantile(level)
    x = np.asarray(count, dtype=np.float64)
    if (x < 0).any():
        raise ValueError("a count cannot be negative")
    tail = (1 - level) / 2
    lower: Floats = np.where(x > 0, gammaincinv(np.maximum(x, 1), tail), 0.0)
    upper: Floats = np.asarray(gammaincinv(x + 1, 1 - tail), dtype=np.float64)
    return lower, upper
