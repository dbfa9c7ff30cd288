"""What the paper prints about one variable at one visit, or None: a visit without a number puts nothing on a cohort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from components.reconstruct.moments import Moments
from components.reconstruct.targets import Printed, Targets


def printed(targets: Targets, variable: str, statistic: str, **cells: str) -> Printed | None:
    """The printed number, or None when there is none; ``cells`` as in ``Targets.printed``."""
    try:
        return targets.printed(variable, statistic, **cells)
    except KeyError:
        return None


def count(targets: Targets, variable: str, statistic: str = "n", **cells: str) -> int | None:
    """The printed count, or None when there is none."""
    number = printed(targets, variable, statistic, **cells)
    return None if number is None else round(number.value)


def moments(targets: Targets, variable: str, visit: str, members: NDArray[np.bool_]) -> Moments | None:
    """The printed mean and standard deviation, wanted of the values at ``members``; None unless both are printed."""
    mean = printed(targets, variable, "mean", visit=visit)
    sd = printed(targets, variable, "sd", visit=visit)
    if mean is None or sd is None:
        return None
    return Moments(members, mean.value, mean.digits, sd.value, sd.digits)
