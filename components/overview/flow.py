"""From enrolment to the last visit: how many patients remain at each step, and who left when and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.core.analysis_set import AnalysisSet, analysis_set
from components.courses.attendance import followed_to, measured_at
from components.treatment.discontinuation import stops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.entries import Population, Visit
    from data.levels import Level


@dataclass(frozen=True)
class PopulationStep:
    """An analysis population, and the patients of the step before who do not belong to it."""

    population: Population
    n: int
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Departure:
    """The end of one patient's follow-up, with the reasons recorded for stopping the drug (none: not recorded)."""

    patient: str
    day: int
    died: bool
    reasons: tuple[Level, ...]


@dataclass(frozen=True)
class VisitStep:
    """A visit: ``departures`` since the step before, patients still ``followed`` into the window, and those ``seen``.

    What the step before followed is ``followed + died + left``.
    """

    visit: Visit
    departures: tuple[Departure, ...]
    followed: int
    seen: int

    @property
    def missed(self) -> int:
        """Patients still followed of whom nothing was measured in the window."""
        return self.followed - self.seen

    @property
    def died(self) -> int:
        """Deaths since the step before."""
        return sum(departure.died for departure in self.departures)

    @property
    def left(self) -> int:
        """Patients who left alive since the step before."""
        return len(self.departures) - self.died

    @property
    def reasons(self) -> tuple[tuple[tuple[Level, ...], int], ...]:
        """Why those who left alive had stopped: each combination of reasons with its patients, the largest first."""
        return _combinations(self.departures)


@dataclass(frozen=True)
class Flow:
    """The steps of the populations, then of the visits of the last population, then those who departed after them."""

    populations: tuple[PopulationStep, ...]
    visits: tuple[VisitStep, ...]
    after: tuple[Departure, ...]
    analysed: AnalysisSet


def flow(cohort: Cohort) -> Flow:
    """The flow of ``cohort``, which should still hold every enrolled patient.

    ``after`` holds the ends of follow-up past the start of the last visit's window: deaths, and the end of observation.
    """
    populations = cohort.dictionary.populations
    last = cohort.of_population(populations[-1].key)
    departures = _departures(last)
    followed = followed_to(last)
    seen = measured_at(last) & followed
    steps, before = [], np.ones(last.n, dtype=bool)
    for v, visit in enumerate(cohort.dictionary.visits):
        gone = before & ~followed[:, v]
        steps.append(VisitStep(visit, _chosen(departures, gone), int(followed[:, v].sum()), int(seen[:, v].sum())))
        before = followed[:, v]
    return Flow(_population_steps(cohort), tuple(steps), _chosen(departures, before), analysis_set(cohort))


def _population_steps(cohort: Cohort) -> tuple[PopulationStep, ...]:
    of = cohort.patients["population"]
    names = cohort.names
    steps, before = [], np.ones(cohort.n, dtype=bool)
    for population in cohort.dictionary.populations:
        inside = of.isin(population.members).to_numpy(dtype=bool)
        left_out = tuple(str(patient) for patient in names[before & ~inside])
        steps.append(PopulationStep(population, int(inside.sum()), left_out))
        before = inside
    return tuple(steps)


def _departures(cohort: Cohort) -> list[Departure]:
    """The end of every patient's follow-up, in the order of the patients."""
    patients = cohort.patients
    reasons = {stop.patient: stop.reasons for stop in stops(cohort)}
    died = patients["death_day"].notna()
    rows = zip(patients["patient"], cohort.last_days.tolist(), died, strict=True)
    return [Departure(str(name), day, bool(dead), reasons.get(str(name), ())) for name, day, dead in rows]


def _chosen(departures: Sequence[Departure], mask: NDArray[np.bool_]) -> tuple[Departure, ...]:
    chosen = [departure for departure, wanted in zip(departures, mask, strict=True) if wanted]
    return tuple(sorted(chosen, key=lambda departure: (departure.day, departure.patient)))


def _combinations(departures: Sequence[Departure]) -> tuple[tuple[tuple[Level, ...], int], ...]:
    counted = Counter(departure.reasons for departure in departures if not departure.died)
    return tuple(sorted(counted.items(), key=lambda entry: (-entry[1], [reason.word for reason in entry[0]])))
