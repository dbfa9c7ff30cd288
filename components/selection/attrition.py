"""What each condition of a filter costs: how many patients it leaves of those whom the ones before it left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.analysis_set import AnalysisSet, analysis_set, at_start
from data.filters import Filter

if TYPE_CHECKING:
    from data.cohort import Cohort


@dataclass(frozen=True)
class Step:
    """A condition as a sentence: it removes ``removed`` of those before it, ``left`` stay; ``alone`` by itself."""

    sentence: str
    removed: int
    left: int
    alone: int


@dataclass(frozen=True, eq=False)
class Attrition:
    """The conditions in their order, from ``n`` patients."""

    n: int
    steps: tuple[Step, ...]
    analysed: AnalysisSet

    @property
    def left(self) -> int:
        """Patients whom all conditions keep."""
        return self.steps[-1].left if self.steps else self.n


def attrition(whole: Cohort, chosen: Filter) -> Attrition:
    """What the conditions of ``chosen`` cost of the patients of ``whole``, one after the other."""
    steps: list[Step] = []
    before = whole.n
    for i, part in enumerate(chosen.parts):
        left = int(Filter(chosen.parts[: i + 1]).kept(whole).sum())
        alone = whole.n - int(Filter((part,)).kept(whole).sum())
        steps.append(Step(part.sentence, before - left, left, alone))
        before = left
    return Attrition(whole.n, tuple(steps), at_start(analysis_set(chosen.of(whole))))
