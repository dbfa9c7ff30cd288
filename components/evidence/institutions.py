"""The hospitals that the patients come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.core.columns import Columns, columns
from data.cohort import Cohort
from data.entries import Factor


@dataclass(frozen=True, eq=False)
class Institutions:
    """Distinct institutions in each column; one that has patients in several columns counts in each of them."""

    columns: Columns
    counts: tuple[int, ...]

    def cell(self, column: str) -> int:
        """Institutions of the column of the group with this id; none where it has no patients."""
        ids = [group.id for group in self.columns.groups]
        return self.counts[ids.index(column)] if column in ids else 0


def institutions(cohort: Cohort, by: Factor | None = None) -> Institutions:
    """The institutions of ``cohort`` by the levels of ``by``; a patient without a recorded one counts for none."""
    shown = columns(cohort, by)
    if "institution" not in cohort.patients:
        return Institutions(shown, (0,) * len(shown.groups))
    names = cohort.patients["institution"]
    return Institutions(shown, tuple(int(names[np.asarray(inside)].nunique()) for inside in shown.members.T))
