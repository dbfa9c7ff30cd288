"""Hazard by a level that changes during treatment: every day of follow-up counts for the level known by then."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtri

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set
from components.core.columns import positions
from components.core.estimate import Estimate, Reason, missing
from components.core.groups import OfGroup
from components.core.method import PAPER, Method, Ties
from components.core.procedure import Procedure, listed
from components.engine.cox import fitted
from components.engine.firth import firth_of_counts
from components.engine.logrank import comparable_in_counts
from components.engine.profile_limits import profile_of_counts
from components.survival.procedures import FIRTH, PROFILE
from components.survival.sensitivity import LevelSensitivity, level_sensitivity
from data.cohort import Cohort
from data.entries import Endpoint, Factor
from data.language import say
from data.levels import Level

FEWEST_EVENTS = 5
FIT = {"step_size": 0.5, "precision": 1e-15, "r_precision": 1e-18}
"""With lifelines' own precision the search ends when two figures of the estimate may still change."""

TIES: Ties = "efron"
"""lifelines treats tied events no other way; the second look, beside it, then must not either."""


TIME_VARYING_COX = Procedure(
    "time-varying-cox",
    say("Time-varying Cox model"),
    say(
        "A Cox model with the level last known before each day as a time-varying covariate; Efron's "
        "ties, Wald limits ({level})."
    ),
    say("Andersen and Gill 1982"),
    formula="partial likelihood over stretches (start, stop], level as last measured",
    r="coxph(Surv(start, stop, event) ~ level)",
    package="lifelines",
    section="Grouping by what becomes known during treatment",
    position=280,
    on_times=True,
    compares=True,
)


@dataclass(frozen=True)
class ChangingLevel(OfGroup):
    """Days and events of all patients while at a level, and its hazard ratio against the reference."""

    reference: bool
    patients: int
    days: int
    events: int
    ratio: Estimate
    p: float | None


@dataclass(frozen=True)
class TimeVarying:
    """One Cox model whose covariate is the level of ``factor``'s measurement as it was last known before each day.

    ``n`` patients have a value before their follow-up ends; ``unmeasured`` have none. ``events_before`` happened before
    a first value and count for no level. ``sensitivity`` looks again at every level but the reference.
    """

    factor: Factor
    endpoint: Endpoint
    n: int
    unmeasured: int
    events: int
    events_before: int
    levels: tuple[ChangingLevel, ...]
    analysed: AnalysisSet
    sensitivity: tuple[LevelSensitivity, ...] = ()
    reason: Reason | None = None

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ratios were made with."""
        return listed(
            (TIME_VARYING_COX, any(level.p is not None for level in self.levels)),
            (PROFILE, any(look.profile.known for look in self.sensitivity)),
            (FIRTH, any(look.firth.known for look in self.sensitivity)),
        )


@dataclass(frozen=True, eq=False)
class Intervals:
    """Stretches of follow-up after ``start`` up to and with ``stop``, (r,): whose, at which level, ended by what."""

    patient: NDArray[np.int64]
    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    level: NDArray[np.int64]
    event: NDArray[np.bool_]

    def where(self, kept: NDArray[np.bool_]) -> Intervals:
        """The stretches for which ``kept`` (r,) is true."""
        return Intervals(self.patient[kept], self.start[kept], self.stop[kept], self.level[kept], self.event[kept])


def intervals(cohort: Cohort, endpoint: Endpoint, factor: Factor) -> Intervals:
    """Follow-up cut at every measurement of ``factor``'s source, each stretch at the level measured on its start.

    A value holds from the day after it was taken until the next one, or the end: on the day of an event the level is
    the one known before. Follow-up before a first value is left out; of several values on a day the last counts.
    Follow-up begins on day 0: a value taken before it is the level of day 0, and the days before it count for nothing.
    """
    rows = cohort.measured(factor.source)
    patient = positions(cohort, rows["patient"])
    day, value = rows["day"].to_numpy(dtype=np.int64), rows["value"].to_numpy(dtype=np.float64)
    order = np.lexsort((day, patient))
    patient, day, value = patient[order], day[order], value[order]
    ends, had = cohort.time_to(endpoint)
    same_patient = np.append(patient[1:] == patient[:-1], False)
    following = np.append(day[1:], 0)
    end = ends[patient]
    stop = np.where(same_patient, np.minimum(following, end), end)
    level = np.searchsorted(np.array(factor.cuts), value, side="right").astype(np.int64)
    start = np.maximum(day, 0)
    whole = Intervals(patient, start, stop, level, had[patient] & (stop == end))
    return whole.where((patient >= 0) & (stop > start))


def time_varying(cohort: Cohort, endpoint: Endpoint, factor: Factor, method: Method = PAPER) -> TimeVarying:
    """The hazard ratios of the levels of ``factor`` as they change with its measurement; Efron's ties.

    A level has a ratio where the likelihood has a maximum: not without an event, nor where its events are separated
    from the reference's. The days of the other levels are then left out, which is the limit of the model as their
    hazards go to 0 or infinity; profile likelihood and Firth's penalty answer for them in ``sensitivity``.
    Source: Andersen and Gill 1982; Therneau and Grambsch, Modeling Survival Data, section 3.7.
    R: ``coxph(Surv(start, stop, event) ~ level, ties = "efron")``. lifelines: ``CoxTimeVaryingFitter``.
    """
    cut = intervals(cohort, endpoint, factor)
    base = factor.base
    events = np.bincount(cut.level[cut.event], minlength=len(factor.levels))
    total = int(cohort.time_to(endpoint)[1].sum())
    n = len(np.unique(cut.patient))
    reason = _reason(n, int(events.sum()), int(events[base]), int((events > 0).sum()))
    had, there = _counts(cut, len(factor.levels))
    bounded = ~fitted(had[None], there[None], base, TIES).monotone[0]
    compared = comparable_in_counts(had, there)[base]
    fits = {} if reason else _ratios(cut, base, np.flatnonzero(bounded & compared), method)
    levels = []
    for k, group in enumerate(factor.levels):
        own = cut.level == k
        if own.any():
            why = reason or _why_not(int(events[k]), compared=bool(compared[k]), bounded=bool(bounded[k]))
            ratio, p = fits.get(k, (missing(why), None))
            if k == base:
                ratio, p = Estimate(1.0), None
            days = int((cut.stop - cut.start)[own].sum())
            patients = len(np.unique(cut.patient[own]))
            levels.append(ChangingLevel(group, k == base, patients, days, int(events[k]), ratio, p))
    unmeasured = ~np.isin(np.arange(cohort.n), cut.patient)
    return TimeVarying(
        factor=factor,
        endpoint=endpoint,
        n=n,
        unmeasured=cohort.n - n,
        events=int(events.sum()),
        events_before=total - int(events.sum()),
        levels=tuple(levels),
        analysed=analysis_set(cohort, ((unmeasured, Exclusion(Why.NOT_MEASURED, factor.label)),)),
        sensitivity=_sensitivity(factor, [level.group for level in levels], had, there, method)
        if events.sum() >= FEWEST_EVENTS
        else (),
        reason=reason,
    )


def _counts(cut: Intervals, levels: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Events, and stretches at risk, of each level on each day with an event, (D, K) both."""
    days = np.unique(cut.stop[cut.event])
    at = np.eye(levels)[cut.level]
    had = ((cut.stop == days[:, None]) & cut.event) @ at
    there = ((cut.start < days[:, None]) & (days[:, None] <= cut.stop)) @ at
    return had, there


def _sensitivity(
    factor: Factor,
    shown: list[Level],
    had: NDArray[np.float64],
    there: NDArray[np.float64],
    method: Method,
) -> tuple[LevelSensitivity, ...]:
    base = factor.base
    reference = np.array([base])
    ratios = np.exp(fitted(had[None], there[None], base, TIES).coef[0])
    profile = profile_of_counts(had[None], there[None], reference, TIES, method.level)[0]
    firth = firth_of_counts(had[None], there[None], reference, TIES, method.level)[0]
    compared = comparable_in_counts(had, there)[base]
    return tuple(
        level_sensitivity(group, k, float(ratios[k]), profile, firth, compared=bool(compared[k]))
        for k, group in enumerate(factor.levels)
        if k != base and group in shown
    )


def _why_not(events: int, *, compared: bool, bounded: bool) -> Reason:
    if not events:
        return Reason.NO_EVENTS_IN_LEVEL
    if not compared:
        return Reason.NOTHING_TO_COMPARE
    return Reason.NOT_CONVERGED if bounded else Reason.MONOTONE


def _reason(n: int, events: int, in_reference: int, levels_with_events: int) -> Reason | None:
    if not n:
        return Reason.NOT_MEASURED
    if events < FEWEST_EVENTS:
        return Reason.TOO_FEW_EVENTS
    if not in_reference:
        return Reason.NO_EVENTS_IN_REFERENCE
    return Reason.ALL_EVENTS_IN_ONE_LEVEL if levels_with_events < 2 else None


def _ratios(
    cut: Intervals, base: int, kept: NDArray[np.int64], method: Method
) -> dict[int, tuple[Estimate, float | None]]:
    """Ratio and p of every level of ``kept`` but the reference, by their days; empty without convergence."""
    import pandas as pd  # noqa: PLC0415 - beside lifelines
    from lifelines import CoxTimeVaryingFitter  # noqa: PLC0415 - a second to load, needed on request only
    from lifelines.exceptions import ConvergenceError, ConvergenceWarning  # noqa: PLC0415

    shown = [k for k in kept.tolist() if k != base]
    if not shown:
        return {}
    used = cut.where(np.isin(cut.level, kept))
    frame = pd.DataFrame({f"level {k}": (used.level == k).astype(float) for k in shown})
    frame = frame.assign(patient=used.patient, start=used.start, stop=used.stop, event=used.event)
    model = CoxTimeVaryingFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # shows in the interval, or gives no answer
        try:
            model.fit(frame, "event", id_col="patient", fit_options=FIT)
        except ConvergenceError:
            return {}
    half = float(ndtri((1 + method.level) / 2))
    found: dict[int, tuple[Estimate, float | None]] = {}
    for k, beta, se in zip(shown, model.params_.tolist(), model.standard_errors_.tolist(), strict=True):
        ends = (float(np.exp(beta + sign * half * se)) for sign in (-1, 1))
        found[k] = Estimate(float(np.exp(beta)), next(ends), next(ends)), float(chdtrc(1, (beta / se) ** 2))
    return found
