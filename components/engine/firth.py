"""Firth's penalised Cox model: finite estimates for levels without events.

The log-likelihood is penalised by half the log determinant of its information, l*(beta) = l + log|I| / 2, which takes
away the first-order bias and keeps the maximum finite. Limits and p come from the penalised profile.

Sources: Firth 1993, Biometrika 80:27; Heinze & Schemper 2001, Biometrics 57:114.
R: ``coxphf(Surv(day, event) ~ factor)`` (Breslow ties); SAS: ``MODEL ... / FIRTH RISKLIMITS=PL``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from components.engine.cox import ChiSquare, counts, reference_indices
from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import chisquare_p, normal_quantile
from components.engine.partial_likelihood import (
    DECREMENT,
    HALVINGS,
    ITERATIONS,
    LONGEST_STEP,
    Bools,
    RiskSets,
    Ties,
    derivatives,
    present_levels,
    restricted,
    risk_sets,
    shares,
    solution,
)
from components.engine.profile_limits import crossing


@dataclass(frozen=True)
class FirthModel:
    """Penalised Cox model of one factor: arrays over the K levels, the penalised likelihood and its ratio test.

    ``coef`` is 0 at the reference and nan for a level nobody of which was at risk when an event happened (for every
    level, if that is the reference). ``lower`` and ``upper`` are limits of the hazard ratio and ``p`` its penalised
    likelihood-ratio p, nan at the reference. ``coxphf`` scales the factor's columns to unit variance first, so that its
    penalised log-likelihoods differ from these by a constant; every difference of two agrees.
    """

    reference: int
    ties: Ties
    coef: Floats
    standard_error: Floats
    lower: Floats
    upper: Floats
    p: Floats
    log_likelihood_0: float
    log_likelihood: float
    likelihood_ratio: ChiSquare

    @property
    def hazard_ratio(self) -> Floats:
        """exp(coef), (K,)."""
        return np.exp(self.coef)


@dataclass(frozen=True)
class _Penalised:
    """Penalised value (B,), score (B, K), curvature (B, K, K) to step by, and the inverse of the plain information."""

    value: Floats
    score: Floats
    curvature: Floats
    inverse: Floats


def _penalised(sets: RiskSets, estimated: Bools, beta: Floats) -> _Penalised:
    """Penalised likelihood, its gradient and curvature.

    With shares p of a risk set, V = I^-1, v = V p, q = p'V p and h = sum_k V_kk p_k, the penalty's gradient is
    T_m / 2, where T_m = tr(V dI_m) = sum_r c p_m (V_mm - h - 2 v_m + 2 q), and its second derivative is
    (dT_m / dbeta_n at V held - tr(V dI_m V dI_n)) / 2.
    """
    at = derivatives(sets, beta)
    kept = restricted(at.information, estimated)
    inverse = np.where(estimated[:, :, None] & estimated[:, None, :], np.linalg.inv(kept), 0.0)
    share, _ = shares(sets, beta)
    counted = share * sets.multiplicity[:, None, :]
    own = np.diagonal(inverse, axis1=1, axis2=2)[:, :, None]
    v = inverse @ share
    q = (share * v).sum(axis=1, keepdims=True)
    h = (own * share).sum(axis=1, keepdims=True)
    trace = (counted * (own - h - 2.0 * v + 2.0 * q)).sum(axis=2)
    rows = share.transpose(0, 2, 1)
    products = counted @ rows
    mixed = (counted * v) @ rows
    held = (own + own.transpose(0, 2, 1) + 2.0 * inverse) * products + (counted * (6.0 * q - 2.0 * h)) @ rows
    held -= 4.0 * (mixed + mixed.transpose(0, 2, 1))
    bend = _diagonal(trace) - held - _paired_traces(share, counted, products, inverse)
    curvature = at.information - bend / 2.0
    value = at.value + np.linalg.slogdet(kept)[1] / 2.0
    return _Penalised(value, at.score + trace / 2.0, _definite(curvature, at.information, estimated), inverse)


def _diagonal(entries: Floats) -> Floats:
    """Diagonal matrices (B, K, K) of entries (B, K)."""
    diagonals: Floats = entries[:, :, None] * np.eye(entries.shape[1])
    return diagonals


def _paired_traces(share: Floats, counted: Floats, products: Floats, inverse: Floats) -> Floats:
    """tr(V dI_m V dI_n), (B, K, K), from the third cumulants dI_m = sum_r c k3(., ., m) of the risk sets."""
    fits, levels, _ = share.shape
    pairs = (share[:, :, None, :] * share[:, None, :, :]).reshape(fits, levels * levels, -1)
    third = 2.0 * (pairs @ counted.transpose(0, 2, 1)).reshape(fits, levels, levels, levels)
    same = np.eye(levels)
    third += same[:, :, None] * same[:, None, :] * counted.sum(axis=2)[:, :, None, None]
    third -= same[:, :, None] * products[:, :, None, :]
    third -= same[:, None, :] * products[:, :, :, None]
    third -= same[None, :, :] * products[:, :, None, :]
    turned = inverse[:, None] @ third.transpose(0, 3, 1, 2)
    flat = turned.reshape(fits, levels, -1)
    crossed: Floats = flat @ turned.transpose(0, 1, 3, 2).reshape(fits, levels, -1).transpose(0, 2, 1)
    return crossed


def _definite(curvature: Floats, information: Floats, estimated: Bools) -> Floats:
    """The curvature, or the information where the penalised likelihood is not concave."""
    extremes = np.linalg.eigvalsh(restricted(curvature, estimated))[:, [0, -1]]
    concave = extremes[:, 0] > 1e-6 * extremes[:, 1]
    return np.where(concave[:, None, None], curvature, information)


def _maximum(sets: RiskSets, estimated: Bools, free: Bools, beta: Floats) -> tuple[Floats, _Penalised]:
    """Newton's iteration with step-halving over the ``free`` levels of the ``estimated`` ones."""
    at = _penalised(sets, estimated, beta)
    if not free.any():
        return beta, at
    for _ in range(ITERATIONS):
        step = solution(at.curvature, at.score, free)
        small = np.abs(step * at.score).sum(axis=1) < DECREMENT
        longest = np.abs(step).max(axis=1, initial=0.0)
        step *= (LONGEST_STEP / np.maximum(longest, LONGEST_STEP))[:, None]
        floor = at.value - 1e-10 * (1.0 + np.abs(at.value))
        for _ in range(HALVINGS):
            reached = _penalised(sets, estimated, beta + step)
            worse = reached.value < floor
            if not worse.any():
                break
            step = np.where(worse[:, None], step / 2.0, step)
        beta, at = beta + step, reached
        if small.all():
            break
    return beta, at


class _Profile:
    """The penalised likelihood as a function of one coefficient per fit, maximised over the others (warm-started)."""

    def __init__(self, sets: RiskSets, estimated: Bools, k: Counts, beta: Floats) -> None:
        self._sets, self._estimated, self._k, self._beta = sets, estimated, k, beta.copy()
        self._free = estimated.copy()
        self._free[np.arange(len(k)), k] = False

    def at(self, b: Floats) -> tuple[Floats, Floats]:
        """Value and slope at coefficients ``b``."""
        fit = np.arange(len(b))
        self._beta[fit, self._k] = b
        self._beta, best = _maximum(self._sets, self._estimated, self._free, self._beta)
        return best.value, best.score[fit, self._k]


def firth_models(
    tables: Sequence[EventTable], references: Sequence[int] | int = 0, ties: Ties = "breslow", level: float = 0.95
) -> tuple[FirthModel, ...]:
    """One Firth-penalised Cox model per table, fitted together, with profile limits of the hazard ratios.

    Raises ValueError when a reference is not one of its table's levels.
    """
    if not tables:
        return ()
    base = reference_indices(tables, references)
    sizes = [table.events.shape[1] for table in tables]
    return firth_of_counts(*counts(tables), base, ties, level, sizes)


def firth_of_counts(
    events: Floats,
    at_risk: Floats,
    references: Counts,
    ties: Ties = "breslow",
    level: float = 0.95,
    sizes: Sequence[int] | None = None,
) -> tuple[FirthModel, ...]:
    """The same from counts per event time and level, (F, D, K) both, as ``cox.fitted`` takes them.

    Patients may change their level between event times. ``sizes`` (F,) cuts padding off: each fit's own levels.
    """
    base, had, there = references, events, at_risk
    sets = risk_sets(had, there, ties)
    present = present_levels(had, there)
    rows = np.arange(len(base))
    estimated = present & present[rows, base][:, None]
    estimated[rows, base] = False
    beta, best = _maximum(sets, estimated, estimated, np.zeros(present.shape))
    null = _penalised(sets, estimated, np.zeros(present.shape))
    error = np.sqrt(np.diagonal(best.inverse, axis1=1, axis2=2))
    lower, upper, p = _limits(sets, estimated, beta, error, best.value, level)
    df = estimated.sum(axis=1)
    ratio = np.where(df > 0, 2.0 * np.maximum(best.value - null.value, 0.0), np.nan)
    known = estimated | (np.arange(present.shape[1]) == base[:, None])
    beta, error = np.where(known, beta, np.nan), np.where(known, error, np.nan)
    models = []
    for f, size in enumerate(sizes or [had.shape[2]] * len(base)):
        own = (f, slice(size))
        test = ChiSquare(float(ratio[f]), int(df[f]), chisquare_p(ratio[f], max(df[f], 1)))
        levels = (beta[own], error[own], lower[own], upper[own], p[own])
        models.append(FirthModel(int(base[f]), ties, *levels, float(null.value[f]), float(best.value[f]), test))
    return tuple(models)


def _limits(
    sets: RiskSets, estimated: Bools, beta: Floats, error: Floats, highest: Floats, level: float
) -> tuple[Floats, Floats, Floats]:
    """Lower and upper hazard ratios and the penalised likelihood-ratio p of every estimated level, (F, K) each."""
    limits, p = np.full((2, *beta.shape), np.nan), np.full(beta.shape, np.nan)
    fit, k = np.nonzero(estimated)
    if not len(fit):
        return limits[0], limits[1], p
    zero, _ = _Profile(sets.picked(fit), estimated[fit], k, beta[fit]).at(np.zeros(len(k)))
    p[fit, k] = chdtrc(1, np.maximum(2.0 * (highest[fit] - zero), 0.0))
    quantile = normal_quantile(level)
    half = np.repeat([-quantile, quantile], len(k)) * np.tile(error[fit, k], 2)
    both, level_of = np.tile(fit, 2), np.tile(k, 2)
    centre = beta[both, level_of]
    profile = _Profile(sets.picked(both), estimated[both], level_of, beta[both])
    found = crossing(profile.at, centre, centre + half, highest[both] - quantile**2 / 2.0)
    limits[:, fit, k] = np.exp(found.reshape(2, -1))
    return limits[0], limits[1], p


def firth_model(table: EventTable, reference: int = 0, ties: Ties = "breslow", level: float = 0.95) -> FirthModel:
    """The Firth-penalised Cox model of one factor; see ``firth_models``."""
    return firth_models((table,), (reference,), ties, level)[0]
