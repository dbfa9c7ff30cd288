"""Counts of what may be named several times for one patient: causes of death, reasons to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.columns import Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from components.core.columns import Columns
    from data.levels import Level


@dataclass(frozen=True)
class LabelCount:
    """In each column the patients for whom ``level`` is named, out of those concerned; they overlap between levels."""

    level: Level
    shares: tuple[Share, ...]

    @property
    def label(self) -> str:
        """How what is named is shown."""
        return self.level.label


@dataclass(frozen=True)
class LabelCounts:
    """What is named, each patient counted once a label.

    Per column: the patients ``concerned``, those for whom nothing is named, and those for whom ``several`` labels are.
    """

    labels: tuple[LabelCount, ...]
    concerned: tuple[int, ...]
    unnamed: tuple[int, ...]
    several: tuple[int, ...]

    def share(self, word: str, column: int) -> Share:
        """The patients for whom files write ``word``, in ``column``; nobody for one that is not named."""
        for label_count in self.labels:
            if label_count.level.word == word:
                return label_count.shares[column]
        return Share(0, self.concerned[column])


def label_counts(
    columns: Columns, named: Sequence[tuple[Level, ...]], concerned: NDArray[np.bool_], listed: Sequence[Level] = ()
) -> LabelCounts:
    """What is ``named`` for each patient (n,), counted among the ``concerned`` (n,).

    Levels stand in the order ``listed``; those not listed follow, the most frequent first.
    """
    sets: list[set[Level]] = [set(names) if who else set() for names, who in zip(named, concerned, strict=True)]
    order = {level: i for i, level in enumerate(listed)}
    masks = {level: np.array([level in names for names in sets], dtype=bool) for level in set(order).union(*sets)}
    ranked = sorted(masks, key=lambda level: (order.get(level, len(order)), -int(masks[level].sum()), level.word))
    times = np.array([len(names) for names in sets], dtype=np.int64)
    return LabelCounts(
        tuple(LabelCount(level, columns.shares(masks[level], concerned)) for level in ranked),
        *(
            tuple(int(count) for count in columns.counts(mask))
            for mask in (concerned, concerned & (times == 0), concerned & (times > 1))
        ),
    )
