"""What a comparison of so many events could have shown: the smallest detectable hazard ratio."""

from __future__ import annotations

from math import exp, sqrt

from scipy.special import ndtri

POWER = 0.8


def detectable_ratio(events: int, n_a: int, n_b: int, power: float = POWER, level: float = 0.95) -> float | None:
    """The hazard ratio above 1 that a comparison of two groups would have found with ``power``; None without events.

    It is exp((z + z') / sqrt(events p q)), where p and q are the groups' shares of the patients, and z and z' the
    normal quantiles of the two-sided test at 1 - ``level`` and of the power. Its reciprocal is detected as well.
    Source: Schoenfeld, Biometrika 1981; 68: 316-319; Biometrics 1983; 39: 499-503.
    R: ``exp((qnorm(0.975) + qnorm(0.8)) / sqrt(events * p * q))``.
    Raises ValueError unless power and level lie between 0 and 1, and the power above half of 1 - level.
    """
    if not (0 < level < 1 and (1 - level) / 2 < power < 1):
        raise ValueError(f"no such power or level: {power}, {level}")
    if events < 1 or n_a < 1 or n_b < 1:
        return None
    share = n_a / (n_a + n_b)
    return exp(float(ndtri((1 + level) / 2) + ndtri(power)) / sqrt(events * share * (1 - share)))
