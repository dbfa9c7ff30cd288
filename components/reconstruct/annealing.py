"""Simulated annealing over batches of neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class NotFoundError(RuntimeError):
    """A search ended without meeting its targets; another seed may."""


@dataclass(frozen=True)
class Schedule:
    """How long and how boldly to search: ``rounds`` steps at temperatures falling from ``hot`` to ``cold``.

    Each step chooses among the neighbours of a round and staying, with weights exp(-score / temperature).
    """

    rounds: int
    hot: float
    cold: float


def annealed(
    state: Ints,
    neighbours: Callable[[Ints, np.random.Generator], Ints],
    score: Callable[[Ints], Floats],
    rng: np.random.Generator,
    schedule: Schedule,
) -> tuple[Ints, float]:
    """The best state found and its score, at once when the score is 0.

    ``neighbours`` gives a batch (B, ...) of changed copies of a state; ``score`` the scores (B,) of a batch.
    """
    current = float(score(state[None])[0])
    best, lowest = state, current
    for temperature in np.geomspace(schedule.hot, schedule.cold, schedule.rounds):
        if lowest <= 0.0:
            break
        batch = neighbours(state, rng)
        scores = score(batch)
        first = int(scores.argmin())
        if scores[first] < lowest:
            best, lowest = batch[first], float(scores[first])
        heated = np.append(scores, current) - temperature * rng.gumbel(size=len(scores) + 1)
        chosen = int(heated.argmin())
        if chosen < len(scores):
            state, current = batch[chosen], float(scores[chosen])
    return best, lowest
