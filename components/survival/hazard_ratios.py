"""Hazard ratios of a factor's levels against its reference, for one factor or for all of the dictionary at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isnan, log
from typing import TYPE_CHECKING, Literal

import numpy as np

from components.core.analysis_set import AnalysisSet, analysis_set, counted_in
from components.core.estimate import Estimate, Reason, missing
from components.core.groups import OfGroup, patients_of
from components.core.look import Look, of_two
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed, procedures_of
from components.engine.cox import CoxModel, cox_model, cox_models
from components.engine.event_table import EventTable
from components.engine.logrank import comparable
from components.engine.multiplicity import adjusted
from components.engine.schoenfeld import detectable_ratio
from components.survival.event_groups import event_tables
from components.survival.procedures import COX, DETECTABLE_RATIO, SCORE_TEST, WALD
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from components.core.groups import Groups
    from data.cohort import Cohort
    from data.entries import Endpoint, Factor
    from data.levels import Level


Order = Literal["listed", "ratio", "p"]
"""How the factors of a forest stand: as the dictionary lists them, by their largest ratio, or by their p."""

SEVERAL = 2
"""From so many p-values on they are corrected for their number."""

FALSE_DISCOVERY = Procedure(
    "false-discovery",
    say("False discovery rate"),
    say("Beside the p-values of many ratios stand those of Benjamini and Hochberg, over all ratios shown together."),
    say("Benjamini and Hochberg 1995"),
    formula="smallest p times the number of ratios over its rank among them, of this p and those above it",
    r='p.adjust(p, "BH")',
    section="Hazard ratios",
    position=232,
)


@dataclass(frozen=True)
class LevelRatio(OfGroup):
    """One level: patients, events, hazard ratio against the reference with Wald limits, and its p-value.

    ``detectable`` is the hazard ratio above 1 that the events and sizes of the level and the reference would have shown
    with 80% power (Schoenfeld); None at the reference and where neither had an event.
    """

    n: int
    events: int
    ratio: Estimate
    p: float | None
    reference: bool
    detectable: float | None = None


@dataclass(frozen=True)
class Comparison:
    """All levels of one factor; ``p`` is the score test of the factor as a whole, None where nothing can be tested.

    ``key`` is the factor's key (blank for groups that are none), ``unknown`` the patients without a level, ``table``
    the patients of the levels counted by day.
    """

    key: str
    title: str
    levels: tuple[LevelRatio, ...]
    p: float | None
    unknown: int
    method: Method
    table: EventTable | None = field(default=None, compare=False, repr=False)

    @property
    def reference(self) -> Level | None:
        """The level the others are compared with; None when no level has patients."""
        return next((level.group for level in self.levels if level.reference), None)

    @property
    def against(self) -> str:
        """How that level is shown, blank without one."""
        return self.reference.label if self.reference else ""

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ratios and the test of the factor were made with."""
        ratios = any(level.p is not None for level in self.levels)
        tested = self.p is not None
        return listed(
            (COX[self.method.ties], ratios or tested),
            (WALD, ratios),
            (SCORE_TEST, tested),
            (DETECTABLE_RATIO, self.detectable is not None),
        )

    def together(self, *at: int) -> tuple[int, int]:
        """Patients and events of the levels ``at`` these positions together."""
        own = [self.levels[k] for k in at]
        return sum(level.n for level in own), sum(level.events for level in own)

    def looks(self, endpoint: Endpoint, by: str, beside: tuple[str, ...] = ()) -> tuple[Look, ...]:
        """Each level with a p-value against the reference, for ``endpoint``; ``by`` is the key of the factor."""
        at = next((k for k, level in enumerate(self.levels) if level.reference), None)
        if at is None:
            return ()
        base = self.levels[at]
        return tuple(
            Look(
                endpoint,
                by,
                self.title,
                (level.group, base.group),
                *self.together(k, at),
                level.p,
                level.ratio,
                beside,
                of_two(self.table, k, at),
            )
            for k, level in enumerate(self.levels)
            if level.p is not None
        )

    @property
    def detectable(self) -> float | None:
        """The smallest of its levels' detectable hazard ratios: what it could have shown at best."""
        return min((level.detectable for level in self.levels if level.detectable), default=None)

    @cached_property
    def holm(self) -> tuple[float | None, ...]:
        """Holm's p of each level over those that have one; None for every level where fewer than two have."""
        ps = [np.nan if level.p is None else level.p for level in self.levels]
        if len(ps) - int(np.isnan(ps).sum()) < SEVERAL:
            return (None,) * len(ps)
        return tuple(None if isnan(p) else p for p in adjusted(ps, "holm").tolist())

    def level(self, id_: str) -> LevelRatio:
        """The level with this id. Raises StopIteration when there is none."""
        return next(level for level in self.levels if level.group.id == id_)


@dataclass(frozen=True)
class Prognosis:
    """The univariate comparisons of many factors for one endpoint, in the order of the dictionary.

    Events count over the follow-up of ``analysed``; each comparison says whose level is not known. ``hidden`` are the
    factors left out because counts of so few patients do not leave the database.
    """

    endpoint: Endpoint
    n: int
    events: int
    comparisons: tuple[Comparison, ...]
    method: Method
    analysed: AnalysisSet
    hidden: tuple[Factor, ...] = ()

    @property
    def has_groups(self) -> bool:
        """Whether the patients differ in a factor: without that nobody can be compared with anybody."""
        return any(sum(level.n > 0 for level in one.levels) > 1 for one in self.comparisons)

    @property
    def made(self) -> int:
        """How many hazard ratios are given with a p-value."""
        return sum(level.p is not None for one in self.comparisons for level in one.levels)

    @property
    def looks(self) -> tuple[Look, ...]:
        """Every factor as a whole, and every ratio, that is given with a p-value."""
        found: list[Look] = []
        for one in self.comparisons:
            groups = tuple(level.group for level in one.levels if level.n)
            ratios = one.looks(self.endpoint, one.key)
            if one.p is not None and (len(groups) > 2 or not ratios):
                n, events = one.together(*range(len(one.levels)))
                found.append(Look(self.endpoint, one.key, one.title, groups, n, events, one.p, table=one.table))
            found += ratios
        return tuple(found)

    @cached_property
    def false_discovery(self) -> tuple[tuple[float | None, ...], ...]:
        """Benjamini and Hochberg's p of each level of each comparison over all ratios; None where there is no p."""
        ps = [np.nan if level.p is None else level.p for one in self.comparisons for level in one.levels]
        found = iter(adjusted(ps, "benjamini-hochberg").tolist())
        return tuple(tuple(None if isnan(q := next(found)) else q for _ in one.levels) for one in self.comparisons)

    def ordered(self, order: Order) -> Prognosis:
        """The comparisons as listed, or those with the largest ratio first, or those with the smallest p first.

        A ratio counts by how far it is from 1 in either direction; the p of a factor is that of the whole of it. What
        has neither comes last.
        """
        if order == "listed":
            return self
        rank = _strength if order == "ratio" else _weakness
        return replace(self, comparisons=tuple(sorted(self.comparisons, key=rank)))

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ratios and the tests of the factors were made with."""
        return listed((FALSE_DISCOVERY, self.made), *((one, True) for one in procedures_of(self.comparisons)))


def _strength(one: Comparison) -> float:
    values = (level.ratio.value for level in one.levels if not level.reference)
    return -max((abs(log(value)) for value in values if value), default=-1.0)


def _weakness(one: Comparison) -> float:
    return float("inf") if one.p is None else one.p


def comparison(table: EventTable, grouped: Groups, method: Method = PAPER, key: str = "") -> Comparison:
    """The groups' hazard ratios against their reference, from the event table of the groups."""
    model = cox_model(table, grouped.reference, method.ties)
    return _comparison(key, grouped.title, grouped.present, model, comparable(table), grouped.unknown, method, table)


def compared_in_each(
    tables: Sequence[EventTable], levels: tuple[Level, ...], reference: int, method: Method = PAPER
) -> tuple[Comparison, ...]:
    """The same ``levels`` compared in each of several sets of patients, counted by day, all fitted together."""
    models = cox_models(tables, [reference] * len(tables), method.ties)
    return tuple(
        _comparison("", "", levels, model, comparable(table), 0, method, table)
        for model, table in zip(models, tables, strict=True)
    )


def prognosis(
    cohort: Cohort,
    endpoint: Endpoint,
    factors: Iterable[Factor],
    method: Method = PAPER,
    until: int | None = None,
) -> Prognosis:
    """One univariate Cox model per factor, all fitted together; levels without patients are kept, as in print.

    With ``until``, a day since the start of treatment, only events up to and on it count.
    """
    countable = cohort.countable(endpoint, tuple(factors))
    listed = countable.shown
    tables = event_tables(cohort, endpoint, listed, until)
    counted = cohort.counted_by(endpoint)
    days, had = counted.time_to(endpoint)
    events = patients_of(had if until is None else had & (days <= until), counted.weights)
    bases = [_reference(factor, table) for factor, table in zip(listed, tables, strict=True)]
    models = cox_models(tables, bases, method.ties)
    unknown = [cohort.n - int(table.n.sum()) for table in tables]
    found = tuple(
        _comparison(factor.key, factor.label, factor.levels, model, comparable(table), missing_level, method, table)
        for factor, model, table, missing_level in zip(listed, models, tables, unknown, strict=True)
    )
    analysed = counted_in(analysis_set(cohort, until=until), countable.bands)
    return Prognosis(endpoint, cohort.n, events, found, method, analysed, countable.hidden)


def _reference(factor: Factor, table: EventTable) -> int:
    return factor.base if table.n[factor.base] else int(np.argmax(table.n > 0))


def _comparison(
    key: str,
    title: str,
    groups: tuple[Level, ...],
    model: CoxModel,
    compared: NDArray[np.bool_],
    unknown: int,
    method: Method,
    table: EventTable,
) -> Comparison:
    lower, upper = model.wald_limits(method.level)
    levels = []
    for k, group in enumerate(groups):
        own = k == model.reference and bool(model.n[k])
        reason = None if own else _why_not(model, compared, k)
        value = Estimate(float(model.hazard_ratio[k]), float(lower[k]), float(upper[k])) if not reason else None
        ratio = Estimate(1.0) if own else value or missing(reason or Reason.NO_EVENTS)
        p = None if own or reason else float(model.p[k])
        n, events, shown = int(model.n[k]), int(model.events[k]), None
        if not own and compared[k, model.reference]:
            total = events + int(model.events[model.reference])
            shown = detectable_ratio(total, n, int(model.n[model.reference]), level=method.level)
        levels.append(LevelRatio(group, n, events, ratio, p, own, shown))
    several = compared.sum() > len(groups)  # any level with another than itself
    p = float(model.score.p) if several and not np.isnan(model.score.p) else None
    return Comparison(key, title, tuple(levels), p, unknown, method, table)


def _why_not(model: CoxModel, compared: NDArray[np.bool_], k: int) -> Reason | None:
    if not model.n[k]:
        return Reason.NO_PATIENTS
    if not model.events.sum():
        return Reason.NO_EVENTS
    if not model.events[k]:
        return Reason.NO_EVENTS_IN_LEVEL
    if not model.events[model.reference]:
        return Reason.NO_EVENTS_IN_REFERENCE
    if not compared[k, model.reference]:
        return Reason.NOTHING_TO_COMPARE
    return Reason.MONOTONE if model.monotone[k] else None
