"""Doses of prednisolone as they are prescribed: on the rungs that tablets make, with printed means and deviations.

Doses count in half milligrams, so that sums and sums of squares are whole numbers and every comparison is exact.
"""

from __future__ import annotations

import numpy as np

from components.reconstruct.moments import Moments, UnreachableMomentsError
from components.reconstruct.targets import Bools, Floats, Ints

HALVES = 2
"""Half milligrams in one."""
RUNGS: Ints = np.array(
    [*range(2, 21, 2), 5, 15, *range(25, 61, 5), *range(70, 161, 10), *range(180, 321, 20)], dtype=np.int64
)
"""Daily doses in half milligrams: by 1 mg (and 2.5 and 7.5 mg) up to 10 mg, by 2.5 mg up to 30 mg, by 5 mg up to 80 mg
and by 10 mg above. Japanese tablets have 1, 2.5 and 5 mg. An assumption about habits."""
RUNGS.sort()
BETWEEN: Ints = np.array([65, 75], dtype=np.int64)
"""Doses of 32.5 and 37.5 mg are met, but seldom."""
SELDOM = 0.1
TURNS = 4000


def on_ladder(start: Floats, low: Floats, top: Floats, wanted: Moments | None, rng: np.random.Generator) -> Floats:
    """Doses (mg, (n,)) on rungs between ``low`` and ``top``, near ``start``, with the wanted mean and deviation.

    A dose moves by single rungs, those that moved least first, until the moments round to the printed ones. Raises
    UnreachableMomentsError when no dose lies between the bounds of somebody, or the moments are not reached.
    """
    there = [_between(a, b, rng) for a, b in zip(low, top, strict=True)]
    if not all(len(rungs) for rungs in there):
        raise UnreachableMomentsError("no dose of prednisolone lies between the bounds")
    place = np.array([int(np.abs(rungs - HALVES * dose).argmin()) for rungs, dose in zip(there, start, strict=True)])
    first = place.copy()
    if wanted is None:
        return _doses(there, place)
    n = len(start)
    for _ in range(TURNS):
        now = np.array([rungs[p] for rungs, p in zip(there, place, strict=True)], dtype=np.int64)
        sums, squares = int(now.sum()), int((now**2).sum())
        missed = _missed(np.array([sums]), np.array([squares]), n, wanted)[0]
        if missed <= 0.0:
            return _doses(there, place)
        index = np.repeat(np.arange(n), 2)
        to = place[index] + np.tile([1, -1], n)
        fits = (to >= 0) & (to < np.array([len(rungs) for rungs in there])[index])
        index, to = index[fits], to[fits]
        after = np.array([there[i][p] for i, p in zip(index, to, strict=True)], dtype=np.int64)
        change = after - now[index]
        found = _missed(sums + change, squares + after**2 - now[index] ** 2, n, wanted)
        better = found < missed
        if not better.any():
            break
        moved = np.where(better, np.abs(to - first[index]), TURNS)
        chosen = int(rng.choice(np.flatnonzero(moved == moved.min())))
        place[index[chosen]] = to[chosen]
    raise UnreachableMomentsError(f"doses of prednisolone came no nearer to {wanted.mean} ± {wanted.sd} mg")


def prescribed(dose: Floats) -> Bools:
    """Whether each dose (mg) is one of the rungs, those seldom met among them; 0 is none at all."""
    halves = HALVES * dose
    return np.asarray(np.isin(halves, RUNGS) | np.isin(halves, BETWEEN) | (halves == 0), dtype=np.bool_)


def _between(low: float, top: float, rng: np.random.Generator) -> Ints:
    rungs = RUNGS if rng.random() >= SELDOM else np.sort(np.append(RUNGS, BETWEEN))
    return rungs[(rungs >= HALVES * low - 1e-9) & (rungs <= HALVES * top + 1e-9)]


def _doses(there: list[Ints], place: Ints) -> Floats:
    return np.array([rungs[p] / HALVES for rungs, p in zip(there, place, strict=True)], dtype=np.float64)


def _missed(sums: Ints, squares: Ints, n: int, wanted: Moments) -> Floats:
    """By how much mean and deviation miss half a printed unit, in such halves; sums of half milligrams."""
    mean = sums / (n * HALVES)
    off = np.maximum(np.abs(mean - wanted.mean) / (0.49 * 10.0**-wanted.mean_digits) - 1.0, 0.0)
    if wanted.sd is None:
        return np.asarray(off, dtype=np.float64)
    sd = np.sqrt(np.maximum((n * squares - sums**2) / (n * max(n - 1, 1)), 0.0)) / HALVES
    apart = np.maximum(np.abs(sd - wanted.sd) / (0.49 * 10.0**-wanted.sd_digits) - 1.0, 0.0)
    return np.asarray((off + apart).round(6), dtype=np.float64)
