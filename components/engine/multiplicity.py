"""p-values adjusted for how many tests were made."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from components.engine.event_table import Floats

Adjustment = Literal["none", "bonferroni", "holm", "benjamini-hochberg"]


def adjusted(p_values: ArrayLike, adjustment: Adjustment = "holm") -> Floats:
    """Adjusted p-values in the order given; nan stays nan and is not counted among the tests.

    "bonferroni" and "holm" bound the chance of one false finding, "benjamini-hochberg" the share of false findings.
    Source: Holm 1979; Benjamini and Hochberg 1995. R: ``p.adjust(p, method = "bonferroni" | "holm" | "BH")``.
    Raises ValueError for another adjustment.
    """
    p = np.asarray(p_values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known])]
    m = len(order)
    rank = np.arange(1, m + 1)
    if adjustment == "none":
        scaled = p[order]
    elif adjustment == "bonferroni":
        scaled = m * p[order]
    elif adjustment == "holm":
        scaled = np.maximum.accumulate((m - rank + 1) * p[order])
    elif adjustment == "benjamini-hochberg":
        scaled = np.minimum.accumulate((m / rank * p[order])[::-1])[::-1]
    else:
        raise ValueError(f"unknown adjustment {adjustment!r}")
    result = np.full(p.shape, np.nan)
    result[order] = np.minimum(scaled, 1)
    return result
