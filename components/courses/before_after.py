"""What a filter changes in a course: the patients it keeps, those it leaves out, and everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from components.core.estimate import Estimate, Reason, estimate
from components.core.made_factors import INNER, REST, by_shown
from components.core.method import PAPER, Method
from components.core.pale import NO_FILTER, Pale
from components.core.procedure import Procedure, listed
from components.courses.analysis import Course, Scale, Series, course
from components.engine.descriptive import mean_difference
from data.language import say

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.entries import Measure
    from data.filters import Filter

MEAN_DIFFERENCE = Procedure(
    "mean-difference",
    say("Difference of means"),
    say("Differences of means between patients shown and left out have Welch's limits ({level})."),
    say("Welch 1947"),
    formula="mean − mean ± t √(s²/n + s²/n), Satterthwaite's degrees of freedom",
    r="t.test(a, b)",
    section="Courses",
    position=375,
    compares=True,
)


@dataclass(frozen=True, eq=False)
class CourseBeforeAfter:
    """The course of ``everybody``, and the same patients ``parted`` into those whom a filter keeps and the rest.

    ``differences`` are, at each visit, the mean of those shown minus that of those left out.
    """

    everybody: Course
    parted: Course
    differences: tuple[Estimate, ...]
    pale: Pale = field(default_factory=Pale)

    @property
    def before(self) -> Series | None:
        """Everybody; None of nobody."""
        return next(iter(self.everybody.series), None)

    @property
    def shown(self) -> Series | None:
        """Those whom the filter keeps; None where it keeps nobody."""
        return _series(self.parted, INNER.id)

    @property
    def left_out(self) -> Series | None:
        """Those whom it leaves out; None where it leaves out nobody."""
        return _series(self.parted, REST.id)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What its numbers were made with; nothing is tested."""
        return listed(
            *((procedure, True) for procedure in self.everybody.procedures),
            (MEAN_DIFFERENCE, any(one.known for one in self.differences)),
        )


def course_before_after(
    whole: Cohort,
    measure: Measure,
    chosen: Filter,
    scale: Scale = "absolute",
    *,
    only_pairs: bool = False,
    receiving_only: bool = False,
    method: Method = PAPER,
    pale: Pale = NO_FILTER,
) -> CourseBeforeAfter:
    """What ``chosen`` changes in the course of ``measure`` in ``whole``, on the same scale and of the same values.

    With a kept cohort as ``pale``, what sets those shown apart from the others of it.
    """

    def drawn(by: Filter | None) -> Course:
        factor, who = (None, pale.of(whole)) if by is None else (by_shown(by), pale.with_shown(whole, by))
        return course(
            who, measure, factor, scale, only_pairs=only_pairs, receiving_only=receiving_only, apart=False,
            method=method,
        )  # fmt: skip

    parted = drawn(chosen)
    shown, left = _series(parted, INNER.id), _series(parted, REST.id)
    visits = range(len(whole.dictionary.visits))
    differences = tuple(_difference(shown, left, v, method) for v in visits)
    return CourseBeforeAfter(drawn(None), parted, differences, pale)


def _series(parted: Course, group: str) -> Series | None:
    return next((series for series in parted.series if series.group.id == group), None)


def _difference(shown: Series | None, left: Series | None, visit: int, method: Method) -> Estimate:
    if shown is None or left is None:
        return estimate(np.nan, otherwise=Reason.NO_PATIENTS)
    a, b = (one.points[visit].values.distribution for one in (shown, left))
    return estimate(*mean_difference(a, b, method.level), Reason.NOT_MEASURED)
