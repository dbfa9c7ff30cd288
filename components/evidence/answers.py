"""What a cohort answers to a published number, asked of the very analyses that the pages show.

An answer never sees what the paper printed: it is given a ``Question``, which has no place for it. No statistic is
computed here; every reply runs one analysis for the question's patients and reads one of its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from components.baseline.analysis import baseline
from components.core.columns import Share
from components.core.groups import ALL
from components.courses.analysis import Point, course
from components.courses.attendance import attendance_by_visit
from components.evidence.institutions import institutions
from components.overview.flow import flow
from components.safety.deaths import deaths
from components.safety.reactions import reactions
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from components.treatment.discontinuation import discontinuation
from components.treatment.taper import Threshold, shares
from data.cohort import Cohort
from data.filters import filter_from_query
from data.levels import NOT_PERFORMED, PERFORMED
from data.paper.published import ALL as WHOLE
from data.paper.published import RATIOS, VISIT_MEANS, PublishedNumber

P = ParamSpec("P")
R = TypeVar("R")

ABOVE_30, IMPROVED = Threshold(">", 30), Threshold("≥", 1)
RECEIVERS_ONLY = "prednisolone"
"""The measure that the paper describes in those who receive the drug."""


@dataclass(frozen=True)
class Question:
    """What a published number is about: every column of ``published.csv`` that a cohort needs to answer it."""

    population: str
    group: str
    of: str
    variable: str
    level: str
    statistic: str
    visit: str


@dataclass(frozen=True)
class Answer:
    """The value at full precision, None where it is not estimable, and the name of the analysis that gave it."""

    value: float | None
    origin: str


def question(number: PublishedNumber) -> Question:
    """The question behind a published number."""
    return Question(
        number.population, number.group, number.of, number.variable, number.level, number.statistic, number.visit
    )


@dataclass(eq=False)
class Results:
    """The analyses of a cohort with everybody enrolled, each run once for each population and group."""

    cohort: Cohort
    _known: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def patients(self, population: str, group: str) -> Cohort:
        """The patients of a population within a group. Raises ValueError for a group that is not understood."""
        key = (population, group)
        if key not in self._known:
            read = filter_from_query(group, self.cohort.dictionary)
            if read.ignored:
                raise ValueError(f"unknown group {', '.join(read.ignored)}")
            self._known[key] = read.filter.of(self.cohort.of_population(population))
        return cast("Cohort", self._known[key])

    def of(
        self, asked: Question, analysis: Callable[Concatenate[Cohort, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What ``analysis`` gives for the patients asked about."""
        return self._once((asked.population, asked.group), analysis, *args, **kwargs)

    def of_everybody(self, analysis: Callable[[Cohort], R]) -> R:
        """What ``analysis`` gives for the whole cohort, the enrolled included."""
        return self._once(None, analysis)

    def _once(
        self,
        whom: tuple[str, str] | None,
        analysis: Callable[Concatenate[Cohort, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        key = (analysis, whom, args, tuple(sorted(kwargs.items())))
        if key not in self._known:
            cohort = self.patients(*whom) if whom else self.cohort
            self._known[key] = analysis(cohort, *args, **kwargs)
        return cast("R", self._known[key])


def answer(asked: Question, results: Results) -> Answer:
    """The answer of the cohort. Raises KeyError for a variable that no analysis knows."""
    words = results.cohort.dictionary
    if asked.statistic == "institutions":
        return _institutions(asked, results)
    if asked.statistic in RATIOS:
        return _ratio(asked, results)
    if asked.variable in REPLIES:
        return REPLIES[asked.variable](asked, results)
    if asked.variable in words.endpoint:
        return _survival(asked, results)
    return _measured(asked, results) if asked.variable in words.measure else _baseline(asked, results)


def _level(asked: Question, results: Results) -> str:
    """The id of the level asked for, which the paper names by the word that files write; blank for none."""
    if not asked.level:
        return ""
    levels = (*results.cohort.dictionary.factor[asked.variable].levels, PERFORMED, NOT_PERFORMED)
    return {level.word: level.id for level in levels}[asked.level]


def _counted(share: Share, asked: Question, results: Results) -> float | None:
    """The count, the number assessed, or the percentage; out of ``of`` where the question names it."""
    if asked.statistic == "n":
        return share.n
    if asked.statistic == "assessed":
        return share.of
    if not asked.of:
        return share.percent.value
    others = results.patients(asked.population, "" if asked.of == WHOLE else asked.of)
    return Share(share.n, others.n).percent.value


def _of_all(share: Share, asked: Question, results: Results) -> float | None:
    """As ``_counted``, out of everybody asked about rather than out of those concerned."""
    return _counted(Share(share.n, results.patients(asked.population, asked.group).n), asked, results)


def _patients(asked: Question, results: Results) -> Answer:
    if not asked.group and asked.statistic == "n":
        steps = {step.population.key: step.n for step in results.of_everybody(flow).populations}
        return Answer(steps[asked.population], "flow")
    return Answer(_of_all(Share(results.patients(asked.population, asked.group).n, 0), asked, results), "filter")


def _institutions(asked: Question, results: Results) -> Answer:
    by = results.cohort.dictionary.factor[asked.variable] if asked.level else None
    return Answer(results.of(asked, institutions, by).cell(_level(asked, results) or ALL), "institutions")


def _ratio(asked: Question, results: Results) -> Answer:
    words = results.cohort.dictionary
    factor = words.factor[asked.variable]
    factors = tuple(entry for entry in words.factors if entry.prognostic) if factor.prognostic else (factor,)
    found = results.of(asked, prognosis, words.leading, factors)
    own = next(entry for entry in found.comparisons if entry.key == factor.key).level(_level(asked, results)).ratio
    return Answer(own.value if asked.statistic == "hazard_ratio" else getattr(own, asked.statistic), "prognosis")


def _survival(asked: Question, results: Results) -> Answer:
    words = results.cohort.dictionary
    day = words.visit[asked.visit].day
    found = results.of(asked, survival, words.endpoint[asked.variable], at_days=(day,))
    value = found.curves[0].at[found.at_days.index(day)].value if found.curves else None
    return Answer(None if value is None else 100 * value, "survival")


def _baseline(asked: Question, results: Results) -> Answer:
    words = results.cohort.dictionary
    known_at_start = (entry.key for entry in words.factors if not entry.post_baseline)
    every = (*known_at_start, *(entry.key for entry in words.numbers))
    table = results.of(asked, baseline, variables=every)
    if asked.level:
        return Answer(_counted(table.share(asked.variable, _level(asked, results), ALL), asked, results), "baseline")
    described = table.summary(asked.variable, ALL)
    value = described.n if asked.statistic == "n" else getattr(described, asked.statistic).value
    return Answer(value, "baseline")


def _measured(asked: Question, results: Results) -> Answer:
    measure = results.cohort.dictionary.measure[asked.variable]
    found = results.of(asked, course, measure, receiving_only=measure.key == RECEIVERS_ONLY)
    if asked.statistic in VISIT_MEANS:
        points = (point for series in found.series for point in series.points)
        means = [point.values.mean.value for point in points if point.values.mean.value is not None]
        chosen = min if asked.statistic == "lowest_mean" else max
        return Answer(chosen(means, default=None), "course")
    if not found.series:
        return Answer(0 if asked.statistic == "n" else None, "course")
    point: Point = found.point(asked.visit, ALL)
    return Answer(point.measured if asked.statistic == "n" else getattr(point.values, asked.statistic).value, "course")


def _above_30(asked: Question, results: Results) -> Answer:
    return _beyond(asked, results, RECEIVERS_ONLY, ABOVE_30)


def _ct_improved(asked: Question, results: Results) -> Answer:
    return _beyond(asked, results, asked.variable, IMPROVED)


def _beyond(asked: Question, results: Results, key: str, threshold: Threshold) -> Answer:
    measure = results.cohort.dictionary.measure[key]
    found = results.of(asked, shares, measure, (threshold,), receiving_only=key == RECEIVERS_ONLY)
    share = found.cell(threshold, asked.visit, ALL) if found.groups.present else Share(0, 0)
    return Answer(_counted(share, asked, results), "shares")


def _seen(asked: Question, results: Results) -> Answer:
    return Answer(results.of(asked, attendance_by_visit).cell(asked.visit, ALL), "patients_seen")


def _death(asked: Question, results: Results) -> Answer:
    return Answer(_counted(results.of(asked, deaths).died[0], asked, results), "deaths")


def _cause_of_death(asked: Question, results: Results) -> Answer:
    return Answer(_of_all(results.of(asked, deaths).cell(asked.level, ALL), asked, results), "deaths")


def _stop(asked: Question, results: Results) -> Answer:
    return Answer(_counted(results.of(asked, discontinuation).stopped[0], asked, results), "discontinuation")


def _stop_reason(asked: Question, results: Results) -> Answer:
    share = results.of(asked, discontinuation).cell(asked.level, ALL)
    return Answer(_of_all(share, asked, results), "discontinuation")


def _duration(asked: Question, results: Results) -> Answer:
    described = results.of(asked, discontinuation).duration[0]
    return Answer(getattr(described, asked.statistic).value, "discontinuation")


def _reactions(asked: Question, results: Results) -> Answer:
    found = results.of(asked, reactions)
    if asked.statistic == "reactions":
        return Answer(found.row().cells[0].reactions, "reactions")
    serious = asked.variable.startswith("serious_")
    by_term = asked.variable.endswith("_term")
    category, term = ("", asked.level) if by_term else (asked.level, "")
    return Answer(_counted(found.patients(ALL, category, term, serious=serious), asked, results), "reactions")


REPLIES: dict[str, Callable[[Question, Results], Answer]] = {
    "patients": _patients,
    "seen": _seen,
    "death": _death,
    "cause_of_death": _cause_of_death,
    "tacrolimus_stop": _stop,
    "tacrolimus_stop_reason": _stop_reason,
    "tacrolimus_duration": _duration,
    "reactions": _reactions,
    "reaction_category": _reactions,
    "reaction_term": _reactions,
    "serious_reaction_category": _reactions,
    "serious_reaction_term": _reactions,
    "prednisolone_above_30": _above_30,
    "ct_improved": _ct_improved,
}
"""Who answers for the variables that are not keys of the dictionary, and for the one whose share is printed."""
