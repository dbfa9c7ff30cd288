"""When the disease progresses: days of progression that give the progression-free survival back.

Deaths and last days are settled; only progressions are added, removed, moved and handed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.follow_up import DIED, EARLIEST, LAST, NEVER, PLANNED_END, TWO_YEARS
from components.reconstruct.targets import SETTLED, Bools, Floats, Ints, SurvivalTarget, Targets, members
from data.variables import DICTIONARY

MEDIAN_DAY = 150.0
"""Half of the progressions within two years are drawn before about this day: the hazard is highest early."""
LOWEST, OTHERS = "subtype=CADM", ("subtype=PM", "subtype=Classic DM")
"""The paper calls progression-free survival lowest in the first of these groups; of the last it prints no number.

Where the number of the first is not known, neither is that it is the lowest.
"""
CLEARLY = 0.1
"""Percentage points by which it is lower at least, so that the printed decimal shows it."""
LATE = 0.02
"""Share of patients still followed after two years who progress then: no published number depends on them."""
MOST_BETWEEN = 8
SLACK = 0.001
"""More than half a printed unit of a survival probability."""
TIGHT = 2
"""How many curves with the fewest losses are settled before all others."""
KEPT = 0.7
"""How often a progression handed to another patient keeps its day, which leaves the curves both belong to alone."""
BATCH, ROUNDS = 150, 2000
HOT, COLD, COOLING, REHEAT = 2.0, 0.06, 0.985, 300


@dataclass(frozen=True)
class _Wanted:
    curves: tuple[SurvivalTarget, ...]
    groups: Floats
    last: Ints
    died: Ints
    least: Ints
    most: Ints
    lowest: Floats


def progression_days(
    patients: pd.DataFrame, endings: Ints, of_lungs: Ints, targets: Targets, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """The day of progression of each patient (n,), NEVER for none, never after the last day or on the day of death.

    The second array holds the last days (n,), some of them moved where nothing of overall survival depends on them.

    ``of_lungs`` are the patients who died of interstitial lung disease; all progress before they die.
    Raises NotFoundError when the printed percentages are not reached.
    """
    curves = tuple(t for t in targets.survival() if t.endpoint.key == "progression_free")
    groups = np.stack([members(patients, curve.group) for curve in curves], axis=1).astype(np.float64)
    ranges = _ranges(endings[:, LAST], endings[:, DIED])
    compared = (LOWEST, *OTHERS) if any(curve.group == LOWEST for curve in curves) else ()
    subtypes = np.zeros((len(patients), len(compared)))
    for column, name in enumerate(compared):
        subtypes[:, column] = members(patients, name)
    wanted = _Wanted(curves, groups, endings[:, LAST], endings[:, DIED], *ranges, subtypes)
    start = np.full(len(endings), NEVER)
    for patient in of_lungs:
        start[patient] = _day(int(endings[patient, LAST]), rng)
    fixed = start != NEVER
    aim = next(curve.percent.value for curve in curves if not curve.group) / 100.0
    free = rng.permutation(np.flatnonzero(~fixed & (endings[:, DIED] == NEVER) & (endings[:, LAST] > EARLIEST)))
    missing = round((1.0 - aim) * len(endings)) - int((endings[:, DIED] != NEVER).sum())
    for patient in free[: max(missing, 0)]:
        start[patient] = _day(int(endings[patient, LAST]), rng)
    frozen = np.zeros(len(start), dtype=np.bool_)
    for curve in curves:
        group = members(patients, curve.group)
        if not ((endings[:, DIED] != NEVER) & (endings[:, LAST] <= TWO_YEARS) & group).any():
            start[group] = _days_of(curve, endings[:, LAST], np.flatnonzero(group), rng)
            frozen |= group
    found = np.stack([start, endings[:, LAST]], axis=1)
    mortal = [
        k
        for k, curve in enumerate(curves)
        if curve.group and wanted.groups[frozen, k].sum() < wanted.groups[:, k].sum()
    ]
    tight = sorted(mortal, key=lambda k: _losses(wanted, k))[:TIGHT]
    for chosen in (tight, list(range(len(curves)))):
        inside = wanted.groups[:, chosen].sum(axis=1) > 0
        part = replace(
            wanted,
            curves=tuple(curves[k] for k in chosen),
            groups=wanted.groups[:, chosen],
            lowest=wanted.lowest[:, : 3 * (len(chosen) == len(curves))],
        )
        found, missed = _searched(found, part, fixed, frozen | ~inside, rng)
        if missed > 0.0:
            raise NotFoundError(f"progression-free survival: best score {missed:.3f}")
        frozen |= inside
    found, endings = found[:, 0].copy(), np.column_stack([endings[:, DIED], found[:, 1], endings[:, 2:]])
    later = (found == NEVER) & (endings[:, DIED] == NEVER) & (endings[:, LAST] > PLANNED_END - 60)
    for patient in np.flatnonzero(later & (rng.random(len(found)) < LATE)):
        found[patient] = int(rng.integers(TWO_YEARS + 30, endings[patient, LAST]))
    return found, endings[:, LAST]


def progression_score(states: Ints, wanted: _Wanted) -> Floats:
    """How far the progression-free survival of batches of states (B, n, 2) is from the printed, (B,).

    A state holds every patient's day of progression and last day. Each percentage counts with the logarithm of its
    distance in half units of its last digit. Patients leave one by one in the order of their days, events before
    censoring, which gives tied days their Kaplan-Meier factor.
    """
    days, last = states[:, :, 0], states[:, :, 1]
    progressed = days != NEVER
    had = progressed | (wanted.died != NEVER)
    first = np.where(progressed, days, last)
    order = np.argsort(2 * first + ~had, axis=1, kind="stable")
    inside = np.concatenate([wanted.groups, wanted.lowest], axis=1)[order]
    at_risk = np.cumsum(inside[:, ::-1], axis=1)[:, ::-1]
    event = np.take_along_axis(had & (first <= TWO_YEARS), order, axis=1)[:, :, None] & (inside > 0)
    survival = np.where(event, 1.0 - 1.0 / np.maximum(at_risk, 1.0), 1.0).prod(axis=1)
    missed = np.zeros(len(days))
    for s, curve in enumerate(wanted.curves):
        missed += np.log1p(curve.percent.missed(100.0 * survival[:, s], 0.5 * 10.0**-curve.percent.digits))
    compared = 100.0 * survival[:, len(wanted.curves) :]
    for other in compared.T[1:]:
        missed += np.log1p(np.maximum(compared[:, 0] + CLEARLY - other, 0.0) / CLEARLY)
    return missed.round(SETTLED)


def _days_of(curve: SurvivalTarget, last: Ints, group: Ints, rng: np.random.Generator) -> Ints:
    """Progression days (n of the group,) that give the group's percentage, for a group in which nobody dies.

    In a small group few patterns do: how many progress between one early leaving and the next is chosen among all that
    do, then days and patients are drawn. Raises NotFoundError when there is none.
    """
    edges = np.array([EARLIEST, *np.sort(last[group][last[group] <= TWO_YEARS]), TWO_YEARS])
    whole = group[last[group] > TWO_YEARS]
    patterns = [
        counts
        for counts, survival in _patterns(len(edges) - 1, len(group), curve.percent.value / 100.0 - SLACK)
        if sum(counts) <= len(whole) and curve.percent.missed(np.array(100.0 * survival), 1.0) == 0.0
    ]
    roomy = [c for c in patterns if all(n <= max(b - a - 2, 0) for n, a, b in zip(c, edges, edges[1:], strict=False))]
    if not roomy:
        raise NotFoundError(f"progression-free survival: no pattern gives {curve.group}")
    chosen = roomy[int(rng.integers(len(roomy)))]
    days = [
        rng.choice(np.arange(a + 1, b), n, replace=False)
        for n, a, b in zip(chosen, edges, edges[1:], strict=False)
        if n
    ]
    found = np.full(int(last.size), NEVER)
    drawn = np.concatenate(days) if days else np.zeros(0, dtype=np.int64)
    found[rng.permutation(whole)[: len(drawn)]] = drawn
    return found[group]


def _patterns(gaps: int, left: int, least: float, survival: float = 1.0) -> Iterator[tuple[tuple[int, ...], float]]:
    """How many of ``left`` patients may progress in each gap between losses, and the survival, not below ``least``."""
    if not gaps:
        yield (), survival
        return
    for count in range(min(MOST_BETWEEN, left - 2) + 1):
        after = survival * (left - count) / left
        if after < least:
            return
        for rest, end in _patterns(gaps - 1, left - count - 1, least, after):
            yield (count, *rest), end


def _losses(wanted: _Wanted, k: int) -> int:
    """Patients of a curve who left within two years: with few of them few patterns give a percentage."""
    return int(((wanted.died == NEVER) & (wanted.last <= TWO_YEARS) & (wanted.groups[:, k] > 0)).sum())


def _searched(
    start: Ints, wanted: _Wanted, fixed: Bools, frozen: Bools, rng: np.random.Generator
) -> tuple[Ints, float]:
    """Days after an annealed search of one to three changes at a time, and how far they are."""
    state, current = start, float(progression_score(start[None], wanted)[0])
    best, least, heat = state, current, HOT
    for turn in range(ROUNDS):
        if least <= 0.0:
            break
        batch = _neighbours(state, wanted, fixed, frozen, rng)
        far = progression_score(batch, wanted)
        heated = np.append(far, current) - heat * rng.gumbel(size=len(far) + 1)
        chosen = int(far.argmin()) if far.min() <= 0.0 else int(heated.argmin())
        if chosen < len(far):
            state, current = batch[chosen], float(far[chosen])
        if current < least:
            best, least = state, current
        heat = HOT if turn % REHEAT == REHEAT - 1 else max(COLD, heat * COOLING)
    return best, least


def _day(last: int, rng: np.random.Generator) -> int:
    """A day of progression in a patient followed until ``last``."""
    while True:
        day = int(EARLIEST + rng.exponential(MEDIAN_DAY / np.log(2)))
        if day < last and day <= TWO_YEARS:
            return day
        if last <= EARLIEST + 1:
            return max(last - 1, 1)
        if last < MEDIAN_DAY:
            return int(rng.integers(min(EARLIEST, last - 1), last))


def _neighbours(state: Ints, wanted: _Wanted, fixed: Bools, frozen: Bools, rng: np.random.Generator) -> Ints:
    """One to three progressions added, removed, moved or handed on, or last days moved, (B, n, 2).

    Progressions before death stay but move. The last day of a living patient moves between the same two deaths and
    within the same visit's window, so that nothing recorded of overall survival or of visits changes.
    """
    batch = np.repeat(state[None], BATCH, axis=0)
    open_ = np.flatnonzero((wanted.died == NEVER) & (wanted.last > EARLIEST + 1) & ~frozen)
    for candidate, changes in zip(batch, rng.integers(1, 4, BATCH), strict=True):
        days, last = candidate[:, 0], candidate[:, 1]
        for kind in rng.integers(0, 5, changes):
            other = int(rng.choice(open_))
            if kind == 4:
                day = int(rng.integers(wanted.least[other], wanted.most[other] + 1))
                last[other] = day if day > days[other] else last[other]
                continue
            one = int(rng.choice(np.flatnonzero((days != NEVER) & ~frozen)))
            if kind == 0 and days[other] == NEVER:
                days[other] = _day(int(last[other]), rng)
            elif kind == 1 and not fixed[one]:
                days[one] = NEVER
            elif kind == 2 or fixed[one] or days[other] != NEVER:
                days[one] = _day(int(last[one]), rng)
            else:
                same = days[one] < last[other] and rng.random() < KEPT
                days[one], days[other] = NEVER, days[one] if same else _day(int(last[other]), rng)
    return batch


def _ranges(last: Ints, died: Ints) -> tuple[Ints, Ints]:
    """First and last day to which each patient's last day may move, (n,) each; the dead do not move."""
    deaths = np.sort(last[died != NEVER])
    opens = np.array([visit.first for visit in DICTIONARY.visits[2:-1]])
    edges = np.unique(np.concatenate([[1], deaths, opens]))
    slot = np.searchsorted(edges, last, side="right") - 1
    low, high = edges[slot], np.append(edges[1:] - 1, PLANNED_END + 21)[slot]
    still = (died != NEVER) | (high >= PLANNED_END + 21)
    return np.where(still, last, low), np.where(still, last, high)
