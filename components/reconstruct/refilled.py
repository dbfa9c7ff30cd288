"""Skeletons of members that were found before, filled again: what a change of the later steps makes of each seed.

The skeleton takes most of a search, and later steps leave it as it is. A search from nothing gives the same member as
its skeleton filled again, as long as it comes to that skeleton.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assembly import most_believable
from components.reconstruct.diagnoses import TESTS
from components.reconstruct.ensemble import Search
from components.reconstruct.skeleton import JOIN, Skeleton
from components.reconstruct.targets import Targets
from data.cohort import Tables
from data.ensemble import recorded_members, tables_of
from data.variables import DICTIONARY

WORDS = ("population", "subtype", *TESTS, "cause_of_death")
DAYS = ("death_day", "last_day", "progression_day")


def refilling(folder: Path) -> Search:
    """A search that fills the skeletons of the ensemble packed in ``folder``, for the seeds that it holds.

    The search raises NotFoundError where no filling succeeds, KeyError for a seed without a member.
    """
    places = {member.seed: place for place, member in enumerate(recorded_members(folder))}
    return partial(_refilled, folder, places)


def _refilled(
    folder: Path, places: dict[int, int], seed: int, targets: Targets, report: Callable[[str], None]
) -> Tables:
    found = most_believable(seed, skeleton_of(tables_of(places[seed], folder)), targets, report)
    if found is None:
        raise NotFoundError(f"seed {seed}: its skeleton cannot be filled")
    return found


def skeleton_of(tables: Tables) -> Skeleton:
    """The skeleton on which the patients of a cohort rest: subtype, antibodies, and how and when follow-up ends."""
    safety = tables.patients["population"].isin(DICTIONARY.population["safety"].members)
    people = tables.patients[safety].reset_index(drop=True)
    words = {key: people[key].astype(object).where(people[key].notna(), None) for key in WORDS}
    days = {key: pd.to_numeric(people[key]).astype(float) for key in DAYS}
    rows = tables.treatments[(tables.treatments["drug"] == "tacrolimus") & (tables.treatments["action"] == "stop")]
    stopped = rows.groupby("patient", sort=False)
    reasons = people["patient"].map(stopped["reason"].agg(JOIN.join))
    stops = {
        "stop_day": people["patient"].map(stopped["day"].first()).astype(float),
        "stop_reasons": reasons.astype(object).where(reasons.notna(), None),
    }
    return Skeleton(pd.DataFrame(words | days), pd.DataFrame(stops))
