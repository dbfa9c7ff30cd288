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


@dataclass(frozen=True)
class LabelCount:
    """In each column the patients for whom ``label`` is named, out of those concerned; they overlap between labels."""

    label: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class LabelCounts:
    """What is named, each patient counted once a label.

    Per column: the patients ``concerned``, those for whom nothing is named, and those for whom ``several`` labels are.
    """

    labels: tuple[LabelCount, ...]
    concerned: tuple[int, ...]
    unnamed: tuple[int, ...]
    several: tuple[int, ...]

    def share(self, label: str, column: int) -> Share:
        """The patients with ``label`` in ``column``; nobody for a label that is not named."""
        for label_count in self.labels:
            if label_count.label == label:
                return label_count.shares[column]
        return Share(0, self.concerned[column])


def label_counts(
    columns: Columns, named: Sequence[tuple[str, ...]], concerned: NDArray[np.bool_], listed: Sequence[str] = ()
) -> LabelCounts:
    """The labels ``named`` for each patient (n,), counted among the ``concerned`` (n,).

    Labels stand in the order ``listed``; those not listed follow, the most frequent first.
    """
    sets = [set(names) if who else set() for names, who in zip(named, concerned, strict=True)]
    labels = dict.fromkeys((*listed, *sorted(set().union(*sets))))
    masks = {label: np.array([label in names for names in sets], dtype=bool) for label in labels}
    order = {label: i for i, label in enumerate(listed)}
    ranked = sorted(masks, key=lambda label: (order.get(label, len(order)), -int(masks[label].sum()), label))
    times = np.array([len(names) for names in sets], dtype=np.int64)
    return LabelCounts(
        tuple(LabelCount(label, columns.shares(masks[label], concerned)) for label in ranked),
        *(
            tuple(int(count) for count in columns.counts(mask))
            for mask in (concerned, concerned & (times == 0), concerned & (times > 1))
        ),
    )
