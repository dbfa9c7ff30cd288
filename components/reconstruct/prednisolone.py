"""Prednisolone at every visit: a taper from the planned baseline dose that meets the printed means and numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct import latent
from components.reconstruct.moments import Moments, UnreachableMomentsError, with_moments
from components.reconstruct.targets import Targets
from components.reconstruct.wanted import count, moments
from data.dictionary import Visit
from data.variables import DICTIONARY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

KEY = "prednisolone"
STEPS = (2.5, 1.0, 0.5)
"""Steps of the dose (mg/day) that tablets of 5 and 1 mg allow, the usual one first."""
FINE_BELOW = 10.0
"""Mean dose (mg/day) below which tapers go by 1 mg."""
LOWEST, HIGHEST = 2.5, 160.0
"""Doses (mg/day) met at baseline among those who receive any."""
ABOVE = 30.0
"""The printed count of baseline doses is above this (mg/day)."""
USUAL = {"low": (18.0, 0.5), "above": (35.0, 0.05), "high": (58.0, 0.35)}
"""Usual baseline dose (mg/day) and standard deviation of its logarithm: up to 30, above 30, and high dose."""
EVENED, UNEVEN = 0.85, 0.15
"""High doses are tapered faster than low ones (exponent of the last dose); standard deviation of log dose by chance."""
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
    dose = _baseline(treated, high, need, targets, rng)
    found[:, 0] = np.where(np.isnan(days[:, 0]), np.nan, dose)
    off = ~treated
    for v, visit in enumerate(DICTIONARY.visits[1:], start=1):
        seen = ~np.isnan(days[:, v])
        raised = (state.progression <= days[:, v]) & ~(state.progression <= np.nan_to_num(days[:, v - 1], nan=np.inf))
        off = off | _newly_off(seen, off, need + rng.normal(size=len(need)) * 0.5, visit, targets)
        dose = np.where(off, 0.0, _tapered(dose, seen & ~off, raised & treated, visit, targets, rng))
        found[seen, v] = dose[seen]
    return found


def _baseline(treated: Mask, high: Mask, need: Floats, targets: Targets, rng: np.random.Generator) -> Floats:
    visit = DICTIONARY.visits[0].label
    cut = DICTIONARY.factor["high_dose_steroids"].cuts[0]
    n_above = count(targets, "prednisolone_above_30", visit=visit) or int(high.sum())
    rest = np.where(treated & ~high, need + rng.normal(size=len(need)), -np.inf)
    above = np.zeros(len(need), dtype=np.bool_)
    above[np.argsort(-rest, kind="stable")[: n_above - int(high.sum())]] = True
    step = STEPS[0]
    kinds = [high, above]
    centre = np.select(kinds, [USUAL["high"][0], USUAL["above"][0]], USUAL["low"][0])
    width = np.select(kinds, [USUAL["high"][1], USUAL["above"][1]], USUAL["low"][1])
    low = np.select(kinds, [cut, ABOVE + step], LOWEST)
    top = np.select(kinds, [HIGHEST, cut - step], ABOVE)
    start = centre * np.exp(width * rng.normal(size=len(need)))
    return _dosed(start, low, top, treated, visit, step, targets)


def _dosed(start: Floats, low: Floats, top: Floats, members: Mask, visit: str, step: float, targets: Targets) -> Floats:
    """Doses near ``start`` on the tablets' steps with the printed moments among ``members``; 0 for everybody else."""
    wanted = moments(targets, KEY, visit, members)
    inside = np.flatnonzero(members)
    dose = np.zeros(len(start))
    if wanted is None:
        dose[inside] = np.clip(np.rint(start[inside] / step) * step, low[inside], top[inside])
        return dose
    local: Moments = replace(wanted, members=np.arange(len(inside)))
    for finer in (size for size in STEPS if size <= step):
        try:
            dose[inside] = with_moments(start[inside], low[inside], top[inside], finer, (local,))
        except UnreachableMomentsError:
            if finer == STEPS[-1]:
                raise
        else:
            break
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
    step = STEPS[0] if mean > FINE_BELOW else STEPS[1]
    shape = dose**EVENED * np.exp(UNEVEN * rng.normal(size=len(dose))) * np.where(raised, RAISED, 1.0)
    low = np.minimum(step, dose)
    top = np.where(raised, np.maximum(dose, RAISED_HIGHEST), dose)
    few, many = 0.0, mean
    for _ in range(HALVINGS):
        scale = (few + many) / 2
        start = np.clip(shape * scale, low, top)
        few, many = (scale, many) if start[members].mean() < mean else (few, scale)
    following = _dosed(start, low, top, members, visit.label, step, targets)
    return np.where(members, following, np.minimum(dose, np.maximum(np.rint(start / step) * step, low)))


def _mean_at(visit: Visit, targets: Targets) -> float:
    """The printed mean dose, or the one between two printed ones on the logarithmic scale."""
    everybody = np.ones(1, dtype=np.bool_)
    printed = [(other.day, moments(targets, KEY, other.label, everybody)) for other in DICTIONARY.visits]
    known = [(day, wanted.mean) for day, wanted in printed if wanted is not None]
    return float(np.exp(np.interp(visit.day, [day for day, _ in known], np.log([mean for _, mean in known]))))
