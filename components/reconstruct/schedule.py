"""Which patient is seen at which visit, and on which day: the frame that laboratory courses and doses share."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct.targets import Targets
from components.reconstruct.wanted import count
from data.dictionary import Visit
from data.variables import DICTIONARY

COUNTED = "Outcome"
"""The visits' published counts are about the clinical outcome population."""
CLINICAL = ("Outcome", "Safety only")
"""Patients about whom anything was recorded after enrolment."""

JITTER = 0.12
"""Standard deviation of a visit's day about its nominal day, as a share of the window: most fall near the plan."""
FOUND_AT_VISIT = 0.7
"""Share of progressions inside a visit's window that were found on the very day of the visit."""
IRREGULAR, STOPPED, LEAVING = 0.6, 1.5, 1.5
"""How much more a visit is missed by irregular patients, after the stop of tacrolimus, near the end of follow-up."""


def day_column(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of days or numbers as floats, not a number where blank (also when the column does not exist)."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(pd.to_numeric(frame[column].replace("", np.nan)), dtype=np.float64)


def visit_days(patients: pd.DataFrame, plan: pd.DataFrame, targets: Targets, rng: np.random.Generator) -> pd.DataFrame:
    """One row a patient and visit at which the patient was seen: columns patient, visit, day.

    As many patients of the outcome population are seen at each visit as the paper counts; those who miss one are, by
    preference, irregular comers, near the end of their follow-up, or have stopped tacrolimus. Raises ValueError when
    fewer patients than counted are still followed in a visit's window.
    """
    people = patients[patients["population"].isin(CLINICAL)].reset_index(drop=True)
    last = day_column(people, "last_day")
    progression = day_column(people, "progression_day")
    stop = day_column(plan.set_index("patient").reindex(people["patient"]), "stop_day")
    counted = (people["population"] == COUNTED).to_numpy()
    irregular = rng.normal(size=len(people)) * IRREGULAR
    parts = []
    for visit in DICTIONARY.visits:
        there = last >= visit.first
        miss = irregular + STOPPED * (stop < visit.day) + LEAVING * (last < visit.day) + rng.normal(size=len(people))
        seen = there & ~_missing(there & counted, miss, visit, targets)
        day = _days(visit, last, progression, rng)
        parts.append(pd.DataFrame({"patient": people["patient"], "visit": visit.label, "day": day})[seen])
    return pd.concat(parts, ignore_index=True)


def _missing(there: NDArray[np.bool_], miss: NDArray[np.float64], visit: Visit, targets: Targets) -> NDArray[np.bool_]:
    n = count(targets, "seen", visit=visit.label)
    absent = np.zeros(len(there), dtype=np.bool_)
    if n is None:
        return absent
    surplus = int(there.sum()) - n
    if surplus < 0:
        raise ValueError(f"{visit.label}: {n} patients were seen but only {there.sum()} are still followed")
    absent[np.argsort(np.where(there, -miss, np.inf), kind="stable")[:surplus]] = True
    return absent


def _days(
    visit: Visit, last: NDArray[np.float64], progression: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    first = max(visit.first, 0)  # a baseline value may be older than the start of treatment; here all are of day 0
    latest = np.minimum(last, visit.last)
    day = np.minimum(visit.day, latest) + rng.normal(size=len(last)) * JITTER * (visit.last - first)
    found = (progression >= first) & (progression <= latest) & (rng.random(len(last)) < FOUND_AT_VISIT)
    return np.clip(np.rint(np.where(found, progression, day)), first, np.maximum(latest, first)).astype(np.int64)


def day_matrix(days: pd.DataFrame, people: pd.DataFrame) -> NDArray[np.float64]:
    """The day of each patient's visits, (n, visits) in the order of ``people``; not a number where not seen."""
    wide = days.pivot_table(index="patient", columns="visit", values="day").reindex(people["patient"])
    return wide.reindex(columns=[visit.label for visit in DICTIONARY.visits]).to_numpy(dtype=float)


def measurement_rows(
    people: pd.DataFrame, days: NDArray[np.float64], key: str, values: NDArray[np.float64]
) -> pd.DataFrame:
    """Values (n, visits) on their days as rows patient, day, variable, value; those that are not a number left out."""
    patient, visit = np.nonzero(~np.isnan(values))
    return pd.DataFrame(
        {
            "patient": people["patient"].to_numpy()[patient],
            "day": days[patient, visit].astype(np.int64),
            "variable": key,
            "value": values[patient, visit],
        }
    )
