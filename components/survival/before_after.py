"""What a filter changes: the patients it keeps, those it leaves out, and everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.core.made_factors import INNER, REST, by_shown
from components.core.method import PAPER, Method
from components.core.pale import NO_FILTER, Pale
from components.core.procedure import Procedure, listed
from components.survival.analysis import TWO_YEARS, Curve, Survival, survival
from components.survival.procedures import RESTRICTED_MEAN, RESTRICTED_MEAN_DIFFERENCE
from components.survival.share_differences import SURVIVAL_DIFFERENCE

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet
    from components.core.estimate import Estimate
    from data.cohort import Cohort
    from data.entries import Endpoint
    from data.filters import Filter


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """Survival of ``everybody``, and ``parted`` into those whom a filter keeps and the rest of them.

    Everybody may be a kept cohort, as ``pale`` says. Who is kept may be among everybody: only with the rest can they be
    compared, for these share nobody with them.
    """

    everybody: Survival
    parted: Survival
    pale: Pale = field(default_factory=Pale)

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody."""
        return self.everybody.analysed

    @property
    def before(self) -> Curve | None:
        """The curve of everybody; None of nobody."""
        return next(iter(self.everybody.curves), None)

    @property
    def shown(self) -> Curve | None:
        """The curve of those whom the filter keeps; None where it keeps nobody."""
        return next((curve for curve in self.parted.curves if curve.group.id == INNER.id), None)

    @property
    def left_out(self) -> Curve | None:
        """The curve of those whom the filter leaves out; None where it leaves out nobody."""
        return next((curve for curve in self.parted.curves if curve.group.id == REST.id), None)

    @property
    def shares_apart(self) -> tuple[Estimate, ...] | None:
        """Survival of those shown minus that of those left out on each day; None where one of the two is nobody."""
        found = self.parted.share_differences
        return found[0].at if found and found[0].group.id == INNER.id else None

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What its numbers were made with; nothing is tested."""
        return listed(
            *((procedure, True) for procedure in self.everybody.curve_procedures),
            (RESTRICTED_MEAN, any(curve.restricted_mean.known for curve in self.everybody.curves)),
            (RESTRICTED_MEAN_DIFFERENCE, any(one.days.known for one in self.parted.differences)),
            (SURVIVAL_DIFFERENCE, any(at.known for one in self.parted.share_differences for at in one.at)),
        )


def before_after(
    whole: Cohort,
    endpoint: Endpoint,
    chosen: Filter,
    at_days: tuple[int, ...] = (365, TWO_YEARS),
    method: Method = PAPER,
    *,
    until: int | None = None,
    pale: Pale = NO_FILTER,
) -> BeforeAfter:
    """What ``chosen`` changes in ``whole``, with survival at ``at_days``; with ``until`` only events up to it count.

    With a kept cohort as ``pale``, what sets those shown apart from the others of it.
    """
    everybody = survival(pale.of(whole), endpoint, None, at_days, method=method, until=until)
    both = pale.with_shown(whole, chosen)
    parted = survival(both, endpoint, by_shown(chosen), at_days, method=method, until=until)
    return BeforeAfter(everybody, parted, pale)
