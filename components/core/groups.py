"""The patients of a cohort divided by the levels of a factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.dictionary import Factor

ALL = "All patients"


@dataclass(frozen=True, eq=False)
class Groups:
    """Each patient's group as a position in ``labels`` (-1: level not known), and which group is the reference.

    Only levels with patients are groups; ``empty`` names the others, ``levels`` all of them in the dictionary's
    order, and ``unknown`` counts patients without a level.
    """

    title: str
    labels: tuple[str, ...]
    codes: NDArray[np.int64]
    reference: int
    unknown: int = 0
    empty: tuple[str, ...] = ()
    missing_label: str = ""
    levels: tuple[str, ...] = (ALL,)

    @property
    def n(self) -> tuple[int, ...]:
        """Patients in each group."""
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.labels))
        return tuple(int(count) for count in counts)


def groups(cohort: Cohort, factor: Factor | None = None) -> Groups:
    """The groups of ``cohort`` by ``factor``; without a factor, all patients as one group.

    The reference is the factor's own where it has patients, otherwise the first level that has.
    """
    if factor is None:
        everyone: tuple[str, ...] = (ALL,) if cohort.n else ()
        return Groups("", everyone, np.zeros(cohort.n, dtype=np.int64), 0)
    codes = cohort.codes(factor)
    present = [k for k in range(len(factor.levels)) if (codes == k).any()]
    position = np.full(len(factor.levels) + 1, -1, dtype=np.int64)
    position[present] = np.arange(len(present))
    labels = tuple(factor.levels[k] for k in present)
    empty = tuple(level for level in factor.levels if level not in labels)
    reference = labels.index(factor.reference) if factor.reference in labels else 0
    unknown = int((codes < 0).sum())
    return Groups(factor.label, labels, position[codes], reference, unknown, empty, factor.missing, factor.levels)
