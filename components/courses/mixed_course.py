"""The mean course by a mixed model: a patient's own level speaks for him at the visits where he was not measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from components.core.estimate import Estimate, Reason, estimate, missing
from components.core.groups import OfGroup, groups
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.courses.analysis import Scale, scaled, visit_values
from components.courses.mixed_model import NotConvergedError, random_intercept
from data.cohort import Cohort
from data.entries import Factor, Measure, Visit
from data.language import say
from data.levels import Level

FEWEST = 20
"""Patients of a group who must be measured at least twice before a model of their course is offered."""


MIXED_MODEL = Procedure(
    "mixed-model",
    say("Mean course of a mixed model"),
    say(
        "The modelled course is from a linear mixed model of a group: a mean for each visit, a "
        "random intercept for each patient, restricted maximum likelihood."
    ),
    say("Laird and Ware 1982"),
    formula="y = visit + patient + error, REML",
    r="nlme::lme",
    package="statsmodels",
    section="Courses",
    position=380,
)


@dataclass(frozen=True)
class MixedSeries(OfGroup):
    """A group's modelled mean at each visit, from ``patients`` with any value; all missing where ``reason`` says why.

    On a logarithmic scale the means are geometric.
    """

    patients: int
    repeated: int
    visits: tuple[Visit, ...]
    means: tuple[Estimate, ...]
    reason: Reason | None = None


@dataclass(frozen=True)
class MixedCourse:
    """One model a group; ``logarithmic`` when the logarithm of the value was modelled."""

    measure: Measure
    scale: Scale
    logarithmic: bool
    series: tuple[MixedSeries, ...]
    level: float

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the means were made with."""
        return listed((MIXED_MODEL, any(series.reason is None for series in self.series)))


def mixed_course(
    cohort: Cohort,
    measure: Measure,
    by: Factor | None = None,
    scale: Scale = "absolute",
    *,
    logarithmic: bool = False,
    receiving_only: bool = False,
    method: Method = PAPER,
) -> MixedCourse:
    """Mean of ``measure`` at each visit by the levels of ``by``, with a random intercept for every patient.

    Changes leave out day 0, where they are 0 by definition. ``logarithmic`` models the logarithm (values above 0) and
    gives geometric means. A group with fewer than 20 patients measured twice has a reason instead.
    """
    grouped = groups(cohort, by)
    raw = visit_values(cohort, measure, receiving_only=receiving_only)
    values = scaled(raw, raw[:, :1], scale)
    if scale != "absolute":
        values = np.column_stack([np.full(cohort.n, np.nan), values[:, 1:]])
    if logarithmic:
        values = np.log(values, out=np.full(values.shape, np.nan), where=values > 0)
    series = tuple(
        _series(group, values[grouped.codes == k], cohort.dictionary.visits, method.level, logarithmic=logarithmic)
        for k, group in enumerate(grouped.present)
    )
    return MixedCourse(measure, scale, logarithmic, series, method.level)


def _series(
    group: Level, values: NDArray[np.float64], visits: tuple[Visit, ...], level: float, *, logarithmic: bool
) -> MixedSeries:
    known = ~np.isnan(values)
    times = known.sum(axis=1)
    patients, repeated = int((times > 0).sum()), int((times > 1).sum())
    reason = Reason.TOO_FEW_REPEATED if repeated < FEWEST else None
    if not reason and np.ptp(values[known]) == 0:
        reason = Reason.NO_VARIATION
    if reason:
        return MixedSeries(group, patients, repeated, visits, tuple(missing(reason) for _ in visits), reason)
    row, column = np.nonzero(known)
    try:
        model = random_intercept(row, column, values[known], values.shape[1])
    except NotConvergedError:
        why = Reason.NOT_CONVERGED
        return MixedSeries(group, patients, repeated, visits, tuple(missing(why) for _ in visits), why)
    half = float(ndtri((1 + level) / 2)) * model.std_err
    ends = np.stack([model.mean, model.mean - half, model.mean + half], axis=1)
    printed = np.exp(ends) if logarithmic else ends
    means = tuple(estimate(mean, low, high, Reason.NOT_MEASURED) for mean, low, high in printed.tolist())
    return MixedSeries(group, patients, repeated, visits, means)
