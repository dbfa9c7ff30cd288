"""The four tables of a cohort, stage by stage, each stage with its own stream of random numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import numpy as np
import pandas as pd

from components.evidence.fidelity import fidelity
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assumptions import FIRST, MIDDLE, SECOND, Assumptions, assumptions
from components.reconstruct.believable import TRAITS, traits_of
from components.reconstruct.coherence import incoherences
from components.reconstruct.courses import courses
from components.reconstruct.doses import doses
from components.reconstruct.factors import with_factors
from components.reconstruct.institutions import with_institutions
from components.reconstruct.moments import UnreachableMomentsError
from components.reconstruct.numbers import with_numbers
from components.reconstruct.reactions import reactions
from components.reconstruct.schedule import on_days_of_their_own, visit_days
from components.reconstruct.skeleton import Skeleton, skeleton
from components.reconstruct.stops import stops
from components.reconstruct.targets import Targets
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.variables import DICTIONARY

SKELETONS = 24
REFINEMENTS = 6
"""How many skeletons are tried, and how many times each is filled with everything else."""
FILLING = 2_000
"""Which stream of a seed skeletons are filled with; the searches for skeletons use small numbers."""
PLANNED = ("ferritin_group", "kl6_group", "spd_group", "steroids", "high_dose_steroids")
"""Groups of baseline measurements, settled with the factors and filled with values by the courses."""
DAYS = ("death_day", "last_day", "progression_day")
SEARCH_FAILED = (NotFoundError, UnreachableMomentsError, ValueError)

Report = Callable[[str], None]


@dataclass(frozen=True)
class Patients:
    """``patients`` as in patients.csv, and the ``plan`` of what the courses and treatment changes have to follow."""

    patients: pd.DataFrame
    plan: pd.DataFrame


def reconstructed_tables(
    seed: int, targets: Targets, report: Report, cores: int | None = None, version: int = FIRST
) -> Tables:
    """A coherent cohort that gives the published numbers back, the same for the same seed and version of assumptions.

    ``report`` is given what is being done. ``cores`` skeletons are searched for at once, on every core unless given. A
    stage that fails, or leads to patients who break a rule of coherence, is repeated with another stream derived from
    the seed.
    Raises NotFoundError when no attempt succeeds.
    """
    attempt = -1
    while attempt + 1 < SKELETONS:
        attempt, bones = next_skeleton(seed, attempt + 1, targets, report, cores or os.cpu_count() or 1)
        if version == SECOND:
            found = most_believable(seed, bones, targets, report)
        else:
            found = next(_fillings((seed, attempt), bones, targets, report, assumptions(seed)), None)
        if found is not None:
            return found
    raise NotFoundError(f"seed {seed}: no cohort in {SKELETONS} attempts")


def most_believable(seed: int, bones: Skeleton, targets: Targets, report: Report) -> Tables | None:
    """Of several fillings of a skeleton the one that misses fewest of the traits that a filling can change.

    The first that misses none ends the search; None when no filling is coherent and gives every number back. What is
    found depends on the seed and on the skeleton, not on the order of its patients. Assumptions are of the second
    version.
    """
    traits = tuple(trait for trait in TRAITS if not trait.of_skeleton)
    best, fewest = None, len(traits) + 1
    for found in _fillings((seed, FILLING), bones.ordered, targets, report, assumptions(seed, SECOND)):
        strange = [finding for finding in traits_of(_cohort(found), traits) if not finding.believable]
        report(f"every number met, {'; '.join(map(str, strange)) or 'believable'}")
        if len(strange) < fewest:
            best, fewest = found, len(strange)
        if not strange:
            break
    return best


def _fillings(
    start: tuple[int, int], bones: Skeleton, targets: Targets, report: Report, assumed: Assumptions
) -> Iterator[Tables]:
    """Cohorts on one skeleton that break no rule and give every number back, from streams that begin with ``start``."""
    for refinement in range(REFINEMENTS):
        try:
            people = filled(bones, targets, np.random.default_rng([*start, refinement, 0]), assumed)
            report("patients: every factor and number met")
            found = followed(people, targets, np.random.default_rng([*start, refinement, 1]), assumed)
        except SEARCH_FAILED as failure:
            report(f"filling {refinement + 1}: {failure}")
            continue
        cohort = _cohort(found)
        wrong = [*incoherences(cohort), *missed(cohort, targets)]
        if wrong:
            report(f"filling {refinement + 1}: {wrong[0]}")
        else:
            yield found


def _cohort(tables: Tables) -> Cohort:
    return cohort_from(tables, Provenance("reconstructed", "", ""))


def missed(cohort: Cohort, targets: Targets) -> list[str]:
    """The published numbers that the cohort does not give back, as their ids."""
    return [row.number.id for row in fidelity(cohort, targets.numbers).rows if not row.reproduced]


def next_skeleton(seed: int, first: int, targets: Targets, report: Report, cores: int) -> tuple[int, Skeleton]:
    """The first attempt from ``first`` on that gives a skeleton, and the skeleton.

    Which one it is does not depend on the number of cores. Raises NotFoundError when no attempt gives one.
    """
    outcomes = _in_order(seed, first, targets, cores) if cores > 1 else _one_by_one(seed, first, targets)
    for attempt, found in outcomes:
        if isinstance(found, Skeleton):
            report(f"skeleton {attempt + 1}: every survival percentage and hazard ratio of the antibodies met")
            return attempt, found
        report(f"skeleton {attempt + 1}: {found}")
    raise NotFoundError(f"seed {seed}: no skeleton in {SKELETONS} attempts")


def _one_by_one(seed: int, first: int, targets: Targets) -> Iterator[tuple[int, Skeleton | str]]:
    for attempt in range(first, SKELETONS):
        yield attempt, _outcome(seed, attempt, targets)


def _in_order(seed: int, first: int, targets: Targets, cores: int) -> Iterator[tuple[int, Skeleton | str]]:
    """The outcomes of the attempts from ``first`` on, in their order; as many as there are cores are under way at once.

    Each has a process and a pipe of its own, so that those still searching can be ended without harm to the others: a
    pool that is ended while its queue is in use may wait for ever.
    """
    context, after = get_context("spawn"), first
    running: dict[int, tuple[Connection, BaseProcess]] = {}
    outcomes: dict[int, Skeleton | str] = {}
    try:
        while first < SKELETONS:
            while after < SKELETONS and len(running) < cores:
                ours, theirs = context.Pipe(duplex=False)
                search = context.Process(target=_search, args=(seed, after, targets, theirs), daemon=True)
                search.start()
                theirs.close()
                running[after] = (ours, search)
                after += 1
            ended = wait([pipe for pipe, _ in running.values()])
            for attempt in [attempt for attempt, (pipe, _) in running.items() if pipe in ended]:
                pipe, process = running.pop(attempt)
                outcomes[attempt] = pipe.recv()
                process.join()
            while first in outcomes:
                yield first, outcomes.pop(first)
                first += 1
    finally:
        for _, process in running.values():
            process.terminate()


def _search(seed: int, attempt: int, targets: Targets, outcome: Connection) -> None:
    outcome.send(_outcome(seed, attempt, targets))


def _outcome(seed: int, attempt: int, targets: Targets) -> Skeleton | str:
    """A skeleton, or why there is none."""
    try:
        return skeleton(targets, np.random.default_rng([seed, attempt]), assumptions(seed))
    except NotFoundError as failure:
        return str(failure)


def filled(bones: Skeleton, targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE) -> Patients:
    """Everybody enrolled, in a random order, with all factors and numbers; and the plan of the safety population.

    Raises NotFoundError, UnreachableMomentsError or ValueError when a target is out of reach.
    """
    found = with_numbers(with_factors(bones.patients, targets, rng, assumed), targets, rng, assumed)
    found = pd.concat([found, bones.stops], axis=1)
    enrolled, forms = (targets.count("patients", population=key) for key in ("enrolled", "forms"))
    blank = ["Form only"] * (forms - len(found)) + ["Enrolled only"] * (enrolled - forms)
    everybody = pd.concat([found, pd.DataFrame({"population": blank})], ignore_index=True)
    everybody = everybody.iloc[rng.permutation(len(everybody))].reset_index(drop=True)
    everybody = with_institutions(everybody, targets, rng)
    everybody["patient"] = [f"P{i + 1:03d}" for i in range(len(everybody))]
    factors = [entry.key for entry in DICTIONARY.factors if entry.key in everybody and not entry.derived]
    others = [key for key in factors if key != "department"]
    numbers = [number.key for number in DICTIONARY.numbers if number.key in everybody]
    columns = ["patient", "population", "institution", "department", *others, *numbers, "cause_of_death", *DAYS]
    treated = everybody["population"].isin(DICTIONARY.population["safety"].members)
    plan = everybody.loc[treated, ["patient", *PLANNED, "stop_day", "stop_reasons"]].reset_index(drop=True)
    return Patients(everybody[columns], plan)


def followed(people: Patients, targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE) -> Tables:
    """The patients with their measurements, reactions and treatment changes."""
    patients, plan = people.patients, people.plan
    days = visit_days(patients, plan, targets, rng, assumed)
    parts = [courses(patients, plan, days, targets, rng, assumed), doses(patients, plan, days, targets, rng)]
    measurements = on_days_of_their_own(pd.concat(parts, ignore_index=True), patients, assumed, rng)
    measurements = measurements.sort_values(["patient", "day", "variable"], kind="stable").reset_index(drop=True)
    had = reactions(patients, plan, targets, rng, assumed)
    return Tables(patients, measurements, had, stops(patients, plan, rng))
