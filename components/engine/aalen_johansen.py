"""Cumulative incidence of each cause when the causes compete: the Aalen-Johansen estimate of every level at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from components.engine.beta_product import beta_product_limits
from components.engine.event_table import Counts, Floats, event_table
from components.engine.kaplan_meier import FEW_EVENTS, Bools, SurvivalInterval
from components.engine.limits import probability_limits

Variance = Literal["infinitesimal jackknife", "Aalen"]


@dataclass(frozen=True)
class CauseTable:
    """Patients counted by observed day, level and cause.

    ``times`` (T,) are the distinct observed days in ascending order; ``events`` (T, K, J) count the first events of
    each cause on that day, ``censored`` (T, K) the patients of each level who left without any.
    """

    times: Counts
    events: Counts
    censored: Counts

    @property
    def at_risk(self) -> Counts:
        """Patients of each level followed to each time or later, (T, K)."""
        leaving = self.events.sum(axis=2) + self.censored
        remaining: Counts = np.cumsum(leaving[::-1], axis=0)[::-1]
        return remaining


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence without limits: ``incidence`` (T, K, J) and ``event_free`` (T, K) after each of T days.

    After a level's ``last`` (K,) day of follow-up both are nan, unless nobody is left event-free.
    """

    times: Counts
    at_risk: Counts
    incidence: Floats
    event_free: Floats
    last: Floats

    def at(self, days: ArrayLike) -> Floats:
        """The incidence at ``days`` (D,), (D, K, J), as ``incidence_at`` reads it."""
        day = np.atleast_1d(np.asarray(days, dtype=np.float64))
        step, beyond = _steps(self.times, self.event_free, self.last, day)
        first = np.zeros((1, *self.incidence.shape[1:]))
        return np.where(beyond[:, :, None], np.nan, np.concatenate([first, self.incidence])[step])


@dataclass(frozen=True)
class CumulativeIncidence:
    """Cumulative incidence of J causes in K levels after each of T days.

    ``incidence``, ``std_err``, ``lower`` and ``upper`` are (T, K, J); ``event_free`` (T, K) is the share without any
    event, so that it and the incidences add up to 1. After a level's last day of follow-up everything is nan, unless
    nobody is left event-free. ``last`` (K,) is that day (nan for an empty level). ``upper_after`` is the upper limit
    from just after the day to the next one, and ``beta_product`` says which limits are those of the beta product;
    only these differ on the day and after it. ``upper_at_start`` (K, J) holds before the first of the days.
    """

    times: Counts
    at_risk: Counts
    incidence: Floats
    event_free: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    upper_after: Floats
    beta_product: Bools
    upper_at_start: Floats
    last: Floats
    interval: SurvivalInterval
    level: float


@dataclass(frozen=True)
class IncidenceAt:
    """Cumulative incidence at D chosen days: every array but ``days`` (D,) is (D, K, J); nan beyond the follow-up.

    ``beta_product`` says which limits are those of the beta product.
    """

    days: Floats
    incidence: Floats
    std_err: Floats
    lower: Floats
    upper: Floats
    beta_product: Bools


def cause_table(
    days: ArrayLike, cause: ArrayLike, causes: int, codes: ArrayLike | None = None, levels: int = 1
) -> CauseTable:
    """Count patients by observed day, level and cause: 0 for censored, 1 to ``causes`` for the first event's cause.

    ``days``, ``codes`` and ``levels`` as in ``event_table``. Raises ValueError for a cause out of range, and as there.
    """
    why = np.asarray(cause, dtype=np.int64)
    code = np.zeros(len(why), dtype=np.int64) if codes is None else np.asarray(codes, dtype=np.int64)
    if why.size and not (why.min() >= 0 and why.max() <= causes):
        raise ValueError(f"causes must lie between 0 and {causes}")
    if code.size and code.max() >= levels:
        raise ValueError(f"code {code.max()} is outside the {levels} levels")
    if len(why) != len(code):
        raise ValueError(f"cause and codes differ in length: {len(why)}, {len(code)}")
    cells = np.where(code < 0, -1, code * (causes + 1) + why)
    table = event_table(days, why > 0, cells, levels * (causes + 1))
    shape = (len(table.times), levels, causes + 1)
    return CauseTable(table.times, table.events.reshape(shape)[:, :, 1:], table.censored.reshape(shape)[:, :, 0])


def cumulative_incidence(
    table: CauseTable,
    variance: Variance = "infinitesimal jackknife",
    interval: SurvivalInterval = "log-log",
    level: float = 0.95,
) -> CumulativeIncidence:
    """Aalen-Johansen estimate: F_j(t) = sum over s <= t of S(s-) d_j(s) / Y(s), events tied on one day taken together.

    "infinitesimal jackknife" is the variance of R's multi-state survfit; with a single cause it is Greenwood's. "Aalen"
    is the one of cmprsk, which takes the causes' hazards as independent. Limits of the incidence as in
    ``probability_limits``; those of the beta product are 1 minus the limits of the share without cause j, which is the
    product of 1 - d_j / Y* with Y* = Y (1 - F_j) / S at risk (both just before the day): who had another event counts
    on, as in a group that was followed no longer than the others. "By events" as in ``kaplan_meier``, for each cause.
    Source: Aalen and Johansen 1978; Aalen 1978 (variance); Therneau and Grambsch, survival vignette (jackknife);
    Geskus, Biometrics 2011 (Y*).
    R: ``survfit(Surv(day, factor(cause)) ~ level, conf.type = interval)``; ``cmprsk::cuminc(day, cause, level)``.
    Raises ValueError for another variance.
    """
    at_risk, events = table.at_risk, table.events
    y = np.maximum(at_risk, 1)
    before, event_free, incidence = _products(y, events)
    if variance == "infinitesimal jackknife":
        constant, linear, quadratic = _jackknife_terms(y[:, :, None], events)
    elif variance == "Aalen":
        constant, linear, quadratic = _aalen_terms(y[:, :, None], events)
    else:
        raise ValueError(f"unknown variance {variance!r}")
    square = _accumulated(constant, linear, quadratic, before, event_free, incidence)
    std_err = np.sqrt(np.maximum(square, 0))
    # Where everybody has had the one cause the incidence is 1, which sums of fractions miss by a few 1e-16.
    certain = (event_free == 0) & (np.count_nonzero(incidence, axis=2) == 1)
    incidence[certain[:, :, None] & (incidence > 0)] = 1
    std_err[certain] = 0
    followed = at_risk > 0
    beyond = ~followed & (event_free > 0)
    for result in (incidence, std_err, event_free):
        result[beyond] = np.nan
    lower, upper, after, small = _limits(table, event_free, incidence, std_err, interval, level)
    return CumulativeIncidence(
        times=table.times,
        at_risk=at_risk,
        incidence=incidence,
        event_free=event_free,
        std_err=std_err,
        lower=lower,
        upper=upper[1:],
        upper_after=after[1:],
        beta_product=small,
        upper_at_start=after[0],
        last=np.append(np.nan, table.times)[followed.sum(axis=0)],
        interval=interval,
        level=level,
    )


def incidence_of(table: CauseTable) -> Incidence:
    """The estimate of ``cumulative_incidence`` alone, for so many levels that limits would take too long."""
    at_risk = table.at_risk
    _, event_free, incidence = _products(np.maximum(at_risk, 1), table.events)
    followed = at_risk > 0
    beyond = ~followed & (event_free > 0)
    incidence[beyond] = event_free[beyond] = np.nan
    return Incidence(
        table.times, at_risk, incidence, event_free, np.append(np.nan, table.times)[followed.sum(axis=0)]
    )  # fmt: skip


def _products(y: Counts, events: Counts) -> tuple[Floats, Floats, Floats]:
    """The event-free share just before (T, K) and after (T, K) each day, and the incidence of each cause (T, K, J)."""
    event_free = np.cumprod(1 - events.sum(axis=2) / y, axis=0)
    before = np.concatenate([np.ones((1, event_free.shape[1])), event_free[:-1]])
    return before, event_free, np.cumsum((before / y)[:, :, None] * events, axis=0)


def _steps(times: Counts, event_free: Floats, last: Floats, day: Floats) -> tuple[Counts, Bools]:
    """How many steps are reached by each ``day`` (D,), and for which levels it lies beyond the follow-up, (D, K)."""
    step: Counts = np.searchsorted(times, day, side="right").astype(np.int64)
    free = np.vstack([np.ones(event_free.shape[1]), event_free])[step]
    return step, ~(day[:, None] <= last) & (free != 0)


def incidence_at(curves: CumulativeIncidence, days: ArrayLike) -> IncidenceAt:
    """Incidence, standard error and limits at ``days`` (D,), read from the step just reached.

    Before the first event the incidence is 0, with standard error 0 (and no limits but the beta product's). Beyond a
    level's last day of follow-up the answer is nan unless nobody is left event-free. On an observed day the upper limit
    counts those at risk on the day, between days those after it. R: ``summary(survfit(...), times = days)``.
    """
    day = np.atleast_1d(np.asarray(days, dtype=np.float64))
    step, beyond = _steps(curves.times, curves.event_free, curves.last, day)
    shape = curves.incidence.shape[1:]
    on_the_day = (step > 0) & (np.append(np.nan, curves.times)[step] == day)
    known = ~np.isnan(curves.upper_at_start)

    def read(first: Floats, steps: Floats) -> Floats:
        return np.where(beyond[:, :, None], np.nan, np.concatenate([first[None], steps])[step])

    return IncidenceAt(
        days=day,
        incidence=read(np.zeros(shape), curves.incidence),
        std_err=read(np.zeros(shape), curves.std_err),
        lower=read(np.where(known, 0.0, np.nan), curves.lower),
        upper=np.where(
            on_the_day[:, None, None],
            read(curves.upper_at_start, curves.upper),
            read(curves.upper_at_start, curves.upper_after),
        ),
        beta_product=np.concatenate([known[None], curves.beta_product])[step],
    )


def _limits(
    table: CauseTable,
    event_free: Floats,
    incidence: Floats,
    std_err: Floats,
    interval: SurvivalInterval,
    level: float,
) -> tuple[Floats, Floats, Floats, Bools]:
    """Lower limits; upper limits on each day and after it; and which are the beta product's.

    The upper limits begin at the start, (T + 1, K, J); the others are (T, K, J).
    """
    unknown = np.full((1, *incidence.shape[1:]), np.nan)
    if interval == "beta product":
        exact = _beta_product(table, event_free, incidence, level)
        return *exact, np.ones(incidence.shape, dtype=np.bool_)
    lower, upper = probability_limits(incidence, std_err, "log-log" if interval == "by events" else interval, level)
    upper = np.concatenate([unknown, upper])
    if interval != "by events":
        return lower, upper, upper, np.zeros(incidence.shape, dtype=np.bool_)
    exact_lower, exact_upper, after = _beta_product(table, event_free, incidence, level)
    small = (np.cumsum(table.events, axis=0) < FEW_EVENTS) | (incidence == 0) | (incidence == 1)
    everywhere = np.concatenate([np.ones(unknown.shape, dtype=np.bool_), small])
    return (
        np.where(small, exact_lower, lower),
        np.where(everywhere, exact_upper, upper),
        np.where(everywhere, after, upper),
        small,
    )


def _beta_product(
    table: CauseTable, event_free: Floats, incidence: Floats, level: float
) -> tuple[Floats, Floats, Floats]:
    """Limits of the beta product: lower (T, K, J), upper on each day and after it (T + 1, K, J)."""
    n = (table.events.sum(axis=2) + table.censored).sum(axis=0)
    causes = incidence.shape[2]
    still = np.concatenate([np.ones((1, *event_free.shape[1:])), event_free[:-1]])
    without = 1 - np.concatenate([np.zeros((1, *incidence.shape[1:])), incidence[:-1]])
    scale = without / np.where(still > 0, still, 1.0)[:, :, None]
    at_risk = np.where((still > 0)[:, :, None], table.at_risk[:, :, None] * scale, 0.0)
    found = [beta_product_limits(at_risk[:, :, j], table.events[:, :, j], n, level) for j in range(causes)]
    lower = 1 - np.stack([limits.upper for limits in found], axis=2)[1:]
    upper = 1 - np.stack([limits.lower for limits in found], axis=2)
    after = 1 - np.stack([limits.lower_after for limits in found], axis=2)
    # Nobody event-free: nothing is left that could happen, so the limits are those on the day of the last event.
    ended = np.concatenate([np.zeros((1, *event_free.shape[1:]), dtype=np.bool_), event_free == 0])
    for k in np.flatnonzero(ended.any(axis=0)):
        last = int(ended[:, k].argmax())
        after[last:, k] = upper[last:, k] = upper[last, k]
    beyond = np.isnan(event_free)
    lower[beyond], upper[1:][beyond], after[1:][beyond] = np.nan, np.nan, np.nan
    return lower, upper, after


def _jackknife_terms(y: Counts, events: Counts) -> tuple[Floats, Floats, Floats]:
    """Coefficients (T, K, J) of 1, G and G^2 in the sum over patients of the squared derivative of F_j(t) on day s.

    The derivative is with respect to a patient's weight. On day s a patient at risk adds S(s-) / Y times the residual,
    from the day's mean, of: 1 - G for an event of cause j, -G for one of another cause, 0 for none. What patients add
    on different days is uncorrelated over the patients, so the squares add up.
    """
    total = events.sum(axis=2, keepdims=True)
    left = 1 - total / y
    quadratic = np.broadcast_to(total * left / y**2, events.shape)
    return events * (1 - events / y) / y**2, -2 * events * left / y**2, quadratic


def _aalen_terms(y: Counts, events: Counts) -> tuple[Floats, Floats, Floats]:
    """The same coefficients when the hazards of cause j and of all others are taken as independent on each day.

    Each hazard d / Y has the variance d (Y - d) / ((Y - 1) Y^2), or 1 / Y^2 for a single event.
    """
    other = events.sum(axis=2, keepdims=True) - events

    def hazard_variance(d: Counts) -> Floats:
        tied = 1 - np.maximum(d - 1, 0) / np.maximum(y - 1, 1)
        variance: Floats = d * tied / y**2
        return variance

    own = hazard_variance(events)
    return own, -2 * own, own + hazard_variance(other)


def _accumulated(
    constant: Floats, linear: Floats, quadratic: Floats, before: Floats, event_free: Floats, incidence: Floats
) -> Floats:
    """Variance of F_j(t): the sum over days s <= t of S(s-)^2 (constant + linear G + quadratic G^2), (T, K, J).

    G = (F_j(t) - F_j(s)) / S(s) is the incidence still to come for those event-free after s, and 0 when nobody is. The
    sum is a polynomial in F_j(t), so running sums over s replace a T x T table.
    """
    left = event_free[:, :, None]
    inverse = np.divide(1.0, left, out=np.zeros_like(left), where=left > 0)
    scale = before[:, :, None] ** 2
    constant, linear, quadratic = scale * constant, scale * linear * inverse, scale * quadratic * inverse**2
    a = np.cumsum(constant - linear * incidence + quadratic * incidence**2, axis=0)
    b = np.cumsum(linear - 2 * quadratic * incidence, axis=0)
    c = np.cumsum(quadratic, axis=0)
    variance: Floats = a + b * incidence + c * incidence**2
    return variance
