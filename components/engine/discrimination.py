"""How well a risk score ranks patients by the day of an event, with censoring weighted by its own Kaplan-Meier curve.

Days are whole numbers, and of a day the events come before the censorings: a patient censored on a day was free of the
event through it. So a patient's weight is 1 / G(t-), with G the Kaplan-Meier estimate of not being censored. Both
follow exactly when half a day is added to the censored days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.engine.event_table import Counts, Floats
from components.engine.limits import normal_quantile

HALF_DAY = 0.5


@dataclass(frozen=True, eq=False)
class Discrimination:
    """Areas at T days with their ``cases`` and ``controls`` (T,), and the concordance with its comparable ``pairs``.

    An area is not a number without cases or controls, the concordance without a comparable pair.
    """

    areas: Floats
    cases: Counts
    controls: Counts
    concordance: float
    pairs: int


def discrimination(days: ArrayLike, event: ArrayLike, risk: ArrayLike, at: Sequence[int], tau: int) -> Discrimination:
    """Cumulative/dynamic area under the ROC curve at the days ``at``, and Uno's concordance to ``tau``, of n patients.

    Area at t: the chance that a patient with the event by t (weight 1 / G(t-) of the own day) has the higher risk than
    one free of it after t; concordance: the chance that of two patients the one with the event first, on day tau at the
    latest, has the higher risk (weight 1 / G(t-)^2). Equal risks count one half. Only the order of the risks matters.
    Never raises for whole days from 0 on and risks that are numbers.
    Sources: Hung and Chiang 2010, Can J Stat 38:8; Uno et al. 2011, Stat Med 30:1105. scikit-survival.
    R: ``concordance(Surv(days, event) ~ risk, timewt = "n/G2", ymax = tau, reverse = TRUE)``.
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - half a second to load
    from sksurv.metrics import concordance_index_ipcw, cumulative_dynamic_auc  # noqa: PLC0415 - a second to load

    day, had = np.asarray(days, dtype=np.float64), np.asarray(event, dtype=np.bool_)
    rank = rankdata(np.asarray(risk, dtype=np.float64), method="dense").astype(np.float64)  # no tolerance for ties
    time = np.where(had, day, day + HALF_DAY)
    outcome = np.empty(len(day), dtype=[("event", bool), ("time", float)])
    outcome["event"], outcome["time"] = had, time
    cases = np.array([int(np.sum(had & (day <= t))) for t in at], dtype=np.int64)
    controls = np.array([int(np.sum(time > t)) for t in at], dtype=np.int64)
    areas = np.full(len(at), np.nan)
    known = np.flatnonzero((cases > 0) & (controls > 0))
    if len(known):
        asked, back = np.unique(np.asarray(at, dtype=np.float64)[known], return_inverse=True)
        areas[known] = cumulative_dynamic_auc(outcome, outcome, rank, asked)[0][back]
    first = np.sort(day[had & (day <= tau)])
    pairs = int((len(time) - np.searchsorted(np.sort(time), first, side="right")).sum())
    concordance = concordance_index_ipcw(outcome, outcome, rank, tau + HALF_DAY)[0] if pairs else np.nan
    return Discrimination(areas, cases, controls, float(concordance), pairs)


def separated_limits(area: float, cases: int, controls: int, level: float = 0.95) -> tuple[float, float]:
    """Limits of an area of exactly 0 or 1, where every bootstrap sample gives the same: Newcombe's method 5.

    The other limit solves |area - theta| = z SE(theta) with the variance of Hanley and McNeil at theta, in which both
    numbers stand as their mean. Source: Newcombe 2006, Stat Med 25:559. Raises ValueError for another area.
    """
    if area not in (0.0, 1.0):
        raise ValueError(f"an area of {area} has limits of its own")
    from scipy.optimize import brentq  # noqa: PLC0415 - half a second to load

    z, more = normal_quantile(level), (cases + controls) / 2 - 1

    def beyond(theta: float) -> float:
        spread = 1 + more * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return float((1 - theta) ** 2 - z**2 * theta * (1 - theta) * spread / (cases * controls))

    # At an area of 1 the factor 1 - theta cancels; what is left falls from 1 at theta = 0 and crosses 0 once.
    lower = float(brentq(lambda theta: beyond(theta) / (1 - theta), 0.0, 1.0 - 1e-12))
    return (lower, 1.0) if area else (0.0, 1.0 - lower)
