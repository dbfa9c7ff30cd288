"""Whether progressions can give a group's printed progression-free survival at all, its last days being settled.

With few patients lost only few percentages are possible: 28 patients of whom one is lost before the first event can
keep 12/27 or 13/27, but nothing between. Knowing this before the progressions are searched saves the search.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from components.reconstruct.targets import Bools, Floats, Ints, SurvivalTarget

MANY_LOST = 5
"""With this many lost every printed percentage is taken to be possible."""
CLEAN = 12

Counted = tuple[int, int, int]
"""Patients at risk, with the event, and gone after the event."""
States = dict[Counted, Floats]
"""Every survival that patients counted so can have."""


def reachable(curve: SurvivalTarget, last: Ints, died: Bools, earliest: int) -> bool:
    """Whether some days of progression, none before ``earliest``, give the percentage of ``curve``.

    ``last`` and ``died`` are the last day and the death of each patient of the group, (n,). Every patient lost may or
    may not have progressed before; at any time at least as many have had the event as have died.
    """
    lost = np.sort(last[~died & (last <= curve.day)])
    if len(lost) >= MANY_LOST:
        return True
    deaths = np.sort(last[died & (last <= curve.day)])
    least = curve.percent.value / 100.0 - 10.0**-curve.percent.digits / 100.0
    states: States = {(len(last), 0, 0): np.ones(1)}
    for day in lost:
        dead = int((deaths <= day).sum())
        after: dict[Counted, list[Floats]] = {}
        for (at_risk, events, gone), survivals in _with_events(states, dead, _most(day, earliest, last, dead)):
            kept = survivals[survivals >= least]
            if events > dead + gone:
                after.setdefault((at_risk, events, gone + 1), []).append(kept)
            if at_risk > 1:
                after.setdefault((at_risk - 1, events, gone), []).append(kept)
        states = {key: np.unique(np.concatenate(found).round(CLEAN)) for key, found in after.items()}
    ends = _with_events(states, len(deaths), _most(curve.day, earliest, last, len(deaths)))
    return any((curve.percent.missed(100.0 * survivals, 1.0) == 0.0).any() for _, survivals in ends)


def _most(day: int, earliest: int, last: Ints, dead: int) -> int:
    return len(last) if day > earliest else dead


def _with_events(states: States, dead: int, most: int) -> Iterator[tuple[Counted, Floats]]:
    """The states after some more events at once, so many that ``dead`` patients and those gone have had theirs."""
    for (at_risk, events, gone), survivals in states.items():
        for count in range(max(dead + gone - events, 0), min(most - events, at_risk - 1) + 1):
            share = (at_risk - count) / at_risk
            yield (at_risk - count, events + count, gone), survivals * share
