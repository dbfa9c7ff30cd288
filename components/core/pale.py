"""Whom the patients shown are set before, and what is said of them: everybody without the filter, or a kept cohort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.kept_cohorts import KeptCohort
from data.language import say

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.filters import Filter


@dataclass(frozen=True)
class Pale:
    """The patients of a kept ``cohort``, drawn pale behind those shown; None stands for everybody.

    Those shown may be among them: only with the others can they be compared, for these share nobody with them.
    """

    cohort: KeptCohort | None = None

    def of(self, whole: Cohort) -> Cohort:
        """Those of ``whole`` who are drawn pale."""
        return whole if self.cohort is None else self.cohort.filter.of(whole)

    def with_shown(self, whole: Cohort, shown: Filter) -> Cohort:
        """The same and those shown: ``whole`` of whom the shown and the others are made."""
        return whole if self.cohort is None else whole.where(self.cohort.filter.kept(whole) | shown.kept(whole))

    @property
    def name(self) -> str:
        """How they are called."""
        return say("Without the filter") if self.cohort is None else self.cohort.label

    @property
    def others(self) -> str:
        """Those of them who are not shown."""
        return say("Left out by the filter") if self.cohort is None else say("Others of {name}", name=self.name)

    @property
    def apart(self) -> str:
        """The difference of those shown and the others."""
        return say("Shown minus left out") if self.cohort is None else say("Shown minus others")

    @property
    def versus(self) -> str:
        """Those shown beside the others, in a heading."""
        return say("Shown v left out") if self.cohort is None else say("Shown v others of {name}", name=self.name)

    @property
    def changed(self) -> str:
        """The heading of what sets those shown apart."""
        return say("What the filter changes") if self.cohort is None else say("Beside {name}", name=self.name)

    @property
    def not_tested(self) -> str:
        """Why there is no test."""
        if self.cohort is None:
            return say(
                "The patients shown are among those without the filter: they are set against those left out, "
                "without a test."
            )
        return say(
            "The patients shown are set against the others of {sentence}, without a test.",
            sentence=self.cohort.sentence,
        )


NO_FILTER = Pale()
"""Everybody, as without the filter."""
