"""Prednisolone at every visit: a taper from the planned baseline dose that meets the printed means and numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct import latent
from components.reconstruct.ladder import on_ladder
from components.reconstruct.moments import UnreachableMomentsError
from components.reconstruct.schedule import day_column
from components.reconstruct.targets import Targets
from components.reconstruct.wanted import count, moments
from data.entries import Visit
from data.variables import DICTIONARY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

KEY = "prednisolone"
LOWEST, HIGHEST = 5.0, 110.0
"""Doses (mg/day) met at baseline among those who receive any."""
HIGHEST_PER_KG = 2.0
"""Highest dose per body weight (mg/kg/day) at baseline: 1 mg/kg is usual, 2 mg/kg the most that guidelines name."""
LIGHT, HEAVY = 40.0, 80.0
"""Weights (kg) that stand for lighter and heavier patients when the usual dose per kg is reckoned."""
ABOVE = 30.0
"""The printed count of baseline doses is above this (mg/day)."""
USUAL = {"low": (14.0, 0.55), "above": (35.0, 0.01), "high": (66.0, 0.25)}
"""Usual baseline dose (mg/day) and standard deviation of its logarithm: up to 30, above 30, and high dose."""
EVENED, UNEVEN = 0.85, 0.15
"""High doses are tapered faster than low ones (exponent of the last dose); standard deviation of log dose by chance."""
LEAST = 1.0
"""Lowest dose (mg/day) before prednisolone is ended."""
HALVINGS = 50
RAISED = 1.6
RAISED_HIGHEST = 60.0
"""Factor on the dose at the visit after a progression, when treatment is enhanced, and how high it may thus rise."""


def prednisolone(
    people: pd.DataFrame, plan: pd.DataFrame, days: Floats, targets: Targets, rng: np.random.Generator
) -> Floats:
    """Dose (mg/day) of each patient at each visit, (n, visits); 0 = none, not a number where not seen.

    ``plan`` has one row a patient in the order of ``people``; ``days`` (n, visits). Who receives any at day 0, and a
    high dose, is the plan's; n, mean and standard deviation are the printed ones where the paper has them. Raises
    UnreachableMomentsError when they cannot be met.
    """
    state = latent.standing(people, rng)
    need = latent.level(state, rng)
    treated = (plan["steroids"] == "Yes").to_numpy(dtype=np.bool_)
    high = (plan["high_dose_steroids"] == "Yes").to_numpy(dtype=np.bool_)
    found = np.full(days.shape, np.nan)
    dose = _baseline(people, treated, high, need, targets, rng)
    found[:, 0] = np.where(np.isnan(days[:, 0]), np.nan, dose)
    off = ~treated
    for v, visit in enumerate(DICTIONARY.visits[1:], start=1):
        seen = ~np.isnan(days[:, v])
        raised = (state.progression <= days[:, v]) & ~(state.progression <= np.nan_to_num(days[:, v - 1], nan=np.inf))
        off = off | _newly_off(seen, off, need + rng.normal(size=len(need)) * 0.5, visit, targets)
        dose = np.where(off, 0.0, _tapered(dose, seen & ~off, raised & treated, visit, targets, rng))
        found[seen, v] = dose[seen]
    return found


def _baseline(
    people: pd.DataFrame, treated: Mask, high: Mask, need: Floats, targets: Targets, rng: np.random.Generator
) -> Floats:
    visit = DICTIONARY.visits[0].label
    cut = DICTIONARY.factor["high_dose_steroids"].cuts[0]
    n_above = count(targets, "prednisolone_above_30", visit=visit) or int(high.sum())
    rest = np.where(treated & ~high, need + rng.normal(size=len(need)), -np.inf)
    above = np.zeros(len(need), dtype=np.bool_)
    above[np.argsort(-rest, kind="stable")[: n_above - int(high.sum())]] = True
    kinds = [high, above]
    centre = np.select(kinds, [USUAL["high"][0], USUAL["above"][0]], USUAL["low"][0])
    width = np.select(kinds, [USUAL["high"][1], USUAL["above"][1]], USUAL["low"][1])
    low = np.select(kinds, [cut, ABOVE + 0.5], LOWEST)
    weight = day_column(people, "weight")
    weight = np.clip(np.where(np.isnan(weight), np.nanmedian(weight), weight), LIGHT, HEAVY)
    most = np.clip(HIGHEST_PER_KG * weight, cut, HIGHEST)
    top = np.select(kinds, [most, np.full(len(need), cut - 0.5)], ABOVE)
    start = centre * np.exp(width * rng.normal(size=len(need))) * np.where(high, weight / weight.mean(), 1.0)
    return _dosed(start, low, top, treated, visit, targets, rng)


def _dosed(
    start: Floats, low: Floats, top: Floats, members: Mask, visit: str, targets: Targets, rng: np.random.Generator
) -> Floats:
    """Doses near ``start`` on the prescribed rungs with the printed moments among ``members``; 0 for everybody else."""
    wanted = moments(targets, KEY, visit, members)
    inside = np.flatnonzero(members)
    dose = np.zeros(len(start))
    dose[inside] = on_ladder(start[inside], low[inside], top[inside], wanted, rng)
    return dose


def _newly_off(seen: Mask, off: Mask, need: Floats, visit: Visit, targets: Targets) -> Mask:
    """Who has ended prednisolone by this visit: as many as the printed n leaves, those in least need."""
    receiving = count(targets, KEY, visit=visit.label)
    newly = np.zeros(len(seen), dtype=np.bool_)
    if receiving is None:
        return newly
    candidates = seen & ~off
    surplus = int(candidates.sum()) - receiving
    if surplus < 0:
        raise UnreachableMomentsError(
            f"{visit.label}: {receiving} receive prednisolone but only {candidates.sum()} could"
        )
    newly[np.argsort(np.where(candidates, need, np.inf), kind="stable")[:surplus]] = True
    return newly


def _tapered(
    dose: Floats, members: Mask, raised: Mask, visit: Visit, targets: Targets, rng: np.random.Generator
) -> Floats:
    """The next dose of everybody: never above the last one, unless a progression lies between the visits."""
    mean = _mean_at(visit, targets)
    shape = dose**EVENED * np.exp(UNEVEN * rng.normal(size=len(dose))) * np.where(raised, RAISED, 1.0)
    low = np.minimum(LEAST, dose)
    top = np.where(raised, np.maximum(dose, RAISED_HIGHEST), dose)
    few, many = 0.0, mean
    for _ in range(HALVINGS):
        scale = (few + many) / 2
        start = np.clip(shape * scale, low, top)
        few, many = (scale, many) if start[members].mean() < mean else (few, scale)
    following = _dosed(start, low, top, members, visit.label, targets, rng)
    unseen = ~members & (dose > 0)
    expected = on_ladder(start[unseen], low[unseen], np.maximum(dose, low)[unseen], None, rng)
    following[unseen] = expected
    return following


def _mean_at(visit: Visit, targets: Targets) -> float:
    """The printed mean dose, or the one between two printed ones on the logarithmic scale."""
    everybody = np.ones(1, dtype=np.bool_)
    printed = [(other.day, moments(targets, KEY, other.label, everybody)) for other in DICTIONARY.visits]
    known = [(day, wanted.mean) for day, wanted in printed if wanted is not None]
    return float(np.exp(np.interp(visit.day, [day for day, _ in known], np.log([mean for _, mean in known]))))
