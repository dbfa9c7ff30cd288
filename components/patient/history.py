"""One patient: what is known of the start, and everything that happened since, by day."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from components.core.analysis_set import AnalysisSet, Exclusion, Why, analysis_set
from components.safety.deaths import deaths
from components.safety.reported import Report, reaction_rows
from data.cohort import Cohort
from data.entries import STOP_DAY, Factor, Measure, Number
from data.levels import Level, level_of


@dataclass(frozen=True, eq=False)
class Measured:
    """Every value of one measurement in order of the days, (m,) each."""

    measure: Measure
    days: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """A change of treatment on a day, with every reason given for it."""

    day: int
    drug: Level
    action: Level
    reasons: tuple[Level, ...]


@dataclass(frozen=True, eq=False)
class History:
    """A patient's numbers and levels at the start (what is recorded), and what followed; days are None where unknown.

    ``courses`` holds the measurements with any value; where a derived dose has values, the dose it is made of is left
    out.
    """

    patient: str
    numbers: tuple[tuple[Number, float], ...]
    levels: tuple[tuple[Factor, Level], ...]
    courses: tuple[Measured, ...]
    reports: tuple[Report, ...]
    changes: tuple[Change, ...]
    progression_day: int | None
    stop_day: int | None
    death_day: int | None
    causes: tuple[Level, ...]
    last_day: int
    analysed: AnalysisSet

    def number(self, key: str) -> float | None:
        """The number under ``key``, None where it is not recorded."""
        return next((value for entry, value in self.numbers if entry.key == key), None)

    def level(self, key: str) -> Level | None:
        """The level of the factor under ``key``, None where it is not recorded."""
        return next((level for entry, level in self.levels if entry.key == key), None)


def history(cohort: Cohort, patient: str) -> History:
    """All that ``cohort`` holds of ``patient``. Raises KeyError for somebody who is not in it."""
    mask = (cohort.names == patient).to_numpy(dtype=bool)
    if not mask.any():
        raise KeyError(patient)
    one = cohort.where(mask)
    row = one.patients.iloc[0]
    numbers = [(entry, float(row[entry.key])) for entry in one.dictionary.numbers]
    coded = [(factor, int(one.codes(factor)[0])) for factor in one.dictionary.factors if not factor.post_baseline]
    died = deaths(one).rows
    return History(
        patient=patient,
        numbers=tuple((entry, value) for entry, value in numbers if not isnan(value)),
        levels=tuple((factor, factor.levels[code]) for factor, code in coded if code >= 0),
        courses=_courses(one),
        reports=reaction_rows(one),
        changes=_changes(one),
        progression_day=_day(one, "progression_day"),
        stop_day=_day(one, STOP_DAY),
        death_day=_day(one, "death_day"),
        causes=died[0].causes if died else (),
        last_day=int(one.last_days[0]),
        analysed=analysis_set(cohort, ((~mask, Exclusion(Why.NOT_CHOSEN)),)),
    )


def _day(one: Cohort, column: str) -> int | None:
    value = float(one.numbers(column)[0])
    return None if isnan(value) else int(value)


def _courses(one: Cohort) -> tuple[Measured, ...]:
    rows = one.measurements.sort_values("day", kind="stable")
    found = []
    for measure in one.dictionary.measures:
        own = rows[(rows["variable"] == measure.key).to_numpy()]
        if len(own):
            days, values = own["day"].to_numpy(dtype=np.int64), own["value"].to_numpy(dtype=np.float64)
            found.append(Measured(measure, days, values))
    replaced = {course.measure.source for course in found if course.measure.derived}
    return tuple(course for course in found if course.measure.key not in replaced)


def _changes(one: Cohort) -> tuple[Change, ...]:
    table = one.treatments
    reasons: dict[tuple[int, str, str], list[Level]] = {}
    for day, drug, action, reason in zip(table["day"], table["drug"], table["action"], table["reason"], strict=True):
        if isnan(float(day)):
            continue
        named = reasons.setdefault((int(day), str(drug), str(action)), [])
        if isinstance(reason, str) and (level := level_of(reason, one.dictionary.stop_reasons)) not in named:
            named.append(level)
    words = one.dictionary
    order = sorted(reasons, key=lambda change: (change[1] != words.study_drug.word, change))
    return tuple(
        Change(day, words.drug(drug), words.action(action), tuple(reasons[day, drug, action]))
        for day, drug, action in order
    )
