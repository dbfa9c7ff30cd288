"""Whether progressions can give a group's printed progression-free survival at all, its last days being settled.

With few patients lost only few percentages are possible: 28 patients of whom one is lost before the first event can
keep 12/27 or 13/27, but nothing between. Knowing this before the progressions are searched saves the search.
"""

from __future__ import annotations

import numpy as np

from components.reconstruct.targets import Bools, Ints, SurvivalTarget

MANY_LOST = 5
"""With this many lost every printed percentage is taken to be possible."""
CLEAN = 12


def reachable(curve: SurvivalTarget, last: Ints, died: Bools, earliest: int) -> bool:
    """Whether some days of progression, none before ``earliest``, give the percentage of ``curve``.

    ``last`` and ``died`` are the last day and the death of each patient of the group, (n,). Every patient lost may or
    may not have progressed before; at any time at least as many have had the event as have died.
    """
    lost = np.sort(last[~died & (last <= curve.day)])
    if len(lost) >= MANY_LOST:
        return True
    deaths = np.sort(last[died & (last <= curve.day)])
    states = {(len(last), 0, 0, 1.0)}  # at risk, with the event, gone after the event, survival
    for day in (*lost, curve.day):
        dead = int((deaths <= day).sum())
        most = len(last) if day > earliest else dead
        states = {
            (at_risk - count, events + count, gone, round(survival * (at_risk - count) / at_risk, CLEAN))
            for at_risk, events, gone, survival in states
            for count in range(max(dead + gone - events, 0), min(most - events, at_risk - 1) + 1)
        }
        if day < curve.day:
            after = {(n, events, gone + 1, s) for n, events, gone, s in states if events > dead + gone}
            states = after | {(n - 1, events, gone, s) for n, events, gone, s in states if n > 1}
    percents = np.array([100.0 * survival for *_, survival in states])
    return bool((curve.percent.missed(percents, 1.0) == 0.0).any())
