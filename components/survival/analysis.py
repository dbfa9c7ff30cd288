"""Survival of a cohort, by the levels of a factor: curves, counts under them, estimates, test and hazard ratios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from components.core.estimate import Estimate, Limits, Reason, estimate, missing
from components.core.groups import Groups, OfGroup
from components.core.ledger import among_planned
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed, procedures_of
from components.engine.event_table import EventTable, event_table
from components.engine.follow_up import follow_up
from components.engine.kaplan_meier import (
    KaplanMeier,
    Quantiles,
    SurvivalAt,
    kaplan_meier,
    median,
    numbers_at_risk,
    quantiles,
    survival_at,
)
from components.engine.logrank import LogRank, logrank
from components.engine.restricted_mean import restricted_mean
from components.survival.event_groups import grouped_events
from components.survival.hazard_ratios import Comparison, comparison
from components.survival.procedures import (
    AT_RISK,
    HOLM,
    KAPLAN_MEIER,
    LANDMARK,
    LIMITS,
    LOG_RANK,
    MEDIAN,
    RESTRICTED_MEAN,
    RESTRICTED_MEAN_DIFFERENCE,
    RESTRICTED_MEAN_TEST,
    SCORE_TEST,
)
from components.survival.restricted_means import Difference, differences, mean_of
from components.survival.sensitivity import Sensitivity, sensitivity
from components.survival.share_differences import SURVIVAL_DIFFERENCE, ShareDifference, share_differences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.core.analysis_set import AnalysisSet
    from components.survival.landmark import Landmark
    from data.cohort import Cohort
    from data.entries import Endpoint, Factor
    from data.levels import Level

UNTESTED = {
    "fewer than two levels": Reason.ONE_LEVEL,
    "no events": Reason.NO_EVENTS,
    "nothing to compare": Reason.NOTHING_TO_COMPARE,
}
"""Why the engine has no test, as a reason."""

TWO_YEARS = 730
QUARTERS = (0.25, 0.75)
FEW_AT_RISK, FEW_SHARE = 10, 0.1
"""A curve is shaky from where fewer than 10 patients, or a tenth of a larger group, are still at risk."""


@dataclass(frozen=True, eq=False)
class Curve(OfGroup):
    """One group's Kaplan-Meier estimate as steps from day 0, with everything known about the group.

    ``days``, ``survival``, ``lower`` and ``upper`` are (T,), starting at day 0 and survival 1; limits are nan where
    the Method gives none, and ``beta_product`` says where they are the beta product's. ``lower_between`` is the lower
    limit as it holds from each day to the next: who was censored on a day is known to be alive on it, not after it.
    ``few_from`` is the first day with few patients at risk. Of ``at`` there is one estimate a chosen day;
    ``quartiles`` are the days by which a quarter and three quarters had the event, where they were asked for.
    """

    n: int
    events: int
    days: NDArray[np.int64]
    survival: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    lower_between: NDArray[np.float64]
    beta_product: NDArray[np.bool_]
    censor_days: NDArray[np.int64]
    censor_survival: NDArray[np.float64]
    few_from: float
    last_day: int
    median: Estimate
    at: tuple[Estimate, ...]
    restricted_mean: Estimate
    quartiles: tuple[Estimate, ...] = ()


@dataclass(frozen=True, eq=False)
class RiskTable:
    """Patients at risk, censored and with the event (cumulative) at ``days`` (D,), each (D, K groups)."""

    days: tuple[int, ...]
    at_risk: NDArray[np.int64]
    censored: NDArray[np.int64]
    events: NDArray[np.int64]


@dataclass(frozen=True)
class Test:
    """A test of no difference between the groups; ``p`` is None exactly when ``reason`` says why."""

    name: str
    statistic: float | None
    df: int
    p: float | None
    reason: Reason | None = None


@dataclass(frozen=True, eq=False)
class Survival:
    """What is known of one endpoint in one cohort; days count from ``start`` (the landmark, or 0).

    Events, and every number made of them, count over the follow-up of ``analysed``. ``risk_table`` counts those who
    were really followed to its days.
    """

    endpoint: Endpoint
    groups: Groups
    n: int
    events: int
    curves: tuple[Curve, ...]
    at_days: tuple[int, ...]
    risk_table: RiskTable
    log_rank: Test
    comparison: Comparison
    tau: int
    differences: tuple[Difference, ...]
    share_differences: tuple[ShareDifference, ...]
    follow_up: Estimate
    method: Method
    analysed: AnalysisSet
    landmark: Landmark[Any] | None = None
    sensitivity: Sensitivity | None = None

    @property
    def start(self) -> int:
        """The day since the start of treatment on which the clock starts."""
        return self.landmark.day if self.landmark else 0

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the curves, their estimates and the comparison of the groups were made with."""
        grouped = len(self.curves) > 1
        compared = procedures_of((self.comparison, self.sensitivity)) if grouped else ()
        return listed(
            (LANDMARK, self.landmark is not None),
            *((procedure, self.curves) for procedure in (*self.curve_procedures, MEDIAN)),
            (AT_RISK[self.method.at_risk], self.curves),
            (RESTRICTED_MEAN, any(curve.restricted_mean.known for curve in self.curves)),
            (RESTRICTED_MEAN_DIFFERENCE, any(contrast.days.known for contrast in self.differences)),
            (RESTRICTED_MEAN_TEST, any(contrast.p is not None for contrast in self.differences)),
            (SURVIVAL_DIFFERENCE, any(one.known for contrast in self.share_differences for one in contrast.at)),
            (LOG_RANK, self.log_rank.p is not None),
            (HOLM, grouped and any(p is not None for p in self.comparison.holm)),
            # The factor is tested by the log-rank test here; the score test stands in the forest plot.
            *((procedure, procedure is not SCORE_TEST) for procedure in compared),
        )

    @property
    def looks(self) -> tuple[Look, ...]:
        """The test of all groups, and each group against the reference."""
        beside = (f"landmark-{self.start}",) if self.landmark else ()
        ratios = self.comparison.looks(self.endpoint, self.groups.key, beside) if len(self.curves) > 1 else ()
        if self.log_rank.p is None:
            return ratios
        groups = self.groups
        p, table = self.log_rank.p, self.comparison.table
        whole = Look(
            self.endpoint, groups.key, groups.title, groups.present, self.n, self.events, p, None, beside, table
        )
        return (whole, *ratios) if len(groups.present) > 2 else (replace(whole, ratio=_ratio(ratios)),)

    @cached_property
    def among_planned(self) -> float | None:
        """The log-rank p of two groups judged as one of many comparisons; None without one, or of other groups."""
        if len(self.curves) != 2 or self.log_rank.p is None:
            return None
        return among_planned(self.looks[0])

    @property
    def ratios(self) -> tuple[Estimate, ...]:
        """The hazard ratio of each level as it is printed: where the Cox model has none, Firth's under its name."""
        second = {} if self.sensitivity is None else {one.group.id: one.firth for one in self.sensitivity.levels}
        firths = [second.get(level.group.id) for level in self.comparison.levels]
        return tuple(
            level.ratio if level.ratio.known or firth is None or not firth.known else replace(firth, limits="Firth")
            for level, firth in zip(self.comparison.levels, firths, strict=True)
        )

    @property
    def curve_procedures(self) -> tuple[Procedure, ...]:
        """What the curves alone were made with."""
        limits = self.curves and not self.analysed.rounded
        return listed((KAPLAN_MEIER, self.curves), (LIMITS[self.method.interval], limits))

    @property
    def last_day(self) -> int:
        """The last day on which anyone was followed."""
        return max((curve.last_day for curve in self.curves), default=0)


def _ratio(ratios: tuple[Look, ...]) -> Estimate | None:
    return ratios[0].ratio if ratios else None


def survival(  # noqa: PLR0913 - each is a choice on a page
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor | None = None,
    at_days: tuple[int, ...] = (365, TWO_YEARS),
    risk_days: tuple[int, ...] = (0, 183, 365, 548, TWO_YEARS),
    tau: int = TWO_YEARS,
    landmark_day: int | None = None,
    method: Method = PAPER,
    *,
    until: int | None = None,
    quartiles: bool = False,
) -> Survival:
    """Survival to ``endpoint`` by the levels of ``factor``, with estimates at ``at_days`` and counts at ``risk_days``.

    ``tau`` is the horizon of the restricted mean. A factor that becomes known after the start needs ``landmark_day``;
    days then count from it. With ``until``, a day since the start of treatment, whoever was followed longer is
    censored on it in every number but the counts at ``risk_days``. With ``quartiles`` each curve has its own.
    Raises ValueError where ``grouped_events`` does.
    """
    compared = grouped_events(cohort, endpoint, factor, landmark_day, until)
    table, own = compared.table, compared.groups
    counted = compared.analysed.follow_up
    beyond = [
        Reason.BEYOND_FOLLOW_UP if counted.whole or day <= counted.length else Reason.BEYOND_HORIZON for day in at_days
    ]
    km = kaplan_meier(table, method.interval, method.level)
    means = restricted_mean(table, tau, method.level)
    at = survival_at(km, at_days)
    medians = median(km)
    curves = tuple(
        _curve(
            own.present[k],
            table.level(k),
            compared.followed.level(k),
            km,
            k,
            median_of(medians, km, k),
            tuple(_share(at, d, k, beyond[d]) for d in range(len(at_days))),
            mean_of(means, k),
        )
        for k in range(len(own.present))
    )
    if quartiles:
        quarters = quantiles(km, QUARTERS)
        curves = tuple(
            replace(curve, quartiles=tuple(median_of(quarters, km, k, p) for p in range(len(QUARTERS))))
            for k, curve in enumerate(curves)
        )
    counts = numbers_at_risk(compared.followed, risk_days, method.at_risk)
    return Survival(
        endpoint=endpoint,
        groups=own,
        n=int(table.n.sum()),
        events=int(table.events.sum()),
        curves=curves,
        at_days=at_days,
        risk_table=RiskTable(risk_days, counts.at_risk, counts.censored, counts.events),
        log_rank=log_rank(logrank(table), own),
        comparison=comparison(table, own, method),
        tau=tau,
        differences=differences(table, means, own),
        share_differences=share_differences(at, own, beyond),
        follow_up=follow_up_of(compared.analysed, method),
        method=method,
        analysed=compared.analysed,
        landmark=compared.landmark,
        sensitivity=_sensitivity(table, own, method),
    )


def median_follow_up(cohort: Cohort, method: Method = PAPER) -> Estimate:
    """Median days of follow-up by the reverse Kaplan-Meier method: death censors, the end of follow-up is the event."""
    if not cohort.n:
        return missing(Reason.NO_PATIENTS)
    counted = cohort.counted_by(cohort.dictionary.leading)
    return _follow_up(*counted.time_to(cohort.dictionary.leading), counted.weights, method)


def follow_up_of(analysed: AnalysisSet, method: Method = PAPER) -> Estimate:
    """The same of the patients ``analysed``, who may be fewer than those a filter keeps; never cut at a horizon."""
    if not analysed.n:
        return missing(Reason.NO_PATIENTS)
    own = analysed.members
    weights = None if analysed.weights is None else analysed.weights[own]
    return _follow_up(analysed.days[own], analysed.died[own], weights, method)


def _follow_up(
    days: NDArray[np.int64], died: NDArray[np.bool_], weights: NDArray[np.int64] | None, method: Method
) -> Estimate:
    followed = follow_up(event_table(days, died, weights=weights), interval=method.interval, level=method.level)
    found = median_of(median(followed), followed, 0)
    return replace(found, reason=Reason.NOT_REACHED_ALIVE) if found.reason is Reason.NOT_REACHED else found


def _curve(
    group: Level,
    own: EventTable,
    followed: EventTable,
    km: KaplanMeier,
    k: int,
    middle: Estimate,
    at: tuple[Estimate, ...],
    mean: Estimate,
) -> Curve:
    rows = np.searchsorted(km.times, own.times)
    survival_, lower, upper = (np.append(1.0, column[rows, k]) for column in (km.survival, km.lower, km.upper))
    lower[0], upper[0] = km.lower_at_start[k], km.upper_at_start[k]
    at_risk = own.at_risk[:, 0]
    n = int(own.n[0])
    few = at_risk < min(n, max(FEW_AT_RISK, FEW_SHARE * n))
    left = np.isin(own.times, followed.times[followed.censored[:, 0] > 0])  # whom the horizon cuts has no tick
    return Curve(
        group=group,
        n=n,
        events=int(own.events.sum()),
        days=np.append(0, own.times),
        survival=survival_,
        lower=lower,
        upper=upper,
        lower_between=np.concatenate([lower[:1], km.lower_after[rows[:-1], k], lower[-1:]]),
        beta_product=np.append(km.beta_product_at_start[k], km.beta_product[rows, k]),
        censor_days=own.times[left],
        censor_survival=survival_[1:][left],
        few_from=float(own.times[few.argmax()]) if few.any() else float("inf"),
        last_day=int(own.times[-1]),
        median=middle,
        at=at,
        restricted_mean=mean,
    )


def _share(at: SurvivalAt, d: int, k: int, beyond: Reason) -> Estimate:
    limits: Limits = "beta product" if at.beta_product[d, k] else ""
    return estimate(at.survival[d, k], at.lower[d, k], at.upper[d, k], beyond, limits)


def median_of(found: Quantiles, km: KaplanMeier, k: int, p: int = 0) -> Estimate:
    """The median day of group ``k``, or another quantile at place ``p``, with its limits.

    It may have the lower one where the curve does not come down to it.
    """
    value, share = float(found.estimate[p, k]), float(found.probabilities[p])
    level = np.isnan(value) and np.nanmin(np.append(1.0, km.survival[:, k])) <= 1 - share + 1e-9
    why = (Reason.ENDS_ON_HALF if share == 0.5 else Reason.ENDS_ON_QUARTILE) if level else Reason.NOT_REACHED
    small = {bool(found.lower_beta_product[p, k]), bool(found.upper_beta_product[p, k])}
    limits: Limits = "" if True not in small else "beta product and log-log" if len(small) > 1 else "beta product"
    return estimate(value, found.lower[p, k], found.upper[p, k], why, limits)


def log_rank(result: LogRank, own: Groups) -> Test:
    """The engine's log-rank test of the groups, or why there is none."""
    if len(own.present) < 2:
        return Test("log-rank", None, 0, None, Reason.ONE_LEVEL if own.present else Reason.NO_PATIENTS)
    if result.reason:
        return Test("log-rank", None, 0, None, UNTESTED[result.reason])
    return Test("log-rank", float(result.chisq), int(result.df), float(result.p))


def _sensitivity(table: EventTable, own: Groups, method: Method) -> Sensitivity | None:
    if len(own.present) < 2 or not table.events.sum():
        return None
    return sensitivity(table, own, method)
