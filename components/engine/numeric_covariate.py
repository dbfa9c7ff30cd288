"""Cox models of a number kept as it is: whether they have a maximum at all, and what can be said where they have none.

A log hazard that is linear in a number x is one coefficient b times x. Its partial likelihood has the categorical one's
form with a level for every different value, whose coefficients are b x; so the risk sets are those of
``partial_likelihood``, projected on x.

Sources: Jacobsen 1989, Biometrika 76:487 (existence of the maximum); Firth 1993; Heinze and Schemper 2001.
R: ``coxphf(Surv(day, event) ~ x)``, ``coxph`` with an offset for the profile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.engine.cox import counts
from components.engine.event_table import Floats, event_table
from components.engine.limits import chisquare_p, normal_quantile
from components.engine.logrank import comparable
from components.engine.partial_likelihood import RiskSets, Ties, derivatives, risk_sets, shares

FARTHEST = 500.0
"""No coefficient is looked for beyond this many units of 1 / (range of x): risk sets would be 0 in floating point."""


def unbounded(days: ArrayLike, event: ArrayLike, columns: ArrayLike) -> bool:
    """Whether the partial likelihood of ``columns`` (n, P) has no maximum, or none that is a single point.

    So it is exactly when in some direction every event has the largest value among all who were at risk with it: then
    the likelihood never falls that way. Without a difference within any risk set every direction is like that. For one
    column that is a comparison of numbers; for more, a linear programme over the differences decides.
    Source: Jacobsen 1989; Albert and Anderson 1984 for the logistic model.
    """
    day, had = np.asarray(days), np.asarray(event, dtype=np.bool_)
    x = np.asarray(columns, dtype=np.float64).reshape(len(day), -1)
    apart = np.concatenate(
        [np.empty((0, x.shape[1])), *(x[i] - x[day >= day[i]] for i in np.flatnonzero(had).tolist())]
    )
    apart = np.unique(apart[apart.any(axis=1)], axis=0)
    if np.linalg.matrix_rank(apart) < x.shape[1]:
        return True
    if x.shape[1] == 1:
        return bool((apart >= 0).all() or (apart <= 0).all())
    from scipy.optimize import linprog  # noqa: PLC0415 - half a second to load

    scaled = apart / np.abs(apart).max(axis=0)
    # The largest sum of the differences along a direction, each held between 0 and 1: above 0 exactly if one exists.
    best = linprog(
        -scaled.sum(axis=0),
        A_ub=np.concatenate([-scaled, scaled]),
        b_ub=np.repeat([0.0, 1.0], len(scaled)),
        bounds=(None, None),
    )
    return bool(best.status != 0 or -float(best.fun or 0.0) > 1e-7)


@dataclass(frozen=True)
class NumericModel:
    """A hazard ratio a unit of x with limits and p from the likelihood, plain (``profile``) or penalised (``firth``).

    The plain ratio is 0 or infinite, and so is the limit beyond it, where the likelihood has no maximum.
    """

    ratio: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class NumericSensitivity:
    """Both models of one number; None where nobody at risk together ever differed in it."""

    profile: NumericModel
    firth: NumericModel


def numeric_sensitivity(
    days: ArrayLike, event: ArrayLike, x: ArrayLike, ties: Ties = "efron", level: float = 0.95
) -> NumericSensitivity | None:
    """Profile likelihood and Firth's penalised likelihood of one number ``x`` (n,), with limits at ``level``.

    p of each is its likelihood-ratio test of ratio 1. Ties as in ``cox``.
    """
    line = _Line.of(days, event, x, ties)
    if not line.informative:
        return None
    drop = normal_quantile(level) ** 2 / 2.0
    return NumericSensitivity(_plain(line, drop), _penalised(line, drop))


@dataclass(frozen=True, eq=False)
class _Line:
    """The partial likelihood along one number: risk sets over its K different values ``x`` (K,), centred.

    ``informative`` says whether patients who competed for an event ever differed in it.
    """

    sets: RiskSets
    x: Floats
    informative: bool

    @classmethod
    def of(cls, days: ArrayLike, event: ArrayLike, x: ArrayLike, ties: Ties) -> _Line:
        values, code = np.unique(np.asarray(x, dtype=np.float64), return_inverse=True)
        table = event_table(days, event, code, max(len(values), 1))
        centred = values - values.mean() if len(values) else np.zeros(1)
        return cls(risk_sets(*counts((table,)), ties), centred, bool(comparable(table).sum() > len(centred)))

    @property
    def farthest(self) -> float:
        """The largest coefficient looked at."""
        return FARTHEST / float(np.ptp(self.x))

    @property
    def directions(self) -> tuple[bool, bool]:
        """Whether the likelihood never falls as the coefficient goes to minus and to plus infinity."""
        there = self.sets.weights[0] > 0
        rows = self.sets.multiplicity[0] > 0
        smallest = np.where(there, self.x[:, None], np.inf).min(axis=0)[rows]
        largest = np.where(there, self.x[:, None], -np.inf).max(axis=0)[rows]
        total, times = float(self.sets.events[0] @ self.x), self.sets.multiplicity[0][rows]
        near = 1e-9 * float(np.ptp(self.x))
        return total - float(times @ smallest) <= near, float(times @ largest) - total <= near

    def at(self, b: float) -> tuple[float, float, float, float]:
        """Log-likelihood, score, information and its derivative at coefficient ``b``."""
        beta = (b * self.x - np.max(b * self.x))[None]
        found = derivatives(self.sets, beta)
        share = shares(self.sets, beta)[0][0]
        away = self.x[:, None] - self.x @ share
        third = float(self.sets.multiplicity[0] @ (share * away**3).sum(axis=0))
        information = float(self.sets.multiplicity[0] @ (share * away**2).sum(axis=0))
        return float(found.value[0]), float(found.score[0] @ self.x), information, third

    def supremum(self, sign: int) -> float:
        """What the log-likelihood rises to in a direction in which it never falls."""
        there = self.sets.weights[0] > 0
        ends = np.where(there, sign * self.x[:, None], -np.inf)
        held = np.where(ends == ends.max(axis=0), self.sets.weights[0], 0.0).sum(axis=0)
        times = self.sets.multiplicity[0]
        return -float(times @ np.log(np.where(times > 0, held, 1.0)))


def _plain(line: _Line, drop: float) -> NumericModel:
    falls_never = line.directions
    b = np.inf if falls_never[1] else -np.inf if falls_never[0] else _root(lambda c: line.at(c)[1], line.farthest)
    highest = line.at(b)[0] if np.isfinite(b) else line.supremum(1 if b > 0 else -1)

    def gap(c: float) -> float:
        return line.at(c)[0] - (highest - drop)

    lower = -np.inf if falls_never[0] else _fallen(gap, b, -1, line.farthest)
    upper = np.inf if falls_never[1] else _fallen(gap, b, 1, line.farthest)
    return _model(b, lower, upper, highest - line.at(0.0)[0])


def _penalised(line: _Line, drop: float) -> NumericModel:
    def value(c: float) -> float:
        plain, _, information, _ = line.at(c)
        return plain + float(np.log(information)) / 2.0

    def slope(c: float) -> float:
        _, score, information, third = line.at(c)
        return score + third / information / 2.0

    b = _root(slope, line.farthest)
    highest = value(b)
    lower, upper = (_fallen(lambda c: value(c) - (highest - drop), b, sign, line.farthest) for sign in (-1, 1))
    return _model(b, lower, upper, highest - value(0.0))


def _model(b: float, lower: float, upper: float, gain: float) -> NumericModel:
    ratio, low, high = (float(np.exp(end)) for end in (b, lower, upper))
    return NumericModel(ratio, low, high, chisquare_p(2.0 * max(gain, 0.0), 1))


def _root(slope: Callable[[float], float], farthest: float) -> float:
    """Where a slope that is positive below and negative above crosses 0."""
    at_zero = slope(0.0)
    if at_zero == 0:
        return 0.0
    sign = 1.0 if at_zero > 0 else -1.0
    near, far = 0.0, sign * farthest / 1024.0
    while slope(far) * sign > 0 and abs(far) < farthest:
        near, far = far, 2.0 * far
    from scipy.optimize import brentq  # noqa: PLC0415 - half a second to load

    return float(brentq(slope, near, far, xtol=1e-13, rtol=1e-13))


def _fallen(gap: Callable[[float], float], b: float, sign: int, farthest: float) -> float:
    """Where a likelihood has fallen far enough, going from its maximum ``b`` in the direction ``sign``.

    An infinite maximum is approached from the other side: the limit is looked for from there on.
    """
    near = b if np.isfinite(b) else -sign * farthest
    step = farthest / 1024.0
    far = near + sign * step
    while gap(far) > 0:
        near, step = far, 2.0 * step
        far = near + sign * step
        if abs(far) > 4.0 * farthest:
            return sign * np.inf
    if gap(near) <= 0:
        return near
    from scipy.optimize import brentq  # noqa: PLC0415 - half a second to load

    return float(brentq(gap, near, far, xtol=1e-13, rtol=1e-13))
