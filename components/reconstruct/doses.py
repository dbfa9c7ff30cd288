"""Tacrolimus doses and troughs of every visit: doses in capsules, troughs that follow dose and patient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.reconstruct.course_rules import HIGHEST_PER_KG
from components.reconstruct.moments import Moments, UnreachableMomentsError, with_moments
from components.reconstruct.prednisolone import prednisolone
from components.reconstruct.schedule import day_column, day_matrix, measurement_rows
from components.reconstruct.targets import Targets
from components.reconstruct.wanted import moments
from data.entries import Visit
from data.variables import DICTIONARY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CAPSULE = 0.5
"""Smallest capsule (mg); daily doses are whole numbers of capsules."""
SKEW = 0.42
"""Standard deviation of log dose per kg between patients."""
FARTHEST = 2.3
"""Standard deviations beyond which no dose lies."""
HELD = 0.75
"""Correlation of a patient's dose per kg between baseline and week 1, when the first troughs are known."""
UNCHANGED, RESPONSE, CHANCE = 0.4, 0.5, 0.15
"""Share of doses kept from one visit to the next; how strongly the others follow the trough, and log chance."""
MAINTAINED = 0.062
"""Mean dose (mg/kg/day) towards which doses move until month 24: 0.06 at three years in the later report."""

CLEARANCE = 0.45
"""Standard deviation of log trough per dose between patients (CYP3A5, age, interactions)."""
WITHIN_PATIENT, UNCONTROLLED = 0.2, 0.7
"""Standard deviation of log trough within a patient, and in one whose trough is the reason to stop."""
TAKEN = 0.85
"""Share of visits on tacrolimus at which a trough is taken."""
TROUGH_SD = (2.5, 3.5)
"""Between what standard deviations of troughs at a visit (ng/mL) lie: 2.7 at three years in the later report."""
TROUGH_RANGE = (1.0, 25.0)
INSIDE = 0.3
"""How far inside the printed extremes (ng/mL) the lowest and highest visit means are put."""
PROFILE = {"Week 1": 0.4, "Month 1": 1.0, "Month 3": 0.8, "Month 6": 0.5, "Month 12": 0.2, "Month 24": 0.0}
"""Each visit's mean trough between the lowest (0) and the highest (1): highest while the disease is most active."""


@dataclass(frozen=True)
class _Treated:
    """Patients in order: weight (kg; the median where not recorded), which weights are known, days of visits, stop."""

    weight: Floats
    weighed: Mask
    days: Floats
    stop: Floats

    def taking(self, v: int) -> Mask:
        """Who is seen at visit v before tacrolimus was stopped, (n,)."""
        day = self.days[:, v]
        return ~np.isnan(day) & ~(day >= self.stop)


def doses(
    patients: pd.DataFrame, plan: pd.DataFrame, days: pd.DataFrame, targets: Targets, rng: np.random.Generator
) -> pd.DataFrame:
    """Tacrolimus (mg/day), troughs (ng/mL) and prednisolone (mg/day): columns patient, day, variable, value.

    ``days`` are the ``visit_days`` of the schedule. Tacrolimus and troughs are recorded while it is taken, prednisolone
    at every visit (0 = none). Raises UnreachableMomentsError when the printed means and deviations cannot be met.
    """
    people = patients[patients["patient"].isin(days["patient"])].reset_index(drop=True)
    ordered = plan.set_index("patient").reindex(people["patient"])
    weight = day_column(people, "weight")
    known = ~np.isnan(weight)
    treated = _Treated(
        np.where(known, weight, np.nanmedian(weight)),
        known,
        day_matrix(days, people),
        day_column(ordered, "stop_day"),
    )
    reasons = ordered["stop_reasons"].fillna("").astype(str)
    uncontrolled = reasons.str.contains("trough").to_numpy(dtype=np.bool_)
    tacrolimus, trough = _tacrolimus(treated, uncontrolled, targets, rng)
    steroid = prednisolone(people, ordered, treated.days, targets, rng)
    tables = {"tacrolimus": tacrolimus, "trough": trough, "prednisolone": steroid}
    return pd.concat(
        [measurement_rows(people, treated.days, key, values) for key, values in tables.items()], ignore_index=True
    )


def _tacrolimus(
    treated: _Treated, uncontrolled: Mask, targets: Targets, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Doses (mg/day) and troughs (ng/mL) at each visit, (n, visits) each; not a number where not recorded."""
    n = len(treated.weight)
    dose, trough = np.full(treated.days.shape, np.nan), np.full(treated.days.shape, np.nan)
    clearance = np.exp(CLEARANCE * rng.normal(size=n))
    within = np.where(uncontrolled, UNCONTROLLED, WITHIN_PATIENT)
    standing = rng.normal(size=n)
    per_kg = np.zeros(n)
    for v, visit in enumerate(DICTIONARY.visits):
        taking = treated.taking(v)
        wanted = _wanted_dose(targets, visit, taking & treated.weighed)
        if moments(targets, "tacrolimus_per_kg", visit.label, taking) is not None:
            if v > 0:
                standing = HELD * standing + np.sqrt(1 - HELD**2) * rng.normal(size=n)
            per_kg = wanted.mean * np.exp(SKEW * np.clip(standing, -FARTHEST, FARTHEST) - SKEW**2 / 2)
        else:
            per_kg = _adjusted(per_kg, per_kg * clearance, wanted.mean, rng)
        mg = _in_capsules(per_kg * treated.weight, treated.weight, wanted, rng)
        per_kg = mg / treated.weight
        dose[taking, v] = mg[taking]
        if visit.label in PROFILE:
            taken = taking & (rng.random(n) < TAKEN)
            level = per_kg * clearance * np.exp(within * rng.normal(size=n))
            trough[taken, v] = _troughs(level[taken], visit, targets, rng)
    return dose, trough


def _wanted_dose(targets: Targets, visit: Visit, members: Mask) -> Moments:
    """The printed mean and deviation; at visits without, the mean between the last printed and the maintained one."""
    found = moments(targets, "tacrolimus_per_kg", visit.label, members)
    if found is not None:
        return found
    everybody = [(other, moments(targets, "tacrolimus_per_kg", other.label, members)) for other in DICTIONARY.visits]
    start, printed = [(other, wanted) for other, wanted in everybody if wanted is not None][-1]
    share = (visit.day - start.day) / (DICTIONARY.visits[-1].day - start.day)
    return Moments(members, printed.mean + share * (MAINTAINED - printed.mean), printed.mean_digits)


def _adjusted(per_kg: Floats, level: Floats, mean: float, rng: np.random.Generator) -> Floats:
    """Doses after the trough (relative ``level``) was seen: raised where it was low, lowered where high, or kept."""
    usual = np.exp(np.log(level).mean())
    changed = per_kg * (usual / level) ** RESPONSE * np.exp(CHANCE * rng.normal(size=len(per_kg)))
    changed *= mean / changed.mean()
    return np.where(rng.random(len(per_kg)) < UNCHANGED, per_kg, changed)


def _in_capsules(mg: Floats, weight: Floats, wanted: Moments, rng: np.random.Generator) -> Floats:
    """Doses in whole capsules, each moved by as few as will do, whose dose per kg has the wanted moments."""
    highest = np.floor(HIGHEST_PER_KG * weight / CAPSULE)
    units = np.clip(np.rint(mg / CAPSULE), 1, highest)
    inside = np.flatnonzero(wanted.members)
    start, top, size = units[inside], highest[inside], CAPSULE / weight[inside]
    now = start.copy()
    index, sign = np.tile(np.arange(len(inside)), 2), np.repeat([1.0, -1.0], len(inside))
    for _ in range(len(units) * 4):
        per_kg = now * size
        missed = _missed(per_kg.mean(), per_kg.std(ddof=1), wanted)
        if missed <= 0:
            break
        step = sign * size[index]
        mean = per_kg.mean() + step / len(inside)
        squares = (per_kg**2).sum() + 2 * per_kg[index] * step + step**2
        sd = np.sqrt(np.maximum(squares - len(inside) * mean**2, 0) / (len(inside) - 1))
        after = now[index] + sign
        better = (_missed(mean, sd, wanted) < missed - 1e-9) & (after >= 1) & (after <= top[index])
        if not better.any():
            raise UnreachableMomentsError(f"doses in capsules of {CAPSULE} mg came no nearer to {wanted.mean} mg/kg")
        moved = np.abs(after - start[index])
        choice = rng.choice(np.flatnonzero(better & (moved == moved[better].min())))
        now[index[choice]] += sign[choice]
    units[inside] = now
    return np.asarray(units * CAPSULE, dtype=np.float64)


def _missed(mean: Floats | float, sd: Floats | float, wanted: Moments) -> NDArray[np.float64]:
    """By how much mean and deviation miss half a printed unit, in such halves."""
    half = 0.49 * 10.0**-wanted.mean_digits
    off = np.maximum(np.abs(mean - wanted.mean) / half - 1, 0)
    if wanted.sd is None:
        return np.asarray(off)
    return np.asarray(off + np.maximum(np.abs(sd - wanted.sd) / (0.49 * 10.0**-wanted.sd_digits) - 1, 0))


def _troughs(level: Floats, visit: Visit, targets: Targets, rng: np.random.Generator) -> Floats:
    low = targets.printed("trough", "lowest_mean").value + INSIDE
    high = targets.printed("trough", "highest_mean").value - INSIDE
    mean = low + PROFILE[visit.label] * (high - low)
    everybody = np.ones(len(level), dtype=np.bool_)
    sd = round(float(rng.uniform(*TROUGH_SD)), 1)
    return with_moments(level / level.mean() * mean, *TROUGH_RANGE, 0.1, (Moments(everybody, mean, 1, sd, 1),))
