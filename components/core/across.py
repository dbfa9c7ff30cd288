"""Patients of all cohorts of an ensemble in the groups and columns of a result, counted at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.envelope import Envelope, envelopes
from components.core.procedure import Procedure
from components.engine.stacked_values import StackedDistributions, stacked_distributions
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from components.core.columns import Columns
    from data.cohort import Cohort
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter
    from data.levels import Level

ACROSS = Procedure(
    "across-reconstructions",
    say("Range across reconstructions"),
    say(
        "The least and the most of each number over all reconstructed cohorts that give the published numbers back; "
        "this range is no confidence interval."
    ),
    say("This project"),
    formula="minimum and maximum over the cohorts of the ensemble, each computed as for the cohort shown",
    section="Reconstruction",
    position=900,
)


def group_codes(cohort: Cohort, factor: Factor | None, present: tuple[Level, ...]) -> NDArray[np.int64]:
    """Each patient's group as a position in ``present``, -1 for none of them, (n,)."""
    if factor is None:
        return np.zeros(cohort.n, dtype=np.int64)
    place = {level.id: k for k, level in enumerate(present)}
    to = np.array([*(place.get(level.id, -1) for level in factor.levels), -1], dtype=np.int64)
    found: NDArray[np.int64] = to[cohort.codes(factor)]
    return found


def group_cells(
    ensemble: Ensemble, chosen: Filter, by: Factor | None, present: tuple[Level, ...]
) -> tuple[NDArray[np.int64], int]:
    """Of each patient of the stack the cell of his cohort and his group among ``present``, (n,), and how many they are.

    The cell is the number of groups times the position of his cohort, plus that of his group; -1 is whom ``chosen``
    does not keep, and who is in no group.
    """
    codes = group_codes(ensemble.stack, by, present)
    kept = chosen.kept(ensemble.stack) & (codes >= 0)
    k = max(len(present), 1)
    return np.where(kept, ensemble.member * k + codes, -1), ensemble.n * k


@dataclass(frozen=True)
class Across:
    """What some result is over ``members`` cohorts."""

    members: int

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the ranges were made with."""
        return (ACROSS,)


@dataclass(frozen=True)
class AcrossColumns(Across):
    """What a result by columns is over ``members`` cohorts, and how many patients ``n`` each column has in them."""

    n: tuple[Envelope, ...]


@dataclass(frozen=True)
class SharesAcross:
    """The range of patients in each of C columns, and of their percentage out of those who could be."""

    n: tuple[Envelope, ...]
    percent: tuple[Envelope, ...]


@dataclass(frozen=True, eq=False)
class ColumnsAcross:
    """Who belongs to which of the C columns of a table, in each of ``members`` cohorts.

    ``cell`` (n,) is each patient's cohort and group, that of unknown level being the first of each cohort; -1 for whom
    the filter does not keep. ``made_of`` (G, C) says which groups each column consists of.
    """

    members: int
    cell: NDArray[np.int64]
    made_of: NDArray[np.int64]

    def counts(self, marked: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of ``marked`` (n,) over each column's patients in each cohort, (M, C)."""
        rows = np.flatnonzero((self.cell >= 0) & (marked != 0))
        weights = None if marked.dtype == np.bool_ else marked[rows]
        return self._of_groups(np.bincount(self.cell[rows], weights, self.members * len(self.made_of)))

    def sums(
        self, row: NDArray[np.int64], who: NDArray[np.int64], rows: int, weights: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Sums of ``weights`` (p,), or counts, of entries that belong to a ``row`` and a patient ``who``, (R, M, C)."""
        cells = self.members * len(self.made_of)
        own = self.cell[who]
        kept = own >= 0
        found = np.bincount(row[kept] * cells + own[kept], None if weights is None else weights[kept], rows * cells)
        summed: NDArray[np.float64] = found.reshape(rows, self.members, -1).astype(np.float64) @ self.made_of
        return summed

    def described(self, values: NDArray[np.float64]) -> tuple[StackedDistributions, ...]:
        """What ``values`` (n, V) are like in each column, over the cohorts, (M, V)."""
        group, cohort = self.cell % len(self.made_of), self.cell // len(self.made_of)
        own = (self.cell >= 0)[:, None] & (self.made_of > 0)[group]
        return tuple(
            stacked_distributions(values, np.where(inside, cohort, -1), self.members) for inside in own.T
        )  # fmt: skip

    @property
    def n(self) -> tuple[Envelope, ...]:
        """How many patients each column has."""
        return envelopes(self.counts(np.ones(len(self.cell), dtype=np.bool_)).astype(np.float64))

    def shares(self, mask: NDArray[np.bool_], of: NDArray[np.bool_] | None = None) -> SharesAcross:
        """In each column the patients for whom ``mask`` (n,) is true, out of those for whom ``of`` is (or all)."""
        everybody = np.ones(len(self.cell), dtype=np.bool_)
        return shares_across(self.counts(mask), self.counts(everybody if of is None else of))

    def of_names(
        self, named: dict[Level, NDArray[np.bool_]], concerned: NDArray[np.bool_], listed: Sequence[Level] = ()
    ) -> tuple[tuple[Level, SharesAcross], ...]:
        """The patients for whom each level is ``named``, out of the ``concerned`` (n,): those named in some cohort.

        Levels stand in the order ``listed``; those not listed follow, the most frequent first.
        """
        of = self.counts(concerned)
        counts = {level: self.counts(mask & concerned) for level, mask in named.items()}
        order = {level: i for i, level in enumerate(listed)}
        ranked = sorted(counts, key=lambda one: (order.get(one, len(order)), -int(counts[one][:, 0].sum()), one.word))
        return tuple((one, shares_across(counts[one], of)) for one in ranked if counts[one].any())

    def _of_groups(self, found: NDArray[np.int64] | NDArray[np.float64]) -> NDArray[np.int64]:
        counted: NDArray[np.int64] = found.reshape(self.members, -1).astype(np.int64) @ self.made_of
        return counted


def named_across(named: Sequence[tuple[Level, ...]]) -> dict[Level, NDArray[np.bool_]]:
    """For each level that is ``named`` for any patient, for whom it is, (n,)."""
    masks: dict[Level, NDArray[np.bool_]] = {}
    for i, levels in enumerate(named):
        for level in levels:
            masks.setdefault(level, np.zeros(len(named), dtype=np.bool_))[i] = True
    return masks


def shares_across(n: NDArray[np.int64], of: NDArray[np.int64]) -> SharesAcross:
    """The ranges of ``n`` patients, and of their percentage out of ``of``, (M, C) each."""
    return SharesAcross(envelopes(n.astype(np.float64)), envelopes(percent_of(n, of)))


def percent_of(
    n: NDArray[np.int64] | NDArray[np.float64], of: NDArray[np.int64] | NDArray[np.float64]
) -> NDArray[np.float64]:
    """The percentage that ``n`` are out of ``of``; not a number out of none."""
    percent: NDArray[np.float64] = np.divide(100.0 * n, of, out=np.full(n.shape, np.nan), where=of > 0)
    return percent


def columns_across(ensemble: Ensemble, chosen: Filter, by: Factor | None, shown: Columns) -> ColumnsAcross:
    """The columns of ``shown``, those by ``by`` of whom ``chosen`` keeps, in every cohort of ``ensemble``."""
    levels = by.levels if by is not None else ()
    parts = {level.id: (level.id,) for level in levels} | {
        whole.id: ids for whole, ids in (by.composites if by is not None else ())
    }
    made_of = np.zeros((len(levels) + 1, len(shown.groups)), dtype=np.int64)
    made_of[:, 0] = 1
    place = {level.id: k + 1 for k, level in enumerate(levels)}
    for c, group in enumerate(shown.groups[1:], start=1):
        made_of[[place[id_] for id_ in parts[group.id]], c] = 1
    codes = ensemble.stack.codes(by) if by is not None else np.full(ensemble.stack.n, -1, dtype=np.int64)
    cell = np.where(chosen.kept(ensemble.stack), ensemble.member * len(made_of) + codes + 1, -1)
    return ColumnsAcross(ensemble.n, cell, made_of)


def edges(
    times: NDArray[np.int64], curves: NDArray[np.float64], start: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Days from 0 and the least and most of all members' ``curves`` (T, K, M) from each on, (T + 1, K).

    On day 0 each is at ``start``. A curve that has ended counts no longer; where all have, not a number.
    """
    first = np.full((1, curves.shape[1]), start)
    least, most = (np.concatenate([first, outer.reduce(curves, axis=2)]) for outer in (np.fmin, np.fmax))
    return np.append(0, times), least, most
