"""The patients of a cohort divided by the levels of a factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.levels import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.counted import Counted
    from data.entries import Factor

ALL = "all"
"""The id of the group of all patients."""

EVERYBODY = Level(ALL, "All patients")


@dataclass(frozen=True)
class OfGroup:
    """What is known of one group."""

    group: Level

    @property
    def label(self) -> str:
        """How the group is shown."""
        return self.group.label


@dataclass(frozen=True, eq=False)
class Groups:
    """Each patient's group as a position in ``present`` (-1: level not known), and which group is the reference.

    Only levels with patients are groups; ``empty`` are the others, ``levels`` all of them in the dictionary's order,
    and ``unknown`` counts patients without a level. ``key`` is that of the factor, blank for all patients as one group.
    ``codes`` has a row a patient, or with ``weights`` a row for so many.
    """

    key: str
    title: str
    present: tuple[Level, ...]
    codes: NDArray[np.int64]
    reference: int
    unknown: int = 0
    empty: tuple[Level, ...] = ()
    missing_label: str = ""
    levels: tuple[Level, ...] = (EVERYBODY,)
    weights: NDArray[np.int64] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """How each group is shown."""
        return tuple(level.label for level in self.present)

    @property
    def n(self) -> tuple[int, ...]:
        """Patients in each group."""
        known = self.codes >= 0
        weights = None if self.weights is None else self.weights[known]
        counts = np.bincount(self.codes[known], weights, len(self.present))
        return tuple(int(count) for count in counts)


def patients_of(rows: NDArray[np.bool_], weights: NDArray[np.int64] | None) -> int:
    """How many patients the ``rows`` (R,) stand for, each for one or for its weight."""
    return int(rows.sum() if weights is None else weights[rows].sum())


def groups(cohort: Cohort | Counted, factor: Factor | None = None) -> Groups:
    """The groups of ``cohort`` by ``factor``; without a factor, all patients as one group.

    The reference is the factor's own where it has patients, otherwise the first level that has.
    """
    if factor is None:
        everyone = (EVERYBODY,) if cohort.n else ()
        return Groups("", "", everyone, np.zeros(cohort.rows, dtype=np.int64), 0, weights=cohort.weights)
    codes = cohort.codes(factor)
    present = [k for k in range(len(factor.levels)) if (codes == k).any()]
    position = np.full(len(factor.levels) + 1, -1, dtype=np.int64)
    position[present] = np.arange(len(present))
    found = tuple(factor.levels[k] for k in present)
    empty = tuple(level for k, level in enumerate(factor.levels) if k not in present)
    reference = present.index(factor.base) if factor.base in present else 0
    return Groups(
        factor.key,
        factor.label,
        found,
        position[codes],
        reference,
        patients_of(codes < 0, cohort.weights),
        empty,
        factor.missing.label,
        factor.levels,
        cohort.weights,
    )
