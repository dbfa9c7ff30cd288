"""The reactions as they were reported: the rows behind every count."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet
from components.core.columns import positions
from data.cohort import Cohort


@dataclass(frozen=True)
class Report:
    """One reported reaction: who had it, when, and how it ended; ``day`` is None where it is not recorded.

    ``category`` and ``outcome`` are labels, ``term`` is what the file writes.
    """

    patient: str
    day: int | None
    category: str
    term: str
    serious: bool
    outcome: str


@dataclass(frozen=True, eq=False)
class Reports:
    """The reactions reported of the patients ``analysed``, whether any or none."""

    rows: tuple[Report, ...]
    analysed: AnalysisSet


@dataclass(frozen=True, eq=False)
class ReactionRecords:
    """The columns of reactions.csv, (m,) each, with the patient's ``position`` and the pooled term, ``counted``."""

    position: NDArray[np.int64]
    day: NDArray[np.float64]
    serious: NDArray[np.bool_]
    category: NDArray[np.object_]
    term: NDArray[np.object_]
    counted: NDArray[np.object_]
    outcome: NDArray[np.object_]

    def where(self, kept: NDArray[np.bool_]) -> ReactionRecords:
        """The rows for which ``kept`` (m,) is true."""
        return ReactionRecords(*(getattr(self, field.name)[kept] for field in fields(self)))

    def matching(self, category: str = "", term: str = "", *, serious: bool = False) -> ReactionRecords:
        """The rows with the category, the pooled term and the gravity asked for; blank for any."""
        kept = self.serious | (not serious)
        for asked, column in ((category, self.category), (term, self.counted)):
            if asked:
                kept = kept & (column == asked)
        return self.where(kept)


def reaction_rows(cohort: Cohort, category: str = "", term: str = "", *, serious: bool = False) -> tuple[Report, ...]:
    """The reactions behind a count, the earliest first; blank for any category or term, ``serious`` for those only.

    ``term`` is one of the table's; each report keeps the term it was filed under.
    """
    kept = reaction_records(cohort).matching(category, term, serious=serious)
    names = cohort.names.to_numpy()[kept.position]
    shown = map(cohort.dictionary.category_label, kept.category)
    rows = zip(names, kept.day, shown, kept.term, kept.serious.tolist(), kept.outcome, strict=True)
    reports = [
        Report(
            name,
            None if np.isnan(day) else int(day),
            group,
            filed_as,
            grave,
            cohort.dictionary.outcome(end).label if isinstance(end, str) else "",
        )
        for name, day, group, filed_as, grave, end in rows
    ]
    return tuple(sorted(reports, key=lambda report: (report.day is None, report.day or 0, report.patient)))


def first_days(cohort: Cohort, category: str = "", term: str = "", *, serious: bool = False) -> NDArray[np.float64]:
    """The day of each patient's first such reaction, (n,); not a number for those without one whose day is known."""
    days = np.full(cohort.n, np.nan)
    kept = reaction_records(cohort).matching(category, term, serious=serious)
    np.fmin.at(days, kept.position, kept.day)
    return days


def reaction_records(cohort: Cohort) -> ReactionRecords:
    """Every reaction of a patient of ``cohort``; terms the dictionary pools count as one within their category."""
    table = cohort.reactions
    pooled = {(group.category, term): group.word for group in cohort.dictionary.term_groups for term in group.terms}
    category, term, outcome = (table[key].to_numpy(dtype=object) for key in ("category", "term", "outcome"))
    counted = np.empty(len(table), dtype=object)
    counted[:] = [pooled.get(key, key[1]) for key in zip(category, term, strict=True)]
    everything = ReactionRecords(
        position=positions(cohort, table["patient"]),
        day=table["day"].to_numpy(dtype=float),
        serious=table["serious"].to_numpy(dtype=object) == "Yes",
        category=category,
        term=term,
        counted=counted,
        outcome=outcome,
    )
    return everything.where(everything.position >= 0)
