"""The flow of patients as it is shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.rounded import rounded_set
from components.core.small_counts import few, rounded_down
from components.overview.flow import Flow, PopulationStep, VisitStep

if TYPE_CHECKING:
    from data.levels import Level


@dataclass(frozen=True)
class RoundedStep(VisitStep):
    """A visit without single departures; deaths and leavers since the start, so far ``gone``, are rounded together.

    Rounded at every step they would add up to none where few go at a time.
    """

    gone: tuple[int, int] = (0, 0)

    @property
    def died(self) -> int:
        """By how much the rounded number of deaths so far rises here."""
        return self.gone[0]

    @property
    def left(self) -> int:
        """By how much the rounded number of those who left alive so far rises here."""
        return self.gone[1]

    @property
    def reasons(self) -> tuple[tuple[tuple[Level, ...], int], ...]:
        """None: at most visits a reason is that of few."""
        return ()


def rounded_flow(result: Flow) -> Flow:
    """``result`` with counts rounded down, and without single patients."""
    steps, died, left = [], 0, 0
    for step in result.visits:
        before = rounded_down(died), rounded_down(left)
        died, left = died + step.died, left + step.left
        gone = rounded_down(died) - before[0], rounded_down(left) - before[1]
        steps.append(RoundedStep(step.visit, (), rounded_down(step.followed), rounded_down(step.seen), gone))
    return Flow(tuple(map(_population, result.populations)), tuple(steps), (), rounded_set(result.analysed))


def _population(step: PopulationStep) -> PopulationStep:
    """The step without names; it is told from the one before where at least five do not belong to it."""
    return PopulationStep(step.population, rounded_down(step.n), () if few(len(step.left_out)) else ("",))
