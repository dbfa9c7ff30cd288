"""Score test of proportional hazards for a categorical factor.

The model is extended by coefficients gamma that multiply the factor by a function g of time; the test is the score
test of gamma = 0 at the fitted ratios. With residuals e - c p and the variance V of each risk set

    u = sum g (e - c p),   chi-square = u' (sum c g^2 V - (sum c g V) (sum c V)^-1 (sum c g V))^-1 u.

Source: Grambsch & Therneau 1994, Biometrika 81:515, as the exact score test.
R: ``cox.zph(fit, transform, terms = TRUE)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from components.engine.cox import ChiSquare, counts, fitted, reference_indices
from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import chisquare_p
from components.engine.partial_likelihood import Bools, Ties, reachable, risk_sets, shares, within_components

Transform = Literal["km", "rank", "identity", "log"]


def proportional_hazards(
    tables: Sequence[EventTable],
    references: Sequence[int] | int = 0,
    ties: Ties = "breslow",
    transform: Transform = "km",
) -> tuple[ChiSquare, ...]:
    """One test per factor with as many degrees of freedom as levels with a finite ratio; monotone levels are left out.

    The chi-square and p are nan when nothing can be tested: no finite ratio (df 0), a function of time that is the
    same at every event, or the logarithm with an event on day 0.

    Raises ValueError for an unknown transform or a reference that is not one of its table's levels.
    """
    if not tables:
        return ()
    base = reference_indices(tables, references)
    had, there = counts(tables)
    fits = fitted(had, there, base, ties)
    competing = within_components(had, there, reachable(had, there))
    known = ~fits.monotone & (np.arange(had.shape[2]) != base[:, None])
    tests = []
    for f, table in enumerate(tables):
        rows = slice(int(table.events.any(axis=1).sum()))
        time = event_time_function(table, transform)
        tests.append(_test(had[f, rows], competing[f, rows], fits.coef[f], known[f], time, ties))
    return tuple(tests)


def event_time_function(table: EventTable, transform: Transform) -> Floats:
    """The function of time at each event time (D,).

    "km" is Kaplan-Meier just before it, "rank" the mean rank of its day among all patients' days, else the day or
    its logarithm.

    Raises ValueError for an unknown transform.
    """
    deaths, leaving = table.events.sum(axis=1), (table.events + table.censored).sum(axis=1)
    rows = deaths > 0
    days: Floats = table.times[rows].astype(np.float64)
    if transform == "km":
        surviving: Floats = np.append(1.0, np.cumprod(1.0 - deaths[rows] / table.at_risk[rows].sum(axis=1)))
        return surviving[:-1]
    if transform == "rank":
        ranks: Floats = (np.cumsum(leaving) - (leaving - 1) / 2.0)[rows]
        return ranks
    if transform == "identity":
        return days
    if transform == "log":
        with np.errstate(divide="ignore"):
            logarithm: Floats = np.log(days)
        return logarithm
    raise ValueError(f"unknown transform {transform!r}")


def _test(had: Floats, there: Floats, coef: Floats, known: Bools, time: Floats, ties: Ties) -> ChiSquare:
    """The chi-square of one factor over its ``known`` levels."""
    df = int(known.sum())
    if df == 0 or not np.isfinite(time).all() or np.ptp(time) == 0:
        return ChiSquare(np.nan, df, np.nan)
    deaths: Counts = had.sum(axis=1).astype(np.int64)
    centred = time - np.average(time, weights=deaths)
    g = np.repeat(centred, deaths) if ties == "efron" else centred
    sets = risk_sets(had[None], there[None], ties)
    share = shares(sets, np.where(np.isfinite(coef), coef, 0.0)[None])[0][0][known]
    weight = sets.multiplicity[0]
    u = centred @ had[:, known] - (weight * g * share).sum(axis=1)
    plain, crossed, squared = (_information(share, weight * g**power) for power in range(3))
    remaining = squared - crossed @ np.linalg.solve(plain, crossed)
    if np.linalg.matrix_rank(remaining, tol=1e-9 * np.abs(squared).max(), hermitian=True) < df:
        return ChiSquare(np.nan, df, np.nan)
    chisq = float(u @ np.linalg.solve(remaining, u))
    return ChiSquare(chisq, df, chisquare_p(chisq, df))


def _information(share: Floats, weight: Floats) -> Floats:
    """Sum over the risk sets of weight (diag(p) - p p'), (K, K)."""
    counted = share * weight
    return np.diag(counted.sum(axis=1)) - counted @ share.T
