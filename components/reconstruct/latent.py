"""How ill each patient is and stays, in standard units: what the laboratory values of one patient have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.schedule import day_column
from data.entries import Measure

WEIGHTS = (
    ("subtype", "CADM", 0.4),
    ("anti_mda5", "Positive", 0.5),
    ("ct_pattern", "DAD", 0.6),
    ("onset", "Acute/subacute", 0.2),
    ("oxygen", "Present", 0.6),
)
"""What the paper finds with a worse prognosis goes with worse laboratory values; the sizes are assumptions."""
DIED, PROGRESSED = 0.5, 0.3
"""Patients who will die or progress are, on average, worse from the start."""

MEMORY = 0.5
"""Correlation of the remaining deviations from one visit to the next."""
WORSENING = 0.7
"""Shift of the course from the day of progression on, in standard deviations."""


@dataclass(frozen=True)
class Standing:
    """Latent standing of n patients, larger = worse: the known ``severity`` (n,) and what they differ in by chance."""

    severity: NDArray[np.float64]
    common: NDArray[np.float64]
    progression: NDArray[np.float64]


def standing(people: pd.DataFrame, rng: np.random.Generator) -> Standing:
    """The standing of ``people`` (one row a patient, in this order)."""
    worse = np.zeros(len(people))
    for column, level, weight in WEIGHTS:
        if column in people:
            worse += weight * (people[column] == level).to_numpy(dtype=float)
    progression = day_column(people, "progression_day")
    worse += DIED * ~np.isnan(day_column(people, "death_day")) + PROGRESSED * ~np.isnan(progression)
    return Standing(worse - worse.mean(), rng.normal(size=len(people)), progression)


def direction(measure: Measure) -> int:
    """+1 where higher values are worse, -1 where lower ones are, by the side on which the normal range ends."""
    low, high = measure.normal
    return -1 if low is not None and high is None else 1


def level(state: Standing, rng: np.random.Generator, assumed: Assumptions = MIDDLE) -> NDArray[np.float64]:
    """Each patient's lasting standing in one variable, (n,), with mean 0 and standard deviation 1; larger = worse."""
    own = rng.normal(size=len(state.common))
    mixed = state.severity + assumed.common * state.common + np.sqrt(1 - assumed.common**2) * own
    return np.asarray((mixed - mixed.mean()) / mixed.std(), dtype=np.float64)


def within_groups(
    standing_in: NDArray[np.float64], group: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """``standing_in`` with the patients of a known group (code >= 0) ordered by group first, spaced as if drawn."""
    known = np.flatnonzero(group >= 0)
    order = known[np.lexsort((standing_in[known], group[known]))]
    scores = standing_in.copy()
    scores[order] = np.sort(rng.normal(size=len(order)))
    return scores


def course(
    lasting: NDArray[np.float64],
    state: Standing,
    days: NDArray[np.float64],
    rng: np.random.Generator,
    assumed: Assumptions = MIDDLE,
) -> NDArray[np.float64]:
    """Standing at each visit, (n, visits); ``days`` (n, visits) are the days of the visits, the first being day 0."""
    standing_at = np.empty(days.shape)
    standing_at[:, 0] = lasting
    deviation = rng.normal(size=len(lasting))
    for v in range(1, days.shape[1]):
        deviation = MEMORY * deviation + np.sqrt(1 - MEMORY**2) * rng.normal(size=len(lasting))
        shift = WORSENING * (state.progression <= days[:, v])
        standing_at[:, v] = assumed.persistence * lasting + np.sqrt(1 - assumed.persistence**2) * deviation + shift
    return standing_at
