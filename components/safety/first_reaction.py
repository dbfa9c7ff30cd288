"""Time to the first reaction, with death before it as the competing event."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet, analysis_set, no_level
from components.core.estimate import Estimate, Reason, estimate
from components.core.groups import Groups, OfGroup, groups
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed, procedures_of
from components.engine.aalen_johansen import CumulativeIncidence as Curves
from components.engine.aalen_johansen import IncidenceAt, cause_table, cumulative_incidence, incidence_at
from components.engine.event_table import EventTable, event_table
from components.engine.kaplan_meier import numbers_at_risk
from components.safety.reported import first_days
from components.survival.analysis import RiskTable
from components.survival.competing import Cause, CauseComparison, compared_by_cause, looks_by_cause
from components.survival.procedures import AT_RISK, CUMULATIVE_INCIDENCE, LIMITS
from data.cohort import Cohort
from data.entries import Endpoint, Factor
from data.language import say
from data.levels import Level

REACTION, DEATH = 1, 2
FIRST_REACTION = Endpoint(
    "first_reaction", say("First reaction"), say("first reaction"), say("first reactions"), (), say("Without")
)
"""Not among the dictionary's endpoints: death before it competes instead of censoring."""


@dataclass(frozen=True, eq=False)
class IncidenceCurve(OfGroup):
    """One group's share with a first reaction, as steps from day 0; ``deaths`` are those without one before.

    ``days``, ``incidence``, ``lower`` and ``upper`` are (T,); limits are nan where the Method gives none, and
    ``beta_product`` says where they are the beta product's. ``upper_between`` is the upper limit as it holds from each
    day to the next. ``at`` holds one estimate a chosen day.
    """

    n: int
    events: int
    deaths: int
    days: NDArray[np.int64]
    incidence: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    upper_between: NDArray[np.float64]
    beta_product: NDArray[np.bool_]
    last_day: int
    at: tuple[Estimate, ...]


@dataclass(frozen=True, eq=False)
class CumulativeIncidence:
    """Cumulative incidence of the first reaction of a category or term (blank: any), all or the serious only.

    ``category`` and ``term`` are words of files, ``label`` and ``term_label`` how they are shown. In ``risk_table`` the
    events are first reactions; who died without one counts among the censored. ``comparisons`` are of two groups or
    more, for the reaction and for death without one. ``table`` counts the patients of each group by day.
    """

    category: str
    label: str
    term: str
    term_label: str
    serious: bool
    groups: Groups
    curves: tuple[IncidenceCurve, ...]
    at_days: tuple[int, ...]
    risk_table: RiskTable
    comparisons: tuple[CauseComparison, ...]
    method: Method
    analysed: AnalysisSet
    table: EventTable | None = field(default=None, repr=False)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the curves and the counts under them were made with."""
        return listed(
            (CUMULATIVE_INCIDENCE, self.curves),
            (LIMITS[self.method.interval], self.curves and not self.analysed.rounded),
            (AT_RISK[self.method.at_risk], self.curves),
            *((procedure, True) for procedure in procedures_of(self.comparisons)),
        )

    @property
    def looks(self) -> tuple[Look, ...]:
        """The groups compared for the reaction and for death without one, by Gray's test and cause by cause."""
        severe = say("serious") if self.serious else ""
        of = ", ".join(part for part in (self.label, self.term_label, severe) if part)
        asked = (f"category-{self.category}", f"term-{self.term}", *(("serious",) if self.serious else ()))
        events: dict[Cause, int] = {"event": self.events, "death": sum(curve.deaths for curve in self.curves)}
        return looks_by_cause(self.comparisons, self.endpoint, self.groups, events, asked, of)

    @property
    def endpoint(self) -> Endpoint:
        """What is waited for."""
        return FIRST_REACTION

    @property
    def n(self) -> int:
        """Patients in all groups."""
        return sum(curve.n for curve in self.curves)

    @property
    def events(self) -> int:
        """First reactions in all groups."""
        return sum(curve.events for curve in self.curves)


def first_reaction(
    cohort: Cohort,
    category: str = "",
    term: str = "",
    *,
    serious: bool = False,
    by: Factor | None = None,
    at_days: tuple[int, ...] = (91, 365, 730),
    risk_days: tuple[int, ...] = (0, 183, 365, 548, 730),
    method: Method = PAPER,
) -> CumulativeIncidence:
    """Time from day 0 to the first such reaction by the levels of ``by``: the Aalen-Johansen estimate.

    A reaction on the day of death or of the last visit counts as the reaction; one after the last day, or without a
    day, does not count. Raises ValueError for a factor that becomes known only after the start.
    """
    if by is not None and by.post_baseline:
        raise ValueError(f"{by.label} becomes known after the start of treatment")
    grouped = groups(cohort, by)
    days, cause = observed(cohort, category, term, serious=serious)
    table = cause_table(days, cause, DEATH, grouped.codes, max(len(grouped.present), 1))
    found = cumulative_incidence(table, interval=method.interval, level=method.level)
    at = incidence_at(found, at_days)
    curves = tuple(
        _curve(group, found, table.events.sum(axis=0)[k], k, grouped.n[k], at)
        for k, group in enumerate(grouped.present)
    )
    reacted = event_table(days, cause == REACTION, grouped.codes, max(len(grouped.present), 1))
    counts = numbers_at_risk(reacted, risk_days, method.at_risk)
    risk_table = RiskTable(risk_days, counts.at_risk, counts.censored, counts.events)
    analysed = analysis_set(cohort, (no_level(grouped),))
    compared = compared_by_cause(days, cause, grouped, method)
    label = cohort.dictionary.category_label(category)
    term_label = cohort.dictionary.term_label(category, term)
    return CumulativeIncidence(
        category,
        label,
        term,
        term_label,
        serious,
        grouped,
        curves,
        at_days,
        risk_table,
        compared,
        method,
        analysed,
        reacted,
    )


def observed(
    cohort: Cohort, category: str = "", term: str = "", *, serious: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each patient the day of the first such reaction, of death without it, or the last; and which it was, (n,)."""
    first = first_days(cohort, category, term, serious=serious)
    last = cohort.last_days
    died = ~np.isnan(cohort.numbers("death_day"))
    had = first <= last
    days = np.where(had, np.maximum(np.nan_to_num(first), 0), last).astype(np.int64)
    return days, np.where(had, REACTION, np.where(died, DEATH, 0)).astype(np.int64)


def _curve(group: Level, found: Curves, events: NDArray[np.int64], k: int, n: int, at: IncidenceAt) -> IncidenceCurve:
    own = found.times <= found.last[k]
    incidence, lower, upper = (
        np.append(0.0, column[own, k, REACTION - 1]) for column in (found.incidence, found.lower, found.upper)
    )
    upper[0] = found.upper_at_start[k, REACTION - 1]
    small = ~np.isnan(upper[0])
    lower[0] = 0.0 if small else np.nan
    between = np.append(upper[:1], found.upper_after[own, k, REACTION - 1])
    between[-1] = upper[-1]
    read = (column[:, k, REACTION - 1].tolist() for column in (at.incidence, at.lower, at.upper, at.beta_product))
    return IncidenceCurve(
        group=group,
        n=n,
        events=int(events[REACTION - 1]),
        deaths=int(events[DEATH - 1]),
        days=np.append(0, found.times[own]),
        incidence=incidence,
        lower=lower,
        upper=upper,
        upper_between=between,
        beta_product=np.append(small, found.beta_product[own, k, REACTION - 1]),
        last_day=int(found.last[k]),
        at=tuple(
            estimate(value, lowest, highest, Reason.BEYOND_FOLLOW_UP, "beta product" if few else "")
            for value, lowest, highest, few in zip(*read, strict=True)
        ),
    )
