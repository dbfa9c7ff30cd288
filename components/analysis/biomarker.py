"""How well a baseline value foretells an event: discrimination over time, hazard by value, and the best cut-point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.analysis.estimate import Estimate, Reason, estimate, missing
from components.analysis.method import PAPER, Method
from components.engine.maximally_selected import bootstrap_cuts, maximally_selected
from data.cohort import Cohort
from data.dictionary import Dictionary, Endpoint, Factor, Measure, Number

FEWEST_EVENTS, FEWEST_PATIENTS = 5, 20
"""Below these nothing is estimated: an interval would be wider than the scale."""

LEAST_SHARE = 0.1
"""A searched cut leaves at least a tenth of the patients on both sides."""

RESAMPLES = 400
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, eq=False)
class Values:
    """The patients with a baseline value: their values, observed days and events, (n,) each; ``unknown`` have none."""

    entry: Number | Measure
    endpoint: Endpoint
    values: NDArray[np.float64]
    days: NDArray[np.int64]
    event: NDArray[np.bool_]
    unknown: int

    @property
    def n(self) -> int:
        """Patients with a value."""
        return len(self.values)

    @property
    def events(self) -> int:
        """Events among them."""
        return int(self.event.sum())

    @property
    def reason(self) -> Reason | None:
        """Why nothing can be estimated; None where it can."""
        if not self.n:
            return Reason.NOT_MEASURED if self.unknown else Reason.NO_PATIENTS
        if self.n < FEWEST_PATIENTS:
            return Reason.TOO_FEW_PATIENTS
        if self.events < FEWEST_EVENTS:
            return Reason.TOO_FEW_EVENTS
        return Reason.NO_VARIATION if np.ptp(self.values) == 0 else None


@dataclass(frozen=True)
class Discrimination:
    """Area under the time-dependent ROC curve at each of ``days``, and Uno's concordance up to ``tau``.

    Both are chances that the value ranks two patients rightly when risk rises with ``direction`` values; intervals are
    percentiles of ``resamples`` bootstrap samples.
    """

    entry: Number | Measure
    endpoint: Endpoint
    direction: Direction
    n: int
    events: int
    unknown: int
    days: tuple[int, ...]
    auc: tuple[Estimate, ...]
    tau: int
    concordance: Estimate
    resamples: int
    seed: int
    reason: Reason | None = None


@dataclass(frozen=True)
class CutPoint:
    """The best cut found by search, both corrected p-values, the bootstrap interval of the cut, and both groups.

    ``curve`` holds every cut tried with its statistic.
    """

    entry: Number | Measure
    endpoint: Endpoint
    n: int
    events: int
    cut: Estimate
    statistic: float
    p_permutation: float
    p_lausen: float
    permutations: int
    resamples: int
    below: tuple[int, int]
    above: tuple[int, int]
    curve: tuple[tuple[float, float], ...]
    reason: Reason | None = None


def continuous(dictionary: Dictionary) -> tuple[Number | Measure, ...]:
    """What a baseline value may be: laboratory values, then numbers of the patient, then doses."""
    laboratory, treatment = dictionary.of_kind("laboratory"), dictionary.of_kind("treatment")
    return (*laboratory, *dictionary.numbers, *treatment)


def clinical_factor(dictionary: Dictionary, entry: Number | Measure) -> Factor | None:
    """The factor that cuts this baseline value at clinical limits; None where the dictionary has none."""
    cut = (factor for factor in dictionary.factors if factor.source == entry.key and not factor.post_baseline)
    return next(cut, None)


def expected(entry: Number | Measure) -> Direction:
    """With which values risk is expected to rise: lower ones where only a lower limit of normal is known."""
    low, high = entry.normal if isinstance(entry, Measure) else (None, None)
    return "lower" if low is not None and high is None else "higher"


def baseline_values(cohort: Cohort, endpoint: Endpoint, entry: Number | Measure) -> Values:
    """The baseline values of ``entry`` with what became of the patients."""
    values = cohort.patients[entry.key].to_numpy(dtype=float)
    days, event = cohort.time_to(endpoint)
    known = ~np.isnan(values)
    return Values(entry, endpoint, values[known], days[known], event[known], int((~known).sum()))


def discrimination(
    data: Values,
    days: tuple[int, ...] = (183, 365, 548, 730),
    tau: int = 730,
    direction: Direction = "higher",
    resamples: int = RESAMPLES,
    seed: int = 1,
    method: Method = PAPER,
) -> Discrimination:
    """Time-dependent AUC at ``days`` and Uno's concordance to ``tau``, with bootstrap percentile intervals.

    Censoring is weighted by its own Kaplan-Meier curve (inverse probability of censoring). AUC at a day: patients with
    the event by then against patients still without it (cumulative cases, dynamic controls).
    Source: Uno et al., Statistics in Medicine 2011; 30: 1105-1117; Hung and Chiang 2010. R: ``timeROC``, ``survC1``.
    """
    if data.reason:
        nothing = missing(data.reason)
        return Discrimination(data.entry, data.endpoint, direction, data.n, data.events, data.unknown, days,
                              tuple(nothing for _ in days), tau, nothing, 0, seed, data.reason)  # fmt: skip
    risk = data.values if direction == "higher" else -data.values
    whole = _ranked(data, risk, np.arange(data.n), days, tau)
    generator = np.random.default_rng(seed)
    drawn = (generator.integers(0, data.n, data.n) for _ in range(resamples))
    table = np.array([_ranked(data, risk, rows, days, tau) for rows in drawn])
    tail = 100 * (1 - method.level) / 2
    found = [_interval(value, column, tail) for value, column in zip(whole, table.T, strict=True)]
    return Discrimination(data.entry, data.endpoint, direction, data.n, data.events, data.unknown, days,
                          tuple(found[:-1]), tau, found[-1], resamples, seed)  # fmt: skip


def _interval(value: float, samples: NDArray[np.float64], tail: float) -> Estimate:
    known = samples[~np.isnan(samples)]
    if np.isnan(value) or len(known) < len(samples) / 2:
        return estimate(value, otherwise=Reason.TOO_FEW_EVENTS)
    lower, upper = np.percentile(known, [tail, 100 - tail])
    return Estimate(float(value), float(lower), float(upper))


def _ranked(
    data: Values, risk: NDArray[np.float64], rows: NDArray[np.int64], at: tuple[int, ...], tau: int
) -> list[float]:
    """The areas at the days ``at`` and the concordance of the patients in ``rows``; not a number where undefined."""
    from sksurv.metrics import concordance_index_ipcw, cumulative_dynamic_auc  # noqa: PLC0415 - a second to load

    end = max((*at, tau))
    days, event, value = data.days[rows], data.event[rows], risk[rows]
    late = days > end  # weights need not be known beyond the last day asked for
    outcome = np.empty(len(rows), dtype=[("event", bool), ("days", float)])
    outcome["event"], outcome["days"] = event & ~late, np.where(late, end + 1, days)
    areas = np.full(len(at), np.nan)
    last = int(days.max())
    usable = [i for i, day in enumerate(at) if (event & (days <= day)).any() and day < last]
    if usable:
        areas[usable] = cumulative_dynamic_auc(outcome, outcome, value, [at[i] for i in usable])[0]
    sound = bool((event & (days < tau)).any()) and tau < last and np.ptp(value) > 0
    concordance = concordance_index_ipcw(outcome, outcome, value, tau)[0] if sound else np.nan
    return [*areas.tolist(), float(concordance)]


def searched_cut(
    data: Values, permutations: int = 5000, resamples: int = 1000, seed: int = 1, method: Method = PAPER
) -> CutPoint:
    """The cut that separates survival best, with p-values that allow for the search; the patients at it are below.

    Its interval holds the middle ``method.level`` of the cuts found in bootstrap samples.
    """
    found = None
    reason = data.reason
    if not reason:
        found = maximally_selected(data.days, data.event, data.values, LEAST_SHARE, permutations, seed)
        reason = None if len(found.cuts) else Reason.NO_VARIATION
    if reason or found is None:
        why = reason or Reason.NO_VARIATION
        return CutPoint(data.entry, data.endpoint, data.n, data.events, missing(why), np.nan, np.nan, np.nan,
                        permutations, resamples, (0, 0), (0, 0), (), why)  # fmt: skip
    cuts = bootstrap_cuts(data.days, data.event, data.values, LEAST_SHARE, resamples, seed)
    tail = 100 * (1 - method.level) / 2
    lower, upper = np.percentile(cuts, [tail, 100 - tail], method="inverted_cdf")
    under = data.values <= found.cut
    return CutPoint(
        entry=data.entry,
        endpoint=data.endpoint,
        n=data.n,
        events=data.events,
        cut=Estimate(found.cut, float(lower), float(upper)),
        statistic=found.statistic,
        p_permutation=found.p_permutation,
        p_lausen=found.p_lausen,
        permutations=permutations,
        resamples=resamples,
        below=_side(data, under),
        above=_side(data, ~under),
        curve=tuple(zip(found.cuts.tolist(), found.statistics.tolist(), strict=True)),
    )


def _side(data: Values, side: NDArray[np.bool_]) -> tuple[int, int]:
    return int(side.sum()), int(data.event[side].sum())
