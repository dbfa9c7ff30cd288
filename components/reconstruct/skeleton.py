"""The skeleton of a cohort: who is in it, with which subtype and antibodies, and how and when each follow-up ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from components.reconstruct.assumptions import MIDDLE, Assumptions
from components.reconstruct.diagnoses import TESTS, diagnosed
from components.reconstruct.follow_up import (
    COMPLETED,
    DEATH,
    DIED,
    KIND,
    LAST,
    LUNGS,
    MOVE,
    MOVED,
    NEVER,
    NO_VISITS,
    STAYED,
    STOPPED,
    VISITS_ENDED,
    outside_ending,
)
from components.reconstruct.progression import progression_days
from components.reconstruct.quotas import outside_levels
from components.reconstruct.stopping import ends_of
from components.reconstruct.targets import Bools, Ints, Targets
from components.reconstruct.timeline import timeline

JOIN = "; "
"""Between several causes of one death, or several reasons for one stop."""
MAIN_REASON = {MOVED: MOVE, VISITS_ENDED: NO_VISITS}


@dataclass(frozen=True)
class Skeleton:
    """The safety population and its stops, row by row.

    ``patients`` (170 rows) has population, subtype, antibodies, cause of death and the days of outcomes; ``stops`` the
    planned stop_day (not a number for never) and stop_reasons.
    """

    patients: pd.DataFrame
    stops: pd.DataFrame

    @property
    def ordered(self) -> Skeleton:
        """The same patients in the order of what is known of them: that in which they were found decides nothing."""
        everything = pd.concat([self.patients, self.stops], axis=1)
        ranks = [everything[key].rank(method="dense").fillna(0.0).to_numpy() for key in sorted(map(str, everything))]
        order = np.lexsort(ranks)
        tables = (table.iloc[order].reset_index(drop=True) for table in (self.patients, self.stops))
        return Skeleton(*tables)


def skeleton(targets: Targets, rng: np.random.Generator, assumed: Assumptions = MIDDLE) -> Skeleton:
    """A skeleton that meets every published survival percentage and the hazard ratios of subtype and antibodies.

    The last row is the patient outside the outcome population. Raises NotFoundError when a search fails.
    """
    deaths = timeline(targets, rng, assumed)
    people = diagnosed(deaths, targets, rng, assumed)
    subtypes = list(people["subtype"])
    kinds = ends_of(deaths, subtypes, targets, rng)
    causes = _causes(people, kinds, targets, rng)
    of_lungs = np.flatnonzero([LUNGS in cause for cause in causes])
    progressed, last = progression_days(people, kinds, of_lungs, targets, rng)
    ends = ends_of(replace(deaths, last=last), subtypes, targets, rng)
    outside = outside_levels(targets)
    last_row = pd.DataFrame([{key: outside.get(key) for key in ("subtype", *TESTS)}])
    everybody = [people.assign(population="Outcome"), last_row.assign(population="Safety only")]
    patients = pd.concat(everybody, ignore_index=True)
    ends = np.vstack([ends, outside_ending(targets, rng)])
    patients = patients.assign(
        cause_of_death=pd.Series([*(cause or None for cause in causes), None], dtype=object),
        death_day=_days(ends[:, DIED]),
        last_day=ends[:, LAST],
        progression_day=_days(np.append(progressed, NEVER)),
    )
    stops = pd.DataFrame({"stop_day": _days(ends[:, STOPPED]), "stop_reasons": _reasons(ends, targets, rng)})
    return Skeleton(patients, stops)


def _days(column: Ints) -> pd.Series:
    """Days with not a number for NEVER."""
    return pd.Series(np.where(column == NEVER, np.nan, column.astype(np.float64)))


def _causes(people: pd.DataFrame, ends: Ints, targets: Targets, rng: np.random.Generator) -> list[str]:
    """Cause of death of each patient, blank for the living.

    In each subtype every death gets one of its printed causes, the commonest first; causes beyond the deaths are second
    causes of patients drawn at random.
    """
    found = [""] * len(people)
    for subtype in people["subtype"].unique():
        printed = targets.counts("cause_of_death", group=f"subtype={subtype}")
        dead = rng.permutation(np.flatnonzero((people["subtype"] == subtype) & (ends[:, DIED] != NEVER)))
        causes = [cause for cause, n in sorted(printed.items(), key=lambda pair: -pair[1]) for _ in range(n)]
        for patient, cause in zip(dead, causes, strict=False):
            found[patient] = cause
        for cause in causes[len(dead) :]:
            patient = int(rng.choice(dead))
            found[patient] += JOIN + cause
    return found


def _reasons(ends: Ints, targets: Targets, rng: np.random.Generator) -> list[str | None]:
    """Reasons for stopping tacrolimus, joined; None for those who never stopped.

    Death, moving and ended visits are the reasons of those to whom they happened. The other printed reasons go first
    to those who stopped and stayed (the earliest stop by an adverse event), then, as second reasons, to others.
    """
    printed = targets.counts("tacrolimus_stop_reason", population="safety", group="")
    others = [reason for reason in printed if reason not in (DEATH, MOVE, NO_VISITS)]
    pool = [reason for reason in others for _ in range(printed[reason])]
    stopped = ends[:, STOPPED] != NEVER
    found: list[list[str]] = [[] for _ in ends]
    for patient in np.flatnonzero(stopped & (ends[:, KIND] != STAYED)):
        dead = ends[patient, DIED] != NEVER
        found[patient].append(DEATH if dead else MAIN_REASON[int(ends[patient, KIND])])
    stayed = np.flatnonzero(stopped & (ends[:, KIND] == STAYED))
    stayed = stayed[np.argsort(ends[stayed, STOPPED])]
    first = [pool[0], *rng.permutation(pool[1:])[: len(stayed) - 1]]
    for reason in first:
        pool.remove(reason)
    for patient, reason in zip(stayed, first, strict=True):
        found[patient].append(str(reason))
    for patient, reason in zip(_second(ends, stopped, len(pool), rng), rng.permutation(pool), strict=True):
        found[patient].append(str(reason))
    return [JOIN.join(reasons) if stops else None for reasons, stops in zip(found, stopped, strict=True)]


def _second(ends: Ints, stopped: Bools, n: int, rng: np.random.Generator) -> Ints:
    """Patients with a second reason: anybody who died or was lost."""
    return rng.choice(np.flatnonzero(stopped & ~np.isin(ends[:, KIND], (STAYED, COMPLETED))), n, replace=False)
