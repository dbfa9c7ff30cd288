"""Who was seen, and who was still followed, at each visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.columns import Columns, columns, positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.entries import Factor, Visit


@dataclass(frozen=True, eq=False)
class Attendance:
    """Patients ``seen`` (anything measured in the window) and still ``followed`` at each of V visits, (V, C) each."""

    columns: Columns
    visits: tuple[Visit, ...]
    seen: NDArray[np.int64]
    followed: NDArray[np.int64]

    def cell(self, visit: str, column: str) -> int:
        """Patients of ``column``, by id, seen at the visit so labelled. Raises KeyError for an unknown one."""
        labels = [entry.key for entry in self.visits]
        if visit not in labels:
            raise KeyError(visit)
        return int(self.seen[labels.index(visit), self.columns.index(column)])


def attendance_by_visit(cohort: Cohort, by: Factor | None = None) -> Attendance:
    """Patients seen and followed at each visit of the dictionary, by the levels of ``by``."""
    shown = columns(cohort, by)
    seen, followed = shown.counts(measured_at(cohort).T), shown.counts(followed_to(cohort).T)
    return Attendance(shown, cohort.dictionary.visits, seen, followed)


def measured_at(cohort: Cohort) -> NDArray[np.bool_]:
    """Whether anything of each patient was measured in each visit's window, (n, V)."""
    rows = cohort.by_visit
    slots = {visit.key: v for v, visit in enumerate(cohort.dictionary.visits)}
    patient = positions(cohort, rows["patient"])
    visit = rows["visit"].map(slots).to_numpy(dtype=np.int64)
    measured = np.zeros((cohort.n, len(slots)), dtype=bool)
    measured[patient[patient >= 0], visit[patient >= 0]] = True
    return measured


def followed_to(cohort: Cohort) -> NDArray[np.bool_]:
    """Whether each patient was followed into each visit's window, or beyond it, (n, V)."""
    first = np.array([visit.first for visit in cohort.dictionary.visits])
    followed: NDArray[np.bool_] = cohort.last_days[:, None] >= first
    return followed
