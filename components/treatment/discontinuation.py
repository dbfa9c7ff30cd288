"""Patients who stopped the drug studied: how many, after how long, and why; one patient may have several reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from components.core.analysis_set import AnalysisSet
from components.core.columns import Columns, Share, columns
from components.core.method import PAPER, Method
from components.core.procedure import Procedure, listed
from components.core.summary import DESCRIPTION, Summary, summary
from components.core.tally import LabelCounts, label_counts
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.entries import STOP_DAY, Factor
from data.levels import STOP, Level, level_of


@dataclass(frozen=True)
class Stop:
    """Who stopped when, and every reason given for that day."""

    patient: str
    day: int
    reasons: tuple[Level, ...]


@dataclass(frozen=True, eq=False)
class Discontinuation:
    """Stops on any day: per column who ``stopped`` and the days of therapy until then; the reasons; every stop.

    ``no_decision`` counts the stops for which nothing but such a reason is given (loss to follow-up, death), by the
    first of them in the dictionary's order.
    """

    columns: Columns
    stopped: tuple[Share, ...]
    duration: tuple[Summary, ...]
    reasons: LabelCounts
    rows: tuple[Stop, ...]
    no_decision: tuple[tuple[Level, int], ...] = ()

    @property
    def analysed(self) -> AnalysisSet:
        """Everybody, as in the column of all patients."""
        return self.columns.analysed

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the days of therapy were described with."""
        return listed((DESCRIPTION, any(duration.n for duration in self.duration)))

    def cell(self, reason: str, column: str) -> Share:
        """Patients who stopped with ``reason`` among theirs, out of those who stopped."""
        return self.reasons.share(reason, self.columns.index(column))


def discontinuation(cohort: Cohort, by: Factor | None = None, method: Method = PAPER) -> Discontinuation:
    """Who of ``cohort`` stopped the drug studied for the first time, whenever it was, by the levels of ``by``."""
    shown = columns(cohort, by)
    days = cohort.numbers(STOP_DAY)
    rows = stops(cohort)
    named = _by_patient(cohort, rows)
    stopped = ~np.isnan(cohort.numbers(STOP_DAY))
    return Discontinuation(
        columns=shown,
        stopped=shown.shares(stopped),
        duration=tuple(summary(days[stopped & own], method) for own in shown.members.T),
        reasons=label_counts(shown, named, stopped, cohort.dictionary.stop_reasons),
        rows=rows,
        no_decision=_no_decision(rows, cohort.dictionary),
    )


def reasons_by_patient(cohort: Cohort) -> list[tuple[Level, ...]]:
    """The reasons why each patient first stopped the drug studied, (n,); none of who did not."""
    return _by_patient(cohort, stops(cohort))


def _by_patient(cohort: Cohort, rows: tuple[Stop, ...]) -> list[tuple[Level, ...]]:
    reasons = {stop.patient: stop.reasons for stop in rows}
    return [reasons.get(str(patient), ()) for patient in cohort.names]


def _no_decision(rows: tuple[Stop, ...], dictionary: Dictionary) -> tuple[tuple[Level, int], ...]:
    by_id = {reason.id: reason for reason in dictionary.stop_reasons}
    asked = [by_id[id_] for id_ in dictionary.no_decision]
    alone = [row.reasons for row in rows if row.reasons and set(row.reasons) <= set(asked)]
    first = Counter(next(reason for reason in asked if reason in given) for given in alone)
    return tuple((reason, first[reason]) for reason in asked if first[reason])


def stops(cohort: Cohort) -> tuple[Stop, ...]:
    """The first time each patient stopped the drug studied, the earliest first."""
    table = cohort.treatments
    taken = table[(table["drug"] == cohort.dictionary.study_drug.word) & (table["action"] == STOP.word)]
    taken = taken[taken["patient"].isin(cohort.names) & taken["day"].notna()]
    first: dict[str, int] = {}
    reasons: dict[str, list[Level]] = {}
    for patient, day, reason in zip(taken["patient"], taken["day"], taken["reason"], strict=True):
        if day < first.get(patient, day + 1):
            first[patient], reasons[patient] = int(day), []
        if day == first[patient] and isinstance(reason, str):
            level = level_of(reason, cohort.dictionary.stop_reasons)
            reasons[patient] += [level] if level not in reasons[patient] else []
    rows = (Stop(str(patient), day, tuple(reasons[patient])) for patient, day in first.items())
    return tuple(sorted(rows, key=lambda stop: (stop.day, stop.patient)))
