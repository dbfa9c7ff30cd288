"""What a cohort holds: how many patients of which population, what is recorded of how many, and how they fared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.core.estimate import Estimate
from components.survival.analysis import median_follow_up
from data.cohort import Cohort
from data.entries import Endpoint, Factor, Measure, Number, Population
from data.levels import Level
from data.recorded import lacks, with_recorded_variables


@dataclass(frozen=True)
class Recorded:
    """An entry of the dictionary, the patients of whom it is recorded, and how many values there are in all."""

    entry: Factor | Number | Measure
    patients: int
    values: int


@dataclass(frozen=True, eq=False)
class Contents:
    """``recorded`` lists every factor, number and measure that files give, also those of which nothing is there.

    ``events`` are counted in the last population, which is followed for outcomes; so is ``follow_up``. ``missing`` are
    the endpoints of which nothing is there. ``reactions``
    and ``drugs`` (drug: patients with a record of it) are counted in all patients.
    """

    n: int
    populations: tuple[tuple[Population, int], ...]
    events: tuple[tuple[Endpoint, int], ...]
    follow_up: Estimate
    recorded: tuple[Recorded, ...]
    reactions: int
    reacting: int
    drugs: tuple[tuple[Level, int], ...]
    missing: tuple[Endpoint, ...] = ()

    def of(self, *kinds: type[Factor | Number | Measure], found: bool = True) -> tuple[Recorded, ...]:
        """The entries of these kinds that are recorded of somebody, or of nobody."""
        return tuple(one for one in self.recorded if isinstance(one.entry, kinds) and bool(one.values) is found)


def contents(cohort: Cohort) -> Contents:
    """Everything there is in ``cohort``; what is worked out from something else is not counted again."""
    words = cohort.dictionary
    entries: tuple[Factor | Number | Measure, ...] = (*words.factors, *words.numbers, *words.measures)
    followed = cohort.of_population(words.populations[-1].key)
    missing = tuple(entry for entry in words.endpoints if lacks(cohort, entry))
    drugs = (
        cohort.treatments.groupby("drug", sort=False)["patient"].nunique().sort_values(ascending=False, kind="stable")
    )
    return Contents(
        cohort.n,
        tuple((entry, cohort.of_population(entry.key).n) for entry in words.populations),
        tuple((entry, int(followed.time_to(entry)[1].sum())) for entry in words.endpoints if entry not in missing),
        median_follow_up(with_recorded_variables(followed)),
        tuple(_recorded(cohort, entry) for entry in entries if _given(entry)),
        len(cohort.reactions),
        int(cohort.reactions["patient"].nunique()),
        tuple((words.drug(str(drug)), int(n)) for drug, n in drugs.items()),
        (*missing, *(entry for entry in words.not_recorded if isinstance(entry, Endpoint))),
    )


def _given(entry: Factor | Number | Measure) -> bool:
    return isinstance(entry, Number) or not entry.derived


def _recorded(cohort: Cohort, entry: Factor | Number | Measure) -> Recorded:
    if isinstance(entry, Measure):
        rows = cohort.measured(entry.key)
        return Recorded(entry, int(rows["patient"].nunique()), len(rows))
    known = cohort.codes(entry) >= 0 if isinstance(entry, Factor) else ~np.isnan(_numbers(cohort, entry))
    return Recorded(entry, int(known.sum()), int(known.sum()))


def _numbers(cohort: Cohort, entry: Number) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return cohort.numbers(entry.key)
