"""The Kaplan-Meier estimate of every level at once, its limits, its quantiles and the counts under the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from components.engine.beta_product import beta_product_limits
from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import Interval, probability_limits

SurvivalInterval = Literal[Interval, "beta product"]
QuantileRule = Literal["SAS", "R"]
RiskConvention = Literal["R", "KMunicate"]
TOLERANCE = 1e-9
"""How near 1 - p a curve counts as standing on it: products of fractions miss 0.5 by a few 1e-16."""


@dataclass(frozen=True)
class KaplanMeier:
    """Survival of K levels after each of T days.

    ``times`` (T,) are the distinct observed days of all levels; every other array is (T, K) but those said to be (K,).
    ``at_risk``, ``events`` and ``censored`` are counts on that day; ``std_err`` is Greenwood's standard error of
    ``survival``. After a level's last day of follow-up everything is nan, unless its curve has reached 0.
    ``lower_at_start`` and ``upper_at_start`` (K,) are the limits before the first of the days; ``n`` and ``last`` (K,)
    the patients of each level and their last observed day (nan for an empty level).
    """

    times: Counts
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    lower_at_start: Floats
    upper_at_start: Floats
    n: Counts
    last: Floats
    interval: SurvivalInterval
    level: float


@dataclass(frozen=True)
class SurvivalAt:
    """Survival at D chosen days: every array but ``days`` (D,) is (D, K); nan beyond a level's follow-up."""

    days: Floats
    survival: Floats
    std_err: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Quantiles:
    """Days by which a share ``probabilities`` (P,) has had the event, with limits; each (P, K), nan if not reached."""

    probabilities: Floats
    estimate: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class NumbersAtRisk:
    """Counts at D chosen days, each (D, K).

    ``events`` and ``censored`` are cumulative, up to and including the day; ``interval_events`` and
    ``interval_censored`` count those since the previous chosen day (since the start, for the first).
    """

    days: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    interval_events: Counts
    interval_censored: Counts
    convention: RiskConvention


def kaplan_meier(table: EventTable, interval: SurvivalInterval = "log-log", level: float = 0.95) -> KaplanMeier:
    """Kaplan-Meier estimate of each level: S(t) = product over s <= t of (1 - d(s) / Y(s)).

    The variance is Greenwood's, S(t)^2 times the sum of d / (Y (Y - d)); limits as in ``probability_limits``, or for
    small groups as in ``beta_product_limits``.
    Source: Kaplan and Meier 1958; Greenwood 1926.
    R: ``survfit(Surv(day, event) ~ level, conf.type = interval, conf.int = level)``; the standard error and these
    limits are nan where S = 0, as in R, and log-log limits also where S = 1, as in SAS.
    """
    return product_limit(table, table.at_risk, interval, level)


def product_limit(table: EventTable, at_risk: Counts, interval: SurvivalInterval, level: float) -> KaplanMeier:
    """The Kaplan-Meier estimate with ``at_risk`` (T, K) counted by the caller, for another order of tied days."""
    events = table.events
    staying = at_risk - events
    survival = np.cumprod(staying / np.maximum(at_risk, 1) + (at_risk == 0), axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(events > 0, events / (at_risk * staying), 0.0)
        std_err = survival * np.sqrt(np.cumsum(terms, axis=0))
    followed = table.at_risk > 0
    beyond = ~followed & (survival > 0)
    survival[beyond] = np.nan
    std_err[beyond] = np.nan
    if interval == "beta product":
        lower, upper = beta_product_limits(at_risk, events, table.n, level)
        lower[1:][beyond], upper[1:][beyond] = np.nan, np.nan
    else:
        one, zero = np.ones((1, len(table.n))), np.zeros((1, len(table.n)))
        lower, upper = probability_limits(
            np.concatenate([one, survival]), np.concatenate([zero, std_err]), interval, level
        )
    return KaplanMeier(
        times=table.times,
        at_risk=at_risk,
        events=events,
        censored=table.censored,
        survival=survival,
        std_err=std_err,
        lower=lower[1:],
        upper=upper[1:],
        lower_at_start=lower[0],
        upper_at_start=upper[0],
        n=table.n,
        last=np.append(np.nan, table.times)[followed.sum(axis=0)],
        interval=interval,
        level=level,
    )


def survival_at(km: KaplanMeier, days: ArrayLike) -> SurvivalAt:
    """Survival, standard error and limits of each level at ``days`` (D,), read from the step just reached.

    Before the first event S = 1, with standard error 0 (and no log-log limits). Beyond a level's last day of follow-up
    the answer is nan unless the curve has reached 0: nothing is carried forward (SAS; R needs ``extend = TRUE``).
    R: ``summary(survfit(...), times = days)``.
    """
    day = np.atleast_1d(np.asarray(days, dtype=np.float64))
    step = np.searchsorted(km.times, day, side="right")
    survival = np.vstack([np.ones(len(km.n)), km.survival])[step]
    beyond = ~(day[:, None] <= km.last) & (survival != 0)

    def read(start: Floats, steps: Floats) -> Floats:
        return np.where(beyond, np.nan, np.vstack([start, steps])[step])

    return SurvivalAt(
        days=day,
        survival=np.where(beyond, np.nan, survival),
        std_err=read(np.zeros(len(km.n)), km.std_err),
        lower=read(km.lower_at_start, km.lower),
        upper=read(km.upper_at_start, km.upper),
    )


def quantiles(
    km: KaplanMeier, probabilities: Sequence[float] = (0.25, 0.5, 0.75), rule: QuantileRule = "SAS"
) -> Quantiles:
    """Days by which the shares ``probabilities`` have had the event, with Brookmeyer-Crowley limits.

    The estimate is the first day with S <= 1 - p. Where S stands exactly on 1 - p (within 1e-9) it is the midpoint of
    that day and the next event's; with no next event, not estimable (nan) by the rule of SAS, and the midpoint with the
    level's last day by the rule of R. The limits are the same reading of the lower and the upper limit of S.
    Source: Brookmeyer and Crowley 1982; SAS PROC LIFETEST, "Details". R: ``quantile(survfit(...), probabilities)``.
    Raises ValueError unless every p lies strictly between 0 and 1.
    """
    shares = np.asarray(probabilities, dtype=np.float64)
    if not ((shares > 0) & (shares < 1)).all():
        raise ValueError("probabilities must lie strictly between 0 and 1")
    return Quantiles(
        probabilities=shares,
        estimate=_crossings(km, km.survival, shares, rule),
        lower=_crossings(km, km.lower, shares, rule),
        upper=_crossings(km, km.upper, shares, rule),
    )


def median(km: KaplanMeier, rule: QuantileRule = "SAS") -> Quantiles:
    """The median day of each level with its limits, each (1, K): ``quantiles`` at 0.5."""
    return quantiles(km, (0.5,), rule)


def _crossings(km: KaplanMeier, curve: Floats, shares: Floats, rule: QuantileRule) -> Floats:
    """The day each column of ``curve`` (T, K) first comes down to 1 - p, (P, K)."""
    if not len(km.times):
        return np.full((len(shares), len(km.n)), np.nan)
    target = 1 - shares[:, None, None]
    reached, passed = curve <= target + TOLERANCE, curve < target - TOLERANCE
    days = km.times.astype(np.float64)
    first = days[reached.argmax(axis=1)]
    flat_end = km.last if rule == "R" else np.nan
    following = np.where(passed.any(axis=1), days[passed.argmax(axis=1)], flat_end)
    day = np.where(reached.argmax(axis=1) < passed.argmax(axis=1), (first + following) / 2, first)
    day = np.where(passed.any(axis=1), day, (first + flat_end) / 2)
    return np.where(reached.any(axis=1), day, np.nan)


def numbers_at_risk(table: EventTable, days: ArrayLike, convention: RiskConvention = "R") -> NumbersAtRisk:
    """At risk, events and censored of each level at ascending ``days`` (D,).

    "R": at risk are those observed to the day or later, so that an event on the day is counted in both columns.
    "KMunicate": at risk are those still followed after the day, so that at risk + events + censored = n.
    Source: Morris et al., BMJ Open 2019 (KMunicate). R: ``summary(survfit(...), times = days, extend = TRUE)``.
    Raises ValueError when the days do not ascend, or for another convention.
    """
    day = np.atleast_1d(np.asarray(days, dtype=np.float64))
    if (np.diff(day) <= 0).any():
        raise ValueError("days must ascend")
    if convention not in ("R", "KMunicate"):
        raise ValueError(f"unknown convention {convention!r}")
    none = np.zeros((1, len(table.n)), dtype=np.int64)
    through = np.searchsorted(table.times, day, side="right")
    events = np.concatenate([none, np.cumsum(table.events, axis=0)])
    censored = np.concatenate([none, np.cumsum(table.censored, axis=0)])
    gone = through if convention == "KMunicate" else np.searchsorted(table.times, day, side="left")
    return NumbersAtRisk(
        days=day,
        at_risk=table.n - events[gone] - censored[gone],
        events=events[through],
        censored=censored[through],
        interval_events=np.diff(events[through], axis=0, prepend=none),
        interval_censored=np.diff(censored[through], axis=0, prepend=none),
        convention=convention,
    )
