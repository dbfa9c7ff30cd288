"""Numbers described: how many, mean, spread and quartiles, each with a reason where it cannot be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from components.core.estimate import Estimate, Reason, estimate
from components.core.method import Method
from components.core.procedure import Procedure
from components.engine.descriptive import Distribution, distributions, mean_limits
from data.counted import GivesMoments
from data.language import say

if TYPE_CHECKING:
    from components.core.columns import Columns
    from data.cohort import Cohort
    from data.entries import Factor

DESCRIPTION = Procedure(
    "description",
    say("Numbers described"),
    say("Numbers are described by mean and standard deviation (n − 1), or by median and quartiles (SAS definition 5)."),
    say("SAS PROC UNIVARIATE"),
    formula="mean, SD with n − 1; median and quartiles by SAS definition 5; minimum and maximum",
    r="mean, sd, quantile(type = 2)",
    section="Baseline table",
    position=340,
)


@dataclass(frozen=True)
class Summary:
    """The engine's numbers about a group, with their reasons; quartiles by SAS's definition 5.

    Without a value the reason is that nothing was measured or that there is nobody; a single value has no spread.
    """

    distribution: Distribution
    level: float

    @property
    def n(self) -> int:
        """Recorded values."""
        return self.distribution.n

    @property
    def missing(self) -> int:
        """Patients without a recorded value."""
        return self.distribution.missing

    @property
    def mean(self) -> Estimate:
        """Mean with Student's limits."""
        return estimate(self.distribution.mean, *mean_limits(self.distribution, self.level), self._absent)

    @property
    def sd(self) -> Estimate:
        """Standard deviation, dividing by n - 1."""
        return estimate(self.distribution.sd, otherwise=self._alone)

    @property
    def standard_error(self) -> Estimate:
        """Standard deviation over the square root of n."""
        return estimate(self.distribution.sd / max(self.n, 1) ** 0.5, otherwise=self._alone)

    @property
    def minimum(self) -> Estimate:
        """Smallest value."""
        return estimate(self.distribution.minimum, otherwise=self._absent)

    @property
    def q1(self) -> Estimate:
        """First quartile."""
        return estimate(self.distribution.q1, otherwise=self._absent)

    @property
    def median(self) -> Estimate:
        """Second quartile."""
        return estimate(self.distribution.median, otherwise=self._absent)

    @property
    def q3(self) -> Estimate:
        """Third quartile."""
        return estimate(self.distribution.q3, otherwise=self._absent)

    @property
    def maximum(self) -> Estimate:
        """Largest value."""
        return estimate(self.distribution.maximum, otherwise=self._absent)

    @property
    def _absent(self) -> Reason:
        return Reason.NOT_MEASURED if self.missing else Reason.NO_PATIENTS

    @property
    def _alone(self) -> Reason:
        return Reason.ONE_PATIENT if self.n else self._absent


def summaries(table: NDArray[np.float64], method: Method) -> tuple[Summary, ...]:
    """What each column of ``table`` (n, C) is like; not a number is missing."""
    return tuple(Summary(found, method.level) for found in distributions(table))


def described(
    cohort: Cohort,
    numbers: Sequence[str],
    shown: Columns,
    by: Factor | None,
    method: Method,
) -> list[tuple[Summary, ...] | None]:
    """What each of the columns ``numbers`` of patients is like in each of the columns ``shown`` by ``by``: (N)(C).

    Where the rows are in a database it gives the moments and quartiles, which are all that leaves it, and None instead
    of a number of which it hides something.
    """
    if isinstance(cohort, GivesMoments):
        return [
            tuple(
                Summary(Distribution(one.n, one.missing, one.mean, one.sd, *one.fourths), method.level) for one in parts
            )
            if parts is not None
            else None
            for parts in cohort.moments(numbers, by, shown.levels)
        ]
    values = np.column_stack([cohort.numbers(key) for key in numbers]) if numbers else np.empty((cohort.n, 0))
    by_column = [summaries(values[own], method) for own in shown.members.T]
    return list(zip(*by_column, strict=True))


def summary(values: NDArray[np.float64], method: Method) -> Summary:
    """What ``values`` (n,) are like; not a number is missing."""
    return summaries(values[:, None], method)[0]
