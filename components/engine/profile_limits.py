"""Profile-likelihood limits of the hazard ratios of a Cox model; they exist where Wald's cannot, above all at 0 events.

The limits of level k are the ratios at which twice the fall of the log-likelihood, maximised over the other levels,
reaches the chi-square quantile. A level without events has ratio 0, lower limit 0 and a finite upper limit.

Source: Venzon & Moolgavkar 1988, Appl Stat 37:87. SAS: ``MODEL ... / RISKLIMITS=PL``; R: ``coxphf(firth = FALSE)``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from components.engine.cox import CoxFits, counts, fitted, reference_indices
from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import normal_quantile
from components.engine.partial_likelihood import (
    Bools,
    RiskSets,
    Ties,
    anchors,
    closure,
    maximum,
    reachable,
    risk_sets,
    within_components,
)

ITERATIONS = 100
LONGEST_MOVE = 5.0
PRECISION = 1e-10


@dataclass(frozen=True)
class ProfileLimits:
    """Lower and upper hazard ratio and the likelihood-ratio p of "ratio 1", each (K,); nan at the reference.

    A limit is 0 or infinite where the likelihood never falls far enough; both are, and p is 1, where the data say
    nothing about the ratio.
    """

    lower: Floats
    upper: Floats
    p: Floats


def profile_limits(
    tables: Sequence[EventTable], references: Sequence[int] | int = 0, ties: Ties = "breslow", level: float = 0.95
) -> tuple[ProfileLimits, ...]:
    """Profile-likelihood limits of every level of every factor, all found together.

    Raises ValueError when a reference is not one of its table's levels.
    """
    if not tables:
        return ()
    base = reference_indices(tables, references)
    sizes = [table.events.shape[1] for table in tables]
    return profile_of_counts(*counts(tables), base, ties, level, sizes)


def profile_of_counts(
    events: Floats,
    at_risk: Floats,
    references: Counts,
    ties: Ties = "breslow",
    level: float = 0.95,
    sizes: Sequence[int] | None = None,
) -> tuple[ProfileLimits, ...]:
    """The same from counts per event time and level, (F, D, K) both, as ``cox.fitted`` takes them.

    Patients may change their level between event times. ``sizes`` (F,) cuts padding off: each fit's own levels.
    """
    base, had, there = references, events, at_risk
    fits = fitted(had, there, base, ties)
    fit, k = np.nonzero(np.arange(had.shape[2]) != base[:, None])
    profile = _Profile.of(had[fit], there[fit], base[fit], k, ties)
    highest, coef = fits.log_likelihood[fit], fits.coef[fit, k]
    p = np.full(fits.coef.shape, np.nan)
    p[fit, k] = chdtrc(1, np.maximum(2.0 * (highest - profile.at(np.zeros(len(k)))[0]), 0.0))
    quantile = normal_quantile(level)
    side = np.repeat([-1.0, 1.0], len(k))
    pair = np.tile(np.arange(len(k)), 2)
    sought = np.isfinite(coef[pair]) | (coef[pair] == -side * np.inf)
    found = side * np.inf
    if sought.any():
        own, sign = pair[sought], side[sought]
        guess = _wald(fits, fit[own], k[own], sign * quantile)
        found[sought] = crossing(profile.picked(own).at, coef[own], guess, highest[own] - quantile**2 / 2.0)
    limits = np.full((2, *fits.coef.shape), np.nan)
    limits[:, fit, k] = np.exp(found.reshape(2, -1))
    cut = sizes or [had.shape[2]] * len(base)
    return tuple(ProfileLimits(limits[0, f, :n], limits[1, f, :n], p[f, :n]) for f, n in enumerate(cut))


def _wald(fits: CoxFits, fit: Counts, k: Counts, half: Floats) -> Floats:
    """Where to start the search: Wald's limit, or ratio 1 where the estimate is infinite."""
    known = ~fits.monotone[fit, k]
    near: Floats = np.where(known, fits.coef[fit, k] + half * fits.standard_error[fit, k], 0.0)
    return near


class _Profile:
    """The log-likelihood as a function of one coefficient per fit, maximised over the others (warm-started)."""

    def __init__(self, sets: RiskSets, free: Bools, k: Counts) -> None:
        self._sets, self._free, self._k = sets, free, k
        self._beta = np.zeros(free.shape)

    @classmethod
    def of(cls, had: Floats, there: Floats, base: Counts, k: Counts, ties: Ties) -> _Profile:
        """Profiles of level ``k`` against ``base``: holding their ratio makes the two comparable by definition."""
        fit = np.arange(len(k))
        reach = reachable(had, there)
        reach[fit, k, base] = reach[fit, base, k] = True
        reach = closure(reach)
        free = ~anchors(reach, base)
        free[fit, k] = False
        return cls(risk_sets(had, within_components(had, there, reach), ties), free, k)

    def picked(self, index: Counts) -> _Profile:
        return _Profile(self._sets.picked(index), self._free[index], self._k[index])

    def at(self, b: Floats) -> tuple[Floats, Floats]:
        """Value and slope (the score of the level held, by the envelope theorem) at coefficients ``b``."""
        fit = np.arange(len(b))
        self._beta[fit, self._k] = b
        best = maximum(self._sets, self._free, self._beta)
        self._beta = best.beta.copy()
        return best.at.value, best.at.score[fit, self._k]


def crossing(
    profile: Callable[[Floats], tuple[Floats, Floats]], inner: Floats, guess: Floats, target: Floats
) -> Floats:
    """Coefficients where profiles fall to ``target``, on the side of their maximum ``inner`` where ``guess`` lies.

    Newton's iteration, which for a concave profile comes in from outside and cannot fail; a step that leaves the
    bracket known so far is replaced by bisection.
    """
    b, outer = guess, np.where(guess >= inner, np.inf, -np.inf)
    for _ in range(ITERATIONS):
        value, slope = profile(b)
        gap = value - target
        inner, outer = np.where(gap > 0, b, inner), np.where(gap > 0, outer, b)
        move = np.divide(-gap, slope, out=np.copysign(np.full(len(b), LONGEST_MOVE), -slope), where=slope != 0)
        newton = b + np.clip(move, -LONGEST_MOVE, LONGEST_MOVE)
        bracketed = (newton >= np.minimum(inner, outer)) & (newton <= np.maximum(inner, outer))
        middle = np.where(np.isfinite(inner) & np.isfinite(outer), inner + outer, 2.0 * newton) / 2.0
        ahead = np.where(bracketed, newton, middle)
        settled = np.abs(ahead - b) < PRECISION * np.maximum(1.0, np.abs(b))
        b = ahead
        if settled.all():
            break
    return b
