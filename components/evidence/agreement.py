"""How far the survival analyses of the committed cohort agree with R's."""

from __future__ import annotations

from dataclasses import dataclass

from components.core.groups import EVERYBODY
from components.survival.analysis import TWO_YEARS, Survival, survival
from data.cohort import Cohort
from data.paper.reference import Reference, ReferenceAnswer

POPULATION = "outcome"


@dataclass(frozen=True)
class Line:
    """One of R's answers beside ours, both at full precision; None where no number can be given."""

    theirs: ReferenceAnswer
    ours: float | None

    @property
    def difference(self) -> float:
        """Ours against theirs, relative to the larger of theirs and 1; infinite where only one has a number."""
        if self.ours is None or self.theirs.value is None:
            return 0.0 if self.ours is self.theirs.value else float("inf")
        return abs(self.ours - self.theirs.value) / max(1.0, abs(self.theirs.value))


@dataclass(frozen=True)
class Agreement:
    """Every answer of R beside ours, and the program that gave them."""

    software: str
    lines: tuple[Line, ...]

    def largest(self, *statistics: str) -> float:
        """The largest difference among the answers of these kinds (of all kinds when none is named)."""
        return max((line.difference for line in self.of(*statistics)), default=0.0)

    def of(self, *statistics: str) -> tuple[Line, ...]:
        """The answers of these kinds; of all kinds when none is named."""
        return tuple(line for line in self.lines if not statistics or line.theirs.statistic in statistics)


def agreement(cohort: Cohort, reference: Reference) -> Agreement | None:
    """R's answers beside those of ``cohort``; None when R did not read this cohort (another fingerprint)."""
    if cohort.provenance.fingerprint != reference.fingerprint:
        return None
    patients = cohort.of_population(POPULATION)
    words = cohort.dictionary
    asked = dict.fromkeys((answer.endpoint, answer.factor) for answer in reference.answers)
    results = {
        (endpoint, factor): survival(
            patients, words.endpoint[endpoint], words.factor[factor] if factor else None, at_days=(TWO_YEARS,)
        )
        for endpoint, factor in asked
    }
    lines = (Line(answer, _ours(results[answer.endpoint, answer.factor], answer)) for answer in reference.answers)
    return Agreement(reference.software, tuple(lines))


def _ours(result: Survival, answer: ReferenceAnswer) -> float | None:
    if answer.statistic == "log_rank":
        return result.log_rank.statistic
    if answer.statistic == "p":
        return result.log_rank.p
    if answer.statistic.startswith("survival"):
        at = next(curve.at[0] for curve in result.curves if curve.group.word == (answer.level or EVERYBODY.word))
        return {"survival": at.value, "survival_lower": at.lower, "survival_upper": at.upper}[answer.statistic]
    ratio = next(level for level in result.comparison.levels if level.group.word == answer.level).ratio
    return {"hazard_ratio": ratio.value, "lower": ratio.lower, "upper": ratio.upper}[answer.statistic]
