"""The columns of a table: everybody, then each group, with composite groups before their first member."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from components.core.analysis_set import AnalysisSet, Exclusion, LeftOut, Why, analysis_set
from components.core.estimate import Estimate, Reason, missing
from components.core.groups import ALL, EVERYBODY, groups, patients_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.counted import Counted
    from data.entries import Factor
    from data.levels import Level


@dataclass(frozen=True)
class Share:
    """``n`` of ``of`` patients."""

    n: int
    of: int

    @property
    def percent(self) -> Estimate:
        """100 n / of, without limits; not known when it is out of nobody."""
        return Estimate(100 * self.n / self.of) if self.of else missing(Reason.NO_PATIENTS)


@dataclass(frozen=True, eq=False)
class Columns:
    """Who belongs to which of C columns; the first holds everybody, a patient of unknown level stands only there.

    ``members`` (n, C), with ``weights`` a row for so many patients; ``levels`` are the positions, among the levels of
    the factor, of the groups in each column, None in that of everybody. ``out_of`` names for each column the one its
    own percentage is out of: the composite for a member of a composite, otherwise everybody. ``reference`` is the
    reference group's column, 0 without groups.
    """

    title: str
    groups: tuple[Level, ...]
    members: NDArray[np.bool_]
    out_of: tuple[int, ...]
    reference: int
    unknown: int
    unknown_label: str
    analysed: AnalysisSet
    levels: tuple[tuple[int, ...] | None, ...] = (None,)
    weights: NDArray[np.int64] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """How each column is headed."""
        return tuple(group.label for group in self.groups)

    @property
    def n(self) -> tuple[int, ...]:
        """Patients in each column."""
        return tuple(patients_of(column, self.weights) for column in self.members.T)

    @property
    def header(self) -> tuple[Share, ...]:
        """Each column's patients, out of those its percentage is printed for."""
        n = self.n
        return tuple(Share(n[c], n[of]) for c, of in enumerate(self.out_of))

    @property
    def compared(self) -> tuple[bool, ...]:
        """Which columns can be compared with the reference: those that share no patient with it."""
        shared = self.counts(self.members[:, self.reference])
        return tuple(bool(self.reference and c and not shared[c]) for c in range(len(self.groups)))

    @property
    def apart(self) -> tuple[tuple[Level, Level], ...]:
        """Every two columns that share no patient and both have some, in the order of the columns."""
        shared = self.members.T.astype(np.int64) @ self.members
        n = range(len(self.groups))
        return tuple(
            (self.groups[a], self.groups[b])
            for a in n
            for b in n
            if a < b and not shared[a, b] and min(self.n[a], self.n[b])
        )

    def index(self, id_: str) -> int:
        """The column of the group with this id. Raises KeyError where there is none."""
        return {group.id: c for c, group in enumerate(self.groups)}[id_]

    def counts(self, marked: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum over each column's patients of ``marked`` (n,) or of each row of it (R, n), (C,) or (R, C)."""
        own = self.members.astype(np.int64)
        counted: NDArray[np.int64] = marked.astype(np.int64) @ (
            own if self.weights is None else own * self.weights[:, None]
        )
        return counted

    def over(self, counted: Cohort | Counted, by: Factor | None) -> Columns:
        """The same columns over the same patients counted by something else as well."""
        codes = np.zeros(counted.rows, dtype=np.int64) if by is None else counted.codes(by)
        return replace(self, members=_members(codes, self.levels), weights=counted.weights)

    def shares(self, mask: NDArray[np.bool_], of: NDArray[np.bool_] | None = None) -> tuple[Share, ...]:
        """In each column the patients for whom ``mask`` (n,) is true, out of those for whom ``of`` is (or all)."""
        denominators = self.n if of is None else self.counts(of)
        return tuple(Share(int(n), int(d)) for n, d in zip(self.counts(mask), denominators, strict=True))


def _members(codes: NDArray[np.int64], levels: tuple[tuple[int, ...] | None, ...]) -> NDArray[np.bool_]:
    columns = [np.ones(len(codes), dtype=bool) if own is None else np.isin(codes, own) for own in levels]
    return np.stack(columns, axis=1)


def columns(cohort: Cohort, by: Factor | None = None) -> Columns:
    """Everybody and the groups by ``by``; a composite is a column where at least two of its levels have patients."""
    counted = cohort.counted_by(by, cohort.dictionary.leading)
    if by is None:
        everybody = np.ones((counted.rows, 1), dtype=bool)
        analysed = analysis_set(counted)
        return Columns("", (EVERYBODY,), everybody, (0,), 0, 0, "", analysed, weights=counted.weights)
    grouped = groups(counted, by)
    there = {level.id: k for k, level in enumerate(grouped.present)}
    composites = [(whole, tuple(id_ for id_ in ids if id_ in there)) for whole, ids in by.composites]
    shown: dict[Level, tuple[int, ...]] = {EVERYBODY: tuple(there.values())}
    out_of = {ALL: ALL}
    for level in grouped.present:
        for whole, ids in composites:
            if len(ids) > 1 and level.id == ids[0]:
                shown[whole] = tuple(there[id_] for id_ in ids)
                out_of |= {whole.id: ALL, **dict.fromkeys(ids, whole.id)}
        shown[level] = (there[level.id],)
        out_of.setdefault(level.id, ALL)
    column = {group.id: c for c, group in enumerate(shown)}
    position = {k: by.levels.index(level) for k, level in enumerate(grouped.present)}
    own = (None, *(tuple(position[k] for k in codes) for codes in list(shown.values())[1:]))
    unknown = LeftOut(grouped.unknown, Exclusion(Why.LEVEL_UNKNOWN, grouped.title, grouped.missing_label))
    return Columns(
        title=grouped.title,
        groups=tuple(shown),
        members=_members(counted.codes(by), own),
        out_of=tuple(column[out_of[id_]] for id_ in column),
        reference=column[grouped.present[grouped.reference].id] if grouped.present else 0,
        unknown=grouped.unknown,
        unknown_label=grouped.missing_label,
        analysed=analysis_set(counted, ungrouped=unknown if unknown.n else None),
        levels=own,
        weights=counted.weights,
    )


def everybody_is_in_one(cohort: Cohort, by: Factor | None) -> bool:
    """Whether all patients have the same level of ``by``: its column would repeat that of all patients."""
    return by is not None and int(np.count_nonzero(cohort.level_counts(by))) == 1


def positions(cohort: Cohort, patients: pd.Series[str]) -> NDArray[np.int64]:
    """For each entry of ``patients`` its row in ``cohort.patients``, -1 for somebody who is not there."""
    found: NDArray[np.int64] = pd.Index(cohort.names).get_indexer(patients).astype(np.int64)
    return found
