"""Deaths and their causes; one patient may have several causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.analysis_set import AnalysisSet
from components.core.columns import Columns, Share, columns
from components.core.tally import LabelCounts, label_counts
from data.levels import level_of

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.dictionary import Dictionary
    from data.entries import Factor
    from data.levels import Level

SEPARATOR = ";"
"""Stands between the causes of one death in the column ``cause_of_death``."""


@dataclass(frozen=True)
class Death:
    """Who died when, of what; no causes where none is recorded."""

    patient: str
    day: int
    causes: tuple[Level, ...]


@dataclass(frozen=True, eq=False)
class Deaths:
    """Deaths on any day: ``died`` per column, the causes among the dead, and every death, the earliest first."""

    columns: Columns
    died: tuple[Share, ...]
    causes: LabelCounts
    rows: tuple[Death, ...]

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody, as in the column of all patients."""
        return self.columns.analysed

    def cell(self, cause: str, column: str) -> Share:
        """Patients who died with ``cause`` among theirs, out of the dead; nobody for a cause that does not occur."""
        return self.causes.share(cause, self.columns.index(column))


def deaths(cohort: Cohort, by: Factor | None = None) -> Deaths:
    """The deaths of ``cohort`` by the levels of ``by``, whenever they happened."""
    patients = cohort.patients
    died = patients["death_day"].notna().to_numpy(dtype=bool)
    named = causes_by_patient(cohort)
    shown = columns(cohort, by)
    rows = [
        Death(str(patient), int(day), causes)
        for patient, day, causes, dead in zip(patients["patient"], patients["death_day"], named, died, strict=True)
        if dead
    ]
    return Deaths(
        columns=shown,
        died=shown.shares(died),
        causes=label_counts(shown, named, died),
        rows=tuple(sorted(rows, key=lambda death: (death.day, death.patient))),
    )


def causes_by_patient(cohort: Cohort) -> list[tuple[Level, ...]]:
    """The causes of each patient's death, (n,); none where none is recorded, or who lives."""
    patients = cohort.patients
    texts = patients["cause_of_death"].tolist() if "cause_of_death" in patients else [""] * cohort.n
    return [_causes(text, cohort.dictionary) for text in texts]


def _causes(text: object, dictionary: Dictionary) -> tuple[Level, ...]:
    parts = text.split(SEPARATOR) if isinstance(text, str) else []
    return tuple(level_of(part.strip(), dictionary.causes_of_death) for part in parts if part.strip())
