"""How well a baseline value foretells an event: discrimination over time, hazard by value, and the best cut-point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set
from components.core.estimate import Estimate, Reason, missing
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.engine.discrimination import Discrimination as Ranked
from components.engine.discrimination import discrimination as ranked
from components.engine.discrimination import separated_limits
from components.engine.maximally_selected import bootstrap_cuts, maximally_selected
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.entries import Endpoint, Factor, Measure, Number
from data.language import say

FEWEST_EVENTS, FEWEST_PATIENTS = 5, 20
"""Below these nothing is estimated: an interval would be wider than the scale."""

LEAST_SHARE = 0.1
"""A searched cut leaves at least a tenth of the patients on both sides."""

RESAMPLES = 400
SEPARATED, ROUNDING = (0.0, 1.0), 1e-12
UNSEARCHED = {
    "no events": Reason.NO_EVENTS,
    "no cut": Reason.NO_CUT,
    "nothing to compare": Reason.NOTHING_TO_COMPARE,
}
"""Why the engine finds no cut, as a reason."""

Direction = Literal["higher", "lower"]


AUC = Procedure(
    "auc",
    say("Area under the ROC curve"),
    say(
        "The area under the time-dependent ROC curve weighs cases by the inverse probability of "
        "censoring; its limits ({level}) are percentiles of bootstrap samples, or Newcombe's where "
        "the ranking is perfect."
    ),
    say("Hung and Chiang 2010; Newcombe 2006, method 5"),
    formula="cases with the event by t, weight 1 / G(t−) of their own day; controls free of it after t; ties one half",
    r="timeROC::timeROC",
    package="scikit-survival",
    section="A baseline value as a predictor",
    position=310,
    on_times=True,
)
CONCORDANCE = Procedure(
    "concordance",
    say("Uno's concordance"),
    say(
        "Concordance is Uno's, with inverse probability of censoring weights; its limits ({level}) "
        "are percentiles of bootstrap samples."
    ),
    say("Uno and others 2011"),
    formula="pairs whose first event is known and not after τ, weight 1 / G(t−)²; ties one half",
    r='concordance(timewt = "n/G2", ymax = τ)',
    package="scikit-survival",
    section="A baseline value as a predictor",
    position=320,
    on_times=True,
)
CUT_POINT = Procedure(
    "cut-point",
    say("Searched cut-point"),
    say(
        "The cut-point is where the log-rank statistic is largest, leaving a tenth of the patients "
        "on both sides; its p-values allow for the search (permutation; Lausen and Schumacher), its "
        "limits ({level}) are from bootstrap samples."
    ),
    say("Lausen and Schumacher 1992"),
    formula=(
        "max over cuts of the standardized sum of log-rank scores; 5000 permutations; "
        "1000 bootstrap samples for the cut"
    ),
    r='maxstat::maxstat.test(smethod = "LogRank")',
    section="A baseline value as a predictor",
    position=330,
    on_times=True,
)


@dataclass(frozen=True, eq=False)
class Values:
    """The patients with a baseline value: their values, observed days and events, (n,) each; ``unknown`` have none."""

    entry: Number | Measure
    endpoint: Endpoint
    values: NDArray[np.float64]
    days: NDArray[np.int64]
    event: NDArray[np.bool_]
    unknown: int
    analysed: AnalysisSet | None = None

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
    percentiles of ``resamples`` bootstrap samples. Of each area ``cases`` had the event by its day and ``controls`` are
    known to be free of it after that day; ``events_to_tau`` count for the concordance. Where the ranking is perfect,
    and every sample as well, an area has Newcombe's limits and the concordance only the limit it has reached.
    """

    entry: Number | Measure
    endpoint: Endpoint
    direction: Direction
    n: int
    events: int
    unknown: int
    days: tuple[int, ...]
    auc: tuple[Estimate, ...]
    cases: tuple[int, ...]
    controls: tuple[int, ...]
    tau: int
    events_to_tau: int
    concordance: Estimate
    resamples: int
    seed: int
    analysed: AnalysisSet | None = None
    reason: Reason | None = None

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the areas and the concordance were made with."""
        return listed((AUC, any(area.known for area in self.auc)), (CONCORDANCE, self.concordance.known))


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
    analysed: AnalysisSet | None = None
    reason: Reason | None = None

    @property
    def looks(self) -> tuple[Look, ...]:
        """The cut found by search, with the p-value that allows for the search."""
        if not self.cut.known:
            return ()
        entry = self.entry
        return (
            Look(
                self.endpoint,
                entry.key,
                entry.label,
                (),
                self.n,
                self.events,
                self.p_permutation,
                beside=("cut-point",),
            ),
        )

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the cut and its p-values were made with."""
        return listed((CUT_POINT, self.cut.known))


def continuous(dictionary: Dictionary) -> tuple[Number | Measure, ...]:
    """What a baseline value may be: laboratory values, then numbers of the patient, then doses."""
    laboratory, treatment = dictionary.of_kind("laboratory"), dictionary.of_kind("treatment")
    return (*laboratory, *dictionary.recorded(dictionary.numbers), *treatment)


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
    values = cohort.numbers(entry.key)
    days, event = cohort.time_to(endpoint)
    known = ~np.isnan(values)
    analysed = analysis_set(cohort, ((~known, Exclusion(Why.NOT_MEASURED, entry.label)),))
    return Values(entry, endpoint, values[known], days[known], event[known], int((~known).sum()), analysed)


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
    the event by then against patients free of it after that day (cumulative cases, dynamic controls).
    Source: Uno et al., Statistics in Medicine 2011; 30: 1105-1117; Hung and Chiang 2010; limits of a perfect area:
    Newcombe 2006. R: ``timeROC``, ``concordance(timewt = "n/G2")``.
    """
    cases, to_tau = (tuple(int((data.event & (data.days <= day)).sum()) for day in each) for each in (days, (tau,)))
    controls = tuple(int((data.days > day).sum() + ((data.days == day) & ~data.event).sum()) for day in days)
    if data.reason:
        nothing = missing(data.reason)
        none = tuple(nothing for _ in days)
        return Discrimination(data.entry, data.endpoint, direction, data.n, data.events, data.unknown, days, none,
                              cases, controls, tau, to_tau[0], nothing, 0, seed, data.analysed,
                              data.reason)  # fmt: skip
    risk = data.values if direction == "higher" else -data.values
    whole = ranked(data.days, data.event, risk, days, tau)
    generator = np.random.default_rng(seed)
    drawn = (generator.integers(0, data.n, data.n) for _ in range(resamples))
    samples = [ranked(data.days[rows], data.event[rows], risk[rows], days, tau) for rows in drawn]
    areas = np.array([sample.areas for sample in samples])
    return Discrimination(
        entry=data.entry,
        endpoint=data.endpoint,
        direction=direction,
        n=data.n,
        events=data.events,
        unknown=data.unknown,
        days=days,
        auc=tuple(_area(whole, k, areas[:, k], method.level) for k in range(len(days))),
        cases=tuple(whole.cases.tolist()),
        controls=tuple(whole.controls.tolist()),
        tau=tau,
        events_to_tau=to_tau[0],
        concordance=_concordance(whole, np.array([sample.concordance for sample in samples]), method.level),
        resamples=resamples,
        seed=seed,
        analysed=data.analysed,
    )


def _area(whole: Ranked, k: int, samples: NDArray[np.float64], level: float) -> Estimate:
    if not whole.cases[k]:
        return missing(Reason.NO_EVENT_BY_THEN)
    if not whole.controls[k]:
        return missing(Reason.NOBODY_EVENT_FREE)
    value = _exact(float(whole.areas[k]))
    if value in SEPARATED:
        return Estimate(value, *separated_limits(value, int(whole.cases[k]), int(whole.controls[k]), level))
    return Estimate(value, *_percentiles(samples, level))


def _concordance(whole: Ranked, samples: NDArray[np.float64], level: float) -> Estimate:
    if not whole.pairs:
        return missing(Reason.NO_PAIR)
    value = _exact(whole.concordance)
    if value in SEPARATED:  # every sample repeats it, and there is no other way to the far limit
        return Estimate(value, None, 1.0) if value else Estimate(value, 0.0, None)
    return Estimate(value, *_percentiles(samples, level))


def _exact(value: float) -> float:
    """The value, freed of rounding where the ranking is perfect."""
    near = round(value)
    return float(near) if abs(value - near) < ROUNDING else value


def _percentiles(samples: NDArray[np.float64], level: float) -> tuple[float, float] | tuple[None, None]:
    """The middle ``level`` of the samples in which there was a value; none where that is less than half of them."""
    known = samples[~np.isnan(samples)]
    if len(known) < max(len(samples) / 2, 1):
        return None, None
    tail = 100 * (1 - level) / 2
    lower, upper = np.percentile(known, [tail, 100 - tail])
    return float(lower), float(upper)


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
        reason = UNSEARCHED[found.reason] if found.reason else None
    if reason or found is None:
        why = reason or Reason.NO_CUT
        return CutPoint(data.entry, data.endpoint, data.n, data.events, missing(why), np.nan, np.nan, np.nan,
                        permutations, resamples, (0, 0), (0, 0), (), data.analysed, why)  # fmt: skip
    cuts = bootstrap_cuts(data.days, data.event, data.values, LEAST_SHARE, resamples, seed)
    tail = 100 * (1 - method.level) / 2
    ends = np.percentile(cuts, [tail, 100 - tail], method="inverted_cdf").tolist() if len(cuts) else (None, None)
    under = data.values <= found.cut
    return CutPoint(
        entry=data.entry,
        endpoint=data.endpoint,
        n=data.n,
        events=data.events,
        cut=Estimate(found.cut, *ends),
        statistic=found.statistic,
        p_permutation=found.p_permutation,
        p_lausen=found.p_lausen,
        permutations=permutations,
        resamples=resamples,
        below=_side(data, under),
        above=_side(data, ~under),
        curve=tuple(zip(found.cuts.tolist(), found.statistics.tolist(), strict=True)),
        analysed=data.analysed,
    )


def _side(data: Values, side: NDArray[np.bool_]) -> tuple[int, int]:
    return int(side.sum()), int(data.event[side].sum())
