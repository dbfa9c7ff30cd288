"""Factors that a visitor makes: kept cohorts, patients shown and the rest, the untested as a group, events by a day.

Each is a rule over any cohort, so that every page divides its own patients by it as by a factor of the dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.cohort import Cohort, RuledFactor
from data.entries import Factor, Section
from data.kept_cohorts import KeptCohort
from data.language import say
from data.levels import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.filters import Filter

Shared = Literal["apart", "out"]
"""Where patients of several kept cohorts stand: in groups of their own, or left out."""

OWN = Section("own", "")
UNTESTED = "untested"
"""The id of the level of those whose level is not known, where they are a group of their own."""

INNER, REST = Level("shown", "Patients shown"), Level("rest", "The rest")


@dataclass(frozen=True)
class Overlap:
    """``n`` patients who are in every one of ``cohorts``; ``inside`` where the first lies wholly within the second.

    ``same`` are two that hold the same patients.
    """

    cohorts: tuple[KeptCohort, ...]
    n: int
    inside: bool
    same: bool = False


def memberships(cohort: Cohort, kept: Sequence[KeptCohort]) -> NDArray[np.bool_]:
    """Whether each patient is in each kept cohort, (n, K)."""
    columns = [one.filter.kept(cohort) for one in kept]
    return np.stack(columns, axis=1) if columns else np.zeros((cohort.n, 0), dtype=bool)


def overlaps(cohort: Cohort, kept: Sequence[KeptCohort]) -> tuple[Overlap, ...]:
    """Every two kept cohorts that share patients; of two of which one holds the other the smaller comes first."""
    members = memberships(cohort, kept)
    found = []
    for a, b in combinations(range(len(kept)), 2):
        n = int((members[:, a] & members[:, b]).sum())
        first, second = (a, b) if members[:, a].sum() <= members[:, b].sum() else (b, a)
        if n:
            inside, around = bool(n == members[:, first].sum()), bool(n == members[:, second].sum())
            found.append(Overlap((kept[first], kept[second]), n, inside, same=inside and around))
    return tuple(found)


def can_leave_out(cohort: Cohort, kept: Sequence[KeptCohort]) -> bool:
    """Whether at least two kept cohorts have patients in no other, so that the shared ones can be left out."""
    members = memberships(cohort, kept)
    alone = members[members.sum(axis=1) == 1].any(axis=0)
    return bool((members.sum(axis=1) > 1).any() and alone.sum() > 1)


def by_kept_cohorts(whole: Cohort, kept: Sequence[KeptCohort], shared: Shared = "apart") -> RuledFactor:
    """Groups without a common patient, made of kept cohorts that may share some in ``whole``.

    A cohort that lies within another one stays whole, and the other one is what is left of it. Other shared patients
    are a group of their own for each set of cohorts, or with ``shared`` "out" in no group.
    """
    every = sorted({tuple(row) for row in memberships(whole, kept).tolist() if any(row)}, reverse=True)
    patterns = [pattern for pattern in every if sum(pattern) == 1] if shared == "out" else every
    levels = tuple(_level(pattern, every, kept) for pattern in patterns)
    order = sorted(range(len(levels)), key=lambda k: (len(levels[k].id), _first(levels[k].id, kept)))
    position = {patterns[k]: place for place, k in enumerate(order)}

    def rule(cohort: Cohort) -> NDArray[np.int64]:
        rows = memberships(cohort, kept)
        return np.array([position.get(tuple(row), -1) for row in rows.tolist()], dtype=np.int64)

    placed = tuple(levels[k] for k in order) or (Level("kept-none", say("Nobody")),)
    return RuledFactor(
        "kept",
        say("Kept cohort"),
        placed,
        placed[0].id,
        OWN,
        Level("missing", say("In more than one kept cohort")),
        rule=rule,
    )


Pattern = tuple[bool, ...]
"""In which of the kept cohorts some patients are."""


def _level(own: Pattern, patterns: Sequence[Pattern], kept: Sequence[KeptCohort]) -> Level:
    """The group of those who are in just these cohorts: a whole cohort, one without another, or what several share."""

    def of(k: int) -> list[Pattern]:
        return [pattern for pattern in patterns if pattern[k]]

    inside = [k for k in range(len(kept)) if own[k]]
    whole = [k for k in inside if of(k) == [own]]
    if len(whole) == 1 or (len(inside) == 1 and len(of(inside[0])) == 1):
        k = whole[0]
        return Level(f"kept-{kept[k].id}", kept[k].label, kept[k].label)
    if len(inside) == 1:
        k = inside[0]
        others = [j for j in range(len(kept)) if j != k and any(pattern[j] for pattern in of(k))]
        within = [j for j in others if all(pattern[k] for pattern in of(j))]
        name = kept[k].label
        label = (
            say("{name} without {others}", name=name, others=say(" and ").join(kept[j].label for j in within))
            if within == others
            else say("{name} only", name=name)
        )
        return Level(f"kept-{kept[k].id}", label, label)
    label = say(" and ").join(kept[k].label for k in inside)
    return Level(f"kept-{'-'.join(kept[k].id for k in inside)}", label, label)


def _first(id_: str, kept: Sequence[KeptCohort]) -> list[int]:
    order = {one.id: place for place, one in enumerate(kept)}
    return [order[part] for part in id_.split("-")[1:]]


def by_shown(inner: Filter) -> RuledFactor:
    """The patients whom ``inner`` keeps, and all others: the reference."""

    def rule(cohort: Cohort) -> NDArray[np.int64]:
        return np.where(inner.kept(cohort), 0, 1).astype(np.int64)

    label = say("Patients shown and the rest")
    return RuledFactor("rest", label, (INNER, REST), REST.id, OWN, rule=rule)


def with_untested(factor: Factor) -> RuledFactor:
    """The same factor where those whose level is not known are a group of their own, the last one."""

    def rule(cohort: Cohort) -> NDArray[np.int64]:
        codes = cohort.codes(factor)
        return np.where(codes < 0, len(factor.levels), codes).astype(np.int64)

    same = {field.name: getattr(factor, field.name) for field in fields(Factor)}
    last = Level(UNTESTED, factor.missing.word, factor.missing.label)
    # No order can be given to those of unknown level: the cuts are those of the factor alone.
    made = {"key": f"{factor.key}-or-{UNTESTED}", "levels": (*factor.levels, last), "source": "", "cuts": ()}
    return RuledFactor(**{**same, **made}, made_of=(factor.key, factor.source), rule=rule)


def by_recorded(
    key: str, label: str, levels: tuple[Level, Level], day: int, first: Callable[[Cohort], NDArray[np.float64]]
) -> RuledFactor:
    """Who had something up to and on ``day`` and who did not, among those followed beyond it.

    ``levels`` are that of those who had it, then the reference; ``first`` gives for each patient the day of the first
    time, nan for never. Whoever was not followed beyond ``day`` has no level, whether it happened or not: to be told
    apart on that day a patient must be there.
    """

    def rule(cohort: Cohort) -> NDArray[np.int64]:
        had = first(cohort) <= day
        return np.where(cohort.last_days > day, np.where(had, 0, 1), -1).astype(np.int64)

    missing = Level("missing", say("Not followed beyond day {day}", day=day))
    return RuledFactor(key, label, levels, levels[1].id, OWN, missing, known_day=day, rule=rule)
