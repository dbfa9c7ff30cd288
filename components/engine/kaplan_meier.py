"""The Kaplan-Meier estimate of every level at once, its limits, its quantiles and the counts under the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.engine.beta_product import beta_product_limits
from components.engine.event_table import Counts, EventTable, Floats
from components.engine.limits import Interval, probability_limits

Bools = NDArray[np.bool_]
SurvivalInterval = Literal[Interval, "beta product", "by events"]
QuantileRule = Literal["SAS", "R"]
RiskConvention = Literal["R", "KMunicate"]
FEW_EVENTS = 5
"""With fewer events so far, limits "by events" are those of the beta product."""

TOLERANCE = 1e-9
"""How near 1 - p a curve counts as standing on it: products of fractions miss 0.5 by a few 1e-16."""


@dataclass(frozen=True)
class SurvivalCurves:
    """The Kaplan-Meier estimate of K levels after each of T days, without limits.

    ``times`` (T,) are the distinct observed days of all levels; ``at_risk``, ``events`` and ``censored`` (T, K) are
    counts on that day. After a level's last day of follow-up ``survival`` (T, K) is nan, unless its curve is at 0.
    ``n`` and ``last`` (K,) are the patients of each level and their last observed day (nan for an empty level).
    """

    times: Counts
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Floats
    n: Counts
    last: Floats


@dataclass(frozen=True)
class KaplanMeier(SurvivalCurves):
    """The curves with their limits, which like ``survival`` are nan after a level's last day.

    Every array is (T, K) but those said to be (K,). ``std_err`` is Greenwood's standard error of ``survival``.
    ``lower_after`` is the lower limit from just after the day to the next one, and ``beta_product`` says which limits
    are those of the beta product; only these differ on the day and after it. ``lower_at_start``, ``upper_at_start`` and
    ``beta_product_at_start`` (K,) hold before the first of the days.
    """

    std_err: Floats
    lower: Floats
    upper: Floats
    lower_after: Floats
    beta_product: Bools
    lower_at_start: Floats
    upper_at_start: Floats
    beta_product_at_start: Bools
    interval: SurvivalInterval
    level: float


@dataclass(frozen=True)
class SurvivalAt:
    """Survival at D chosen days: every array but ``days`` (D,) is (D, K); nan beyond a level's follow-up.

    ``beta_product`` says which limits are those of the beta product.
    """

    days: Floats
    survival: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    beta_product: Bools


@dataclass(frozen=True)
class Quantiles:
    """Days by which a share ``probabilities`` (P,) has had the event, with limits; each (P, K), nan if not reached.

    ``lower_beta_product`` and ``upper_beta_product`` say which of them come from limits of the beta product.
    """

    probabilities: Floats
    estimate: Floats
    lower: Floats
    upper: Floats
    lower_beta_product: Bools
    upper_beta_product: Bools


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
    small groups as in ``beta_product_limits``. Limits "by events" are those of the beta product as long as a level has
    had fewer than ``FEW_EVENTS`` events, and wherever S is 0 or 1; from then on they are log-log.
    Source: Kaplan and Meier 1958; Greenwood 1926.
    R: ``survfit(Surv(day, event) ~ level, conf.type = interval, conf.int = level)``; the standard error is nan where
    S = 0, as in R, and so are all limits but the beta product's; these are also nan where S = 1, as in SAS.
    """
    return product_limit(table, table.at_risk, interval, level)


def survival_curves(table: EventTable) -> SurvivalCurves:
    """The curves of ``kaplan_meier`` alone, for many groups of which no limits are asked."""
    at_risk = table.at_risk
    return _curves(table, at_risk, at_risk > 0)


def product_limit(table: EventTable, at_risk: Counts, interval: SurvivalInterval, level: float) -> KaplanMeier:
    """The Kaplan-Meier estimate with ``at_risk`` (T, K) counted by the caller, for another order of tied days."""
    curves, events = _curves(table, at_risk, table.at_risk > 0), table.events
    staying, beyond = at_risk - events, np.isnan(curves.survival)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(events > 0, events / (at_risk * staying), 0.0)
        std_err = curves.survival * np.sqrt(np.cumsum(terms, axis=0))
    lower, upper, after, small = _limits(table, at_risk, curves.survival, std_err, interval, level)
    for limit in (lower, upper, after):
        limit[1:][beyond] = np.nan
    return KaplanMeier(
        **vars(curves),
        std_err=std_err,
        lower=lower[1:],
        upper=upper[1:],
        lower_after=after[1:],
        beta_product=small[1:],
        lower_at_start=lower[0],
        upper_at_start=upper[0],
        beta_product_at_start=small[0],
        interval=interval,
        level=level,
    )


def _curves(table: EventTable, at_risk: Counts, followed: Bools) -> SurvivalCurves:
    """``followed`` (T, K) says who is followed to the day or later, in whatever order tied days are counted."""
    staying = at_risk - table.events
    survival = np.cumprod(staying / np.maximum(at_risk, 1) + (at_risk == 0), axis=0)
    survival[~followed & (survival > 0)] = np.nan
    last = np.append(np.nan, table.times)[followed.sum(axis=0)]
    return SurvivalCurves(table.times, at_risk, table.events, table.censored, survival, table.n, last)


def _limits(
    table: EventTable, at_risk: Counts, survival: Floats, std_err: Floats, interval: SurvivalInterval, level: float
) -> tuple[Floats, Floats, Floats, Bools]:
    """Lower and upper limit on each day, lower limit after it, and which are the beta product's: (T + 1, K)."""
    none = np.zeros((1, len(table.n)))
    share, error = np.concatenate([none + 1, survival]), np.concatenate([none, std_err])
    if interval == "log-log" or interval == "log" or interval == "plain":  # noqa: PLR1714 - mypy narrows it
        lower, upper = probability_limits(share, error, interval, level)
        return lower, upper, lower.copy(), np.zeros(share.shape, dtype=np.bool_)
    exact = beta_product_limits(at_risk, table.events, table.n, level)
    if interval == "beta product":
        return exact.lower, exact.upper, exact.lower_after, np.ones(share.shape, dtype=np.bool_)
    if interval != "by events":
        raise ValueError(f"unknown interval {interval!r}")
    lower, upper = probability_limits(share, error, "log-log", level)
    so_far = np.concatenate([none, np.cumsum(table.events, axis=0)])
    small = (so_far < FEW_EVENTS) | (share == 0) | (share == 1)
    return (
        np.where(small, exact.lower, lower),
        np.where(small, exact.upper, upper),
        np.where(small, exact.lower_after, lower),
        small,
    )


def survival_at(km: KaplanMeier, days: ArrayLike) -> SurvivalAt:
    """Survival, standard error and limits of each level at ``days`` (D,), read from the step just reached.

    Before the first event S = 1, with standard error 0 (and no limits but the beta product's). Beyond a level's last
    day of follow-up the answer is nan unless the curve has reached 0: nothing is carried forward (SAS; R needs
    ``extend = TRUE``). On an observed day the lower limit counts those at risk on the day, between days those after it.
    R: ``summary(survfit(...), times = days)``.
    """
    day, step, beyond = _read(km, days)
    on_the_day = (step > 0) & (np.append(np.nan, km.times)[step] == day)

    def read(start: Floats, steps: Floats) -> Floats:
        return np.where(beyond, np.nan, np.vstack([start, steps])[step])

    return SurvivalAt(
        days=day,
        survival=read(np.ones(len(km.n)), km.survival),
        std_err=read(np.zeros(len(km.n)), km.std_err),
        lower=np.where(on_the_day[:, None], read(km.lower_at_start, km.lower), read(km.lower_at_start, km.lower_after)),
        upper=read(km.upper_at_start, km.upper),
        beta_product=np.vstack([km.beta_product_at_start, km.beta_product])[step],
    )


def shares_at(curves: SurvivalCurves, days: ArrayLike) -> Floats:
    """The survival alone of ``survival_at``, (D, K)."""
    _, step, beyond = _read(curves, days)
    return np.where(beyond, np.nan, _stepped(curves, step))


def _read(curves: SurvivalCurves, days: ArrayLike) -> tuple[Floats, Counts, Bools]:
    """The days (D,), how many observed days each has reached (D,), and which levels are followed no longer (D, K)."""
    day = np.atleast_1d(np.asarray(days, dtype=np.float64))
    step = np.searchsorted(curves.times, day, side="right")
    return day, step, ~(day[:, None] <= curves.last) & (_stepped(curves, step) != 0)


def _stepped(curves: SurvivalCurves, step: Counts) -> Floats:
    """Survival after so many (D,) of the observed days, (D, K); 1 after none."""
    if not len(curves.times):
        return np.ones((len(step), len(curves.n)))
    return np.where((step > 0)[:, None], curves.survival[np.maximum(step - 1, 0)], 1.0)


def survival_difference(at: SurvivalAt, a: int, b: int) -> tuple[Floats, Floats, Floats]:
    """Survival of level ``a`` less that of level ``b`` at each day, with lower and upper limit, (D,) each.

    The limits are put together from those of both levels by square and add, so they hold where one level has no event,
    and stay within -1 and 1; nan where a level has none. Source: Zou and Donner, Statistics in Medicine 2008.
    """
    of_a, of_b = at.survival[:, a], at.survival[:, b]
    lower = of_a - of_b - np.hypot(of_a - at.lower[:, a], at.upper[:, b] - of_b)
    upper = of_a - of_b + np.hypot(at.upper[:, a] - of_a, of_b - at.lower[:, b])
    return of_a - of_b, lower, upper


def quantiles(
    km: KaplanMeier, probabilities: Sequence[float] = (0.25, 0.5, 0.75), rule: QuantileRule = "SAS"
) -> Quantiles:
    """Days by which the shares ``probabilities`` have had the event, with Brookmeyer-Crowley limits.

    The estimate is the first day with S <= 1 - p. Where S stands exactly on 1 - p (within 1e-9) it is the midpoint of
    that day and the next event's; with no next event, not estimable (nan) by the rule of SAS, and the midpoint with the
    level's last day by the rule of R. The limits are the same reading of the lower and the upper limit of S; a lower
    limit of S that starts at or below 1 - p gives day 0.
    Source: Brookmeyer and Crowley 1982; SAS PROC LIFETEST, "Details". R: ``quantile(survfit(...), probabilities)``.
    Raises ValueError unless every p lies strictly between 0 and 1.
    """
    shares = np.asarray(probabilities, dtype=np.float64)
    if not ((shares > 0) & (shares < 1)).all():
        raise ValueError("probabilities must lie strictly between 0 and 1")
    estimate, _ = _crossings(km, np.ones(len(km.n)), km.survival, shares, rule)
    lower, lowest = _crossings(km, km.lower_at_start, km.lower_after, shares, rule)
    upper, highest = _crossings(km, km.upper_at_start, km.upper, shares, rule)
    return Quantiles(shares, estimate, lower, upper, lowest, highest)


def median(km: KaplanMeier, rule: QuantileRule = "SAS") -> Quantiles:
    """The median day of each level with its limits, each (1, K): ``quantiles`` at 0.5."""
    return quantiles(km, (0.5,), rule)


def median_days(curves: SurvivalCurves, rule: QuantileRule = "SAS") -> Floats:
    """The median day alone of ``median``, (K,)."""
    day, _ = _crossing(curves, np.ones(len(curves.n)), curves.survival, np.array([0.5]), rule)
    days: Floats = day[0]
    return days


def _crossings(
    km: KaplanMeier, start: Floats, steps: Floats, shares: Floats, rule: QuantileRule
) -> tuple[Floats, Bools]:
    """The day each column of ``start`` (K,) and ``steps`` (T, K) first comes down to 1 - p, (P, K).

    Beside it, whether the limits of the beta product stand there, or on the level's last day if it never does.
    """
    day, there = _crossing(km, start, steps, shares, rule)
    last = np.searchsorted(km.times, np.nan_to_num(km.last), side="right")
    row = np.where(there < 0, last, there)
    small = np.take_along_axis(np.vstack([km.beta_product_at_start, km.beta_product]), row, axis=0)
    return day, small


def _crossing(
    curves: SurvivalCurves, start: Floats, steps: Floats, shares: Floats, rule: QuantileRule
) -> tuple[Floats, Counts]:
    """The day of ``_crossings``, nan where there is none, and its row below that of the start, -1 then; (P, K)."""
    curve = np.vstack([start, steps])
    target = 1 - shares[:, None, None]
    first, reached = _first(curve <= target + TOLERANCE)
    later, passed = _first(curve < target - TOLERANCE)
    days = np.append(0.0, curves.times)
    flat_end = curves.last if rule == "R" else np.nan
    following = np.where(passed, days[later], flat_end)
    day = np.where((first < later) | ~passed, (days[first] + following) / 2, days[first])
    return np.where(reached, day, np.nan), np.where(reached, first, -1)


def _first(true: Bools) -> tuple[Counts, Bools]:
    """Of (P, T, K) the first row that is true, and whether any is, (P, K)."""
    row = true.argmax(axis=1)
    return row, np.take_along_axis(true, row[:, None], axis=1)[:, 0]


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
