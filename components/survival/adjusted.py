"""Groups compared with an adjustment for what else is known at the start: a Cox model, and a test in strata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from components.core.analysis_set import Exclusion, Why, analysis_set, no_level
from components.core.estimate import Estimate, Reason, estimate, missing
from components.core.groups import OfGroup
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.engine.event_table import event_table
from components.engine.logrank import logrank
from components.engine.multivariable_cox import MultivariableCox, WhyNot, multivariable_cox, without_columns
from components.survival.analysis import Test, log_rank
from components.survival.event_groups import grouped_events
from components.survival.procedures import LANDMARK, LOG_RANK
from data.cohort import RuledFactor
from data.entries import Factor, Number
from data.language import say
from data.levels import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from components.core.analysis_set import AnalysisSet, Left
    from components.core.groups import Groups
    from components.survival.event_groups import GroupedEvents
    from components.survival.landmark import Landmark
    from data.cohort import Cohort
    from data.dictionary import Dictionary
    from data.entries import Endpoint

FEWEST_PER_COEFFICIENT = 5
"""With fewer events for each coefficient no model is fitted."""
FEW_PER_COEFFICIENT = 10
"""With fewer the coefficients are known to be unsteady, and the page says so."""
MOST_COVARIATES = 3
WHY: dict[WhyNot, Reason] = {
    "no events": Reason.NO_EVENTS,
    "collinear": Reason.COLLINEAR,
    "separated": Reason.MONOTONE,
}
"""Why the engine has no model, as a reason."""

ADJUSTED_FIRTH = Procedure(
    "adjusted-firth",
    say("Adjusted ratios, Firth's penalty"),
    say(
        "Adjusted hazard ratios are from one Cox model with Firth's penalty; their limits ({level}) and p come from "
        "the profile of the penalised likelihood."
    ),
    say("Firth 1993; Heinze and Schemper 2001"),
    formula="partial likelihood of all columns + half the log determinant of their information",
    r="coxphf(Surv(day, event) ~ g + x1 + x2)",
    brief=say("one Cox model with Firth's penalty, profile {level} limits"),
    section="Hazard ratios",
    position=252,
    on_times=True,
    compares=True,
)
ADJUSTED_COX = Procedure(
    "adjusted-cox",
    say("Adjusted ratios, without penalty"),
    say("Adjusted hazard ratios are from one Cox model; their limits ({level}) and p are Wald's."),
    say("Cox 1972; Wald 1943"),
    formula="partial likelihood of all columns; exp(β ± z se)",
    r="coxph(Surv(day, event) ~ g + x1 + x2)",
    brief=say("one Cox model without penalty, Wald {level} limits"),
    section="Hazard ratios",
    position=253,
    on_times=True,
    compares=True,
)
ADJUSTED_TEST = Procedure(
    "adjusted-test",
    say("Likelihood-ratio test of an adjusted factor"),
    say("All groups together are tested by the likelihood ratio of the models with and without them."),
    say("Heinze and Schemper 2001"),
    formula="2 (l − l with the groups' coefficients held at 0), the penalty that of the whole model",
    r="coxphftest; anova(coxph)",
    section="Hazard ratios",
    position=254,
    compares=True,
)
STRATIFIED_LOG_RANK = Procedure(
    "stratified-log-rank",
    say("Stratified log-rank"),
    say("The stratified log-rank test compares patients only with those alike in the factors adjusted for."),
    say("Mantel 1966"),
    formula="U and V of the log-rank test summed over the strata",
    r="survdiff(Surv(day, event) ~ g + strata(x))",
    section="Survival",
    position=132,
    on_times=True,
    compares=True,
)


@dataclass(frozen=True)
class AdjustedRatio(OfGroup):
    """One group: patients, events, its ratio in the model, and alone among the same patients by the same method."""

    n: int
    events: int
    adjusted: Estimate
    adjusted_p: float | None
    alone: Estimate
    alone_p: float | None
    reference: bool


@dataclass(frozen=True)
class CovariateRatio:
    """A coefficient of what is adjusted for: of a factor a ``level`` ``against`` another, of a number one SD of it.

    ``size`` is that standard deviation, in the number's unit; None for a factor.
    """

    of: Factor | Number
    level: Level | None
    against: Level | None
    ratio: Estimate
    p: float | None
    size: float | None = None

    @property
    def unit(self) -> str:
        """The unit of a number, blank for a factor."""
        return self.of.unit if isinstance(self.of, Number) else ""


@dataclass(frozen=True, eq=False)
class Adjusted:
    """The groups compared within one model with ``covariates``; ``reason`` says why there is no model.

    ``coefficients`` are those of groups and covariates; ``culprits`` what follows from the rest where that is why.
    ``p`` tests the groups as a whole in the model. ``unstratified`` and ``stratified`` are the log-rank tests of the
    same patients, the latter within strata of the factors among the covariates; None where these make no two strata.
    """

    endpoint: Endpoint
    groups: Groups
    covariates: tuple[Factor | Number, ...]
    n: int
    events: int
    coefficients: int
    reason: Reason | None
    culprits: tuple[str, ...]
    levels: tuple[AdjustedRatio, ...]
    others: tuple[CovariateRatio, ...]
    p: float | None
    unstratified: Test | None
    stratified: Test | None
    strata: int
    penalised: bool
    method: Method
    analysed: AnalysisSet
    landmark: Landmark[Any] | None = None

    @property
    def looks(self) -> tuple[Look, ...]:
        """Each group against the reference, adjusted."""
        base = next((level for level in self.levels if level.reference), None)
        landmark = (f"landmark-{self.landmark.day}",) if self.landmark else ()
        beside = (*landmark, *(f"adjusted-{one.key}" for one in self.covariates))
        return tuple(
            Look(
                self.endpoint,
                self.groups.key,
                self.groups.title,
                (level.group, base.group),
                level.n + base.n,
                level.events + base.events,
                level.adjusted_p,
                level.adjusted,
                beside,
            )
            for level in self.levels
            if base is not None and level.adjusted_p is not None
        )

    @property
    def per_coefficient(self) -> float:
        """Events for each coefficient of the model; infinite without any."""
        return self.events / self.coefficients if self.coefficients else float("inf")

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ratios and tests were made with."""
        fitted = any(level.adjusted_p is not None for level in self.levels)
        return listed(
            (LANDMARK, self.landmark is not None),
            (ADJUSTED_FIRTH if self.penalised else ADJUSTED_COX, fitted),
            (ADJUSTED_TEST, self.p is not None),
            (LOG_RANK, self.unstratified is not None and self.unstratified.p is not None),
            (STRATIFIED_LOG_RANK, self.stratified is not None and self.stratified.p is not None),
        )


@dataclass(frozen=True, eq=False)
class _Column:
    """One column of the model, (n,): a level of a factor against ``against``, or a number in units of its SD."""

    of: Factor | Number
    level: Level | None
    against: Level | None
    values: NDArray[np.float64]
    size: float | None = None


def offered(words: Dictionary, compared: Factor) -> tuple[tuple[Factor, ...], tuple[Number, ...]]:
    """What may be adjusted for, known at the start: factors but the one compared, and numbers it is not made of."""
    same = {compared.key, compared.source, *(compared.made_of if isinstance(compared, RuledFactor) else ())}
    return (
        tuple(one for one in words.factors if one.key not in same and not one.post_baseline),
        tuple(one for one in words.recorded(words.numbers) if one.key not in same),
    )


def adjusted(
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor,
    covariates: Sequence[Factor | Number],
    landmark_day: int | None = None,
    method: Method = PAPER,
    *,
    until: int | None = None,
    penalised: bool = True,
) -> Adjusted:
    """The levels of ``factor`` compared in one model with ``covariates``, among those of whom all are known.

    Raises ValueError where ``grouped_events`` does, for a covariate that becomes known after the start or that is the
    factor itself, or for more than three.
    """
    for one in covariates:
        if one.key == factor.key or (isinstance(one, Factor) and one.post_baseline):
            raise ValueError(f"{one.label} cannot be adjusted for")
    if len(covariates) > MOST_COVARIATES:
        raise ValueError(f"{len(covariates)} covariates; at most {MOST_COVARIATES}")
    whole = grouped_events(cohort, endpoint, factor, landmark_day, until)
    start: tuple[Left, ...] = whole.landmark.left if whole.landmark else (no_level(whole.groups),)
    left = (*start, *((_unknown(cohort, one), _exclusion(one)) for one in covariates))
    gaps = np.any([_unknown(cohort, one) for one in (factor, *covariates)], axis=0)
    inside = grouped_events(cohort.where(~gaps), endpoint, factor, landmark_day, until)
    begin = inside.landmark.day if inside.landmark else 0
    observed, had = inside.cohort.time_to(endpoint)
    days = observed - begin
    if until is not None:
        days, had = np.minimum(days, until - begin), had & (observed <= until)
    at_risk = days >= int(np.min(days[had], initial=np.iinfo(np.int64).max))
    compared = _group_columns(inside.groups, factor)
    columns = (*compared, *(c for one in covariates for c in _columns(inside.cohort, one, at_risk)))
    changing = tuple(bool(np.ptp(column.values[at_risk])) for column in columns) if at_risk.any() else ()
    reason = _why_not(inside.groups, int(had.sum()), sum(changing), at_risk)
    x = np.column_stack([column.values for column in columns]) if columns else np.empty((len(days), 0))
    model, alone, p = None, None, None
    if reason is None:
        model = multivariable_cox(days, had, x, method.ties, method.level, penalised=penalised)
        reason = WHY[model.reason] if model.reason else None
    if model is not None and reason is None:
        alone = multivariable_cox(days, had, x[:, : len(compared)], method.ties, method.level, penalised=penalised)
        p = without_columns(days, had, x, np.arange(len(columns)) < len(compared), method.ties, penalised=penalised).p
    strata = _strata(inside.cohort, covariates)
    tables = [
        event_table(days[strata == s], had[strata == s], inside.groups.codes[strata == s], len(inside.groups.present))
        for s in range(int(strata.max(initial=-1)) + 1)
    ]
    several = len(tables) > 1
    return Adjusted(
        endpoint=endpoint,
        groups=inside.groups,
        covariates=tuple(covariates),
        n=len(days),
        events=int(had.sum()),
        coefficients=sum(changing),
        reason=reason,
        culprits=_culprits(columns, model),
        levels=_levels(inside, compared, model, alone, reason),
        others=() if model is None or reason else _others(columns, model, len(compared)),
        p=None if p is None or np.isnan(p) else p,
        unstratified=log_rank(logrank(inside.table), inside.groups) if several else None,
        stratified=log_rank(logrank(*tables), inside.groups) if several else None,
        strata=len(tables),
        penalised=penalised,
        method=method,
        analysed=analysis_set(cohort, left, start=begin, until=until),
        landmark=whole.landmark,
    )


def _unknown(cohort: Cohort, one: Factor | Number) -> NDArray[np.bool_]:
    """Of whom it is not known, (n,)."""
    if isinstance(one, Factor):
        return cohort.codes(one) < 0
    unknown: NDArray[np.bool_] = np.isnan(cohort.numbers(one.key))
    return unknown


def _exclusion(one: Factor | Number) -> Exclusion:
    level = one.missing.label if isinstance(one, Factor) else ""
    return Exclusion(Why.LEVEL_UNKNOWN, one.label, level)


def _group_columns(own: Groups, factor: Factor) -> tuple[_Column, ...]:
    return tuple(
        _Column(factor, level, own.present[own.reference], (own.codes == k).astype(np.float64))
        for k, level in enumerate(own.present)
        if k != own.reference
    )


def _columns(cohort: Cohort, one: Factor | Number, at_risk: NDArray[np.bool_]) -> tuple[_Column, ...]:
    """Of a factor a column a level but one, of a number itself in standard deviations.

    A factor's reference is its own where anybody of it was at risk at an event, else the level of most who were.
    """
    if isinstance(one, Number):
        values = cohort.numbers(one.key)
        spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
        return (_Column(one, None, None, values / (spread or 1.0), spread),)
    codes = cohort.codes(one)
    counts = np.bincount(codes[at_risk], minlength=len(one.levels))
    base = one.base if counts[one.base] else int(counts.argmax())
    present = np.unique(codes).tolist()
    return tuple(
        _Column(one, one.levels[k], one.levels[base], (codes == k).astype(np.float64)) for k in present if k != base
    )


def _why_not(own: Groups, events: int, coefficients: int, at_risk: NDArray[np.bool_]) -> Reason | None:
    """Why no model is fitted at all."""
    if len(own.present) < 2:
        return Reason.ONE_LEVEL if own.present else Reason.NO_PATIENTS
    if not events:
        return Reason.NO_EVENTS
    if not (own.codes[at_risk] == own.reference).any() or not coefficients:
        return Reason.NOTHING_TO_COMPARE
    return Reason.TOO_FEW_PER_COEFFICIENT if events < FEWEST_PER_COEFFICIENT * coefficients else None


def _strata(cohort: Cohort, covariates: Sequence[Factor | Number]) -> NDArray[np.int64]:
    """Each patient's combination of the factors among ``covariates``, counted from 0, (n,)."""
    code = np.zeros(cohort.n, dtype=np.int64)
    for one in covariates:
        if isinstance(one, Factor):
            code = np.unique(code * len(one.levels) + cohort.codes(one), return_inverse=True)[1].astype(np.int64)
    return code


def _culprits(columns: tuple[_Column, ...], model: MultivariableCox | None) -> tuple[str, ...]:
    """What follows from the columns before it, by name, each once."""
    if model is None:
        return ()
    return tuple(
        dict.fromkeys(column.of.label for column, out in zip(columns, model.aliased.tolist(), strict=True) if out)
    )


def _levels(
    inside: GroupedEvents,
    compared: tuple[_Column, ...],
    model: MultivariableCox | None,
    alone: MultivariableCox | None,
    reason: Reason | None,
) -> tuple[AdjustedRatio, ...]:
    own = inside.groups
    position = {column.level: k for k, column in enumerate(compared)}
    n, events = inside.table.n, inside.table.events.sum(axis=0)
    levels = []
    for k, level in enumerate(own.present):
        reference = k == own.reference
        fits = (
            [(Estimate(1.0), None)] * 2
            if reference
            else [_ratio(fit, position[level], reason) for fit in (model, alone)]
        )
        levels.append(AdjustedRatio(level, int(n[k]), int(events[k]), *fits[0], *fits[1], reference))
    return tuple(levels)


def _others(columns: tuple[_Column, ...], model: MultivariableCox, first: int) -> tuple[CovariateRatio, ...]:
    return tuple(
        CovariateRatio(column.of, column.level, column.against, *_ratio(model, k, None), column.size)
        for k, column in enumerate(columns)
        if k >= first
    )


def _ratio(model: MultivariableCox | None, k: int, reason: Reason | None) -> tuple[Estimate, float | None]:
    """The hazard ratio of column ``k`` with its p, or why there is none."""
    if model is None or model.reason:
        return missing(reason or (WHY[model.reason] if model and model.reason else Reason.NOT_CONVERGED)), None
    value = estimate(model.hazard_ratio[k], model.lower[k], model.upper[k], Reason.NOTHING_TO_COMPARE)
    return value, None if model.constant[k] else float(model.p[k])
