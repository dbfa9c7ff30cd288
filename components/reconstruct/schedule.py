"""Which patient is seen at which visit, and on which day: the frame that laboratory courses and doses share."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.targets import Targets
from components.reconstruct.wanted import count
from data.entries import Visit
from data.variables import DICTIONARY

APART = (("fvc", "dlco"), ("ct_improved",))
SHIFTS = (-7, -6, -2, -1, 1, 2, 6, 7)
"""Measurements made on another day than the blood is taken, by department, and by how many days."""
COUNTED = "Outcome"
"""The visits' published counts are about the clinical outcome population."""
CLINICAL = ("Outcome", "Safety only")
"""Patients about whom anything was recorded after enrolment."""

JITTER = 0.12
"""Standard deviation of a visit's day about its nominal day, as a share of the window: most fall near the plan."""
FOUND_AT_VISIT = 0.7
"""Share of progressions inside a visit's window that were found on the very day of the visit."""
WORKING, WEEK = 5, 7
"""Treatment begins on one of the first five days of the week, and visits lie on them."""
IRREGULAR, STOPPED, LEAVING = 0.6, 1.5, 1.5
"""How much more a visit is missed by irregular patients, after the stop of tacrolimus, near the end of follow-up."""


def day_column(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of days or numbers as floats, not a number where blank (also when the column does not exist)."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(pd.to_numeric(frame[column].replace("", np.nan)), dtype=np.float64)


def visit_days(
    patients: pd.DataFrame,
    plan: pd.DataFrame,
    targets: Targets,
    rng: np.random.Generator,
    assumed: Assumptions = MIDDLE,
) -> pd.DataFrame:
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
    begun = rng.integers(0, WORKING, len(people))
    parts = []
    for visit in DICTIONARY.visits:
        there = last >= visit.first
        miss = irregular + STOPPED * (stop < visit.day) + LEAVING * (last < visit.day) + rng.normal(size=len(people))
        seen = there & ~_missing(there & counted, miss, visit, targets)
        day = _days(visit, last, progression, rng)
        if visit.day > 0:
            day = _on_working_days(day, begun, (visit.first, np.minimum(last, visit.last)), progression, assumed, rng)
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


def on_working_day(day: NDArray[np.int64], begun: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which days are no Saturday or Sunday in patients who began on the weekdays ``begun`` (0 = Monday)."""
    return np.asarray((day + begun) % WEEK < WORKING, dtype=np.bool_)


def _on_working_days(
    day: NDArray[np.int64],
    begun: NDArray[np.int64],
    window: tuple[int, NDArray[np.float64]],
    progression: NDArray[np.float64],
    assumed: Assumptions,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Days moved to each patient's own weekday, in a share of visits, or else off the weekend.

    A visit stays within its window, the follow-up and the same side of a progression; where it cannot, it stays.
    """
    found = day.copy()
    own = rng.random(len(day)) < assumed.weekday
    for shift in (0, 1, -1, 2, -2, 3, -3):
        moved = day + shift
        fits = (moved >= window[0]) & (moved <= window[1]) & ((progression <= moved) == (progression <= day))
        fits &= (progression != day) & np.where(own, moved % WEEK == 0, on_working_day(moved, begun))
        found = np.where(fits & (found == day) & ~_settled(day, begun, own), moved, found)
    return found


def _settled(day: NDArray[np.int64], begun: NDArray[np.int64], own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(np.where(own, day % WEEK == 0, on_working_day(day, begun)), dtype=np.bool_)


def on_days_of_their_own(
    rows: pd.DataFrame, patients: pd.DataFrame, assumed: Assumptions, rng: np.random.Generator
) -> pd.DataFrame:
    """``rows`` of measurements with lung function and imaging, at some later visits, on other days than the blood.

    They stay within the visit's window, the follow-up and the same side of a progression, a week away at most.
    """
    people = patients.set_index("patient")
    last, progression = (pd.to_numeric(people[key]) for key in ("last_day", "progression_day"))
    day = rows["day"].to_numpy().copy()
    for keys in APART:
        inside = rows["variable"].isin(keys) & (rows["day"] > 0)
        indices = rows[inside].groupby(["patient", "day"], sort=True).indices
        for (patient, on), index in cast("dict[tuple[str, int], NDArray[np.int64]]", indices).items():
            at = np.flatnonzero(inside.to_numpy())[index]
            to = int(on) + int(rng.choice(SHIFTS))
            visit = next(visit for visit in DICTIONARY.visits if visit.first <= on <= visit.last)
            fits = visit.first <= to <= min(visit.last, last[patient])
            if rng.random() < assumed.apart and fits and (progression[patient] <= to) == (progression[patient] <= on):
                day[at] = to
    return rows.assign(day=day)


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
