"""Standings turned into values with a wanted mean and standard deviation, within bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from components.reconstruct.moments import Moments, with_moments

Floats = NDArray[np.float64]

SKEWED = 0.6
"""Coefficient of variation from which values are spread on the logarithmic scale above their lowest limit."""
HALVINGS = 40
STEEPEST = 4.0


def spread(standing: Floats, limits: tuple[Floats, Floats], step: float, wanted: Moments) -> Floats:
    """Values (n,) in the order of ``standing`` as far as ``limits`` allow, with the wanted mean and standard deviation.

    Raises UnreachableMomentsError when the limits do not allow them.
    """
    low, high = limits
    sd = wanted.sd or 0.0
    u = (standing - standing.mean()) / max(float(standing.std()), 1e-9)
    logarithmic = sd / wanted.mean > SKEWED
    flat, steep = 0.0, STEEPEST if logarithmic else STEEPEST * sd
    floor = float(low.min()) if logarithmic else 0.0
    for _ in range(HALVINGS):
        slope = (flat + steep) / 2
        values = _centred(u * slope, low - floor, high - floor, wanted.mean - floor, logarithmic=logarithmic) + floor
        flat, steep = (slope, steep) if values.std(ddof=1) < sd else (flat, slope)
    return with_moments(values, low, high, step, (replace(wanted, members=np.arange(len(u))),))


def _centred(shape: Floats, low: Floats, high: Floats, mean: float, *, logarithmic: bool) -> Floats:
    """Shape shifted (on its scale) until the bounded values have the mean."""
    left, right = (-10.0, np.log(mean) + 10.0) if logarithmic else (mean - 500.0, mean + 500.0)
    values = shape
    for _ in range(HALVINGS):
        centre = (left + right) / 2
        moved = shape + centre
        values = np.clip(np.exp(np.minimum(moved, 30.0)) if logarithmic else moved, low, high)
        left, right = (centre, right) if values.mean() < mean else (left, centre)
    return values
