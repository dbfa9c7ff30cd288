"""Whether one comparison of two groups comes out alike in the patients of each level of other factors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from components.core.analysis_set import Exclusion, Why, analysis_set, no_level
from components.core.estimate import Estimate, Reason, missing
from components.core.groups import OfGroup
from components.core.look import Look
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed, procedures_of
from components.engine.event_table import event_table
from components.engine.interaction import interaction
from components.survival.adjusted import FEWEST_PER_COEFFICIENT, offered
from components.survival.event_groups import grouped_events
from components.survival.hazard_ratios import Comparison, LevelRatio, compared_in_each
from components.survival.procedures import COX, LANDMARK, WALD
from data.language import say
from data.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from components.core.analysis_set import AnalysisSet, Left
    from components.core.groups import Groups
    from components.engine.event_table import EventTable
    from components.survival.landmark import Landmark
    from data.cohort import Cohort
    from data.dictionary import Dictionary
    from data.entries import Endpoint, Factor

INTERACTION = Procedure(
    "interaction",
    say("Interaction"),
    say(
        "Whether the hazard ratio of two groups differs between the levels of another factor is tested by the "
        "likelihood ratio of Cox models with and without their products, with Firth's penalty."
    ),
    say("Cox 1972; Firth 1993; Heinze and Schemper 2001"),
    formula="2 (l − l with the coefficients of the products held at 0), the penalty that of the whole model",
    r="coxphftest(Surv(day, event) ~ g * f, test = ~ g:f)",
    section="Hazard ratios",
    position=256,
    on_times=True,
    compares=True,
)
EVERYONE = Level("overall", "All patients")


@dataclass(frozen=True)
class Subgroup(OfGroup):
    """The patients of one level: ``compared`` is the ratio of one group, ``reference`` the other."""

    compared: LevelRatio
    reference: LevelRatio

    @property
    def ratio(self) -> Estimate:
        """The hazard ratio of the group compared."""
        return self.compared.ratio

    @property
    def n(self) -> int:
        """Patients of both groups."""
        return self.compared.n + self.reference.n

    @property
    def events(self) -> int:
        """Events in both groups."""
        return self.compared.events + self.reference.events


@dataclass(frozen=True)
class SubgroupFactor:
    """The levels of one factor that have patients; ``p`` tests whether the ratio differs between them.

    ``coefficients`` are those of the test's model, ``reason`` says why there is no test, and ``unknown`` counts the
    patients whose level is not known.
    """

    key: str
    title: str
    subgroups: tuple[Subgroup, ...]
    unknown: int
    p: float | None
    coefficients: int
    reason: Reason | None


@dataclass(frozen=True, eq=False)
class Subgroups:
    """The group ``compared`` against the ``reference`` (None where it has no patients): of all, and in subgroups.

    ``title`` and ``key`` are those of the factor that makes the groups; ``reason`` says why nothing is compared.
    """

    endpoint: Endpoint
    key: str
    title: str
    compared: Level
    reference: Level | None
    overall: Subgroup | None
    factors: tuple[SubgroupFactor, ...]
    reason: Reason | None
    method: Method
    analysed: AnalysisSet
    made_with: tuple[Procedure, ...] = ()
    landmark: Landmark[Any] | None = None

    @property
    def n(self) -> int:
        """Patients of both groups."""
        return self.overall.n if self.overall else 0

    @property
    def events(self) -> int:
        """Events in both groups."""
        return self.overall.events if self.overall else 0

    @property
    def tested(self) -> tuple[SubgroupFactor, ...]:
        """The factors whose interaction has a p-value."""
        return tuple(one for one in self.factors if one.p is not None)

    @property
    def looks(self) -> tuple[Look, ...]:
        """Each interaction."""
        if self.reference is None:
            return ()
        landmark = (f"landmark-{self.landmark.day}",) if self.landmark else ()
        pair = (self.compared, self.reference)
        return tuple(
            Look(
                self.endpoint,
                self.key,
                say("{title}, interaction with {factor}", title=self.title, factor=one.title),
                pair,
                sum(subgroup.n for subgroup in one.subgroups),
                sum(subgroup.events for subgroup in one.subgroups),
                one.p,
                beside=(*landmark, f"interaction-{one.key}"),
            )
            for one in self.tested
            if one.p is not None
        )

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What ratios and tests were made with."""
        return listed(
            (LANDMARK, self.landmark is not None and self.overall is not None),
            (INTERACTION, bool(self.tested)),
            *((one, True) for one in self.made_with),
        )


def made_within(words: Dictionary, factor: Factor) -> tuple[Factor, ...]:
    """The factors whose levels are subgroups of a comparison by ``factor``: of the forest plot, those it is not."""
    return tuple(one for one in offered(words, factor)[0] if one.prognostic)


def subgroups(
    cohort: Cohort,
    endpoint: Endpoint,
    factor: Factor,
    compared: str,
    within: Iterable[Factor],
    landmark_day: int | None = None,
    method: Method = PAPER,
    *,
    until: int | None = None,
) -> Subgroups:
    """The level of this id against the reference of ``factor``, in the levels of each factor of ``within``.

    With ``until``, a day since the start of treatment, only events up to and on it count. Raises ValueError where
    ``grouped_events`` does, or for a factor of ``within`` that becomes known after the start.
    """
    factors = tuple(within)
    if late := [one.label for one in factors if one.post_baseline]:
        raise ValueError(f"{', '.join(late)}: known only after the start, and no subgroup")
    own = grouped_events(cohort, endpoint, factor, landmark_day, until)
    begin = own.landmark.day if own.landmark else 0
    present, base = own.groups.present, own.groups.reference
    group = factor.level(compared)
    arm = next((k for k, level in enumerate(present) if level.id == compared), -1)
    inside = np.isin(own.groups.codes, [arm, base]) if arm >= 0 else np.zeros(own.cohort.n, dtype=np.bool_)
    analysed = analysis_set(
        cohort, _left(cohort, factor, own.landmark, own.groups, group, base), start=begin, until=until
    )
    nothing = Subgroups(
        endpoint, factor.key, factor.label, group, present[base] if present else None, None, (),
        Reason.ONE_LEVEL if present else Reason.NO_PATIENTS, method, analysed, landmark=own.landmark,
    )  # fmt: skip
    if arm < 0 or arm == base:
        return nothing
    who = own.cohort.where(inside)
    observed, had = who.time_to(endpoint)
    days = observed - begin
    if until is not None:
        days, had = np.minimum(days, until - begin), had & (observed <= until)
    treated = own.groups.codes[inside] == arm
    codes = [who.codes(one) for one in factors]
    tables: list[EventTable] = [event_table(days, had, treated.astype(np.int64), 2)]
    places: list[tuple[int, int]] = []
    for f, code in enumerate(codes):
        for level in np.unique(code[code >= 0]).tolist():
            of = code == level
            tables.append(event_table(days[of], had[of], treated[of].astype(np.int64), 2))
            places.append((f, level))
    first, *others = compared_in_each(tables, (present[base], group), 0, method)
    listed_ = []
    for f, one in enumerate(factors):
        rows = [
            _subgroup(one.levels[level], found) for (at, level), found in zip(places, others, strict=True) if at == f
        ]
        listed_.append(_tested(one, tuple(rows), codes[f], days, had, treated, method))
    made = tuple(one for one in procedures_of((first, *others)) if one in {COX[method.ties], WALD})
    return Subgroups(
        endpoint, factor.key, factor.label, group, present[base], _subgroup(EVERYONE, first), tuple(listed_), None,
        method, analysed, made, own.landmark,
    )  # fmt: skip


def _left(
    cohort: Cohort, factor: Factor, start: Landmark[Any] | None, grouped: Groups, group: Level, base: int
) -> tuple[Left, ...]:
    """Who is in neither of the two groups: without a level, not to be compared from the landmark on, or in another."""
    codes = cohort.codes(factor)
    pair = [k for k, level in enumerate(factor.levels) if level in {group, *grouped.present[base : base + 1]}]
    other = (codes >= 0) & ~np.isin(codes, pair)
    first: tuple[Left, ...] = start.left if start else (no_level(grouped),)
    return (*first, (other, Exclusion(Why.OTHER_GROUP, factor.label)))


def _subgroup(level: Level, found: Comparison) -> Subgroup:
    reference, compared = found.levels
    if not reference.reference:  # nobody of the reference is there, so the model has taken the other for it
        compared = replace(compared, ratio=missing(Reason.ONE_LEVEL), p=None, reference=False)
    elif not compared.n:
        compared = replace(compared, ratio=missing(Reason.ONE_LEVEL))
    return Subgroup(level, compared, reference)


def _tested(
    one: Factor,
    rows: tuple[Subgroup, ...],
    code: NDArray[np.int64],
    days: NDArray[np.int64],
    had: NDArray[np.bool_],
    treated: NDArray[np.bool_],
    method: Method,
) -> SubgroupFactor:
    known = code >= 0
    reason, p, coefficients = None, None, 0
    if len(rows) < 2:
        reason = Reason.ONE_LEVEL
    elif not had[known].any():
        reason = Reason.NO_EVENTS
    else:
        found = interaction(days[known], had[known], treated[known], code[known], method.ties)
        coefficients = found.coefficients
        if isnan(found.test.p):
            reason = Reason.NOTHING_TO_COMPARE
        elif int(had[known].sum()) < FEWEST_PER_COEFFICIENT * coefficients:
            reason = Reason.TOO_FEW_PER_COEFFICIENT
        else:
            p = found.test.p
    return SubgroupFactor(one.key, one.label, rows, int((~known).sum()), p, coefficients, reason)
