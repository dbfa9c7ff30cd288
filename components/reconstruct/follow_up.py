"""How a follow-up can end: death, stopping tacrolimus and leaving, stopping and staying, or completing it.

An ending is a row of whole numbers: day of death (NEVER if alive), last day, day of stopping tacrolimus (NEVER if not)
and the kind of ending.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.reconstruct.targets import Ints, Targets
from data.variables import DICTIONARY

DIED, LAST, STOPPED, KIND = range(4)
"""Columns of an ending."""
NEVER = -1
COMPLETED, STAYED, MOVED, VISITS_ENDED, DIED_OF_LUNGS, DIED_OTHERWISE, DIED_LATE = range(7)
"""Kinds: followed to the end; stopped tacrolimus but stayed; lost (two kinds); dead of interstitial lung disease or of
another cause within 2 years; dead later."""

LUNGS = "Interstitial lung disease"
DEATH, MOVE, NO_VISITS = "Patient death", "Loss to follow-up (changed hospital)", "Hospital visits stopped"
TWO_YEARS = DICTIONARY.visits[-1].day
EARLIEST = 14
"""No progression is seen before treatment has lasted two weeks."""
PLANNED_END = 1095
"""Three years, the planned follow-up."""
FIRST_LEAVING = DICTIONARY.visit["Month 1"].first
"""Nobody but those who died is lost before the window of month 1 opens: 168 of 169 were seen in it."""


@dataclass(frozen=True)
class StopDays:
    """The printed summary of the days on which tacrolimus was stopped."""

    n: int
    least: int
    median: int
    most: int


def stop_days(targets: Targets) -> StopDays:
    """The printed number, minimum, median and maximum of the stop days."""
    least, median, most = (
        targets.count("tacrolimus_duration", statistic) for statistic in ("minimum", "median", "maximum")
    )
    return StopDays(targets.count("tacrolimus_stop"), least, median, most)


def late_deaths(targets: Targets) -> dict[str, int]:
    """Deaths of each subtype that must have come after 2 years: more than the survival curve leaves room for.

    A Kaplan-Meier estimate is never above the share of all patients still alive, so S allows at most n (1 - S) deaths.
    """
    percent = {t.group: t.percent for t in targets.survival() if t.endpoint.key == "overall_survival"}
    late = {}
    for subtype, n in targets.counts("subtype", population="outcome", group="").items():
        group = f"subtype={subtype}"
        deaths = targets.count("death", group=group)
        room = deaths
        if group in percent:
            lowest = percent[group].value / 100 - 0.5 * 10.0 ** (-percent[group].digits - 2)
            room = int(np.floor(n * (1 - lowest) + 1e-9))
        late[subtype] = max(deaths - room, 0)
    return late


def outside_ending(targets: Targets, rng: np.random.Generator) -> Ints:
    """The ending (4,) of the patient outside the outcome population: moved soon, so no outcome is known."""
    stop = int(rng.integers(FIRST_LEAVING + 1, stop_days(targets).median))
    return np.array((NEVER, stop + _lag(rng), stop, MOVED), dtype=np.int64)


def _lag(rng: np.random.Generator) -> int:
    """Days between the stop and the last contact of a patient who was lost."""
    return 0 if rng.random() < 0.5 else int(rng.integers(1, 29))
